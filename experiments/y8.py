"""Y8: hiding conditions and blocking voice make conflicts intensify.

Simulated; does not assess any real community.
"""

from sim.analysis.claims import Act, Break, Reading, Rule, Runs, more
from sim.scenario.hypotheses import arm, compared, words

CLAIMS = ("Y8", "K14")
LABEL = words("Y8 隐瞒与堵塞使矛盾激化", "Y8 hiding and blocking intensify conflicts")
QUESTION = words(
    "十五年间，多数涉干部诉求不上报时，升级（重复、越级与集体上访）是否多 10%?",
    "Over fifteen years, are escalations (repeat, skip-level and collective petitions) higher by 10% when most "
    "cases about cadres are not passed on?",
)
CLAIM = words("隐瞒下情、堵塞言路使矛盾激化", "hiding conditions and blocking voice make conflicts intensify")
REFUTED_IF = words(
    "若隐瞒多时升级总数（上访、集体行动）没有更高；或只在有外部渠道时才高；或先升后降（压得住）。",
    "Total escalations (petitions, collective acts) are not higher under high concealment; or they are higher only "
    "where an outside channel exists; or they rise and then fall (suppression works).",
)
NOT_SHOWN = words(
    "压制投诉人未在此变动；升级对社会的代价未计价。",
    "Pressing complainants is not moved here; what an escalation costs society is not priced.",
)
CHART = "fan"
TRACE = ["heat", "efficacy", "trust"]

CANDID = {"parameters.committee.pass_base": 1.0, "parameters.committee.pass_fear": 0.0}
HIDDEN = {"parameters.committee.pass_base": 0.2, "parameters.committee.pass_fear": 1.0}
COOL, HOT = {"parameters.patience.anger": 0.0}, {"parameters.patience.anger": 4.0}
SHUT = "policy.channels.open=[desk,firm_desk,box]"
PETITIONS = ("skip_petitions", "collective_petitions", "repeat_petitions")
STUDY = compared(
    ["package=station_1_2", "community.residents=5000", "years=15"],
    [
        arm("candid", "全部上报", "all passed on", later=CANDID),
        arm("usual", "通常做法", "as usual", "structure=one_plus_two"),
        arm("hidden", "多数不上报", "most not passed on", later=HIDDEN),
        arm("candid_shut", "全部上报，无外部渠道", "all passed on, no outside channel",
            SHUT, later=CANDID),
        arm("hidden_shut", "多数不上报，无外部渠道", "most not passed on, no outside channel",
            SHUT, later=HIDDEN),
        arm("candid_cool", "全部上报，气愤不起作用", "all passed on, anger without weight", later=CANDID | COOL),
        arm("hidden_cool", "多数不上报，气愤不起作用", "most not passed on, anger without weight", later=HIDDEN | COOL),
        arm("candid_hot", "全部上报，气愤作用最大", "all passed on, anger weighs most", later=CANDID | HOT),
        arm("hidden_hot", "多数不上报，气愤作用最大", "most not passed on, anger weighs most", later=HIDDEN | HOT),
    ],
    [
        *(f"{name}{phase}" for phase in ("", "_transition", "_steady") for name in PETITIONS),
        "heat", "efficacy", "court_cases",
    ],
)


def verdict(runs: Runs) -> Reading:
    # The source gives no smallest effect for this claim; 10% was set here before the first run.
    escalations, share = runs.of(*PETITIONS), runs.relative(*PETITIONS)
    first = runs.relative(*(f"{name}_transition" for name in PETITIONS))
    later = runs.of(*(f"{name}_steady" for name in PETITIONS))
    return Reading(
        effects=(more(share, "hidden", "candid", by=0.1),),
        shortfall=False,
        breaks=(
            Break("升级总数没有更高", "escalations not higher", "not_higher", escalations("hidden", "candid") < 0.0),
            Break(
                "有外部渠道时高 10%，没有时不高",
                "higher by 10% with an outside channel, not higher without",
                "outside_only", (share("hidden", "candid") > 0.1) & (escalations("hidden_shut", "candid_shut") < 0.0),
            ),
            Break(
                "前两年高 10%，之后低于",
                "higher by 10% in the first two years, lower after",
                "rise_and_fall", (first("hidden", "candid") > 0.1) & (later("hidden", "candid") < 0.0),
            ),
        ),
        rule=Rule(
            "气愤促使人们升级（气愤不起作用）",
            "anger pushes people to escalate (anger has no weight)",
            "hidden_cool", "candid_cool",
        ),
        strong=Rule(
            "气愤促使升级的作用取范围上限",
            "anger weighs most (end of its range)",
            "hidden_hot", "candid_hot",
        ),
        acts=(
            Act("未上报的诉求", "not passed on", runs.of("not_passed_share"), "hidden", "candid"),
            Act("气愤程度", "mean heat", runs.of("heat"), "hidden", "candid"),
            Act("对得到回应的信心", "belief in being answered", runs.of("efficacy"), "hidden", "candid"),
        ),
    )
