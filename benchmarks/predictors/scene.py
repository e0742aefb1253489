"""Read the disclosed scene of a ball-drop question.

Turns the JSON `scene` of a question/1 record into plain SI numbers, and its
tolerances into laws from which members of an ensemble are drawn. Touches
nothing: no files, no engine, no global random state.

Sources: docs of the scene and question formats of this repository. The sphere's
moments of inertia are the textbook 2/5 m r^2 (solid) and 2/3 m r^2 (thin shell).
"""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

UNITS: dict[str, tuple[str, float]] = {
    # unit: (dimension, factor to SI)
    "": ("1", 1.0), "1": ("1", 1.0), "%": ("1", 0.01),
    "m": ("m", 1.0), "cm": ("m", 1e-2), "mm": ("m", 1e-3), "um": ("m", 1e-6),
    "s": ("s", 1.0), "ms": ("s", 1e-3),
    "kg": ("kg", 1.0), "g": ("kg", 1e-3),
    "m/s": ("m/s", 1.0), "m/s^2": ("m/s^2", 1.0),
    "rad": ("1", 1.0), "deg": ("1", math.pi / 180.0),
    "rad/s": ("1/s", 1.0), "1/s": ("1/s", 1.0),
    "kg/m^3": ("kg/m^3", 1.0),
    "Pa.s": ("Pa.s", 1.0), "mPa.s": ("Pa.s", 1e-3), "uPa.s": ("Pa.s", 1e-6),
    "J": ("J", 1.0), "mJ": ("J", 1e-3),
    "N": ("N", 1.0), "kN": ("N", 1e3),
    "N/m": ("N/m", 1.0), "kN/m": ("N/m", 1e3), "N/mm": ("N/m", 1e3),
    "N.s/m": ("N.s/m", 1.0), "s/m": ("s/m", 1.0),
    "cm/s": ("m/s", 1e-2), "mm/s": ("m/s", 1e-3), "km/h": ("m/s", 1.0 / 3.6),
    "kg.m/s^2": ("N", 1.0), "kg/s^2": ("N/m", 1.0), "kg/s": ("N.s/m", 1.0),
}
NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
STANDARD_AIR = (1.2041, 1.8134e-5)  # kg/m^3, Pa.s: 20 degC, 101325 Pa, dry
MAX_FRAME_ROTATION = 1e-3           # rad/s; Earth's 7.3e-5 shifts a drop of metres by micrometres
DRAG_LAWS = ("stokes", "schiller-naumann", "clift-gauvin", "morrison")


class OutOfRange(Exception):
    """The scene holds something that a rigid-body engine does not express."""


@dataclass(frozen=True)
class Law:
    """A number with its tolerance; `at(u)` is the quantile function."""

    centre: float
    half_width: float = 0.0
    sd: float = 0.0
    choices: tuple[float, ...] = ()

    @property
    def exact(self) -> bool:
        return self.half_width == 0.0 and self.sd == 0.0 and len(self.choices) < 2

    def at(self, u: float) -> float:
        if self.choices:
            return self.choices[min(int(u * len(self.choices)), len(self.choices) - 1)]
        if self.sd > 0.0:
            return NormalDist(self.centre, self.sd).inv_cdf(u)
        return self.centre + (2.0 * u - 1.0) * self.half_width


def to_si(value: float, unit: str) -> float:
    """`value` in `unit` as an SI number."""
    key = unit.strip()
    if key not in UNITS:
        raise OutOfRange(f"unit {key!r} is not one this reader knows")
    return value * UNITS[key][1]


def parse_number(value: Any) -> float:
    """`9.8`, `"9.8"` or `"9.8 m/s^2"` as an SI number."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    match = re.fullmatch(rf"\s*({NUMBER})\s*(.*?)\s*", str(value))
    if match is None:
        raise OutOfRange(f"{value!r} is not a number with a unit")
    return to_si(float(match[1]), match[2])


def parse_law(value: Any) -> Law:
    """A number or any of the tolerance forms of a scene."""
    if isinstance(value, dict):
        if {"value", "sd"} <= value.keys():
            return Law(parse_number(value["value"]), sd=parse_number(value["sd"]))
        if {"low", "high"} <= value.keys():
            low, high = parse_number(value["low"]), parse_number(value["high"])
            return Law(0.5 * (low + high), half_width=0.5 * (high - low))
        if "one-of" in value:
            choices = tuple(sorted(parse_number(item) for item in value["one-of"]))
            return Law(choices[len(choices) // 2], choices=choices)
        raise OutOfRange(f"law {value.get('law', sorted(value))!r} is not a constant")
    parts = re.split(r"±|\+/-", str(value)) if isinstance(value, str) else [value]
    if len(parts) == 1:
        return Law(parse_number(value))
    left, right = parts
    relative = right.strip().endswith("%")
    if re.fullmatch(rf"\s*{NUMBER}\s*", left) and not relative:
        left = left + " " + re.sub(rf"^\s*{NUMBER}", "", right)  # `1 ± 0.01 m`
    centre, half = parse_number(left), parse_number(right)
    return Law(centre, half_width=abs(centre) * half if relative else half)


def parse_vector_laws(value: Any) -> tuple[Law, Law, Law]:
    """A vector each of whose components may have a tolerance."""
    if isinstance(value, (list, tuple)):
        laws = [parse_law(item) for item in value]
        if len(laws) != 3:
            raise OutOfRange(f"{value!r} has {len(laws)} components")
        return (laws[0], laws[1], laws[2])
    x, y, z = parse_vector(value)
    return (Law(x), Law(y), Law(z))


def parse_vector(value: Any) -> tuple[float, float, float]:
    """`"[0, 0, 1] m/s"` or a list of three quantities; a scalar is an error here."""
    if isinstance(value, (list, tuple)):
        items = [parse_number(item) for item in value]
    else:
        match = re.fullmatch(r"\s*\[([^\]]*)\]\s*(.*?)\s*", str(value))
        if match is None:
            raise OutOfRange(f"{value!r} is not a vector")
        items = [to_si(float(item), match[2]) for item in match[1].split(",")]
    if len(items) != 3:
        raise OutOfRange(f"{value!r} has {len(items)} components")
    return (items[0], items[1], items[2])


@dataclass(frozen=True)
class Drop:
    """One ball drop in SI numbers. Axes: x downhill, z up; the floor passes through the origin."""

    gravity: tuple[float, float, float]
    air_density: float        # kg/m^3, 0 without air
    air_viscosity: float      # Pa.s
    buoyancy: bool
    drag_law: str             # none, constant, or one of DRAG_LAWS
    drag_coefficient: float   # used by `constant` only
    radius: float             # m
    mass: float               # kg
    shell: bool
    height: float             # m, gap along the floor's normal over the cosine of the tilt
    velocity: tuple[float, float, float]
    spin: tuple[float, float, float]
    tilt: float               # rad, about +y
    restitution: float
    friction: float

    @property
    def volume(self) -> float:
        return 4.0 / 3.0 * math.pi * self.radius**3

    @property
    def inertia(self) -> float:
        return (2.0 / 3.0 if self.shell else 0.4) * self.mass * self.radius**2

    @property
    def normal(self) -> tuple[float, float, float]:
        return (math.sin(self.tilt), 0.0, math.cos(self.tilt))

    @property
    def centre(self) -> tuple[float, float, float]:
        # above the origin along the normal, so that distances along the floor start at its foot
        along = self.height * math.cos(self.tilt) + self.radius
        return (along * self.normal[0], along * self.normal[1], along * self.normal[2])


class LooseScene:
    """Numbers with their laws, by name, and members drawn from them; the base of every experience."""

    laws: dict[str, Law]

    def built(self, numbers: dict[str, float]) -> Any:
        raise NotImplementedError

    def centre(self) -> Any:
        """The set-up with every tolerance at its centre."""
        return self.built({name: law.centre for name, law in self.laws.items()})

    def members(self, count: int, seed: int = 0) -> list[Any]:
        """A Latin hypercube over the toleranced numbers; one member if all are exact."""
        loose = [name for name, law in self.laws.items() if not law.exact]
        if not loose:
            return [self.centre()]
        generator = random.Random(seed)
        strata: dict[str, list[float]] = {}
        for name in loose:
            strata[name] = [(k + 0.5) / count for k in range(count)]
            generator.shuffle(strata[name])
        members = []
        for k in range(count):
            numbers = {name: law.centre for name, law in self.laws.items()}
            numbers.update({name: self.laws[name].at(strata[name][k]) for name in loose})
            members.append(self.built(numbers))
        return members


class DisclosedScene(LooseScene):
    """The scene of one instance: laws of its toleranced numbers, and drops drawn from them."""

    def __init__(self, scene: dict[str, Any]) -> None:
        if scene.get("experience") != "ball-drop":
            raise OutOfRange(f"experience {scene.get('experience')!r}")
        self.environment = scene.get("environment", {})
        self.ball = scene["ball"]
        self.start = scene["start"]
        self.floor = scene["floor"]
        self.drag = scene.get("drag", "sphere")
        rotation = parse_vector(self.environment.get("rotation", [0, 0, 0]))
        if math.hypot(*rotation) > MAX_FRAME_ROTATION:
            raise OutOfRange("rotating frame")
        if parse_number(self.floor.get("grip", 0)) != 0.0:
            raise OutOfRange("tangential restitution")
        named = {
            "diameter": self.ball["diameter"],
            "weight": self.ball["mass"] if "mass" in self.ball else self.ball["density"],
            "height": self.start["height"],
            "tilt": self.floor.get("tilt", 0),
            "restitution": self.floor["restitution"],
            "friction": self.floor.get("friction", 0),
        }
        gravity = self.environment.get("gravity", "9.80665 m/s^2")
        self.gravity_vector: tuple[float, float, float] | None = None
        if isinstance(gravity, list) or (isinstance(gravity, str) and "[" in gravity):
            self.gravity_vector = parse_vector(gravity)
        else:
            named["gravity"] = gravity
        if isinstance(self.drag, dict) and "coefficient" in self.drag:
            named["coefficient"] = self.drag["coefficient"]
        self.laws = {name: parse_law(value) for name, value in named.items()}

    def built(self, numbers: dict[str, float]) -> Drop:
        density, viscosity = self._air()
        law, coefficient = self._drag(numbers)
        radius = 0.5 * numbers["diameter"]
        volume = 4.0 / 3.0 * math.pi * radius**3
        mass = numbers["weight"] if "mass" in self.ball else numbers["weight"] * volume
        return Drop(
            gravity=self.gravity_vector or (0.0, 0.0, -numbers["gravity"]),
            air_density=density,
            air_viscosity=viscosity,
            buoyancy=bool(self.environment.get("buoyancy", True)) and density > 0.0,
            drag_law=law if density > 0.0 else "none",
            drag_coefficient=coefficient,
            radius=radius,
            mass=mass,
            shell=self.ball.get("fill", "solid") == "shell",
            height=numbers["height"],
            velocity=parse_vector(self.start.get("velocity", [0, 0, 0])),
            spin=parse_vector(self.start.get("spin", [0, 0, 0])),
            tilt=numbers["tilt"],
            restitution=min(max(numbers["restitution"], 0.0), 1.0),
            friction=max(numbers["friction"], 0.0),
        )

    def _air(self) -> tuple[float, float]:
        air = self.environment.get("air", "standard")
        if air == "none":
            return (0.0, 0.0)
        if air == "standard":
            return STANDARD_AIR
        if isinstance(air, dict):
            return (parse_law(air["density"]).centre, parse_law(air["viscosity"]).centre)
        raise OutOfRange(f"air {air!r}")

    def _drag(self, numbers: dict[str, float]) -> tuple[str, float]:
        if self.drag == "none":
            return ("none", 0.0)
        if self.drag == "sphere":
            return ("morrison", 0.0)
        if isinstance(self.drag, dict) and "coefficient" in self.drag:
            return ("constant", numbers["coefficient"])
        if isinstance(self.drag, dict) and self.drag.get("law") in DRAG_LAWS:
            return (self.drag["law"], 0.0)
        raise OutOfRange(f"drag {self.drag!r}")
