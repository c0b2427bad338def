"""Items from above: 24 classes, 88 items, sent down by the office, let in or refused at the gate, done, or on paper.

Where the items, their staff, their money and their rights sit are separate switches (A25, A57, A58). Under a gate a
duty of government that would fall to the residents' committee may be refused; what the government's own desks do in
the community is not shifted to anybody and passes, unless the rule guards them too. The office may send what was
refused again under another name (A86). A late item may be done on paper at a fraction of its hours: the valve of an
overloaded desk (Lipsky 1980).
"""

from collections.abc import Mapping

import numpy as np

from sim.codes import Body, Data, File, Gatekeeper, Pay, Purpose, Stream, Tag, TaskState, Truth
from sim.community.state import State
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import alive_row, manned_row, spend
from sim.mechanisms.funding import pay_for_item
from sim.params import Param
from sim.randomness import joined, lognormal, poisson, uniform

ASSUMED = "assumption"
PARAMS = {
    "scale": Param(1.0, "ratio", 0.3, 2.5, "E15 (1,850-1,890 items a year in all); split assumed",
                   "volume of items from above"),
    "work_spread": Param(0.8, "sd of log hours", 0.3, 1.3, ASSUMED, "spread of the hours of an item"),
    "standard_residents": Param(5000.0, "persons", 1000, 20000, ASSUMED, "size for which the rates of the list hold"),
    "size_exponent": Param(0.5, "1", 0.0, 1.0, ASSUMED, "how items grow with population; many come once a community"),
    "paper_hours": Param(0.35, "share", 0.1, 0.8, ASSUMED, "hours of an item done on paper, over doing it"),
    "strict": Param(0.9, "share", 0.3, 1.0, ASSUMED, "duties that a district gatekeeper refuses"),
    "brought_pay": Param(30.0, "yuan/hour", 5.0, 100.0, ASSUMED + " (A86)", "what the office pays for a refused duty"),
    "linked_saves": Param(0.1, "share/level", 0.0, 0.25, ASSUMED + " (A28)",
                          "ledger hours saved for each level above that reads the same entry"),
    "ledger_lines": Param(24.0, "ledgers", 5, 60, "A25; E19 (24 ledgers of one department)",
                          "ledgers kept for the lines"),
    "ledger_hand": Param(0.10, "hours/week", 0.02, 0.5, ASSUMED, "one ledger kept by hand, per week"),
    "ledger_shared": Param(0.04, "hours/week", 0.0, 0.3, ASSUMED + " (A28)", "one ledger where data are entered once"),
    "others": Param(0.5, "probability", 0.0, 1.0, ASSUMED, "a late item is done on paper by the office itself"),
    "smoothing": Param(0.05, "1/item", 0.01, 0.3, ASSUMED, "weight of the latest items in what the office remembers"),
    "again_days": Param(20.0, "working days", 5.0, 60.0, ASSUMED, "time until that choice comes again"),
    "horizon_days": Param(10.0, "working days", 5.0, 20.0, ASSUMED, "what counts as due soon"),
}
WEEKLY = 4096  # more than ever come of one item in a week
BRING = 7  # place in the decision of the subdistrict office
PAPER_ITEMS = 3  # place in the decision of a body with a desk


def expected(state: State, numbers: Mapping[str, float]) -> float:
    """Items a week that the largest community is sent at weight 1 without a campaign, for storage to be ready."""
    given = {name: param.value for name, param in PARAMS.items()} | dict(numbers)
    size = float(state["community.residents"].max()) / given["standard_residents"]
    return float(given["scale"] * size ** given["size_exponent"] * state["item.rate"].sum() / 52.0)


@mechanism(
    writes=(
        "rows.used", "journal.entry", "community.balance", "community.flow", "community.items_sent",
        "community.items_refused", "community.items_renamed", "community.refused_year",
        "community.offered_year", "community.items_committee", "community.items_desks",
        "community.duties_committee", "body.left", "body.hours", "task.uid", "task.item", "task.community",
        "task.body", "task.arrived", "task.due", "task.hours", "task.left", "task.inspected", "task.tag",
        "task.state", "task.paper", "task.finished",
    )
)
def arrive(
    key, week, scale, work_spread, standard_residents, size_exponent, strict, brought_pay, linked_saves,
    ledger_lines, ledger_hand, ledger_shared, rows_used, journal_entry, item_rate, item_hours, item_deadline,
    item_inspected, item_tag, item_desk, item_optional, item_pay, rule_items_down, rule_items_only, rule_gate,
    rule_gatekeeper, rule_bought, rule_gate_desks, rule_funds_follow, rule_money_down, rule_street_keeps, rule_data,
    rule_levels, community_uid, community_full, community_residents, community_task_weight, community_first_body,
    community_last_body, community_balance, community_flow, community_items_sent, community_items_refused,
    community_items_renamed, community_refused_year, community_offered_year, community_items_committee,
    community_items_desks, community_duties_committee, body_type, body_alive, body_capacity, body_backlog, body_dec,
    body_left, body_hours, task_uid, task_item, task_community, task_body, task_arrived, task_due, task_hours,
    task_left, task_inspected, task_tag, task_state, task_paper, task_finished,
):
    """Items are sent down, pass the gate or not, and find the desk that does them; ledgers are kept (A25, A28, A86)."""
    for c in range(len(community_full)):
        if community_full[c] == 0:
            continue
        party = alive_row(Body.PARTY, c, community_first_body, community_last_body, body_type, body_alive)
        committee = alive_row(Body.COMMITTEE, c, community_first_body, community_last_body, body_type, body_alive)
        # a desk without staff does nothing: what was not delegated, or was refused, stays with the office's own staff
        below = manned_row(
            Body.STATION, c, community_first_body, community_last_body, body_type, body_alive, body_capacity
        )
        if below < 0:
            below = committee
        window = manned_row(
            Body.STREET_DESK, c, community_first_body, community_last_body, body_type, body_alive, body_capacity
        )
        window = max(window, 0)
        sent = 0.0  # hours of such items that went to the desk this week
        weight = scale * community_task_weight[c] * (1.0 + body_dec[0, 1]) / 52.0
        weight *= (community_residents[c] / standard_residents) ** size_exponent
        for item in range(len(item_rate)):
            stable = joined(community_uid[c], np.uint64(item))
            mean = item_rate[item] * weight
            number = poisson(mean, key, Purpose.TASK, stable, week, 0)
            for slot in range(number):
                uid = joined(stable, np.uint64(week * WEEKLY + slot))
                tag = int(item_tag[item])
                down = True
                if item_desk[item] == 1:
                    down = rule_items_down[c] == 1
                if item_optional[item] == 1 and uniform(key, Purpose.TASK, uid, 0, 1) >= body_dec[0, 0]:
                    down = False
                own_gate = rule_gatekeeper[c] == Gatekeeper.COMMUNITY
                brought = False
                if down:
                    community_offered_year[c] += 1.0
                # what the government's own desk in the community does is not shifted to the committee
                guarded = item_desk[item] == 0 or below == committee or rule_gate_desks[c] == 1
                if down and guarded and rule_gate[c] == 1 and tag == Tag.DUTY:
                    refuses = strict
                    if own_gate:
                        refuses = body_dec[committee, 6] if committee >= 0 else 0.0
                    if uniform(key, Purpose.GATE, uid, 0, 0) < refuses:
                        if uniform(key, Purpose.GATE, uid, 0, 1) < body_dec[0, 4]:
                            tag = Tag.ASSIST + 0  # the same item under another name
                            community_items_renamed[c] += 1.0
                        elif rule_bought[c] == 1 and uniform(key, Purpose.GATE, uid, 0, 2) < body_dec[0, BRING]:
                            tag = Tag.ASSIST + 0
                            brought = True
                        else:
                            community_items_refused[c] += 1.0
                            community_refused_year[c] += 1.0 if own_gate else 0.0
                            down = False
                j = rows_used[1]
                rows_used[1] = j + 1
                hours = lognormal(item_hours[item], work_spread, key, Purpose.TASK_WORK, uid, 0, 0)
                arrived = 5.0 * week + 5.0 * uniform(key, Purpose.TASK, uid, 0, 2)
                task_uid[j] = uid
                task_item[j] = item
                task_community[j] = c
                if not down:
                    task_body[j] = window
                elif item_desk[item] == 1:
                    task_body[j] = below
                else:
                    task_body[j] = committee if committee >= 0 else party
                    if rule_items_only[c] == 1 and committee >= 0 and below != committee:
                        # both are there for items alone: what is no desk matter goes to the shorter queue
                        desk_queue = (body_backlog[below] + sent) / max(1.0, body_capacity[below, Pay.PUBLIC])
                        own_queue = body_backlog[committee] / max(1.0, body_capacity[committee, Pay.PUBLIC])
                        if desk_queue < own_queue:
                            task_body[j] = below
                            sent += hours
                if task_body[j] == committee:
                    community_items_committee[c] += 1.0
                    community_duties_committee[c] += 1.0 if item_tag[item] == Tag.DUTY else 0.0
                elif body_type[task_body[j]] != Body.PARTY:
                    community_items_desks[c] += 1.0
                task_arrived[j] = arrived
                task_due[j] = arrived + item_deadline[item]
                task_hours[j] = hours
                task_left[j] = hours
                task_inspected[j] = item_inspected[item]
                task_tag[j] = tag
                task_state[j] = TaskState.OPEN
                task_paper[j] = 0
                task_finished[j] = -1.0
                if not down:
                    continue
                community_items_sent[c] += 1.0
                if brought or (rule_funds_follow[c] == 1 and tag != Tag.DUTY):
                    kept = rule_street_keeps[c] if rule_money_down[c] == 0 and not brought else 0.0
                    pay_for_item(
                        rows_used, journal_entry, community_balance, community_flow, week, c, committee,
                        brought_pay * hours if brought else item_pay[item], kept,
                    )  # fmt: skip
        each = ledger_hand
        if rule_data[c] != Data.BY_HAND:  # levels that are linked read the entry instead of asking for their own
            each = ledger_shared * max(0.0, 1.0 - linked_saves * (rule_levels[c] - 1))
        desk = below if rule_items_down[c] == 1 else window
        if desk >= 0:
            spend(desk, ledger_lines * each, Pay.PUBLIC, Stream.LEDGER, body_left, body_hours)


@mechanism(
    writes=("task.left", "task.paper", "body.due_hours", "body.demand_hours", "body.backlog", "body.overdue")
)
def weigh(
    key, week, paper_hours, others, again_days, horizon_days, rows_used, active_case, body_type, body_dec,
    body_due_hours, body_demand_hours, body_backlog, body_overdue, task_uid, task_body, task_due, task_inspected,
    task_left, task_hours, task_state, task_paper, case_truth, case_file, case_body, case_todo, case_promised,
):
    """What waits at each body, as it knows it; late items may be turned to paper, seen or not."""
    for b in range(len(body_type)):
        body_due_hours[b] = 0.0
        body_demand_hours[b] = 0.0
        body_backlog[b] = 0.0
        body_overdue[b] = 0.0
    now = 5.0 * week
    for j in range(rows_used[1]):
        if task_state[j] != TaskState.OPEN:
            continue
        b = task_body[j]
        if b < 0:
            continue
        if task_due[j] < now:
            body_overdue[b] += 1.0
            if task_paper[j] == 0:
                t = body_type[b]
                desk = t == Body.COMMITTEE or t == Body.STATION or t == Body.STREET_DESK
                willing = body_dec[b, PAPER_ITEMS] if desk else others
                times = 1 + int((now - task_due[j]) / again_days)
                if uniform(key, Purpose.TASK_WORK, task_uid[j], times, 1) < willing:
                    task_paper[j] = 1
                    task_left[j] = min(task_left[j], paper_hours * task_hours[j])
        body_backlog[b] += task_left[j]
        if task_inspected[j] == 1 and task_due[j] < now + horizon_days:
            body_due_hours[b] += task_left[j]
    for position in range(rows_used[2]):
        n = active_case[position]
        b = case_body[n]
        if b < 0 or case_truth[n] != Truth.OPEN:
            continue
        if case_file[n] == File.WAITING or case_file[n] == File.IN_WORK:
            body_demand_hours[b] += case_todo[n]
            body_backlog[b] += case_todo[n]
            if case_promised[n] < now:
                body_overdue[b] += 1.0


@mechanism(
    writes=(
        "rows.used", "community.delivered", "community.items_done", "community.items_paper",
        "community.items_late", "body.visible", "task.uid", "task.item", "task.community", "task.body",
        "task.arrived", "task.due", "task.hours", "task.left", "task.inspected", "task.tag", "task.state",
        "task.paper", "task.finished",
    )
)
def clear(
    smoothing, rows_used, community_delivered, community_items_done, community_items_paper, community_items_late,
    body_visible, task_uid, task_item, task_community, task_body, task_arrived, task_due, task_hours, task_left,
    task_inspected, task_tag, task_state, task_paper, task_finished,
):
    """Items that are done leave the table; what the office sees is that they were reported in time (A04, A45)."""
    kept = 0
    for j in range(rows_used[1]):
        if task_state[j] != TaskState.OPEN:
            c = task_community[j]
            community_items_done[c] += 1.0
            if task_state[j] == TaskState.PAPER:
                community_items_paper[c] += 1.0
            if task_finished[j] > task_due[j]:
                community_items_late[c] += 1.0
            if task_inspected[j] == 1:
                in_time = 1.0 if task_finished[j] <= task_due[j] else 0.0
                if task_body[j] > 0:  # what the office's own staff did says nothing about the community
                    community_delivered[c] += smoothing * (in_time - community_delivered[c])
                body_visible[task_body[j]] += smoothing * (in_time - body_visible[task_body[j]])
            continue
        if kept != j:
            task_uid[kept] = task_uid[j]
            task_item[kept] = task_item[j]
            task_community[kept] = task_community[j]
            task_body[kept] = task_body[j]
            task_arrived[kept] = task_arrived[j]
            task_due[kept] = task_due[j]
            task_hours[kept] = task_hours[j]
            task_left[kept] = task_left[j]
            task_inspected[kept] = task_inspected[j]
            task_tag[kept] = task_tag[j]
            task_state[kept] = task_state[j]
            task_paper[kept] = task_paper[j]
            task_finished[kept] = task_finished[j]
        kept += 1
    rows_used[1] = kept
