"""Resident units and what they lend."""
