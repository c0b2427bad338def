"""Read a stored study: `python docs/examples/read_a_study.py results/structures-20260101-120000`.

A study is a folder of Parquet tables, so any program that reads Parquet can do the same; this one uses `sim.open`.
"""

import sys

import sim

study = sim.open(sys.argv[1])

# What was asked: the study as it was resolved when it ran, every scenario included.
arms = [arm["name"] for arm in study.study["arms"]]
print(f"{study.study['name']}: {len(study.runs)} runs of {len(arms)} arms, baseline {study.study['baseline']}")
print("model version", study.study["model_version"])

# One row a run. The keys are run_id, point, arm, replicate, status; the rest are indicators, budgets and execution.
done = study.runs[study.runs["status"] == "ok"]
indicators = [name for name in study.study["indicators"] if name in done.columns]
print(done.groupby("arm", sort=False)[indicators].mean())

# Paired differences from the baseline with 95% intervals, as the program made them.
effects = study.effects
print(effects[effects["indicator"].isin(indicators)][["arm", "indicator", "n", "difference", "ci_low", "ci_high"]])

# The same by hand: replicates are paired, so the difference is taken pair by pair.
first, other = indicators[0], next(arm for arm in arms if arm != study.study["baseline"])
wide = done.pivot_table(index=["point", "replicate"], columns="arm", values=first)
print(f"{first}, {other} minus baseline:", (wide[other] - wide[study.study["baseline"]]).mean())

# Tables too large for memory are queried where they lie.
print(study.query("select arm, count(*) as runs, avg(exec_seconds) as seconds from runs group by arm order by arm"))

# Weekly series, where the study kept them: week 0 is the week of the reform.
if len(study.series):
    weekly = [name for name in study.series.columns if name not in ("run_id", "point", "arm", "replicate", "week")]
    print(study.series.groupby(["arm", "week"], sort=False)[weekly[0]].mean().unstack("arm").iloc[::26])
