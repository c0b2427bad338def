"""Calibration: which sets of parameters show the patterns C1-C7, and how well the model shows them at all."""
