"""The training exercise: people take the seats of one simulated community and govern it round by round.

Content is data, a session is the log of its events, and every number comes from the engine.
"""
