"""The week's calendar and the channels that are open: rules become situations that everybody meets.

A channel has a cost for the person who uses it, room for a number of cases a week, somebody who records it, and
eyes that see it (A30-A37, A54, A75-A77; Hirschman 1970: voice has a price). Meetings fall on their dates; without
institutionalisation a meeting that is due is held only with some probability (A53).
"""

import math

from sim.codes import Body, Channel, Data, Form, Meeting, Purpose
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.params import Param
from sim.randomness import uniform

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


@mechanism(
    writes=(
        "community.channel_open",
        "community.channel_cost",
        "community.channel_space",
        "community.channel_outside",
        "community.channel_public",
        "community.patch_known",
        "community.openness",
        "community.budget_known",
        "community.hop_days",
        "community.message_hours",
    )
)
def channels(
    week,
    cost_desk,
    cost_firm_desk,
    cost_box,
    cost_phone,
    cost_net,
    cost_microblog,
    cost_hotline,
    cost_representative,
    cost_petition,
    cost_platform,
    cost_organisation,
    cost_leader,
    search_cost,
    card_cost,
    room_phone,
    room_box,
    room_desk,
    room_outside,
    room_petition,
    room_representative,
    visit_weeks,
    notice_spread,
    notice_forget,
    word_of_mouth,
    hop_by_hand,
    hop_shared,
    message_by_hand,
    message_shared,
    open_by_hand,
    open_shared,
    open_open,
    reach_board,
    stale_weeks,
    rule_channel_on,
    rule_card,
    rule_notice,
    rule_patches,
    rule_data,
    rule_budget_shown,
    rule_shown_on,
    rule_shown_weeks,
    community_full,
    community_representatives,
    community_spoken_for,
    community_channel_open,
    community_channel_cost,
    community_channel_space,
    community_channel_outside,
    community_channel_public,
    community_patch_known,
    community_openness,
    community_budget_known,
    community_blocked_until,
    community_hop_days,
    community_message_hours,
):
    """Channels that residents meet this week: open or not, cost, room, recorder, publicity (A30-A37, A75-A77)."""
    for c in range(len(community_full)):
        if community_full[c] == 0:
            continue
        search = card_cost if rule_card[c] == 1 else search_cost
        for ch in range(community_channel_open.shape[1]):
            held = week < community_blocked_until[c, ch]  # somebody keeps it closed (A55)
            community_channel_open[c, ch] = 0 if held else rule_channel_on[c, ch]
            community_channel_outside[c, ch] = 0
            community_channel_public[c, ch] = 0
        cost = community_channel_cost[c]
        room = community_channel_space[c]
        cost[Channel.DESK] = cost_desk + search
        cost[Channel.FIRM_DESK] = cost_firm_desk
        cost[Channel.BOX] = cost_box
        cost[Channel.PHONE] = cost_phone + search
        cost[Channel.NET] = cost_net
        cost[Channel.MICROBLOG] = cost_microblog
        cost[Channel.HOTLINE] = cost_hotline
        cost[Channel.PATCH] = search
        cost[Channel.REPRESENTATIVE] = cost_representative
        cost[Channel.PETITION] = cost_petition
        cost[Channel.PLATFORM] = cost_platform
        cost[Channel.ORGANISATION] = cost_organisation
        cost[Channel.LEADER_VISIT] = cost_leader
        room[Channel.DESK] = room_desk
        room[Channel.FIRM_DESK] = room_desk
        room[Channel.BOX] = room_box
        room[Channel.PHONE] = room_phone
        room[Channel.NET] = room_phone
        room[Channel.MICROBLOG] = room_phone
        room[Channel.HOTLINE] = room_outside
        room[Channel.PATCH] = room_desk
        room[Channel.REPRESENTATIVE] = room_representative * community_representatives[c]
        room[Channel.PETITION] = room_petition
        room[Channel.PLATFORM] = room_outside
        room[Channel.ORGANISATION] = room_phone
        room[Channel.LEADER_VISIT] = room_box
        community_channel_outside[c, Channel.HOTLINE] = 1
        community_channel_outside[c, Channel.PETITION] = 1
        community_channel_outside[c, Channel.PLATFORM] = 1
        community_channel_outside[c, Channel.LEADER_VISIT] = 1
        community_channel_public[c, Channel.NET] = 1
        community_channel_public[c, Channel.MICROBLOG] = 1
        if community_spoken_for[c] <= 0.0:
            community_channel_open[c, Channel.ORGANISATION] = 0
        if week % int(visit_weeks) != 0:
            community_channel_open[c, Channel.LEADER_VISIT] = 0
        if rule_patches[c] == 0:
            community_channel_open[c, Channel.PATCH] = 0
        learn = word_of_mouth + (notice_spread if rule_notice[c] == 1 else 0.0)
        if rule_patches[c] == 0:
            community_patch_known[c] = 0.0
        else:
            known = community_patch_known[c]
            community_patch_known[c] = known + learn * (1.0 - known) - notice_forget * known
        shared = rule_data[c] != Data.BY_HAND
        community_hop_days[c] = hop_shared if shared else hop_by_hand
        community_message_hours[c] = message_shared if shared else message_by_hand
        # form and time: who gets to see what is shown, and how old it is
        reach = (1.0 if rule_shown_on[c] == Form.NET else reach_board) * open_open
        reach *= math.exp(-(week % max(1, rule_shown_weeks[c])) / stale_weeks)
        community_budget_known[c] = reach if rule_budget_shown[c] == 1 else 0.0
        if rule_data[c] == Data.OPEN:
            community_openness[c] = max(reach, open_shared)
        elif rule_data[c] == Data.SHARED:
            community_openness[c] = open_shared
        else:
            community_openness[c] = open_by_hand


@kernel
def in_turn(wanted, turn, first, last, body_type, body_alive):
    """Row of a living body of a type, another one each turn where there are several; -1 if there is none."""
    if wanted == Body.STREET_OFFICE:
        return 0
    count = 0
    for b in range(first, last):
        if body_type[b] == wanted and body_alive[b] == 1:
            count += 1
    if count == 0:
        return -1
    place = turn % count
    for b in range(first, last):
        if body_type[b] == wanted and body_alive[b] == 1:
            if place == 0:
                return b
            place -= 1
    return -1


@mechanism(writes=("community.meeting_due", "community.chair", "community.decider"))
def meetings(
    key,
    week,
    held_if_loose,
    turn_weeks,
    rule_meeting_weeks,
    rule_institutionalised,
    rule_convener,
    rule_settles,
    rule_seated,
    community_uid,
    community_full,
    community_first_body,
    community_last_body,
    community_meeting_due,
    community_chair,
    community_decider,
    body_type,
    body_alive,
):
    """Which meetings fall this week, who chairs the coordination set and who settles deadlock (A53, A62-A67)."""
    types = rule_seated.shape[1]
    for c in range(len(community_full)):
        if community_full[c] == 0:
            continue
        for m in range(community_meeting_due.shape[1]):
            every = rule_meeting_weeks[c, m]
            due = 1 if every > 0 and week % every == 0 else 0
            # the coordination set is called by its convener; its own decision, not luck, holds it or not
            if due == 1 and m != Meeting.COORDINATION and rule_institutionalised[c] == 0:
                if uniform(key, Purpose.MEETING, community_uid[c], week, m) >= held_if_loose:
                    due = 0
            community_meeting_due[c, m] = due
        first, last = community_first_body[c], community_last_body[c]
        turn = week // int(turn_weeks)
        convener = int(rule_convener[c])
        if convener < 0:
            # the chair goes round the seated types of body that exist, and round the bodies of each
            present = 0
            for t in range(types):
                if rule_seated[c, t] == 1 and in_turn(t, 0, first, last, body_type, body_alive) >= 0:
                    present += 1
            place = turn % present if present > 0 else 0
            turn = turn // max(1, present)
            for t in range(types):
                if rule_seated[c, t] == 1 and in_turn(t, 0, first, last, body_type, body_alive) >= 0:
                    if place == 0:
                        convener = t
                    place -= 1
        # where each estate has a body of that type, they take the chair in turn
        community_chair[c] = in_turn(convener, turn, first, last, body_type, body_alive) if convener >= 0 else -1
        settles = int(rule_settles[c])
        community_decider[c] = in_turn(settles, turn, first, last, body_type, body_alive) if settles >= 0 else -1
