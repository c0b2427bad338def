"""Social organisations and residents' groups: birth, upkeep, service and death by members and money (A80, A82).

Resource dependence (Pfeffer & Salancik 1978): an organisation lives on members' hours and on money, pays for its
papers in hours, and dies without either. Members come from volunteers who are not yet in one and leave where their
hours find no use.
"""

from sim.codes import Account, Body, Pay, Purpose, Stream, Use
from sim.mechanisms.base import mechanism
from sim.mechanisms.ledger import post
from sim.params import Param
from sim.randomness import uniform

PARAMS = {
    "member_time": Param(0.5, "hours/week", 0.1, 2.0, "E50 gives 0.2-1.4 h a week; assumption on the value",
                         "hours a member gives a week"),
    "wage": Param(20.0, "yuan/hour", 10.0, 60.0, "assumption", "cost of a bought hour of an organisation's staff"),
    "purse_weeks": Param(26.0, "weeks", 8.0, 52.0, "assumption", "weeks over which an organisation spreads its money"),
    "paper_hours": Param(1.0, "hours/week", 0.0, 4.0, "assumption", "accounts and reports without a bar"),
    "bar_hours": Param(4.0, "hours/week", 0.0, 10.0, "A47; assumption on the value", "more papers at a full entry bar"),
    "reach": Param(8.0, "persons", 1.0, 30.0, "assumption", "people whose worries one member knows"),
    "setup": Param(5000.0, "yuan", 0.0, 30000.0, "assumption", "money an organisation begins with"),
    "found_rate": Param(0.5, "1/year", 0.05, 2.0, "assumption", "chance that founders meet where enough are free"),
    "founders": Param(8.0, "persons", 3.0, 20.0, "assumption", "volunteers it takes to begin"),
    "joining": Param(0.10, "1/month", 0.02, 0.3, "assumption", "free volunteers who join something"),
    "leaving": Param(0.02, "1/month", 0.0, 0.1, "assumption", "members who leave although their hours are used"),
    "idle_leaving": Param(0.05, "1/month", 0.0, 0.2, "assumption", "more who leave where no hour is used"),
    "use_memory": Param(0.9, "1/week", 0.5, 0.98, "assumption", "share of the sense of being of use kept a week"),
}


@mechanism(writes=("body.capacity", "body.purse", "community.spoken_for", "rows.used", "journal.entry",
                   "community.balance", "community.flow"))
def step(
    week, member_time, wage, purse_weeks, reach, rule_autonomy, community_full, community_adults,
    community_spoken_for, community_balance, community_flow, body_type, body_community, body_alive, body_members,
    body_dec, body_capacity, body_purse, rows_used, journal_entry,
):
    for c in range(len(community_full)):
        community_spoken_for[c] = 0.0
    for b in range(len(body_type)):
        if body_type[b] != Body.ORGANISATION and body_type[b] != Body.GROUP:
            continue
        body_capacity[b, Pay.VOLUNTEER] = 0.0
        body_capacity[b, Pay.FEE] = 0.0
        if body_alive[b] == 0:
            continue
        c = body_community[b]
        body_capacity[b, Pay.VOLUNTEER] = member_time * body_members[b]
        paid = post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.ORGANISATIONS,
                    Account.STAFF, b, Use.WAGE, body_purse[b] / purse_weeks)
        body_purse[b] -= paid
        body_capacity[b, Pay.FEE] = paid / wage
        heard = reach * body_members[b] * body_dec[b, 1] * rule_autonomy[c] / max(1, community_adults[c])
        community_spoken_for[c] = min(1.0, community_spoken_for[c] + heard)


@mechanism(writes=("body.left", "body.hours"))
def papers(paper_hours, bar_hours, rule_entry_bar, body_type, body_community, body_alive, body_left, body_hours):
    """Papers of organisations are done first, members' hours before paid ones (A47)."""
    for b in range(len(body_type)):
        if body_type[b] == Body.ORGANISATION and body_alive[b] == 1:
            wanted = paper_hours + bar_hours * rule_entry_bar[body_community[b]]
            for turn in range(2):
                pay = Pay.VOLUNTEER + 0 if turn == 0 else Pay.FEE + 0
                spent = min(wanted, body_left[b, pay])
                body_left[b, pay] -= spent
                body_hours[b, pay, Stream.LEDGER] += spent
                wanted -= spent


@mechanism(writes=("body.alive", "body.members", "body.purse", "body.returned", "body.dec", "rows.used",
                   "journal.entry", "community.balance", "community.flow"))
def life(
    key, week, setup, found_rate, founders, joining, leaving, idle_leaving, use_memory, rule_cultivation,
    rule_entry_bar, community_full, community_balance, community_flow, body_uid, body_type, body_community,
    body_alive, body_members, body_purse, body_returned, body_dec, body_hours, resident_community, resident_volunteer,
    rows_used, journal_entry,
):
    """Members come and go, money for cultivation is handed out, bodies are founded and wound up (A82)."""
    for b in range(len(body_type)):
        if (body_type[b] == Body.ORGANISATION or body_type[b] == Body.GROUP) and body_alive[b] == 1:
            used, had = 0.0, 0.0
            for stream in range(body_hours.shape[2]):
                hours = body_hours[b, Pay.VOLUNTEER, stream] + body_hours[b, Pay.FEE, stream]
                had += hours
                if stream != Stream.IDLE and stream != Stream.LEDGER:
                    used += hours
            if had > 0.0:
                body_returned[b] = use_memory * body_returned[b] + (1.0 - use_memory) * used / had
    if week % 4 != 0:
        return
    for c in range(len(community_full)):
        if community_full[c] == 0:
            continue
        volunteers = 0.0
        for i in range(len(resident_volunteer)):
            if resident_community[i] == c and resident_volunteer[i] == 1:
                volunteers += 1.0
        members, bodies = 0.0, 0
        for b in range(len(body_type)):
            if body_community[b] == c and body_alive[b] == 1:
                if body_type[b] == Body.ORGANISATION or body_type[b] == Body.GROUP:
                    members += body_members[b]
                    bodies += 1
        free = max(0.0, volunteers - members)
        grant = post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.FISCAL,
                     Account.STREET, -1, Use.ALLOCATION, rule_cultivation[c] / 13.0)
        for b in range(len(body_type)):
            registered = body_type[b] == Body.ORGANISATION
            if body_community[b] != c or (not registered and body_type[b] != Body.GROUP):
                continue
            if body_alive[b] == 1:
                gone = (leaving + idle_leaving * (1.0 - body_returned[b])) * body_members[b]
                come = joining * free / bodies
                if bodies > 0 and members > 0.0:
                    given = post(rows_used, journal_entry, community_balance, community_flow, week, c,
                                 Account.STREET, Account.ORGANISATIONS, b, Use.PURCHASE,
                                 grant * body_members[b] / members)
                    body_purse[b] += given
                body_members[b] += come - gone
                if body_dec[b, 2] < 0.5:
                    post(rows_used, journal_entry, community_balance, community_flow, week, c,
                         Account.ORGANISATIONS, Account.DONORS, b, Use.GIFT, body_purse[b])
                    body_alive[b] = 0
                    body_members[b] = 0.0
                    body_purse[b] = 0.0
            elif free >= founders and uniform(key, Purpose.FOUNDING, body_uid[b], week, 0) < found_rate / 13.0:
                needed = setup * (1.0 + rule_entry_bar[c]) if registered else 0.0
                if community_balance[c, Account.STREET] < needed or (needed > 0.0 and rule_cultivation[c] < needed):
                    continue  # nobody gives the money it takes to register
                body_purse[b] = post(rows_used, journal_entry, community_balance, community_flow, week, c,
                                     Account.STREET, Account.ORGANISATIONS, b, Use.PURCHASE, needed)
                body_alive[b] = 1
                body_members[b] = founders
                body_returned[b] = 0.5
                body_dec[b, 0] = 1.0
                body_dec[b, 1] = 0.0
                body_dec[b, 2] = 1.0
                free -= founders
