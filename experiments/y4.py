"""Y4: about 40% of cross-posts lowers the cost of coordination at no price.

Simulated; does not assess any real community.
"""

from sim.analysis.claims import Act, Break, Reading, Rule, Runs, Touched, less
from sim.scenario.hypotheses import arm, compared, words

CLAIMS = ("Y4", "K1")
LABEL = words("Y4 40% 交叉任职", "Y4 40% cross-appointment")
QUESTION = words(
    "从 0 到 80%，交叉任职达到 40% 时协调等待是否减少 10%，居民实感是否因此受损?",
    "From 0 to 80%, does waiting between bodies fall by 10% at 40% of cross-posts, and does residents' experience "
    "pay for it?",
)
CLAIM = words(
    "约 40% 的交叉任职降低协调成本而无代价",
    "about 40% of cross-posts lowers the cost of coordination at no price",
)
REFUTED_IF = words(
    "若 40% 时协调等待未减少 10%；或虽减少，但未上报者或居民耗费的时间增多，以致居民实感（60 个工作日内真正解决的比"
    "例，按居民等权）在 20% 以下最高；或居民实感随比例无变化，40% 并无特别。",
    "Waiting between bodies does not fall by 10% at 40%; or it falls but hidden cases, or the loss of residents' "
    "time, rise so that resident welfare (share of felt problems truly solved within 60 working days, residents "
    "equally weighted) is highest below 20%; or welfare is flat, so that 40% is not special.",
)
NOT_SHOWN = words(
    "一肩挑是另一个开关，未在此变动；谁与谁交叉由结构文件规定。",
    "One head for two bodies is another switch and is not moved here; which pairs are crossed is set by the "
    "structure.",
)
CHART = "levels"

SLOW = {
    "parameters.calendar.hop_by_hand": 1.0,
    "parameters.calendar.hop_shared": 1.0,
    "parameters.routing.hop_carried": 1.0,
}
LONG = {
    "parameters.calendar.hop_by_hand": 8.0,
    "parameters.calendar.hop_shared": 4.0,
    "parameters.routing.hop_carried": 0.0,
    "parameters.receiving.misrouted": 0.6,
}
SHARES = {f"c{tens}0": tens / 10 for tens in range(9)}
STUDY = compared(
    ["package=station_1_2", "community.residents=5000", "years=5"],
    [
        *(
            arm(name, f"交叉任职 {share:.0%}", f"{share:.0%} cross-posts", f"structure.cross_appointment={share:g}")
            for name, share in SHARES.items()
        ),
        arm("c00_slow", "0%，自带与传递同样费时", "0%, carrying as slow as a hop",
            "structure.cross_appointment=0.0", later=SLOW),
        arm("c40_slow", "40%，自带与传递同样费时", "40%, carrying as slow as a hop",
            "structure.cross_appointment=0.4", later=SLOW),
        arm("c00_long", "0%，传递最慢、走错最多", "0%, slowest hops, most cases at the wrong desk",
            "structure.cross_appointment=0.0", later=LONG),
        arm("c40_long", "40%，传递最慢、走错最多、自带不费时", "40%, the same, carried at once",
            "structure.cross_appointment=0.4", later=LONG),
    ],
    ["wait_body", "welfare_residents", "coordination_share"],
)


def verdict(runs: Runs) -> Reading:
    # The source gives 10% for the delay; one point of welfare as the least that counts was set before the first run.
    waiting, welfare = runs.relative("wait_body"), runs.of("welfare_residents")
    shorter = runs.of("wait_body")("c40", "c00") < 0.0
    shares = list(SHARES)
    below_20, from_20 = welfare.highest(shares[:2]), welfare.highest(shares[2:])
    return Reading(
        effects=(less(waiting, "c40", "c00", by=0.1),),
        breaks=(
            Break(
                "等待减少，而 0 或 10% 时的居民实感比 20% 及以上任何比例高出 1 个百分点",
                "waiting falls, but welfare at 0 or 10% above that at any share from 20% on, by 1 point",
                "price", shorter & (below_20 - from_20 > 0.01),
            ),
            Break(
                "居民实感在 0-80% 之间的极差不足 1 个百分点",
                "welfare varies by less than 1 point from 0 to 80%",
                "flat", welfare.spread(shares) < 0.01,
            ),
        ),
        rule=Rule(
            "兼职者自己带走案卷，不必传递（使其与传递同样费时）",
            "who holds both posts carries the file himself (made as slow as a hop)",
            "c40_slow", "c00_slow",
        ),
        strong=Rule(
            "传递最慢、自带不费时、走错窗口的最多（取范围端点）",
            "hops are slowest, carrying takes no time and most cases come to the wrong desk (ends of the ranges)",
            "c40_long", "c00_long",
        ),
        touched=(
            Touched(
                "党组织、居委会、工作站相互之间的移交",
                "hand-overs among Party organization, committee and station",
                "handover", a=("party", "committee", "station"), b=("party", "committee", "station"), bounds=True,
            ),
            Touched(
                "社区与街道之间的移交",
                "hand-overs between community and subdistrict",
                "handover", a=("street_office", "street_desk"),
            ),
        ),
        acts=(
            Act("每件诉求的移交", "hand-overs per spoken case", runs.of("handovers_per_case"), "c00"),
            Act("每件诉求的移交", "hand-overs per spoken case", runs.of("handovers_per_case"), "c40", "c00"),
        ),
    )
