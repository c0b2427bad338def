"""From stored tables to tables: effects, comparisons of all arms together, robustness, bands, flows, budgets."""

from sim.analysis.bands import difference_bands, simultaneous_band
from sim.analysis.budgets import BUDGETS, compare_budgets, known_budgets
from sim.analysis.contrasts import contrast_table
from sim.analysis.effects import COLUMNS, effects_table, paired_intervals
from sim.analysis.flows import flow_differences, flow_means, group_differences
from sim.analysis.joint import pareto_table, rank_table
from sim.analysis.multiple import holm, holm_table
from sim.analysis.robustness import robustness_table

__all__ = [
    "BUDGETS",
    "COLUMNS",
    "compare_budgets",
    "contrast_table",
    "difference_bands",
    "effects_table",
    "flow_differences",
    "flow_means",
    "group_differences",
    "holm",
    "holm_table",
    "known_budgets",
    "paired_intervals",
    "pareto_table",
    "rank_table",
    "robustness_table",
    "simultaneous_band",
]
