"""From questions to one page: every predictor of this repository on the four experiences.

    python everyone.py --plumbline ../../.build/release/plumbline --out out

Generates small data sets of ball drop, backpack, syrup and brick with experiences for the learners, lets physics-101,
MuJoCo, Bullet and the learners of ../learning answer, has each scored where it answers, and ends in
OUT/page/compare.html. What is there already is kept: remove the folder to make it again. A predictor that has
nothing to say about an experience is not scored there, and has no row.
Needs the packages of requirements.txt. Deterministic for their versions: draws have fixed seeds.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
BENCHMARKS = HERE.parent
sys.path.insert(0, str(BENCHMARKS / "learning"))

import learn  # noqa: E402
import physics101  # noqa: E402
from learners import LEARNERS  # noqa: E402

Record = learn.Record
# experience: how many experiences the learners are shown
EXPERIENCES = {"ball-drop": 300, "backpack-drag": 200, "syrup-pour": 150, "brick-break": 60}
ENGINES = {"mujoco": "mujoco_predictor.py", "bullet": "bullet_predictor.py"}
MEMBERS = "8"      # runs of an engine a scene, over its tolerances
# what an engine of rigid bodies can express
RIGID = ("ball-drop", "backpack-drag")


class Refused(Exception):
    """The program did not do what it was asked; its own message."""


class Work:
    """The program, and the folder of this run."""

    def __init__(self, plumbline: str, out: Path, jobs: int) -> None:
        self.plumbline, self.out, self.jobs = plumbline, out, jobs

    def run(self, *arguments: str) -> str:
        command = [self.plumbline, *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode != 0:
            raise Refused(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

    def folder(self, experience: str, *parts: str) -> Path:
        return self.out.joinpath(experience, *parts)

    def questions(self, experience: str) -> list[Record]:
        every = learn.lines(self.folder(experience, "questions", "questions.jsonl"))
        return [question for question in every if question["split"] == "public"]

    # data

    def generate(self, experience: str) -> None:
        scenes = self.out / "scenes"
        if not scenes.exists():
            shutil.copytree(BENCHMARKS.parent / "scenes", scenes)
        shutil.copy(HERE / "plans" / f"{experience}.plan.yaml", scenes / f"everyone-{experience}.plan.yaml")
        plan = str(scenes / f"everyone-{experience}.plan.yaml")
        count = str(EXPERIENCES[experience])
        for name, more in (("questions", []), ("experiences", ["--experiences", count])):
            folder = self.folder(experience, name)
            if not (folder / "manifest.json").exists():
                self.run("generate", plan, "-o", str(folder), "--jobs", str(self.jobs), "--quiet", *more)

    # scores

    def score(self, experience: str, name: str, *source: str) -> str | None:
        """The folder of the scored predictor as an entry of `compare`."""
        out = self.folder(experience, "scored", name)
        if not (out / "report.json").exists():
            self.run("score", *source, "--against", str(self.folder(experience, "questions")), "-o", str(out),
                     "--quiet")
        return f"{name}={out}"

    def answered(self, experience: str, name: str, replies: list[Record], *more: str) -> str | None:
        """Scores replies; None where there is none but handoffs."""
        if all(record["answer"].get("handoff") for record in replies):
            return None
        path = self.folder(experience, "answers", f"{name}.jsonl")
        path.parent.mkdir(parents=True, exist_ok=True)
        learn.write_lines(path, [{**record, "model": name} for record in replies])
        return self.score(experience, name, str(path), *more)


# predictors: each gives an entry for `compare`, or None where it has no answer

def first_course(work: Work, experience: str) -> str | None:
    """The program's own baseline where it has closed forms for all that is asked, else that of ../learning."""
    name = "physics-101"
    questions = work.questions(experience)
    template = learn.lines(work.folder(experience, "questions", "templates.jsonl"))[0]
    if all("physics-101" in slot for slot in template["slots"]):
        try:
            return work.score(experience, name, "--baseline", "physics-101")
        except Refused as reason:
            print(f"  {name}: {str(reason).splitlines()[-1]}", flush=True)
            return None
    replies = physics101.answers(experience, questions)
    return work.answered(experience, name, replies) if replies else None


def engine(name: str) -> Callable[[Work, str], str | None]:
    def predict(work: Work, experience: str) -> str | None:
        if experience not in RIGID:
            return None
        asked = work.folder(experience, "asked.jsonl")
        learn.write_lines(asked, work.questions(experience))
        program = BENCHMARKS / "predictors" / ENGINES[name]
        done = subprocess.run([sys.executable, str(program), str(asked), "--members", MEMBERS], check=True,
                              capture_output=True)
        path = work.folder(experience, "answers", f"{name}-raw.jsonl")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(done.stdout)
        return work.answered(experience, name, learn.lines(path))
    return predict


def learner(kind: object) -> Callable[[Work, str], str | None]:
    def predict(work: Work, experience: str) -> str | None:
        shown = work.folder(experience, "experiences")
        known = learn.lines(shown / "experiences.jsonl")
        name = kind.name  # type: ignore[attr-defined]
        ledger = work.folder(experience, "answers", f"{name}-ledger.jsonl")
        ledger.parent.mkdir(parents=True, exist_ok=True)
        learn.write_lines(ledger, learn.ledger(name, shown, known))
        return work.answered(experience, name, learn.answers(kind, known, work.questions(experience)),
                             "--ledger", str(ledger), "--ledger-data", str(shown))
    return predict


def predictors() -> dict[str, Callable[[Work, str], str | None]]:
    return {"physics-101": first_course, **{name: engine(name) for name in ENGINES},
            **{kind.name: learner(kind) for kind in LEARNERS}}


def main() -> None:
    parser = argparse.ArgumentParser(description="Every predictor on the four experiences, on one page")
    parser.add_argument("--plumbline", default="plumbline", help="the program")
    parser.add_argument("--out", type=Path, required=True, help="folder for data, answers, scores and the page")
    parser.add_argument("--jobs", type=int, default=1, help="threads of the generator")
    parser.add_argument("--only", nargs="+", choices=list(EXPERIENCES), default=list(EXPERIENCES))
    options = parser.parse_args()
    work = Work(options.plumbline, options.out.resolve(), options.jobs)
    entries: list[str] = []
    for experience in options.only:
        started = time.monotonic()
        work.generate(experience)
        print(f"{experience}: data after {time.monotonic() - started:.0f} s", flush=True)
        for name, predict in predictors().items():
            entry = predict(work, experience)
            print(f"  {name}: {'scored' if entry else 'has no answer, no row'}", flush=True)
            if entry:
                entries.append(entry)
        print(f"{experience}: {time.monotonic() - started:.0f} s", flush=True)
    page = work.out / "page"
    print(work.run("compare", "--across", *entries, "-o", str(page)))
    print(f"page: {page / 'compare.html'}")


if __name__ == "__main__":
    try:
        main()
    except Refused as reason:
        sys.exit(str(reason))
