"""Visits: staff and volunteers knock at doors, hear of problems not spoken yet, and are seen (A23, A27, A35, A41).

Hours decided for outreach become visits. Without patches, visits go to doors at random; with patches every household
has its named contact, so the chance to be met is the same but the person met is known to it. Piece-heads are
volunteers with a few dozen households each.
"""

from sim.codes import Body, Channel, File, Pay, Purpose, Stream, Truth
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import spend
from sim.params import Param, Shared
from sim.randomness import exponential, uniform

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


@mechanism(
    writes=(
        "body.left",
        "body.hours",
        "resident.hours",
        "resident.visits",
        "resident.spoke",
        "resident.open_cases",
        "community.channel_used",
        "case.file",
        "case.channel",
        "case.found_by",
        "case.spoken",
        "case.ready",
        "case.since",
        "case.decide_at",
    )
)
def step(
    key,
    week,
    visit_hours,
    diary_hours,
    culture,
    tell,
    tell_known,
    piece_head_hours,
    patience_days,
    rows_used,
    active_case,
    rule_patches,
    rule_diary,
    rule_piece_head_households,
    community_full,
    community_first_body,
    community_last_body,
    community_patch_known,
    community_volunteer_hours,
    community_channel_used,
    building_households,
    building_community,
    body_type,
    body_alive,
    body_dec,
    body_left,
    body_hours,
    household_uid,
    household_community,
    household_first,
    resident_uid,
    resident_community,
    resident_household,
    resident_trust,
    resident_volunteer,
    resident_hours,
    resident_visits,
    resident_spoke,
    resident_open_cases,
    case_uid,
    case_resident,
    case_truth,
    case_felt,
    case_file,
    case_channel,
    case_found_by,
    case_spoken,
    case_ready,
    case_since,
    case_decide_at,
):
    for c in range(len(community_full)):
        if community_full[c] == 0:
            continue
        households = 0.0
        for g in range(len(building_households)):
            if building_community[g] == c:
                households += building_households[g]
        visits = 0.0
        for b in range(community_first_body[c], community_last_body[c]):
            t = body_type[b]
            if body_alive[b] == 0 or (t != Body.COMMITTEE and t != Body.STATION and t != Body.PARTY):
                continue
            share = body_dec[b, 2] if t == Body.PARTY else body_dec[b, 1]
            hours = share * body_left[b, Pay.PUBLIC]
            ledger = 0.0
            if rule_diary[c] == 1:
                ledger = hours * (1.0 - culture) * diary_hours / (visit_hours + diary_hours)
                spend(b, ledger, Pay.PUBLIC, Stream.LEDGER, body_left, body_hours)
            spend(b, hours - ledger, Pay.PUBLIC, Stream.INITIATIVE, body_left, body_hours)
            visits += (hours - ledger - hours * culture) / visit_hours if hours > 0.0 else 0.0
        chance = min(1.0, visits / max(1.0, households))
        heads = 0.0
        if rule_piece_head_households[c] > 0:
            # piece-heads give volunteers' hours, as many as there are
            wanted = households / rule_piece_head_households[c] * piece_head_hours
            given = min(wanted, community_volunteer_hours[c])
            heads = min(1.0, given / visit_hours / max(1.0, households))
            volunteers = 0
            for i in range(len(resident_volunteer)):
                if resident_volunteer[i] == 1 and resident_community[i] == c:
                    volunteers += 1
            for i in range(len(resident_volunteer)):
                if resident_volunteer[i] == 1 and resident_community[i] == c:
                    resident_hours[i, Pay.VOLUNTEER] += given / volunteers
        for h in range(len(household_first)):
            # everybody who is visited takes note, with or without a problem
            if household_community[h] == c and uniform(key, Purpose.OUTREACH, household_uid[h], week, 2) < chance:
                resident_visits[household_first[h]] += 1
        for position in range(rows_used[2]):
            n = active_case[position]
            i = case_resident[n]
            h = resident_household[i]
            if household_community[h] != c:
                continue
            if case_truth[n] != Truth.OPEN or case_file[n] != File.NOT_SPOKEN:
                continue
            met_by = 0
            u = uniform(key, Purpose.OUTREACH, household_uid[h], week, 2)
            if u < chance:
                met_by = 1
            elif u < chance + heads:
                met_by = 2
            if met_by == 0:
                continue
            t = 5.0 * week + 5.0 * uniform(key, Purpose.OUTREACH, household_uid[h], week, 3)
            if t <= case_felt[n]:
                continue
            known = met_by == 2
            if rule_patches[c] == 1:
                known |= uniform(key, Purpose.OUTREACH, resident_uid[i], 0, 0) < community_patch_known[c]
            open_up = tell_known if known else tell
            if uniform(key, Purpose.OUTREACH, case_uid[n], week, 4) >= open_up * resident_trust[i]:
                continue
            case_file[n] = File.SPOKEN
            case_channel[n] = Channel.PATCH
            case_found_by[n] = met_by
            case_spoken[n] = t
            case_ready[n] = t
            case_since[n] = t
            pause = 0.5 + 0.5 * exponential(key, Purpose.PATIENCE, case_uid[n], week, 3)
            case_decide_at[n] = t + patience_days * pause
            resident_spoke[i] += 1
            resident_open_cases[i] += 1
            community_channel_used[c, Channel.PATCH] += 1.0
