"""Drag a pack in any engine and read the outcomes of its run.

The engine knows rigid bodies and one coefficient of friction. Everything else of the scene is done
from here before each step: the pull as a force at its hold, and the coefficient that the scene's
law has at the pack's present speed (static below `Pack.slowest`). A belt is seen from the belt:
the pack starts against its direction, and the room's numbers are got back by adding it. Before the
start the pack settles on the floor for SETTLE s under the part of gravity that presses it on.

A pack "moves" when the middle of its base has slid faster than `Pack.slowest`, because every
engine lets a resting pack creep. Touches nothing but its arguments.

Sources: definitions of the outcomes as in the scene format of this repository; statics.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from pack_scene import Pack

UNITS: dict[str, str] = {
    "moves": "1", "slip-time": "s", "tips": "1", "distance": "m", "final-velocity-x": "m/s",
    "final-velocity-y": "m/s", "stop-time": "s", "peak-pull": "N", "mean-pull": "N", "stick-slip": "1",
    "stick-slip-period": "s", "slip-per-cycle": "m",
}
STILL = 0.25    # s at rest with nothing more to come, after which the run ends
SETTLE = 0.5    # s
FEW = 5         # steps over which a deceleration is taken


Vector = tuple[float, float, float]


@dataclass(frozen=True)
class State:
    """Of the pack, floor axes. Plain tuples: a step needs some twenty small products."""

    centre: Vector                  # of mass, m
    rotation: tuple[float, ...]     # 9, by rows, body to floor
    velocity: Vector                # of the centre of mass, m/s
    spin: Vector                    # rad/s


class PackEngine(Protocol):
    """A pack that has settled on a floor at rest, in an engine; then given its start and all of gravity."""

    timestep: float

    def state(self) -> State: ...

    def step(self, force: Vector, torque: Vector, friction: float) -> None:
        """One step with a force (N) at the centre of mass and a torque (N.m)."""

    def close(self) -> None: ...


def cross(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def turned(rotation: tuple[float, ...], v: Vector) -> Vector:
    r = rotation
    return (r[0] * v[0] + r[1] * v[1] + r[2] * v[2], r[3] * v[0] + r[4] * v[1] + r[5] * v[2],
            r[6] * v[0] + r[7] * v[1] + r[8] * v[2])


class Drag:
    """One run: what acts on the pack, and what has been seen so far."""

    def __init__(self, pack: Pack) -> None:
        self.pack, self.pull = pack, pack.pull
        self.hold: Vector = tuple(float(part) for part in pack.hold)
        self.heading: Vector = tuple(float(part) for part in pack.pull.heading)
        self.direction: Vector = tuple(float(part) for part in pack.pull.direction)
        self.hand: Vector = tuple(
            pack.start[k] + self.hold[k] + pack.pull.length * self.direction[k] for k in range(3))
        half, centre, size = 0.5 * pack.size[2], pack.centre, math.hypot(*pack.gravity)
        self.base: Vector = (-centre[0], -centre[1], -half - centre[2])
        self.down: Vector = tuple(part / size for part in pack.gravity)
        self.speeds: list[float] = []                      # of the middle of the base on the floor, m/s
        self.slips: list[tuple[float, Vector]] = []        # instants and places where sliding begins
        self.pulls: list[float] = []                       # N
        self.lever = math.inf                              # smallest arm of gravity, m
        self.sliding = False

    def force(self, state: State, arm: Vector, instant: float) -> Vector:
        """The pull, N."""
        pull = self.pull
        if pull.kind == "force" and pull.begins <= instant < pull.ends:
            return tuple(pull.magnitude * part for part in self.direction)
        if pull.kind != "strap":
            return (0.0, 0.0, 0.0)
        way = pull.speed * instant
        apart = tuple(self.hand[k] + way * self.heading[k] - state.centre[k] - arm[k] for k in range(3))
        length = math.hypot(*apart)
        stretch = length - pull.length - pull.slack
        if stretch <= 0.0:
            return (0.0, 0.0, 0.0)
        turn = cross(state.spin, arm)
        rate = sum(apart[k] * (pull.speed * self.heading[k] - state.velocity[k] - turn[k])
                   for k in range(3)) / length
        tension = max(0.0, pull.stiffness * stretch + pull.damping * rate)
        return tuple(tension / length * part for part in apart)

    def note(self, state: State, instant: float) -> float:
        """Takes a state down; gives the sliding speed."""
        turn = cross(state.spin, turned(state.rotation, self.base))
        speed = math.hypot(state.velocity[0] + turn[0], state.velocity[1] + turn[1])
        self.speeds.append(speed)
        self.lever = min(self.lever, self.arm_of_gravity(state.rotation))
        if not self.sliding and speed > self.pack.slowest:
            self.sliding = True
            self.slips.append((instant, state.centre))
        elif self.sliding and speed < 0.5 * self.pack.slowest:
            self.sliding = False
        return speed

    def arm_of_gravity(self, r: tuple[float, ...]) -> float:
        """Smallest arm about the edges of the base; negative beyond an edge."""
        d = self.down
        down = [r[k] * d[0] + r[3 + k] * d[1] + r[6 + k] * d[2] for k in range(3)]
        height, arms = -self.base[2], []
        for k in (0, 1):
            half, offset = 0.5 * self.pack.size[k], self.pack.centre[k]
            arms.append(min((half - offset) * -down[2] - height * down[k],
                            (half + offset) * -down[2] + height * down[k]))
        return min(arms)

    def is_over(self, instant: float) -> bool:
        """Whether a pack at rest stays there."""
        pull = self.pull
        if pull.kind == "strap" or instant < pull.begins:
            return False
        return not (pull.kind == "force" and math.isfinite(pull.ends) and instant < pull.ends)


def run(engine: PackEngine, pack: Pack) -> dict[str, float]:
    """Outcomes in SI; NaN where the run does not show one. Events are 1 or 0."""
    drag, still, step = Drag(pack), 0, engine.timestep
    instant = 0.0
    for count in range(max(1, round(pack.duration / step))):
        state, instant = engine.state(), count * step
        speed = drag.note(state, instant)
        arm = turned(state.rotation, drag.hold)
        force = drag.force(state, arm, instant)
        drag.pulls.append(math.hypot(*force))
        resting = speed < 0.1 * pack.slowest and math.hypot(*state.spin) < pack.slowest
        still = still + 1 if resting else 0
        if still * step > STILL and drag.is_over(instant):
            break
        engine.step(force, cross(arm, force), pack.friction.at(speed, pack.slowest))
        instant += step
    end = engine.state()
    drag.note(end, instant)
    engine.close()
    return outcomes(drag, end, instant, step)


def stop_time(drag: Drag, step: float) -> float:
    """Instant from which the pack is at rest: the last sliding speed, followed to 0."""
    speeds, slowest = drag.speeds, drag.pack.slowest
    last = next((k for k in range(len(speeds) - 1, -1, -1) if speeds[k] > slowest), -1)
    if last < 0 or last >= len(speeds) - 2:
        return math.nan
    # friction slows evenly: the deceleration of the last few steps, for a few steps more
    since = max(0, last - FEW)
    slowing = (speeds[since] - speeds[last]) / (last - since) if last > since else 0.0
    return step * (last + (min(speeds[last] / slowing, FEW) if slowing > 0.0 else 1.0))


def outcomes(drag: Drag, end: State, instant: float, step: float) -> dict[str, float]:
    result = dict.fromkeys(UNITS, math.nan)
    pack, pull = drag.pack, drag.pull
    belt = pull.speed if pull.kind == "belt" else 0.0
    stopped = stop_time(drag, step)
    # at rest on a belt the room's distance is that at the stop, not that of the ride
    ridden = belt * (instant if math.isnan(stopped) else stopped)
    result["distance"] = math.hypot(end.centre[0] - pack.start[0] + ridden, end.centre[1] - pack.start[1])
    result["final-velocity-x"], result["final-velocity-y"] = end.velocity[0] + belt, end.velocity[1]
    result["moves"] = float(bool(drag.slips) or drag.lever < 0.0)
    result["tips"] = float(drag.lever < 0.0)
    if drag.slips:
        result["slip-time"] = drag.slips[0][0]
    if pull.kind != "strap" or pull.speed == 0.0:
        result["stop-time"] = stopped
    taut = [value for value in drag.pulls if value > 0.0]
    if pull.kind in ("force", "strap") and taut:
        result["peak-pull"], result["mean-pull"] = max(taut), math.fsum(taut) / len(taut)
    result["stick-slip"] = float(len(drag.slips) >= 3)
    if len(drag.slips) >= 3:
        cycles = len(drag.slips) - 2
        (first, begin), (last, finish) = drag.slips[1], drag.slips[-1]
        result["stick-slip-period"] = (last - first) / cycles
        result["slip-per-cycle"] = math.hypot(finish[0] - begin[0], finish[1] - begin[1]) / cycles
    return result
