"""Patterns of bodies and estates: attention, burdens, relations, fees, concealment, cross-posts."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd
from asking import BASE, SEEDS, Found, event, mean, pattern, result, shock, tables

import sim


def by_period(words: tuple[str, ...], names: tuple[str, ...]) -> list[np.ndarray]:
    """Means of weekly series half a year before, in and after an event of weeks 208 to 234, over the seeds."""
    rows = []
    for seed in SEEDS:
        got = result((*BASE, *words), (), seed)
        at = 104 - got.first_week  # week 208 of the run is week 104 after the reform
        rows.append([[got.series[n][a:b].mean() for n in names] for a, b in
                     ((at, at + 26), (at + 26, at + 52))])  # fmt: skip
    return list(np.mean(rows, axis=0))


CAMPAIGN = shock(*(event(f"parameters.street_office.{k}", v, 208, 234) for k, v in
                   (("campaign_size", 1.0), ("campaign_length", 12), ("inspect_base", 0.3))))  # fmt: skip


@pattern("P09", "A campaign of inspected items crowds out visits while it lasts and is over half a year later",
         "staff hours on items up and on visits down in the half-year; a third of that or less afterwards",
         "campaign_size=1, campaign_length=12, inspect_base=0.3 in weeks 208 to 234")
def campaign() -> Found:
    names = ("staff_hours_above", "staff_hours_initiative", "staff_hours_demand")
    d = [a - b for a, b in zip(by_period(CAMPAIGN, names), by_period((), names), strict=True)]
    text = "; ".join(f"{when}: items {x[0]:+.1f}, visits {x[1]:+.1f}, residents' cases {x[2]:+.1f} h/week"
                     for when, x in zip(("during", "after"), d, strict=True))  # fmt: skip
    return text, d[0][0] > 0 > d[0][1] and abs(d[1][1]) <= abs(d[0][1]) / 3


@pattern("P10", "More items go to communities that deliver (whipping the fast ox)",
         "correlation of delivering and items over communities positive with favour, about zero without",
         "detail=communities, parameters.street_office.favour=1 and 0")
def fast_ox() -> Found:
    found = []
    for favour in (1, 0):
        t = pd.concat(tables("communities", f"parameters.street_office.favour={favour}"))
        t = t[t["year"] > 0]
        flat = t["task_weight"].std() < 1e-9
        found.append(0.0 if flat else float(np.corrcoef(t["delivered"], t["task_weight"])[0, 1]))
    return f"correlation {found[0]:.2f} with favour 1, {found[1]:.2f} with 0", found[0] > 0.3 and abs(found[1]) < 0.1


@pattern("P11", "Attention from above goes where noise is made and where results are reported",
         "attention regressed on trouble and delivering: both signs positive", "detail=communities")
def attention() -> Found:
    t = pd.concat(tables("communities"))
    t = t[t["year"] > 0]
    x = np.column_stack([(t[n] - t[n].mean()) / t[n].std() for n in ("known_trouble", "delivered")])
    slope = np.linalg.lstsq(x, (t["attention"] - t["attention"].mean()) / t["attention"].std(), rcond=None)[0]
    return f"standardised slopes: trouble {slope[0]:.2f}, delivering {slope[1]:.2f}", bool((slope > 0).all())


def hours(*words: str) -> np.ndarray:
    names = ("hours_above", "hours_initiative", "hours_demand", "hours_idle")
    return np.array([mean(n, *words) for n in names])


@pattern("P12", "Cutting the number of items frees hours that go to residents only in part",
         "hours on items down; of what is freed, between 5 and 95% goes to visits and cases",
         "parameters.items.scale 1 to 0.6 from week 104")
def burden() -> Found:
    d = hours(*shock(event("parameters.items.scale", 0.6))) - hours()
    part = (d[1] + d[2]) / -d[0]
    return (f"items {d[0]:+.0f}, visits {d[1]:+.0f}, residents' cases {d[2]:+.0f}, no work {d[3]:+.0f} hours per 1,000 "
            f"residents a year; {part:.0%} to residents, of that {d[2] / (d[1] + d[2]):.0%} to their cases"), (
        d[0] < 0 and 0.05 < part < 0.95)  # fmt: skip


@pattern("P13", "What a gate refuses comes back under other names, and with it the hours",
         "hours freed shrink as renaming grows",
         "policy.gate.gate=true with parameters.street_office.rename 0, 0.4, 0.9")
def renaming() -> Found:
    none = hours()[0]
    key = "parameters.street_office.rename"
    freed = [none - hours("policy.gate.gate=true", f"{key}={r}")[0] for r in (0, 0.4, 0.9)]
    return "hours freed " + ", ".join(f"{f:.0f}" for f in freed), freed[0] > freed[1] > freed[2]


@pattern("P14", "Relations between bodies fall where requests are refused and rise where they are met",
         "relation with firms higher with readier firms", "parameters.firm.accept_base=0 and 0.6")
def relations() -> Found:
    low, high = (mean("relation_firm", f"parameters.firm.accept_base={v}") for v in (0, 0.6))
    return f"relation of public bodies and firms {low:.2f} and {high:.2f}", high > low


@pattern("P15", "Arrears strain the relation of firm and owners' committee",
         "firms' relation to owners' committees lower with low collection",
         "package=proposed, every estate with both; parameters.fees.base=-1 and 1.5; detail=bodies")
def arrears() -> Found:
    base = ("package=proposed", "community.residents=3000", "years=3", "community.owners_committee_share=1",
            "community.commercial_share=1", "community.firm_share=1")  # fmt: skip
    found = []
    for value in (-1, 1.5):
        t = pd.concat(tables("bodies", f"parameters.fees.base={value}", base=base))
        t = t[t["alive"] & (t["year"] >= 0)]
        firms, owners = t[t["type"] == "firm"], t[t["type"] == "owners"]
        found.append((firms["relation_owners"].mean(), owners["relation_firm"].mean()))
    (a, b), (c, d) = found
    return f"firms of owners {a:.2f} and {c:.2f}; owners of firms {b:.2f} and {d:.2f}", a < c


EQUAL = ("communities=20", "span=20", "community.estates=10", "community.residents=1400", "years=10",
         "parameters.population.building_size=50", "parameters.population.estate_sd=0",
         "parameters.population.estate_sigma=0", "parameters.population.contract_spread=0",
         "community.commercial_share=1", "community.firm_share=1", "community.owners_committee_share=0")  # fmt: skip


@functools.lru_cache(maxsize=4)
def estates(*words: str) -> pd.DataFrame:
    t = sim.simulate(sim.load([*EQUAL, *words, "seed=1"]), detail=("estates",)).detail["estates"].to_pandas()
    return t.sort_values(["uid", "year"])


@pattern("P16", "Estates that start equal drift apart: low fees and low service in some, high in others",
         "spread of collection above 0.1 and service and collection correlated above 0.5, in each year from 1 to 10",
         "200 equal estates, ten years, detail=estates")
def apart() -> Found:
    t = estates()
    t = t[t["firm"]]
    by = t.groupby("year")
    spread, tied = by["collection"].std(), by[["collection", "effort"]].corr().iloc[::2, 1].droplevel(1)
    low = by["collection"].apply(lambda x: (x < 0.5).mean())
    text = "; ".join(f"year {y:.0f}: spread {spread[y]:.2f}, below half {low[y]:.0%}, correlation {tied[y]:.2f}"
                     for y in (1.0, 5.0, 10.0))  # fmt: skip
    return text, bool((spread.loc[1:] > 0.1).all() and (tied.loc[1:] > 0.5).all())


@pattern("P24", "The gap between such estates widens from year to year, until there are two kinds",
         "spread of collection and share below half larger in year 10 than in year 1", "200 equal estates")
def wider() -> Found:
    t = estates()
    by = t[t["firm"]].groupby("year")["collection"]
    spread, low = by.std(), by.apply(lambda x: (x < 0.5).mean())
    text = ", ".join(f"year {y:.0f}: {spread[y]:.3f}, {low[y]:.0%}" for y in (1.0, 3.0, 5.0, 10.0))
    return f"spread, below half: {text}", bool(spread[10.0] > spread[1.0] and low[10.0] > low[1.0])


@pattern("P17", "With fees fixed while wages rise, service, then collection fall over ten years, then firms leave",
         "effort and collection lower in year 10 than in year 0, and fewer estates with a firm",
         "the same, parameters.firm.ask_most=0")
def fixed_fees() -> Found:
    t = estates("parameters.firm.ask_most=0")
    m = t[t["firm"]].groupby("year")[["effort", "collection"]].mean()
    firm = t.groupby("year")["firm"].mean()
    text = "; ".join(f"year {y:.0f}: effort {e:.2f}, collection {c:.2f}, firms in {firm[y]:.0%}"
                     for y, e, c in m.loc[[0.0, 5.0, 10.0]].itertuples())  # fmt: skip
    return text, bool((m.loc[10.0] < m.loc[0.0]).all() and firm[10.0] < firm[0.0])


@pattern("P18", "Collection recovers after a change of firm",
         "collection two years after a new firm above that of the year before the old one left", "200 equal estates")
def recovery() -> Found:
    t = estates().copy()
    by = t.groupby("uid")
    t["new"], t["later"] = by["replaced"].diff() > 0, by["collection"].shift(-2)
    t["before"] = t["collection"].where(t["firm"]).groupby(t["uid"]).ffill().groupby(t["uid"]).shift()
    n = t[t["new"]].dropna(subset=["before", "later"])
    return f"{n['before'].mean():.2f} before, {n['later'].mean():.2f} two years after ({len(n)} changes)", (
        n["later"].mean() > n["before"].mean())  # fmt: skip


HIDE = {"candid": (1.0, 0.0), "hidden": (0.2, 1.0)}


@pattern("P22", "What is concealed comes back louder (Y8)",
         "petitions of all kinds a case higher by 10% among cases that implicate somebody, and in all",
         "parameters.committee.pass_base, pass_fear = 1, 0 and 0.2, 1 from week 104; detail=cases")
def concealed() -> Found:
    rows = []
    for base, fear in HIDE.values():
        words = shock(event("parameters.committee.pass_base", base), event("parameters.committee.pass_fear", fear))
        c = pd.concat(tables("cases", *words))
        c = c[(c["felt"] >= 520) & c["spoken"].notna()]
        about = c["implicates"] != "nobody"
        loud = c["petitions"] + c["skips"] + c["collective"]
        rows.append((about.mean(), loud[about].mean(), loud.mean(), c[about]["repeats"].mean(),
                     (c[about]["truth"] == "open").mean() + (c[about]["truth"] == "lapsed").mean(),
                     (c[about]["file"] == "dropped").mean()))  # fmt: skip
    a, b = rows
    return (f"{a[0]:.1%} of spoken cases implicate somebody; of these, candid and hidden: petitions {a[1]:.3f} and "
            f"{b[1]:.3f} a case, repeats {a[3]:.2f} and {b[3]:.2f}, never solved {a[4]:.0%} and {b[4]:.0%}, given up "
            f"{a[5]:.0%} and {b[5]:.0%}; petitions of all cases {a[2]:.3f} and {b[2]:.3f}"), (
        b[1] > 1.1 * a[1] and b[2] > 1.1 * a[2])  # fmt: skip


@pattern("P23", "Cross-posts spare hand-overs between the bodies that share them (Y4)",
         "waiting for another body shorter by 10% at 80% than at 0", "structure.cross_appointment=0 and 0.8")
def cross() -> Found:
    from sim.vocabulary.codes import Body

    three = [int(Body.PARTY), int(Body.COMMITTEE), int(Body.STATION)]
    waits, inner = [], []
    for share in (0, 0.8):
        words = (*BASE, f"structure.cross_appointment={share}")
        waits.append(mean("wait_body", words[-1]))
        for seed in SEEDS:
            m = result(words, (), seed).model.store["community.handover"][0].copy()
            np.fill_diagonal(m, 0.0)
            inner.append(m[np.ix_(three, three)].sum() / m.sum())
    return (f"{waits[0]:.1f} and {waits[1]:.1f} working days; {np.mean(inner):.1%} of hand-overs between bodies are "
            "among the three that share posts"), waits[1] < 0.9 * waits[0]  # fmt: skip
