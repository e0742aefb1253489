"""What a first course in mechanics answers to pulls of a pack and to slumps of syrup; nothing for bricks.

Pack: a block that slides under a constant pull F at the angle a, with Coulomb friction. Normal force
N = mg - F sin a; it moves if F cos a > mu_s N; then v = (F cos a - mu_k N) T/m at the end of the pull and
the deceleration mu_k g after it; work F cos a times the way of the pull, all of it turned into heat; it tips
if the moment of the pull about the front edge exceeds that of the weight. Evaluated on draws of the
disclosed tolerances (uniform), then widened by 5 % as `plumbline score --baseline physics-101` does for drops.
Slump: Huppert's similarity solution with an origin in time (Huppert 1982, J. Fluid Mech. 121, 43), the
same as ../predictors/syrup_origin.py. Ball drops: the baseline of the program itself.
Standard library and numpy only.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

Record = dict[str, Any]
DRAWS = 64
WIDENING = 0.05
SLUMP_SHARE = {0.05: 0.85, 0.25: 0.95, 0.5: 1.0, 0.75: 1.05, 0.95: 1.15}


def draw(text: str, generator: np.random.Generator) -> float:
    """One draw of `2 kg ± 0.1 kg`, uniform in its tolerance."""
    parts = text.split(" ± ")
    value = float(parts[0].split()[0])
    if len(parts) == 1:
        return value
    if parts[1].strip().endswith("%"):
        width = value * float(parts[1].split()[0]) / 100
    else:
        width = float(parts[1].split()[0])
    return value + width * generator.uniform(-1, 1)


def components(value: Any) -> list[str]:
    """Texts of a vector, given as a list or as one text."""
    if isinstance(value, list):
        return [str(item) for item in value]
    body, _, unit = value.partition("]")
    return [f"{part.strip()} {unit.strip()}" for part in body.strip("[").split(",")]


def pack(scene: Record, generator: np.random.Generator) -> dict[str, float]:
    force, friction = scene["pull"]["force"], scene["floor"]["friction"]
    mass = draw(scene["pack"]["mass"], generator)
    pull, angle = draw(force["magnitude"], generator), draw(force["angle"], generator)
    height = draw(force["height"], generator)
    static, kinetic = draw(friction["static"], generator), draw(friction["kinetic"], generator)
    duration = draw(force["until"], generator) - draw(force["from"], generator)
    gravity = 9.80665
    length = draw(components(scene["pack"]["size"])[0], generator)
    along, up = pull * math.cos(angle), pull * math.sin(angle)
    normal = max(mass * gravity - up, 0.0)
    tips = float(along * height - up * 0.5 * length > mass * gravity * 0.5 * length)
    if along <= static * normal:
        return {"moves": tips, "tips": tips, "distance": 0.0, "stop-time": math.nan, "work": 0.0, "heat": 0.0}
    acceleration = max((along - kinetic * normal) / mass, 1e-9)
    speed, way = acceleration * duration, 0.5 * acceleration * duration**2
    start, brake = draw(force["from"], generator), kinetic * gravity
    stop = start + duration + speed / brake
    end = draw(scene["duration"], generator)
    rest = min(speed / brake, max(end - start - duration, 0.0))
    distance = way + speed * rest - 0.5 * brake * rest**2
    work = along * way
    left = 0.5 * mass * max(speed - brake * rest, 0.0) ** 2
    return {"moves": 1.0, "tips": tips, "distance": distance, "stop-time": stop, "work": work, "heat": work - left}


def slump(scene: Record, slot: str) -> float:
    radius, height = (float(scene["pour"]["slump"][key].split()[0]) for key in ("radius", "height"))
    volume = math.pi * radius**2 * height
    nu = float(scene["syrup"]["viscosity"].split()[0]) / float(scene["syrup"]["density"].split()[0])
    time = float(scene["duration"].split()[0])
    if "-at-" in slot:
        time = float(slot.rpartition("-at-")[2].removesuffix("s"))
    end = (radius**8 + 0.8939138**8 * 9.80665 * volume**3 * time / (3 * nu)) ** 0.125
    return 4 * volume / (3 * math.pi * end**2) if slot == "mound-height" else end


def answer(question: Record, experience: str) -> Record:
    scene, slot, event = question["scene"], question["slot"], question.get("event")
    if experience == "syrup-pour":
        value = slump(scene, slot)
        return {"quantiles": {f"{level:g}": value * SLUMP_SHARE[level] for level in question["levels"]}, "unit": "m"}
    generator = np.random.default_rng(1)
    values = np.array([pack(scene, generator)[event["outcome"] if event else slot] for _ in range(DRAWS)])
    values = values[~np.isnan(values)]
    if event:
        return {"p": float(np.clip(values.mean(), 0.02, 0.98))}
    if len(values) == 0:
        return {"handoff": True, "reason": "low-confidence"}
    values = values * (1 + WIDENING * generator.standard_normal(len(values)))
    quantiles = {f"{level:g}": float(np.quantile(values, level)) for level in question["levels"]}
    return {"quantiles": quantiles, "unit": question["quantity"]["unit"]}


def answers(experience: str, questions: list[Record]) -> list[Record] | None:
    """Predictions; None where this course has no formula, or where the program has its own baseline."""
    if experience not in ("backpack-drag", "syrup-pour"):
        return None
    return [{"schema": "prediction/1", "id": question["id"], "model": "physics-101", "track": "closed-book",
             "answer": answer(question, experience)} for question in questions]
