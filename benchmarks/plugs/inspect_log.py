"""The answers of an inspect_ai log as predictions that `plumbline score` reads.

    python inspect_log.py logs/….eval > predictions.jsonl
    python inspect_log.py logs/….json > predictions.jsonl

Each sample's completion becomes `raw`; the judge takes its first JSON object as the answer. A second epoch of a
question is refused: one line a question.
Sources: inspect_ai's log reader; format prediction/1 of this repository.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from inspect_ai.log import EvalLog, read_eval_log  # noqa: E402

import records  # noqa: E402


def predictions(log: EvalLog) -> list[records.Record]:
    found: dict[str, records.Record] = {}
    for sample in log.samples or []:
        name = str(sample.id)
        if name in found:
            raise SystemExit(f"{name} has more than one epoch: run with --epochs 1, or take one log an attempt")
        found[name] = records.reply(name, sample.output.model or log.eval.model, sample.output.completion)
    return list(found.values())


def main() -> None:
    parser = argparse.ArgumentParser(description="Answers of an inspect_ai log as predictions")
    parser.add_argument("log")
    for record in predictions(read_eval_log(parser.parse_args().log)):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
