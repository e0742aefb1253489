"""Runs every plug offline on one data set with recorded answers, and compares each with `plumbline score`.

    python run.py --data out/demo --predictions ../predictors/recorded/mujoco.jsonl > ../results/plugs.txt

Ends with status 1 if a skill differs from that of `plumbline score` by more than 1e-12, or a table from its file.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("INSPECT_DISPLAY", "none")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import inspect_ai  # noqa: E402
import lm_eval  # noqa: E402
from inspect_ai.log import read_eval_log, write_eval_log  # noqa: E402
from lm_eval.loggers import EvaluationTracker  # noqa: E402
from lm_eval.tasks import TaskManager  # noqa: E402

import harness_log  # noqa: E402
import inspect_log  # noqa: E402
import inspect_plug  # noqa: E402
import records  # noqa: E402
import replay_server  # noqa: E402
import tables  # noqa: E402
from replay_lm import Replay  # noqa: E402

LIMIT = 1e-12
worst = 0.0


def say(text: str) -> None:
    print(text, flush=True)


def compare(name: str, value: float, truth: float) -> None:
    global worst
    worst = max(worst, abs(value - truth))
    say(f"  {name:<58} {value:+.15f}  differs by {abs(value - truth):.0e}")


def judged(predictions: list[records.Record], data: str, work: Path) -> tuple[float, Path]:
    """Skill by the judge, and its folder."""
    records.write_lines(work / "predictions.jsonl", predictions)
    out = work / "scored"
    records.plumbline("score", str(work / "predictions.jsonl"), "--against", data, "-o", str(out), "--quiet")
    return records.headline(records.lines(out / "report.json")[0]), out


def inspect_both_ways(data: str, recorded: str, truth: float, work: Path) -> None:
    say(f"inspect_ai {version('inspect_ai')}: task from questions.jsonl, replayed, no model called")
    log, = inspect_ai.eval(inspect_plug.questions(data, replay_file=recorded), model="none/none",
                           log_dir=str(work / "logs"), log_format="eval")
    if log.status != "success":
        raise SystemExit(f"inspect_ai: {log.status}: {log.error}")
    say(f"  {log.eval.dataset.samples} samples, log {Path(log.location).suffix}")
    value, out = judged(inspect_log.predictions(read_eval_log(log.location)), data, work)
    compare("log to predictions to `plumbline score`", value, truth)
    scored = inspect_plug.attach(read_eval_log(log.location), str(out / "scores.jsonl"))
    write_eval_log(scored, log.location)
    found = inspect_plug.results(read_eval_log(log.location))
    compare("scores attached to the log: metric skill", found["plumbline/skill"], truth)
    for name, metric in found.items():
        if not name.endswith("/skill"):
            say(f"  in the log: {name} = {metric:.6g}")
    at_once, = inspect_ai.eval(
        inspect_plug.questions(data, replay_file=recorded, scores=str(out / "scores.jsonl")), model="none/none",
        log_dir=str(work / "logs"))
    compare("scores with the task itself: metric skill", inspect_plug.results(at_once)["plumbline/skill"], truth)


def harness(data: str, recorded: str, truth: float, work: Path) -> None:
    say(f"lm-evaluation-harness {version('lm_eval')}: plumbline.yaml, replayed, no model called")
    tracker = EvaluationTracker(output_path=str(work / "harness"))
    found = lm_eval.simple_evaluate(
        model=Replay(recorded), tasks=["plumbline"], log_samples=True, bootstrap_iters=0,
        task_manager=TaskManager(include_path=str(HERE / "lm_harness"), metadata={"data": data}))
    compare("aggregated metric skill", found["results"]["plumbline"]["skill,none"], truth)
    tracker.save_results_aggregated(results=found, samples=found["samples"])
    tracker.save_results_samples(task_name="plumbline", samples=found["samples"]["plumbline"])
    samples, = (work / "harness").rglob("samples_plumbline_*.jsonl")
    value, _ = judged(harness_log.predictions(records.lines(samples), "replay"), data, work)
    compare("--log_samples to predictions to `plumbline score`", value, truth)


def five_minutes(data: str, recorded: str, truth: float, work: Path) -> None:
    say("ask.py against a recorded model behind a chat endpoint on localhost")
    asked = work / "q.jsonl"
    records.plumbline("questions", data, "-o", str(asked), "--quiet")
    with replay_server.server(str(asked), recorded) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{running.server_port}/v1/chat/completions"
        done = subprocess.run([sys.executable, str(HERE / "ask.py"), str(asked), "--url", url, "--model", "recorded"],
                              check=True, capture_output=True, text=True)
        running.shutdown()
    (work / "asked.jsonl").write_text(done.stdout, encoding="utf-8")
    value, _ = judged(records.lines(work / "asked.jsonl"), data, work)
    compare("replies in words to `plumbline score`", value, truth)


def main() -> int:
    parser = argparse.ArgumentParser(description="Every plug, offline, beside `plumbline score`")
    parser.add_argument("--data", required=True, help="folder of a data set")
    parser.add_argument("--predictions", required=True, help="recorded answers to its public questions")
    parser.add_argument("--tables", nargs="*", default=[], type=Path, help="more data sets whose cards are checked")
    options = parser.parse_args()
    data, recorded = str(Path(options.data).resolve()), str(Path(options.predictions).resolve())
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        truth, _ = judged(records.lines(recorded), data, work)
        say(f"data set {Path(data).name}, {len(records.questions(data))} public questions, "
            f"answers of {Path(recorded).name}\n")
        say(f"  {'plumbline score: skill against climatology':<58} {truth:+.15f}\n")
        for part in (inspect_both_ways, harness, five_minutes):
            part(data, recorded, truth, work)
            say("")
    say(f"cards and tables: mlcroissant {version('mlcroissant')}, datasets {version('datasets')}")
    for place in [Path(data), *options.tables]:
        for line in tables.check(place):
            say(f"  {place.name}: {line}")
    say(f"\nlargest difference of a skill from `plumbline score`: {worst:.0e} (limit {LIMIT:g})")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
