"""Turn questions into predictions with any engine that can run a drop, or drag a pack.

Reads question/1 lines, simulates each instance once (all members of its
tolerances, kept for its other questions), and writes one prediction/1 line per
question to standard output. Touches the question file (read) and standard
output; no network, no clock.

Sources: record formats question/1 and prediction/1 of this repository. Quantiles
are the linear-interpolation sample quantiles of numpy.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

import pack_outcomes
from outcomes import UNITS, Series, holds, outcomes, read, rest_tolerance
from pack_outcomes import PackEngine
from pack_scene import DisclosedPack, Pack
from scene import DisclosedScene, Drop, LooseScene, OutOfRange

CHUNK = 1.0       # s of simulated time between looks at whether the ball rests
WINDOW = 0.5      # s the underside must stay put
LONGEST = 60.0    # s of simulated time, the cap


class Engine(Protocol):
    """One ball drop in an engine."""

    def record(self, seconds: float) -> Series: ...

    def close(self) -> None: ...


def run_to_rest(engine: Engine, drop: Drop) -> Series:
    """Advance until the ball has touched the floor and then stays where it is, or to the cap."""
    series = engine.record(CHUNK)
    while series.time[-1] < LONGEST:
        reading = read(series, drop)
        recent = reading.underside[series.time > series.time[-1] - WINDOW]
        if reading.contact.any() and np.ptp(recent) < rest_tolerance(drop):
            break
        later = engine.record(max(CHUNK, 0.25 * float(series.time[-1])))
        series = series.joined(later)
    engine.close()
    return series


@dataclass(frozen=True)
class Experience:
    """How an engine answers one experience: outcomes of a set-up in SI, and their units."""

    read: Callable[[dict[str, Any]], LooseScene]
    simulate: Callable[[Any], dict[str, float]]
    units: dict[str, str]
    span: str      # where an outcome that did not occur was looked for


def ball_drop(build: Callable[[Drop], Engine]) -> Experience:
    return Experience(DisclosedScene, lambda drop: outcomes(run_to_rest(build(drop), drop), drop), UNITS,
                      f"within {LONGEST:g} s")


def backpack_drag(build: Callable[[Pack], PackEngine]) -> Experience:
    return Experience(DisclosedPack, lambda pack: pack_outcomes.run(build(pack), pack), pack_outcomes.UNITS,
                      "within the duration")


class Instance:
    """Outcomes of one instance: at the centre of the tolerances, and of each member."""

    def __init__(self, scene: dict[str, Any], experiences: dict[str, Experience], members: int) -> None:
        name = scene.get("experience", "")
        if name not in experiences:
            raise OutOfRange(f"experience {name!r}")
        experience = experiences[name]
        self.units, self.span = experience.units, experience.span
        disclosed = experience.read(scene)
        self.centre = experience.simulate(disclosed.centre())
        setups = disclosed.members(members)
        self.members = [self.centre] if len(setups) == 1 else [experience.simulate(setup) for setup in setups]


def handoff(reason: str, note: str) -> dict[str, Any]:
    return {"handoff": True, "reason": reason, "note": note}


def answer(question: dict[str, Any], instance: Instance) -> dict[str, Any]:
    event = question.get("event")
    outcome = event["outcome"] if event else question["slot"]
    if outcome not in instance.units:
        return handoff("out-of-range", f"no outcome {outcome} in the time series")
    seen = [member[outcome] for member in instance.members if not math.isnan(member[outcome])]
    if 2 * len(seen) < len(instance.members) or not seen:
        return handoff("low-confidence", f"{outcome} does not occur {instance.span}")
    rule = question["rule"]
    if rule == "brier" and event:
        share = sum(holds(value, event["comparison"], event["value"], event["unit"]) for value in seen)
        return {"p": share / len(seen)}
    if rule == "wis":
        quantiles = {str(level): float(np.quantile(seen, level)) for level in question["levels"]}
        return {"quantiles": quantiles, "unit": instance.units[outcome]}
    if rule == "crps":
        value = instance.centre[outcome]
        return {"value": float(np.median(seen)) if math.isnan(value) else value, "unit": instance.units[outcome]}
    return handoff("out-of-range", f"no answer for the rule {rule}")


def predictions(
    questions: Iterator[dict[str, Any]], experiences: dict[str, Experience], members: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """(question id, answer) for each question; an instance is simulated once."""
    instances: dict[str, Instance | str] = {}
    for question in questions:
        name = question["instance"] if "instance" in question else question["id"].rpartition("/")[0]
        if name not in instances:
            try:
                instances[name] = Instance(question["scene"], experiences, members)
            except OutOfRange as reason:
                instances[name] = str(reason)
        instance = instances[name]
        if isinstance(instance, str):
            yield question["id"], handoff("out-of-range", instance)
        else:
            yield question["id"], answer(question, instance)


def read_questions(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def write(identifier: str, model: str, track: str, reply: dict[str, Any]) -> None:
    record = {"schema": "prediction/1", "id": identifier, "model": model, "track": track, "answer": reply}
    json.dump(record, sys.stdout, separators=(",", ":"), allow_nan=False)
    sys.stdout.write("\n")


def arguments(description: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("questions", type=Path, help="questions.jsonl of a data set")
    parser.add_argument("--members", type=int, default=32, help="runs per instance with tolerances (default 32)")
    parser.add_argument("--tuned", action="store_true", help="settings for bouncing and friction, see README.md")
    return parser.parse_args()


def main(model: str, experiences: Callable[[bool], dict[str, Experience]], description: str) -> None:
    options = arguments(description)
    name = model + ("-tuned" if options.tuned else "")
    known = experiences(options.tuned)
    for identifier, reply in predictions(read_questions(options.questions), known, options.members):
        write(identifier, name, "open-sim", reply)
