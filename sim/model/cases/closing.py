"""Closing a file without solving the problem: a handler's choice near or past the promised date (C3, Lipsky 1980).

It costs hours (a reply has to be written), it is likelier where somebody counts dates, and less likely where files
are looked into and gaps are published. It never touches the problem itself.
"""

from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.engine.sets import among
from sim.model.bodies.committee import Dec as CommitteeDec
from sim.model.bodies.committee import Obs as CommitteeObs
from sim.model.cases.find import has, write
from sim.model.cases.life import break_off, close
from sim.vocabulary.codes import Body, CourtVerdict, Purpose, Rows, Stream, Truth
from sim.vocabulary.params import Param
from sim.vocabulary.sets import ENDED, UNANSWERED, WITH_THE_OWNER

ASSUMED = "assumption"
PARAMS = {
    "reply_hours": Param(0.4, "hours", 0.1, 1.5, ASSUMED, "writing a reply that closes a file"),
    "ahead_days": Param(3.0, "working days", 0.0, 10.0, ASSUMED,
                        "how long before the date handlers begin to think of it"),
    "early": Param(0.12, "1/week", 0.0, 0.5, ASSUMED, "replying early to a case that waits for somebody else"),
    "uncounted": Param(0.8, "share", 0.1, 1.0, ASSUMED, "readiness where only the community counts the date"),
    "others": Param(0.5, "probability", 0.0, 1.0, ASSUMED, "readiness of bodies that are not judged by closed files"),
    "fear_inspection": Param(0.5, "1", 0.0, 5.0, ASSUMED, "how much a share of files looked into deters"),
    "fear_published": Param(0.15, "1/gap", 0.0, 1.0, ASSUMED, "how much each gap published lately deters"),
    "think_days": Param(2.0, "working days", 0.2, 10.0, ASSUMED, "time until the person has read the reply"),
}


@mechanism
def step(now, p, rows, active, community, body, case):
    begin = 5.0 * now.week
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        file = case.file[n]
        owner = case.owner[n]
        if case.truth[n] != Truth.OPEN or among(file, UNANSWERED) or among(file, ENDED) or owner < 0:
            continue
        if case.verdict[n] == CourtVerdict.FOR:
            continue  # a decision of the court is not answered with a reply
        t = begin + 5.0 * uniform(now.key, Purpose.CASE_CLOSE, case.uid[n], now.week, 0)
        if t < case.received[n] or t < case.since[n]:
            continue
        kind_of = body.type[owner]
        c = case.community[n]
        willing = p.others
        inspected = community.inspected[c]
        if kind_of == Body.COMMITTEE or kind_of == Body.STATION or kind_of == Body.STREET_DESK:
            willing = body.dec[owner, CommitteeDec.PAPER_CASES]
            inspected = body.obs[owner, CommitteeObs.INSPECTED]  # as far as it is held against this body
        counted = case.outside[n] == 1 or case.about_above[n] == 1
        chance = willing if counted else p.uncounted * willing
        if t < case.promised[n] - p.ahead_days:
            if among(file, WITH_THE_OWNER):
                continue
            chance *= p.early
        chance /= 1.0 + p.fear_inspection * inspected + p.fear_published * community.published[c]
        if uniform(now.key, Purpose.CASE_CLOSE, case.uid[n], now.week, 1) >= chance:
            continue
        if has(owner, body) < p.reply_hours:
            continue
        write(owner, p.reply_hours, Stream.DEMAND, body)
        break_off(n, t, case)
        close(n, t, 1, case)
        case.decide_at[n] = t + p.think_days
