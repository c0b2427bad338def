"""The community supervisory board: how many files it samples and whether it publishes what it finds (A18)."""

from dataclasses import dataclass

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.model.bodies.base import Decided, Observed, bounded, known, slots
from sim.vocabulary.codes import Body, Pay
from sim.vocabulary.params import Param

PARAMS = {
    "sample_base": Param(0.7, "share", 0.2, 1.0, "assumption", "share of hours spent on files when nothing was found"),
    "sample_gain": Param(0.3, "share", 0.0, 0.5, "assumption", "more after findings"),
    "publish_base": Param(0.9, "probability", 0.3, 1.0, "assumption", "a member without other posts publishes a gap"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What the supervisory board knows."""

    members: float = known("persons", "members")
    hours: float = known("h/week", "members' hours")
    doubles: float = known("share", "members who hold another post")
    published: float = known("gaps", "smoothed gaps published lately")


@dataclass(frozen=True)
class Decision(Decided):
    """What the supervisory board decides."""

    sample: float = bounded(0.0, 1.0, "share", "share of its hours spent on looking into closed files")
    publish: float = bounded(0.0, 1.0, "probability", "that a member with no other post publishes a gap it finds")


Obs, Dec = slots(Observation), slots(Decision)


@kernel
def rule(obs, dec, p):
    """Default rule: sample, more after findings; publish unless the member's own post stands against it."""
    dec[Dec.SAMPLE] = min(1.0, p.sample_base + p.sample_gain * min(1.0, obs[Obs.PUBLISHED]))
    dec[Dec.PUBLISH] = p.publish_base


@mechanism
def perceive(community, body):
    """The board sees itself and what it has published."""
    for b in range(len(body.type)):
        if body.type[b] == Body.BOARD and body.alive[b] == 1:
            obs = body.obs[b]
            obs[Obs.MEMBERS] = body.members[b]
            obs[Obs.HOURS] = body.capacity[b, Pay.BOARD]
            obs[Obs.DOUBLES] = body.crossed_members[b]
            obs[Obs.PUBLISHED] = community.published[body.community[b]]


@mechanism
def decide(p, body):
    """Boards decide."""
    for b in range(len(body.type)):
        if body.type[b] == Body.BOARD and body.alive[b] == 1:
            rule(body.obs[b], body.dec[b], p)
