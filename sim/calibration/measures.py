"""What is measured in a run of the calibration: the numbers behind the patterns, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.observe.measures import mean

ENOUGH = 100  # closures below which a kind is not judged (as for the indicator closing_kinds_in_range)
CV, SHAPE = (1.1, 2.2), (0.5, 0.85)  # the tolerance of C4, as in the indicator
SHARE = 0.7  # of the kinds
FITTED = (
    "admin_share", "passed_on_share", "closed_share", "callback_satisfied", "closing_kinds_in_range",
    "closing_mean_median", "closing_p90_median", "turnout_personal", "owners_committees_commercial", "quits",
)  # fmt: skip
SHOWN = ("utilisation", "welfare", "share_spoken", "closing_median")  # recorded for the reader, not asked for
Array = NDArray[np.float64]


def base(scenario: Any) -> dict[str, float]:
    """Measures of one run of the base."""
    from sim.model.simulation import Model
    from sim.observe.indicators import INDICATORS

    model = Model(scenario)
    model.run_until(model.last_week)
    run = seen(model)
    with np.errstate(all="ignore"):
        found = {name: float(INDICATORS[name].function(run)) for name in (*FITTED, *SHOWN)}
    found["closing_kinds_distance"] = kinds_distance(run)
    found["owners_committees_growth"] = found["owners_committees_commercial"] / scenario.years
    return found | votes(model.store)


def seen(model: Any) -> Any:
    """The run behind a model, as the indicators see it."""
    from sim.observe.run import Run

    return Run.of(model.recorder, model.store, model.settings, model.settings.parameters.get("prices", {}))


def kinds_distance(run: Any) -> float:
    """How far outside its tolerance the kind lies that completes the share of kinds asked for; 0 or less is inside.

    In half-widths of the tolerance; a kind's distance is the larger of those of its CV and its Weibull shape.
    """
    from sim.observe.indicators_record import shapes

    size, cv, shape, _, _ = shapes(run)
    judged = np.flatnonzero(size >= ENOUGH)
    if len(judged) == 0:
        return math.nan
    worst = np.sort(np.maximum(outside(cv[judged], *CV), outside(shape[judged], *SHAPE)))
    return float(worst[math.ceil(SHARE * len(judged)) - 1])


def outside(values: Array, low: float, high: float) -> Array:
    """Signed distance from a range in its half-widths: -1 in the middle, 0 at an end, positive outside."""
    half = 0.5 * (high - low)
    return np.maximum(low - values, values - high) / half


def votes(store: Any) -> dict[str, float]:
    """Logit coefficients of the own vote at the last election: age (10 years), party, owner x commercial estate."""
    roll = store["resident.on_roll"] != 0
    owner = store["resident.owner"][roll].astype(float)
    commercial = store["estate.commercial"][store["resident.estate"][roll]].astype(float)
    age = store["resident.age"][roll] / 10.0
    columns = [np.ones(len(age)), age - age.mean(), store["resident.party"][roll].astype(float), owner]
    mixed = 0.0 < mean(commercial) < 1.0
    if mixed:
        columns += [commercial, owner * commercial]
    found = logit(np.column_stack(columns), store["resident.voted"][roll].astype(float))
    coefficients = {"vote_age": found[1], "vote_party": found[2]}
    return coefficients | ({"vote_owner_commercial": found[5]} if mixed else {})


def logit(x: Array, y: Array, ridge: float = 1e-3) -> list[float]:
    """Maximum-likelihood logit coefficients by Newton steps, with a slight ridge; NaN where nobody or all said yes."""
    n, k = x.shape
    if n <= k or not 0.0 < float(y.mean()) < 1.0:
        return [math.nan] * k
    beta = np.zeros(k)
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ beta, -30.0, 30.0)))
        step = np.linalg.solve((x * (p * (1.0 - p))[:, None]).T @ x + ridge * np.eye(k), x.T @ (y - p) - ridge * beta)
        beta += step
        if float(np.abs(step).max()) < 1e-8:
            break
    return [float(b) for b in beta]


def quits(trunk: Any, load: Mapping[str, float], factor: float) -> float:
    """Quits a year from the reform on, over the years of `load`, with items from above times a factor."""
    from sim.model.simulation import Model
    from sim.observe.indicators import INDICATORS

    scenario = trunk.settings
    numbers: dict[str, Any] = {m: dict(v) for m, v in scenario.parameters.items()}
    numbers["items"]["scale"] *= factor
    settings = scenario.at(parameters=numbers, years=int(load["years"]))
    model = Model(settings, None, trunk.store.copy(), trunk.recorder.copy(), trunk.tick)
    model.run_until(model.last_week)
    return float(INDICATORS["quits"].function(seen(model)))


def measure(scenarios: Sequence[Any]) -> list[Any]:
    """One run of the base for each scenario."""
    return [_result(base(s)) for s in scenarios]


def measure_signs(scenarios: Sequence[Any]) -> list[Any]:
    """What the signs need and a run of the base cannot show: more load, and estates of both sorts."""
    from sim.calibration.protocol import load_protocol
    from sim.model.simulation import Model
    from sim.scenario.catalogue import Catalogue

    protocol = load_protocol(Catalogue())
    found = []
    for scenario in scenarios:
        trunk = Model(scenario)
        trunk.run_until(trunk.reform_week)
        more = quits(trunk, protocol.load, float(protocol.load["factor"]))
        place = scenario.to_dict()
        for setting in protocol.mixed["settings"]:
            key, _, value = setting.partition("=")
            place["community"][key.removeprefix("community.")] = float(value) if "." in value else int(value)
        town = Model(type(scenario).from_dict(place))
        town.run_until(int(protocol.mixed["weeks"]))
        own = {
            "quits_under_load": more - quits(trunk, protocol.load, 1.0),
            "vote_owner_commercial": votes(town.store).get("vote_owner_commercial", math.nan),
        }
        found.append(_result(own))
    return found


def _result(indicators: dict[str, float]) -> Any:
    return SimpleNamespace(indicators=indicators, budgets={}, series={}, tallies={}, first_week=0)
