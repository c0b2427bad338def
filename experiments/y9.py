"""Y9: a gate together with funds that follow tasks gives committees back to residents.

Simulated; does not assess any real community.
"""

from sim.analysis.claims import Act, Break, Reading, Rule, Runs, more
from sim.scenario.hypotheses import Words, arm, compared, words

CLAIMS = ("Y9", "K21")
LABEL = words("Y9 准入与费随事转把居委会还给居民", "Y9 gate and funds that follow tasks")
QUESTION = words(
    "准入与费随事转是否使居民诉求占工时的比例上升 10 个百分点? 拒绝与改名的成本不同时如何?",
    "Do a gate and funds that follow tasks raise the residents' share of hours by 10 points, and over which costs "
    "of refusing and of renaming?",
)
CLAIM = words(
    "准入制度加费随事转把居委会还给居民",
    "a gate together with funds that follow tasks gives committees back to residents",
)
REFUTED_IF = words(
    "若居民诉求占工时的比例未升 10 个百分点（部门改名再下或主任不敢拒绝）；或单给经费与准入一样好（无互补）。",
    "The residents' share of committee hours does not rise by 10 points, because departments rename items or the "
    "head does not dare refuse; or money alone does as well as the gate (no complementarity).",
)
NOT_SHOWN = words(
    "工时按居委会、工作站与窗口合计；部门改用其他途径下派的可能只以改名体现。",
    "Hours are of committee, station and desks together; other ways of passing items down than renaming are not "
    "modelled.",
)
CHART = "paired_differences"
TRACE = ["items_done", "items_refused", "items_renamed", "items_paper_share", "discretionary_money"]

GATE_AND_FUNDS = ("policy/gate=gate_community", "policy.gate.funds_follow=true")
REFUSING, RENAMING, DARING = (  # what the head loses by refusing, how often an item comes back, readiness to refuse
    "parameters.committee.refusal_cost", "parameters.street_office.rename", "parameters.committee.dare",
)
BOLD = {DARING: 1.0, REFUSING: 0.0, RENAMING: 0.0}
STUDY = compared(
    ["package=station_1_2", "community.residents=5000", "years=5"],
    [
        arm("none", "均无", "neither", "policy/gate=none"),
        arm("gate", "社区把关", "gate, kept by the community", "policy/gate=gate_community"),
        arm("funds", "费随事转", "funds follow tasks", "policy/gate=funds_follow"),
        arm("gate_funds", "准入加费随事转", "gate and funds",
            *GATE_AND_FUNDS),
        arm("district", "区级把关，费随事、权随责", "gate kept by the district, funds and rights follow",
            "policy/gate=full_district"),
        arm("no_rename", "准入加费随事转，不改名", "gate and funds, no renaming",
            *GATE_AND_FUNDS, later={RENAMING: 0.0}),
        arm("free_never", "拒绝无成本，不改名", "refusing costs nothing, never renamed",
            *GATE_AND_FUNDS, later={REFUSING: 0.0, RENAMING: 0.0}),
        arm("free_always", "拒绝无成本，总改名", "refusing costs nothing, always renamed",
            *GATE_AND_FUNDS, later={REFUSING: 0.0, RENAMING: 1.0}),
        arm("dear_never", "拒绝成本最高，不改名", "refusing costs most, never renamed",
            *GATE_AND_FUNDS, later={REFUSING: 2.0, RENAMING: 0.0}),
        arm("dear_always", "拒绝成本最高，总改名", "refusing costs most, always renamed",
            *GATE_AND_FUNDS, later={REFUSING: 2.0, RENAMING: 1.0}),
        arm("none_bold", "均无，敢拒且不改名", "neither, all would be refused, never renamed",
            "policy/gate=none", later=BOLD),
        arm("gate_bold", "准入加费随事转，敢拒且不改名", "gate and funds, all that may be is refused, never renamed",
            *GATE_AND_FUNDS, later=BOLD),
    ],
    ["demand_share", "outreach_share", "items_refused", "items_renamed", "admin_share"],
)


def verdict(runs: Runs) -> list[Reading]:
    own, outreach = "demand_share", "outreach_share"
    return [
        count(runs, "a", words("只计居民诉求的工时", "hours of residents' cases alone"), own),
        count(runs, "b", words("连同走访与自主工作的工时", "visits and own initiative included"), own, outreach),
    ]


def count(runs: Runs, name: str, label: Words, *hours: str) -> Reading:
    share = runs.of(*hours)
    return Reading(
        name=name,
        label=label,
        effects=(more(share, "gate_funds", "none", by=0.1),),
        breaks=(
            Break(
                "费随事转单独已升 10 个百分点，再加准入多不到 1 个百分点",
                "funds alone raise it by 10 points and the gate adds less than 1",
                "money_alone", (share("funds", "none") > 0.1) & (share("gate_funds", "funds") < 0.01),
            ),
        ),
        rule=Rule("被拒事项改名再下达（不改名）", "refused items come back renamed (never)", "no_rename", "none"),
        strong=Rule(
            "凡可拒者皆拒，拒绝无成本，不改名（取范围端点）",
            "all that may be refused is refused, at no cost and never renamed (ends of the ranges)",
            "gate_bold", "none_bold",
        ),
        acts=(
            Act("被拒的事项", "items refused", runs.of("items_refused"), "gate_funds"),
            Act("改名再下的事项", "items that came back renamed", runs.of("items_renamed"), "gate_funds"),
            Act("上级事项工时", "hours of items from above", runs.of("hours_above"), "gate_funds", "none"),
            Act(
                "走访与自主工作工时",
                "hours of visits and own initiative",
                runs.of("hours_initiative"), "gate_funds", "none",
            ),
            Act("居民诉求工时", "hours of residents' cases", runs.of("hours_demand"), "gate_funds", "none"),
        ),
    )
