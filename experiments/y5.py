"""Y5: “one core, many actors” (1+3+1) beats “1+3”.

Simulated; does not assess any real community.
"""

from sim.analysis.claims import Act, Break, Reading, Rule, Runs, Touched, more
from sim.scenario.hypotheses import Words, arm, compared, words

CLAIMS = ("Y5", "K16")
LABEL = words("Y5 “一核多元”优于“1+3”", "Y5 one core, many actors beats 1+3")
QUESTION = words(
    "总工时（含会议）相同时，“一核多元”的解决率或信任是否比两种读法的“1+3”高 5%?",
    "At equal total hours, meetings included, does “one core, many actors” raise the share solved or trust by 5% "
    "over either reading of “1+3”?",
)
CLAIM = words("“一核多元”（1+3+1+多元）优于“1+3”", "“one core, many actors” (1+3+1) beats “1+3”")
REFUTED_IF = words(
    "若总工时（含会议）相同时，解决率与信任均未高 5%；或只有同时有业委会与物业的小区的物业类问题受益，老旧单位与村转"
    "居社区为零或为负。",
    "No gain of 5% in solved problems or trust after matching total hours, meeting hours included; or the gain is "
    "only in property-type cases in estates that have both owners' committee and firm, and is zero or negative in "
    "old danwei and village-turned communities.",
)
NOT_SHOWN = words(
    "席位以外的做法各组相同，因此不检验文章的整套建议；公共工时按岗位相等，业主与企业自出的工时计入社会成本。",
    "Everything but the seats is equal, so the article's whole proposal is not tested here; public hours are equal "
    "by posts, what owners and firms add is counted as social cost.",
)
CHART = "paired_differences"

STUDY = compared(
    ["package=flattened", "community.residents=5000", "years=5"],
    [
        arm("street", "街道管理", "street hierarchy", "structure=street_hierarchy"),
        arm("two", "“1+2”", "1+2", "structure=one_plus_two"),
        arm("grand", "2012 年“1+3”", "1+3 of 2012", "structure=one_plus_three_2012"),
        arm("estate", "原有“1+3”（业委会、物业）", "1+3 with owners' committee and firm",
            "structure=one_plus_three_estate"),
        arm("plural", "“一核多元”", "one core, many actors", "structure=one_core_plural"),
        arm("boards", "“一核多元”加两会", "one core, many actors, with boards", "structure=one_core_plural_boards"),
        arm("polycentric", "多中心（理论对照）", "polycentric (theoretical control)", "structure=polycentric"),
        arm("market", "市场主导（理论对照）", "market-led (theoretical control)", "structure=market_led"),
        arm("grand_mute", "2012 年“1+3”，不开协调会", "1+3 of 2012, no coordination meeting",
            "structure=one_plus_three_2012", "policy.meetings.weeks.coordination=0"),
        arm(
            "estate_mute",
            "原有“1+3”（业委会、物业），不开协调会",
            "1+3 with owners' committee and firm, no coordination meeting",
            "structure=one_plus_three_estate",
            "policy.meetings.weeks.coordination=0",
        ),
        arm("plural_mute", "“一核多元”，不开协调会", "one core, many actors, no coordination meeting",
            "structure=one_core_plural", "policy.meetings.weeks.coordination=0"),
    ],
    [
        "welfare", "trust", "welfare_repair", "welfare_certificate", "welfare_help", "welfare_environment",
        "effective_actors", "worked_fee", "worked_volunteer",
    ],
    baseline="two",
    charts=["scorecard"],
)


def verdict(runs: Runs) -> list[Reading]:
    return [
        compare(runs, "a", words("与原有“1+3”相比", "against 1+3 with owners' committee and firm"), "estate"),
        compare(runs, "b", words("与 2012 年“1+3”相比", "against the 1+3 of 2012"), "grand"),
    ]


def compare(runs: Runs, name: str, label: Words, other: str) -> Reading:
    solved, trust = runs.relative("welfare"), runs.relative("trust")
    repair, certificate, help_, environment = (
        runs.relative(f"welfare_{kind}")("plural", other) for kind in ("repair", "certificate", "help", "environment")
    )
    gain = runs.of("welfare")("plural", other)
    property_only = (repair > 0.05) & (certificate < 0.05) & (help_ < 0.05) & (environment < 0.05)
    nobody_poor = (runs.at("old_danwei", gain) < 0.0) & (runs.at("village_turned", gain) < 0.0)
    return Reading(
        name=name,
        label=label,
        effects=(more(solved, "plural", other, by=0.05), more(trust, "plural", other, by=0.05)),
        every=False,  # either of them is enough
        breaks=(
            Break(
                "只有物业类问题解决率高 5%，办证、帮扶、环境类均未高 5%",
                "only property cases gain 5%, and none gain in old work-unit and village-turned communities",
                "property_only", property_only & nobody_poor,
            ),
        ),
        rule=Rule(
            "有席位者在协调会上当场议定（不开协调会）",
            "what is seated settles at the coordination meeting (no coordination meeting)",
            "plural_mute", f"{other}_mute",
        ),
        touched=(
            Touched(
                "居委会向物业、业委会、组织与单位的移交",
                "hand-overs from the committee to firms, owners, organisations and units",
                "handover", a=("committee",), b=("firm", "owners", "company", "organisation", "group", "unit"),
            ),
        ),
        acts=(
            Act("会议工时", "hours of meetings", runs.of("hours_meeting"), "plural", other),
            Act("等待会议", "waiting for a meeting", runs.of("wait_meeting"), "plural", other),
        ),
    )
