"""A data set of plumbline as an inspect_ai task, its scores as scorers.

    inspect eval inspect_plug.py@questions -T data=out/demo --model openai/gpt-x     any model: answers only
    python inspect_log.py logs/….eval > predictions.jsonl                            the answers as predictions
    plumbline score predictions.jsonl --against out/demo -o scored                   the judge
    python inspect_plug.py attach logs/….eval scored/scores.jsonl                    scores into the log

`-T replay_file=predictions.jsonl` answers from a recording: then no model is called, and no network is needed
(`--model none`). A reply that is no good costs its own question, in the judge; nothing is judged here.
Sources: inspect_ai (version in requirements.txt); formats of this repository.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from inspect_ai import Task, score, task  # noqa: E402
from inspect_ai.dataset import FieldSpec, Sample, json_dataset  # noqa: E402
from inspect_ai.log import EvalLog, read_eval_log, write_eval_log  # noqa: E402
from inspect_ai.model import ModelOutput  # noqa: E402
from inspect_ai.scorer import (  # noqa: E402
    Metric, SampleScore, Score, Scorer, Target, mean, metric, precomputed_scores, scorer, stderr,
)
from inspect_ai.solver import Generate, Solver, TaskState, generate, solver  # noqa: E402

import records  # noqa: E402

FIELDS = FieldSpec(
    input="prompt", id="id", metadata=["type", "template", "instance", "slot", "consequence", "split"])


@solver
def replay(predictions: str) -> Solver:
    """Puts recorded answers into the output; no model is called."""
    known = records.texts(predictions)

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        text = known.get(str(state.sample_id), "")
        state.output = ModelOutput.from_content("replay", text)
        state.completed = True
        return state

    return solve


@metric
def skill() -> Metric:
    """Share of climatology's loss that the answers save, with the weights of `plumbline score`."""

    def compute(scores: list[SampleScore]) -> float:
        rows = []
        for item in scores:
            value, facts = item.score.value, item.score.metadata or {}
            assert isinstance(value, dict)
            rows.append((facts["template"], facts["instance"], float(value["normalised"]), float(value["reference"])))
        return records.skill(rows)

    return compute


@scorer(metrics=[{"normalised": [mean(), stderr(cluster="instance")], "reference": [mean()]}, skill()])
def plumbline(scores: str) -> Scorer:
    """Losses in units of climatology's, of every question."""
    return precomputed_scores(scores, on_missing="error")


@scorer(metrics={"covered50": [mean()], "covered90": [mean()], "pit": [mean()]})
def plumbline_scalars(scores: str) -> Scorer:
    """Coverage of the stated laws: only scalar questions have it, so the others stay unscored."""
    every = precomputed_scores(scores, on_missing="error")

    async def of_scalars(state: TaskState, target: Target) -> Score | None:
        found = await every(state, target)
        keys = ("covered50", "covered90", "pit")
        if found is None or not isinstance(found.value, dict) or any(key not in found.value for key in keys):
            return None
        found.value = {key: found.value[key] for key in keys}
        return found

    return of_scalars


@task
def questions(data: str, split: str = "public", replay_file: str | None = None, scores: str | None = None) -> Task:
    """The questions of one split.

    Args:
        data: folder of a data set.
        split: public, sealed or calibration.
        replay_file: predictions to answer from, instead of a model.
        scores: scores.jsonl of the same answers, if they are known already.
    """
    dataset = json_dataset(str(Path(data) / "questions.jsonl"), FIELDS)

    def asked(sample: Sample) -> bool:
        return (sample.metadata or {}).get("split") == split

    return Task(
        dataset=dataset.filter(asked), solver=replay(replay_file) if replay_file else generate(),
        scorer=[plumbline(scores), plumbline_scalars(scores)] if scores else None)


def attach(log: EvalLog, scores: str) -> EvalLog:
    """The log with the scores of `plumbline score` in it."""
    return score(log, [plumbline(scores), plumbline_scalars(scores)], action="overwrite")


def results(log: EvalLog) -> dict[str, Any]:
    """Every metric of a log: `scorer/metric`, or `scorer/key/metric`."""
    found: dict[str, Any] = {}
    for item in (log.results.scores if log.results else []):
        for name, value in item.metrics.items():
            found[f"{item.scorer}/{item.name}/{name}" if item.name != item.scorer else f"{item.scorer}/{name}"] = (
                value.value)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Puts the scores of `plumbline score` into an inspect_ai log")
    parser.add_argument("action", choices=["attach"])
    parser.add_argument("log")
    parser.add_argument("scores", help="scores.jsonl of `plumbline score -o`")
    options = parser.parse_args()
    log = attach(read_eval_log(options.log), options.scores)
    write_eval_log(log, options.log)
    for name, value in results(log).items():
        print(f"{name} {value:.6g}")


if __name__ == "__main__":
    main()
