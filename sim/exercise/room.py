"""The room: sessions in memory, every act checked, written down, applied and told to those who wait.

All of it runs in one thread, so that acts come one after the other. The engine runs in a process of its own.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import multiprocessing
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from sim.exercise import content, engine, rules
from sim.exercise.engine import Play
from sim.exercise.machine import (
    BRIEF,
    DEBRIEF,
    DECIDE,
    NEGOTIATE,
    RESULTS,
    RUNNING,
    TIMED,
    Group,
    Session,
    apply,
    fold,
    outside,
)
from sim.exercise.rules import Refused
from sim.exercise.security import TOKEN_SECONDS, hashed, new_code, new_token
from sim.exercise.store import Store

LOG = logging.getLogger(__name__)
MOST_MEMO = 64
TICK = 0.5  # seconds between looks at the timers


class Room:
    """All sessions of one running program."""

    def __init__(self, store: Store, executor: Executor | None = None, own: Path | None = None) -> None:
        self.store = store
        self.own = own
        self.sessions: dict[str, Session] = {sid: fold(sid, store.events(sid)) for sid in store.sessions()}
        self.waiting: dict[str, set[asyncio.Event]] = {}
        self.seen: dict[tuple[str, str], float] = {}
        self._memo: OrderedDict[tuple[str, str], Any] = OrderedDict()
        self._given = executor
        self._made: dict[bool, Executor] = {}
        self._jobs: dict[str, asyncio.Task[Any]] = {}
        self._clock: asyncio.Task[None] | None = None
        self._warming: asyncio.Task[None] | None = None
        store.drop_tokens(TOKEN_SECONDS)

    # --- life

    async def start(self) -> None:
        """Take up what was under way when the program ended, and look at the timers."""
        self._clock = asyncio.create_task(self._tick())
        if not self._given:
            self._warming = asyncio.create_task(self.compute(engine.warm))
        for session in self.sessions.values():
            for group in session.groups.values():
                self._opening(session, group)
                if group.phase == RUNNING:
                    self._run(session, group)

    async def stop(self) -> None:
        for timer in (self._clock, self._warming):
            if timer:
                timer.cancel()
        for task in [*self._jobs.values()]:
            task.cancel()
        for made in self._made.values():
            made.shutdown(wait=False, cancel_futures=True)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            now = time.time()
            for session in list(self.sessions.values()):
                for group in list(session.groups.values()):
                    if group.phase in TIMED and group.ends is not None and now >= group.ends:
                        self.advance(session, group)

    # --- events

    def write(self, session: Session, kind: str, **data: Any) -> None:
        """Write an event down, then let it happen, then tell."""
        apply(session, self.store.append(session.sid, kind, data))
        self.tell(session.sid)

    def moved(self, sid: str) -> None:
        """Something that pages show has changed without an event: an outcome is there."""
        if sid in self.sessions:
            self.sessions[sid].version += 1
        self.tell(sid)

    def tell(self, sid: str) -> None:
        for event in self.waiting.get(sid, ()):
            event.set()

    def session(self, sid: str) -> Session:
        if sid not in self.sessions:
            raise Refused("no_session", 404)
        return self.sessions[sid]

    # --- opening a class and coming in

    def open(
        self, card: str, plan: str, *, groups: int = 1, seed: int | None = None, sensitive: bool = False,
        controls: bool = False, choose: bool = True, alone: bool = False, words: tuple[str, ...] = (), title: str = "",
    ) -> Session:  # fmt: skip
        """A new class from a card (its YAML text); raises ScenarioError or Refused when something does not fit."""
        made = content.read_card(card, "the scenario")
        if plan not in content.plans():
            raise Refused("no_plan", 422)
        if not 1 <= groups <= rules.MOST_GROUPS:
            raise Refused("bad_value", 422)
        sid = secrets.token_hex(6)
        session = self.sessions[sid] = Session(sid)
        taken = {s.code for s in self.sessions.values()}
        code = next(c for c in iter(new_code, None) if c not in taken)
        self.write(
            session, "opened", card=card, plan=plan, code=code, seed=made.seed if seed is None else seed,
            words=[*made.setting, *words], sensitive=sensitive, controls=controls, choose=choose, alone=alone,
            title=title[: rules.LONGEST_TEXT],
        )  # fmt: skip
        for number in range(1, groups + 1):
            self.add_group(session, str(number))
        return session

    def card_text(self, name: str) -> str:
        """The text of a scenario by name; raises ScenarioError when there is none."""
        return content.card_text(name, self.own)

    def add_group(self, session: Session, name: str) -> Group:
        plan = content.plans()[session.plan]
        rounds = [plan.rehearsal, *plan.rounds] if plan.rehearsal else list(plan.rounds)
        gid = f"g{len(session.groups) + 1}"
        self.write(session, "group", group=gid, name=name, plan=rounds, rehearsal=plan.rehearsal > 0)
        self._opening(session, session.groups[gid])
        return session.groups[gid]

    def by_code(self, code: str) -> Session | None:
        wanted = code.strip().upper()
        return next((s for s in self.sessions.values() if s.code and s.code == wanted), None)

    def join(self, session: Session, alias: str, lang: str) -> tuple[str, str]:
        """A new player; returns player id and token."""
        alias = " ".join(alias.split())
        if not 1 <= len(alias) <= rules.LONGEST_ALIAS or not alias.isprintable():
            raise Refused("bad_alias", 422)
        if sum(1 for p in session.players.values() if not p.gone) >= rules.MOST_PLAYERS:
            raise Refused("class_full")
        if alias in {p.alias for p in session.players.values()}:
            raise Refused("alias_taken")
        player = f"p{len(session.players) + 1}"
        self.write(session, "joined", player=player, alias=alias, lang=lang)
        if alias in session.roster:
            gid, role = session.roster[alias]
            self.write(session, "assigned", player=player, group=gid, role=role)
        elif len(session.groups) == 1 and session.choose:
            self.write(session, "assigned", player=player, group=next(iter(session.groups)), role="")
        return player, self.new_token(session.sid, player)

    def new_token(self, sid: str, player: str) -> str:
        token = new_token()
        self.store.add_token(hashed(token), sid, player)
        return token

    def assign(self, session: Session, player: str, gid: str, role: str) -> None:
        rules.check_group(session, gid)
        if player not in session.players:
            raise Refused("no_player", 404)
        if role:
            rules.check_role(session, role)
        self.write(session, "assigned", player=player, group=gid, role=role)

    def assign_at_random(self, session: Session) -> None:
        """Everybody without a role gets one: empty roles first, in every group alike."""
        order = content.card_of(session).roles
        free = [p for p, one in session.players.items() if not one.role and not one.gone]
        secrets.SystemRandom().shuffle(free)
        for player in free:
            gid = min(session.groups, key=lambda g: sum(map(len, session.holders(g).values())))
            held = session.holders(gid)
            playing = [r for r in order if r != content.OBSERVER]
            role = min(playing, key=lambda r: (len(held.get(r, ())), order.index(r)))
            self.write(session, "assigned", player=player, group=gid, role=role)

    # --- rounds

    def seconds(self, session: Session, phase: str) -> float:
        minutes = content.plans()[session.plan].minutes
        return 60.0 * float(getattr(minutes, phase, 0.0))

    def advance(self, session: Session, group: Group) -> None:
        """Go on to the next phase; from the negotiation the round is locked and the engine runs."""
        phase = rules.following(group)
        if phase == RUNNING:
            self.lock(session, group)
        else:
            seconds = self.seconds(session, phase) if phase in TIMED else 0.0
            self.write(session, "phase", group=group.gid, phase=phase, seconds=seconds)

    def lock(self, session: Session, group: Group) -> None:
        if group.phase not in (BRIEF, DECIDE, NEGOTIATE):
            raise Refused("not_now")
        now = self.outcome(session, group)
        if now is None:
            self._opening(session, group)
            raise Refused("engine_busy", 503)
        self.write(
            session, "locked", group=group.gid, **rules.close_round(session, group, now)
        )
        self._run(session, group)

    def undo(self, session: Session, group: Group) -> None:
        rules.check_undo(group)
        self.write(session, "undone", group=group.gid)

    def fork(self, session: Session, group: Group, rounds: int) -> Group:
        """A what-if from a past round, as a group of its own."""
        if not 0 <= rounds <= len(group.history) or group.phase == RUNNING or group.rehearsal:
            raise Refused("not_now")
        if len(session.groups) >= rules.MOST_GROUPS:
            raise Refused("too_many_groups")
        gid = f"g{len(session.groups) + 1}"
        name = f"{group.name}.{sum(1 for g in session.groups.values() if g.origin == group.gid) + 1}"
        self.write(session, "forked", group=gid, name=name, rounds=rounds, **{"from": group.gid})
        self._opening(session, session.groups[gid])
        return session.groups[gid]

    async def inject(self, session: Session, group: Group, shock: str) -> None:
        """Let something happen from outside in the coming round."""
        if shock not in content.card_of(session).shocks:
            raise Refused("no_shock", 422)
        if group.phase in (RUNNING, RESULTS, DEBRIEF):
            raise Refused("not_now")
        events = list(await self.compute(engine.shock_events, shock))
        if group.phase in (RUNNING, RESULTS, DEBRIEF):
            raise Refused("not_now")
        self.write(session, "injected", group=group.gid, shock=shock, events=events)

    # --- the engine

    def play(self, session: Session, group: Group, rounds: int | None = None) -> Play:
        played = group.rounds if rounds is None else group.rounds[:rounds]
        return Play(session.words, session.seed, played)

    def roles(self, session: Session) -> dict[str, tuple[list[str], int]]:
        known = content.roles()
        return {r: (known[r].seats, known[r].nth) for r in content.card_of(session).roles if known[r].seats}

    def outcome(self, session: Session, group: Group, rounds: int | None = None) -> dict[str, Any] | None:
        """What the engine said after so many rounds, None while it has not."""
        play = self.play(session, group, rounds)
        if group.phase == RUNNING and rounds is None:
            play = play.upto(len(play.rounds) - 1)
        return self.known(session.sid, play.key)

    def known(self, sid: str, key: str) -> dict[str, Any] | None:
        """An outcome that is there, None otherwise."""
        return _cached(self.store, sid, key)

    def _opening(self, session: Session, group: Group) -> None:
        """Have the engine say what the community is like before the first round."""
        for count in range(len(group.history) + (0 if group.phase == RUNNING else 1)):
            play = self.play(session, group, count)
            if self.known(session.sid, play.key) is None:
                self.job(session, play.key, engine.outcome, play, self.roles(session))

    def _run(self, session: Session, group: Group) -> None:
        play, gid = self.play(session, group), group.gid

        def done(found: Mapping[str, Any]) -> None:
            now = session.groups[gid]
            if now.phase == RUNNING and self.play(session, now).key == play.key:
                self.write(session, "ran", group=gid, digest=found["digest"], seconds=self.seconds(session, RESULTS))

        def failed() -> None:
            now = session.groups[gid]
            if now.phase == RUNNING and self.play(session, now).key == play.key:
                self.write(session, "failed", group=gid, injected=list(outside(now.history[-1])))

        self.job(session, play.key, engine.outcome, play, self.roles(session), then=done, otherwise=failed)

    def job(
        self,
        session: Session,
        key: str,
        function: Callable[..., Any],
        *arguments: Any,
        then: Callable[[Any], None] | None = None,
        otherwise: Callable[[], None] | None = None,
        slow: bool = False,
    ) -> None:
        """Have something computed elsewhere, keep it under its key, then tell. The same job is not begun twice.

        What is slow (baselines, replays, pictures) has a process of its own, so that no round waits for it.
        """
        sid = session.sid
        if f"{sid}:{key}" in self._jobs:
            return

        async def work() -> None:
            try:
                found = self.known(sid, key)
                if found is None:
                    found = await self.compute(function, *arguments, slow=slow)
                    if sid not in self.sessions:
                        return
                    self.store.keep(sid, key, found)
                if then:
                    then(found)
            except Exception:
                LOG.exception("class %s: the engine could not do what was asked", sid)
                if otherwise and sid in self.sessions:
                    otherwise()
            finally:
                self._jobs.pop(f"{sid}:{key}", None)
                self.moved(sid)

        self._jobs[f"{sid}:{key}"] = asyncio.create_task(work())

    async def compute(self, function: Callable[..., Any], *arguments: Any, slow: bool = False) -> Any:
        """Run a function in an engine's process; once more in a new process when the old one was lost."""
        for last in (False, True):
            try:
                return await asyncio.get_running_loop().run_in_executor(self.executor(slow), function, *arguments)
            except BrokenProcessPool:
                if last:
                    raise
                self._made.pop(slow, None)
        raise AssertionError("unreachable")

    def executor(self, slow: bool) -> Executor:
        if self._given:
            return self._given
        if slow not in self._made:
            spawn = multiprocessing.get_context("spawn")
            self._made[slow] = ProcessPoolExecutor(1, spawn, engine.follow)
        return self._made[slow]

    def once(self, sid: str, key: str, make: Callable[[], Any]) -> Any:
        """Something that follows from outcomes alone, worked out once for all who look at it."""
        if (sid, key) not in self._memo:
            self._memo[sid, key] = make()
            while len(self._memo) > MOST_MEMO:
                self._memo.popitem(last=False)
        return self._memo[sid, key]

    def busy(self, sid: str, key: str) -> bool:
        return f"{sid}:{key}" in self._jobs

    def delete(self, session: Session) -> None:
        """Forget a session and everything in it."""
        self.sessions.pop(session.sid, None)
        self.store.delete(session.sid)
        self._memo.clear()
        _found.cache_clear()
        self.tell(session.sid)


@functools.lru_cache(maxsize=128)
def _found(store: Store, sid: str, key: str) -> dict[str, Any]:
    found = store.kept(sid, key)
    if found is None:
        raise KeyError(key)  # an exception is not cached
    return found


def _cached(store: Store, sid: str, key: str) -> dict[str, Any] | None:
    try:
        return _found(store, sid, key)
    except KeyError:
        return None
