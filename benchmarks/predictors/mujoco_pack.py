"""A pack on a floor in MuJoCo: a box geom on a plane geom.

Defaults: 2 ms, Euler, pyramidal cone, solref (0.02, 1). Tuned: 0.5 ms, elliptic cone with impratio 10,
noslip, contacts with a time constant of ten steps (5 ms). The body's
origin is the centre of mass, so that an offset of it moves the box.

Sources: MuJoCo 4.0 manual, "Friction", "Solver parameters" and `impratio`.
"""

from __future__ import annotations

import mujoco
import numpy as np

from pack_outcomes import SETTLE, State, Vector, turned
from pack_scene import Pack


def numbers(values: tuple[float, ...] | np.ndarray) -> str:
    return " ".join(repr(float(value)) for value in values)


CONTACT_STEPS = 10.0    # time constant if tuned; with 2, the least allowed, a sliding pack hops and falls


class MujocoPack:
    def __init__(self, pack: Pack, tuned: bool) -> None:
        self.timestep = 5e-4 if tuned else 2e-3
        self.creep = 5e-4 if tuned else 1e-2
        option = f'timestep="{self.timestep!r}" gravity="{numbers(pack.gravity)}"'
        contact = ""
        if tuned:
            option += ' cone="elliptic" impratio="10" noslip_iterations="10"'
            contact = f' solref="{CONTACT_STEPS * self.timestep!r} 1"'
        half = 0.5 * np.array(pack.size)
        self.model = mujoco.MjModel.from_xml_string(f"""
<mujoco>
  <option {option}/>
  <worldbody>
    <geom type="plane" size="0 0 1" condim="3"{contact}/>
    <body pos="{numbers(pack.start)}">
      <freejoint/>
      <inertial pos="0 0 0" mass="{pack.mass!r}" diaginertia="{numbers(pack.inertia)}"/>
      <geom type="box" size="{numbers(half)}" pos="{numbers(-np.array(pack.centre))}" condim="3"{contact}/>
    </body>
  </worldbody>
</mujoco>""")
        self.model.geom_friction[:, 1:] = 0.0
        self.data = mujoco.MjData(self.model)
        self.matrix = np.empty(9)
        # settle before anything pulls along the floor
        self.model.opt.gravity[:] = (0.0, 0.0, pack.gravity[2])
        self.model.geom_friction[:, 0] = pack.friction.static
        mujoco.mj_step(self.model, self.data, nstep=round(SETTLE / self.timestep))
        self.model.opt.gravity[:] = pack.gravity
        self.data.qvel[:3] = pack.pull.velocity
        self.data.qvel[3:] = pack.pull.spin  # the body's axes are the floor's at the start
        if pack.pull.kind == "belt":
            self.data.qvel[0] -= pack.pull.speed

    def state(self) -> State:
        mujoco.mju_quat2Mat(self.matrix, self.data.qpos[3:7])
        rotation = tuple(self.matrix.tolist())
        velocity = self.data.qvel.tolist()
        return State(tuple(self.data.qpos[:3].tolist()), rotation, tuple(velocity[:3]),
                     turned(rotation, tuple(velocity[3:])))

    def step(self, force: Vector, torque: Vector, friction: float) -> None:
        self.model.geom_friction[:, 0] = friction
        self.data.xfrc_applied[1] = force + torque
        mujoco.mj_step(self.model, self.data)

    def close(self) -> None:
        """Nothing to release; the engine frees its memory with the object."""
