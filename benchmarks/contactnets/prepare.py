"""Turn the tosses of github.com/DAIRLab/contact-nets into one tosses.jsonl.

    git clone https://github.com/DAIRLab/contact-nets
    python prepare.py contact-nets/data tosses/
    plumbline verify --data tosses

Reads DATA/tosses_processed/*.pt and DATA/params_processed/experiment.json, writes
OUT/tosses.jsonl: a header line, then {"toss": number of the file, "rows": [[13 numbers], …]}.
The six control columns of the source are dropped; they must be zero. Needs Python 3.9 and nothing
else: a .pt file of this age is five pickles and then raw numbers, and only the three names that
such a file needs are resolved, so that no file can run code here.

The data are Copyright (c) 2020 Dynamic Autonomy and Intelligent Robotics Lab, BSD 3-Clause; keep
their notice with any copy. Nothing of them is part of plumbline.
"""

from __future__ import annotations

import argparse
import collections
import json
import math
import os
import pickle
import struct
import sys
from pathlib import Path
from typing import BinaryIO, NamedTuple

MAGIC = 0x1950A86A20F9469CFC6C
PROTOCOL = 1001
# half an edge in m: lengths of the source are in this unit
LENGTH_UNIT = 0.0524
COLUMNS = ["x", "y", "z", "qw", "qx", "qy", "qz", "vx", "vy", "vz", "wx", "wy", "wz"]


class Tensor(NamedTuple):
    storage: str
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]


class DoubleStorage:
    """Stands for torch.DoubleStorage, the only storage that is accepted."""


def rebuild(
    storage: str, offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_: object
) -> Tensor:
    return Tensor(storage, offset, size, stride)


class Reader(pickle.Unpickler):
    """An unpickler that knows tensors of doubles and refuses every other name."""

    names = {
        ("torch._utils", "_rebuild_tensor_v2"): rebuild,
        ("torch", "DoubleStorage"): DoubleStorage,
        ("collections", "OrderedDict"): collections.OrderedDict,
    }

    def find_class(self, module: str, name: str) -> object:
        try:
            return self.names[module, name]
        except KeyError:
            raise ValueError(f"refuses to load {module}.{name}") from None

    def persistent_load(self, pid: object) -> str:
        kind, storage, key, *_ = pid
        if kind != "storage" or storage is not DoubleStorage:
            raise ValueError("is no tensor of doubles")
        return key


def read_tensor(file: BinaryIO) -> list[list[float]]:
    """The rows of a tensor of doubles, 1 × rows × columns, in torch's format before version 1.6."""
    if Reader(file).load() != MAGIC or Reader(file).load() != PROTOCOL:
        raise ValueError("is no tensor in torch's old format")
    Reader(file).load()  # byte order and sizes of the writer
    tensor = Reader(file).load()
    keys = Reader(file).load()
    if not isinstance(tensor, Tensor) or keys != [tensor.storage]:
        raise ValueError("is no single tensor")
    if len(tensor.size) != 3 or tensor.size[0] != 1:
        raise ValueError("has the sizes " + " ".join(map(str, tensor.size)) + ", not 1 × rows × 19")
    (count,) = struct.unpack("<q", file.read(8))
    numbers = struct.unpack(f"<{count}d", file.read(8 * count))
    (_, rows, columns), (_, down, across) = tensor.size, tensor.stride
    return [
        [numbers[tensor.offset + i * down + j * across] for j in range(columns)]
        for i in range(rows)
    ]


def checked(rows: list[list[float]]) -> list[list[float]]:
    """The 13 columns that are kept, after a look at what the format promises."""
    for index, row in enumerate(rows):
        if len(row) != 19 or not all(map(math.isfinite, row)):
            raise ValueError(f"row {index} is no list of 19 finite numbers")
        if any(row[13:]):
            raise ValueError(f"row {index} has a control that is not zero")
        if abs(math.hypot(*row[3:7]) - 1) > 1e-6:
            raise ValueError(f"row {index} has a quaternion whose length is not 1")
    return [row[:13] for row in rows]


def header(params: dict[str, float], count: int) -> dict[str, object]:
    if abs(1 / params["dt"] - 148) > 0.01:
        raise ValueError("the rate is not 148 per second")
    return {
        "format": "contactnets-tosses-1",
        "tosses": count,
        "columns": COLUMNS,
        "rate_hz": 148,
        "length_unit_m": LENGTH_UNIT,
        "cube": {
            "half_width_m": LENGTH_UNIT,
            "mass_kg": params["mass"],
            "inertia_kg_m2": round(params["inertia"] * LENGTH_UNIT**2, 8),
        },
        "identified": {
            "friction": params["mu"],
            "restitution": params["restitution"],
            "gravity_m_s2": round(params["g"] * LENGTH_UNIT, 6),
        },
        "source": "github.com/DAIRLab/contact-nets, data/tosses_processed",
        "licence": "BSD-3-Clause",
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("data", type=Path, help="folder `data` of a copy of contact-nets")
    parser.add_argument("out", type=Path, help="folder for tosses.jsonl; made if it is missing")
    arguments = parser.parse_args()
    folder = arguments.data / "tosses_processed"
    files = sorted(folder.glob("*.pt"), key=lambda path: (len(path.stem), path.stem))
    if not files:
        print(f"{folder}: no .pt files; name the folder `data` of contact-nets", file=sys.stderr)
        return 66
    lines = []
    for path in files:
        try:
            with path.open("rb") as file:
                rows = checked(read_tensor(file))
            lines.append({"toss": int(path.stem), "rows": rows})
        except (ValueError, EOFError, struct.error, IndexError, pickle.UnpicklingError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 65
    parameters = arguments.data / "params_processed" / "experiment.json"
    try:
        first = header(json.loads(parameters.read_text("utf-8")), len(lines))
    except (OSError, KeyError, ValueError) as error:
        print(f"{parameters}: {error}", file=sys.stderr)
        return 65

    # beside its place, then renamed: never half a file
    arguments.out.mkdir(parents=True, exist_ok=True)
    target = arguments.out / "tosses.jsonl"
    part = target.with_suffix(".part")
    with part.open("w", encoding="utf-8") as out:
        for line in [first, *lines]:
            out.write(json.dumps(line, separators=(",", ":")) + "\n")
    os.replace(part, target)
    print(f"{target}: {len(lines)} tosses, {sum(len(line['rows']) for line in lines)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
