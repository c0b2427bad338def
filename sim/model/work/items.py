"""Items from above: 24 classes, 88 items, sent down by the office, let in or refused at the gate, done, or on paper.

Where the items, their staff, their money and their rights sit are separate switches (A25, A57, A58). Under a gate a
duty of government that would fall to the residents' committee may be refused; what the government's own desks do in
the community is not shifted to anybody and passes, unless the rule guards them too. The office may send what was
refused again under another name (A86). A late item may be done on paper at a fraction of its hours: the valve of an
overloaded desk (Lipsky 1980).
"""

from collections.abc import Mapping

import numpy as np

from sim.engine.mechanism import mechanism
from sim.engine.randomness import joined, lognormal, poisson, uniform
from sim.engine.sets import among
from sim.engine.state import State
from sim.model.bodies.committee import Dec as CommitteeDec
from sim.model.bodies.street_office import Dec as StreetOfficeDec
from sim.model.cases.find import alive_row, manned_row, spend
from sim.model.money.funding import pay_for_item
from sim.vocabulary.codes import Body, Data, File, Gatekeeper, Pay, Purpose, Rows, Stream, Tag, TaskState, Truth
from sim.vocabulary.params import Param
from sim.vocabulary.sets import DESKS

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


def expected(state: State, numbers: Mapping[str, float]) -> float:
    """Items a week that the largest community is sent at weight 1 without a campaign, for storage to be ready."""
    given = {name: param.value for name, param in PARAMS.items()} | dict(numbers)
    size = float(state["community.residents"].max()) / given["standard_residents"]
    return float(given["scale"] * size ** given["size_exponent"] * state["item.rate"].sum() / 52.0)


@mechanism
def arrive(now, p, rows, journal, item, rule, community, body, task):
    """Items are sent down, pass the gate or not, and find the desk that does them; ledgers are kept (A25, A28, A86)."""
    for c in range(len(community.full)):
        if community.full[c] == 0:
            continue
        party = alive_row(Body.PARTY, c, community, body)
        committee = alive_row(Body.COMMITTEE, c, community, body)
        # a desk without staff does nothing: what was not delegated, or was refused, stays with the office's own staff
        below = manned_row(Body.STATION, c, community, body)
        if below < 0:
            below = committee
        window = manned_row(Body.STREET_DESK, c, community, body)
        window = max(window, 0)
        sent = 0.0  # hours of such items that went to the desk this week
        weight = p.scale * community.task_weight[c] * (1.0 + body.dec[0, StreetOfficeDec.CAMPAIGN]) / 52.0
        weight *= (community.residents[c] / p.standard_residents) ** p.size_exponent
        for which in range(len(item.rate)):
            stable = joined(community.uid[c], np.uint64(which))
            mean = item.rate[which] * weight
            number = poisson(mean, now.key, Purpose.TASK, stable, now.week, 0)
            for slot in range(number):
                uid = joined(stable, np.uint64(now.week * WEEKLY + slot))
                tag = int(item.tag[which])
                down = True
                if item.desk[which] == 1:
                    down = rule.items_down[c] == 1
                if (
                    item.optional[which] == 1
                    and uniform(now.key, Purpose.TASK, uid, 0, 1) >= body.dec[0, StreetOfficeDec.DELEGATE]
                ):
                    down = False
                own_gate = rule.gatekeeper[c] == Gatekeeper.COMMUNITY
                brought = False
                if down:
                    community.offered_year[c] += 1.0
                # what the government's own desk in the community does is not shifted to the committee
                guarded = item.desk[which] == 0 or below == committee or rule.gate_desks[c] == 1
                if down and guarded and rule.gate[c] == 1 and tag == Tag.DUTY:
                    refuses = p.strict
                    if own_gate:
                        refuses = body.dec[committee, CommitteeDec.REFUSE] if committee >= 0 else 0.0
                    if uniform(now.key, Purpose.GATE, uid, 0, 0) < refuses:
                        if uniform(now.key, Purpose.GATE, uid, 0, 1) < body.dec[0, StreetOfficeDec.RENAME]:
                            tag = Tag.ASSIST + 0  # the same item under another name
                            community.items_renamed[c] += 1.0
                        elif (
                            rule.bought[c] == 1
                            and uniform(now.key, Purpose.GATE, uid, 0, 2) < body.dec[0, StreetOfficeDec.BRING]
                        ):
                            tag = Tag.ASSIST + 0
                            brought = True
                        else:
                            community.items_refused[c] += 1.0
                            community.refused_year[c] += 1.0 if own_gate else 0.0
                            down = False
                j = rows.used[Rows.TASK]
                rows.used[Rows.TASK] = j + 1
                hours = lognormal(item.hours[which], p.work_spread, now.key, Purpose.TASK_WORK, uid, 0, 0)
                arrived = 5.0 * now.week + 5.0 * uniform(now.key, Purpose.TASK, uid, 0, 2)
                task.uid[j] = uid
                task.item[j] = which
                task.community[j] = c
                if not down:
                    task.body[j] = window
                elif item.desk[which] == 1:
                    task.body[j] = below
                else:
                    task.body[j] = committee if committee >= 0 else party
                    if rule.items_only[c] == 1 and committee >= 0 and below != committee:
                        # both are there for items alone: what is no desk matter goes to the shorter queue
                        desk_queue = (body.backlog[below] + sent) / max(1.0, body.capacity[below, Pay.PUBLIC])
                        own_queue = body.backlog[committee] / max(1.0, body.capacity[committee, Pay.PUBLIC])
                        if desk_queue < own_queue:
                            task.body[j] = below
                            sent += hours
                if task.body[j] == committee:
                    community.items_committee[c] += 1.0
                    community.duties_committee[c] += 1.0 if item.tag[which] == Tag.DUTY else 0.0
                elif body.type[task.body[j]] != Body.PARTY:
                    community.items_desks[c] += 1.0
                task.arrived[j] = arrived
                task.due[j] = arrived + item.deadline[which]
                task.hours[j] = hours
                task.left[j] = hours
                task.inspected[j] = item.inspected[which]
                task.tag[j] = tag
                task.state[j] = TaskState.OPEN
                task.paper[j] = 0
                task.finished[j] = -1.0
                if not down:
                    continue
                community.items_sent[c] += 1.0
                if brought or (rule.funds_follow[c] == 1 and tag != Tag.DUTY):
                    kept = rule.street_keeps[c] if rule.money_down[c] == 0 and not brought else 0.0
                    pay_for_item(
                        now.week, c, committee, p.brought_pay * hours if brought else item.pay[which], kept, rows,
                        journal, community,
                    )  # fmt: skip
        each = p.ledger_hand
        if rule.data[c] != Data.BY_HAND:  # levels that are linked read the entry instead of asking for their own
            each = p.ledger_shared * max(0.0, 1.0 - p.linked_saves * (rule.levels[c] - 1))
        desk = below if rule.items_down[c] == 1 else window
        if desk >= 0:
            spend(desk, p.ledger_lines * each, Pay.PUBLIC, Stream.LEDGER, body)


@mechanism
def weigh(now, p, rows, active, body, task, case):
    """What waits at each body, as it knows it; late items may be turned to paper, seen or not."""
    for b in range(len(body.type)):
        body.due_hours[b] = 0.0
        body.demand_hours[b] = 0.0
        body.backlog[b] = 0.0
        body.overdue[b] = 0.0
    today = 5.0 * now.week
    for j in range(rows.used[Rows.TASK]):
        if task.state[j] != TaskState.OPEN:
            continue
        b = task.body[j]
        if b < 0:
            continue
        if task.due[j] < today:
            body.overdue[b] += 1.0
            if task.paper[j] == 0:
                t = body.type[b]
                desk = among(t, DESKS)
                willing = body.dec[b, CommitteeDec.PAPER_ITEMS] if desk else p.others
                times = 1 + int((today - task.due[j]) / p.again_days)
                if uniform(now.key, Purpose.TASK_WORK, task.uid[j], times, 1) < willing:
                    task.paper[j] = 1
                    task.left[j] = min(task.left[j], p.paper_hours * task.hours[j])
        body.backlog[b] += task.left[j]
        if task.inspected[j] == 1 and task.due[j] < today + p.horizon_days:
            body.due_hours[b] += task.left[j]
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        b = case.body[n]
        if b < 0 or case.truth[n] != Truth.OPEN:
            continue
        if case.file[n] == File.WAITING or case.file[n] == File.IN_WORK:
            body.demand_hours[b] += case.todo[n]
            body.backlog[b] += case.todo[n]
            if case.promised[n] < today:
                body.overdue[b] += 1.0


@mechanism
def clear(p, rows, community, body, task):
    """Items that are done leave the table; what the office sees is that they were reported in time (A04, A45)."""
    kept = 0
    for j in range(rows.used[Rows.TASK]):
        if task.state[j] != TaskState.OPEN:
            c = task.community[j]
            community.items_done[c] += 1.0
            if task.state[j] == TaskState.PAPER:
                community.items_paper[c] += 1.0
            if task.finished[j] > task.due[j]:
                community.items_late[c] += 1.0
            if task.inspected[j] == 1:
                in_time = 1.0 if task.finished[j] <= task.due[j] else 0.0
                if task.body[j] > 0:  # what the office's own staff did says nothing about the community
                    community.delivered[c] += p.smoothing * (in_time - community.delivered[c])
                body.visible[task.body[j]] += p.smoothing * (in_time - body.visible[task.body[j]])
            continue
        if kept != j:
            task.uid[kept] = task.uid[j]
            task.item[kept] = task.item[j]
            task.community[kept] = task.community[j]
            task.body[kept] = task.body[j]
            task.arrived[kept] = task.arrived[j]
            task.due[kept] = task.due[j]
            task.hours[kept] = task.hours[j]
            task.left[kept] = task.left[j]
            task.inspected[kept] = task.inspected[j]
            task.tag[kept] = task.tag[j]
            task.state[kept] = task.state[j]
            task.paper[kept] = task.paper[j]
            task.finished[kept] = task.finished[j]
        kept += 1
    rows.used[Rows.TASK] = kept
