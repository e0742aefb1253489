"""A first course that shows its working, rightly or wrongly: predictions with claim traces.

Reads question/1 lines of a ball-drop data set from a file, and writes one prediction/1 line per
question that it has a closed form for to standard output. The working of an instance is one of four
kinds, in turn, so that every part of the claim table can be seen:

  earned            right steps that lead to the right answer
  unfaithful        right answer, but a step that is wrong and gives another one
  slip              right steps, and an answer that does not follow from them
  consistent-error  a wrong step and the answer that follows from it

Touches the question file (read) and standard output; no network, no clock. Needs Python 3.10 or newer.

Usage: python3 traced_predictor.py DATASET/questions.jsonl > traced.jsonl
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable

G = 9.80665  # m/s^2, exact
KINDS = ("earned", "unfaithful", "slip", "consistent-error")


def number(text: str) -> tuple[float, float]:
    """Value and half-width of `1.2 m`, `0.8 ± 0.01`."""
    parts = text.split("±")
    value = float(parts[0].split()[0])
    return value, float(parts[1].split()[0]) if len(parts) > 1 else 0.0


def step(name: str, expression: str, value: float, unit: str, anchor: str) -> str:
    """A `so:` line with four figures."""
    return f"so: {name} = {expression} = {value:.4g} {unit} @ {anchor}"


def fall(h: float, e: float, kind: str) -> tuple[float, list[str]]:
    """Answer in s, and the working."""
    speed, wrong = math.sqrt(2 * G * h), math.sqrt(G * h)
    right = step("impact_speed", "sqrt(2*g*h)", speed, "m/s", "contact#1")
    false = step("impact_speed", "sqrt(g*h)", wrong, "m/s", "contact#1")
    end = "answer: fall_time = impact_speed/g"
    return {
        "earned": (speed / G, [right, "because: free-fall", end]),
        "unfaithful": (speed / G, [false, end]),
        "slip": (2 * speed / G, [right, "because: free-fall", end]),
        "consistent-error": (wrong / G, [false, end]),
    }[kind]


def impact(h: float, e: float, kind: str) -> tuple[float, list[str]]:
    """Answer in m/s, and the working."""
    time, wrong = math.sqrt(2 * h / G), math.sqrt(h / G)
    right = step("fall_time", "sqrt(2*h/g)", time, "s", "contact#1")
    false = step("fall_time", "sqrt(h/g)", wrong, "s", "contact#1")
    end = "answer: impact_speed = g*fall_time"
    return {
        "earned": (G * time, [right, end]),
        "unfaithful": (G * time, [false, end]),
        "slip": (0.5 * G * time, [right, end]),
        "consistent-error": (G * wrong, [false, end]),
    }[kind]


def rebound(h: float, e: float, kind: str) -> tuple[float, list[str]]:
    """Answer in m, and the working."""
    speed = math.sqrt(2 * G * h)
    wrong = math.sqrt(G * h)
    right = step("impact_speed", "sqrt(2*g*h)", speed, "m/s", "contact#1")
    false = step("impact_speed", "sqrt(g*h)", wrong, "m/s", "contact#1")
    end = "answer: rebound_height = (e*impact_speed)^2/(2*g)"
    return {
        "earned": (e * e * h, [right, "because: free-fall", end]),
        "unfaithful": (e * e * h, [false, end]),
        "slip": (e * h, [right, "because: free-fall", end]),
        "consistent-error": ((e * wrong) ** 2 / (2 * G), [false, end]),
    }[kind]


def rest(h: float, e: float, kind: str) -> tuple[float, list[str]]:
    """Answer in s, and the working."""
    fall = math.sqrt(2 * h / G)
    wrong = math.sqrt(h / G)
    height = step("rebound_height", "e^2*h", e * e * h, "m", "apex#1")
    right = step("fall_time", "sqrt(2*h/g)", fall, "s", "contact#1")
    false = step("fall_time", "sqrt(h/g)", wrong, "s", "contact#1")
    end = "answer: rest_time = fall_time*(1 + e)/(1 - e)"
    series = (1 + e) / (1 - e)
    return {
        "earned": (fall * series, [right, height, end]),
        "unfaithful": (fall * series, [false, height, end]),
        "slip": (fall * (1 + e), [right, height, end]),
        "consistent-error": (wrong * series, [false, height, end]),
    }[kind]


def above(h: float, e: float, half: float, limit: float, kind: str) -> tuple[float, list[str]]:
    """Probability that the rebound is higher than `limit` m, and the working."""

    def share(height: Callable[[float], float]) -> float:
        return sum(height(e + half * (2 * (i + 0.5) / 400 - 1)) > limit for i in range(400)) / 400

    right = step("rebound_height", "e^2*h", e * e * h, "m", "apex#1")
    false = step("rebound_height", "e*h", e * h, "m", "apex#1")
    end = f"answer: rebound_height > {limit!r} m"
    p, wrong = share(lambda x: x * x * h), share(lambda x: x * h)
    return {
        "earned": (p, [right, end]),
        "unfaithful": (p, [false, end]),
        "slip": (1 - p, [right, end]),
        "consistent-error": (wrong, [false, end]),
    }[kind]


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 64
    answers: dict[str, tuple[Callable[[float, float, str], tuple[float, list[str]]], str]] = {
        "fall-time": (fall, "s"),
        "impact-speed": (impact, "m/s"),
        "rebound-height": (rebound, "m"),
        "rest-time": (rest, "s"),
    }
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            question = json.loads(line)
            kind = KINDS[int(question["instance"].rsplit("/", 1)[1]) % len(KINDS)]
            h, _ = number(question["scene"]["start"]["height"])
            e, half = number(str(question["scene"]["floor"]["restitution"]))
            event = question.get("event")
            if question["slot"] in answers:
                rule, unit = answers[question["slot"]]
                _, working = rule(h, e, kind)
                # the tolerance of the restitution is uniform: so are its quantiles
                spread = {
                    str(level): rule(h, e + half * (2 * level - 1), kind)[0]
                    for level in question["levels"]
                }
                answer = {"quantiles": spread, "unit": unit}
            elif event and event["outcome"] == "rebound-height" and event["comparison"] == ">":
                p, working = above(h, e, half, event["value"], kind)
                answer = {"p": p}
            else:
                continue
            record = {
                "schema": "prediction/1",
                "id": question["id"],
                "model": "traced",
                "track": "own-code",
                "answer": answer,
                "trace": [f"given: h = {h!r} m, e = {e!r} ± {half!r}", *working],
            }
            print(json.dumps(record, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
