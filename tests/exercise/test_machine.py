"""Whatever is tried in whatever order: a refused act leaves no trace, and the log always tells the whole story."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sim.exercise import content, rules
from sim.exercise.machine import DEBRIEF, OPEN, PHASES, RESULTS, RUNNING, Session, fold
from sim.exercise.room import Room
from sim.exercise.rules import Refused
from sim.exercise.store import Store
from tests.exercise.classroom import small_card

STRUCTURE = {
    "seats": ["party", "committee", "station"], "heard": [], "convener": "party", "settles": "party",
    "deciding": "convener", "quorum": 0.5, "assigns": [["party", "committee"], ["street_office", "street_desk"]],
}  # fmt: skip


class StillRoom(Room):
    """A room whose engine answers at once with the key of what was played."""

    def outcome(self, session, group, rounds=None):
        seats = {
            role: {"seat": f"{kinds[0]}#1", "alive": True, "knows": {}, "did": {}}
            for role, (kinds, _) in self.roles(session).items()
        }
        return {"seats": seats, "structure": STRUCTURE}

    broken = False

    def job(self, session, key, function, *arguments, then=None, otherwise=None, slow=False):
        if self.broken and otherwise:
            otherwise()
        elif then:
            then({"digest": key})


def told(session: Session) -> dict:
    story = asdict(session)
    del story["version"]
    return story


class Rounds(RuleBasedStateMachine):
    """The teacher and six roles do what they like."""

    ROLES = ("street_office", "party", "committee", "firm", "rep_1", "observer")

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "x.db")
        self.room = StillRoom(self.store)

    def teardown(self):
        self.store.close()
        self.folder.cleanup()

    @initialize(plan=st.sampled_from(["trial", "minutes_90"]), sensitive=st.booleans())
    def begin(self, plan, sensitive):
        self.session = self.room.open(small_card(), plan, sensitive=sensitive)
        for role in self.ROLES:
            player, _ = self.room.join(self.session, role, "zh")
            self.room.assign(self.session, player, "g1", role)

    @property
    def group(self):
        return self.session.groups["g1"]

    def attempt(self, act):
        """Do something; when it is refused nothing may have been written."""
        before, story = len(self.store.events(self.session.sid)), told(self.session)
        try:
            act()
        except Refused:
            assert len(self.store.events(self.session.sid)) == before
            assert told(self.session) == story

    @rule()
    def advance(self):
        self.attempt(lambda: self.room.advance(self.session, self.group))

    @rule(role=st.sampled_from(ROLES), lever=st.sampled_from(["share_above", "inspect", "cases", "effort", "pass_up"]),
          value=st.sampled_from([0.0, 0.3, 0.7, 1.0, 1.5, -0.1, 0.33]))  # fmt: skip
    def decide(self, role, lever, value):
        def act():
            rules.check_deciding(self.group)
            levers = rules.check_levers(self.session, role, {lever: value})
            self.room.write(self.session, "decided", group="g1", role=role, by="p", levers=levers)

        self.attempt(act)

    @rule(by=st.sampled_from(ROLES), measure=st.sampled_from(["patches", "polycentric", "nothing", ""]),
          what=st.sampled_from([("committee", "outreach"), ("firm", "effort"), ("committee", "pass_up")]))  # fmt: skip
    def propose(self, by, measure, what):
        def act():
            data = rules.check_proposal(self.session, self.group, by, measure, *what, 0.5, "")
            self.room.write(self.session, "proposed", group="g1", **data)

        self.attempt(act)

    @rule(by=st.sampled_from(ROLES), yes=st.booleans())
    def vote(self, by, yes):
        if self.group.phase == "negotiate" and self.group.proposals:
            self.room.write(self.session, "voted", group="g1", by=by, number=1, yes=yes)

    @rule(broken=st.booleans())
    def engine(self, broken):
        self.room.broken = broken

    @rule()
    def undo(self):
        self.attempt(lambda: self.room.undo(self.session, self.group))

    @rule(rounds=st.integers(-1, 3))
    def fork(self, rounds):
        self.attempt(lambda: self.room.fork(self.session, self.group, rounds))

    @rule(kind=st.sampled_from(["paused", "resumed"]))
    def timer(self, kind):
        self.room.write(self.session, kind, group="g1")

    @rule()
    def extend(self):
        self.room.write(self.session, "extended", group="g1", seconds=60.0)

    @invariant()
    def the_log_tells_all(self):
        if hasattr(self, "session"):
            assert told(fold(self.session.sid, self.store.events(self.session.sid))) == told(self.session)

    @invariant()
    def rounds_are_in_order(self):
        for group in self.session.groups.values() if hasattr(self, "session") else ():
            assert group.phase in PHASES
            assert len(group.history) <= len(group.plan)
            assert group.phase != DEBRIEF or group.finished or group.origin
            assert group.phase not in (RESULTS, RUNNING) or group.history
            assert all(p.digest for p in group.history[: -1 if group.phase == RUNNING else None])
            assert not (group.submitted and group.phase not in (*OPEN, RESULTS, DEBRIEF))

    @invariant()
    def nobody_decides_what_is_not_theirs(self):
        for group in self.session.groups.values() if hasattr(self, "session") else ():
            for past in group.history:
                for role, levers in past.decisions.items():
                    known = rules.levers(self.session, role)
                    assert all(n in known and known[n].takes(v) for n, v in levers.items())
                firm = past.round.seats.get("firm#1", {})
                bound = any(m.role == "firm" and m.number in past.adopted for m in past.proposals)
                assert not firm or "firm" in past.decisions or bound
                for m in past.proposals:
                    if m.number in past.adopted and m.role == "firm":
                        assert m.votes.get("firm") is True


TestRounds = Rounds.TestCase
TestRounds.settings = settings(
    max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize(("deciding", "votes", "passed"), [
    ("convener", {"party": True, "committee": False}, True), ("convener", {"committee": True, "station": True}, False),
    ("majority", {"party": True, "committee": False, "station": True}, True),
    ("majority", {"party": True, "committee": False}, False), ("majority", {"party": True}, False),
    ("consensus", {"party": True, "committee": True}, False),
    ("consensus", {"party": True, "committee": True, "station": True}, True),
    ("bilateral", {"party": True, "committee": False, "station": True}, True),
    ("bilateral", {"party": True, "committee": False}, False),
])  # fmt: skip
def test_votes_count_as_the_structure_says(deciding, votes, passed):
    from sim.exercise.machine import Proposal

    motion = Proposal(1, "party", measure="desks_pooled", votes=votes)
    structure = {**STRUCTURE, "deciding": deciding}
    assert rules.passes(structure, motion, {"party", "committee", "station"}) is passed


def test_a_measure_needs_the_yes_of_whose_power_it_is():
    from sim.exercise.machine import Proposal

    played = {"party", "committee", "station", "street_office"}
    motion = Proposal(1, "party", measure="desks_pooled", votes={"party": True, "committee": True})
    assert not rules.passes(STRUCTURE, motion, played)
    motion.votes["street_office"] = True
    assert rules.passes(STRUCTURE, motion, played)


def test_the_party_may_set_hours_where_the_structure_lets_it():
    from sim.exercise.machine import Proposal

    played = {"party", "committee"}
    set_hours = Proposal(1, "party", role="committee", lever="share_above", value=0.2, votes={"party": True})
    visits = Proposal(1, "party", role="committee", lever="outreach", value=0.2, votes={"party": True})
    assert rules.passes(STRUCTURE, set_hours, played) and not rules.passes(STRUCTURE, visits, played)


def test_same_hours_are_not_spent_twice():
    session = Session("x", card=small_card())
    assert rules.check_levers(session, "street_office", {"inspect": 0.5, "cases": 0.5})
    with pytest.raises(Refused, match="same_hours"):
        rules.check_hours(session, "street_office", {"inspect": 0.6, "cases": 0.5})
    with pytest.raises(Refused, match="no_power"):
        rules.check_levers(session, "committee", {"pass_up": 0.5})
    session.sensitive = True
    assert rules.check_levers(session, "committee", {"pass_up": 0.5})


def test_theoretical_controls_are_off_unless_opened():
    session = Session("x", card=small_card())
    assert "polycentric" not in rules.measures(session)
    session.controls = True
    assert "polycentric" in rules.measures(session) and content.measures()["polycentric"].control
