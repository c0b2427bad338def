"""Residents: how they are made, what they learn, what angers them, when they volunteer."""
