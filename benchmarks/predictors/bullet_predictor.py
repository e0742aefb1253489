"""Answer ball-drop and backpack-drag questions with Bullet (pybullet).

    python bullet_predictor.py questions.jsonl > predictions.jsonl

A sphere falls on a plane; time step 1/240 s and all engine parameters are
pybullet's defaults. Restitution and friction are products over the two bodies,
so the ball carries the scene's numbers and the plane carries 1. Bullet has no
drag model for a scene's air (its damping is a fixed share of the speed per
second): damping is set to 0 and air is left out, buoyancy too. `--tuned` uses
what the engine's author recommends for restitution, and no position correction.

Touches the question file (read) and standard output.

Sources: PyBullet Quickstart Guide (changeDynamics, setPhysicsEngineParameter);
E. Coumans in bullet3 issue 3094 for the tuned settings; contactERP = 0 is ours,
because the correction of overlap adds up to 0.2 of the impact speed to a bounce.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
import pybullet

from answers import Experience, backpack_drag, ball_drop, main
from bullet_pack import BulletPack
from outcomes import Series
from scene import Drop

VERSION = version("pybullet")


@dataclass(frozen=True)
class Settings:
    timestep: float = 1.0 / 240.0    # s
    tuned: bool = False


class BulletDrop:
    """One drop in its own physics server. `record` keeps every sample; `step` only advances, for timing."""

    def __init__(self, drop: Drop, settings: Settings) -> None:
        self.client = pybullet.connect(pybullet.DIRECT)
        self.timestep = settings.timestep
        self.count = 0
        self.drag = 0.0  # N per (m/s)^2, applied by hand before each step when set
        self._scene(settings)
        sphere = pybullet.createCollisionShape(
            pybullet.GEOM_SPHERE, radius=drop.radius, physicsClientId=self.client)
        plane = pybullet.createCollisionShape(
            pybullet.GEOM_PLANE, planeNormal=drop.normal, physicsClientId=self.client)
        self.floor = pybullet.createMultiBody(
            0.0, plane, useMaximalCoordinates=settings.tuned, physicsClientId=self.client)
        self.ball = pybullet.createMultiBody(
            drop.mass, sphere, basePosition=drop.centre, useMaximalCoordinates=settings.tuned,
            physicsClientId=self.client)
        contact = {"contactProcessingThreshold": 0.0} if settings.tuned else {}
        pybullet.changeDynamics(
            self.floor, -1, restitution=1.0, lateralFriction=1.0, physicsClientId=self.client, **contact)
        pybullet.changeDynamics(
            self.ball, -1, restitution=drop.restitution, lateralFriction=drop.friction,
            linearDamping=0.0, angularDamping=0.0, physicsClientId=self.client, **contact)
        if drop.shell and not settings.tuned:  # with maximal coordinates 3.2.7 turns this into NaN
            pybullet.changeDynamics(
                self.ball, -1, localInertiaDiagonal=(drop.inertia,) * 3, physicsClientId=self.client)
        pybullet.resetBaseVelocity(self.ball, drop.velocity, drop.spin, physicsClientId=self.client)
        pybullet.setGravity(*drop.gravity, physicsClientId=self.client)

    def _scene(self, settings: Settings) -> None:
        pybullet.setTimeStep(settings.timestep, physicsClientId=self.client)
        if settings.tuned:
            pybullet.setPhysicsEngineParameter(
                restitutionVelocityThreshold=0.0, warmStartingFactor=0.0, useSplitImpulse=True,
                contactSlop=0.0, contactERP=0.0, enableConeFriction=False, physicsClientId=self.client)

    def sample(self) -> tuple[float, ...]:
        centre, _ = pybullet.getBasePositionAndOrientation(self.ball, physicsClientId=self.client)
        velocity, spin = pybullet.getBaseVelocity(self.ball, physicsClientId=self.client)
        return (self.count * self.timestep, *centre, *velocity, *spin)

    def record(self, seconds: float) -> Series:
        rows = [self.sample()] if self.count == 0 else []
        for _ in range(round(seconds / self.timestep)):
            self.step(1)
            rows.append(self.sample())
        table = np.array(rows)
        return Series(table[:, 0], table[:, 1:4], table[:, 4:7], table[:, 7:10])

    def step(self, count: int) -> None:
        for _ in range(count):
            if self.drag > 0.0:
                self._push()
            pybullet.stepSimulation(physicsClientId=self.client)
        self.count += count

    def _push(self) -> None:
        """Quadratic drag at the present velocity; Bullet holds the force for one step."""
        velocity, _ = pybullet.getBaseVelocity(self.ball, physicsClientId=self.client)
        factor = -self.drag * math.hypot(*velocity)
        centre, _ = pybullet.getBasePositionAndOrientation(self.ball, physicsClientId=self.client)
        pybullet.applyExternalForce(
            self.ball, -1, [factor * part for part in velocity], centre, pybullet.WORLD_FRAME,
            physicsClientId=self.client)

    def close(self) -> None:
        pybullet.disconnect(physicsClientId=self.client)


def builder(tuned: bool) -> Callable[[Drop], BulletDrop]:
    return lambda drop: BulletDrop(drop, Settings(tuned=tuned))


def experiences(tuned: bool) -> dict[str, Experience]:
    return {"ball-drop": ball_drop(builder(tuned)),
            "backpack-drag": backpack_drag(lambda pack: BulletPack(pack, tuned))}


if __name__ == "__main__":
    main(f"bullet-{VERSION}", experiences, "Answer ball-drop and backpack-drag questions with Bullet.")
