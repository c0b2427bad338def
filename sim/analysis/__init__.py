"""From stored tables to tables: paired effects and the comparison of budgets."""

from sim.analysis.budgets import BUDGETS, compare_budgets, known_budgets
from sim.analysis.contrasts import contrast_table
from sim.analysis.effects import COLUMNS, effects_table, paired_intervals

__all__ = [
    "BUDGETS",
    "COLUMNS",
    "compare_budgets",
    "contrast_table",
    "effects_table",
    "known_budgets",
    "paired_intervals",
]
