"""Y11: real elections raise the committee's authority and then co-operation.

Simulated; does not assess any real community.
"""

from sim.analysis.claims import Act, Break, Reading, Rule, Runs, more
from sim.scenario.hypotheses import arm, compared, words

CLAIMS = ("Y11", "K13")
LABEL = words("Y11 真实选举提高权威进而带来配合", "Y11 real elections, authority, co-operation")
QUESTION = words(
    "十五年间，五环节选举是否使居委会威望高 0.02、志愿者多 5%?",
    "Over fifteen years, do the five election steps raise the committee's standing by 0.02 and volunteers by 5%?",
)
CLAIM = words(
    "真实的选举提高居委会权威，进而带来居民配合",
    "real elections raise the committee's authority and then co-operation",
)
REFUTED_IF = words(
    "若威望只随办事成效而变，成效相同时投票与选举不再起作用（除去参加选举的作用后差异不变）。",
    "Authority follows performance only, so that turnout drops out once performance is held (taking out having "
    "chosen leaves the difference as it is).",
)
NOT_SHOWN = words(
    "配合以志愿者人数衡量；当选者的能力差异由候选人决定，属于成效。",
    "Co-operation is measured by volunteers; how able the elected are follows from who stands and counts as "
    "performance.",
)
CHART = "fan"
TRACE = ["turnout_personal", "turnout_official", "belonging", "attendance", "welfare"]

STILL = {"parameters.learning.choice_weight": 0.0}
STRONG = {"parameters.learning.choice_weight": 6.0}
STUDY = compared(
    ["package=station_1_2", "community.residents=5000", "years=15"],
    [
        arm("street", "街道主持选举", "elections run by the subdistrict", "policy/elections=street_run"),
        arm("household", "户代表选举", "household vote", "policy/elections=household"),
        arm("steps", "选举五环节", "five election steps", "policy/elections=five_steps"),
        arm("street_still", "街道主持，选过不改变认可", "run by the subdistrict, choosing changes nothing",
            "policy/elections=street_run", later=STILL),
        arm("steps_still", "五环节，选过不改变认可", "five steps, choosing changes nothing",
            "policy/elections=five_steps", later=STILL),
        arm("street_strong", "街道主持，选过的作用最大", "run by the subdistrict, choosing weighs most",
            "policy/elections=street_run", later=STRONG),
        arm("steps_strong", "五环节，选过的作用最大", "five steps, choosing weighs most",
            "policy/elections=five_steps", later=STRONG),
    ],
    ["standing", "volunteers", "turnout_personal", "turnout_official", "attendance", "belonging"],
)


def verdict(runs: Runs) -> Reading:
    # The smallest effect of interest of this claim is not given by its source; it was set here before the first run.
    standing, volunteers = runs.of("standing"), runs.relative("volunteers")
    gain = standing("steps", "street")
    return Reading(
        effects=(
            more(standing, "steps", "street", by=0.02),
            more(volunteers, "steps", "street", by=0.05),
        ),
        shortfall=False,
        breaks=(
            Break(
                "威望高 0.02，除去选过的作用后差别不足 0.005",
                "standing higher by 0.02, and taking out having chosen moves that by less than 0.005",
                "performance", (gain > 0.02) & (gain - standing("steps_still", "street_still") < 0.005),
            ),
        ),
        rule=Rule(
            "亲自选过的人更认可当选者（选举不改变认可）",
            "who has chosen credits the elected more (having chosen changes nothing)",
            "steps_still", "street_still",
        ),
        strong=Rule(
            "看到自己所选之人当选的作用取范围上限",
            "seeing whether the own choice was elected weighs most (end of its range)",
            "steps_strong", "street_strong",
        ),
        acts=(
            Act("本人投票率", "personal turnout", runs.of("turnout_personal"), "steps", "street"),
            Act("官方投票率", "official turnout", runs.of("turnout_official"), "steps", "street"),
        ),
    )
