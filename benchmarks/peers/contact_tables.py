"""Tabulate and draw what contact_precision.py, simbenchmark.py and Plumbline measured.

    python contact_tables.py --machine "2-core x86-64" --svg contact.svg \\
        --simbenchmark simbenchmark.csv … -- contact.csv plumbline-contact.csv > contact.md

Any number of CSV files of either kind, of any engine; a file of the first kind without the column
cpu_s counts by wall time. Three tables: error against work (best error, and the least time
from which every slower point keeps a bound; errors relative, or in edges of the box where the exact
value is 0), speeds at 1 ms, and the metrics of the SimBenchmark scenes, with the published ones.
Touches the named files (read), the SVG (written) and standard output. Standard library only.

Sources: published metrics: SimBenchmark, leggedrobotics, 2018 to 2021, its engines of that time.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import defaultdict
from pathlib import Path

from plot import Grid, drawing, load, ordered, rows_of, table

PANELS: Grid = [
    [("slide", "stop-distance"), ("incline", "creep"), ("stick-slip", "period")],
    [("stack", "floor-force"), ("stack", "drift"), ("stack", "sink")],
]
WORK = {family for line in PANELS for family, _ in line} | {"stick-slip-static", "stick-slip-kinetic"}
SHOWN = (1e-2, 1e-3, 1e-4)     # time steps of the SimBenchmark table, s
SPEED_STEP = 1e-3              # s, the step at which speeds are compared

PUBLISHED = {
    "rolling": "1 ms: Bullet 5.7e-9, RaiSim 4.1e-7, MuJoCo 2.7e-3 to 6.9e-3, ODE and DART 3.1 (no motion)",
    "bouncing": "0.01 ms: RaiSim 1.9e-10, ODE 0.018, Bullet 7.5; 100 times more for 10 times the step",
    "666": "1 ms: RaiSim 1.4e-4, ODE 1.6e-4, MuJoCo 0.095, Bullet 0.38",
    "666-elastic": "0.1 ms: RaiSim 1.1e-3, ODE 1.1, Bullet 168, DART 2438",
}


def rows(paths: list[Path]) -> list[dict[str, str]]:
    return [row for path in paths for row in rows_of(path)]


def markdown(head: list[str], body: list[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(cells) + " |" for cells in body]) + "\n"


def speed_table(records: list[dict[str, str]]) -> str:
    """Steps a second by engine and scene; where a stack has fallen, in brackets."""
    speeds: dict[str, dict[str, str]] = defaultdict(dict)
    fallen = {(row["engine"], row["scene"]) for row in records
              if row["outcome"] == "top" and abs(float(row["value"])) > 0.5}
    scenes: list[str] = []
    for row in records:
        if row["outcome"] != "steps-per-second":
            continue
        scene, engine = row["scene"], row["engine"]
        scenes += [scene] if scene not in scenes else []
        text = f"{float(row['value']):,.0f}"
        speeds[engine][scene] = f"({text})" if (engine, scene) in fallen else text
    return markdown(["engine", *scenes], [
        [engine, *(speeds[engine].get(scene, "–") for scene in scenes)] for engine in ordered(set(speeds))])


def simbenchmark_table(records: list[dict[str, str]]) -> str:
    """Metric by time step, least metric, and steps a second, by scene and engine."""
    curves: dict[tuple[str, str], dict[float, dict[str, str]]] = defaultdict(dict)
    for row in records:
        name = row["engine"] + ("" if row["setting"] == "default" else "-" + row["setting"])
        curves[row["scene"], name][float(row["dt_s"])] = row
    body = []
    order = list(dict.fromkeys(scene for scene, _ in curves))
    names = ordered({name for _, name in curves})
    for scene, name in ((scene, name) for scene in order for name in names if (scene, name) in curves):
        points, cells = curves[scene, name], []
        for step in SHOWN:
            point = points.get(step)
            cells.append(f"{float(point['metric']):.2g}" if point else "–")
        finite = [(float(point["metric"]), step) for step, point in points.items()
                  if math.isfinite(float(point["metric"]))]
        least = f"{min(finite)[0]:.2g} ({min(finite)[1] * 1e3:g} ms)" if finite else "none"
        speed = points.get(SPEED_STEP)
        unit = next(iter(points.values()))["unit"]
        body.append([scene, unit, name, *cells, least,
                     f"{float(speed['steps_per_s']):,.0f}" if speed else "–"])
    head = ["scene", "unit", "engine", *(f"{step * 1e3:g} ms" for step in SHOWN), "least", "steps/s at 1 ms"]
    published = "".join(f"- {scene}, {PUBLISHED[scene]}.\n" for scene in order if scene in PUBLISHED)
    return markdown(head, body) + "\nPublished for the same metrics (mean over time), with engines of 2018 to 2021:\n\n" + published


def main() -> None:
    parser = argparse.ArgumentParser(description="Tables and picture of the contact scenes.")
    parser.add_argument("csv", nargs="*", type=Path, help="of contact_precision.py and Measure")
    parser.add_argument("--simbenchmark", nargs="*", type=Path, default=[], help="of simbenchmark.py and Measure")
    parser.add_argument("--machine", required=True, help="named in the title, e.g. '2-core x86-64, AVX2'")
    parser.add_argument("--svg", type=Path, help="picture to write")
    options = parser.parse_args()
    if options.csv:
        series, left_out, versions = load(options.csv, WORK)
        if options.svg:
            title = "Boxes in contact: error against work, one thread, " + options.machine
            options.svg.write_text(drawing(series, versions, title, PANELS, "processor time per run (s)",
                                           "error (relative, or box edges)"), encoding="utf-8")
        sys.stdout.write("## Error against work\n\n" + table(series, left_out, versions))
        sys.stdout.write("\n## Steps a second at 1 ms, warm\n\n" + speed_table(rows(options.csv)))
    if options.simbenchmark:
        sys.stdout.write("\n## SimBenchmark scenes\n\n" + simbenchmark_table(rows(options.simbenchmark)))


if __name__ == "__main__":
    main()
