#!/usr/bin/env python3
"""Predicts slumps by Huppert's similarity solution with an origin in time.

r(t)^8 = r0^8 + 0.8939^8 g V^3 t/(3 nu), height 4V/(3 pi r^2): the puddle has its first radius at the
start. Quantiles are a fixed share around the value, chosen before any score was seen.

    plumbline questions DATA | python3 syrup_origin.py > answers.jsonl
"""

import json
import math
import re
import sys

SHARE = {0.05: 0.85, 0.25: 0.95, 0.5: 1.0, 0.75: 1.05, 0.95: 1.15}


def nominal(text):
    """The number of a quantity in SI such as "0.02 m ± 0.001 m"."""
    return float(re.split(r"[ ±]", text)[0])


def answer(question):
    scene = question["scene"]
    slump = scene["pour"]["slump"]
    radius, height = nominal(slump["radius"]), nominal(slump["height"])
    volume = math.pi * radius**2 * height
    nu = nominal(scene["syrup"]["viscosity"]) / nominal(scene["syrup"]["density"])
    gravity = nominal(scene["environment"]["gravity"])
    slot = question["slot"]
    match = re.fullmatch(r"spread-radius-at-(.+)s", slot)
    time = float(match.group(1)) if match else nominal(scene["duration"])
    end = (radius**8 + 0.8939138**8 * gravity * volume**3 * time / (3 * nu)) ** 0.125
    value = 4 * volume / (3 * math.pi * end**2) if slot == "mound-height" else end
    quantiles = {str(level): value * SHARE[level] for level in question["levels"]}
    return {"schema": "prediction/1", "id": question["id"], "answer": {"quantiles": quantiles, "unit": "m"}}


for line in sys.stdin:
    question = json.loads(line)
    if "slot" in question:
        print(json.dumps(answer(question)))
