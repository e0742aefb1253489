"""Drag a pack in any engine and read the outcomes of its run.

The engine knows rigid bodies and one coefficient of friction. Everything else of the scene is done
from here before each step: the pull as a force at its hold, and the coefficient that the scene's
law has at the pack's present speed (static below `slowest`). A belt is seen from the belt:
the pack starts against its direction, and the room's numbers are got back by adding it. Before the
start the pack settles on the floor for SETTLE s under the part of gravity that presses it on.

A pack "moves" when the face or edge it stands on has slid faster than `slowest`, because every
engine lets a resting pack creep. Heat is what the balance of energy leaves: it holds the losses of
impacts too, if the pack falls over. Touches nothing but its arguments.

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
    "stick-slip-period": "s", "slip-per-cycle": "m", "work": "J", "heat": "J",
}
STILL = 0.25    # s at rest with nothing more to come, after which the run ends
SETTLE = 0.5    # s
FEW = 5         # steps over which a deceleration is taken
FLAT = 1e-2     # sine of the tilt up to which a face counts as flat on the floor


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
    creep: float      # m/s: slower than this is rest, which no engine holds quite still

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

    def __init__(self, pack: Pack, slowest: float) -> None:
        self.pack, self.pull, self.slowest = pack, pack.pull, slowest
        self.hold: Vector = tuple(float(part) for part in pack.hold)
        self.heading: Vector = tuple(float(part) for part in pack.pull.heading)
        self.direction: Vector = tuple(float(part) for part in pack.pull.direction)
        self.hand: Vector = tuple(
            pack.start[k] + self.hold[k] + pack.pull.length * self.direction[k] for k in range(3))
        half, centre, size = 0.5 * pack.size[2], pack.centre, math.hypot(*pack.gravity)
        self.middle: Vector = tuple(-part for part in centre)    # of the box, from the centre of mass
        self.halves: Vector = tuple(0.5 * edge for edge in pack.size)
        self.base_height = half + centre[2]
        self.down: Vector = tuple(part / size for part in pack.gravity)
        self.speeds: list[float] = []                      # of what touches the floor, m/s
        self.slips: list[tuple[float, Vector]] = []        # instants and places where sliding begins
        self.pulls: list[float] = []                       # N
        self.lever = math.inf                              # smallest arm of gravity, m
        self.work_on_pack = self.work_of_hand = 0.0        # J, of the pull at its hold and at the hand
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

    def energy(self, state: State, room: float = 0.0) -> float:
        """Kinetic and potential, J, seen from a frame that moves with -room (m/s) along the floor."""
        r, spin, pack = state.rotation, state.spin, self.pack
        turning = (r[k] * spin[0] + r[3 + k] * spin[1] + r[6 + k] * spin[2] for k in range(3))
        velocity = (state.velocity[0] + room, *state.velocity[1:])
        return (0.5 * pack.mass * sum(part * part for part in velocity)
                + 0.5 * sum(inertia * part * part for inertia, part in zip(pack.inertia, turning))
                - pack.mass * sum(g * x for g, x in zip(pack.gravity, state.centre)))

    def book(self, force: Vector, before: Vector, after: Vector, step: float) -> None:
        """Work of a force that was held for a step, while its hold went from one place to the other."""
        self.work_on_pack += sum(force[k] * (after[k] - before[k]) for k in range(3))
        self.work_of_hand += self.pull.speed * step * sum(force[k] * self.heading[k] for k in range(3))

    def note(self, state: State, instant: float) -> float:
        """Takes a state down; gives the sliding speed."""
        turn = cross(state.spin, turned(state.rotation, self.touching(state.rotation)))
        speed = math.hypot(state.velocity[0] + turn[0], state.velocity[1] + turn[1])
        self.speeds.append(speed)
        self.lever = min(self.lever, self.arm_of_gravity(state.rotation))
        if not self.sliding and speed > self.slowest:
            self.sliding = True
            self.slips.append((instant, state.centre))
        elif self.sliding and speed < 0.5 * self.slowest:
            self.sliding = False
        return speed

    def touching(self, r: tuple[float, ...]) -> Vector:
        """Middle of the face, edge or corner that the pack stands on, from the centre of mass, body axes."""
        return tuple(self.middle[k] - (math.copysign(self.halves[k], r[6 + k]) if abs(r[6 + k]) > FLAT else 0.0)
                     for k in range(3))

    def arm_of_gravity(self, r: tuple[float, ...]) -> float:
        """Smallest arm about the edges of the base; negative beyond an edge."""
        d = self.down
        down = [r[k] * d[0] + r[3 + k] * d[1] + r[6 + k] * d[2] for k in range(3)]
        height, arms = self.base_height, []
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
    slowest = pack.slowest(engine.creep)
    drag, still, step = Drag(pack, slowest), 0, engine.timestep
    instant, begin = 0.0, engine.state()
    pulled: tuple[Vector, Vector] | None = None    # force of the last step and where its hold was
    for count in range(max(1, round(pack.duration / step))):
        state, instant = engine.state(), count * step
        speed = drag.note(state, instant)
        arm = turned(state.rotation, drag.hold)
        hold: Vector = tuple(state.centre[k] + arm[k] for k in range(3))
        if pulled:
            drag.book(*pulled, hold, step)
        force = drag.force(state, arm, instant)
        drag.pulls.append(math.hypot(*force))
        resting = speed < 0.1 * slowest and math.hypot(*state.spin) < slowest
        still = still + 1 if resting else 0
        pulled = (force, hold)
        if still * step > STILL and drag.is_over(instant):
            pulled = None
            break
        engine.step(force, cross(arm, force), pack.friction.at(speed, slowest))
        instant += step
    end = engine.state()
    drag.note(end, instant)
    if pulled:
        arm = turned(end.rotation, drag.hold)
        drag.book(*pulled, tuple(end.centre[k] + arm[k] for k in range(3)), step)
    engine.close()
    return outcomes(drag, begin, end, instant, step)


def stop_time(drag: Drag, step: float) -> float:
    """Instant from which the pack is at rest: the last sliding speed, followed to 0."""
    speeds, slowest = drag.speeds, drag.slowest
    last = next((k for k in range(len(speeds) - 1, -1, -1) if speeds[k] > slowest), -1)
    if last < 0 or last >= len(speeds) - 2:
        return math.nan
    # friction slows evenly: the deceleration of the last few steps, for a few steps more
    since = max(0, last - FEW)
    slowing = (speeds[since] - speeds[last]) / (last - since) if last > since else 0.0
    return step * (last + (min(speeds[last] / slowing, FEW) if slowing > 0.0 else 1.0))


def outcomes(drag: Drag, begin: State, end: State, instant: float, step: float) -> dict[str, float]:
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
    result["heat"] = drag.work_on_pack + drag.energy(begin) - drag.energy(end)
    gained = drag.energy(end, belt) - drag.energy(begin, belt)
    works = {"force": drag.work_on_pack, "strap": drag.work_of_hand, "belt": result["heat"] + gained}
    result["work"] = works.get(pull.kind, math.nan)
    result["stick-slip"] = float(len(drag.slips) >= 3)
    if len(drag.slips) >= 3:
        cycles = len(drag.slips) - 2
        (first, begin), (last, finish) = drag.slips[1], drag.slips[-1]
        result["stick-slip-period"] = (last - first) / cycles
        result["slip-per-cycle"] = math.hypot(finish[0] - begin[0], finish[1] - begin[1]) / cycles
    return result
