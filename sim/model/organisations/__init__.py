"""Social organisations and residents' groups."""
