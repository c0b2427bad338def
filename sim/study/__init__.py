"""A study from its design to its tables: plan, execute, record, compare; resume and status of one on disk."""

from sim.study.conduct import resume, run, status
from sim.study.errors import Stopped, StudyError
from sim.study.finish import Summary
from sim.study.plan import Plan

__all__ = ["Plan", "Stopped", "StudyError", "Summary", "resume", "run", "status"]
