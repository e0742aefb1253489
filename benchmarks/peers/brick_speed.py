"""Plumbline and Akantu on one brick that swings along its length, in turn: `Measure brick-wave`.

    python brick_speed.py MEASURE [--rounds 3] [--depths 6 8 10] > brick-akantu.md

240 × 120 × 60 mm, E = 10 GPa, ν = 0.2, 1800 kg/m³, free, cubes; v = 0.1 m/s·sin(πx/L) at the start, 0.5 ms
by central differences with lumped masses at 0.85 of the stable step of each program, one thread. Akantu:
SolidMechanicsModel, `_hexahedron_8`, linear elastic, small strain (no rotations); plumbline: incompatible
modes, turning elements. The amplitude is the part of sin(πx/L) in the displacements at the end, by mass.
Each round runs both programs once at each size; the table has the best of each.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZE = (0.24, 0.12, 0.06)
SPAN = 5e-4


def write_mesh(path: Path, cells: tuple[int, int, int]) -> None:
    """Hexahedra of a box about the origin, in the second format of Gmsh."""
    along = [[(i / n - 0.5) * size for i in range(n + 1)] for n, size in zip(cells, SIZE)]

    def number(i: int, j: int, k: int) -> int:
        return (i * (cells[1] + 1) + j) * (cells[2] + 1) + k + 1

    ring = ((0, 0), (1, 0), (1, 1), (0, 1))
    nodes, elements = [], []
    for i, x in enumerate(along[0]):
        for j, y in enumerate(along[1]):
            for k, z in enumerate(along[2]):
                nodes.append(f"{number(i, j, k)} {x!r} {y!r} {z!r}")
                if i < cells[0] and j < cells[1] and k < cells[2]:
                    corners = [number(i + a, j + b, k + c) for c in (0, 1) for a, b in ring]
                    elements.append(f"{len(elements) + 1} 5 2 1 1 " + " ".join(map(str, corners)))
    lines = ["$MeshFormat", "2.2 0 8", "$EndMeshFormat", "$Nodes", str(len(nodes)), *nodes, "$EndNodes",
             "$Elements", str(len(elements)), *elements, "$EndElements"]
    path.write_text("\n".join(lines) + "\n")


def akantu_row(depth: int) -> None:
    """Runs in a process of its own: prints one row."""
    import akantu as aka
    import numpy as np

    cells = (4 * depth, 2 * depth, depth)
    with tempfile.TemporaryDirectory() as folder:
        mesh_file, material_file = Path(folder, "brick.msh"), Path(folder, "brick.dat")
        write_mesh(mesh_file, cells)
        material_file.write_text("material elastic [\n name = brick\n rho = 1800\n E = 10e9\n nu = 0.2\n]\n")
        aka.parseInput(str(material_file))
        mesh = aka.Mesh(3)
        mesh.read(str(mesh_file))
    model = aka.SolidMechanicsModel(mesh)
    model.initFull(_analysis_method=aka._explicit_lumped_mass)
    steps = math.ceil(SPAN / (0.85 * model.getStableTimeStep()))
    model.setTimeStep(SPAN / steps)
    shape = np.sin(math.pi * mesh.getNodes()[:, 0] / SIZE[0])
    model.getVelocity()[:, 0] = 0.1 * shape
    wall, own = time.perf_counter(), time.process_time()
    for _ in range(steps):
        model.solveStep()
    wall, own = time.perf_counter() - wall, time.process_time() - own
    mass = np.array(model.getMass())[:, 0]
    amplitude = float(np.sum(mass * shape * model.getDisplacement()[:, 0]) / np.sum(mass * shape**2))
    print(f"akantu {aka.__version__},1,{math.prod(cells)},{steps},{SPAN / steps!r},{wall!r},{own!r},"
          f"{1e6 * amplitude!r}")


def once(command: list[str]) -> list[str]:
    environment = os.environ | {
        "OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    return run.stdout.splitlines()[-1].split(",")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("measure")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--depths", type=int, nargs="+", default=[6, 8, 10])
    parser.add_argument("--akantu", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.akantu:
        akantu_row(options.depths[0])
        return
    print("| program | elements | steps | step µs | wall s | processor s | million element-steps a "
          "processor second | amplitude µm |")
    print("|" + "---|" * 8)
    for depth in options.depths:
        commands = [
            [options.measure, "brick-wave", str(depth)],
            [sys.executable, str(Path(__file__)), options.measure, "--akantu", "--depths", str(depth)]]
        found: list[list[list[str]]] = [[] for _ in commands]
        for _ in range(options.rounds):
            for rows, command in zip(found, commands):
                rows.append(once(command))
        for rows in found:
            best = min(rows, key=lambda row: float(row[6]))
            elements, steps, own = int(best[2]), int(best[3]), float(best[6])
            print(f"| {best[0]} | {elements} | {steps} | {1e6 * float(best[4]):.3f} | "
                  f"{min(float(row[5]) for row in rows):.3g} | {own:.3g} | "
                  f"{1e-6 * elements * steps / own:.3g} | {float(best[7]):.4f} |", flush=True)


if __name__ == "__main__":
    main()
