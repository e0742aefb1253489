"""Free rigid boxes and spheres above one level floor, in MuJoCo, in Bullet and in Drake.

A `Setup` says what there is in plain SI numbers; `build(engine, setup, dt)` gives a
`World` that steps and can be read. A tilted floor is a tilted gravity. Every engine has
two settings, `default` and `tuned`; what they are is in README.md ("Settings for contact
scenes"). Drake is optional: without its wheel the name is missing from `engines()`.

Coefficients of friction belong to pairs; the engines want one number per body and
combine them: MuJoCo by the maximum, Bullet by the product, Drake by 2ab/(a+b). With
`hub` given, the coefficient of a body (and of the floor) is that of its pair with the
hub; otherwise all pairs have the same.

Sources: manuals of MuJoCo 4.0 (XML reference, "Solver parameters"), PyBullet Quickstart
Guide, Drake 1.51 (MultibodyPlant, "Compliant point contact", "Discrete contact").
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "predictors"))

Vector = tuple[float, float, float]
IMPACT_STEPS = 10.0      # an elastic impact lasts this many steps (MuJoCo, Drake)
STIFF_TIME = 2.0         # time constant of MuJoCo's tuned contact, in steps: the least its manual allows


@dataclass(frozen=True)
class Body:
    """A homogeneous box (`size` = edges) or sphere (`size` = radius), in m, kg, m/s."""

    size: Vector | float
    mass: float
    position: Vector
    velocity: Vector = (0.0, 0.0, 0.0)
    attitude: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0)  # quaternion, w first
    friction: float | None = None   # of the pair with the hub; None: the setup's

    @property
    def is_sphere(self) -> bool:
        return isinstance(self.size, float)

    @property
    def inertia(self) -> Vector:
        if isinstance(self.size, float):
            return (0.4 * self.mass * self.size**2,) * 3
        x, y, z = (edge * edge for edge in self.size)
        return (self.mass * (y + z) / 12.0, self.mass * (x + z) / 12.0, self.mass * (x + y) / 12.0)


@dataclass(frozen=True)
class Setup:
    """Bodies above the floor z = 0."""

    bodies: tuple[Body, ...]
    friction: float                   # of all pairs without a hub, else of floor and hub
    gravity: Vector
    elastic: bool = False             # coefficient of restitution 1, else 0
    hub: int | None = None            # body all others touch
    force: tuple[int, Vector] | None = None   # (body, constant force at its centre)
    kinetic: float | None = None      # second coefficient; for error-controlled Drake only


class World(Protocol):
    """One scene in one engine. Rows are bodies, in the order of the setup; world axes."""

    def step(self, count: int) -> None: ...
    def positions(self) -> np.ndarray: ...
    def velocities(self) -> np.ndarray: ...
    def spins(self) -> np.ndarray: ...
    def floor_force(self) -> float: ...
    def push(self, body: int, force: Vector) -> None: ...
    def set_friction(self, friction: float) -> None: ...
    def close(self) -> None: ...


def text(values: tuple[float, ...]) -> str:
    return " ".join(repr(float(value)) for value in values)


class MujocoWorld:
    """Defaults: Euler, pyramidal cone, solref (0.02, 1). Tuned: see README.md."""

    def __init__(self, setup: Setup, timestep: float, tuned: bool) -> None:
        import mujoco

        self.engine = mujoco
        self.model = mujoco.MjModel.from_xml_string(self._xml(setup, timestep, tuned))
        self.data = mujoco.MjData(self.model)
        for k, body in enumerate(setup.bodies):
            self.data.qvel[6 * k:6 * k + 3] = body.velocity
        if setup.force is not None:
            self.push(*setup.force)

    @staticmethod
    def _xml(setup: Setup, timestep: float, tuned: bool) -> str:
        options = f'timestep="{timestep!r}" gravity="{text(setup.gravity)}"'
        if tuned:
            options += ' cone="elliptic" impratio="10" iterations="200" tolerance="1e-12"'
            options += ' noslip_iterations="10"' if setup.friction > 0.0 else ""
            options += ' integrator="RK4"' if setup.elastic else ""
        contact = ""
        if setup.elastic:
            from mujoco_predictor import solref

            contact = f' solref="{text(solref(1.0, IMPACT_STEPS * timestep))}"'
        elif tuned:
            contact = f' solref="{STIFF_TIME * timestep!r} 1" solimp="0.99 0.999 0.0001"'

        def surface(friction: float) -> str:
            return f'condim="{3 if setup.friction > 0.0 else 1}" friction="{friction!r} 0 0"{contact}'

        def shape(body: Body) -> str:
            if isinstance(body.size, float):
                return f'type="sphere" size="{body.size!r}"'
            return f'type="box" size="{text(tuple(0.5 * edge for edge in body.size))}"'

        bodies = []
        for k, body in enumerate(setup.bodies):
            friction = 0.0 if k == setup.hub else setup.friction if body.friction is None else body.friction
            bodies.append(
                f'<body pos="{text(body.position)}" quat="{text(body.attitude)}"><freejoint/>'
                f'<geom {shape(body)} mass="{body.mass!r}" {surface(friction)}/></body>')
        return (f'<mujoco><option {options}/><size memory="512M"/><worldbody>'
                f'<geom name="floor" type="plane" size="0 0 1" {surface(setup.friction)}/>'
                + "".join(bodies) + "</worldbody></mujoco>")

    def step(self, count: int) -> None:
        self.engine.mj_step(self.model, self.data, nstep=count)

    def positions(self) -> np.ndarray:
        return self.data.qpos.reshape(-1, 7)[:, :3].copy()

    def velocities(self) -> np.ndarray:
        return self.data.qvel.reshape(-1, 6)[:, :3].copy()

    def spins(self) -> np.ndarray:
        # in the bodies' own axes; only their length is used
        return self.data.qvel.reshape(-1, 6)[:, 3:].copy()

    def floor_force(self) -> float:
        total, wrench = 0.0, np.zeros(6)
        for k, contact in enumerate(self.data.contact):
            if 0 in (contact.geom[0], contact.geom[1]):
                self.engine.mj_contactForce(self.model, self.data, k, wrench)
                total += wrench[0]
        return total

    def push(self, body: int, force: Vector) -> None:
        self.data.xfrc_applied[body + 1, :3] = force

    def set_friction(self, friction: float) -> None:
        self.model.geom_friction[:, 0] = friction

    def close(self) -> None:
        """Nothing to release."""


class BulletWorld:
    """Defaults of pybullet with its damping (0.04 per second) off. Tuned: see README.md."""

    def __init__(self, setup: Setup, timestep: float, tuned: bool) -> None:
        import pybullet

        self.engine = pybullet
        self.client = pybullet.connect(pybullet.DIRECT)
        self.constant = setup.force
        self.setup = setup
        at = {"physicsClientId": self.client}
        pybullet.setTimeStep(timestep, **at)
        pybullet.setGravity(*setup.gravity, **at)
        if tuned:
            pybullet.setPhysicsEngineParameter(
                numSolverIterations=200, solverResidualThreshold=0.0, enableConeFriction=True,
                useSplitImpulse=True, contactSlop=0.0, **at)
            if setup.elastic:
                pybullet.setPhysicsEngineParameter(
                    restitutionVelocityThreshold=0.0, warmStartingFactor=0.0, contactERP=0.0, **at)
        # maximal coordinates: the authors' advice for restitution, and twice as fast; but they
        # have no cone, only the pyramid (a box stops 3 % short along an axis)
        maximal = tuned and setup.friction == 0.0
        plane = pybullet.createCollisionShape(pybullet.GEOM_PLANE, planeNormal=(0, 0, 1), **at)
        self.floor = pybullet.createMultiBody(0.0, plane, useMaximalCoordinates=maximal, **at)
        shapes: dict[object, int] = {}
        self.bodies: list[int] = []
        for body in setup.bodies:
            if body.size not in shapes:
                shapes[body.size] = (
                    pybullet.createCollisionShape(pybullet.GEOM_SPHERE, radius=body.size, **at)
                    if isinstance(body.size, float) else pybullet.createCollisionShape(
                        pybullet.GEOM_BOX, halfExtents=[0.5 * edge for edge in body.size], **at))
            w, x, y, z = body.attitude
            self.bodies.append(pybullet.createMultiBody(
                body.mass, shapes[body.size], basePosition=body.position, baseOrientation=(x, y, z, w),
                useMaximalCoordinates=maximal, **at))
        self._surfaces(tuned)
        for name, body in zip(self.bodies, setup.bodies):
            pybullet.resetBaseVelocity(name, body.velocity, (0, 0, 0), **at)

    def _surfaces(self, tuned: bool) -> None:
        setup, at = self.setup, {"physicsClientId": self.client}
        contact = {"contactProcessingThreshold": 0.0} if tuned and setup.elastic else {}
        restitution = 1.0 if setup.elastic else 0.0

        def own(pair: float, hub: bool) -> float:
            if setup.hub is None:
                return math.sqrt(pair)
            return 1.0 if hub else pair

        self.engine.changeDynamics(self.floor, -1, restitution=restitution,
                                   lateralFriction=own(setup.friction, False), **contact, **at)
        for k, (name, body) in enumerate(zip(self.bodies, setup.bodies)):
            pair = setup.friction if body.friction is None else body.friction
            self.engine.changeDynamics(
                name, -1, restitution=restitution, lateralFriction=own(pair, k == setup.hub),
                linearDamping=0.0, angularDamping=0.0, **contact, **at)

    def step(self, count: int) -> None:
        for _ in range(count):
            if self.constant is not None:  # Bullet forgets forces after each step
                self.push(*self.constant)
            self.engine.stepSimulation(physicsClientId=self.client)

    def positions(self) -> np.ndarray:
        read = self.engine.getBasePositionAndOrientation
        return np.array([read(name, physicsClientId=self.client)[0] for name in self.bodies])

    def velocities(self) -> np.ndarray:
        read = self.engine.getBaseVelocity
        return np.array([read(name, physicsClientId=self.client)[0] for name in self.bodies])

    def spins(self) -> np.ndarray:
        read = self.engine.getBaseVelocity
        return np.array([read(name, physicsClientId=self.client)[1] for name in self.bodies])

    def floor_force(self) -> float:
        points = self.engine.getContactPoints(bodyA=self.floor, physicsClientId=self.client)
        return math.fsum(point[9] for point in points)

    def push(self, body: int, force: Vector) -> None:
        centre, _ = self.engine.getBasePositionAndOrientation(
            self.bodies[body], physicsClientId=self.client)
        self.engine.applyExternalForce(self.bodies[body], -1, force, centre, self.engine.WORLD_FRAME,
                                       physicsClientId=self.client)

    def set_friction(self, friction: float) -> None:
        for name in (self.floor, *self.bodies):
            self.engine.changeDynamics(name, -1, lateralFriction=math.sqrt(friction),
                                       physicsClientId=self.client)

    def close(self) -> None:
        self.engine.disconnect(physicsClientId=self.client)


CORNER = 1e-3   # radius of the spheres at a box's corners in Drake, m


class DrakeWorld:
    """Discrete plant, default approximation ("lagged"); boxes touch with spheres at their
    corners, because a box and a half-space share a single point in Drake's point contact.
    Tuned: see README.md. With `accuracy` the compliant contact is integrated with error control
    (Runge-Kutta 3) instead, and `timestep` is only the interval between looks; of all worlds
    here that one alone knows two coefficients of friction.
    """

    def __init__(self, setup: Setup, timestep: float, tuned: bool, accuracy: float | None = None) -> None:
        import logging

        from pydrake import all as drake

        logging.getLogger("drake").setLevel(logging.ERROR)
        self.engine, self.setup, self.timestep, self.count = drake, setup, timestep, 0
        builder = drake.DiagramBuilder()
        self.plant, graph = drake.AddMultibodyPlantSceneGraph(
            builder, timestep if accuracy is None else 0.0)
        plant = self.plant
        plant.mutable_gravity_field().set_gravity_vector(setup.gravity)
        if tuned and accuracy is None:
            plant.set_discrete_contact_approximation(drake.DiscreteContactApproximation.kSap)
        if tuned and accuracy is not None:
            plant.set_stiction_tolerance(1e-4)
        self._shapes(graph, tuned)
        plant.Finalize()
        self.diagram = builder.Build()
        self.simulator = drake.Simulator(self.diagram)
        self.context = plant.GetMyMutableContextFromRoot(self.simulator.get_mutable_context())
        for name, body in zip(self.bodies, setup.bodies):
            pose = drake.RigidTransform(drake.Quaternion(np.array(body.attitude)), body.position)
            plant.SetFreeBodyPose(self.context, name, pose)
        plant.SetVelocities(self.context, np.concatenate(
            [(0.0, 0.0, 0.0, *body.velocity) for body in setup.bodies]))
        if setup.force is not None:
            self.push(*setup.force)
        if accuracy is not None:
            drake.ResetIntegratorFromFlags(self.simulator, "runge_kutta3", 0.01)
            self.simulator.get_mutable_integrator().set_target_accuracy(accuracy)
        self.simulator.Initialize()

    def _surface(self, friction: float, tuned: bool) -> object:
        """Contact material whose coefficient in a pair of equals is `friction`."""
        drake, setup = self.engine, self.setup
        kinetic = friction if setup.kinetic is None else setup.kinetic
        coefficients = drake.CoulombFriction(friction, kinetic)
        properties = drake.ProximityProperties()
        if setup.elastic:
            # two equal springs in series that turn the heaviest body round in IMPACT_STEPS steps
            stiffness = 2.0 * max(body.mass for body in setup.bodies)
            stiffness *= (math.pi / (IMPACT_STEPS * self.timestep))**2
            drake.AddContactMaterial(dissipation=0.0, point_stiffness=stiffness,
                                     friction=coefficients, properties=properties)
            properties.AddProperty("material", "relaxation_time", 0.0)
        elif tuned and setup.friction == 0.0:
            drake.AddContactMaterial(
                point_stiffness=1e8, friction=coefficients, properties=properties)
            properties.AddProperty("material", "relaxation_time", 5.0 * self.timestep)
        else:
            drake.AddContactMaterial(friction=coefficients, properties=properties)
        return properties

    def _shapes(self, graph: object, tuned: bool) -> None:
        drake, plant, setup = self.engine, self.plant, self.setup

        def own(pair: float, hub: bool) -> object:
            if setup.hub is None:
                return self._surface(pair, tuned)
            return self._surface(1.0 if hub else pair / (2.0 - pair), tuned)

        floor = plant.RegisterCollisionGeometry(
            plant.world_body(), drake.RigidTransform(), drake.HalfSpace(), "floor",
            own(setup.friction, False))
        solids, corners, self.bodies = drake.GeometrySet(), drake.GeometrySet(), []
        for k, body in enumerate(setup.bodies):
            inertia = drake.SpatialInertia(
                body.mass, np.zeros(3), drake.UnitInertia(*(part / body.mass for part in body.inertia)))
            name = plant.AddRigidBody(f"b{k}", plant.AddModelInstance(f"m{k}"), inertia)
            self.bodies.append(name)
            surface = own(setup.friction if body.friction is None else body.friction, k == setup.hub)
            if isinstance(body.size, float):
                plant.RegisterCollisionGeometry(
                    name, drake.RigidTransform(), drake.Sphere(body.size), "ball", surface)
                continue
            solids.Add(plant.RegisterCollisionGeometry(
                name, drake.RigidTransform(), drake.Box(*body.size), "box", surface))
            for i in range(8):
                signs = (1 - 2 * (i & 1), 1 - (i & 2), 1 - (i & 4) // 2)
                at = [sign * (0.5 * edge - CORNER) for sign, edge in zip(signs, body.size)]
                corners.Add(plant.RegisterCollisionGeometry(
                    name, drake.RigidTransform(at), drake.Sphere(CORNER), f"corner{i}", surface))
        # the corners stand for the box on the floor; between boxes both count, for edges that cross
        graph.collision_filter_manager().Apply(
            drake.CollisionFilterDeclaration().ExcludeBetween(solids, drake.GeometrySet([floor]))
            .ExcludeWithin(corners))

    def step(self, count: int) -> None:
        self.count += count
        self.simulator.AdvanceTo(self.count * self.timestep)

    def positions(self) -> np.ndarray:
        return self.plant.GetPositions(self.context).reshape(-1, 7)[:, 4:].copy()

    def velocities(self) -> np.ndarray:
        return self.plant.GetVelocities(self.context).reshape(-1, 6)[:, 3:].copy()

    def spins(self) -> np.ndarray:
        return self.plant.GetVelocities(self.context).reshape(-1, 6)[:, :3].copy()

    def floor_force(self) -> float:
        results = self.plant.get_contact_results_output_port().Eval(self.context)
        world, total = self.plant.world_body().index(), 0.0
        for k in range(results.num_point_pair_contacts()):
            pair = results.point_pair_contact_info(k)
            if world in (pair.bodyA_index(), pair.bodyB_index()):
                total += abs(pair.contact_force()[2])
        return total

    def push(self, body: int, force: Vector) -> None:
        load = self.engine.ExternallyAppliedSpatialForce()
        load.body_index = self.bodies[body].index()
        load.p_BoBq_B = np.zeros(3)
        load.F_Bq_W = self.engine.SpatialForce(np.zeros(3), np.array(force))
        self.plant.get_applied_spatial_force_input_port().FixValue(self.context, [load])

    def set_friction(self, friction: float) -> None:
        raise NotImplementedError("Drake's coefficients are fixed when the plant is built")

    def close(self) -> None:
        """Nothing to release."""


@dataclass(frozen=True)
class Engine:
    name: str
    version: str
    build: type = field(repr=False)


def engines() -> dict[str, Engine]:
    """What is installed, by name."""
    found = {}
    for name, package, build in (("mujoco", "mujoco", MujocoWorld), ("bullet", "pybullet", BulletWorld),
                                 ("drake", "drake", DrakeWorld)):
        try:
            found[name] = Engine(name, version(package), build)
        except PackageNotFoundError:
            continue
    return found


def weyl(index: int) -> float:
    """Number `index` of a fixed sequence in [0, 1): jitter that any language makes alike."""
    product = (index + 1) * 0.6180339887498949
    return product - math.floor(product)
