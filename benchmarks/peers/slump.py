"""Plumbline and SPlisHSPlasH on one slump, in turn: `Measure slump` and splishsplash.py.

    python slump.py MEASURE [--rounds 2] [--csv slump.csv] > splishsplash.md

Each round runs every row once, but those that take minutes only in the first; the table has medians. Errors are those of the root mean square radius
against an independent program (heights of columns on cells of 1/8 mm) and of the radius at which the
liquid is 0.5 mm thick. "within 5 %": both errors of the root mean square radius, at 2 s and at 5 s.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# end, s: root mean square radius and radius at 0.5 mm of thickness, mm
EXPECTED = {2: (27.885, 42.370), 5: (31.443, 47.874)}
# what came nearest: no slip by a boundary viscosity of 100 times the liquid's, tight viscosity solves
TUNED = ["--boundary", "bender", "--sink", "0.25", "--boundary-factor", "100",
         "--viscosity-error", "1e-3"]
# plates of particles instead of maps
SAMPLES = ["--boundary", "akinci", "--boundary-factor", "100", "--viscosity-error", "1e-3"]
# the authors' scenes of viscous liquids: maps, equal viscosities, steps to 5 ms by a CFL number of 1
AUTHORS = ["--boundary", "bender", "--sink", "0.25", "--viscosity-error", "0.05", "--step", "5e-3",
           "--cfl", "1"]


@dataclass(frozen=True)
class Row:
    program: str
    name: str
    command: list[str]
    # rows that take minutes run once
    rounds: int = 99


def peer(name: str, *options: str, rounds: int = 99) -> Row:
    script = Path(__file__).with_name("splishsplash.py")
    return Row("SPlisHSPlasH", name, [sys.executable, str(script), *options], rounds)


def rows(measure: str) -> list[Row]:
    own = [Row("plumbline, volume", f"{cells}³ cells", [measure, "slump", "volume", str(cells)])
           for cells in (16, 24, 32, 48)]
    own += [Row("plumbline, axisymmetric", f"{size:g} mm", [measure, "slump", "axisymmetric", str(size)])
            for size in (2, 1, 0.5)]
    result = own + [peer("authors' settings", *AUTHORS, "--particles", "6588", rounds=1)]
    result += [peer(f"{1e3 * step:g} ms", *TUNED, "--step", str(step), "--particles", str(count))
               for count, step in ((500, 2e-3), (500, 1e-3), (1000, 2e-3), (1000, 1.5e-3), (1000, 1e-3))]
    result += [peer("1 ms, samples", *SAMPLES, "--step", "1e-3", "--particles", "1000")]
    once_only = (("1 ms", 2000, 1, "5"), ("1 ms", 6588, 1, "5"), ("1 ms", 6588, 2, "2"),
                 ("1 ms", 21188, 1, "2"))
    result += [peer(name, *TUNED, "--step", "1e-3", "--particles", str(count), "--threads", str(threads),
                    "--ends", *dict.fromkeys(("2", end)), rounds=1)
               for name, count, threads, end in once_only]
    return result


def once(command: list[str]) -> list[dict[str, str]]:
    environment = os.environ | {"OPENBLAS_CORETYPE": "Haswell"}
    run = subprocess.run(command, capture_output=True, text=True, env=environment)
    head = ("program,threads,settings,size_mm,end_s,particles,steps,particle_steps,seconds,processor_s,"
            "rms_mm,front_mm,ring_front_mm,top_mm").split(",")
    lines = [line.split(",") for line in run.stdout.splitlines()]
    return [dict(zip(head, line)) for line in lines if len(line) == len(head) and line[0] != "program"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("measure")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--csv", type=Path, default=Path("slump.csv"))
    options = parser.parse_args()
    found: dict[tuple[int, int], list[dict[str, str]]] = {}
    commands = rows(options.measure)
    with options.csv.open("w", newline="") as file:
        writer: csv.DictWriter[str] | None = None
        for turn in range(options.rounds):
            for index, command in enumerate(commands):
                for row in once(command.command) if turn < command.rounds else []:
                    row = {"round": str(turn), "row": f"{command.program} {command.name}"} | row
                    if writer is None:
                        writer = csv.DictWriter(file, row)
                        writer.writeheader()
                    writer.writerow(row)
                    file.flush()
                    end = round(float(row["end_s"]))
                    if end in EXPECTED and "cut" not in row["program"]:
                        found.setdefault((index, end), []).append(row)
    table(commands, found)


def table(commands: list[Row],
          found: dict[tuple[int, int], list[dict[str, str]]]) -> None:
    print("| program | | threads | particles | to | steps | wall s | processor s | particle-steps/s | "
          "rms radius at 2 s, 5 s | 0.5 mm at 2 s, 5 s | within 5 % |")
    print("|" + "---|" * 12)
    for index, command in enumerate(commands):
        ends = [end for end in EXPECTED if (index, end) in found]
        if not ends:
            print(f"| {command.program} | {command.name} |" + " not finished |" * 10)
            continue
        last = found[index, ends[-1]]

        def median(column: str) -> float:
            return statistics.median(float(row[column]) for row in last)

        gaps = []
        for column, place in (("rms_mm", 0), ("ring_front_mm", 1)):
            gaps.append([100.0 * (float(found[index, end][0][column]) / EXPECTED[end][place] - 1.0)
                         for end in ends])
        particles = int(last[0]["particles"])
        pace = f"{median('particle_steps') / median('processor_s'):.3g}" if particles else "-"
        reached = "yes" if all(abs(gap) <= 5.0 for gap in gaps[0]) else "no"
        print(f"| {command.program} | {command.name} | {last[0]['threads']} | {particles or '-'} | "
              f"{ends[-1]} s | {last[0]['steps']} | {median('seconds'):.3g} | {median('processor_s'):.3g} | "
              f"{pace} | " + " | ".join(", ".join(f"{gap:+.1f} %" for gap in pair) for pair in gaps)
              + f" | {reached} |", flush=True)


if __name__ == "__main__":
    main()
