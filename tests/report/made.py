"""Small stored studies with made-up numbers, so that what a brief says of them can be told by hand."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from sim.analysis import effects_table
from sim.observe.indicators import INDICATORS
from sim.store import Folder

ARMS = {
    "before": ("改革前", "before the reform"),
    "better": ("方案甲", "plan A"),
    "same": ("方案乙“无变化”", 'plan B, "no change"'),
    "control": ("市场主导（理论对照）", "market-led (theoretical control)"),
}
# indicator: baseline, sd between runs, shift of "better" and of "control" in sd; "same" differs in nothing
MADE: dict[str, tuple[float, float, float, float]] = {
    "welfare": (0.52, 0.02, 2.0, -4.0),
    "felt_satisfaction": (0.46, 0.01, 1.5, -3.0),
    "time_median": (41.0, 3.0, -1.0, 2.0),
    "closed_in_time": (0.94, 0.01, 0.0, 1.0),
    "welfare_transition": (0.52, 0.02, 1.0, -3.0),
    "welfare_steady": (0.52, 0.02, 3.0, -5.0),
    "closed_share": (0.96, 0.005, 1.0, 1.0),
    "hours_above": (6000.0, 200.0, -3.0, 0.0),
    "handovers_per_case": (1.2, 0.05, -2.0, 1.0),
    "welfare_vulnerable": (0.45, 0.03, 2.0, -2.0),
    "gap_vulnerable": (-0.07, 0.02, 1.0, 0.0),
    "social_cost": (60000.0, 900.0, 3.0, 0.0),
}
NOISE = 0.3  # of the standard deviation between runs, within a pair


def store(path: Path, replicates: int = 12, arms: tuple[str, ...] = tuple(ARMS)) -> Path:
    """Write the study the way a real one is stored; returns its folder."""
    rng = np.random.default_rng(11)
    folder = Folder.create(path, "made_up")
    common = {name: rng.normal(0, 1, replicates) for name in MADE}
    rows = []
    for arm in arms:
        for replicate in range(replicates):
            row: dict[str, object] = {
                "run_id": f"{arm}-{replicate}", "point": 0, "arm": arm, "replicate": replicate, "status": "ok",
                "message": "",
            }  # fmt: skip
            for name, (base, sd, better, control) in MADE.items():
                shift = {"better": better, "control": control}.get(arm, 0.0)
                noise = rng.normal(0, NOISE) if shift else 0.0
                row[name] = base + sd * (common[name][replicate] + shift + noise)
            row |= {"budget_established_hours": 17000.0, "budget_public_hours": 16500.0, "exec_seconds": 0.1}
            row["budget_public_money"] = 9e5 * (1.2 if arm == "better" else 1.0)
            row["budget_social_cost"] = row["social_cost"]
            rows.append(row)
    runs = pd.DataFrame(rows)
    folder.write_study(
        {
            "name": "made_up", "label": {"zh": "示例研究", "en": "made-up study"},
            "question": {"zh": "方案甲是否更好？", "en": "Is plan A better?"},
            "arms": [
                {"name": a, "label": dict(zip(("zh", "en"), ARMS[a], strict=True)),
                 "scenario": {"structure": {"theoretical_control": a == "control"}}} for a in arms
            ],
            "baseline": "before", "indicators": [n for n in MADE if n in INDICATORS], "equal": ["public_hours"],
            "differs": {"public_money": {"zh": "经费增加。", "en": "More money."}}, "tolerance": 0.01,
            "replicates": replicates, "model_version": "0123456789ab",
        }
    )  # fmt: skip
    folder.write_provenance(
        {"model_version": "0123456789ab", "overrides": [f"replicates={replicates}"],
         "git": {"commit": "abcdef", "changed": False}}
    )  # fmt: skip
    folder.add_part("runs", pa.Table.from_pandas(runs, preserve_index=False))
    units = {name: INDICATORS[name].unit if name in INDICATORS else "share" for name in MADE}
    effects = effects_table(runs, list(arms), "before", units, resamples=999)
    folder.write_text("effects.csv", effects.to_csv(index=False), "utf-8-sig")
    budgets = [
        {"budget": budget, "measure": measure, "arm": arm, "relative_difference": gap, "verdict": verdict}
        for arm in arms if arm != "before"
        for budget, measure, gap, verdict in (
            ("public_hours", "established_hours", 0.0, "equal"),
            ("public_money", "public_money", 0.2 if arm == "better" else 0.0, "declared"),
        )
    ]  # fmt: skip
    folder.write_text("summary.json", json.dumps({"budgets": budgets}))
    return folder.path
