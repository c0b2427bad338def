"""Y3: patch duty prevents office-ism.

Simulated; does not assess any real community.
"""

from sim.analysis.claims import Act, Break, Reading, Rule, Runs, more
from sim.scenario.hypotheses import arm, compared, words

CLAIMS = ("Y3", "K5")
LABEL = words("Y3 分片包干防止机关化", "Y3 patch duty prevents office-ism")
QUESTION = words(
    "行政负荷与实际相当时，分片包干是否使走访工时占比上升 5 个百分点?",
    "With the administrative load as observed, does patch duty raise the outreach share of hours by 5 points?",
)
CLAIM = words("分片包干防止工作站机关化", "patch duty prevents office-ism")
REFUTED_IF = words(
    "若行政负荷达到 C1（0.60-0.85）后，分片包干下走访工时占比未高出 5 个百分点；或片区不均使状况最差的十分之一楼栋更"
    "差（2 个百分点）。",
    "Once administrative load is at C1 (0.60-0.85), the outreach share of staff hours under patch duty is not "
    "higher by 5 points; or uneven patches make the worst decile of buildings worse off (by 2 points).",
)
NOT_SHOWN = words(
    "最差十分之一以楼栋计，不以个人计；片区划分按程序的规则。",
    "The worst decile is of buildings, not persons; patches are cut by the program's rule.",
)
CHART = "paired_differences"

STRANGE = {"parameters.outreach.tell_known": 0.45}
STRONG = {
    "parameters.outreach.tell_known": 1.0,
    "parameters.outreach.tell": 0.1,
    "parameters.calendar.notice_spread": 0.3,
    "parameters.calendar.notice_forget": 0.0,
}
STUDY = compared(
    ["package=station_1_2", "community.residents=5000", "years=5"],
    [
        arm("none", "不分片", "no patches", "policy/patches=none"),
        arm("patches", "分片包干", "patch duty", "policy/patches=patches"),
        arm("none_strange", "不分片，熟悉无差别", "no patches, knowing makes no difference",
            "policy/patches=none", later=STRANGE),
        arm("patches_strange", "分片，熟悉无差别", "patches, knowing makes no difference",
            "policy/patches=patches", later=STRANGE),
        arm("none_strong", "不分片，熟悉差别最大", "no patches, knowing makes all the difference",
            "policy/patches=none", later=STRONG),
        arm(
            "patches_strong",
            "分片，熟悉差别最大、人人知晓",
            "patches, everybody knows the officer and tells only him",
            "policy/patches=patches",
            later=STRONG,
        ),
    ],
    ["outreach_share", "admin_share", "worst_decile", "found_share"],
)


def verdict(runs: Runs) -> Reading:
    outreach, worst = runs.of("outreach_share"), runs.of("worst_decile")
    load = runs.of("admin_share")("none")
    return Reading(
        effects=(more(outreach, "patches", "none", by=0.05),),
        when=(load > 0.6) & (load < 0.85),
        breaks=(
            Break(
                "最差十分之一楼栋的解决率低 2 个百分点",
                "solved share of the worst decile of buildings lower by 2 points",
                "worst", worst("patches", "none") < -0.02,
            ),
        ),
        rule=Rule(
            "熟悉的片区干部更容易听到实话（取消熟悉的差别）",
            "residents open up more to a patch officer they know (no difference made)",
            "patches_strange", "none_strange",
        ),
        strong=Rule(
            "居民只对熟悉的片区人员开口，且很快人人知晓（取范围端点）",
            "residents open up to a patch officer they know and hardly to strangers, and soon all know him (ends of "
            "the ranges)",
            "patches_strong", "none_strong",
        ),
        acts=(
            Act(
                "由片区走访发现的问题",
                "found by others than the own voice",
                runs.of("found_share"), "patches", "none",
            ),
            Act(
                "走访与自主工作的工时",
                "hours of visits and own initiative",
                runs.of("hours_initiative"), "patches", "none",
            ),
        ),
    )
