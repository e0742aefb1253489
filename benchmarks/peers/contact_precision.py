"""Measure accuracy against work for boxes in contact in MuJoCo, Bullet and Drake.

    python contact_precision.py > contact.csv

g = 9.80665 m/s^2; the box is a cube of 0.5 m and 2 kg with friction 0.5 unless said otherwise.

  slide                box with 5 m/s; stop-distance v^2/(2 mu g) = 2.549291 m
  incline              box on a slope of 0.999 atan(mu), 2 s; creep (exact 0, in edges of the box)
  stick-slip-static    BP08: 8 kg (0.3 x 0.3 x 0.1 m) behind a spring of 400 N/m whose end moves at
  stick-slip-kinetic   0.05 m/s, mu_s 0.5, mu_k 0.35; period 1.687802 s. The engines have one
  stick-slip           coefficient: mu_s, mu_k, or (last) switched by this script before each
                       step (mu_s below V/10, tuned MuJoCo V/50). Error-controlled Drake and Plumbline have both
  stack                10 boxes for 10 s: floor-force over weight (RMS error in the last second),
                       drift and sink of the worst box (exact 0, in edges)
  stack-speed-N        N boxes, 1 ms: settled 1 s, then steps a second
  pile                 100 boxes of 0.2 m and 1 kg, 25 uneven towers of 4, 1 ms: settled 5 s, then
                       steps a second, floor-force over weight (RMS), and largest speed
  heap                 the same boxes, turned and dropped from a looser lattice

Spring force: k (V (t + h/2) - x - v h/2), held for a step, set from Python, which the time
includes. Other times are stepping alone, the best of several for short runs. `dt_s` is the time
step, for `drake-continuous` the target accuracy of its error control. CSV:
engine,version,scene,outcome,dt_s,wall_s,value,exact,relative_error,cpu_s; for an exact 0 the error
is the value itself; for speeds `value` is steps over processor time, without an error.

Sources: elementary mechanics; BP08 of the reference cases (closed form of stick-slip).
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from worlds import Body, DrakeWorld, Setup, World, engines, weyl

GRAVITY = 9.80665
FRICTION, EDGE, MASS = 0.5, 0.5, 2.0
TIMESTEPS = (1e-2, 4e-3, 2e-3, 1e-3, 4e-4, 2e-4, 1e-4)
ACCURACIES = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6)       # levels of error-controlled Drake
LOOK = 1e-3                                       # s, its interval between looks
SPEED, STOP = 5.0, 25.0 / (2.0 * FRICTION * GRAVITY)
PACK = Body((0.3, 0.3, 0.1), 8.0, (0.0, 0.0, 0.05))
STIFFNESS, PULL, STATIC, KINETIC = 400.0, 0.05, 0.5, 0.35
BUDGET, REPEATS = 0.05, 3                         # of one timing: s and least number of runs
COLUMNS = ("engine", "version", "scene", "outcome", "dt_s", "wall_s", "value", "exact", "relative_error", "cpu_s")


@dataclass(frozen=True)
class Variant:
    """An engine with its settings: the world at a level (time step, or accuracy)."""

    name: str
    version: str
    build: Callable[[Setup, float], World]
    levels: tuple[float, ...]
    continuous: bool = False

    @property
    def hold(self) -> float:
        """Speed below which the static coefficient holds, over that of the spring's end."""
        return 0.02 if self.name == "mujoco-tuned" else 0.1   # the others creep too much for less

    def interval(self, level: float) -> float:
        return LOOK if self.continuous else level


@dataclass(frozen=True)
class Found:
    """One outcome of one run; `exact` None: a speed, without an error."""

    scene: str
    outcome: str
    value: float
    exact: float | None
    wall: float
    processor: float

    @property
    def error(self) -> float:
        if self.exact is None:
            return math.nan
        return self.value if self.exact == 0.0 else self.value / self.exact - 1.0


def variants() -> list[Variant]:
    found = []
    for engine in engines().values():
        for tuned in (False, True):
            found.append(Variant(
                engine.name + ("-tuned" if tuned else ""), engine.version,
                lambda setup, level, build=engine.build, tuned=tuned: build(setup, level, tuned), TIMESTEPS))
    if "drake" in engines():
        found.append(Variant("drake-continuous", engines()["drake"].version,
                             lambda setup, level: DrakeWorld(setup, LOOK, True, level), ACCURACIES, True))
    return found


def gravity(slope: float = 0.0) -> tuple[float, float, float]:
    return (GRAVITY * math.sin(slope), 0.0, -GRAVITY * math.cos(slope))


def timed(advance: Callable[[], None]) -> tuple[float, float]:
    """Wall and processor time of a call, s."""
    begin, started = time.perf_counter(), time.process_time()
    advance()
    return time.perf_counter() - begin, time.process_time() - started


def best(build: Callable[[], World], steps: int) -> tuple[float, float]:
    """Least wall and processor time of `steps` steps from the start."""
    wall = processor = math.inf
    spent, repeats = 0.0, 0
    while repeats < REPEATS or (spent < BUDGET and repeats < 50):
        world = build()
        took, used = timed(lambda: world.step(steps))
        world.close()
        wall, processor = min(wall, took), min(processor, used)
        spent, repeats = spent + took, repeats + 1
        if spent > 20.0:
            break
    return wall, processor


def slide(variant: Variant, level: float) -> Iterator[Found]:
    box = Body((EDGE,) * 3, MASS, (0.0, 0.0, 0.5 * EDGE), (SPEED, 0.0, 0.0))
    setup = Setup((box,), FRICTION, gravity())
    halt, interval = SPEED / (FRICTION * GRAVITY), variant.interval(level)
    world = variant.build(setup, level)
    world.step(round(1.5 * halt / interval))
    value = float(world.positions()[0, 0])
    world.close()
    times = best(lambda: variant.build(setup, level), math.ceil(1.05 * halt / interval))
    yield Found("slide", "stop-distance", value, STOP, *times)


def incline(variant: Variant, level: float) -> Iterator[Found]:
    box = Body((EDGE,) * 3, MASS, (0.0, 0.0, 0.5 * EDGE))
    setup = Setup((box,), FRICTION, gravity(0.999 * math.atan(FRICTION)))
    steps = round(2.0 / variant.interval(level))
    world = variant.build(setup, level)
    world.step(steps)
    value = float(np.linalg.norm(world.positions()[0, :2])) / EDGE
    world.close()
    yield Found("incline", "creep", value, 0.0, *best(lambda: variant.build(setup, level), steps))


def period(crossings: list[float]) -> float:
    """Mean interval between starts of slip after the first; NaN below three starts."""
    return (crossings[-1] - crossings[1]) / (len(crossings) - 2) if len(crossings) > 2 else math.nan


def pulled(world: World, interval: float, hold: float | None, seconds: float) -> list[float]:
    """Instants at which the pack's speed rises through half the speed of the spring's end."""
    crossings, armed, before = [], True, 0.0
    for step in range(round(seconds / interval)):
        position, speed = float(world.positions()[0, 0]), float(world.velocities()[0, 0])
        instant = step * interval
        if armed and speed > 0.5 * PULL:
            crossings.append(instant - interval * (speed - 0.5 * PULL) / (speed - before))
            armed = False
        armed = armed or speed < 0.25 * PULL
        before = speed
        if hold is not None:
            world.set_friction(STATIC if abs(speed) < hold * PULL else KINETIC)
        half = 0.5 * interval
        world.push(0, (STIFFNESS * (PULL * (instant + half) - position - speed * half), 0.0, 0.0))
        world.step(1)
    return crossings


def stick_slip(variant: Variant, level: float) -> Iterator[Found]:
    drop, frequency = (STATIC - KINETIC) * PACK.mass * GRAVITY / STIFFNESS, math.sqrt(STIFFNESS / PACK.mass)
    exact = 2.0 * drop / PULL + 2.0 / frequency * (math.pi - math.atan(drop * frequency / PULL))
    cases = (("-static", STATIC, None), ("-kinetic", KINETIC, None), ("", STATIC, KINETIC))
    for name, friction, kinetic in cases:
        if variant.continuous != (kinetic is not None) and variant.name.startswith("drake"):
            continue   # the discrete plant knows one coefficient, which cannot be changed in a run
        setup = Setup((PACK,), friction, gravity(), kinetic=kinetic if variant.continuous else None)
        world, interval = variant.build(setup, level), variant.interval(level)
        crossings: list[float] = []
        hold = variant.hold if kinetic is not None and not variant.continuous else None
        times = timed(lambda: crossings.extend(pulled(world, interval, hold, 10.0)))
        world.close()
        yield Found(f"stick-slip{name}", "period", period(crossings), exact, *times)


def tower(count: int) -> Setup:
    boxes = tuple(Body((EDGE,) * 3, MASS, (0.0, 0.0, EDGE * (k + 0.5))) for k in range(count))
    return Setup(boxes, FRICTION, gravity())


def weight_error(world: World, weight: float, steps: int) -> float:
    """Root mean square of floor force over weight, less 1, over the next steps; as 1 + that."""
    errors = []
    for _ in range(steps):
        world.step(1)
        errors.append(world.floor_force() / weight - 1.0)
    return 1.0 + math.sqrt(math.fsum(error * error for error in errors) / steps)


def stack(variant: Variant, level: float) -> Iterator[Found]:
    setup, interval = tower(10), variant.interval(level)
    world = variant.build(setup, level)
    times = timed(lambda: world.step(round(9.0 / interval)))
    force = weight_error(world, 10.0 * MASS * GRAVITY, round(1.0 / interval))
    moved = (world.positions() - np.array([body.position for body in setup.bodies])) / EDGE
    world.close()
    yield Found("stack", "floor-force", force, 1.0, *times)
    yield Found("stack", "drift", float(np.linalg.norm(moved[:, :2], axis=1).max()), 0.0, *times)
    yield Found("stack", "sink", float(np.abs(moved[:, 2]).max()), 0.0, *times)


def warm(world: World, timestep: float, settle: float, steps: int) -> tuple[float, float, int]:
    """Wall time, processor time and number of steps after settling."""
    world.step(round(settle / timestep))
    pilot, _ = timed(lambda: world.step(20))
    count = max(50, min(steps, round(20.0 / pilot * 20)))
    return (*timed(lambda: world.step(count)), count)


def stack_speed(variant: Variant, level: float) -> Iterator[Found]:
    for count in (1, 10, 20, 50, 100):
        world = variant.build(tower(count), level)
        wall, processor, steps = warm(world, level, 1.0, 5000 if count < 20 else 2000)
        top = world.positions()[-1, 2] / EDGE - (count - 0.5)
        world.close()
        yield Found(f"stack-speed-{count}", "steps-per-second", steps / processor, None, wall, processor)
        yield Found(f"stack-speed-{count}", "top", float(top), 0.0, wall, processor)


def towers() -> Setup:
    """100 boxes, 5 x 5 x 4, towers 0.23 m apart, shifted by the fixed sequence: Plumbline's pile."""
    boxes = []
    for k in range(100):
        i, j, layer = k // 5 % 5, k % 5, k // 25
        boxes.append(Body((0.2,) * 3, 1.0, (
            0.23 * i + 0.02 * weyl(2 * k), 0.23 * j + 0.02 * weyl(2 * k + 1), 0.105 + 0.22 * layer)))
    return Setup(tuple(boxes), FRICTION, gravity())


def lattice() -> Setup:
    """100 boxes, 5 x 5 x 4, 0.3 m apart, shifted and turned by the fixed sequence."""
    boxes = []
    for k in range(100):
        i, j, layer = k % 5, k // 5 % 5, k // 25
        shift = [0.03 * (weyl(6 * k + axis) - 0.5) for axis in range(3)]
        turn = np.array([1.0, *(0.3 * (weyl(6 * k + axis) - 0.5) for axis in range(3, 6))])
        boxes.append(Body((0.2,) * 3, 1.0, (
            0.3 * i + shift[0], 0.3 * j + shift[1], 0.2 + 0.3 * layer + shift[2]),
            attitude=tuple(turn / np.linalg.norm(turn))))
    return Setup(tuple(boxes), FRICTION, gravity())


def pile(variant: Variant, level: float, name: str = "pile") -> Iterator[Found]:
    world = variant.build(towers() if name == "pile" else lattice(), level)
    wall, processor, steps = warm(world, level, 5.0, 2000)
    force = weight_error(world, 100.0 * GRAVITY, 200)
    speed = float(np.linalg.norm(world.velocities(), axis=1).max())
    world.close()
    yield Found(name, "steps-per-second", steps / processor, None, wall, processor)
    yield Found(name, "floor-force", force, 1.0, wall, processor)
    yield Found(name, "largest-speed", speed, 0.0, wall, processor)


def heap(variant: Variant, level: float) -> Iterator[Found]:
    return pile(variant, level, "heap")


CASES: dict[str, tuple[Callable[[Variant, float], Iterator[Found]], bool]] = {
    # name: (measurement, whether over all levels; else at 1 ms, time stepping only)
    "slide": (slide, True), "incline": (incline, True), "stick-slip": (stick_slip, True),
    "stack": (stack, True), "stack-speed": (stack_speed, False), "pile": (pile, False),
    "heap": (heap, False),
}


def rows(cases: list[str], chosen: list[Variant], finest: float) -> Iterator[tuple[object, ...]]:
    for name in cases:
        measurement, refined = CASES[name]
        for variant in chosen:
            levels = tuple(level for level in variant.levels if variant.continuous or level >= finest)
            if not refined:
                levels = () if variant.continuous else (1e-3,)
            for level in levels:
                try:
                    for found in measurement(variant, level):
                        yield (variant.name, variant.version, found.scene, found.outcome, repr(level),
                               f"{found.wall:.4g}", repr(found.value),
                               "" if found.exact is None else repr(found.exact), f"{found.error:.6g}",
                               f"{found.processor:.4g}")
                except RuntimeError as reason:   # Drake gives up when its solver does not converge
                    print(f"failed: {name} {variant.name} {level:g}: {str(reason)[:200]}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description="Accuracy against work of boxes in contact, one thread.")
    names = [variant.name for variant in variants()]
    parser.add_argument("--cases", nargs="+", default=list(CASES), choices=list(CASES))
    parser.add_argument("--engines", nargs="+", default=names, choices=names)
    parser.add_argument("--finest", type=float, default=TIMESTEPS[-1], help="smallest time step, s")
    options = parser.parse_args()
    chosen = [variant for variant in variants() if variant.name in options.engines]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows(options.cases, chosen, options.finest):
        writer.writerow(row)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
