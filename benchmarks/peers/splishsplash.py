"""A cylinder of syrup that slumps on a plate, by SPlisHSPlasH: one run, one line of CSV.

    python splishsplash.py --particles 6588 --viscosity-method weiler --step 1e-3 --threads 1

25 mL (20 mm wide in radius and high), 1400 kg/m³, 5 Pa·s, sticking to a plate. DFSPH. Columns as in
`Measure slump`; definitions and settings in README.md of this folder. A run is one process, because
the library keeps its simulation in a global. With --limit, a run that takes longer ends early.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import math
import os
import struct
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

RADIUS, HEIGHT, DENSITY, VISCOSITY, GRAVITY = 0.02, 0.02, 1400.0, 5.0, 9.80665
VOLUME = math.pi * RADIUS**2 * HEIGHT
RING = 2e-3          # width of the rings that the thickness is taken from, m
THICKNESS = 0.5e-3   # m
METHODS = {"standard": (1, "Standard"), "bender": (2, "Bender and Koschier 2017"),
           "peer2015": (3, "Peer et al. 2015"), "peer2016": (4, "Peer et al. 2016"),
           "takahashi": (5, "Takahashi et al. 2015"), "weiler": (6, "Weiler et al. 2018")}
BOUNDARIES = {"akinci": 0, "koschier": 1, "bender": 2}
COLUMNS = ("program", "threads", "settings", "size_mm", "end_s", "particles", "steps",
           "particle_steps", "seconds", "processor_s", "rms_mm", "front_mm", "ring_front_mm", "top_mm")

PLATE = """v -0.5 -0.5 0.5
v 0.5 -0.5 0.5
v -0.5 0.5 0.5
v 0.5 0.5 0.5
v -0.5 0.5 -0.5
v 0.5 0.5 -0.5
v -0.5 -0.5 -0.5
v 0.5 -0.5 -0.5
f 1 2 3
f 3 2 4
f 3 4 5
f 5 4 6
f 5 6 7
f 7 6 8
f 7 8 1
f 1 8 2
f 2 8 4
f 4 8 6
f 7 1 5
f 5 1 3
"""


def cylinder(wanted: int) -> tuple[list[tuple[float, float, float]], float]:
    """Points of a cubic lattice in the cylinder, and its spacing: y is up, the plate at y = 0.

    Spacings that fit a whole number of layers; of those the one whose count is nearest. The lattice is
    offset so that the count is near VOLUME / spacing³; the spacing then makes up the rest, so that the
    volume of all particles is the cylinder's.
    """
    best: tuple[float, list[tuple[float, float, float]]] | None = None
    guess = round(HEIGHT / (VOLUME / wanted)**(1.0 / 3.0))
    for layers in range(max(2, guess - 1), guess + 2):
        pitch = HEIGHT / layers
        for offset in (0.0, 0.25, 0.5):
            reach = math.ceil(RADIUS / pitch) + 1
            plane = [((i + offset) * pitch, (j + offset) * pitch)
                     for i in range(-reach, reach) for j in range(-reach, reach)]
            plane = [(x, z) for x, z in plane if x * x + z * z <= RADIUS**2]
            points = [(x, (k + 0.5) * pitch, z) for k in range(layers) for x, z in plane]
            gap = abs(len(points) / wanted - 1.0) + abs(len(points) * pitch**3 / VOLUME - 1.0)
            if best is None or gap < best[0]:
                best = (gap, points)
    assert best is not None
    return best[1], (VOLUME / len(best[1]))**(1.0 / 3.0)


def write_points(path: Path, points: list[tuple[float, float, float]]) -> None:
    """Positions in the particle format that the library reads."""
    head = b"BgeoV" + struct.pack(">9i", 5, len(points), 0, 0, 0, 0, 0, 0, 0)
    body = b"".join(struct.pack(">4f", *point, 1.0) for point in points)
    path.write_bytes(head + body + b"\x00\xff")


def scene(folder: Path, options: argparse.Namespace) -> tuple[Path, float]:
    """Writes the scene; the spacing of its particles comes back, in m."""
    points, pitch = cylinder(options.particles)
    scale = options.scale
    spread = scale * options.spread
    write_points(folder / "cylinder.bgeo", [tuple(spread * part for part in point) for point in points])
    (folder / "plate.obj").write_text(PLATE)
    number, name = METHODS[options.viscosity_method]
    kinematic = VISCOSITY / DENSITY * scale**1.5
    particle = 0.5 * pitch
    surface = -options.sink * pitch
    time_scale = math.sqrt(scale)
    solver = {"viscosity": kinematic, "viscoMaxIter": 1000, "viscoMaxError": options.viscosity_error}
    if options.viscosity_method in ("weiler", "standard"):
        solver["viscosityBoundary"] = options.boundary_factor * kinematic
    content = {
        "Configuration": {
            "timeStepSize": options.step * time_scale, "particleRadius": scale * particle,
            "simulationMethod": 4, "gravitation": [0.0, -GRAVITY, 0.0],
            "cflMethod": 0 if options.cfl == 0 else 1, "cflFactor": options.cfl or 1.0,
            "cflMinTimeStepSize": 1e-6 * time_scale, "cflMaxTimeStepSize": options.step * time_scale,
            "boundaryHandlingMethod": BOUNDARIES[options.boundary],
            "enableZSort": True,
            "stopAt": options.end * time_scale,
            "DFSPH": {"minIterations": 2, "maxIterations": 1000, "maxError": options.density_error,
                      "maxIterationsV": 1000, "maxErrorV": 0.1, "enableDivergenceSolver": True},
        },
        "Materials": [{"id": "Fluid", "density0": DENSITY, "viscosityMethod": number, name: solver}],
        "RigidBodies": [{
            "geometryFile": "plate.obj", "translation": [0.0, scale * (surface - 0.005), 0.0],
            "rotationAxis": [1, 0, 0], "rotationAngle": 0,
            "scale": [scale * 0.14, scale * 0.01, scale * 0.14], "isDynamic": False, "isWall": False,
            "mapInvert": False, "mapThickness": 0.0, "mapResolution": [60, 20, 60],
            "samplingMode": 1}],
        "FluidModels": [{"id": "Fluid", "particleFile": "cylinder.bgeo", "translation": [0, 0, 0],
                         "rotationAxis": [1, 0, 0], "rotationAngle": 0, "scale": [1, 1, 1]}],
    }
    path = folder / "slump.json"
    path.write_text(json.dumps(content))
    return path, pitch


def measure(positions: object, volume: float) -> tuple[float, float, float]:
    """Root mean square radius, radius at THICKNESS by rings, and highest particle; in m."""
    import numpy as np

    places = np.asarray(positions, dtype=float)
    centre = places.mean(axis=0)
    square = (places[:, 0] - centre[0])**2 + (places[:, 2] - centre[2])**2
    ring = (np.sqrt(square) / RING).astype(int)
    volumes = np.bincount(ring) * volume
    inner = np.arange(len(volumes)) * RING
    depth = volumes / (math.pi * ((inner + RING)**2 - inner**2))
    front = 0.0
    for k in range(len(depth) - 1, -1, -1):
        if depth[k] >= THICKNESS:
            outer = depth[k + 1] if k + 1 < len(depth) else 0.0
            front = RING * (k + 0.5 + (depth[k] - THICKNESS) / (depth[k] - outer))
            break
    return math.sqrt(square.mean()), front, float(places[:, 1].max())


def run(options: argparse.Namespace) -> None:
    os.environ["OMP_NUM_THREADS"] = str(options.threads)
    # the wheel brings a second libGLdispatch, which crashes where the system's own comes later
    try:
        ctypes.CDLL("libGLdispatch.so.0", mode=ctypes.RTLD_GLOBAL)
    except OSError:
        pass
    import numpy as np
    import pysplishsplash as library

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, pitch = scene(folder, options)
        base = library.Exec.SimulatorBase()
        # the library logs to standard output
        output = os.dup(1)
        os.dup2(os.open(os.devnull, os.O_WRONLY) if not options.log else 2, 1)
        base.init(sceneFile=str(path), useCache=False, outputDir=str(folder / "out"),
                  initialPause=False, useGui=False)
        base.initSimulation()
        simulation = library.Simulation.getCurrent()
        scale, time_scale = options.scale, math.sqrt(options.scale)
        ends = sorted(options.ends)
        state = {"steps": 0, "began": 0.0, "processor": 0.0, "next": 0, "trace": 0.0}

        def line(label: str, at: float, seconds: float) -> None:
            model = simulation.getFluidModel(0)
            # the volume that a particle stands for has changed between versions of the library
            if abs(model.getMass(0) / (DENSITY * (scale * pitch)**3) - 1.0) > 1e-4:
                raise SystemExit("the mass of a particle is not that of its cube")
            positions = np.array(model.getFieldBuffer("position"))[:model.numActiveParticles()] / scale
            rms, front, top = measure(positions, pitch**3)
            settings = (f"{options.viscosity_method} {options.boundary} "
                        f"boundary {options.boundary_factor:g} step {options.step:g} cfl {options.cfl:g} "
                        f"visco {options.viscosity_error:g} density {options.density_error:g}")
            values = (f"splishsplash {version('pysplishsplash')}{label}", options.threads, settings,
                      f"{1e3 * pitch:.4g}", f"{at:.4g}", len(positions), state["steps"],
                      len(positions) * state["steps"], f"{seconds:.4g}",
                      f"{time.process_time() - state['processor']:.4g}", f"{1e3 * rms:.5g}",
                      f"{1e3 * rms * math.sqrt(7 / 3):.5g}", f"{1e3 * front:.5g}", f"{1e3 * top:.4g}")
            os.write(output, (",".join(map(str, values)) + "\n").encode())

        def after() -> None:
            if state["began"] == 0.0:
                # the clock starts after the first step, which builds the plate's samples or maps
                state["began"], state["processor"] = time.perf_counter(), time.process_time()
                return
            state["steps"] += 1
            at = library.TimeManager.getCurrent().getTime() / time_scale
            seconds = time.perf_counter() - state["began"]
            if state["next"] < len(ends) and at >= ends[state["next"]]:
                line("", at, seconds)
                state["next"] += 1
            elif options.trace and seconds - state["trace"] > options.trace:
                state["trace"] = seconds
                line(" (under way)", at, seconds)
            if seconds > options.limit:
                line(" (cut)", at, seconds)
                os._exit(0)
            if state["next"] == len(ends):
                os._exit(0)

        base.setTimeStepCB(after)
        base.runSimulation()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--particles", type=int, default=6588)
    parser.add_argument("--viscosity-method", choices=METHODS, default="weiler")
    parser.add_argument("--viscosity-error", type=float, default=0.01)
    parser.add_argument("--density-error", type=float, default=0.01)
    parser.add_argument("--boundary", choices=BOUNDARIES, default="akinci")
    parser.add_argument("--boundary-factor", type=float, default=1.0)
    parser.add_argument("--sink", type=float, default=0.6,
                        help="depth of the plate's mesh below its surface, in spacings")
    parser.add_argument("--spread", type=float, default=1.01, help="first spacing over that at rest")
    parser.add_argument("--step", type=float, default=1e-3, help="the largest, in s")
    parser.add_argument("--cfl", type=float, default=0.0, help="0: fixed steps")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--ends", type=float, nargs="+", default=[2.0, 5.0])
    parser.add_argument("--limit", type=float, default=600.0, help="seconds of wall time")
    parser.add_argument("--scale", type=float, default=1.0, help="lengths in the library's scene over ours")
    parser.add_argument("--trace", type=float, default=0.0, help="a line each so many seconds")
    parser.add_argument("--log", action="store_true")
    parser.add_argument("--head", action="store_true", help="print the head of the table only")
    options = parser.parse_args()
    options.end = max(options.ends) + 1.0
    if options.head:
        print(",".join(COLUMNS))
        sys.exit(0)
    run(options)


if __name__ == "__main__":
    main()
