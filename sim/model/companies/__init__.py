"""Service companies: what they decide, and the market that they meet."""
