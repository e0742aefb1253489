"""Records that the plugs share: questions in, replies out, scores and their skill.

Reads and writes JSON Lines; runs the program `plumbline`, whose place the environment variable PLUMBLINE names.
Sources: formats question/1, prediction/1, score/1 and report/1 of this repository. Standard library only.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def lines(path: Path | str) -> list[Record]:
    with open(path, encoding="utf-8") as text:
        return [json.loads(line) for line in text if line.strip()]


def write_lines(path: Path | str, records: Iterable[Record]) -> None:
    with open(path, "w", encoding="utf-8") as out:
        for record in records:
            out.write(json.dumps(record, separators=(",", ":"), ensure_ascii=False) + "\n")


def questions(data: Path | str, split: str = "public") -> list[Record]:
    return [record for record in lines(Path(data) / "questions.jsonl") if record["split"] == split]


def reply(identifier: str, model: str, text: str) -> Record:
    """A prediction as the model wrote it: `plumbline score` takes the first JSON object of `raw` as the answer."""
    return {"schema": "prediction/1", "id": identifier, "model": model, "raw": text}


def texts(predictions: Path | str) -> dict[str, str]:
    """What a recorded model would write, by question: its raw text, or its answer as JSON."""
    return {record["id"]: record.get("raw") or json.dumps(record["answer"]) for record in lines(predictions)}


def plumbline(*arguments: str, stdin: str | None = None) -> str:
    """Standard output of the program; its own message if it fails."""
    command = [os.environ.get("PLUMBLINE", "plumbline"), *arguments]
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise SystemExit(f"no program {command[0]}: set PLUMBLINE to its path (swift build -c release)") from error
    if done.returncode not in (0, 1, 3):
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def score(predictions: list[Record], data: Path | str, split: str = "public") -> tuple[list[Record], Record]:
    """score/1 lines and the report/1 of `plumbline score`."""
    text = "".join(json.dumps(record) + "\n" for record in predictions)
    out = plumbline("score", "-", "--against", str(data), "--split", split, "--format", "json", stdin=text)
    records = [json.loads(line) for line in out.splitlines()]
    return records[:-1], records[-1]


def skill(rows: Iterable[tuple[str, str, float, float]]) -> float:
    """1 - (sum of losses)/(sum of the reference's), of (template, instance, normalised, reference).

    Weights are those of `plumbline score`: equal a template, then an instance, then a question. Where every
    instance has as many questions this is the plain ratio of sums.
    """
    tree: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for template, instance, normalised, reference in rows:
        tree.setdefault(template, {}).setdefault(instance, []).append((normalised, reference))
    sums = [0.0, 0.0]
    for instances in tree.values():
        for cells in instances.values():
            for column in (0, 1):
                sums[column] += sum(cell[column] for cell in cells) / len(cells) / len(instances)
    return 1 - sums[0] / sums[1]


def skill_of(scores: Iterable[Record]) -> float:
    """Skill against climatology of score/1 lines."""
    return skill((item["metadata"]["template"], item["metadata"]["instance"], item["value"]["normalised"],
                  item["value"]["reference"]) for item in scores)


def headline(report: Record) -> float:
    """Skill against climatology as `plumbline score` reports it."""
    if not report["headline"]:
        raise SystemExit(f"the report has no headline: {report['why']}")
    return report["headline"]["climatology"]["skill"]["value"]
