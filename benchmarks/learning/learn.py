"""Skill against experience: make data, train ordinary learners, let `plumbline score` judge them.

    python learn.py data --plumbline ../../.build/release/plumbline --work out ball-drop backpack-drag
    python learn.py run  --plumbline ../../.build/release/plumbline --work out ball-drop backpack-drag

`data` copies scenes/ and plans/ into the work folder and generates, for each experience, the learners'
experiences (one run a scene at the coarsest level) and two sets of questions with full truths: `near`,
drawn from the same ranges, and `far`, drawn outside them by a factor of two and more. `run` trains each learner on nested and on fresh draws of experiences, writes its
predictions and its ledger, has them scored, and writes WORK/EXPERIENCE.csv. A learner sees inputs and
outcomes only. What is there already is kept: remove the
folder to make it again. `tabulate.py` makes the table and the picture.

Sources: record formats experience/1, question/1, prediction/1, ledger/1, report/1 of this repository.
Deterministic for the versions in requirements.txt: draws have fixed seeds.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402 (threads are counted at import)

import physics101  # noqa: E402
from learners import LEARNERS, Array, Chance, Quantiles  # noqa: E402

HERE = Path(__file__).resolve().parent
SETS = ("near", "far")
EXPERIENCES = {"ball-drop": 10_000, "backpack-drag": 10_000, "brick-break": 1000, "syrup-pour": 300}
SIZES = (10, 30, 100, 300, 1000, 3000, 10_000)
DRAWS_UP_TO = 300         # above, one draw of experiences
# facts of the machine and the moment: not in the hash of a data set
MACHINE = ("created", "wall-s", "dirty", "build-flags", "swift", "glibc", "blas", "cpu", "os", "locale", "environment",
           "machine")
COLUMNS = ("experience", "set", "predictor", "experiences", "draw", "questions", "instances", "skill", "low", "high",
           "delta", "delta-low", "delta-high", "method", "invalid", "range-in", "range-edge", "range-out")

Record = dict[str, Any]


def lines(path: Path) -> list[Record]:
    with path.open(encoding="utf-8") as text:
        return [json.loads(line) for line in text if line.strip()]


def write_lines(path: Path, records: list[Record]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps(record, separators=(",", ":"), allow_nan=False) + "\n")


# Data

def generate(plumbline: str, work: Path, experience: str, count: int, jobs: int) -> None:
    root = work / "scenes"
    if not root.exists():
        shutil.copytree(HERE.parent.parent / "scenes", root)
    for plan in (HERE / "plans").glob("*.plan.yaml"):
        shutil.copy(plan, root / plan.name)
    for name, plan, more in (
        ("experiences", experience, ["--experiences", str(count)]),
        ("near", experience, []),
        ("far", experience + "-far", []),
    ):
        folder = work / experience / name
        if (folder / "manifest.json").exists():
            continue
        started = time.monotonic()
        command = [plumbline, "generate", str(root / f"{plan}.plan.yaml"), "-o", str(folder), "--jobs", str(jobs),
                   "--quiet", *more]
        done = subprocess.run(command, check=False)
        print(f"{experience} {name}: exit {done.returncode}, {time.monotonic() - started:.0f} s", flush=True)


def dataset_hash(folder: Path) -> str:
    """SHA-256 of the canonical manifest without machine facts: what a ledger names a data set by."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for key in MACHINE:
        manifest.pop(key, None)
    text = json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


# What a learner sees

def amount(text: str) -> tuple[float, str]:
    """Number and unit of `0.5 m`, `0.85 ± 0.01`, `2 kg ± 0.1 kg`: the tolerance is the same in all scenes."""
    parts = text.split(" ± ")[0].split(maxsplit=1)
    return float(parts[0]), parts[1] if len(parts) > 1 else ""


def inputs_of_question(question: Record, paths: list[str]) -> list[str]:
    values = []
    for path in paths:
        node: Any = question["scene"]
        for key in path.split("."):
            node = node[key]
        values.append(node)
    return values


def matrix(rows: list[list[str]], units: list[str] | None = None) -> tuple[Array, list[str]]:
    read = [[amount(text) for text in row] for row in rows]
    seen = [unit for _, unit in read[0]]
    for row in read:
        if [unit for _, unit in row] != (units or seen):
            raise SystemExit(f"units differ: {row} against {units or seen}")
    return np.array([[value for value, _ in row] for row in read]), seen


def holds(value: float, event: Record) -> bool:
    return {"<": value < event["value"], "<=": value <= event["value"], ">": value > event["value"],
            ">=": value >= event["value"]}[event["comparison"]]


def label(record: Record, question: Record) -> float | None:
    """What the experience says about the question's outcome; None: it did not occur."""
    event = question.get("event")
    outcome = record["outcomes"].get(event["outcome"] if event else question["slot"])
    if outcome is None:
        return None
    value = float(outcome["happens"]) if "happens" in outcome else outcome["value"]
    if not event:
        if outcome["unit"] != question["quantity"]["unit"]:
            raise SystemExit(f"{question['slot']}: asked in {question['quantity']['unit']}, seen in {outcome['unit']}")
        return float(value)
    return float(holds(value, event))


def answers(learner: Any, records: list[Record], questions: list[Record]) -> list[Record]:
    """One answer a question; a slot that no experience shows gets a handoff."""
    paths = sorted(records[0]["inputs"])
    inputs, units = matrix([[record["inputs"][path] for path in paths] for record in records])
    replies: list[Record] = []
    slots: dict[str, list[Record]] = {}
    for question in questions:
        slots.setdefault(question["slot"], []).append(question)
    for asked in slots.values():
        first = asked[0]
        labels = [label(record, first) for record in records]
        known = np.array([value is not None for value in labels])
        values = np.array([value for value in labels if value is not None], dtype=float)
        if len(values) < 3:
            replies += [reply(question, {"handoff": True, "reason": "out-of-range"}) for question in asked]
            continue
        queries, _ = matrix([inputs_of_question(question, paths) for question in asked], units)
        if first["type"] == "event":
            chance: Chance = learner.fit_event(inputs[known], values)
            for question, p in zip(asked, chance(queries), strict=True):
                replies.append(reply(question, {"p": float(np.clip(p, 0, 1))}))
        else:
            levels = first["levels"]
            law: Quantiles = learner.fit_scalar(inputs[known], values, levels)
            for question, row in zip(asked, law(queries), strict=True):
                ordered = np.maximum.accumulate(row)
                quantiles = {f"{level:g}": float(value) for level, value in zip(levels, ordered, strict=True)}
                replies.append(reply(question, {"quantiles": quantiles, "unit": first["quantity"]["unit"]}))
    return replies


def reply(question: Record, answer: Record) -> Record:
    return {"schema": "prediction/1", "id": question["id"], "track": "own-experiments", "answer": answer}


def ledger(name: str, folder: Path, records: list[Record]) -> list[Record]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return [
        {"schema": "ledger/1", "id": name, "predictor": name, "declared": "2026-11-26", "by": "benchmarks/learning",
         "complete": True, "other-sources": "none"},
        {"dataset": dataset_hash(folder), "name": manifest["id"], "version": manifest["version"],
         "ids": [record["id"] for record in records], "exposure": "trained", "saw": ["prompt", "truth"]},
    ]


# Scores

def score(plumbline: str, folder: Path, out: Path, more: list[str]) -> None:
    command = [plumbline, "score", "--against", str(folder), "-o", str(out), "--quiet", *more]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if not (out / "report.json").exists():
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}")


def row(out: Path, **facts: Any) -> Record:
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    scores = lines(out / "scores.jsonl")
    ranges = {item["metadata"]["instance"]: item["metadata"].get("range", {}).get("label", "undeclared")
              for item in scores}
    headline = (report.get("headline") or {}).get("climatology") or {}
    skill, delta = headline.get("skill") or {}, headline.get("delta") or {}
    low, high = skill.get("ci95") or (None, None)
    delta_low, delta_high = delta.get("ci95") or (None, None)
    found = {name: sum(value == name for value in ranges.values()) for name in ("in", "edge", "out")}
    return {**facts, "questions": len(scores), "instances": len(ranges), "skill": skill.get("value"), "low": low,
            "high": high, "delta": delta.get("value"), "delta-low": delta_low, "delta-high": delta_high,
            "method": delta.get("method", ""), "invalid": report["predictions"]["invalid"]["n"],
            **{f"range-{name}": count for name, count in found.items()}}


def run(plumbline: str, work: Path, experience: str, largest: int, draws: int) -> None:
    base = work / experience
    records = lines(base / "experiences" / "experiences.jsonl")
    rows: list[Record] = []
    sets = {name: lines(base / name / "questions.jsonl") for name in SETS if (base / name / "manifest.json").exists()}
    asked = {name: [question for question in questions if question["split"] == "public"]
             for name, questions in sets.items()}
    for name, questions in asked.items():
        out = base / "scored" / f"physics-101-{name}"
        first = physics101.answers(experience, questions)
        if (out / "report.json").exists():
            pass
        elif first is not None:
            out.mkdir(parents=True, exist_ok=True)
            write_lines(out / "predictions.jsonl", first)
            score(plumbline, base / name, out, [str(out / "predictions.jsonl")])
        elif experience in ("ball-drop", "brick-break"):
            score(plumbline, base / name, out, ["--baseline", "physics-101"])
        else:
            continue
        rows.append(row(out, experience=experience, set=name, predictor="physics-101", experiences=0, draw=0))
    for size in [size for size in SIZES if size <= min(largest, len(records))]:
        for draw in range(draws if size <= min(DRAWS_UP_TO, len(records) - 1) else 1):
            generator = np.random.default_rng([draw, 20261126])
            chosen = [records[index] for index in sorted(generator.permutation(len(records))[:size])]
            for learner in LEARNERS:
                if learner.limit is not None and size > learner.limit:
                    continue
                name = f"{learner.name}-{size}-{draw}"
                outs = {kind: base / "scored" / f"{name}-{kind}" for kind in asked}
                if not all((out / "report.json").exists() for out in outs.values()):
                    everything = [question for questions in asked.values() for question in questions]
                    replies = answers(learner, chosen, everything)
                for kind, out in outs.items():
                    if not (out / "report.json").exists():
                        own = {question["id"] for question in asked[kind]}
                        out.mkdir(parents=True, exist_ok=True)
                        write_lines(out / "predictions.jsonl",
                                    [{**item, "model": name} for item in replies if item["id"] in own])
                        write_lines(out / "ledger.jsonl", ledger(name, base / "experiences", chosen))
                        score(plumbline, base / kind, out, [
                            str(out / "predictions.jsonl"), "--ledger", str(out / "ledger.jsonl"), "--ledger-data",
                            str(base / "experiences")])
                        (out / "report.html").unlink(missing_ok=True)
                    rows.append(row(out, experience=experience, set=kind, predictor=learner.name, experiences=size,
                                    draw=draw))
                    print(experience, kind, name, rows[-1]["skill"], flush=True)
        write_table(work / f"{experience}.csv", rows)


def write_table(path: Path, rows: list[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, COLUMNS, lineterminator="\n", restval="")
        table.writeheader()
        table.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Skill against experience")
    parser.add_argument("stage", choices=("data", "run"))
    parser.add_argument("experiences", nargs="+", choices=list(EXPERIENCES))
    parser.add_argument("--plumbline", required=True, help="the program")
    parser.add_argument("--work", type=Path, required=True, help="folder for data, predictions and scores")
    parser.add_argument("--count", type=int, help="experiences to make (default: 10,000; slow scenes fewer)")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="largest number of experiences to learn from")
    parser.add_argument("--draws", type=int, default=1, help=f"draws of experiences up to {DRAWS_UP_TO} of them")
    parser.add_argument("--jobs", type=int, default=1, help="threads of the generator")
    options = parser.parse_args()
    for experience in options.experiences:
        if options.stage == "data":
            generate(options.plumbline, options.work, experience, options.count or EXPERIENCES[experience], options.jobs)
        else:
            run(options.plumbline, options.work, experience, options.largest, options.draws)


if __name__ == "__main__":
    sys.exit(main())
