"""A stored study as one brief: a page for the screen, pages of paper, and files for people who work in an office suite.

Nothing is computed here beyond choosing and wording: every number comes from the study's tables, the charts or the
registries of the program.
"""

from sim.report.write import Written, report

__all__ = ["Written", "report"]
