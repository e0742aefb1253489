"""Table and picture of skill against experience, from the CSV files that learn.py writes.

    python tabulate.py --work out --notes notes.md --results ../results

Reads WORK/EXPERIENCE.csv and the notes (what it shows and what not, written by a person who saw the
numbers); writes learning.csv, learning.md and learning.svg into the results folder. Standard library only.

Colours: Okabe and Ito, Color Universal Design (2008).
"""

from __future__ import annotations

import argparse
import csv
import math
from pathlib import Path

ORDER = ("ball-drop", "backpack-drag", "brick-break", "syrup-pour")
SETS = ("near", "far")
TITLES = {"near": "in range", "far": "out of range by a factor of two"}
PREDICTORS = ("neighbours", "boosting", "process")
COLOURS = {"neighbours": "#0072B2", "boosting": "#D55E00", "process": "#009E73", "physics-101": "#000000"}
NAMES = {"neighbours": "nearest neighbours", "boosting": "gradient boosting", "process": "Gaussian process",
         "physics-101": "physics-101 (no experience)"}
WIDTH, HEIGHT, LEFT, TOP, GAP_X, GAP_Y = 400, 220, 70, 92, 70, 70
FLOOR = -1.0      # lower skills are drawn on the lower edge, with an arrow

Row = dict[str, str]


def number(text: str) -> float | None:
    return float(text) if text else None


def cell(rows: list[Row]) -> str:
    """Skill of the first draw with its interval; the range over draws behind it."""
    first = next((row for row in rows if row["draw"] == "0"), None)
    if first is None:
        return "–"
    skill, low, high = (number(first[key]) for key in ("skill", "low", "high"))
    if skill is None:
        return f"no headline ({first['invalid']} invalid)"
    text = f"{skill:.2f}" + (f" [{low:.2f}, {high:.2f}]" if low is not None and high is not None else "")
    others = [value for row in rows if (value := number(row["skill"])) is not None]
    if len(others) > 1:
        text += f"; {min(others):.2f} to {max(others):.2f}"
    return text


def share(rows: list[Row], key: str) -> str:
    """Instances with a label of the range, of the first draw."""
    first = next((row for row in rows if row["draw"] == "0"), None)
    return "–" if first is None else f"{first[key]} of {first['instances']}"


def table(rows: list[Row], experience: str) -> list[str]:
    mine = [row for row in rows if row["experience"] == experience]
    text = []
    for kind in SETS:
        chosen = [row for row in mine if row["set"] == kind]
        if not chosen:
            continue
        text += ["", f"### {experience}, {TITLES[kind]}", "",
                 f"{chosen[0]['instances']} instances, {chosen[0]['questions']} questions.", "",
                 "| experiences | " + " | ".join(NAMES[name] for name in PREDICTORS)
                 + " | judged in range | at its edge | outside |",
                 "|---|" + "---|" * (len(PREDICTORS) + 3)]
        for size in sorted({int(row["experiences"]) for row in chosen} - {0}):
            at = [row for row in chosen if int(row["experiences"]) == size]
            cells = [cell([row for row in at if row["predictor"] == name]) for name in PREDICTORS]
            ranges = [share([row for row in at if row["predictor"] == "neighbours"], f"range-{key}")
                      for key in ("in", "edge", "out")]
            text.append(f"| {size} | " + " | ".join(cells + ranges) + " |")
        taught = [row for row in chosen if row["predictor"] == "physics-101"]
        text.append("")
        text.append(f"Physics-101: {cell(taught)}." if taught else "Physics-101: has no formula for this.")
    return text


# Picture

class Panel:
    def __init__(self, left: float, top: float, largest: int) -> None:
        self.left, self.top, self.largest = left, top, largest

    def x(self, size: float) -> float:
        return self.left + WIDTH * (math.log10(size) - 0.8) / (math.log10(self.largest) - 0.6)

    def y(self, skill: float) -> float:
        return self.top + HEIGHT * (1.05 - max(FLOOR, min(1.0, skill))) / (1.05 - FLOOR)

    def frame(self, title: str) -> list[str]:
        parts = [f'<text x="{self.left:.0f}" y="{self.top - 8:.0f}" class="b">{title}</text>']
        for skill in (-1, -0.5, 0, 0.5, 1):
            style = "z" if skill == 0 else "g"
            parts.append(f'<line x1="{self.left}" x2="{self.left + WIDTH}" y1="{self.y(skill):.1f}" '
                         f'y2="{self.y(skill):.1f}" class="{style}"/>')
            parts.append(f'<text x="{self.left - 6}" y="{self.y(skill) + 4:.1f}" class="e">{skill:g}</text>')
        size = 10
        while size <= self.largest:
            parts.append(f'<text x="{self.x(size):.1f}" y="{self.top + HEIGHT + 16:.0f}" class="m">{size:,}</text>')
            size *= 10
        return parts

    def curve(self, rows: list[Row], name: str, shift: float) -> list[str]:
        parts, points = [], []
        colour = COLOURS[name]
        for size in sorted({int(row["experiences"]) for row in rows}):
            first = next((row for row in rows if int(row["experiences"]) == size and row["draw"] == "0"), None)
            skill = number(first["skill"]) if first else None
            if first is None or skill is None:
                continue
            x = self.x(size) + shift
            points.append(f"{x:.1f},{self.y(skill):.1f}")
            low, high = number(first["low"]), number(first["high"])
            if low is not None and high is not None:
                parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{self.y(low):.1f}" y2="{self.y(high):.1f}" '
                             f'stroke="{colour}" stroke-width="1.5" opacity="0.6"/>')
            if skill < FLOOR:
                base = self.y(FLOOR)
                parts.append(f'<polygon points="{x - 5:.1f},{base - 6:.1f} {x + 5:.1f},{base - 6:.1f} '
                             f'{x:.1f},{base + 3:.1f}" fill="{colour}"/>')
            else:
                parts.append(f'<circle cx="{x:.1f}" cy="{self.y(skill):.1f}" r="3.5" fill="{colour}"/>')
        parts.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        return parts

    def level(self, skill: float) -> str:
        return (f'<line x1="{self.left}" x2="{self.left + WIDTH}" y1="{self.y(skill):.1f}" y2="{self.y(skill):.1f}" '
                f'stroke="{COLOURS["physics-101"]}" stroke-width="1.5" stroke-dasharray="6 4"/>')


def picture(rows: list[Row]) -> str:
    experiences = [name for name in ORDER if any(row["experience"] == name for row in rows)]
    width = LEFT + 2 * WIDTH + GAP_X + 30
    height = TOP + len(experiences) * (HEIGHT + GAP_Y)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        "<style>text{font-family:sans-serif;font-size:13px;fill:#222}.m{text-anchor:middle}.e{text-anchor:end}"
        ".b{font-weight:bold}.h{font-size:17px;font-weight:bold}.g{stroke:#ddd}.z{stroke:#888}</style>",
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="{LEFT}" y="26" class="h">Skill against climatology by number of experiences</text>',
    ]
    x = LEFT
    for name, colour in COLOURS.items():
        parts.append(f'<rect x="{x}" y="42" width="14" height="5" fill="{colour}"/>')
        parts.append(f'<text x="{x + 20}" y="49">{NAMES[name]}</text>')
        x += 200
    for down, experience in enumerate(experiences):
        mine = [row for row in rows if row["experience"] == experience]
        largest = max(int(row["experiences"]) for row in mine)
        for across, kind in enumerate(SETS):
            chosen = [row for row in mine if row["set"] == kind]
            if not chosen:
                continue
            panel = Panel(LEFT + across * (WIDTH + GAP_X), TOP + down * (HEIGHT + GAP_Y), largest)
            parts += panel.frame(f"{experience}, {TITLES[kind]}")
            for row in chosen:
                if row["predictor"] == "physics-101" and (skill := number(row["skill"])) is not None:
                    parts.append(panel.level(skill))
            for index, name in enumerate(PREDICTORS):
                parts += panel.curve([row for row in chosen if row["predictor"] == name], name, 3.0 * (index - 1))
    return "\n".join([*parts, "</svg>", ""])


def detection(rows: list[Row]) -> list[str]:
    """Shares of instances that the range flags, over the largest ledger of each experience."""
    text = ["", "## Is the range seen?", "",
            "With the largest ledger of each experience. Outside by construction: every far instance. Asked of the judge: at "
            "least 95 % of these flagged (label `out`), at most 10 % of the near ones.", "",
            "| experience | ledger | far flagged `out` | far not called `in` | near flagged `out` | near not called `in` |",
            "|---|---|---|---|---|---|"]
    for experience in ORDER:
        mine = [row for row in rows if row["experience"] == experience and row["predictor"] == "neighbours"]
        if not mine:
            continue
        largest = max(int(row["experiences"]) for row in mine)
        cells = []
        for kind in ("far", "near"):
            found = next((row for row in mine if row["set"] == kind and int(row["experiences"]) == largest
                          and row["draw"] == "0"), None)
            if found is None:
                cells += ["–", "–"]
                continue
            total = int(found["instances"])
            for count in (int(found["range-out"]), total - int(found["range-in"])):
                cells.append(f"{100 * count / total:.0f} % ({count} of {total})")
        text.append(f"| {experience} | {largest} | " + " | ".join(cells) + " |")
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description="Table and picture of skill against experience")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--notes", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    options = parser.parse_args()
    rows: list[Row] = []
    for experience in ORDER:
        path = options.work / f"{experience}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as text:
                rows += list(csv.DictReader(text))
    with (options.results / "learning.csv").open("w", encoding="utf-8", newline="") as out:
        table_file = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        table_file.writeheader()
        table_file.writerows(rows)
    text = [options.notes.read_text(encoding="utf-8").rstrip(), *detection(rows), "", "## Tables", "",
            "A cell: skill of the first draw of experiences, its 95 % interval over instances, then lowest and highest skill of "
            "three draws of experiences where three were made."]
    for experience in ORDER:
        text += table(rows, experience)
    (options.results / "learning.md").write_text("\n".join([*text, ""]), encoding="utf-8")
    (options.results / "learning.svg").write_text(picture(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
