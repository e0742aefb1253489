"""Read the outcomes of a ball drop from an engine's time series.

Input is what any engine can record: times, centre, velocity and spin of the
ball. A sample counts as contact when the ball touches or overlaps the floor, or
when its normal velocity jumped upwards within the step (engines that solve the
impact inside a step may never show an overlap). Impact instants are found by
following the flight parabola of the last two free samples to the floor; apexes
are the vertex of the parabola through the three highest samples. Touches
nothing but its arguments.

Sources: elementary kinematics; definitions of the outcomes as in the scene
format of this repository.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from scene import Drop, to_si

UNITS: dict[str, str] = {
    "fall-time": "s", "impact-speed": "m/s", "rebound-speed": "m/s",
    "rebound-spin": "rad/s", "rebound-height": "m", "second-impact-time": "s",
    "bounces": "1", "rest-time": "s", "first-range": "m", "rest-position": "m",
    "max-speed": "m/s", "energy-lost": "J",
}
BOUNCE_FLOOR = 1e-3      # m, an apex below this is not counted as a bounce
REST_FLOOR = 1e-4        # m, at rest when the underside never again is this far above where it ends
REST_SHARE = 1e-2        # of the drop height, the same for drops below 10 mm
STILL = 1e-3             # m/s, a ball faster than this at the end has no rest position


@dataclass(frozen=True)
class Series:
    """Samples of one run, the first at t = 0."""

    time: np.ndarray       # (n,) s
    centre: np.ndarray     # (n, 3) m
    velocity: np.ndarray   # (n, 3) m/s
    spin: np.ndarray       # (n, 3) rad/s, world axes

    def joined(self, later: "Series") -> "Series":
        return Series(*(np.concatenate(pair) for pair in (
            (self.time, later.time), (self.centre, later.centre),
            (self.velocity, later.velocity), (self.spin, later.spin))))


@dataclass(frozen=True)
class Reading:
    """The series with what is needed to find contacts in it."""

    series: Series
    gap: np.ndarray           # (n,) m along the floor's normal
    approach: np.ndarray      # (n,) m/s, normal velocity, positive upwards
    underside: np.ndarray     # (n,) m, gap over the cosine of the tilt
    contact: np.ndarray       # (n,) bool


def read(series: Series, drop: Drop) -> Reading:
    normal = np.array(drop.normal)
    gap = series.centre @ normal - drop.radius
    approach = series.velocity @ normal
    underside = gap / math.cos(drop.tilt)
    step = np.diff(series.time)
    before = approach[:-1]
    jump = np.diff(approach) > np.maximum(0.1 * np.abs(before), 2.0 * math.hypot(*drop.gravity) * step)
    contact = gap <= 0.0
    contact[1:] |= jump & (before < 0.0)
    contact[0] = False
    return Reading(series, gap, approach, underside, contact)


def impact(reading: Reading, index: int) -> tuple[float, np.ndarray, np.ndarray]:
    """Time, velocity and centre at the floor, from the flight before sample `index`."""
    series, last = reading.series, index - 1
    acceleration = np.zeros(3)
    normal_acceleration = 0.0
    if last >= 1 and not reading.contact[last]:
        step = series.time[last] - series.time[last - 1]
        acceleration = (series.velocity[last] - series.velocity[last - 1]) / step
        normal_acceleration = (reading.approach[last] - reading.approach[last - 1]) / step
    gap, speed = max(reading.gap[last], 0.0), reading.approach[last]
    root = math.sqrt(max(speed * speed - 2.0 * normal_acceleration * gap, 0.0))
    tau = 2.0 * gap / (root - speed) if root - speed > 0.0 else 0.0
    tau = min(tau, 2.0 * (series.time[index] - series.time[last]))
    velocity = series.velocity[last] + acceleration * tau
    centre = series.centre[last] + series.velocity[last] * tau + 0.5 * acceleration * tau * tau
    return float(series.time[last] + tau), velocity, centre


def vertex(values: np.ndarray, start: int, stop: int) -> float:
    """Highest value in samples start..stop, by the parabola through the three highest neighbours."""
    top = start + int(np.argmax(values[start:stop]))
    if top <= start or top >= stop - 1:
        return float(values[top])
    left, middle, right = values[top - 1], values[top], values[top + 1]
    curvature = left - 2.0 * middle + right
    return float(middle - (right - left) ** 2 / (8.0 * curvature)) if curvature < 0.0 else float(middle)


def rest_tolerance(drop: Drop) -> float:
    return min(REST_FLOOR, REST_SHARE * max(drop.height, drop.radius))


def rest_time(reading: Reading, tolerance: float) -> float:
    """Last instant at which the underside is more than `tolerance` above where it ends.

    NaN if that happens in the last twentieth of the run: such a ball is not seen to rest.
    """
    time = reading.series.time
    above = reading.underside - reading.underside[-1] - tolerance
    moving = np.flatnonzero(above > 0.0)
    if moving.size == 0:
        return float(time[0])
    last = int(moving[-1])
    if last >= len(time) - 1 or time[last] > 0.95 * time[-1]:
        return math.nan
    share = above[last] / (above[last] - above[last + 1])
    return float(time[last] + share * (time[last + 1] - time[last]))


def flights(reading: Reading, first: int) -> list[tuple[int, int]]:
    """Runs of free samples after sample `first`, as (start, stop)."""
    free = ~reading.contact[first:]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(int)))
    return [(first + int(a), first + int(b)) for a, b in zip(edges[::2], edges[1::2])]


def outcomes(series: Series, drop: Drop) -> dict[str, float]:
    """Every outcome in SI; NaN where the run does not show it."""
    reading = read(series, drop)
    result = dict.fromkeys(UNITS, math.nan)
    speed = np.linalg.norm(series.velocity, axis=1)
    result["max-speed"] = float(speed.max())
    touched = np.flatnonzero(reading.contact)
    if touched.size == 0:
        return result
    first = int(touched[0])
    time, before, centre = impact(reading, first)
    result["fall-time"] = time
    result["impact-speed"] = float(np.linalg.norm(before))
    result["first-range"] = along_floor(centre, drop)
    result["rest-time"] = rest_time(reading, rest_tolerance(drop))
    bouncing = ~reading.contact & ~(series.time > result["rest-time"])
    result["max-speed"] = max(float(speed[bouncing].max()), result["impact-speed"])
    if np.linalg.norm(series.velocity[-1]) < STILL:
        result["rest-position"] = along_floor(series.centre[-1], drop)

    runs = flights(reading, first)
    apexes = [vertex(reading.underside, start, stop) for start, stop in runs]
    result["bounces"] = float(sum(apex > BOUNCE_FLOOR for apex in apexes))
    if runs:
        start, stop = runs[0]
        after, exit_sample = leaving(reading, start)
        result["rebound-height"] = max(apexes[0], 0.0)
        result["rebound-speed"] = float(np.linalg.norm(after))
        result["rebound-spin"] = float(series.spin[exit_sample][1])
        if stop < len(series.time):
            result["second-impact-time"] = impact(reading, stop)[0]
    else:
        exit_sample = len(series.time) - 1
        after = series.velocity[exit_sample]
        result["rebound-height"] = 0.0
        result["rebound-speed"] = float(np.linalg.norm(after))
        result["rebound-spin"] = float(series.spin[exit_sample][1])
    spins = series.spin[first - 1], series.spin[exit_sample]
    result["energy-lost"] = (0.5 * drop.mass * float(before @ before - after @ after)
                             + 0.5 * drop.inertia * float(spins[0] @ spins[0] - spins[1] @ spins[1]))
    return result


def leaving(reading: Reading, start: int) -> tuple[np.ndarray, int]:
    """Velocity at the floor at the start of a flight, and the first sample of that flight."""
    series = reading.series
    sample = start
    if reading.gap[start - 1] > 0.0 and reading.approach[start - 1] > 0.0:
        sample = start - 1  # the engine solved the impact inside that step
    if sample + 1 >= len(series.time) or reading.approach[sample] <= 0.0:
        return series.velocity[sample], sample
    step = series.time[sample + 1] - series.time[sample]
    acceleration = (series.velocity[sample + 1] - series.velocity[sample]) / step
    since = min(max(reading.gap[sample], 0.0) / reading.approach[sample], step)
    return series.velocity[sample] - acceleration * since, sample


def along_floor(centre: np.ndarray, drop: Drop) -> float:
    """Distance on the floor from below the start to the contact point of a ball at `centre`."""
    normal = np.array(drop.normal)
    return float(np.linalg.norm(centre - (centre @ normal) * normal))


def holds(value: float, comparison: str, threshold: float, unit: str) -> bool:
    """Whether an SI `value` satisfies `comparison threshold unit`."""
    limit = to_si(threshold, unit)
    return {">": value > limit, ">=": value >= limit, "<": value < limit, "<=": value <= limit}[comparison]
