"""Weekly recording: one compiled pass a week over bodies, active cases and items, residents every four weeks.

Counts that the case table can tell at the end (felt, spoken, closed, solved, ...) are not counted weekly. Counters
of a case carry no dates, so their weekly growth is taken over the cases that were active or new.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.kernel import kernel
from sim.engine.state import State
from sim.observe import fields as at
from sim.observe.fields import CUMULATIVE, FIELDS, MEANS
from sim.vocabulary.codes import Account, Body, File, Pay, Rows, TaskState, Truth

Array = NDArray[Any]

HOLD = 4  # weeks between means over residents, whose attitudes move every four weeks
DAYS = 5.0  # working days a week
SAME = 1e-6  # working days; a closure within this of the solution is the same moment
COUNTERS = 7

MARKED = (
    "body.hours_total",
    "community.flow",
    "community.handover",
    "community.elections",
    "community.resolutions",
    "community.pressed",
    "community.blocked",
    "community.obstruction_found",
    "community.objections",
    "community.filtered",
    "community.told",
    "community.patch_uneven",
    "community.patch_weeks",
    "community.means_asked",
    "community.means_vain",
    "community.means_lent",
    "community.reassigned",
    "community.hurt_heard",
    "community.hurt_unheard",
    "resident.spoke",
    "resident.trips",
    "resident.attended",
    "resident.hours",
    "estate.replaced",
    "person.incumbents",
    "person.employed",
)
CASE_SERIES = (
    "felt",
    "spoken",
    "received",
    "closed",
    "closed_unsolved",
    "solved",
    *(f"solved_{t.name.lower()}" for t in Truth if Truth.OPEN < t < Truth.LAPSED),
)

# places and codes as plain integers, because a kernel reads globals of its own file
_HOURS, _STAFF, _CORE, _OPEN, _COUNTERS = at.HOURS, at.STAFF, at.CORE, at.OPEN, at.COUNTERS
_DAYS_OPEN, _UNSOLVED = at.DAYS_OPEN, at.UNSOLVED
_NOT_PASSED, _NOT_PASSED_NEW = at.NOT_PASSED, at.NOT_PASSED_NEW
_ITEMS_OPEN, _ITEM_HOURS, _ITEMS_LATE = at.ITEMS_OPEN, at.ITEM_HOURS, at.ITEMS_LATE
_ITEMS_DONE, _ITEMS_PAPER, _ITEMS_REFUSED = at.ITEMS_DONE, at.ITEMS_PAPER, at.ITEMS_REFUSED
_ITEMS_RENAMED, _ITEMS_DONE_LATE = at.ITEMS_RENAMED, at.ITEMS_DONE_LATE
_HANDOVERS, _TRUST, _HEAT, _VOLUNTEERS = at.HANDOVERS, at.TRUST, at.HEAT, at.VOLUNTEERS
_TURNOUT_OFFICIAL, _TURNOUT_PERSONAL, _ELECTIONS = at.TURNOUT_OFFICIAL, at.TURNOUT_PERSONAL, at.ELECTIONS
_EFFORT, _COLLECTION, _DECAY, _OWNERS, _FIRMS = at.EFFORT, at.COLLECTION, at.DECAY, at.OWNERS, at.FIRMS
_COMPANIES, _ORGANISATIONS, _GROUPS = at.COMPANIES, at.ORGANISATIONS, at.GROUPS
_DEPARTED, _EMPLOYED, _SPENDABLE, _FREE, _DEBT = at.DEPARTED, at.EMPLOYED, at.SPENDABLE, at.FREE_MONEY, at.DEBT
_MEETINGS, _CHANNELS, _ATTENTION = at.MEETINGS, at.CHANNELS, at.ATTENTION


@kernel
def record_cases(
    row, now, place, before, n_before, seen, settled, hidden, used, active, community, file, truth, spoken,
    petitions, skips, collective, court, repeats, refusals,
):  # fmt: skip
    """Open cases now and what the counters gained this week; `before` keeps the active list for next week."""
    gained = -settled
    for k in range(n_before + used[Rows.CASE] - seen):  # the cases active a week ago, then the new ones
        r = before[k] if k < n_before else seen + k - n_before
        s = place[community[r]]
        if s < 0:
            continue
        gained[s, 0] += petitions[r]
        gained[s, 1] += skips[r]
        gained[s, 2] += collective[r]
        gained[s, 3] += court[r]
        gained[s, 4] += repeats[r]
        gained[s, 5] += refusals[r]
        if file[r] == File.DROPPED:
            gained[s, 6] += 1.0
    settled[:, :] = 0.0
    for k in range(used[Rows.ACTIVE]):
        r = active[k]
        before[k] = r
        s = place[community[r]]
        if s < 0:
            continue
        settled[s, 0] += petitions[r]
        settled[s, 1] += skips[r]
        settled[s, 2] += collective[r]
        settled[s, 3] += court[r]
        settled[s, 4] += repeats[r]
        settled[s, 5] += refusals[r]
        if file[r] == File.DROPPED:
            settled[s, 6] += 1.0
        if file[r] == File.NOT_PASSED_ON:
            row[s, _NOT_PASSED] += 1.0
            if hidden[r] == 0:
                hidden[r] = 1
                row[s, _NOT_PASSED_NEW] += 1.0
        if spoken[r] < 0.0:
            continue
        if file[r] != File.CLOSED and file[r] != File.DROPPED:
            row[s, _OPEN] += 1.0
            row[s, _DAYS_OPEN] += now - spoken[r]
        if truth[r] == Truth.OPEN:
            row[s, _UNSOLVED] += 1.0
    for s in range(row.shape[0]):
        for j in range(COUNTERS):
            row[s, _COUNTERS + j] = gained[s, j]


@kernel
def record_bodies(row, place, kind, community, alive, hours):
    """Hours of the week by pay and stream; bodies that exist."""
    for b in range(len(kind)):
        if community[b] < 0:
            continue
        s = place[community[b]]
        if s < 0:
            continue
        staff = kind[b] == Body.COMMITTEE or kind[b] == Body.STATION or kind[b] == Body.STREET_DESK
        core = kind[b] == Body.COMMITTEE or kind[b] == Body.STATION or kind[b] == Body.PARTY
        streams = hours.shape[2]
        for p in range(hours.shape[1]):
            for j in range(streams):
                h = hours[b, p, j]
                if h == 0.0:
                    continue
                row[s, _HOURS + p * streams + j] += h
                if p == Pay.PUBLIC or p == Pay.OVERTIME:
                    if staff:
                        row[s, _STAFF + j] += h
                    if core:
                        row[s, _CORE + j] += h
        if alive[b]:
            if kind[b] == Body.OWNERS:
                row[s, _OWNERS] += 1.0
            elif kind[b] == Body.FIRM:
                row[s, _FIRMS] += 1.0
            elif kind[b] == Body.COMPANY:
                row[s, _COMPANIES] += 1.0
            elif kind[b] == Body.ORGANISATION:
                row[s, _ORGANISATIONS] += 1.0
            elif kind[b] == Body.GROUP:
                row[s, _GROUPS] += 1.0


@kernel
def record_items(row, now, place, used, community, due, left, state):
    """Items from above that wait or are late."""
    for t in range(used[Rows.TASK]):
        s = place[community[t]]
        if s < 0:
            continue
        if state[t] == TaskState.OPEN:
            row[s, _ITEMS_OPEN] += 1.0
            row[s, _ITEM_HOURS] += left[t]
            if due[t] < now:
                row[s, _ITEMS_LATE] += 1.0


@kernel
def record_residents(row, place, community, adult, trust, standing, efficacy, belonging, satisfaction, heat, volunteer):
    """Means of attitudes over adults, and active volunteers."""
    sums = np.zeros((row.shape[0], 8))
    for i in range(len(adult)):
        if adult[i] and place[community[i]] >= 0:
            s = place[community[i]]
            sums[s, 0] += trust[i]
            sums[s, 1] += standing[i]
            sums[s, 2] += efficacy[i]
            sums[s, 3] += belonging[i]
            sums[s, 4] += satisfaction[i]
            sums[s, 5] += heat[i]
            sums[s, 6] += volunteer[i]
            sums[s, 7] += 1.0
    for s in range(row.shape[0]):
        for j in range(6):
            row[s, _TRUST + j] = sums[s, j] / max(sums[s, 7], 1.0)
        row[s, _VOLUNTEERS] = sums[s, 6]


@kernel
def record_places(
    row, full, place, balance, debt, handover, meeting_held, channel_open, attention, official, personal, elections,
    items_done, items_paper, items_late, items_refused, items_renamed,
    estate_community, households, effort, collection, decay, person_community, employed, incumbents,
):  # fmt: skip
    """What stands on the community itself, on its estates and on its posts."""
    for s in range(len(full)):
        c = full[s]
        for a in range(Account.WORK, Account.COMMON + 1):
            row[s, _SPENDABLE] += balance[c, a]
        row[s, _FREE] = balance[c, Account.WORK] + balance[c, Account.OWN] + balance[c, Account.COMMON]
        row[s, _DEBT] = debt[c]
        for i in range(handover.shape[1]):
            for j in range(handover.shape[2]):
                row[s, _HANDOVERS] += handover[c, i, j]
        for m in range(meeting_held.shape[1]):
            row[s, _MEETINGS] += meeting_held[c, m]
        for j in range(channel_open.shape[1]):
            row[s, _CHANNELS] += channel_open[c, j]
        row[s, _ATTENTION] = attention[c]
        row[s, _TURNOUT_OFFICIAL] = official[c]
        row[s, _TURNOUT_PERSONAL] = personal[c]
        row[s, _ELECTIONS] = elections[c]
        row[s, _ITEMS_DONE] = items_done[c]
        row[s, _ITEMS_PAPER] = items_paper[c]
        row[s, _ITEMS_DONE_LATE] = items_late[c]
        row[s, _ITEMS_REFUSED] = items_refused[c]
        row[s, _ITEMS_RENAMED] = items_renamed[c]
    weight = np.zeros(len(full))
    for e in range(len(effort)):
        s = place[estate_community[e]]
        if s >= 0:
            w = float(households[e])
            weight[s] += w
            row[s, _EFFORT] += w * effort[e]
            row[s, _COLLECTION] += w * collection[e]
            row[s, _DECAY] += w * decay[e]
    for s in range(len(full)):
        if weight[s] > 0.0:
            row[s, _EFFORT] /= weight[s]
            row[s, _COLLECTION] /= weight[s]
            row[s, _DECAY] /= weight[s]
    for p in range(len(employed)):
        s = place[person_community[p]] if person_community[p] >= 0 else -1
        if s >= 0:
            row[s, _DEPARTED] += incumbents[p] - employed[p]
            row[s, _EMPLOYED] += employed[p]


class Recorder:
    """Weekly numbers of each community simulated in full, [weeks, communities, fields], and the marks of the reform."""

    def __init__(self, state: State, weeks: int) -> None:
        self.full: Array = np.flatnonzero(state["community.full"]).astype(np.int64)
        self.place: Array = np.full(len(state["community.full"]), -1, dtype=np.int64)
        self.place[self.full] = np.arange(len(self.full))
        self.weekly: Array = np.zeros((weeks, len(self.full), len(FIELDS)))
        self.weeks = 0
        self.marks: dict[str, Array] = {}
        self._before: Array = np.zeros(max(len(state["active.case"]), 1), dtype=np.int64)
        self._n_before = 0
        self._seen = 0
        self._hidden: Array = np.zeros(max(len(state["case.file"]), 1), dtype=np.int8)  # was ever not passed on
        self._settled: Array = np.zeros((len(self.full), COUNTERS))

    def record(self, state: State, week: int) -> None:
        """Record the week that ends. Raises IndexError beyond the weeks that were announced."""
        c = state.columns
        row = self.weekly[week]
        row[:] = 0.0
        used = c["rows.used"]
        now = (week + 1) * DAYS
        if used[Rows.ACTIVE] > len(self._before):
            self._before = np.concatenate((self._before, np.zeros(int(used[Rows.ACTIVE]), dtype=np.int64)))
        if used[Rows.CASE] > len(self._hidden):
            self._hidden = np.concatenate((self._hidden, np.zeros(int(used[Rows.CASE]), dtype=np.int8)))
        record_cases(
            row, now, self.place, self._before, self._n_before, self._seen, self._settled, self._hidden, used,
            c["active.case"],
            c["case.community"], c["case.file"], c["case.truth"], c["case.spoken"], c["case.petitions"],
            c["case.skips"], c["case.collective"], c["case.court"], c["case.repeats"], c["case.refusals"],
        )  # fmt: skip
        self._n_before, self._seen = int(used[Rows.ACTIVE]), int(used[Rows.CASE])
        record_bodies(row, self.place, c["body.type"], c["body.community"], c["body.alive"], c["body.hours"])
        record_items(row, now, self.place, used, c["task.community"], c["task.due"], c["task.left"], c["task.state"])
        record_places(
            row, self.full, self.place, c["community.balance"], c["community.debt"], c["community.handover"],
            c["community.meeting_held"], c["community.channel_open"], c["community.attention"],
            c["community.turnout_official"], c["community.turnout_personal"], c["community.elections"],
            c["community.items_done"], c["community.items_paper"], c["community.items_late"],
            c["community.items_refused"], c["community.items_renamed"],
            c["estate.community"], c["estate.households"], c["estate.effort"], c["estate.collection"],
            c["estate.decay"], c["person.community"], c["person.employed"], c["person.incumbents"],
        )  # fmt: skip
        if week % HOLD == 0 or self.weeks == 0:
            self._residents(row, c)
        else:
            row[:, at.TRUST : at.VOLUNTEERS + 1] = self.weekly[week - 1, :, at.TRUST : at.VOLUNTEERS + 1]
        self.weeks = week + 1

    def _residents(self, row: Array, c: Mapping[str, Array]) -> None:
        record_residents(
            row, self.place, c["resident.community"], c["resident.adult"], c["resident.trust"],
            c["resident.standing"], c["resident.efficacy"], c["resident.belonging"], c["resident.satisfaction"],
            c["resident.heat"], c["resident.volunteer"],
        )  # fmt: skip

    def mark(self, state: State) -> None:
        """Keep the totals as they stand when the reform begins; call before the first week under the reform."""
        self.marks = {name: state[name].copy() for name in MARKED}
        self.marks["week"] = np.array(self.weeks)

    def series(self, state: State) -> dict[str, Array]:
        """Weekly series by name over all communities in full: sums, or means weighted by adults."""
        data = self.weekly[: self.weeks]
        adults = state["community.adults"][self.full].astype(float)
        weight = adults / adults.sum() if adults.sum() > 0 else np.full(len(adults), 1.0 / max(len(adults), 1))
        total = np.ascontiguousarray(data.sum(axis=1).T)
        found: dict[str, Array] = {}
        for j, name in enumerate(FIELDS):
            values = data[:, :, j] @ weight if name in MEANS else total[j]
            found[name] = np.diff(values, prepend=values[:1]) if name in CUMULATIVE else values
        found["mean_days_open"] = np.divide(
            found["days_open"], found["open_cases"], out=np.zeros(self.weeks), where=found["open_cases"] > 0
        )
        found.update(case_series(state, self.weeks, self.place))
        return found

    def copy(self) -> Recorder:
        """An independent copy, for a fork."""
        return Recorder.from_arrays({name: values.copy() for name, values in self.arrays().items()})

    def arrays(self) -> dict[str, Array]:
        """Everything the recorder holds, for storing; `from_arrays` rebuilds it bit for bit."""
        held = {
            "full": self.full,
            "place": self.place,
            "weekly": self.weekly,
            "before": self._before,
            "settled": self._settled,
            "hidden": self._hidden,
            "counts": np.array([self.weeks, self._n_before, self._seen], dtype=np.int64),
        }
        return held | {f"mark:{name}": values for name, values in self.marks.items()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> Recorder:
        """The recorder that `arrays` described."""
        made = cls.__new__(cls)
        made.full, made.place, made.weekly = arrays["full"], arrays["place"], arrays["weekly"]
        made._before, made._settled, made._hidden = arrays["before"], arrays["settled"], arrays["hidden"]
        made.weeks, made._n_before, made._seen = (int(n) for n in arrays["counts"])
        made.marks = {k.removeprefix("mark:"): v for k, v in arrays.items() if k.startswith("mark:")}
        return made

    def extend(self, weeks: int) -> None:
        """Make room for at least `weeks` weeks in all."""
        if weeks > len(self.weekly):
            room = np.zeros((weeks, *self.weekly.shape[1:]))
            room[: len(self.weekly)] = self.weekly
            self.weekly = room


def case_series(state: State, weeks: int, place: Array) -> dict[str, Array]:
    """Weekly counts that the dates in the case table tell."""
    used = state.used("case")
    here = place[state["case.community"][:used]] >= 0
    truth = state["case.truth"][:used]

    def count(column: str, mask: Array) -> Array:
        times = state[column][:used]
        chosen = times[mask & (times >= 0.0)]
        week = np.minimum((chosen / DAYS).astype(np.int64), max(weeks - 1, 0))
        return np.bincount(week, minlength=weeks)[:weeks].astype(float)

    solved = here & (truth > Truth.OPEN) & (truth < Truth.LAPSED)
    found = {name: count(f"case.{name}", here) for name in ("felt", "spoken", "received", "closed")}
    early = ~solved | (state["case.solved"][:used] > state["case.closed"][:used] + SAME)
    found["closed_unsolved"] = count("case.closed", here & early)
    found["solved"] = count("case.solved", solved)
    for t in Truth:
        if Truth.OPEN < t < Truth.LAPSED:
            found[f"solved_{t.name.lower()}"] = count("case.solved", solved & (truth == t))
    return found
