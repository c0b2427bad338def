"""Meetings: their calendar, who comes, what is decided and what becomes of it."""
