// Everything that acts on bodies beside reactions: gravity, loads, fluid, springs, the frame.
//
// Equation    m·a = m·g + ΣF − 2m·Ω×v − m·Ω×(Ω×x) − ½ρCA|v|v,
//             I·dω/dt = τ − (ω + Ω)×I(ω + Ω) + I(ω×Ω)   (body axes, ω relative to the frame)
// Source      Landau & Lifshitz, Mechanics, §§36, 39; drag laws: SphereDrag
// Validity    x is measured from the origin of the scene, through which the axis of the frame's
//             rotation passes; a measured g holds the centrifugal term of that origin already
// Checked by  EngineFlightTests: Coriolis deflection, heavy top, free body, terminal speed

import Foundation

struct BodyForces {
  /// Per body: force (world) and torque (body axes), without the gyroscopic part.
  var force: [Vector3]
  var torque: [Vector3]
  var rates = LedgerRates()
  /// Per spring and taut strap: force on body a.
  private(set) var springs: [(joint: Int, force: Vector3)] = []

  init(
    _ setup: WorldSetup, _ frames: Frames, _ phase: Phase
  ) {
    force = setup.bodies.map { $0.mass * setup.gravity }
    torque = Array(repeating: .zero, count: setup.bodies.count)
    for (index, load) in setup.loads.enumerated() where phase.acts[index] {
      let arm = frames.rotations[load.body].toWorld(load.point)
      add(load.force, arm: arm, to: load.body, frames)
      torque[load.body] =
        torque[load.body] + frames.rotations[load.body].toBody(load.torque)
      if !frames.isPrescribed[load.body] {
        let twist = frames.twists[load.body]
        rates.loads += load.force.dot(twist.velocity(at: arm)) + load.torque.dot(twist.spin)
      }
    }
    addFluid(setup, frames)
    if setup.frameSpin != .zero { addFrame(setup, frames) }
    for (index, joint) in setup.joints.enumerated() { addJoint(index, joint, frames, phase) }
  }

  mutating func add(_ f: Vector3, arm: Vector3, to body: Int, _ frames: Frames) {
    guard body >= 0 else { return }
    force[body] = force[body] + f
    torque[body] = torque[body] + frames.rotations[body].toBody(arm.cross(f))
  }

  private mutating func addFluid(_ setup: WorldSetup, _ frames: Frames) {
    guard setup.fluidDensity > 0 else { return }
    for (index, body) in setup.bodies.enumerated() where !frames.isPrescribed[index] {
      let velocity = frames.twists[index].velocity
      let speed = velocity.length
      var rate = 0.0
      switch body.drag {
      case .none: continue
      case .area(let coefficient, let area):
        rate = 0.5 * setup.fluidDensity * coefficient * area * speed
      case .sphere(let law, let diameter):
        if case .constant(let coefficient) = law {
          rate =
            0.5 * setup.fluidDensity * coefficient * (Double.pi / 4 * diameter * diameter) * speed
        } else if law != .none {
          let reynolds = setup.fluidDensity * diameter * speed / setup.fluidViscosity
          rate =
            Double.pi / 8 * diameter * setup.fluidViscosity
            * law.coefficientTimesReynolds(reynolds)
        }
        if setup.hasBuoyancy {
          force[index] =
            force[index] - (setup.fluidDensity * Body.sphereVolume(diameter)) * setup.gravity
        }
      }
      force[index] = force[index] - rate * velocity
      rates.damping += rate * speed * speed
    }
  }

  private mutating func addFrame(_ setup: WorldSetup, _ frames: Frames) {
    let spin = setup.frameSpin
    for (index, body) in setup.bodies.enumerated() where !frames.isPrescribed[index] {
      let x = frames.poses[index].position
      let coriolis = 2 * spin.cross(frames.twists[index].velocity)
      force[index] = force[index] - body.mass * (coriolis + spin.cross(spin.cross(x)))
    }
  }

  private mutating func addJoint(_ index: Int, _ joint: Joint, _ frames: Frames, _ phase: Phase) {
    switch joint.kind {
    case .spring, .strap:
      if case .strap = joint.kind, !phase.isTaut[index] { return }
      let geometry = JointGeometry(joint, frames)
      let (tension, _, rate, n) = geometry.tension()
      let pull = -tension * n
      springs.append((index, pull))
      add(pull, arm: geometry.armA, to: joint.a, frames)
      add(-pull, arm: geometry.armB, to: joint.b, frames)
      if case .spring(_, let c, _) = joint.kind { rates.damping += c * rate * rate }
      if case .strap(_, let c, _) = joint.kind { rates.damping += c * rate * rate }
      // what a prescribed end does: minus the power of the force on it
      if joint.a >= 0, frames.isPrescribed[joint.a] {
        rates.motions -= pull.dot(geometry.twistA.velocity(at: geometry.armA))
      }
      if joint.b >= 0, frames.isPrescribed[joint.b] {
        rates.motions += pull.dot(geometry.twistB.velocity(at: geometry.armB))
      }
    case .torqueMotor(let value):
      let axis = frames.rotation(joint.a).toWorld(joint.axisA)
      for (body, sign) in [(joint.a, -1.0), (joint.b, 1.0)] where body >= 0 {
        torque[body] = torque[body] + frames.rotations[body].toBody((sign * value) * axis)
        if !frames.isPrescribed[body] {
          rates.loads += sign * value * axis.dot(frames.twists[body].spin)
        }
      }
    default: break
    }
  }
}

extension Body {
  static func sphereVolume(_ diameter: Double) -> Double {
    Double.pi / 6 * diameter * diameter * diameter
  }
}

extension WorldSetup {
  /// Mass with the added mass of a sphere in a fluid, in kg.
  func inertialMass(_ index: Int) -> Double {
    let body = bodies[index]
    if hasAddedMass, case .sphere(_, let diameter) = body.drag {
      return body.mass + 0.5 * fluidDensity * Body.sphereVolume(diameter)
    }
    return body.mass
  }

  /// Kinetic energy, gravity, springs and centrifugal potential, in J.
  func energy(_ state: EngineState, _ phase: Phase, _ frames: Frames) -> Double {
    var sum = 0.0
    for (index, body) in bodies.enumerated() where !body.isPrescribed {
      let (v, w) = (state.velocities[index], state.spins[index])
      let i = body.inertia
      sum += 0.5 * inertialMass(index) * v.dot(v)
      sum += 0.5 * (i.x * w.x * w.x + i.y * w.y * w.y + i.z * w.z * w.z)
      var weight = body.mass
      if hasBuoyancy, case .sphere(_, let diameter) = body.drag {
        weight -= fluidDensity * Body.sphereVolume(diameter)
      }
      sum -= weight * gravity.dot(state.poses[index].position)
      if frameSpin != .zero {
        let c = frameSpin.cross(state.poses[index].position)
        let s = frames.rotations[index].toBody(frameSpin)
        sum -=
          0.5 * (body.mass * c.dot(c) + i.x * s.x * s.x + i.y * s.y * s.y + i.z * s.z * s.z)
      }
    }
    for (index, joint) in joints.enumerated() {
      switch joint.kind {
      case .spring(let k, _, let length):
        let stretch = JointGeometry(joint, frames).separation.length - length
        sum += 0.5 * k * stretch * stretch
      case .strap: sum += strapEnergy(index, phase, frames)
      default: break
      }
    }
    return sum
  }

  /// Elastic energy of a strap that is taut, in J. What a damped strap still holds when it goes slack is lost
  /// to its damper, and what it takes up when it is taut again before its length comes from there.
  private func strapEnergy(_ index: Int, _ phase: Phase, _ frames: Frames) -> Double {
    guard case .strap(let k, _, let length) = joints[index].kind, phase.isTaut[index] else {
      return 0
    }
    let stretch = JointGeometry(joints[index], frames).separation.length - length
    return 0.5 * k * stretch * stretch
  }

  /// Elastic energy of all straps, in J.
  func strapEnergy(_ phase: Phase, _ frames: Frames) -> Double {
    joints.indices.reduce(0) { $0 + strapEnergy($1, phase, frames) }
  }
}
