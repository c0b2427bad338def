"""Public money, own income and gifts reach the community's purses at their dates (A57-A60, A83-A92).

Work funds follow population once a year; pay follows filled posts; item money follows a formula that does not see the
tasks, unless funds follow each item, and the subdistrict keeps its share (A57). Project money goes to communities in
proportion to what the office sees of them (Merton 1968, Science 159: cumulative advantage). A giver gives less where
the need is already paid for (Andreoni 1990, Economic Journal 100: impure altruism, partial crowding out).
"""

from sim.engine.kernel import kernel
from sim.engine.ledger import post
from sim.engine.mechanism import mechanism
from sim.engine.randomness import lognormal, uniform
from sim.model.work.posts import extended, hanging
from sim.vocabulary.codes import Account, Body, Purpose, Rows, TaskState, Use
from sim.vocabulary.params import Param

PARAMS = {
    "office_cost": Param(6000.0, "yuan/year/post", 2000.0, 10000.0, "A83; assumption on the value",
                         "office costs per post of the community"),
    "item_cost_share": Param(0.6, "share", 0.2, 1.0, "assumption",
                             "money an item takes, over the money it is paid with"),
    "small_size": Param(4000.0, "persons", 1000.0, 6000.0, "A84; assumption on the value",
                        "residents below the first step"),
    "large_size": Param(8000.0, "persons", 6000.0, 15000.0, "A84; assumption on the value",
                        "residents from the second step"),
    "small_funds": Param(80000.0, "yuan/year", 60000.0, 100000.0, "A84", "work funds of a small community"),
    "middle_funds": Param(100000.0, "yuan/year", 80000.0, 120000.0, "A84", "work funds between the steps"),
    "large_funds": Param(120000.0, "yuan/year", 100000.0, 200000.0, "A84", "work funds of a large community"),
    "standard_size": Param(5000.0, "persons", 5000.0, 5000.0, "assumption: unit of item.rate",
                           "residents per unit of rate"),
    "same_for_all": Param(0.5, "ratio", 0.0, 2.0, "A89; assumption on the value",
                          "weight of an equal share against visible and reported results in granting project money"),
    "asset_risk": Param(0.15, "log units", 0.0, 0.4, "A60; assumption on the value", "yearly spread of own income"),
    "common_share": Param(0.5, "share", 0.1, 1.0, "assumption", "share of free own income that a council disposes of"),
    "owners_share": Param(0.1, "share", 0.0, 0.3, "assumption", "share of owners' funds put into a council's budget"),
    "goodwill": Param(0.7, "probability", 0.3, 1.0, "A90; assumption on the value",
                      "chance that a paired donor gives whatever it sees"),
    "unit_gift": Param(0.03, "share", 0.0, 0.1, "assumption", "share of a unit's means given when it gives"),
    "firm_gift": Param(0.5, "months", 0.0, 2.0, "assumption", "months of surplus a firm gives when it gives"),
    "body_gives": Param(0.5, "probability", 0.1, 0.9, "assumption", "chance a quarter, everything speaking for it"),
    "person_gives": Param(0.05, "probability", 0.0, 0.2, "assumption", "chance a quarter, everything speaking for it"),
    "person_gift": Param(50.0, "yuan", 10.0, 200.0, "assumption", "a person's gift at mean income"),
    "kind_gift": Param(1500.0, "yuan", 100.0, 20000.0, "assumption",
                       "stated price of the goods or technical help of a unit or firm that gives in kind"),
    "person_goods": Param(80.0, "yuan", 10.0, 500.0, "assumption", "stated price of the goods that a person gives"),
    "technology_share": Param(0.3, "share", 0.0, 1.0, "assumption",
                              "gifts in kind of units and firms that are technical help"),
    "crowding": Param(0.5, "1", 0.0, 2.0, "Andreoni 1990; assumption on the value",
                      "how much money at hand, in years of work funds, lowers giving"),
}


@kernel
def pay_for_item(week, c, b, pay, street_keeps, rows, journal, community):
    """Money that follows one item from the subdistrict to the community; returns what arrived."""
    return post(
        week, c, Account.STREET, Account.ITEM, b, Use.ITEM, pay * (1.0 - street_keeps), rows, journal, community,
    )


@kernel
def pay_for_case(week, c, b, project, amount, rows, journal, community):
    """Pay for a case from the first purse that can carry it; False when none can.

    Project money is for projects; of the common budget only what was released can be spent.
    """
    for purse in (Account.PROJECT, Account.COMMON, Account.OWN, Account.WORK):
        if purse == Account.PROJECT and not project:
            continue
        room = community.balance[c, purse]
        if purse == Account.COMMON:
            room = min(room, community.council_released[c])
        if room >= amount:
            post(week, c, purse, Account.SUPPLIERS, b, Use.CASE, amount, rows, journal, community)
            if purse == Account.COMMON:
                community.council_released[c] -= amount
            return True
    return False


@kernel
def grant_weight(p, visible, mean_visible, rating, score):
    """Claim on project money: an equal part, what is seen of it, its year-end rating, its score if that counts."""
    return p.same_for_all + (visible / mean_visible if mean_visible > 0.0 else 1.0) + rating + score


@kernel
def funds_by_size(residents, small_size, large_size, small_funds, middle_funds, large_funds):
    """Work funds in yuan a year by the number of residents, in three steps (A84)."""
    if residents < small_size:
        return small_funds
    return middle_funds if residents < large_size else large_funds


@mechanism
def step(now, p, rule, community, body, person, task, item, rows, journal):
    # money that finished items took in the week before
    for n in range(rows.used[Rows.TASK]):
        done = task.state[n] == TaskState.DONE and task.finished[n] < now.week * 5.0
        if not done or task.finished[n] < (now.week - 1) * 5.0:
            continue
        c = task.community[n]
        cost = p.item_cost_share * item.pay[task.item[n]]
        b = task.body[n]
        if b >= 0 and (body.type[b] == Body.STREET_DESK or body.type[b] == Body.STREET_OFFICE):
            post(now.week, c, Account.STREET, Account.SUPPLIERS, b, Use.ITEM, cost, rows, journal, community)
        else:
            cost -= post(now.week, c, Account.ITEM, Account.SUPPLIERS, b, Use.ITEM, cost, rows, journal, community)
            post(now.week, c, Account.WORK, Account.SUPPLIERS, b, Use.ITEM, cost, rows, journal, community)
    if now.week % 4 != 0:
        return

    items = 0.0
    for n in range(len(item.rate)):
        items += item.rate[n] * item.pay[n]
    visible, n_rows = 0.0, len(community.full)
    for c in range(n_rows):
        visible += community.visible[c] / n_rows
    weights = 0.0
    for c in range(n_rows):
        score = community.score[c] if rule.score_grants[c] == 1 else 0.0
        weights += grant_weight(p, community.visible[c], visible, community.rating[c], score)

    for c in range(n_rows):
        if community.full[c] == 0:
            continue
        year = now.week // 52
        if now.week % 52 == 0:
            if now.week > 0:
                community.growth[c] *= 1.0 + rule.growth[c]
                # what the subdistrict kept through the year it has spent on its own tasks
                post(
                    now.week, c, Account.STREET, Account.SUPPLIERS, 0, Use.OFFICE,
                    community.balance[c, Account.STREET], rows, journal, community,
                )
            allotted = rule.work_funds[c]
            if rule.funds_by_size[c] == 1:
                allotted = funds_by_size(
                    community.residents[c], p.small_size, p.large_size, p.small_funds, p.middle_funds, p.large_funds
                )
            funds = post(
                now.week, c, Account.FISCAL, Account.STREET, -1, Use.ALLOCATION, allotted * community.growth[c], rows,
                journal, community,
            )
            post(now.week, c, Account.STREET, Account.WORK, -1, Use.ALLOCATION, funds, rows, journal, community)
            score = community.score[c] if rule.score_grants[c] == 1 else 0.0
            mine = grant_weight(p, community.visible[c], visible, community.rating[c], score)
            if weights > 0.0:
                post(
                    now.week, c, Account.FISCAL, Account.PROJECT, -1, Use.ALLOCATION,
                    rule.project_money[c] * mine / weights, rows, journal, community,
                )
            seen = community.visible[c] / (community.visible[c] + visible) if visible > 0.0 else 0.5
            if uniform(now.key, Purpose.MONEY, community.uid[c], year, 1) < p.goodwill + (1.0 - p.goodwill) * seen:
                post(
                    now.week, c, Account.DONORS, Account.WORK, -1, Use.GIFT, rule.paired_support[c], rows, journal,
                    community,
                )
            council = community.row_of[c, Body.COUNCIL]
            if (council >= 0 and body.alive[council] == 1) or rule.own_budget[c] == 1:
                free = max(0.0, community.balance[c, Account.OWN] - community.debt[c])
                post(
                    now.week, c, Account.OWN, Account.COMMON, council, Use.COMMON_INCOME, p.common_share * free, rows,
                    journal, community,
                )
                post(
                    now.week, c, Account.OWNERS, Account.COMMON, council, Use.COMMON_INCOME,
                    p.owners_share * community.balance[c, Account.OWNERS], rows, journal, community,
                )

        # staff pay, four weeks of it
        due = 0.0
        for who in range(len(person.community)):
            if person.community[who] == c and person.employed[who] == 1:
                more = extended(c, body.type[person.body[who]], rule, community)
                scored = 1.0 + 2.0 * rule.score_pay[c] * community.score[c]  # the same pay at a middling score
                more *= hanging(who, c, rule, community, body, person)
                due += more * scored * rule.pay[c] * community.growth[c] * 12.0 / 13.0
        post(now.week, c, Account.FISCAL, Account.STREET, -1, Use.PAY, due, rows, journal, community)
        paid = post(now.week, c, Account.STREET, Account.STAFF, -1, Use.PAY, due, rows, journal, community)
        community.debt[c] += due - paid

        # item money by formula: what comes in, and how much of it goes on
        money = items * community.residents[c] / p.standard_size / 13.0
        post(now.week, c, Account.FISCAL, Account.STREET, -1, Use.ITEM, money, rows, journal, community)
        if rule.money_down[c] == 1 and rule.funds_follow[c] == 0:
            post(
                now.week, c, Account.STREET, Account.ITEM, -1, Use.ITEM, money * (1.0 - rule.street_keeps[c]), rows,
                journal, community,
            )

        post(
            now.week, c, Account.WORK, Account.SUPPLIERS, -1, Use.OFFICE, p.office_cost * community.staff[c] / 13.0,
            rows, journal, community,
        )

        # own income varies from year to year; what was promised to members does not
        if community.own_income[c] > 0.0:
            yield_ = lognormal(community.own_income[c], p.asset_risk, now.key, Purpose.MONEY, community.uid[c], year, 0)
            post(now.week, c, Account.SUPPLIERS, Account.OWN, -1, Use.ASSET, yield_ / 13.0, rows, journal, community)
            promised = community.own_income[c] * community.dividend_share[c] / 13.0 + community.debt[c]
            paid = post(
                now.week, c, Account.OWN, Account.RESIDENTS, -1, Use.DIVIDEND, promised, rows, journal, community,
            )
            community.debt[c] = promised - paid


@mechanism
def gifts(now, p, rule, community, body, resident, household, rows, journal):
    """Units, firms and persons who are asked each decide once a quarter whether to give money, goods or help (A91)."""
    visible = 0.0
    for c in range(len(community.full)):
        visible += community.visible[c] / len(community.full)
    for c in range(len(community.full)):
        if community.full[c] == 0 or rule.gifts[c] == 0:
            continue
        at_hand = (community.balance[c, Account.WORK] + community.balance[c, Account.PROJECT]
                   + community.balance[c, Account.COMMON])
        covered = at_hand / max(1.0, rule.work_funds[c] * community.growth[c])
        open_need = 1.0 / (1.0 + p.crowding * covered)
        seen = 0.5 + 0.5 * (community.visible[c] / (community.visible[c] + visible) if visible > 0.0 else 0.5)
        council = community.row_of[c, Body.COUNCIL]
        target = Account.COMMON + 0 if council >= 0 and body.alive[council] == 1 else Account.WORK + 0
        for b in range(len(body.type)):
            if body.community[b] != c or body.alive[b] == 0:
                continue
            if body.type[b] != Body.UNIT and body.type[b] != Body.FIRM:
                continue
            chance = p.body_gives * seen * open_need * body.relation[b, Body.COMMITTEE] * 0.5 * (1.0 + body.returned[b])
            if rule.gifts_in_kind[c] == 1 and uniform(now.key, Purpose.RESOURCE, body.uid[b], now.week, 4) < chance:
                # what lies idle is given as well, booked at its stated price; a firm gives what it could have sold
                helps = uniform(now.key, Purpose.RESOURCE, body.uid[b], now.week, 5) < p.technology_share
                store = Account.TECHNOLOGY + 0 if helps else Account.GOODS + 0
                if body.type[b] == Body.UNIT:
                    post(now.week, c, Account.DONORS, store, b, Use.GIFT, p.kind_gift, rows, journal, community)
                else:
                    body.purse[b] -= post(
                        now.week, c, Account.FIRM, store, b, Use.GIFT,
                        min(body.purse[b], p.kind_gift, p.firm_gift * max(0.0, body.margin[b])), rows, journal,
                        community,
                    )
            if uniform(now.key, Purpose.RESOURCE, body.uid[b], now.week, 0) >= chance:
                continue
            if body.type[b] == Body.UNIT:
                post(
                    now.week, c, Account.DONORS, target, b, Use.GIFT, p.unit_gift * body.purse[b], rows, journal,
                    community,
                )
            else:
                body.purse[b] -= post(
                    now.week, c, Account.FIRM, target, b, Use.GIFT, min(body.purse[b], p.firm_gift * body.margin[b]),
                    rows, journal, community,
                )
        total = 0.0
        goods = 0.0
        for i in range(len(resident.uid)):
            if resident.community[i] == c and resident.adult[i] == 1:
                chance = p.person_gives * seen * open_need * resident.giving[i] * resident.standing[i]
                if uniform(now.key, Purpose.RESOURCE, resident.uid[i], now.week, 1) < chance:
                    total += p.person_gift * household.income[resident.household[i]]
                if (
                    rule.gifts_in_kind[c] == 1
                    and uniform(now.key, Purpose.RESOURCE, resident.uid[i], now.week, 6) < chance
                ):
                    goods += p.person_goods
        post(now.week, c, Account.DONORS, Account.GOODS, -1, Use.GIFT, goods, rows, journal, community)
        post(now.week, c, Account.DONORS, target, -1, Use.GIFT, total, rows, journal, community)
