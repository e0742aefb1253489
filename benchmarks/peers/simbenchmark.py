"""Run four scenes of the SimBenchmark set in MuJoCo, Bullet and Drake.

    python simbenchmark.py > simbenchmark.csv

The scenes are rebuilt from their published description (leggedrobotics/SimBenchmark, 2021;
no file of it is used), g = 9.81 m/s^2:

  rolling       box 20 x 20 x 1 m, 10 kg; 25 balls of 1 kg, radius 0.5 m, 2 m apart on top;
                friction box-floor 0.4, ball-box 0.8; 150 N along (1/2, sqrt(3)/2) for 4 s.
                Metric: mean over time of |dv_box|^2 + mean over balls |dv_ball|^2, (m/s)^2
  bouncing      49 balls of 10 kg, radius 0.1 m, centre at 5 m, e = 1, no friction, 20 s.
                Metric: mean over time of (E - E0)^2, J^2, E of all balls together
  666           6^3 balls of 10 kg, radius 0.1 m, pitch 0.21 m, jitter up to 1 mm, e = 0, no
                friction, lowest centre at 0.101 m, 10 s.
                Metric: mean over time of the sum of penetration^2, m^2, from the positions
  666-elastic   the same with e = 1 and lowest centre at 1.101 m. Metric: as bouncing

Time means are taken every max(dt, 1 ms); a value that is not finite is `nan`. Wall and
processor time are those of stepping alone; steps a second are by processor time, which another
program on the machine does not change. A run that would take longer than --limit is left
out after a trial (standard error says how long). CSV:
scene,engine,setting,version,dt_s,steps,metric,unit,wall_s,cpu_s,steps_per_s.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from worlds import Body, Engine, Setup, World, engines, weyl

GRAVITY = 9.81
TIMESTEPS = (1e-2, 4e-3, 2e-3, 1e-3, 4e-4, 2e-4, 1e-4)
LOOK = 1e-3                        # s between samples of the metric, at least a step
COLUMNS = ("scene", "engine", "setting", "version", "dt_s", "steps", "metric", "unit", "wall_s", "cpu_s",
           "steps_per_s")
PUSH = 150.0                       # N, `rolling`
HEADING = np.array((0.5, math.sqrt(0.75), 0.0))
BOX_ACCELERATION = (PUSH - 0.4 * 35.0 * GRAVITY) / (10.0 + 25.0 * 2.0 / 7.0)   # 0.7385 m/s^2
BALL_ACCELERATION = 2.0 / 7.0 * BOX_ACCELERATION                               # 0.2110 m/s^2


@dataclass(frozen=True)
class Scene:
    setup: Setup
    duration: float                               # s
    sample: Callable[[World, float], float]       # of a world at an instant
    unit: str


def rolling() -> Scene:
    box = Body((20.0, 20.0, 1.0), 10.0, (0.0, 0.0, 0.5), friction=0.4)
    balls = [Body(0.5, 1.0, (2.0 * i, 2.0 * j, 1.5), friction=0.8)
             for i in range(-2, 3) for j in range(-2, 3)]
    force = (0, tuple(PUSH * HEADING))

    def sample(world: World, instant: float) -> float:
        velocities = world.velocities()
        box_error = velocities[0] - BOX_ACCELERATION * instant * HEADING
        ball_error = velocities[1:] - BALL_ACCELERATION * instant * HEADING
        return float(box_error @ box_error + np.mean(np.sum(ball_error**2, axis=1)))

    setup = Setup((box, *balls), 0.4, (0.0, 0.0, -GRAVITY), hub=0, force=force)
    return Scene(setup, 4.0, sample, "m^2/s^2")


def energy(setup: Setup) -> Callable[[World], float]:
    """Mechanical energy of all bodies, J."""
    masses = np.array([body.mass for body in setup.bodies])
    inertias = np.array([body.inertia[0] for body in setup.bodies])  # spheres

    def total(world: World) -> float:
        speeds = np.sum(world.velocities()**2, axis=1)
        spins = np.sum(world.spins()**2, axis=1)
        return float(0.5 * masses @ speeds + 0.5 * inertias @ spins + GRAVITY * masses @ world.positions()[:, 2])

    return total


def conserving(setup: Setup, duration: float) -> Scene:
    total = energy(setup)
    initial = GRAVITY * math.fsum(body.mass * body.position[2] for body in setup.bodies)
    return Scene(setup, duration, lambda world, _: (total(world) - initial)**2, "J^2")


def bouncing() -> Scene:
    balls = tuple(Body(0.1, 10.0, (0.5 * i, 0.5 * j, 5.0)) for i in range(7) for j in range(7))
    return conserving(Setup(balls, 0.0, (0.0, 0.0, -GRAVITY), elastic=True), 20.0)


def cube_of_balls(lowest: float) -> tuple[Body, ...]:
    balls = []
    for i in range(6):
        for j in range(6):
            for k in range(6):
                number = 3 * (36 * i + 6 * j + k)
                jitter = [1e-3 * weyl(number + axis) for axis in range(3)]
                balls.append(Body(0.1, 10.0, (
                    0.21 * i + jitter[0], 0.21 * j + jitter[1], lowest + 0.21 * k + jitter[2])))
    return tuple(balls)


def six() -> Scene:
    pairs = np.triu_indices(216, 1)

    def sample(world: World, _: float) -> float:
        centres = world.positions()
        apart = np.linalg.norm(centres[pairs[0]] - centres[pairs[1]], axis=1)
        between = np.maximum(0.2 - apart, 0.0)
        floor = np.maximum(0.1 - centres[:, 2], 0.0)
        return float(between @ between + floor @ floor)

    return Scene(Setup(cube_of_balls(0.101), 0.0, (0.0, 0.0, -GRAVITY)), 10.0, sample, "m^2")


def six_elastic() -> Scene:
    return conserving(Setup(cube_of_balls(1.101), 0.0, (0.0, 0.0, -GRAVITY), elastic=True), 10.0)


SCENES = {"rolling": rolling, "bouncing": bouncing, "666": six, "666-elastic": six_elastic}


def trial(engine: Engine, scene: Scene, timestep: float, tuned: bool) -> float:
    """Processor time of a step, s: the mean of 1 % of the run, at least two steps."""
    world = engine.build(scene.setup, timestep, tuned)
    count = max(2, round(0.01 * scene.duration / timestep))
    begin = time.process_time()
    world.step(count)
    took = time.process_time() - begin
    world.close()
    return took / count


def measure(engine: Engine, scene: Scene, timestep: float, tuned: bool) -> tuple[int, float, float, float]:
    """Steps, metric, wall time and processor time of one run."""
    world = engine.build(scene.setup, timestep, tuned)
    stride = max(1, round(LOOK / timestep))
    looks = round(scene.duration / (stride * timestep))
    values, wall, processor = [], 0.0, 0.0
    for look in range(1, looks + 1):
        begin, started = time.perf_counter(), time.process_time()
        world.step(stride)
        wall += time.perf_counter() - begin
        processor += time.process_time() - started
        values.append(scene.sample(world, look * stride * timestep))
    world.close()
    return looks * stride, float(np.mean(values)), wall, processor


def row(engine: Engine, name: str, timestep: float, tuned: bool, limit: float) -> tuple[object, ...] | None:
    scene = SCENES[name]()
    estimate = trial(engine, scene, timestep, tuned) * scene.duration / timestep
    setting = "tuned" if tuned else "default"
    if estimate > limit:
        print(f"left out: {name} {engine.name} {setting} {timestep:g} s, about {estimate:.0f} s",
              file=sys.stderr, flush=True)
        return None
    try:
        steps, metric, wall, processor = measure(engine, scene, timestep, tuned)
    except RuntimeError as reason:   # Drake gives up when its solver does not converge
        print(f"failed: {name} {engine.name} {setting} {timestep:g} s: {reason}", file=sys.stderr, flush=True)
        return (name, engine.name, setting, engine.version, repr(timestep), 0, "nan", scene.unit, "nan", "nan", "nan")
    return (name, engine.name, setting, engine.version, repr(timestep), steps, f"{metric:.4g}", scene.unit,
            f"{wall:.4g}", f"{processor:.4g}", f"{steps / processor:.4g}")


def main() -> None:
    parser = argparse.ArgumentParser(description="SimBenchmark scenes in MuJoCo, Bullet and Drake, one thread.")
    parser.add_argument("--scenes", nargs="+", default=list(SCENES), choices=list(SCENES))
    parser.add_argument("--engines", nargs="+", default=list(engines()), choices=list(engines()))
    parser.add_argument("--finest", type=float, default=TIMESTEPS[-1], help="smallest time step, s")
    parser.add_argument("--limit", type=float, default=120.0, help="longest run, s of processor time")
    options = parser.parse_args()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name in options.scenes:
        for engine in (engines()[key] for key in options.engines):
            for tuned in (False, True):
                for timestep in (step for step in TIMESTEPS if step >= options.finest):
                    found = row(engine, name, timestep, tuned, options.limit)
                    if found is not None:
                        writer.writerow(found)
                        sys.stdout.flush()


if __name__ == "__main__":
    main()
