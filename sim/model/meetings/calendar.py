"""The week's calendar and the channels that are open: rules become situations that everybody meets.

A channel has a cost for the person who uses it, room for a number of cases a week, somebody who records it, and
eyes that see it (A30-A37, A54, A75-A77; Hirschman 1970: voice has a price). Meetings fall on their dates; without
institutionalisation a meeting that is due is held only with some probability (A53).
"""

import math

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.vocabulary.codes import Body, Channel, Data, Form, Meeting, Purpose
from sim.vocabulary.params import Param

ASSUMED = "assumption"
PARAMS = {
    "cost_desk": Param(0.50, "utils", 0.1, 1.5, ASSUMED, "a walk and a wait at the counter"),
    "cost_firm_desk": Param(0.30, "utils", 0.1, 1.0, ASSUMED, "going to the property firm's desk"),
    "cost_box": Param(0.25, "utils", 0.05, 1.0, ASSUMED, "a note in the contact box"),
    "cost_phone": Param(0.30, "utils", 0.05, 1.0, ASSUMED, "calling the community's own line"),
    "cost_net": Param(0.25, "utils", 0.05, 1.0, ASSUMED, "writing in a group or on the web site"),
    "cost_microblog": Param(0.30, "utils", 0.05, 1.0, ASSUMED, "writing on the microblog"),
    "cost_hotline": Param(0.45, "utils", 0.05, 1.5, ASSUMED, "calling the city hotline"),
    "cost_representative": Param(0.35, "utils", 0.05, 1.0, ASSUMED, "telling a residents' representative"),
    "cost_petition": Param(1.60, "utils", 0.5, 3.0, ASSUMED, "a trip to the office for letters and visits"),
    "cost_platform": Param(0.30, "utils", 0.05, 1.0, ASSUMED, "writing on the digital demand platform"),
    "cost_organisation": Param(0.30, "utils", 0.05, 1.0, ASSUMED, "telling an organisation that speaks for members"),
    "cost_leader": Param(0.40, "utils", 0.05, 1.5, ASSUMED, "waiting for a leader on a visit"),
    "search_cost": Param(0.30, "utils", 0.0, 1.0, ASSUMED, "finding the right person without a contact card"),
    "card_cost": Param(0.05, "utils", 0.0, 0.3, ASSUMED, "finding the right person with a contact card (A30)"),
    "room_phone": Param(40.0, "cases/week", 5, 200, ASSUMED, "what the community's own line can note down"),
    "room_box": Param(20.0, "cases/week", 5, 100, ASSUMED, "notes that can be taken up"),
    "room_desk": Param(60.0, "cases/week", 10, 300, ASSUMED, "persons that a desk can receive"),
    "room_outside": Param(500.0, "cases/week", 50, 2000, ASSUMED, "the city hotline and digital platform"),
    "room_petition": Param(20.0, "cases/week", 2, 100, ASSUMED, "petitions that can be registered"),
    "room_representative": Param(0.3, "cases/week per representative", 0.05, 2.0, ASSUMED,
                                 "cases that a representative can bring"),
    "visit_weeks": Param(13.0, "weeks", 4, 52, ASSUMED, "interval of leaders' visits (A77)"),
    "notice_spread": Param(0.05, "1/week", 0.005, 0.3, ASSUMED,
                           "share of those who do not know yet that read a notice"),
    "notice_forget": Param(0.004, "1/week", 0.0, 0.05, ASSUMED, "share who forget or move"),
    "word_of_mouth": Param(0.004, "1/week", 0.0, 0.05, ASSUMED, "learning one's patch officer without a notice"),
    "held_if_loose": Param(0.55, "probability", 0.1, 1.0, ASSUMED + " (A53)",
                           "a due meeting is held where it is not laid down"),
    "turn_weeks": Param(13.0, "weeks", 4, 52, ASSUMED, "how long one body keeps a chair that goes round"),
    "hop_by_hand": Param(3.0, "working days", 1.0, 8.0, ASSUMED + "; 2-5 days a hop",
                         "mean time of a hand-over by paper"),
    "hop_shared": Param(1.2, "working days", 0.2, 4.0, ASSUMED, "mean time of a hand-over in a shared file"),
    "message_by_hand": Param(0.3, "hours", 0.05, 1.0, ASSUMED, "writing and reading one hand-over by hand"),
    "message_shared": Param(0.12, "hours", 0.02, 0.5, ASSUMED, "the same in a shared file"),
    "open_by_hand": Param(0.05, "share", 0.0, 0.3, ASSUMED, "status that residents can look up when kept by hand"),
    "open_shared": Param(0.15, "share", 0.0, 0.5, ASSUMED, "the same where data are shared"),
    "open_open": Param(0.70, "share", 0.3, 1.0, ASSUMED + " (A68)", "the same where records are open"),
    "reach_board": Param(0.5, "ratio", 0.1, 1.0, ASSUMED + " (A68)",
                         "readers of a notice board over those who can look up on the net"),
    "stale_weeks": Param(26.0, "weeks", 4.0, 104.0, ASSUMED + " (A68)", "time in which what is shown grows stale"),
}


@mechanism
def channels(now, p, rule, community):
    """Channels that residents meet this week: open or not, cost, room, recorder, publicity (A30-A37, A75-A77)."""
    for c in range(len(community.full)):
        # what residents find there, whoever decided it: acts that touch them look at this and never at a rule
        community.petitions_heard[c] = rule.petition_office[c]
        community.court_open[c] = rule.court[c]
        community.dates_fixed[c] = rule.institutionalised[c]
        community.minutes_shown[c] = rule.minutes[c]
        community.score_read[c] = rule.score_votes[c]
        community.diary_kept[c] = rule.diary[c]
        community.officers_named[c] = rule.patches[c]
        community.round_size[c] = rule.piece_head_households[c]
        if community.full[c] == 0:
            continue
        search = p.card_cost if rule.card[c] == 1 else p.search_cost
        for ch in range(community.channel_open.shape[1]):
            held = now.week < community.blocked_until[c, ch]  # somebody keeps it closed (A55)
            community.channel_open[c, ch] = 0 if held else rule.channel_on[c, ch]
            community.channel_outside[c, ch] = 0
            community.channel_public[c, ch] = 0
        cost = community.channel_cost[c]
        room = community.channel_space[c]
        cost[Channel.DESK] = p.cost_desk + search
        cost[Channel.FIRM_DESK] = p.cost_firm_desk
        cost[Channel.BOX] = p.cost_box
        cost[Channel.PHONE] = p.cost_phone + search
        cost[Channel.NET] = p.cost_net
        cost[Channel.MICROBLOG] = p.cost_microblog
        cost[Channel.HOTLINE] = p.cost_hotline
        cost[Channel.PATCH] = search
        cost[Channel.REPRESENTATIVE] = p.cost_representative
        cost[Channel.PETITION] = p.cost_petition
        cost[Channel.PLATFORM] = p.cost_platform
        cost[Channel.ORGANISATION] = p.cost_organisation
        cost[Channel.LEADER_VISIT] = p.cost_leader
        room[Channel.DESK] = p.room_desk
        room[Channel.FIRM_DESK] = p.room_desk
        room[Channel.BOX] = p.room_box
        room[Channel.PHONE] = p.room_phone
        room[Channel.NET] = p.room_phone
        room[Channel.MICROBLOG] = p.room_phone
        room[Channel.HOTLINE] = p.room_outside
        room[Channel.PATCH] = p.room_desk
        room[Channel.REPRESENTATIVE] = p.room_representative * community.representatives[c]
        room[Channel.PETITION] = p.room_petition
        room[Channel.PLATFORM] = p.room_outside
        room[Channel.ORGANISATION] = p.room_phone
        room[Channel.LEADER_VISIT] = p.room_box
        community.channel_outside[c, Channel.HOTLINE] = 1
        community.channel_outside[c, Channel.PETITION] = 1
        community.channel_outside[c, Channel.PLATFORM] = 1
        community.channel_outside[c, Channel.LEADER_VISIT] = 1
        community.channel_public[c, Channel.NET] = 1
        community.channel_public[c, Channel.MICROBLOG] = 1
        if community.spoken_for[c] <= 0.0:
            community.channel_open[c, Channel.ORGANISATION] = 0
        if now.week % int(p.visit_weeks) != 0:
            community.channel_open[c, Channel.LEADER_VISIT] = 0
        if rule.patches[c] == 0:
            community.channel_open[c, Channel.PATCH] = 0
        learn = p.word_of_mouth + (p.notice_spread if rule.notice[c] == 1 else 0.0)
        if rule.patches[c] == 0:
            community.patch_known[c] = 0.0
        else:
            known = community.patch_known[c]
            community.patch_known[c] = known + learn * (1.0 - known) - p.notice_forget * known
        shared = rule.data[c] != Data.BY_HAND
        community.hop_days[c] = p.hop_shared if shared else p.hop_by_hand
        community.message_hours[c] = p.message_shared if shared else p.message_by_hand
        # form and time: who gets to see what is shown, and how old it is
        reach = (1.0 if rule.shown_on[c] == Form.NET else p.reach_board) * p.open_open
        reach *= math.exp(-(now.week % max(1, rule.shown_weeks[c])) / p.stale_weeks)
        community.budget_known[c] = reach if rule.budget_shown[c] == 1 else 0.0
        if rule.data[c] == Data.OPEN:
            community.openness[c] = max(reach, p.open_shared)
        elif rule.data[c] == Data.SHARED:
            community.openness[c] = p.open_shared
        else:
            community.openness[c] = p.open_by_hand


@kernel
def in_turn(wanted, turn, first, last, body):
    """Row of a living body of a type, another one each turn where there are several; -1 if there is none."""
    if wanted == Body.STREET_OFFICE:
        return 0
    count = 0
    for b in range(first, last):
        if body.type[b] == wanted and body.alive[b] == 1:
            count += 1
    if count == 0:
        return -1
    place = turn % count
    for b in range(first, last):
        if body.type[b] == wanted and body.alive[b] == 1:
            if place == 0:
                return b
            place -= 1
    return -1


@mechanism
def meetings(now, p, rule, community, body):
    """Which meetings fall this week, who chairs the coordination set and who settles deadlock (A53, A62-A67)."""
    types = rule.seated.shape[1]
    for c in range(len(community.full)):
        if community.full[c] == 0:
            continue
        for m in range(community.meeting_due.shape[1]):
            every = rule.meeting_weeks[c, m]
            due = 1 if every > 0 and now.week % every == 0 else 0
            # the coordination set is called by its convener; its own decision, not luck, holds it or not
            if due == 1 and m != Meeting.COORDINATION and rule.institutionalised[c] == 0:
                if uniform(now.key, Purpose.MEETING, community.uid[c], now.week, m) >= p.held_if_loose:
                    due = 0
            community.meeting_due[c, m] = due
        first, last = community.first_body[c], community.last_body[c]
        turn = now.week // int(p.turn_weeks)
        convener = int(rule.convener[c])
        if convener < 0:
            # the chair goes round the seated types of body that exist, and round the bodies of each
            present = 0
            for t in range(types):
                if rule.seated[c, t] == 1 and in_turn(t, 0, first, last, body) >= 0:
                    present += 1
            place = turn % present if present > 0 else 0
            turn = turn // max(1, present)
            for t in range(types):
                if rule.seated[c, t] == 1 and in_turn(t, 0, first, last, body) >= 0:
                    if place == 0:
                        convener = t
                    place -= 1
        # where each estate has a body of that type, they take the chair in turn
        community.chair[c] = in_turn(convener, turn, first, last, body) if convener >= 0 else -1
        settles = int(rule.settles[c])
        community.decider[c] = in_turn(settles, turn, first, last, body) if settles >= 0 else -1
