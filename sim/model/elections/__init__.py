"""Elections of the residents' committee, and of representatives."""
