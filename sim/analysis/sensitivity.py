"""Which assumption moves what: elementary effects (Morris 1991; Campolongo et al. 2007) and Sobol indices.

Both are computed by SALib from a stored study whose design is of kind `morris` or `saltelli`, for the level of an arm
and for the paired difference of an arm from the baseline: what moves a level need not move a comparison. The indices'
intervals come from SALib's bootstrap over trajectories or base samples.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.effects import Floats, completed_pairs

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import StoredStudy

MORRIS = ("arm", "of", "indicator", "factor", "mu", "mu_star", "ci_low", "ci_high", "sigma")
SOBOL = ("arm", "of", "indicator", "factor", "first", "first_low", "first_high", "total", "total_low", "total_high")
LEVEL, DIFFERENCE = "level", "difference"
CONFIDENCE = 0.95


class NotOfThisKind(ValueError):
    """The stored study cannot give these indices; the text says why."""


def outcomes(runs: pd.DataFrame, arm: str, indicator: str, baseline: str | None = None) -> pd.Series:
    """One value a design point: the arm's mean over replicates, or its mean paired difference from the baseline."""
    done = completed_pairs(runs)
    own = done.loc[done["arm"] == arm, indicator]
    if baseline is not None:
        own = (own - done.loc[done["arm"] == baseline, indicator]).dropna()
    return own.groupby(level="point").mean()


def morris_table(study: StoredStudy, indicators: list[str], seed: int = 0) -> pd.DataFrame:
    """Elementary effects with columns MORRIS; in the unit of the indicator over the whole range of a factor.

    `mu_star` is the mean size of the effects, with its 95% interval; `mu` keeps their sign; `sigma` is their spread,
    large where a factor acts together with others or not in a straight line. Raises NotOfThisKind.
    """
    import pandas as pd
    from SALib.analyze import morris

    from sim.scenario.design import LEVELS_OF_MORRIS

    design = _design(study, "morris")
    problem, unit = _drawn(design)
    rows = []
    for arm, of, indicator, values in _every(study, indicators, len(unit)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a single trajectory has no spread, and so no interval
            found = morris.analyze(
                problem, unit, values, num_levels=LEVELS_OF_MORRIS, conf_level=CONFIDENCE, seed=seed,
                print_to_console=False,
            )  # fmt: skip
        for k, name in enumerate(problem["names"]):
            middle, half = float(found["mu_star"][k]), float(found["mu_star_conf"][k])
            ends = (float(found["mu"][k]), middle, max(0.0, middle - half), middle + half, float(found["sigma"][k]))
            rows.append((arm, of, indicator, name, *ends))
    return pd.DataFrame(rows, columns=list(MORRIS))


def screening_table(study: StoredStudy, indicators: list[str], seed: int = 0) -> pd.DataFrame:
    """How much each factor of a Morris study matters: columns factor, level, difference and share, most first.

    `level` is the factor's share of the summed mu* of all factors, averaged over arms and indicators; `difference` the
    same of the paired differences from the baseline; `share` the mean of both, where there are differences. Raises
    NotOfThisKind.
    """
    import pandas as pd

    found = morris_table(study, indicators, seed)
    whole = found.groupby(["arm", "of", "indicator"])["mu_star"].transform("sum")
    found["part"] = (found["mu_star"] / whole.where(whole > 0.0)).fillna(0.0)
    table = found.pivot_table(index="factor", columns="of", values="part", aggfunc="mean")
    table = table.reindex(columns=[LEVEL, DIFFERENCE])
    table["share"] = table.mean(axis=1)
    factors = list(dict.fromkeys(found["factor"]))
    table = table.loc[factors].sort_values("share", ascending=False, kind="stable")
    return pd.DataFrame(table.reset_index().rename_axis(columns=None))


def sobol_table(study: StoredStudy, indicators: list[str], seed: int = 0) -> pd.DataFrame:
    """First-order and total Sobol indices with 95% intervals, columns SOBOL. Raises NotOfThisKind."""
    import pandas as pd

    design = _design(study, "saltelli")
    problem, unit = _drawn(design)
    rows = []
    for arm, of, indicator, values in _every(study, indicators, len(unit)):
        found = sobol_indices(problem, values, seed)
        for k, name in enumerate(problem["names"]):
            ends = []
            for index in ("S1", "ST"):
                middle, half = float(found[index][k]), float(found[f"{index}_conf"][k])
                ends += [middle, middle - half, middle + half]
            rows.append((arm, of, indicator, name, *ends))
    return pd.DataFrame(rows, columns=list(SOBOL))


def one_at_a_time_table(study: StoredStudy, indicators: list[str]) -> pd.DataFrame:
    """What each factor moves from its lowest to its highest value, all others as stated.

    Columns arm, of, indicator, factor, low, middle, high: the outcome at the lowest value, as stated (0) and at the
    highest, each minus the outcome as stated. Factors without an order (named choices) have the smallest and largest
    outcome. Raises NotOfThisKind.
    """
    import pandas as pd

    design = _design(study, "oat")
    points = study.points.set_index("point")
    rows = []
    for arm, of, indicator, values in _every(study, indicators, len(points)):
        moved = values - values[0]
        for factor in design.factors:
            own = points[factor.key].iloc[1:]
            rest = points.drop(columns=factor.key).iloc[1:].isna().all(axis=1) & own.notna()
            places = [int(p) for p in own[rest].index]
            if pd.api.types.is_numeric_dtype(own):
                places.sort(key=lambda p: float(own[p]))
                ends = moved[places[0]], moved[places[-1]]
            else:
                ends = min(moved[places]), max(moved[places])
            rows.append((arm, of, indicator, factor.key, float(ends[0]), 0.0, float(ends[1])))
    return pd.DataFrame(rows, columns=["arm", "of", "indicator", "factor", "low", "middle", "high"])


def sobol_indices(problem: Mapping[str, Any], values: Floats, seed: int = 0) -> dict[str, Floats]:
    """S1, S1_conf, ST and ST_conf of values in the order of Saltelli's sample; nan where nothing varies."""
    from SALib.analyze import sobol

    if not np.ptp(values) > 0:
        return {name: np.full(int(problem["num_vars"]), np.nan) for name in ("S1", "S1_conf", "ST", "ST_conf")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a resample without any spread divides by nothing
        found = sobol.analyze(  # SALib takes a seed of 0 for none
            problem, values, calc_second_order=False, conf_level=CONFIDENCE, seed=seed + 1, print_to_console=False
        )
    return {name: np.asarray(found[name], dtype=np.float64) for name in ("S1", "S1_conf", "ST", "ST_conf")}


def _design(study: StoredStudy, kind: str) -> Any:
    from sim.scenario.comparison import Design
    from sim.scenario.schema import tuples

    stored = study.study.get("design") or {}
    if stored.get("kind") != kind:
        raise NotOfThisKind(f"the study's design is of kind {stored.get('kind', 'none')}; these indices need {kind}")
    return Design.model_validate(tuples(stored))


def _drawn(design: Any) -> tuple[dict[str, Any], Floats]:
    """What SALib calls the problem, and the sample between 0 and 1 that the points were made of."""
    from sim.scenario.design import problem, unit_sample

    return problem(design), np.asarray(unit_sample(design), dtype=np.float64)


def _every(study: StoredStudy, indicators: list[str], points: int) -> Any:
    baseline = str(study.study["baseline"])
    for arm in study.arms:
        for indicator in indicators:
            for of in (LEVEL,) if arm == baseline else (LEVEL, DIFFERENCE):
                found = outcomes(study.runs, arm, indicator, baseline if of == DIFFERENCE else None)
                if len(found) < points:
                    raise NotOfThisKind(
                        f"{indicator} of {arm} is known at {len(found)} of {points} points, and the indices need all: "
                        f"gongzhi resume {study.path} repair=true"
                    )
                yield arm, of, indicator, found.to_numpy(dtype=np.float64)
