"""Checks the data cards and tables of data sets with the programs that people read them with.

    python tables.py out/demo out/experiences

mlcroissant validates croissant.json and reads every record set; `datasets` loads every configuration of README.md.
Both are compared, value by value, with the files as plain JSON. No network is needed.
Sources: mlcroissant, datasets (versions in requirements.txt).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import math
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")

import datasets  # noqa: E402
import mlcroissant  # noqa: E402

import records  # noqa: E402


def plain(value: Any) -> Any:
    """A value of a reader as JSON has it."""
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def same(seen: Any, meant: Any) -> bool:
    """Equal; numbers to 1e-14, since mlcroissant's reader of JSON rounds in the last digit (0.95 becomes
    0.9500000000000001)."""
    if isinstance(seen, list) and isinstance(meant, list):
        return len(seen) == len(meant) and all(map(same, seen, meant))
    if isinstance(seen, float) and isinstance(meant, (int, float)):
        return math.isclose(seen, meant, rel_tol=1e-14)
    return bool(seen == meant)


def column(row: records.Record, field: records.Record) -> Any:
    """What a field of croissant.json points at in a row: a key, or a place `$."name".key` inside it."""
    source = field["source"]
    value = row.get(source["extract"]["column"])
    place = source.get("transform", {}).get("jsonPath")
    if place is None or value is None:
        return value
    _, name, rest = place.split('"')
    value = value.get(name)
    return value if not rest or value is None else value.get(rest.removeprefix("."))


def check_croissant(folder: Path) -> list[str]:
    card = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    for item in card["distribution"]:
        digest = hashlib.sha256((folder / item["contentUrl"]).read_bytes()).hexdigest()
        if digest != item["sha256"]:
            raise SystemExit(f"{folder}: {item['contentUrl']} has other bytes than croissant.json says")
    dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    told = [f"croissant: {len(issues.errors)} errors, warnings: {sorted(issues.warnings) or 'none'}"]
    if issues.errors:
        raise SystemExit(f"{folder}: {sorted(issues.errors)}")
    for record_set in card["recordSet"]:
        name, fields = record_set["@id"], record_set["field"]
        rows = records.lines(folder / fields[0]["source"]["fileObject"]["@id"])
        read = list(dataset.records(name))
        if len(read) != len(rows):
            raise SystemExit(f"{folder}: {len(read)} records of {name} read, {len(rows)} lines")
        for row, record in zip(rows, read, strict=True):
            for field in fields:
                seen, meant = plain(record[field["@id"]]), column(row, field)
                if not same(seen, meant):
                    raise SystemExit(f"{folder}: {field['@id']} of {row['id']} is {seen!r}, not {meant!r}")
        told.append(f"croissant: {len(read)} records of {name} read, all {len(fields)} fields as in the file")
    return told


def check_hugging_face(folder: Path, cache: str) -> list[str]:
    told = []
    for path in sorted((folder / "export").glob("*.jsonl")):
        loaded = datasets.load_dataset(str(folder), path.stem, cache_dir=cache)
        (split, table), = loaded.items()
        rows = records.lines(path)
        for row, record in zip(rows, table, strict=True):
            if row != record:
                raise SystemExit(f"{folder}: {row['id']} differs when loaded")
            if (record["truth"] is None) != (record["split"] == "sealed"):
                raise SystemExit(f"{folder}: {row['id']} of the split {row['split']}: truth {record['truth']}")
        closed = sum(record["truth"] is None for record in rows)
        told.append(f"datasets: {len(rows)} rows of {path.stem} ({split}), {len(table.column_names)} columns, "
                    f"{closed} sealed without truth")
    return told


def check(folder: Path) -> list[str]:
    """What was found, in lines; ends the program where something is wrong."""
    with tempfile.TemporaryDirectory() as cache:
        return check_croissant(folder) + check_hugging_face(folder, cache)


def main() -> None:
    parser = argparse.ArgumentParser(description="Checks data cards with mlcroissant and datasets")
    parser.add_argument("folders", nargs="+", type=Path)
    for folder in parser.parse_args().folders:
        for line in check(folder):
            print(f"{folder.name}: {line}")


logging.getLogger("absl").setLevel(logging.ERROR)

if __name__ == "__main__":
    sys.exit(main())
