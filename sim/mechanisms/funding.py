"""Public money, own income and gifts reach the community's purses at their dates (A57-A60, A83-A92).

Work funds follow population once a year; pay follows filled posts; item money follows a formula that does not see the
tasks, unless funds follow each item, and the subdistrict keeps its share (A57). Project money goes to communities in
proportion to what the office sees of them (Merton 1968, Science 159: cumulative advantage). A giver gives less where
the need is already paid for (Andreoni 1990, Economic Journal 100: impure altruism, partial crowding out).
"""

from sim.codes import Account, Body, Purpose, TaskState, Use
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.ledger import post
from sim.mechanisms.posts import extended, hanging
from sim.params import Param
from sim.randomness import lognormal, uniform

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
def pay_for_item(
    rows_used, journal_entry, community_balance, community_flow, week, c, body, pay, street_keeps
):
    """Money that follows one item from the subdistrict to the community; returns what arrived."""
    return post(
        rows_used, journal_entry, community_balance, community_flow, week, c, Account.STREET, Account.ITEM, body,
        Use.ITEM, pay * (1.0 - street_keeps),
    )


@kernel
def pay_for_case(
    rows_used, journal_entry, community_balance, community_flow, community_council_released, week, c, body, project,
    amount,
):
    """Pay for a case from the first purse that can carry it; False when none can.

    Project money is for projects; of the common budget only what was released can be spent.
    """
    for purse in (Account.PROJECT, Account.COMMON, Account.OWN, Account.WORK):
        if purse == Account.PROJECT and not project:
            continue
        room = community_balance[c, purse]
        if purse == Account.COMMON:
            room = min(room, community_council_released[c])
        if room >= amount:
            post(rows_used, journal_entry, community_balance, community_flow, week, c, purse, Account.SUPPLIERS, body,
                 Use.CASE, amount)
            if purse == Account.COMMON:
                community_council_released[c] -= amount
            return True
    return False


@kernel
def grant_weight(same_for_all, visible, mean_visible, rating, score):
    """Claim on project money: an equal part, what is seen of it, its year-end rating, its score if that counts."""
    return same_for_all + (visible / mean_visible if mean_visible > 0.0 else 1.0) + rating + score


@kernel
def funds_by_size(residents, small_size, large_size, small_funds, middle_funds, large_funds):
    """Work funds in yuan a year by the number of residents, in three steps (A84)."""
    if residents < small_size:
        return small_funds
    return middle_funds if residents < large_size else large_funds


@mechanism(writes=("rows.used", "journal.entry", "community.balance", "community.flow", "community.debt",
                   "community.growth"))
def step(
    key, week, office_cost, item_cost_share, standard_size, same_for_all, asset_risk, common_share, owners_share,
    goodwill, small_size, large_size, small_funds, middle_funds, large_funds, rule_work_funds, rule_funds_by_size,
    rule_pay, rule_extra_posts,
    rule_growth, rule_head_pay, rule_one_head, rule_score_pay, rule_score_grants, rule_own_budget, community_score,
    rule_money_down,
    rule_funds_follow, rule_street_keeps,
    rule_project_money, rule_paired_support, community_uid, community_full, community_residents, community_staff,
    community_visible, community_rating, community_own_income, community_dividend_share, community_row_of,
    community_growth, community_balance, community_flow, community_debt, body_type, body_alive, person_community,
    person_body,
    person_employed, person_head, task_item, task_community, task_body, task_state, task_finished, item_rate,
    item_pay, rows_used, journal_entry,
):
    # money that finished items took in the week before
    for n in range(rows_used[1]):
        done = task_state[n] == TaskState.DONE and task_finished[n] < week * 5.0
        if not done or task_finished[n] < (week - 1) * 5.0:
            continue
        c = task_community[n]
        cost = item_cost_share * item_pay[task_item[n]]
        b = task_body[n]
        if b >= 0 and (body_type[b] == Body.STREET_DESK or body_type[b] == Body.STREET_OFFICE):
            post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.STREET,
                 Account.SUPPLIERS, b, Use.ITEM, cost)
        else:
            cost -= post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.ITEM,
                         Account.SUPPLIERS, b, Use.ITEM, cost)
            post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.WORK,
                 Account.SUPPLIERS, b, Use.ITEM, cost)
    if week % 4 != 0:
        return

    items = 0.0
    for n in range(len(item_rate)):
        items += item_rate[n] * item_pay[n]
    visible, n_rows = 0.0, len(community_full)
    for c in range(n_rows):
        visible += community_visible[c] / n_rows
    weights = 0.0
    for c in range(n_rows):
        score = community_score[c] if rule_score_grants[c] == 1 else 0.0
        weights += grant_weight(same_for_all, community_visible[c], visible, community_rating[c], score)

    for c in range(n_rows):
        if community_full[c] == 0:
            continue
        year = week // 52
        if week % 52 == 0:
            if week > 0:
                community_growth[c] *= 1.0 + rule_growth[c]
                # what the subdistrict kept through the year it has spent on its own tasks
                post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.STREET,
                     Account.SUPPLIERS, 0, Use.OFFICE, community_balance[c, Account.STREET])
            allotted = rule_work_funds[c]
            if rule_funds_by_size[c] == 1:
                allotted = funds_by_size(
                    community_residents[c], small_size, large_size, small_funds, middle_funds, large_funds
                )
            funds = post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.FISCAL,
                         Account.STREET, -1, Use.ALLOCATION, allotted * community_growth[c])
            post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.STREET, Account.WORK,
                 -1, Use.ALLOCATION, funds)
            score = community_score[c] if rule_score_grants[c] == 1 else 0.0
            mine = grant_weight(same_for_all, community_visible[c], visible, community_rating[c], score)
            if weights > 0.0:
                post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.FISCAL,
                     Account.PROJECT, -1, Use.ALLOCATION, rule_project_money[c] * mine / weights)
            seen = community_visible[c] / (community_visible[c] + visible) if visible > 0.0 else 0.5
            if uniform(key, Purpose.MONEY, community_uid[c], year, 1) < goodwill + (1.0 - goodwill) * seen:
                post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.DONORS,
                     Account.WORK, -1, Use.GIFT, rule_paired_support[c])
            council = community_row_of[c, Body.COUNCIL]
            if (council >= 0 and body_alive[council] == 1) or rule_own_budget[c] == 1:
                free = max(0.0, community_balance[c, Account.OWN] - community_debt[c])
                post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.OWN,
                     Account.COMMON, council, Use.COMMON_INCOME, common_share * free)
                post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.OWNERS,
                     Account.COMMON, council, Use.COMMON_INCOME, owners_share * community_balance[c, Account.OWNERS])

        # staff pay, four weeks of it
        due = 0.0
        for p in range(len(person_community)):
            if person_community[p] == c and person_employed[p] == 1:
                more = extended(c, body_type[person_body[p]], rule_extra_posts, community_staff)
                scored = 1.0 + 2.0 * rule_score_pay[c] * community_score[c]  # the same pay at a middling score
                more *= hanging(
                    p, c, rule_head_pay, rule_one_head, community_rating, body_type, person_body, person_head
                )
                due += more * scored * rule_pay[c] * community_growth[c] * 12.0 / 13.0
        post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.FISCAL, Account.STREET, -1,
             Use.PAY, due)
        paid = post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.STREET,
                    Account.STAFF, -1, Use.PAY, due)
        community_debt[c] += due - paid

        # item money by formula: what comes in, and how much of it goes on
        money = items * community_residents[c] / standard_size / 13.0
        post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.FISCAL, Account.STREET, -1,
             Use.ITEM, money)
        if rule_money_down[c] == 1 and rule_funds_follow[c] == 0:
            post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.STREET, Account.ITEM,
                 -1, Use.ITEM, money * (1.0 - rule_street_keeps[c]))

        post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.WORK, Account.SUPPLIERS, -1,
             Use.OFFICE, office_cost * community_staff[c] / 13.0)

        # own income varies from year to year; what was promised to members does not
        if community_own_income[c] > 0.0:
            yield_ = lognormal(community_own_income[c], asset_risk, key, Purpose.MONEY, community_uid[c], year, 0)
            post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.SUPPLIERS, Account.OWN,
                 -1, Use.ASSET, yield_ / 13.0)
            promised = community_own_income[c] * community_dividend_share[c] / 13.0 + community_debt[c]
            paid = post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.OWN,
                        Account.RESIDENTS, -1, Use.DIVIDEND, promised)
            community_debt[c] = promised - paid


@mechanism(writes=("rows.used", "journal.entry", "community.balance", "community.flow", "body.purse"))
def gifts(
    key, week, unit_gift, firm_gift, body_gives, person_gives, person_gift, kind_gift, person_goods, technology_share,
    crowding, rule_gifts, rule_gifts_in_kind, rule_work_funds,
    community_full, community_visible, community_growth, community_row_of, community_balance, community_flow,
    body_uid, body_type, body_community, body_alive, body_purse, body_margin, body_relation, body_returned,
    resident_uid, resident_community, resident_adult, resident_giving, resident_standing, resident_household,
    household_income, rows_used, journal_entry,
):
    """Units, firms and persons who are asked each decide once a quarter whether to give money, goods or help (A91)."""
    visible = 0.0
    for c in range(len(community_full)):
        visible += community_visible[c] / len(community_full)
    for c in range(len(community_full)):
        if community_full[c] == 0 or rule_gifts[c] == 0:
            continue
        at_hand = (community_balance[c, Account.WORK] + community_balance[c, Account.PROJECT]
                   + community_balance[c, Account.COMMON])
        covered = at_hand / max(1.0, rule_work_funds[c] * community_growth[c])
        open_need = 1.0 / (1.0 + crowding * covered)
        seen = 0.5 + 0.5 * (community_visible[c] / (community_visible[c] + visible) if visible > 0.0 else 0.5)
        council = community_row_of[c, Body.COUNCIL]
        target = Account.COMMON + 0 if council >= 0 and body_alive[council] == 1 else Account.WORK + 0
        for b in range(len(body_type)):
            if body_community[b] != c or body_alive[b] == 0:
                continue
            if body_type[b] != Body.UNIT and body_type[b] != Body.FIRM:
                continue
            chance = body_gives * seen * open_need * body_relation[b, Body.COMMITTEE] * 0.5 * (1.0 + body_returned[b])
            if rule_gifts_in_kind[c] == 1 and uniform(key, Purpose.RESOURCE, body_uid[b], week, 4) < chance:
                # what lies idle is given as well, booked at its stated price; a firm gives what it could have sold
                helps = uniform(key, Purpose.RESOURCE, body_uid[b], week, 5) < technology_share
                store = Account.TECHNOLOGY + 0 if helps else Account.GOODS + 0
                if body_type[b] == Body.UNIT:
                    post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.DONORS, store,
                         b, Use.GIFT, kind_gift)
                else:
                    body_purse[b] -= post(rows_used, journal_entry, community_balance, community_flow, week, c,
                                          Account.FIRM, store, b, Use.GIFT,
                                          min(body_purse[b], kind_gift, firm_gift * max(0.0, body_margin[b])))
            if uniform(key, Purpose.RESOURCE, body_uid[b], week, 0) >= chance:
                continue
            if body_type[b] == Body.UNIT:
                post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.DONORS, target, b,
                     Use.GIFT, unit_gift * body_purse[b])
            else:
                body_purse[b] -= post(rows_used, journal_entry, community_balance, community_flow, week, c,
                                      Account.FIRM, target, b, Use.GIFT,
                                      min(body_purse[b], firm_gift * body_margin[b]))
        total = 0.0
        goods = 0.0
        for i in range(len(resident_uid)):
            if resident_community[i] == c and resident_adult[i] == 1:
                chance = person_gives * seen * open_need * resident_giving[i] * resident_standing[i]
                if uniform(key, Purpose.RESOURCE, resident_uid[i], week, 1) < chance:
                    total += person_gift * household_income[resident_household[i]]
                if rule_gifts_in_kind[c] == 1 and uniform(key, Purpose.RESOURCE, resident_uid[i], week, 6) < chance:
                    goods += person_goods
        post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.DONORS, Account.GOODS, -1,
             Use.GIFT, goods)
        post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.DONORS, target, -1,
             Use.GIFT, total)
