"""What is observed: weekly series and indicators. Nothing else in the program computes them."""
