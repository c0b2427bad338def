"""Y6: council and supervisory board suit mature or asset-holding communities.

Simulated; does not assess any real community.
"""

from sim.analysis.claims import Act, Break, Reading, Rule, Runs, Touched, more
from sim.scenario.hypotheses import arm, compared, words

CLAIMS = ("Y6", "K17")
LABEL = words("Y6 理事会与监事会适合成熟或有资产的社区", "Y6 council and supervisory board")
QUESTION = words(
    "理事会与监事会的效应在成熟富裕与村转居社区是否比其他社区大 0.1 个标准差?",
    "Is the effect of council and supervisory board larger by 0.1 sd in affluent mature and village-turned "
    "communities than in the others?",
)
CLAIM = words(
    "理事会与监事会适合成熟或有集体资产的社区",
    "council and supervisory board suit mature or asset-holding communities",
)
REFUTED_IF = words(
    "若这两类社区的效应未比其他类大 0.1 个标准差；或交叉任职升高时监事会的发现消失。",
    "The effect in those archetypes is not larger than in the others by 0.1 sd; or the board's finds vanish as "
    "cross-appointment rises.",
)
NOT_SHOWN = words(
    "监事会的发现以“办结而未解决”的比例变化间接衡量；席位由谁担任由居民的能力、时间与意愿决定。",
    "The board's finds are measured through the share closed without a solution; who sits follows residents' "
    "ability, time and will.",
)
CHART = "paired_differences"
TRACE = ["worked_board", "closed_paper_share", "spent_on_project"]

NO_FUND = {
    "parameters.council.fund_base": 0.0,
    "parameters.council.fund_need": 0.0,
}
KEEN = {
    "parameters.sampling.file_hours": 0.5,
    "parameters.posts.member_hours": 3.0,
    "parameters.reporting.reports": 0.5,
    "parameters.closing.fear_published": 1.0,
    "parameters.closing.fear_inspection": 5.0,
}
SUITED_LESS_OTHERS = {
    "affluent_mature": 1 / 2, "village_turned": 1 / 2,
    "old_danwei": -1 / 3, "commercial": -1 / 3, "mixed_migrant": -0.3333333333333334,
}
STUDY = compared(
    ["package=proposed", "community.residents=5000", "years=5"],
    [
        arm("plural", "无两会", "without boards", "structure=one_core_plural"),
        arm("boards", "有理事会与监事会", "with council and board", "structure=one_core_plural_boards"),
        arm("plural_c00", "无两会，交叉任职 0%", "without boards, 0% cross-posts",
            "structure=one_core_plural", "structure.cross_appointment=0"),
        arm("boards_c00", "有两会，交叉任职 0%", "with boards, 0% cross-posts",
            "structure=one_core_plural_boards", "structure.cross_appointment=0"),
        arm("plural_c80", "无两会，交叉任职 80%", "without boards, 80% cross-posts",
            "structure=one_core_plural", "structure.cross_appointment=0.8"),
        arm("boards_c80", "有两会，交叉任职 80%", "with boards, 80% cross-posts",
            "structure=one_core_plural_boards", "structure.cross_appointment=0.8"),
        arm("boards_nofund", "有两会，理事会无经费", "with boards, no fund",
            "structure=one_core_plural_boards", later=NO_FUND),
        arm("plural_keen", "无两会，监督最强", "without boards, strongest oversight",
            "structure=one_core_plural", later=KEEN),
        arm("boards_keen", "有两会，监督最强", "with boards, strongest oversight",
            "structure=one_core_plural_boards", later=KEEN),
    ],
    ["welfare", "closed_unsolved_share", "worked_board", "closed_paper_share", "discretionary_money"],
)


def verdict(runs: Runs) -> Reading:
    welfare = runs.standardised("welfare").across(SUITED_LESS_OTHERS)
    unsolved = runs.of("closed_unsolved_share")
    return Reading(
        effects=(more(welfare, "boards", "plural", by=0.1),),
        breaks=(
            Break(
                "无交叉任职时监事会使“办结而未解决”少 0.5 个百分点，80% 时不足其半",
                "without cross-posts the board lowers what is closed unsolved by 0.5 points, with 80% by less than "
                "half of that",
                "vanish",
                (unsolved("boards_c00", "plural_c00") < -0.005) & (unsolved("boards_c80", "plural_c80") > -0.0025),
            ),
        ),
        rule=Rule(
            "理事会可动用共同经费（不给经费）",
            "the council decides on a common fund (no fund)",
            "boards_nofund", "plural",
        ),
        strong=Rule(
            "抽查最省时、成员工时最多、公开最令人顾忌（取范围端点）",
            "files take least time to look into, members give most hours, and what is published is feared most "
            "(ends of the ranges)",
            "boards_keen", "plural_keen",
        ),
        touched=(
            Touched("由共同预算支付", "paid out of the common budget", "payment", a=("common",)),
        ),
        acts=(
            Act("两会工时", "hours of council and board", runs.of("worked_board"), "boards"),
            Act("未解决而办结", "closed without a solution", unsolved, "boards", "plural"),
            Act("未上报", "not passed on", runs.of("not_passed_share"), "boards", "plural"),
        ),
    )
