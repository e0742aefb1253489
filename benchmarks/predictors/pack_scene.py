"""Read the disclosed scene of a backpack-drag question.

Turns the JSON `scene` of a question/1 record into plain SI numbers in the floor's axes (x along
it, downhill; z along its normal), and its tolerances into laws. Touches nothing.

Sources: docs of the scene and question formats of this repository; moments of inertia of a
uniform box, which stay those about its middle when the centre of mass is off it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from scene import (
    MAX_FRAME_ROTATION, Law, LooseScene, OutOfRange, parse_law, parse_number, parse_vector, parse_vector_laws,
)

AXES = ("x", "y", "z")


@dataclass(frozen=True)
class Friction:
    """Coefficient at a sliding speed u: kinetic + (static - kinetic) exp(-(u/us)^2) + viscous u."""

    static: float
    kinetic: float
    stribeck_speed: float
    viscous: float

    def at(self, speed: float, hold: float) -> float:
        """With `stribeck_speed` 0 the static value holds below the speed `hold`."""
        if self.stribeck_speed > 0.0:
            share = math.exp(-((speed / self.stribeck_speed) ** 2))
        else:
            share = 1.0 if speed < hold else 0.0
        return self.kinetic + (self.static - self.kinetic) * share + self.viscous * speed


@dataclass(frozen=True)
class Pull:
    """One of `push`, `force`, `strap`, `belt`; unused numbers are 0."""

    kind: str
    velocity: tuple[float, float, float] = (0.0, 0.0, 0.0)   # push, of the centre of mass
    spin: tuple[float, float, float] = (0.0, 0.0, 0.0)       # push
    magnitude: float = 0.0     # force, N
    begins: float = 0.0        # force, s
    ends: float = math.inf     # force, s
    speed: float = 0.0         # hand or belt, m/s
    stiffness: float = 0.0     # strap, N/m
    damping: float = 0.0       # strap, N.s/m
    length: float = 0.0        # strap, m, from hold to hand at the start
    slack: float = 0.0         # strap, m
    angle: float = 0.0         # rad, elevation
    azimuth: float = 0.0       # rad
    height: float = 0.0        # m, of the hold above the floor

    @property
    def heading(self) -> np.ndarray:
        return np.array((math.cos(self.azimuth), math.sin(self.azimuth), 0.0))

    @property
    def direction(self) -> np.ndarray:
        return math.cos(self.angle) * self.heading + np.array((0.0, 0.0, math.sin(self.angle)))


@dataclass(frozen=True)
class Pack:
    """One drag in SI numbers."""

    size: tuple[float, float, float]
    mass: float
    centre: tuple[float, float, float]     # of mass, from the middle of the box
    gravity: tuple[float, float, float]    # floor axes
    friction: Friction
    pull: Pull
    duration: float

    @property
    def inertia(self) -> tuple[float, float, float]:
        x, y, z = (edge * edge for edge in self.size)
        return (self.mass / 12.0 * (y + z), self.mass / 12.0 * (x + z), self.mass / 12.0 * (x + y))

    @property
    def start(self) -> tuple[float, float, float]:
        """Centre of mass of the pack on its base, the middle of which is above the origin."""
        return (self.centre[0], self.centre[1], 0.5 * self.size[2] + self.centre[2])

    @property
    def hold(self) -> np.ndarray:
        """Where a pull holds, from the centre of mass: on the side that faces it, in the middle plane."""
        heading, half = self.pull.heading, 0.5 * np.array(self.size)
        reach = min(half[k] / abs(heading[k]) if abs(heading[k]) > 1e-12 else math.inf for k in (0, 1))
        return np.array((reach * heading[0], reach * heading[1], self.pull.height - half[2])) - self.centre

    def slowest(self, creep: float) -> float:
        """Speed below which the pack counts as at rest in an engine that creeps at up to `creep` m/s."""
        speed = abs(self.pull.speed)
        return min(creep, 0.2 * speed) if speed > 0.0 else creep


class DisclosedPack(LooseScene):
    """The scene of one instance."""

    NUMBERS = {   # of each pull: key, default, name in Pull
        "force": (("magnitude", None, "magnitude"), ("angle", 0, "angle"), ("azimuth", 0, "azimuth"),
                  ("height", None, "height"), ("from", 0, "begins"), ("until", None, "ends")),
        "strap": (("speed", None, "speed"), ("stiffness", None, "stiffness"), ("damping", 0, "damping"),
                  ("angle", 0, "angle"), ("azimuth", 0, "azimuth"), ("height", None, "height"),
                  ("length", "1 m", "length"), ("slack", 0, "slack")),
        "belt": (("speed", None, "speed"),),
        "push": (),
    }

    def __init__(self, scene: dict[str, Any]) -> None:
        environment = scene.get("environment", {})
        rotation = parse_vector(environment.get("rotation", [0, 0, 0]))
        if math.hypot(*rotation) > MAX_FRAME_ROTATION:
            raise OutOfRange("rotating frame")
        self.duration = parse_number(scene.get("duration", "60 s"))
        self.laws = {"mass": parse_law(scene["pack"]["mass"]), "tilt": parse_law(scene["floor"].get("tilt", 0))}
        self._vector("size", scene["pack"]["size"])
        self._vector("centre", scene["pack"].get("centre-of-mass", [0, 0, 0]))
        self._friction(scene["floor"]["friction"])
        gravity = environment.get("gravity", "9.80665 m/s^2")
        if isinstance(gravity, list) or (isinstance(gravity, str) and "[" in gravity):
            self._vector("gravity", gravity)
        else:
            self.laws["gravity"] = parse_law(gravity)
        self._pull(scene["pull"])

    def _vector(self, name: str, value: Any) -> None:
        for axis, law in zip(AXES, parse_vector_laws(value)):
            self.laws[f"{name}.{axis}"] = law

    def _friction(self, friction: Any) -> None:
        parts = friction if isinstance(friction, dict) and "static" in friction else {"static": friction}
        self.laws["static"] = parse_law(parts["static"])
        self.same = "kinetic" not in parts
        for key in ("kinetic", "stribeck-speed", "viscous"):
            self.laws[key] = parse_law(parts.get(key, 0))

    def _pull(self, pull: dict[str, Any]) -> None:
        self.kind = next((kind for kind in self.NUMBERS if pull.get(kind) is not None), "")
        if not self.kind:
            raise OutOfRange(f"pull {sorted(pull)}")
        parts = pull[self.kind]
        for key, default, name in self.NUMBERS[self.kind]:
            value = parts.get(key, default)
            self.laws[f"pull.{name}"] = Law(math.inf) if value is None and key == "until" else parse_law(value)
        if self.kind == "push":
            self._vector("velocity", parts.get("velocity", [0, 0, 0]))
            self._vector("spin", parts.get("spin", [0, 0, 0]))

    def built(self, numbers: dict[str, float]) -> Pack:
        def vector(name: str) -> tuple[float, float, float]:
            return (numbers[f"{name}.x"], numbers[f"{name}.y"], numbers[f"{name}.z"])

        c, s = math.cos(numbers["tilt"]), math.sin(numbers["tilt"])
        x, y, z = vector("gravity") if "gravity.x" in numbers else (0.0, 0.0, -numbers["gravity"])
        kinetic = numbers["static"] if self.same else numbers["kinetic"]
        friction = Friction(max(numbers["static"], kinetic), kinetic, numbers["stribeck-speed"], numbers["viscous"])
        named = {name.removeprefix("pull."): value for name, value in numbers.items() if name.startswith("pull.")}
        if self.kind == "push":
            named |= {"velocity": vector("velocity"), "spin": vector("spin")}
        return Pack(
            size=vector("size"), mass=numbers["mass"], centre=vector("centre"),
            gravity=(c * x - s * z, y, s * x + c * z), friction=friction,
            pull=Pull(self.kind, **named), duration=self.duration)
