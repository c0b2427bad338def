"""The identity of the model: what a battery of small towns comes to, to the bit."""
