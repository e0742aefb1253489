"""The samples of an lm-evaluation-harness run (`--log_samples`) as predictions that `plumbline score` reads.

    python harness_log.py out/harness/…/samples_plumbline_….jsonl > predictions.jsonl

This way is preferred for a headline: the judge's own weights and intervals.
Sources: lm_eval's sample log; format prediction/1 of this repository.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import records  # noqa: E402


def predictions(samples: list[records.Record], model: str) -> list[records.Record]:
    return [records.reply(sample["doc"]["id"], model, sample["resps"][0][0]) for sample in samples]


def main() -> None:
    parser = argparse.ArgumentParser(description="Samples of lm-evaluation-harness as predictions")
    parser.add_argument("samples")
    parser.add_argument("--model", default="lm_eval", help="name of the model in the report")
    options = parser.parse_args()
    for record in predictions(records.lines(options.samples), options.model):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
