"""Direct solves beside `Measure direct-solves`: the same systems by other programs, in turn.

    python direct_solves.py MEASURE [--rounds 5] > banded.txt

Each round runs MEASURE with the kernels that the program pins (Haswell; once more with those of
AVX-512 where the machine has it), then the solvers here, on one thread. Columns: case, method,
milliseconds of processor time (median of the rounds), smallest and largest, median of the ratios to our
own solve, largest error over the largest value, note. Which settings: README.md of this folder.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np  # noqa: E402
import scipy  # noqa: E402
from scipy import fft, linalg, sparse  # noqa: E402
from scipy.sparse.linalg import splu  # noqa: E402

OWN = {"stream": "dpbtrf + dpbtrs", "poisson": "dgemm"}
Row = tuple[str, str, float, float, str]


def timed(work: Callable[[], np.ndarray]) -> tuple[float, np.ndarray]:
    start = time.process_time()
    result = work()
    return 1e3 * (time.process_time() - start), result


def error(value: np.ndarray, exact: np.ndarray) -> float:
    return float(np.abs(value - exact).max() / np.abs(exact).max())


def ours(measure: str, folder: Path, kernel: str, label: str) -> list[Row]:
    run = subprocess.run([measure, "direct-solves", str(folder)], check=True, capture_output=True,
                         text=True, env=os.environ | {"OPENBLAS_CORETYPE": kernel})
    if kernel not in run.stderr:
        raise SystemExit(f"OpenBLAS did not take the kernels {kernel}: {run.stderr}")
    rows = []
    for line in run.stdout.splitlines()[1:]:
        case, method, milliseconds, gap, note = line.split(",", 4)
        if not label or method.startswith("d"):
            rows.append((case, method + label, float(milliseconds), float(gap), note))
    return rows


def stream(folder: Path, name: str) -> list[Row]:
    """One system of a step of the axisymmetric flow, factor and solve."""
    file = folder / name.replace(" ", "-")
    numbers = np.fromfile(file.with_suffix(".matrix"))
    size, triples = int(numbers[0]), numbers[1:].reshape(-1, 3)
    rows, columns = triples[:, 0].astype(np.int32), triples[:, 1].astype(np.int32)
    lower = sparse.csc_matrix((triples[:, 2], (rows, columns)), shape=(size, size))
    whole = sparse.csc_matrix(lower + sparse.tril(lower, -1).T)
    right, exact = np.fromfile(file.with_suffix(".sides")).reshape(2, size)
    result: list[Row] = []

    def add(method: str, work: Callable[[], np.ndarray], note: str) -> None:
        milliseconds, value = timed(work)
        result.append((name, method, milliseconds, error(value, exact), note))

    add("SuperLU", lambda: splu(whole).solve(right), "COLAMD")
    add("SuperLU symmetric",
        lambda: splu(whole, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0,
                     options={"SymmetricMode": True}).solve(right), "minimum degree of A + Aᵀ")
    width = int((rows - columns).max())
    band = np.zeros((width + 1, size), order="F")
    band[rows - columns, columns] = triples[:, 2]
    add("scipy solveh_banded", lambda: linalg.solveh_banded(band, right, lower=True, check_finite=False),
        f"dpbsv of its own OpenBLAS, half-band {width}")
    try:
        from cvxopt import cholmod, matrix, spmatrix
    except ImportError:
        return result
    packed = spmatrix(matrix(triples[:, 2]), matrix(rows.astype(int)), matrix(columns.astype(int)))
    # nested dissection is not in this build: approximate minimum degree
    for mode, label in ((0, "simplicial"), (2, "supernodal")):
        cholmod.options["supernodal"] = mode

        def whole_solve() -> np.ndarray:
            factor = cholmod.symbolic(packed)
            cholmod.numeric(packed, factor)
            value = matrix(right)
            cholmod.solve(factor, value)
            return np.array(value)[:, 0]

        add(f"CHOLMOD {label}", whole_solve, "analysis, factor and solve; minimum degree")
        factor = cholmod.symbolic(packed)
        value = matrix(right)
        start = time.process_time()
        cholmod.numeric(packed, factor)
        cholmod.solve(factor, value)
        result.append((name, f"CHOLMOD {label} known", 1e3 * (time.process_time() - start),
                       error(np.array(value)[:, 0], exact), "factor and solve, pattern known"))
    return result


def poisson(n: int) -> list[Row]:
    """Seven points on n³ cells, zero one cell beyond every side, by sine transforms."""
    index = np.arange(n**3)
    exact = (np.sin(0.05 * index) + (index * 7919 % 10007) / 10007).reshape(n, n, n)
    padded = np.pad(exact, 1)
    right = 6.0 * exact
    for axis in range(3):
        for shift in (0, 2):
            part = [slice(1, -1)] * 3
            part[axis] = slice(shift, shift + n)
            right = right - padded[tuple(part)]
    value = 2.0 - 2.0 * np.cos(np.pi * np.arange(1, n + 1) / (n + 1))
    total = value[:, None, None] + value[None, :, None] + value[None, None, :]

    def solve() -> np.ndarray:
        return fft.idstn(fft.dstn(right, type=1, workers=1) / total, type=1, workers=1)

    solve()
    milliseconds, solution = timed(solve)
    return [(f"poisson {n}", "scipy dstn", milliseconds, error(solution, exact),
             f"transforms of length {2 * (n + 1)}")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("measure")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    times: dict[tuple[str, str], list[float]] = {}
    last: dict[tuple[str, str], tuple[float, str]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(options.rounds):
            rows = ours(options.measure, folder, "Haswell", "")
            if "avx512f" in Path("/proc/cpuinfo").read_text():
                rows += ours(options.measure, folder, "SkylakeX", " (AVX-512)")
            for case in dict.fromkeys(row[0] for row in rows):
                kind, size = case.split(" ")
                rows += stream(folder, case) if kind == "stream" else poisson(int(size))
            for case, method, milliseconds, gap, note in rows:
                times.setdefault((case, method), []).append(milliseconds)
                last[case, method] = (gap, note)
    lines = [["case", "method", "ms", "least", "most", "over ours", "error", "note"]]
    for case in dict.fromkeys(key[0] for key in times):
        own = times[case, OWN[case.split(" ")[0]]]
        for key, values in times.items():
            if key[0] != case:
                continue
            ratio = statistics.median(value / base for value, base in zip(values, own))
            gap, note = last[key]
            lines.append([case, key[1], f"{statistics.median(values):.3g}", f"{min(values):.3g}",
                          f"{max(values):.3g}", f"{ratio:.2f}", f"{gap:.1e}", note])
    widths = [max(len(line[column]) for line in lines) for column in range(8)]
    print(f"numpy {np.__version__}, scipy {scipy.__version__}, rounds: {options.rounds}")
    for line in lines:
        cells = [cell.ljust(width) if column in (0, 1, 7) else cell.rjust(width)
                 for column, (cell, width) in enumerate(zip(line, widths))]
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    main()
