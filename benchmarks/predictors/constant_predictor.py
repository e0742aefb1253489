"""Answer every question of a slot with the same constant, for a floor to compare with.

    python constant_predictor.py questions.jsonl > predictions.jsonl

The constants come from the support that the question declares: its middle as the
value, equal shares of it as quantiles (geometric on a log10 scale), and one half
as the probability of an event. No scene is read. Touches the question file
(read) and standard output.

Sources: record formats question/1 and prediction/1 of this repository.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from answers import handoff, read_questions, write

MODEL = "constant-1"


def at(quantity: dict[str, Any], level: float) -> float:
    low, high = quantity["support"]
    if quantity.get("scale") == "log10" and low > 0.0:
        return float(low * (high / low) ** level)
    return float(low + level * (high - low))


def constant(question: dict[str, Any]) -> dict[str, Any]:
    quantity = question["quantity"]
    if question["rule"] == "brier" and question["type"] == "event":
        return {"p": 0.5}
    if question["type"] != "scalar" or None in (quantity.get("support") or [None]):
        return handoff("out-of-range", "no support to take a constant from")
    if question["rule"] == "wis":
        quantiles = {str(level): at(quantity, level) for level in question["levels"]}
        return {"quantiles": quantiles, "unit": quantity["unit"]}
    return {"value": at(quantity, 0.5), "unit": quantity["unit"]}


def main() -> None:
    parser = argparse.ArgumentParser(description="Answer every question of a slot with one constant.")
    parser.add_argument("questions", type=Path, help="questions.jsonl of a data set")
    for question in read_questions(parser.parse_args().questions):
        write(question["id"], MODEL, "closed-book", constant(question))


if __name__ == "__main__":
    main()
