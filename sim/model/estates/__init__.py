"""Estates: disrepair, property contracts, owners who found a committee."""
