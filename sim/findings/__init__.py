"""The article's claims put to the test: run the hypotheses of experiments/, judge them, write down what was found."""
