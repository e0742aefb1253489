"""Measure accuracy against work for a bouncing ball in MuJoCo and in Bullet.

    python work_precision.py > peers.csv

Two families of drops, all with e = 0.8, no friction, g = 9.80665 m/s^2 and the
heights HEIGHTS (an engine's bounce depends on where the floor falls within a
step, so one height would reward luck):

  vacuum/H   40 mm steel ball, no air
  drag/H     40 mm ball of 2.7 g with constant C_D = 0.5, air density 1.2041 kg/m^3,
             no buoyancy (MuJoCo: its own fluid model; Bullet: force set before each step)

Each engine runs in two settings: the defaults with only the time step changed,
and tuned for bouncing (see ../predictors/README.md). Outcomes are compared with
closed forms: fall time, height of the first apex, and rest time. Engines with
contact over finite time never rest in the sense of the infinite series, so rest
is the last instant at which the underside is DELTA above where it ends, in the
engine and in the closed form alike; DELTA is the geometric mean of the two
successive exact apexes next to 1e-4 of the drop height, so that no apex lies on it.
An engine that still moves by more than DELTA when the run ends has value nan.

Wall time is the engine's own stepping up to 1.05 times the exact outcome, the
best of several, on the calling thread: model construction and reading of the
state are left out, which favours the engines. In `drag` Bullet's time includes
the two reads and one call per step that the force needs.

CSV: engine,version,scene,outcome,dt_s,wall_s,value,exact,relative_error. Touches
standard output and the clock only.

Sources: closed forms of free fall and of vertical motion with quadratic drag,
V_t^2 = 2 m g / (rho C_D A): down s = V_t^2/g ln cosh(g t/V_t), up
h = V_t^2/(2 g) ln(1 + v^2/V_t^2) in V_t/g atan(v/V_t).
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "predictors"))

import bullet_predictor as bullet  # noqa: E402
import mujoco_predictor as mujoco  # noqa: E402
from outcomes import flights, impact, read, rest_time, vertex  # noqa: E402
from scene import Drop  # noqa: E402

GRAVITY = 9.80665
RESTITUTION = 0.8
HEIGHTS = (1.0, 1.01, 1.02, 1.03, 1.04)
TIMESTEPS = (1 / 60, 1 / 120, 1 / 240, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4, 5e-5, 2e-5, 1e-5)
REST_SHARE = 1e-4      # of the drop height: where DELTA is taken
RUN_ON = 1.3           # length of a run over the exact rest time
BUDGET = 0.05          # s spent on repeating one timing, at least REPEATS runs
REPEATS = 3
COLUMNS = ("engine", "version", "scene", "outcome", "dt_s", "wall_s", "value", "exact", "relative_error")


@dataclass(frozen=True)
class Exact:
    """Closed forms of a vertical drop; `terminal` is infinite in vacuum."""

    height: float
    terminal: float

    def fall(self, height: float) -> tuple[float, float]:
        """Time and final speed of a fall from rest."""
        if math.isinf(self.terminal):
            return math.sqrt(2.0 * height / GRAVITY), math.sqrt(2.0 * GRAVITY * height)
        depth = GRAVITY * height / self.terminal**2
        speed = self.terminal * math.sqrt(-math.expm1(-2.0 * depth))
        # acosh(exp x) without the cancellation of low bounces
        angle = depth + math.log1p(math.sqrt(-math.expm1(-2.0 * depth)))
        return self.terminal / GRAVITY * angle, speed

    def rise(self, speed: float) -> tuple[float, float]:
        """Time to the apex and its height."""
        if math.isinf(self.terminal):
            return speed / GRAVITY, speed * speed / (2.0 * GRAVITY)
        share = speed / self.terminal
        return (self.terminal / GRAVITY * math.atan(share),
                self.terminal**2 / (2.0 * GRAVITY) * math.log1p(share * share))

    def bounces(self) -> list[tuple[float, float]]:
        """(instant, height) of the release and of the apexes down to well below DELTA."""
        instant, height = 0.0, self.height
        apexes = [(instant, height)]
        while height > 0.1 * REST_SHARE * self.height:
            down, speed = self.fall(height)
            up, height = self.rise(RESTITUTION * speed)
            instant += down + up
            apexes.append((instant, height))
        return apexes

    def delta(self) -> float:
        heights = [height for _, height in self.bounces()]
        below = next(k for k, height in enumerate(heights) if height < REST_SHARE * self.height)
        return math.sqrt(heights[below - 1] * heights[below])

    def outcomes(self) -> dict[str, float]:
        apexes, delta = self.bounces(), self.delta()
        instant, height = next(apex for apex in reversed(apexes) if apex[1] > delta)
        return {"fall-time": self.fall(self.height)[0], "rebound-height": apexes[1][1],
                "rest-time": instant + self.fall(height - delta)[0]}


def drops() -> dict[str, tuple[Drop, Exact, float]]:
    """Scenes by name: the drop, its closed forms, and the drag factor in N/(m/s)^2."""
    radius, density, coefficient = 0.02, 1.2041, 0.5
    scenes: dict[str, tuple[Drop, Exact, float]] = {}
    for air in (False, True):
        mass = 0.0027 if air else 7800.0 * 4.0 / 3.0 * math.pi * radius**3
        factor = 0.5 * density * coefficient * math.pi * radius**2 if air else 0.0
        terminal = math.sqrt(mass * GRAVITY / factor) if air else math.inf
        for height in HEIGHTS:
            drop = Drop(
                gravity=(0.0, 0.0, -GRAVITY), air_density=density if air else 0.0, air_viscosity=0.0,
                buoyancy=False, drag_law="constant" if air else "none", drag_coefficient=coefficient,
                radius=radius, mass=mass, shell=False, height=height, velocity=(0.0, 0.0, 0.0),
                spin=(0.0, 0.0, 0.0), tilt=0.0, restitution=RESTITUTION, friction=0.0)
            scenes[f"{'drag' if air else 'vacuum'}/{height:.2f}"] = (drop, Exact(height, terminal), factor)
    return scenes


def mujoco_drop(drop: Drop, timestep: float, tuned: bool, drag: float) -> mujoco.MujocoDrop:
    settings = mujoco.Settings.tuned(timestep) if tuned else mujoco.Settings(timestep)
    return mujoco.MujocoDrop(drop, settings)


def bullet_drop(drop: Drop, timestep: float, tuned: bool, drag: float) -> bullet.BulletDrop:
    engine = bullet.BulletDrop(drop, bullet.Settings(timestep, tuned))
    engine.drag = drag
    return engine


ENGINES: dict[str, tuple[str, Callable[..., Any], bool]] = {
    "mujoco": (mujoco.VERSION, mujoco_drop, False),
    "mujoco-tuned": (mujoco.VERSION, mujoco_drop, True),
    "bullet": (bullet.VERSION, bullet_drop, False),
    "bullet-tuned": (bullet.VERSION, bullet_drop, True),
}


def measured(engine: Any, drop: Drop, exact: Exact) -> dict[str, float]:
    """The three outcomes from a recorded run."""
    reading = read(engine.record(RUN_ON * exact.outcomes()["rest-time"]), drop)
    engine.close()
    touched = reading.contact.nonzero()[0]
    if touched.size == 0:
        return dict.fromkeys(("fall-time", "rebound-height", "rest-time"), math.nan)
    first = int(touched[0])
    runs = flights(reading, first)
    return {"fall-time": impact(reading, first)[0],
            "rebound-height": vertex(reading.underside, *runs[0]) if runs else 0.0,
            "rest-time": rest_time(reading, exact.delta())}


def wall(build: Callable[[], Any], steps: int) -> float:
    """Best wall time of `steps` steps from the start."""
    best, spent, repeats = math.inf, 0.0, 0
    while repeats < REPEATS or (spent < BUDGET and repeats < 50):
        engine = build()
        begin = time.perf_counter()
        engine.step(steps)
        took = time.perf_counter() - begin
        engine.close()
        best, spent, repeats = min(best, took), spent + took, repeats + 1
    return best


def horizon(outcome: str, exact: Exact) -> float:
    """Simulated time by which the outcome has occurred."""
    values = exact.outcomes()
    if outcome != "rebound-height":
        return 1.05 * values[outcome]
    return 1.05 * exact.bounces()[1][0]


def rows(timesteps: tuple[float, ...]) -> Any:
    for name, (drop, exact, drag) in drops().items():
        truth = exact.outcomes()
        for engine, (version, make, tuned) in ENGINES.items():
            for timestep in timesteps:
                seen = measured(make(drop, timestep, tuned, drag), drop, exact)
                for outcome, value in seen.items():
                    steps = math.ceil(horizon(outcome, exact) / timestep)
                    took = wall(lambda: make(drop, timestep, tuned, drag), steps)
                    yield (engine, version, name, outcome, repr(timestep), f"{took:.4g}", repr(value),
                           repr(truth[outcome]), f"{value / truth[outcome] - 1.0:.6g}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Accuracy against work, MuJoCo and Bullet, one thread.")
    parser.add_argument("--coarsest", type=float, default=TIMESTEPS[0], help="largest time step, s")
    parser.add_argument("--finest", type=float, default=TIMESTEPS[-1], help="smallest time step, s")
    options = parser.parse_args()
    chosen = tuple(step for step in TIMESTEPS if options.finest <= step <= options.coarsest)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows(chosen):
        writer.writerow(row)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
