"""A stored study with made-up numbers: nine arms with names of realistic length, thirty replicates."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from sim.analysis import contrast_table, effects_table
from sim.charts.registry import PATTERNS
from sim.observe.indicators import INDICATORS
from sim.observe.members import STREAMS, USES
from sim.observe.tallies import DAYS
from sim.scenario.comparison import Design, Factor
from sim.scenario.design import at, unit_sample
from sim.store import Folder

ARMS = {
    "before_reform": ("改革前:街道办理", "Before the reform: subdistrict decides"),
    "station_1_2": ("“1+2”与事务工作站(沉底窗口)", "1+2 with service station"),
    "flattened": ("扁平化社区管理", "Flattened community management"),
    "grand_2012": ("2012年“1+3”大组织", "Grand organisation of 2012 (1+3)"),
    "proposed": ("一核多元“1+3+1+多元参与共建”", "One core, many actors (1+3+1 and participation)"),
    "proposed_boards": ("一核多元,并设理事会与监事会", "One core, many actors, with council and supervisory board"),
    "polycentric": ("多中心(理论对照,非政策建议)", "Polycentric (theoretical control, not a policy proposal)"),
    "market_led": ("市场主导(理论对照,非政策建议)", "Market-led (theoretical control, not a policy proposal)"),
    "placebo": ("安慰剂:“1+2”换名", "Placebo: 1+2 under other names"),
}
# an indicator of the program: baseline, sd between runs, effects of the other arms in sd
MADE: dict[str, tuple[float, float, tuple[float, ...]]] = {
    "welfare": (0.52, 0.017, (0.2, 0.9, 0.7, 1.9, 2.2, -0.4, -1.7, 0.2)),
    "felt_satisfaction": (0.46, 0.012, (0.1, 0.5, 0.4, 0.9, 1.3, 0.0, -0.9, 0.1)),
    "time_median": (41.0, 3.2, (-0.3, -1.1, -0.8, 0.2, 0.3, 0.4, 1.5, -0.3)),
    "closed_in_time": (0.943, 0.006, (0.4, 1.8, 1.5, 0.2, -0.5, -0.9, -2.1, 0.4)),
    "admin_share": (0.79, 0.011, (1.5, 1.2, 1.9, -1.1, -1.3, -0.2, 2.5, 1.5)),
    "cost_per_solved": (3180.0, 210.0, (0.1, -0.4, 0.3, 0.4, 0.9, 0.6, -0.2, 0.1)),
    "repeat_petitions": (6.1, 2.4, (0.0, -0.2, -0.1, -0.3, -0.4, 0.1, 0.6, 0.0)),
    "effective_actors": (2.31, 0.09, (0.0, 0.2, 0.1, 1.3, 1.4, 1.1, 0.3, 0.0)),
    "closed_share": (0.962, 0.005, (0.4, 1.2, 1.0, 0.1, -0.4, -0.8, -1.9, 0.4)),
    "callback_satisfied": (0.931, 0.008, (0.2, 0.8, 0.7, 0.4, -1.1, -0.4, -1.2, 0.2)),
    "satisfaction": (0.47, 0.012, (0.1, 0.5, 0.4, 0.9, 1.3, 0.0, -0.9, 0.1)),
}
YEARS, REPLICATES = 6, 30
POINTS = [
    {"values": {"community": name}, "label": {"zh": zh, "en": en}}
    for name, zh, en in (
        ("old_danwei", "老旧单位社区", "old work-unit community"),
        ("commercial", "商品房社区", "commercial housing community"),
        ("village_turned", "村转居社区", "village-turned community"),
    )
]
CONTRASTS = [
    SimpleNamespace(
        mechanism=f"{key}={arm}", label={"zh": f"{zh}:{ARMS[arm][0]}", "en": f"{en}: {ARMS[arm][1]}"}, around=around,
        **dict(zip(("present", "absent"), (arm, around) if around == "before_reform" else (around, arm), strict=True)),
    )
    for around in ("before_reform", "proposed")
    for key, zh, en, arms in (
        ("structure", "席位", "seats", ("station_1_2", "grand_2012", "polycentric")),
        ("policy/gate", "准入与随事", "gate, funds and rights", ("market_led", "placebo")),
    )
    for arm in arms
]  # fmt: skip
HOURS = dict(zip(STREAMS, (2050, 430, 250, 140, 110, 210, 70, 290), strict=True))
MONEY = dict(zip(USES, (90, 61, 8.5, 6.2, 11, 9.1, 70, 55, 4.0, 1.3, 2.2, 0.4, 0.9, 1.4, 6.0, 0.0), strict=True))


LANES = {"felt": 12, "spoken": 7, "solved": 9, "open_cases": 40, "items_open": 25, "hours_public_above": 210,
         "hours_overtime_above": 12, "meetings": 0.1, "elections": 0.01, "quits": 0.02}  # fmt: skip
FLOWS = [  # channel, who answers, who has it, how it stands, cases per 1,000 residents a year
    ("desk", "committee", "committee", "solved", 70.0), ("desk", "committee", "firm", "closed_unsolved", 18.0),
    ("box", "committee", "street_office", "waits_money", 9.0), ("patch", "station", "station", "solved", 31.0),
    ("hotline", "street_office", "committee", "escalated", 7.0),
    ("phone", "committee", "committee", "not_passed_on", 5.0), ("net", "security", "mass", "dropped", 3.0),
    ("organisation", "owners", "firm", "lapsed", 4.0),
    ("unspoken", "nobody", "nobody", "solved_privately", 90.0), ("unspoken", "nobody", "nobody", "unspoken", 40.0),
]  # fmt: skip
HANDED = [("street_office", "committee", 28.0), ("committee", "firm", 16.0), ("committee", "security", 2.1),
          ("firm", "owners", 6.7), ("station", "committee", 5.0), ("organisation", "mass", 1.2)]  # fmt: skip
PAID = [("fiscal", "work", "allocation", 90e3), ("residents", "common", "common_income", 8e3),
        ("firm", "own", "gift", 2e3), ("donors", "work", "gift", 1e3), ("work", "staff", "pay", 70e3),
        ("work", "suppliers", "office", 25e3),
        ("common", "suppliers", "project", 4e3), ("work", "own", "allocation", 5e3)]  # fmt: skip
GROUPS = ("owner", "tenant", "local", "migrant", "young", "middle", "old", "vulnerable", "party")


def tallied(row: dict[str, object], place: int, rng: np.random.Generator) -> list[dict[str, object]]:
    """Tallies of one run."""
    keys = {name: row[name] for name in ("run_id", "point", "arm", "replicate")}
    made: list[dict[str, object]] = []

    def add(measure: str, names: tuple[str, ...], value: float, at: float = np.nan) -> None:
        labels = dict(zip("abcd", [*names, "", "", ""], strict=False))
        made.append({**keys, "measure": measure, **labels, "at": at, "value": value})

    for number, (*names, amount) in enumerate(FLOWS):
        add("case", tuple(names), amount * (1 + 0.02 * place * (-1) ** number) * rng.normal(1, 0.03))
    for number, (*names, amount) in enumerate(HANDED):
        add("handover", tuple(names), amount * (1 + 0.1 * place * (number % 3 - 1)) * rng.normal(1, 0.05))
    for *names, amount in PAID:
        add("payment", tuple(names), amount * (1 + 0.01 * place))
    for days in DAYS:
        add("closing", ("handling",), float(np.exp(-((days / 14) ** 0.7))), days)
        add("closing", ("residents",), float(np.exp(-((days / (70 + 4 * place)) ** 0.6))), days)
    for number, group in enumerate(GROUPS):
        add("group", (group, "welfare"), 0.5 + 0.004 * place * (number - 3) + rng.normal(0, 0.01))
    return made


def over_points(path: Path) -> Path:
    """A study of four arms at three design points, ten replicates each."""
    rng = np.random.default_rng(11)
    arms = list(ARMS)[:4]
    rows = [
        {
            "run_id": f"{point}-{arm}-{replicate}", "point": point, "arm": arm, "replicate": replicate, "status": "ok",
            "message": "", **{n: base + sd * (place * (1 - point) + rng.normal()) for n, (base, sd, _) in MADE.items()},
        }
        for point in range(len(POINTS)) for place, arm in enumerate(arms) for replicate in range(10)
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    folder = Folder.create(path, "points")
    folder.write_study(
        {
            "name": "points", "label": {"zh": "示例", "en": "Example"}, "baseline": arms[0], "points": POINTS,
            "arms": [{"name": name, "label": dict(zip(("zh", "en"), ARMS[name], strict=True))} for name in arms],
            "indicators": list(MADE), "model_version": "0123456789ab",
        }
    )  # fmt: skip
    folder.write_provenance({"model_version": "0123456789ab"})
    folder.add_part("runs", pa.Table.from_pandas(table, preserve_index=False))
    units = {name: INDICATORS[name].unit for name in MADE}
    effects = effects_table(table, arms, arms[0], units, resamples=199)
    folder.write_text("effects.csv", effects.to_csv(index=False), "utf-8-sig")
    return folder.path


FACTORS = {"community.report_chance": (0.1, 0.4), "parameters.closing.hurry": (0.5, 2.0),
           "parameters.speaking.typical_cost": (1.0, 9.0), "parameters.routing.reply_days": (1.0, 6.0),
           "parameters.patience.give_up": (0.1, 0.8), "community.staff": (6.0, 14.0)}  # fmt: skip


def drawn_points(path: Path) -> Path:
    """A study of three arms at the points of a Morris design; one arm gains only where residents report little."""
    design = Design(
        kind="morris", factors=tuple(Factor(key=k, low=a, high=b) for k, (a, b) in FACTORS.items()), size=8, seed=3,
        resolution=4,
    )  # fmt: skip
    unit = np.asarray(unit_sample(design))
    values = [{f.key: float(at(f, u)) for f, u in zip(design.factors, row, strict=True)} for row in unit]
    rng = np.random.default_rng(5)
    arms = list(ARMS)[:3]
    rows = []
    for point, x in enumerate(unit):
        level = 0.5 + 0.2 * x[0] - 0.1 * x[1] + 0.05 * x[2] * x[3]
        for arm, gain in zip(arms, (0.0, 0.05 - 0.12 * (x[0] > 0.6), 0.03), strict=True):
            row = {n: base + sd * rng.normal() for n, (base, sd, _) in MADE.items()}
            keys = {"run_id": f"{point}-{arm}", "point": point, "arm": arm, "replicate": 0, "status": "ok"}
            rows.append({**keys, "message": "", **row, "welfare": level + gain + 0.002 * rng.normal()})
    table = pd.DataFrame(rows)
    folder = Folder.create(path, "drawn_points")
    folder.write_study(
        {
            "name": "drawn_points", "label": {"zh": "示例", "en": "Example"}, "baseline": arms[0],
            "arms": [{"name": name, "label": dict(zip(("zh", "en"), ARMS[name], strict=True))} for name in arms],
            "indicators": list(MADE), "model_version": "0123456789ab", "design": design.model_dump(mode="json"),
            "points": [{"values": v, "label": {"zh": str(k), "en": str(k)}} for k, v in enumerate(values)],
        }
    )  # fmt: skip
    folder.write_provenance({"model_version": "0123456789ab"})
    folder.add_part("runs", pa.Table.from_pandas(table, preserve_index=False))
    units = {name: INDICATORS[name].unit for name in MADE}
    effects = effects_table(table, arms, arms[0], units, resamples=199)
    folder.write_text("effects.csv", effects.to_csv(index=False), "utf-8-sig")
    listed = pd.DataFrame([{"point": k, **v} for k, v in enumerate(values)])
    folder.write_text("points.csv", listed.to_csv(index=False), "utf-8-sig")
    return folder.path


def store(path: Path) -> Path:
    """Write the made-up study the way a real one is stored."""
    rng = np.random.default_rng(7)
    folder = Folder.create(path, "made_up")
    runs, series, tallies = [], [], []
    common = {name: rng.normal(0, 1, REPLICATES) for name in MADE}
    for place, arm in enumerate(ARMS):
        for replicate in range(REPLICATES):
            row: dict[str, object] = {
                "run_id": f"{arm}-{replicate}", "point": 0, "arm": arm, "replicate": replicate, "status": "ok",
                "message": "",
            }  # fmt: skip
            for name, (base, sd, effects) in MADE.items():
                shift = effects[place - 1] if place else 0.0
                noise = 0.0 if arm == "before_reform" else rng.normal(0, 0.6)
                row[name] = base + sd * (common[name][replicate] + shift + noise)
            tilt = 1 + 0.06 * np.sin(place + np.arange(len(HOURS)))
            row |= {f"hours_{key}": hours * t for (key, hours), t in zip(HOURS.items(), tilt, strict=True)}
            row |= {f"spent_on_{key}": 1000 * yuan * (1 + 0.03 * place) for key, yuan in MONEY.items()}
            row["budget_established_hours"] = 17680.0 * (1 + (0.06 if arm == "grand_2012" else 0.0))
            row["budget_public_hours"] = row["budget_established_hours"] * rng.normal(0.97, 0.01)
            row["budget_public_money"] = 912000.0 * (1 + 0.02 * (place in (4, 5)))
            row["budget_social_cost"] = 2.9e6 * (1 + 0.015 * place) + rng.normal(0, 9000)
            row["exec_seconds"] = 0.05
            runs.append(row)
            weeks = np.arange(-26, 52 * YEARS)
            gain = float(row["satisfaction"]) - 0.47
            course = 0.47 + gain * (1 - np.exp(-np.maximum(weeks, 0) / 40)) + rng.normal(0, 0.008, len(weeks))
            keys = {"run_id": row["run_id"], "point": 0, "arm": arm, "replicate": replicate, "week": weeks}
            lanes = {name: rng.poisson(level, len(weeks)) for name, level in LANES.items()}
            series.append(pd.DataFrame({**keys, "satisfaction": course, **lanes}))
            tallies += tallied(row, place, rng)
    table = pd.DataFrame(runs)
    folder.write_study(
        {
            "name": "made_up", "label": {"zh": "示例", "en": "Example"}, "baseline": "before_reform",
            "arms": [{"name": name, "label": {"zh": zh, "en": en}} for name, (zh, en) in ARMS.items()],
            "indicators": list(MADE), "equal": ["public_hours"], "model_version": "0123456789ab",
            "contrasts": [vars(c) for c in CONTRASTS], "points": POINTS,
        }
    )  # fmt: skip
    folder.write_provenance({"model_version": "0123456789ab"})
    folder.add_part("runs", pa.Table.from_pandas(table, preserve_index=False))
    folder.add_part("series", pa.Table.from_pandas(pd.concat(series), preserve_index=False))
    folder.add_part("tallies", pa.Table.from_pandas(pd.DataFrame(tallies), preserve_index=False))
    units = {name: INDICATORS[name].unit for name in MADE}
    effects = effects_table(table, list(ARMS), "before_reform", units, resamples=999)
    folder.write_text("effects.csv", effects.to_csv(index=False), "utf-8-sig")
    names = [p["values"]["community"] for p in POINTS]
    elsewhere = pd.concat([table.assign(point=k) for k in range(len(POINTS))])
    for name, (_, sd, _) in MADE.items():
        elsewhere[name] += rng.normal(0, sd, len(elsewhere))
    contrasts = contrast_table(elsewhere, CONTRASTS, names, list(MADE), units, resamples=999)
    folder.write_text("ablation.csv", contrasts.to_csv(index=False), "utf-8-sig")
    return folder.path


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the made-up study."""
    return store(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="session")
def pointed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the study at several design points."""
    return over_points(tmp_path_factory.mktemp("points"))


@pytest.fixture(scope="session")
def ensemble(pointed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study that holds what a calibration found: the one that the program ships."""
    folder = Path(shutil.copytree(pointed, tmp_path_factory.mktemp("ensemble") / "ensemble"))
    shutil.copy(Path(__file__).parents[2] / "configs" / "calibration" / PATTERNS, folder / PATTERNS)
    return folder


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the study whose points were drawn from ranges."""
    return drawn_points(tmp_path_factory.mktemp("sampled"))
