"""Social organisations and residents' groups: birth, upkeep, service and death by members and money (A80, A82).

Resource dependence (Pfeffer & Salancik 1978): an organisation lives on members' hours and on money, pays for its
papers in hours, and dies without either. Members come from volunteers who are not yet in one and leave where their
hours find no use.
"""

from sim.engine.ledger import post
from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.model.organisations.organisation import Dec as OrganisationDec
from sim.vocabulary.codes import Account, Body, Pay, Purpose, Stream, Use
from sim.vocabulary.params import Param

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


@mechanism
def step(now, p, rule, community, body, rows, journal):
    for c in range(len(community.full)):
        community.spoken_for[c] = 0.0
    for b in range(len(body.type)):
        if body.type[b] != Body.ORGANISATION and body.type[b] != Body.GROUP:
            continue
        body.capacity[b, Pay.VOLUNTEER] = 0.0
        body.capacity[b, Pay.FEE] = 0.0
        if body.alive[b] == 0:
            continue
        c = body.community[b]
        body.capacity[b, Pay.VOLUNTEER] = p.member_time * body.members[b]
        paid = post(
            now.week, c, Account.ORGANISATIONS, Account.STAFF, b, Use.WAGE, body.purse[b] / p.purse_weeks, rows,
            journal, community,
        )
        body.purse[b] -= paid
        body.capacity[b, Pay.FEE] = paid / p.wage
        heard = (
            p.reach
            * body.members[b]
            * body.dec[b, OrganisationDec.SPEAK]
            * rule.autonomy[c]
            / max(1, community.adults[c])
        )
        community.spoken_for[c] = min(1.0, community.spoken_for[c] + heard)


@mechanism
def papers(p, rule, body):
    """Papers of organisations are done first, members' hours before paid ones (A47)."""
    for b in range(len(body.type)):
        if body.type[b] == Body.ORGANISATION and body.alive[b] == 1:
            wanted = p.paper_hours + p.bar_hours * rule.entry_bar[body.community[b]]
            for turn in range(2):
                pay = Pay.VOLUNTEER + 0 if turn == 0 else Pay.FEE + 0
                spent = min(wanted, body.left[b, pay])
                body.left[b, pay] -= spent
                body.hours[b, pay, Stream.LEDGER] += spent
                wanted -= spent


@mechanism
def life(now, p, rule, community, body, resident, rows, journal):
    """Members come and go, money for cultivation is handed out, bodies are founded and wound up (A82)."""
    for b in range(len(body.type)):
        if (body.type[b] == Body.ORGANISATION or body.type[b] == Body.GROUP) and body.alive[b] == 1:
            used, had = 0.0, 0.0
            for stream in range(body.hours.shape[2]):
                hours = body.hours[b, Pay.VOLUNTEER, stream] + body.hours[b, Pay.FEE, stream]
                had += hours
                if stream != Stream.IDLE and stream != Stream.LEDGER:
                    used += hours
            if had > 0.0:
                body.returned[b] = p.use_memory * body.returned[b] + (1.0 - p.use_memory) * used / had
    if now.week % 4 != 0:
        return
    for c in range(len(community.full)):
        if community.full[c] == 0:
            continue
        volunteers = 0.0
        for i in range(len(resident.volunteer)):
            if resident.community[i] == c and resident.volunteer[i] == 1:
                volunteers += 1.0
        members, bodies = 0.0, 0
        for b in range(len(body.type)):
            if body.community[b] == c and body.alive[b] == 1:
                if body.type[b] == Body.ORGANISATION or body.type[b] == Body.GROUP:
                    members += body.members[b]
                    bodies += 1
        free = max(0.0, volunteers - members)
        grant = post(
            now.week, c, Account.FISCAL, Account.STREET, -1, Use.ALLOCATION, rule.cultivation[c] / 13.0, rows,
            journal, community,
        )
        for b in range(len(body.type)):
            registered = body.type[b] == Body.ORGANISATION
            if body.community[b] != c or (not registered and body.type[b] != Body.GROUP):
                continue
            if body.alive[b] == 1:
                gone = (p.leaving + p.idle_leaving * (1.0 - body.returned[b])) * body.members[b]
                come = p.joining * free / bodies
                if bodies > 0 and members > 0.0:
                    given = post(
                        now.week, c, Account.STREET, Account.ORGANISATIONS, b, Use.PURCHASE,
                        grant * body.members[b] / members, rows, journal, community,
                    )
                    body.purse[b] += given
                body.members[b] += come - gone
                if body.dec[b, OrganisationDec.STAY] < 0.5:
                    post(
                        now.week, c, Account.ORGANISATIONS, Account.DONORS, b, Use.GIFT, body.purse[b], rows, journal,
                        community,
                    )
                    body.alive[b] = 0
                    body.members[b] = 0.0
                    body.purse[b] = 0.0
            elif (
                free >= p.founders
                and uniform(now.key, Purpose.FOUNDING, body.uid[b], now.week, 0) < p.found_rate / 13.0
            ):
                needed = p.setup * (1.0 + rule.entry_bar[c]) if registered else 0.0
                if community.balance[c, Account.STREET] < needed or (needed > 0.0 and rule.cultivation[c] < needed):
                    continue  # nobody gives the money it takes to register
                body.purse[b] = post(
                    now.week, c, Account.STREET, Account.ORGANISATIONS, b, Use.PURCHASE, needed, rows, journal,
                    community,
                )
                body.alive[b] = 1
                body.members[b] = p.founders
                body.returned[b] = 0.5
                body.dec[b, OrganisationDec.SERVE] = 1.0
                body.dec[b, OrganisationDec.SPEAK] = 0.0
                body.dec[b, OrganisationDec.STAY] = 1.0
                free -= p.founders
