"""Y12: donors, units and firms fill the money gap.

Simulated; does not assess any real community.
"""

from sim.analysis.claims import Act, Break, Reading, Rule, Runs, Touched, more
from sim.scenario.hypotheses import arm, compared, words

CLAIMS = ("Y12", "K20")
LABEL = words("Y12 单位、企业与捐助填补经费", "Y12 donors, units and firms fill the gap")
QUESTION = words(
    "整合社会资源并募集捐助，是否使社区收入中捐助的占比上升 5 个百分点?",
    "Do resource integration and asking for gifts raise the givers' share of the community's income by 5 points?",
)
CLAIM = words("驻社区单位、企业与捐助者填补经费缺口", "donors, units and firms fill the money gap")
REFUTED_IF = words(
    "若公共经费增加时捐助减少（挤出）；或捐助流向富裕社区（各类社区财力的基尼系数上升）。",
    "Gifts fall as public money rises (crowding out); or they go to the rich communities (Gini of means up).",
)
NOT_SHOWN = words(
    "出借的房间与人力不折算为钱；“财力”指可自主支配资金，不平等指五类社区之间。",
    "Rooms and hours that are lent are not turned into money; means are the money that is left to decide on, and "
    "inequality is that of the five archetypes.",
)
CHART = "paired_differences"
TRACE = ["money_from_donors", "money_from_fiscal", "spent_on_project", "discretionary_money", "organisations_alive"]

COOL = {
    "parameters.funding.goodwill": 0.3,
    "parameters.funding.body_gives": 0.1,
    "parameters.funding.person_gives": 0.0,
}
KEEN = {
    "parameters.funding.person_gives": 0.2,
    "parameters.funding.person_gift": 200.0,
}
STUDY = compared(
    ["package=station_1_2", "community.residents=5000", "years=5"],
    [
        arm("none", "不募集", "nobody is asked", "policy/resources=as_found"),
        arm("givers", "整合资源并募集", "resources integrated, gifts asked for",
            "policy/resources=integrated", "policy.money.gifts=true", "policy.money.paired_support=20000"),
        arm("none_rich", "不募集，公共经费多", "nobody is asked, more public money",
            "policy.money.work_funds=300000"),
        arm("givers_rich", "募集，公共经费多", "gifts asked for, more public money",
            "policy/resources=integrated", "policy.money.gifts=true", "policy.money.paired_support=20000",
            "policy.money.work_funds=300000"),
        arm("givers_cool", "募集，捐助意愿取下限", "gifts asked for, least willing givers",
            "policy/resources=integrated", "policy.money.gifts=true", "policy.money.paired_support=20000", later=COOL),
        arm("givers_keen", "募集，个人捐助取上限", "gifts asked for, persons give most",
            "policy/resources=integrated", "policy.money.gifts=true", "policy.money.paired_support=20000", later=KEEN),
    ],
    ["income_share_donors", "money_from_donors", "effective_actors", "spent_on_project", "discretionary_money"],
)


def verdict(runs: Runs) -> Reading:
    # The smallest effect of interest of this claim is not given by its source; it was set here before the first run.
    share, gifts = runs.of("income_share_donors"), runs.of("money_from_donors")
    crowded = runs.relative("money_from_donors")("givers_rich", "givers")
    means = runs.of("discretionary_money")
    return Reading(
        effects=(more(share, "givers", "none", by=0.05),),
        shortfall=False,
        breaks=(
            Break(
                "公共经费增加时捐助减少 10%",
                "gifts lower by 10% with more public money",
                "crowding_out", crowded < -0.1,
            ),
            Break(
                "五类社区人均可自主支配资金的基尼系数上升",
                "Gini of discretionary money per resident over the archetypes up",
                "to_the_rich", runs.gini(means("givers")) - runs.gini(means("none")) > 0.0,
            ),
        ),
        rule=Rule(
            "单位、企业与个人各自愿意给（意愿取下限）",
            "units, firms and persons are each willing to give (least willing)",
            "givers_cool", "none",
        ),
        strong=Rule(
            "个人捐助的意愿与数额取范围上限",
            "persons give most often and most (ends of the ranges)",
            "givers_keen", "none",
        ),
        touched=(
            Touched("单位与个人给出的款项", "payments of units and persons as givers", "payment", a=("donors",)),
        ),
        acts=(
            Act("捐助款", "gifts", gifts, "givers"),
            Act(
                "公共经费增加后捐助款的变化",
                "gifts with more public money minus gifts without",
                gifts, "givers_rich", "givers",
            ),
        ),
    )
