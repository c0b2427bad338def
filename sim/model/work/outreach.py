"""Visits: staff and volunteers knock at doors, hear of problems not spoken yet, and are seen (A23, A27, A35, A41).

Hours decided for outreach become visits. Without patches, visits go to doors at random; with patches every household
has its named contact, so the chance to be met is the same but the person met is known to it. Piece-heads are
volunteers with a few dozen households each.
"""

from sim.engine.mechanism import mechanism
from sim.engine.randomness import exponential, uniform
from sim.model.bodies.committee import Dec as CommitteeDec
from sim.model.bodies.party import Dec as PartyDec
from sim.model.cases.find import spend
from sim.model.cases.life import speak
from sim.vocabulary.codes import Body, Channel, File, FoundBy, Pay, Purpose, Rows, Stream, Truth
from sim.vocabulary.params import Param, Shared

ASSUMED = "assumption"
PARAMS = {
    "visit_hours": Param(0.6, "hours", 0.2, 2.0, ASSUMED, "one visit, the way included"),
    "diary_hours": Param(0.1, "hours", 0.0, 0.5, ASSUMED + " (A35)", "writing up a visit"),
    "culture": Param(0.35, "share", 0.0, 0.8, "E16 (culture and welfare 3-27% of items); assumption",
                     "own initiative that is not visits"),
    "tell": Param(0.45, "share", 0.1, 0.9, ASSUMED,
                  "telling an unspoken problem to a stranger at the door, at full trust"),
    "tell_known": Param(0.75, "share", 0.2, 1.0, ASSUMED + " (A27)", "the same to one's own known contact"),
    "piece_head_hours": Param(0.5, "hours/week", 0.1, 3.0, ASSUMED + " (A41)", "what a volunteer piece-head gives"),
    "patience_days": Shared("patience.patience_days"),
}


@mechanism
def step(now, p, rows, active, community, building, body, household, resident, case):
    for c in range(len(community.full)):
        if community.full[c] == 0:
            continue
        households = 0.0
        for g in range(len(building.households)):
            if building.community[g] == c:
                households += building.households[g]
        visits = 0.0
        for b in range(community.first_body[c], community.last_body[c]):
            t = body.type[b]
            if body.alive[b] == 0 or (t != Body.COMMITTEE and t != Body.STATION and t != Body.PARTY):
                continue
            share = body.dec[b, PartyDec.MOBILISE] if t == Body.PARTY else body.dec[b, CommitteeDec.OUTREACH]
            hours = share * body.left[b, Pay.PUBLIC]
            ledger = 0.0
            if community.diary_kept[c] == 1:
                ledger = hours * (1.0 - p.culture) * p.diary_hours / (p.visit_hours + p.diary_hours)
                spend(b, ledger, Pay.PUBLIC, Stream.LEDGER, body)
            spend(b, hours - ledger, Pay.PUBLIC, Stream.INITIATIVE, body)
            visits += (hours - ledger - hours * p.culture) / p.visit_hours if hours > 0.0 else 0.0
        chance = min(1.0, visits / max(1.0, households))
        heads = 0.0
        if community.round_size[c] > 0:
            # piece-heads give volunteers' hours, as many as there are
            wanted = households / community.round_size[c] * p.piece_head_hours
            given = min(wanted, community.volunteer_hours[c])
            heads = min(1.0, given / p.visit_hours / max(1.0, households))
            volunteers = 0
            for i in range(len(resident.volunteer)):
                if resident.volunteer[i] == 1 and resident.community[i] == c:
                    volunteers += 1
            for i in range(len(resident.volunteer)):
                if resident.volunteer[i] == 1 and resident.community[i] == c:
                    resident.hours[i, Pay.VOLUNTEER] += given / volunteers
        for h in range(len(household.first)):
            # everybody who is visited takes note, with or without a problem
            if (
                household.community[h] == c
                and uniform(now.key, Purpose.OUTREACH, household.uid[h], now.week, 2) < chance
            ):
                resident.visits[household.first[h]] += 1
        for position in range(rows.used[Rows.ACTIVE]):
            n = active.case[position]
            i = case.resident[n]
            h = resident.household[i]
            if household.community[h] != c:
                continue
            if case.truth[n] != Truth.OPEN or case.file[n] != File.NOT_SPOKEN:
                continue
            met_by = FoundBy.OWN_VOICE + 0
            u = uniform(now.key, Purpose.OUTREACH, household.uid[h], now.week, 2)
            if u < chance:
                met_by = FoundBy.VISIT + 0
            elif u < chance + heads:
                met_by = FoundBy.PIECE_HEAD + 0
            if met_by == FoundBy.OWN_VOICE:
                continue
            t = 5.0 * now.week + 5.0 * uniform(now.key, Purpose.OUTREACH, household.uid[h], now.week, 3)
            if t <= case.felt[n]:
                continue
            known = met_by == FoundBy.PIECE_HEAD
            if community.officers_named[c] == 1:
                known |= uniform(now.key, Purpose.OUTREACH, resident.uid[i], 0, 0) < community.patch_known[c]
            open_up = p.tell_known if known else p.tell
            if uniform(now.key, Purpose.OUTREACH, case.uid[n], now.week, 4) >= open_up * resident.trust[i]:
                continue
            speak(n, t, Channel.PATCH, t, case)
            case.found_by[n] = met_by
            pause = 0.5 + 0.5 * exponential(now.key, Purpose.PATIENCE, case.uid[n], now.week, 3)
            case.decide_at[n] = t + p.patience_days * pause
            resident.spoke[i] += 1
            resident.open_cases[i] += 1
            community.channel_used[c, Channel.PATCH] += 1.0
