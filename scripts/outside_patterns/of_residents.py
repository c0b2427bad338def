"""Patterns of residents: speaking, voting, asking again, going higher, settling."""

from __future__ import annotations

import numpy as np
import pandas as pd
from asking import BASE, Found, event, mean, pattern, shock, tables

LOUD = ("petition", "skip", "collective", "court")


def per_adult(*words: str) -> tuple[float, float, float]:
    """Variance over mean of requests an adult, the same of problems felt, and the share of the loudest tenth."""
    three = ("cases", "residents", "requests")
    sets = [tables(n, *words, detail=three) for n in three]
    rows = []
    for cases, people, requests in zip(*sets, strict=True):
        adults = people[people["adult"]]["uid"]
        own = requests[requests["found_by"] == "own_voice"]
        n = own.groupby("resident").size().reindex(adults, fill_value=0).to_numpy()
        felt = cases.groupby("resident").size().reindex(adults, fill_value=0).to_numpy()
        spoke = np.sort(n[n > 0])[::-1]
        rows.append((n.var() / n.mean(), felt.var() / felt.mean(), spoke[: len(spoke) // 10].sum() / spoke.sum()))
    a, b, c = np.mean(rows, axis=0)
    return float(a), float(b), float(c)


@pattern("P01", "A few persons make many of the requests; counts are negative binomial, not Poisson",
         "variance over mean above 1.5, and above 1 for problems felt", "detail=cases,residents,requests")
def concentration() -> Found:
    many, felt, top = per_adult()
    same = ("parameters.problems.exposure=0", "parameters.speaking.readiness=0", "parameters.patience.persistence=0")
    less, plain, low = per_adult(*same)
    return (f"requests {many:.2f}, felt {felt:.2f}; the loudest tenth of those who speak make {top:.0%} of requests "
            f"(everybody alike: {less:.2f}, {plain:.2f}, {low:.0%})"), many > 1.5 and felt > 1.0  # fmt: skip


def with_people() -> pd.DataFrame:
    both = ("cases", "residents", "requests")
    made = []
    for cases, people in zip(tables("cases", detail=both), tables("residents", detail=both), strict=True):
        columns = ["uid", "owner", "party", "age", "stake", "digital", "efficacy"]
        m = cases.merge(people[columns], left_on="resident", right_on="uid", suffixes=("_body", ""))
        made.append(m.assign(spoke=m["spoken"].notna() & (m["found_by"] == "own_voice")))
    return pd.concat(made)


@pattern("P02", "Who has a stake in the place speaks more on what concerns the place: owners, the upper half of stake",
         "share spoken higher for owners and for the upper half", "detail=cases,residents")
def stake() -> Found:
    m = with_people()
    m = m[m["kind"].isin(["repair", "environment", "neighbours", "project", "grievance"])]
    own = m.groupby("owner_person" if "owner_person" in m else "owner")["spoke"].mean()
    half = m.groupby(m["stake"] > m["stake"].median())["spoke"].mean()
    party, old = m.groupby("party")["spoke"].mean(), m.groupby(m["age"] >= 60)["spoke"].mean()
    text = (f"owners {own[True]:.0%}, tenants {own[False]:.0%}; upper half of stake {half[True]:.0%}, lower "
            f"{half[False]:.0%}; Party members {party[True]:.0%}, others {party[False]:.0%}; 60 and over "
            f"{old[True]:.0%}, others {old[False]:.0%}")  # fmt: skip
    return text, own[True] > own[False] and half[True] > half[False]


@pattern("P03", "Speaking falls where it is not answered",
         "share spoken of the next problem lower after an unsolved than after a solved one", "detail=cases")
def unanswered() -> Found:
    three, short = ("cases", "residents", "requests"), "parameters.learning.memory=3"
    good, bad, wide = next_spoken(tables("cases", detail=three))
    quick, slow, _ = next_spoken(tables("cases", short))
    return (f"after a solved one {good:.1%}, after an unsolved one {bad:.1%} (difference ±{wide:.1%}, 95%); where "
            f"people weigh only three outcomes {quick:.1%} and {slow:.1%}"), bad + wide < good  # fmt: skip


def next_spoken(seeds: list[pd.DataFrame]) -> tuple[float, float, float]:
    """Share of next problems spoken, by whether the last one that was spoken had been solved; 95% of the difference."""
    good, bad = [], []
    for cases in seeds:
        rows = cases.sort_values(["resident", "felt"])
        last = rows.groupby("resident").shift()
        known = last["spoken"].notna() & (rows["kind"] != "certificate")
        unsolved = last["solved"].isna() | (last["solved"] > rows["felt"])
        good.append(rows[known & ~unsolved]["spoken"].notna())
        bad.append(rows[known & unsolved]["spoken"].notna())
    g, b = pd.concat(good), pd.concat(bad)
    return float(g.mean()), float(b.mean()), float(1.96 * np.sqrt(g.var() / len(g) + b.var() / len(b)))


@pattern("P04", "Cheaper digital channels raise the share spoken, less for those without digital habits",
         "higher for the digital, by more than for the others",
         "policy.channels.open=[desk,firm_desk] and [desk,firm_desk,net,platform]")
def channels() -> Found:
    share = []
    for some in ("[desk,firm_desk]", "[desk,firm_desk,net,platform]"):
        words = (f"policy.channels.open={some}",)
        pairs = zip(*(tables(n, *words, detail=("cases", "residents")) for n in ("cases", "residents")), strict=True)
        late = ((c[c["felt"] >= 520], p[["uid", "digital"]]) for c, p in pairs)
        m = pd.concat(c.merge(p, left_on="resident", right_on="uid") for c, p in late)
        share.append(m["spoken"].notna().groupby(m["digital"]).mean())
    more = share[1] - share[0]
    text = f"digital {100 * more[True]:+.1f} points, others {100 * more[False]:+.1f}"
    return text, more[True] > max(0.0, more[False])


@pattern("P05", "Official turnout is far above personal turnout, which lies at 30 to 60%, more among old and Party",
         "official above 85%, personal 0.30-0.60, both signs", "detail=elections,residents")
def turnouts() -> Found:
    two = ("elections", "residents")
    e, p = (pd.concat(tables(n, detail=two)) for n in two)
    grown = p[p["adult"]]
    old = grown.groupby(grown["age"] >= 60)["voted"].mean()
    party = grown.groupby("party")["voted"].mean()
    official, personal = e["turnout_official"].mean(), e["turnout_personal"].mean()
    signs = old[True] > old[False] and party[True] > party[False]
    return (f"official {official:.0%}, personal {personal:.0%}; 60 and over {old[True]:.0%} against {old[False]:.0%}, "
            f"Party members {party[True]:.0%} against {party[False]:.0%}"), (
        official > 0.85 and 0.3 <= personal <= 0.6 and signs)  # fmt: skip


@pattern("P06", "Voting is a habit: who went to one election goes to the next",
         "correlation of the same persons' voting above that with parameters.voting.habit=0",
         "detail=residents with years=2 and years=5")
def habit() -> Found:
    found = []
    for weight in ("0.6", "0"):
        rows = []
        for years in ("years=2", "years=5"):
            base = (*BASE[:2], years)
            rows.append(tables("residents", f"parameters.voting.habit={weight}", base=base))
        pairs = [a.merge(b, on="uid") for a, b in zip(*rows, strict=True)]
        m = pd.concat(x[x["adult_x"] & x["on_roll_x"] & x["on_roll_y"]] for x in pairs)
        found.append(float(np.corrcoef(m["voted_x"], m["voted_y"])[0, 1]))
    return f"correlation {found[0]:.2f}; without the habit {found[1]:.2f}", found[0] > found[1] > 0


@pattern("P07", "Personal turnout falls where the committee can do nothing, official turnout hardly",
         "personal turnout of the last election lower, by more than the official one",
         "years=9, staff.cut=8 and demand.all=3 from week 104")
def powerless() -> Found:
    base = (*BASE[:2], "years=9")
    rows = []
    for words in ((), shock(event("staff.cut", 8), event("demand.all", 3))):
        last = pd.concat(t[t["week"] == t["week"].max()] for t in tables("elections", *words, base=base))
        rows.append(last[["turnout_official", "turnout_personal"]].mean())
    less = 100 * (rows[1] - rows[0])
    return f"personal {less.iloc[1]:+.1f} points, official {less.iloc[0]:+.1f}", less.iloc[1] < min(0.0, less.iloc[0])


@pattern("P08", "Official turnout is made by mobilising: fewer doors, fewer votes carried",
         "official turnout lower by 5 points where everybody must vote in person",
         "parameters.voting.asked_weight=0; policy.elections.mode=personal")
def mobilised() -> Found:
    rows = []
    for words in ((), ("parameters.voting.asked_weight=0",), ("policy.elections.mode=personal",)):
        rows.append(pd.concat(tables("elections", *words))[["turnout_official", "turnout_personal"]].mean())
    a, b, c = (100 * r for r in rows)
    return (f"official, personal: as usual {a.iloc[0]:.0f}, {a.iloc[1]:.0f}%; being asked counts nothing "
            f"{b.iloc[0]:.0f}, {b.iloc[1]:.0f}%; each votes in person {c.iloc[0]:.0f}, {c.iloc[1]:.0f}%"), (
        c.iloc[0] < a.iloc[0] - 5)  # fmt: skip


@pattern("P19", "A small share of cases makes most repeats; cases closed on paper repeat more",
         "a tenth of spoken cases make over half of all repeats; paper-closed at least twice as many a case",
         "detail=cases")
def repeats() -> Found:
    c = pd.concat(tables("cases", detail=("cases", "residents", "requests")))
    c = c[c["spoken"].notna()]
    ordered = np.sort(c["repeats"])[::-1]
    top = ordered[: len(ordered) // 10].sum() / ordered.sum()
    by = c.groupby("paper")["repeats"].mean()
    share = c["repeats"].sum() / (len(c) + c["repeats"].sum())
    return (f"a tenth of cases make {top:.0%} of repeats; {by[True]:.2f} a case closed on paper, {by[False]:.2f} of "
            f"others; {share:.0%} of contacts are repeats"), top > 0.5 and by[True] > 2 * by[False]  # fmt: skip


@pattern("P20", "Going over the office's head and petitions follow unanswered repeats",
         "cases asked again are petitioned about more often", "detail=cases,requests")
def louder() -> Found:
    c = pd.concat(tables("cases", detail=("cases", "residents", "requests")))
    c = c[c["spoken"].notna()]
    loud = (c["petitions"] + c["skips"] + c["collective"] + c["court"]) > 0
    by = loud.groupby(c["repeats"] > 0).mean()
    first = []
    for t in tables("requests", detail=("cases", "residents", "requests")):
        high = t["act"].isin(LOUD)
        before = t["act"].eq("repeat").groupby(t["case"]).cumsum()
        first.append(before[high & ~high.groupby(t["case"]).cumsum().gt(1)] > 0)
    return (f"{by[True]:.1%} of cases asked again, {by[False]:.1%} of others; {pd.concat(first).mean():.0%} of first "
            "petitions come after a repeat"), by[True] > by[False]  # fmt: skip


@pattern("P21",
         "Mediation succeeds on file more than in truth, less holds; what comes early does better",
         "file above truth above held; solved share higher in the earlier half", "detail=cases")
def mediation() -> Found:
    f, t, h = (mean(f"mediation_{n}") for n in ("file", "truth", "held"))
    c = pd.concat(tables("cases", detail=("cases", "residents", "requests")))
    c = c[c["kind"].isin(["neighbours", "owner_firm"]) & c["received"].notna() & (c["felt"] < 1800)]
    wait = c["received"] - c["felt"]
    by = c["solved"].notna().groupby(wait <= wait.median()).mean()
    redo = (c["attempts"] > 1).mean()
    text = (f"file {f:.0%}, truth {t:.0%}, held {h:.0%}; solved in the end {by[True]:.0%} of the earlier half, "
            f"{by[False]:.0%} of the later; {redo:.0%} had to be done again")  # fmt: skip
    return text, f > t > h and by[True] > by[False]
