"""Tabulate and draw accuracy against work from work-precision CSV files.

    python plot.py --machine "2-core x86-64" --svg out.svg peers.csv plumbline.csv > table.md

Reads CSV with the columns engine,version,scene,outcome,dt_s,wall_s,value,exact,
relative_error. Rows of one engine, outcome, time step and family (the scene's
name up to the `/`) are one point: root mean square of the relative error, mean
wall time. A point with any value that is not finite (the engine did not show the
outcome) is left out and counted. The table gives, for each engine and outcome,
the best error and the least wall time from which on *every slower point* keeps
the bound, so that one lucky step does not count. Touches the named files (read),
the SVG (written) and standard output. Standard library only.

Sources: work-precision diagrams as in Hairer, Norsett and Wanner, Solving
Ordinary Differential Equations I; colours of Okabe and Ito, Color Universal
Design (2008).
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

BOUNDS = ((1e-2, "1 %"), (1e-3, "0.1 %"), (1e-6, "1e-6"))
FLOOR = 1e-16     # relative errors below one unit in the last place are drawn there
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8B4513", "#7F7F7F")
MARKERS = ("circle", "square", "triangle", "diamond", "cross", "plus", "down", "circle", "square")
FIRST = "plumbline"   # drawn and listed first
PANEL_WIDTH, PANEL_HEIGHT = 380, 300
LEFT, TOP, GAP_X, GAP_Y = 76, 96, 84, 86


@dataclass(frozen=True)
class Point:
    wall: float
    error: float


Series = dict[tuple[str, str, str], list[Point]]    # (family, outcome, engine)


def rows_of(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file; lines that begin with # are remarks."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def load(
    paths: list[Path], families: set[str] | None = None
) -> tuple[Series, dict[tuple[str, str, str], int], dict[str, str]]:
    """Points by curve, left-out points by curve, and versions by engine.

    Time is processor time where a file has it (`cpu_s`), else wall time.
    """
    groups: dict[tuple[str, str, str, str], list[tuple[float, float]]] = defaultdict(list)
    versions: dict[str, str] = {}
    for path in paths:
        for row in rows_of(path):
            family = row["scene"].partition("/")[0]
            if families is not None and family not in families:
                continue
            versions[row["engine"]] = row["version"]
            groups[family, row["outcome"], row["engine"], row["dt_s"]].append(
                (float(row.get("cpu_s") or row["wall_s"]), float(row["relative_error"])))
    series: Series = defaultdict(list)
    left_out: dict[tuple[str, str, str], int] = defaultdict(int)
    for (family, outcome, engine, _), values in groups.items():
        walls, errors = zip(*values)
        if not all(map(math.isfinite, errors)):
            left_out[family, outcome, engine] += 1
            continue
        square = math.fsum(error * error for error in errors) / len(errors)
        series[family, outcome, engine].append(Point(math.fsum(walls) / len(walls), math.sqrt(square)))
    for points in series.values():
        points.sort(key=lambda point: point.wall)
    return series, left_out, versions


def time_text(seconds: float) -> str:
    for limit, factor, unit in ((1e-3, 1e6, "µs"), (1.0, 1e3, "ms")):
        if seconds < limit:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds:.3g} s"


def time_to(points: list[Point], bound: float) -> str:
    """Least wall time from which on every slower point keeps the bound."""
    kept = None
    for point in reversed(points):
        if point.error > bound:
            break
        kept = point
    return time_text(kept.wall) if kept else "not reached"


def ordered(names: set[str]) -> list[str]:
    return sorted(names, key=lambda name: (not name.startswith(FIRST), name))


def table(series: Series, left_out: dict[tuple[str, str, str], int], versions: dict[str, str]) -> str:
    head = ["scene", "outcome", "engine", "best error", *(f"time to {text}" for _, text in BOUNDS), "no value at"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    curves = set(series) | set(left_out)
    engines = ordered(set(versions))
    for family, outcome in sorted({curve[:2] for curve in curves}, reverse=True):
        for engine in engines:
            curve = (family, outcome, engine)
            if curve not in curves:
                continue
            points = series.get(curve, [])
            best = f"{min(point.error for point in points):.2g}" if points else "none"
            times = [time_to(points, bound) for bound, _ in BOUNDS]
            missing = left_out.get(curve, 0)
            cells = [family, outcome, f"{engine} {versions[engine]}", best, *times,
                     f"{missing} time steps" if missing else "–"]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def marker(shape: str, x: float, y: float, colour: str) -> str:
    size = 4.5
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" fill="{colour}"/>'
    if shape in ("cross", "plus"):
        ends = ((-size, -size, size, size), (-size, size, size, -size)) if shape == "cross" else (
            (-size, 0.0, size, 0.0), (0.0, -size, 0.0, size))
        path = " ".join(f"M{x + a:.1f} {y + b:.1f}L{x + c:.1f} {y + d:.1f}" for a, b, c, d in ends)
        return f'<path d="{path}" stroke="{colour}" stroke-width="2.2" fill="none"/>'
    corners = {
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "triangle": ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)),
        "down": ((0, 1.2), (1.15, -0.9), (-1.15, -0.9)),
        "diamond": ((0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)),
    }[shape]
    points = " ".join(f"{x + a * size:.1f},{y + b * size:.1f}" for a, b in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'


def power_text(exponent: int) -> str:
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


@dataclass(frozen=True)
class Axes:
    """One panel: decades of wall time (x) and of relative error (y)."""

    left: float
    top: float
    x_low: int
    x_high: int
    y_low: int
    y_high: int

    def x(self, wall: float) -> float:
        return self.left + PANEL_WIDTH * (math.log10(wall) - self.x_low) / (self.x_high - self.x_low)

    def y(self, error: float) -> float:
        share = (math.log10(max(error, FLOOR)) - self.y_low) / (self.y_high - self.y_low)
        return self.top + PANEL_HEIGHT * (1.0 - share)

    def frame(self, title: str, work: str, error: str) -> list[str]:
        parts = [f'<rect x="{self.left}" y="{self.top}" width="{PANEL_WIDTH}" height="{PANEL_HEIGHT}" '
                 'fill="none" stroke="#444"/>',
                 f'<text x="{self.left + PANEL_WIDTH / 2}" y="{self.top - 10}" class="t">{escape(title)}</text>']
        for decade in range(self.x_low, self.x_high + 1):
            x = self.x(10.0**decade)
            parts.append(f'<path d="M{x:.1f} {self.top}v{PANEL_HEIGHT}" class="g"/>')
            parts.append(f'<text x="{x:.1f}" y="{self.top + PANEL_HEIGHT + 18}" class="m">{power_text(decade)}</text>')
        stride = max(1, (self.y_high - self.y_low) // 8)
        for decade in range(self.y_low, self.y_high + 1, stride):
            y = self.y(10.0**decade)
            parts.append(f'<path d="M{self.left} {y:.1f}h{PANEL_WIDTH}" class="g"/>')
            parts.append(f'<text x="{self.left - 6}" y="{y + 4:.1f}" class="e">{power_text(decade)}</text>')
        middle = self.top + PANEL_HEIGHT / 2
        parts.append(f'<text x="{self.left + PANEL_WIDTH / 2}" y="{self.top + PANEL_HEIGHT + 38}" class="m">'
                     f'{escape(work)}</text>')
        parts.append(f'<text transform="translate({self.left - 48} {middle}) rotate(-90)" class="m">'
                     f'{escape(error)}</text>')
        return parts


Grid = list[list[tuple[str, str]]]    # rows of panels, each (family, outcome)


def grid(series: Series) -> Grid:
    """One row for each family, one column for each outcome."""
    families = sorted({curve[0] for curve in series}, reverse=True)
    outcomes = sorted({curve[1] for curve in series})
    return [[(family, outcome) for outcome in outcomes] for family in families]


def drawing(series: Series, versions: dict[str, str], title: str, panels: Grid, work: str, error: str) -> str:
    """The picture; `work` and `error` name the axes."""
    engines = ordered(set(versions))
    every = [point for points in series.values() for point in points]
    x_low = math.floor(math.log10(min(point.wall for point in every)))
    x_high = max(math.ceil(math.log10(max(point.wall for point in every))), x_low + 1)
    y_low = math.floor(math.log10(max(min(point.error for point in every), FLOOR)))
    y_high = max(math.ceil(math.log10(max(point.error for point in every))), y_low + 1)
    width = LEFT + max(map(len, panels)) * (PANEL_WIDTH + GAP_X)
    legend = max(1, (width - LEFT) // 200)   # engines in one line
    top = TOP + 22 * ((len(engines) - 1) // legend)
    height = top + len(panels) * (PANEL_HEIGHT + GAP_Y)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">',
        "<style>text{font-family:sans-serif;font-size:13px;fill:#222}.m,.t{text-anchor:middle}"
        ".t{font-weight:bold}.e{text-anchor:end}.g{stroke:#ddd;fill:none}.h{font-size:17px;font-weight:bold}</style>",
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="{LEFT}" y="28" class="h">{escape(title)}</text>',
    ]
    for k, engine in enumerate(engines):
        x, y, colour = LEFT + 8 + 200 * (k % legend), 52 + 22 * (k // legend), COLOURS[k % len(COLOURS)]
        parts.append(marker(MARKERS[k % len(MARKERS)], x, y, colour))
        parts.append(f'<text x="{x + 12}" y="{y + 5}">{escape(engine + " " + versions[engine])}</text>')
    for row, line in enumerate(panels):
        for column, (family, outcome) in enumerate(line):
            axes = Axes(LEFT + column * (PANEL_WIDTH + GAP_X), top + row * (PANEL_HEIGHT + GAP_Y),
                        x_low, x_high, y_low, y_high)
            parts += axes.frame(f"{outcome} – {family}", work, error)
            for k, engine in enumerate(engines):
                points = series.get((family, outcome, engine), [])
                colour = COLOURS[k % len(COLOURS)]
                path = " ".join(f"{axes.x(point.wall):.1f},{axes.y(point.error):.1f}" for point in points)
                parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
                parts += [marker(MARKERS[k % len(MARKERS)], axes.x(point.wall), axes.y(point.error), colour)
                          for point in points]
    return "\n".join(parts) + "\n</svg>\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Table and picture of work-precision CSV files.")
    parser.add_argument("csv", nargs="+", type=Path)
    parser.add_argument("--machine", required=True, help="named in the title, e.g. '2-core x86-64, AVX2'")
    parser.add_argument("--svg", type=Path, required=True, help="picture to write")
    options = parser.parse_args()
    series, left_out, versions = load(options.csv)
    if not series:
        sys.exit("plot.py: no finite values in " + ", ".join(map(str, options.csv)))
    title = "Bouncing ball: error against work, one thread, " + options.machine
    options.svg.write_text(drawing(series, versions, title, grid(series), "wall time per drop (s)",
                                   "relative error, RMS (1)"), encoding="utf-8")
    sys.stdout.write(table(series, left_out, versions))


if __name__ == "__main__":
    main()
