"""Organised actors: what each knows, decides and by which rule; their seats; residents and bodies as Mesa agents."""
