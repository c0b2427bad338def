"""Y2: all-round posts and pooled desks serve better.

Simulated; does not assess any real community.
"""

from sim.analysis.claims import Act, Break, Reading, Rule, Runs, less
from sim.scenario.hypotheses import arm, compared, words

CLAIMS = ("Y2", "K4")
LABEL = words("Y2 一人多岗、窗口合并", "Y2 all-round posts and pooled desks")
QUESTION = words(
    "窗口合并、一人多岗后，问题真正解决的总时间是否缩短?",
    "With desks pooled and posts all-round, is the total time to a true solution shorter?",
)
CLAIM = words("一人多岗、窗口合并使服务更好", "all-round posts and pooled desks serve better")
REFUTED_IF = words(
    "若合并减少等待却增加返工或差错，使真正解决的总时间未缩短 5%；或只对上级事项有利。",
    "Pooling cuts waiting but raises rework or errors so that total time to a true solution is not lower by 5%; or "
    "it helps only administrative items.",
)
NOT_SHOWN = words(
    "工作人员的学习速度取自一般文献；没有检验更专业的窗口设备。",
    "How fast practice is lost is taken from general literature; better equipped special desks are not tested.",
)
CHART = "paired_differences"
TRACE = ["items_late", "items_late_share", "item_hours_waiting", "items_paper_share", "utilisation"]

LIGHT = {
    "parameters.items.scale": 0.3,
    "parameters.routing.two_departments": 0.0,
    "parameters.routing.three_departments": 0.0,
}
STUDY = compared(
    ["package=station_1_2", "community.residents=5000", "years=5"],
    [
        arm("by_line", "窗口按条线", "desks by line", "policy/desks=by_line"),
        arm("pooled", "一人多岗", "pooled, all-round posts", "policy/desks=pooled"),
        arm("by_line_light", "按条线，上级事项少、一次签批", "by line, few items, one signature",
            "policy/desks=by_line", later=LIGHT),
        arm("pooled_light", "一人多岗，上级事项少、一次签批", "pooled, few items, one signature",
            "policy/desks=pooled", later=LIGHT),
    ],
    ["time_restricted_mean", "wait_staff", "rework", "items_late", "items_late_share", "item_hours_waiting"],
)


def verdict(runs: Runs) -> Reading:
    time, late = runs.relative("time_restricted_mean"), runs.relative("items_late")
    waiting, rework = runs.of("wait_staff"), runs.of("rework")
    hardly_shorter = time("pooled", "by_line") > -0.05
    return Reading(
        effects=(less(time, "pooled", "by_line", by=0.05),),
        shortfall=False,
        breaks=(
            Break(
                "等待减少而返工增加，总时间未缩短 5%",
                "less waiting for staff, more rework, time not lower by 5%",
                "rework", (waiting("pooled", "by_line") < 0.0) & (rework("pooled", "by_line") > 0.0) & hardly_shorter,
            ),
            Break(
                "上级事项逾期少 5%，居民问题的时间未缩短 5%",
                "items late less by 5%, residents' time not lower by 5%",
                "items_only", (late("pooled", "by_line") < -0.05) & hardly_shorter,
            ),
        ),
        rule=Rule(
            "上级事项与居民诉求争用同一窗口，且几个部门须逐一签批（事项量取下限，只需一次签批）",
            "items from above crowd the same desks, and several departments sign one after another (few items, one "
            "signature)",
            "pooled_light", "by_line_light",
        ),
        acts=(
            Act("每件诉求的移交", "hand-overs per spoken case", runs.of("handovers_per_case"), "pooled", "by_line"),
            Act("逾期的上级事项", "items from above that are late", runs.of("items_late"), "pooled", "by_line"),
        ),
    )
