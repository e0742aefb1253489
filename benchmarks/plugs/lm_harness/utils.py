"""Questions in, skill out: what plumbline.yaml calls.

The answers of all documents are judged by one run of `plumbline score` when the harness aggregates them: a skill
is a ratio of means over the whole split, and one run a document would read the data set as often. The harness
prints no standard error for it (its own would ignore that questions of one scene belong together); the interval
is in the report of `plumbline score`.
Sources: lm_eval (version in requirements.txt); formats of this repository.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import datasets

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import records  # noqa: E402

COLUMNS = ("id", "prompt", "type", "slot", "instance", "template")
where: dict[str, str] = {}       # data set and split of this run


def load(data: str = "", split: str = "public", **_: Any) -> dict[str, datasets.Dataset]:
    if not data:
        raise SystemExit("name the data set: --metadata '{\"data\": \"out/demo\"}'")
    where.update(data=data, split=split)
    rows = [{column: record[column] for column in COLUMNS} for record in records.questions(data, split)]
    return {"test": datasets.Dataset.from_list(rows)}


def process(doc: dict[str, Any], results: list[str]) -> dict[str, Any]:
    return {"skill": (doc["id"], results[0])}


def skill(items: list[tuple[str, str]]) -> float:
    predictions = [records.reply(identifier, "lm_eval", text) for identifier, text in items]
    scores, _ = records.score(predictions, where["data"], where["split"])
    asked = {identifier for identifier, _ in items}
    return records.skill_of(item for item in scores if item["id"] in asked)
