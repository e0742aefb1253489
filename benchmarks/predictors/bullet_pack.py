"""A pack on a floor in Bullet: a box on a plane.

Defaults: 1/240 s and all engine parameters of pybullet, damping off. Tuned: 1 ms, 200 iterations
without early end, split impulse, no slop. Friction is the product over the two bodies; the plane
carries 1. The body's origin is the centre of mass, so that an offset of it moves the box.

Sources: PyBullet Quickstart Guide (changeDynamics, setPhysicsEngineParameter).
"""

from __future__ import annotations

import pybullet

from pack_outcomes import SETTLE, State, Vector
from pack_scene import Pack


class BulletPack:
    def __init__(self, pack: Pack, tuned: bool) -> None:
        self.timestep = 1e-3 if tuned else 1.0 / 240.0
        self.creep = 3e-3 if tuned else 1e-2
        self.client = pybullet.connect(pybullet.DIRECT)
        at = {"physicsClientId": self.client}
        pybullet.setTimeStep(self.timestep, **at)
        if tuned:
            pybullet.setPhysicsEngineParameter(
                numSolverIterations=200, solverResidualThreshold=0.0, useSplitImpulse=True,
                contactSlop=0.0, **at)
        plane = pybullet.createCollisionShape(pybullet.GEOM_PLANE, planeNormal=(0, 0, 1), **at)
        box = pybullet.createCollisionShape(
            pybullet.GEOM_BOX, halfExtents=[0.5 * edge for edge in pack.size],
            collisionFramePosition=[-part for part in pack.centre], **at)
        floor = pybullet.createMultiBody(0.0, plane, **at)
        pybullet.changeDynamics(floor, -1, lateralFriction=1.0, **at)
        self.pack = pybullet.createMultiBody(pack.mass, box, basePosition=pack.start, **at)
        pybullet.changeDynamics(
            self.pack, -1, localInertiaDiagonal=pack.inertia, linearDamping=0.0, angularDamping=0.0, **at)
        # settle before anything pulls along the floor
        pybullet.setGravity(0.0, 0.0, pack.gravity[2], **at)
        pybullet.changeDynamics(self.pack, -1, lateralFriction=pack.friction.static, **at)
        for _ in range(round(SETTLE / self.timestep)):
            pybullet.stepSimulation(**at)
        pybullet.setGravity(*pack.gravity, **at)
        x, y, z = pack.pull.velocity
        belt = pack.pull.speed if pack.pull.kind == "belt" else 0.0
        pybullet.resetBaseVelocity(self.pack, (x - belt, y, z), pack.pull.spin, **at)

    def state(self) -> State:
        centre, quaternion = pybullet.getBasePositionAndOrientation(self.pack, physicsClientId=self.client)
        velocity, spin = pybullet.getBaseVelocity(self.pack, physicsClientId=self.client)
        return State(centre, pybullet.getMatrixFromQuaternion(quaternion), velocity, spin)

    def step(self, force: Vector, torque: Vector, friction: float) -> None:
        at = {"physicsClientId": self.client}
        pybullet.changeDynamics(self.pack, -1, lateralFriction=friction, **at)
        centre, _ = pybullet.getBasePositionAndOrientation(self.pack, **at)
        pybullet.applyExternalForce(self.pack, -1, force, centre, pybullet.WORLD_FRAME, **at)
        pybullet.applyExternalTorque(self.pack, -1, torque, pybullet.WORLD_FRAME, **at)
        pybullet.stepSimulation(**at)

    def close(self) -> None:
        pybullet.disconnect(physicsClientId=self.client)
