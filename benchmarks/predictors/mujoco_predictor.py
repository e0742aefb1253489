"""Answer ball-drop and backpack-drag questions with MuJoCo.

    python mujoco_predictor.py questions.jsonl > predictions.jsonl

A sphere geom falls on a plane geom. Time step, integrator, friction cone and
solver are MuJoCo's defaults (2 ms, Euler, pyramidal, Newton); `--tuned` changes
them as described in README.md. MuJoCo has no coefficient of restitution: its
manual makes contacts bounce with solref = (-stiffness, -damping), which is a
linear spring-dashpot per unit mass. Damping follows from the coefficient by the
spring-dashpot relation without pull (MuJoCo's contact force never pulls),
stiffness from a contact that lasts a stated number of steps. Air is MuJoCo's own
ellipsoid fluid model; buoyancy is its gravity compensation.

Touches the question file (read) and standard output.

Sources: MuJoCo 4.0 manual, "Restitution" (modeling), "Solver parameters"
(modeling) and "Fluid forces" (computation); Schwager and Poeschel, Granular
Matter 9 (2007) 465, for the relation without pull.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import mujoco
import numpy as np
from mujoco import rollout

from answers import Experience, backpack_drag, ball_drop, main
from mujoco_pack import MujocoPack
from outcomes import Series
from scene import Drop

VERSION = mujoco.__version__
STATE = mujoco.mjtState.mjSTATE_FULLPHYSICS
SPHERE_DRAG = 0.47       # textbook C_D of a sphere, used where the scene names a law of Re
MOST_DAMPING = 5.0       # damping ratio; e = 0.009


@dataclass(frozen=True)
class Settings:
    timestep: float = 2e-3         # s
    integrator: str = "Euler"
    cone: str = "pyramidal"
    contact_steps: float = 10.0    # duration of an impact in time steps

    @staticmethod
    def tuned(timestep: float) -> "Settings":
        """RK4 (exact in vacuum) and a contact of 10 steps at 2 ms that shortens as sqrt(timestep).

        The error of a bounce has a part from the finite contact (its duration) and a part from
        resolving it (1 / number of steps); the square root lets both fall together.
        """
        return Settings(timestep, "RK4", "elliptic", 10.0 * math.sqrt(2e-3 / timestep))


def contact_duration(ratio: float) -> float:
    """Duration of a spring-dashpot contact without pull, times the undamped angular frequency."""
    if ratio >= 1.0:
        return 2.0
    damped = math.sqrt(1.0 - ratio * ratio)
    return (math.pi - math.atan2(2.0 * ratio * damped, damped * damped - ratio * ratio)) / damped


def restitution_of(ratio: float) -> float:
    """Coefficient of restitution of a spring-dashpot without pull at a damping ratio."""
    if ratio < 1.0:
        return math.exp(-ratio * contact_duration(ratio))
    if ratio == 1.0:
        return math.exp(-2.0)
    rate = math.sqrt(ratio * ratio - 1.0)
    return ((ratio + rate) / (ratio - rate)) ** (-ratio / rate)


def damping_ratio(restitution: float) -> float:
    """Inverse of `restitution_of`, by bisection; monotone, capped at MOST_DAMPING."""
    low, high = 0.0, MOST_DAMPING
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if restitution_of(middle) > restitution else (low, middle)
    return 0.5 * (low + high)


def solref(restitution: float, duration: float) -> tuple[float, float]:
    """(-stiffness, -damping) per unit mass for a contact of `duration` seconds."""
    ratio = damping_ratio(restitution)
    frequency = contact_duration(ratio) / duration
    return (-frequency * frequency, -2.0 * ratio * frequency)


def numbers(values: tuple[float, ...]) -> str:
    return " ".join(repr(float(value)) for value in values)


def model_text(drop: Drop, settings: Settings) -> str:
    """The scene in MuJoCo's own XML."""
    density = 0.0 if drop.drag_law in ("none", "stokes") else drop.air_density
    viscosity = 0.0 if drop.drag_law in ("none", "constant") else drop.air_viscosity
    coefficient = drop.drag_coefficient if drop.drag_law == "constant" else SPHERE_DRAG
    # MuJoCo's force is rho C A v^2, without the usual 1/2; lift is off because the scene has none
    fluid = f'fluidshape="ellipsoid" fluidcoef="{0.5 * coefficient!r} 0 0 0 0"'
    buoyancy = drop.air_density * drop.volume / drop.mass if drop.buoyancy else 0.0
    contact = (f'condim="{3 if drop.friction > 0.0 else 1}" friction="{drop.friction!r} 0 0" '
               f'solref="{numbers(solref(drop.restitution, settings.contact_steps * settings.timestep))}"')
    return f"""
<mujoco>
  <compiler angle="radian"/>
  <option timestep="{settings.timestep!r}" integrator="{settings.integrator}" cone="{settings.cone}"
          gravity="{numbers(drop.gravity)}" density="{density!r}" viscosity="{viscosity!r}"/>
  <worldbody>
    <geom name="floor" type="plane" size="0 0 1" euler="0 {drop.tilt!r} 0" {contact}/>
    <body pos="{numbers(drop.centre)}" gravcomp="{buoyancy!r}">
      <freejoint/>
      <inertial pos="0 0 0" mass="{drop.mass!r}" diaginertia="{numbers((drop.inertia,) * 3)}"/>
      <geom name="ball" type="sphere" size="{drop.radius!r}" {contact} {fluid}/>
    </body>
  </worldbody>
</mujoco>"""


def to_world(quaternion: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """Rotate body vectors (n, 3) into the world by quaternions (n, 4), w first."""
    scalar, axis = quaternion[:, :1], quaternion[:, 1:]
    twice = 2.0 * np.cross(axis, vector)
    return vector + scalar * twice + np.cross(axis, twice)


class MujocoDrop:
    """One drop. `record` keeps every sample; `step` only advances, for timing."""

    def __init__(self, drop: Drop, settings: Settings) -> None:
        self.model = mujoco.MjModel.from_xml_string(model_text(drop, settings))
        self.data = mujoco.MjData(self.model)
        self.data.qvel[:3] = drop.velocity
        self.data.qvel[3:] = drop.spin  # the body's axes are the world's at the start
        self.timestep = settings.timestep
        self.started = False

    def state(self) -> np.ndarray:
        size = mujoco.mj_stateSize(self.model, STATE)
        state = np.empty((1, size))
        mujoco.mj_getState(self.model, self.data, state[0], STATE)
        return state

    def record(self, seconds: float) -> Series:
        initial = self.state()
        states, _ = rollout.rollout(self.model, self.data, initial, nstep=round(seconds / self.timestep))
        rows = states[0]
        mujoco.mj_setState(self.model, self.data, rows[-1], STATE)
        if not self.started:
            rows = np.concatenate((initial, rows))
            self.started = True
        return Series(rows[:, 0], rows[:, 1:4], rows[:, 8:11], to_world(rows[:, 4:8], rows[:, 11:14]))

    def step(self, count: int) -> None:
        mujoco.mj_step(self.model, self.data, nstep=count)

    def close(self) -> None:
        """Nothing to release; the engine frees its memory with the object."""


def builder(tuned: bool) -> Callable[[Drop], MujocoDrop]:
    settings = Settings.tuned(2e-4) if tuned else Settings()
    return lambda drop: MujocoDrop(drop, settings)


def experiences(tuned: bool) -> dict[str, Experience]:
    return {"ball-drop": ball_drop(builder(tuned)),
            "backpack-drag": backpack_drag(lambda pack: MujocoPack(pack, tuned))}


if __name__ == "__main__":
    main(f"mujoco-{VERSION}", experiences, "Answer ball-drop and backpack-drag questions with MuJoCo.")
