"""Y1: flattening shortens response time.

Simulated; does not assess any real community.
"""

from sim.analysis.claims import Act, Break, Reading, Rule, Runs, Touched, less
from sim.scenario.hypotheses import arm, compared, words

CLAIMS = ("Y1", "K3")
LABEL = words("Y1 扁平化缩短响应时间", "Y1 flattening shortens response time")
QUESTION = words(
    "事项下沉而人员、经费与签批权不变时，居民诉求是否更快得到解决?",
    "With items sunk but staff, money and rights where they were, are residents' requests solved sooner?",
)
CLAIM = words("扁平化缩短居民诉求的响应时间", "flattening shortens response time")
REFUTED_IF = words(
    "若事项下沉而人、财、权不变，居民诉求时间的中位数或 90 分位数未缩短 10%；或起初缩短而三年内恢复；或负荷超过 0.85"
    " 后反而更长。",
    "With items sunk but staff, money and rights unchanged, the median or 90th percentile of the time to a true "
    "solution is not lower by 10%; or it is lower at first and back within three years; or it is higher once load "
    "exceeds 0.85.",
)
NOT_SHOWN = words(
    "层级的数目是假定；事项清单的拆分是假定；没有检验扁平化之后再改回的情形。",
    "How many tiers remain is an assumption, and so is how the 88 items split; going back after flattening is not "
    "tested.",
)
CHART = "paired_differences"

TWICE_THE_DEMAND = {"demand.all": 2.0}
NO_DIFFERENCE = {
    "parameters.calendar.hop_by_hand": 1.0,
    "parameters.calendar.hop_shared": 1.0,
    "parameters.calendar.cost_phone": 0.5,
    "parameters.calendar.cost_net": 0.5,
    "parameters.calendar.cost_microblog": 0.5,
    "parameters.calendar.card_cost": 0.3,
    "parameters.receiving.misrouted_card": 0.25,
    "parameters.outreach.tell_known": 0.45,
}
STUDY = compared(
    ["community.residents=5000", "years=5"],
    [
        arm("before", "改革前", "before the reform", "package=before_reform"),
        arm("bare", "扁平化，仅下沉事项", "flattened, items only",
            "package=flattened", "policy/delegation=items_only"),
        arm("staffed", "扁平化，人员随下沉", "flattened, with staff", "package=flattened"),
        arm("full", "扁平化，人、财、权随下沉", "flattened, with staff, money and rights",
            "package=flattened", "policy/delegation=full"),
        arm("before_loaded", "改革前，需求加倍", "before, twice the demand",
            "package=before_reform", later=TWICE_THE_DEMAND),
        arm("bare_loaded", "仅下沉事项，需求加倍", "items only, twice the demand",
            "package=flattened", "policy/delegation=items_only", later=TWICE_THE_DEMAND),
        arm(
            "before_plain",
            "改革前，传递快慢、渠道难易、生熟无差别",
            "before; hops, channels and knowing make no difference",
            "package=before_reform",
            later=NO_DIFFERENCE,
        ),
        arm(
            "bare_plain",
            "仅下沉事项，传递快慢、渠道难易、生熟无差别",
            "items only; hops, channels and knowing make no difference",
            "package=flattened",
            "policy/delegation=items_only",
            later=NO_DIFFERENCE,
        ),
    ],
    [
        "time_median", "time_p90", "time_restricted_mean", "time_spoken", "time_median_transition",
        "time_median_steady", "utilisation", "admin_share",
    ],
)


def verdict(runs: Runs) -> Reading:
    median, capped, mean = (runs.relative(f"time_{name}") for name in ("median", "p90", "restricted_mean"))
    first, later = runs.relative("time_median_transition"), runs.relative("time_median_steady")
    loaded = runs.of("time_median")("bare_loaded", "before_loaded")
    load = runs.of("utilisation")("bare_loaded")
    return Reading(
        effects=(
            less(median, "bare", "before", by=0.1),
            # known up to 260 days; more than a tenth of all problems are never solved, so both arms can stand there
            less(capped, "bare", "before", by=0.1, cap=260.0, instead=mean),
        ),
        breaks=(
            Break(
                "起初缩短 10%，两年后不再缩短 10%",
                "shorter by 10% at first, not any more after two years",
                "back", (first("bare", "before") < -0.1) & (later("bare", "before") > -0.1),
            ),
            Break(
                "负荷超过 0.85 时反而更长",
                "longer once load exceeds 0.85",
                "loaded", (loaded > 0.0) & (load > 0.85),
            ),
        ),
        rule=Rule(
            "共享数据传递更快、新渠道更省事、居民对熟悉的片区人员更肯开口（三者都改为无差别）",
            "shared data travel faster, new channels are easier, and residents open up to a patch officer they know "
            "(all three made to make no difference)",
            "bare_plain", "before_plain",
        ),
        touched=(
            Touched(
                "街道办事处与社区之间的移交",
                "hand-overs between the subdistrict office and the community",
                "handover", a=("street_office", "street_desk"),
            ),
        ),
        acts=(
            Act(
                "居民自己未开口而由他人发现",
                "found by others than the resident's own voice",
                runs.of("found_share"), "bare", "before",
            ),
        ),
    )
