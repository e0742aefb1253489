// The value of a quantity in a sample of a run.
//
// Energy of a body: ½·m·v² + ½·ω·I·ω − m·g·x; of the whole scene with ½·k·(ℓ − length)² of springs.
// Angular momentum about the world's origin. Bodies that are driven or fixed do not count.

import Experience
import Foundation
import RigidBody

struct WorkbenchValues: Sendable {
  let model: WorkbenchModel
  let world: WorkbenchWorld

  private var setup: WorldSetup { world.setup }

  /// Bodies that a measure adds up.
  private func bodies(_ measure: WorkbenchMeasure) -> [Int] {
    measure.body.map { [$0] } ?? setup.bodies.indices.filter { !setup.bodies[$0].isPrescribed }
  }

  /// In SI; `index` is the number of the measure.
  func value(_ measure: WorkbenchMeasure, _ index: Int, in sample: WorldSample) -> Double {
    let state = sample.state
    switch measure.quantity {
    case .speed: return velocity(measure, index, state).length
    case .energy: return energy(measure, state)
    case .kineticEnergy:
      return bodies(measure).reduce(0) { $0 + kineticEnergy($1, state) }
    case .jointAngle:
      guard let joint = measure.joint else { return .nan }
      return WorkbenchValues.turn(of: setup.joints[joint], in: state).angle
    case .attitude:
      guard let body = measure.body else { return .nan }
      let turn = world.orientation(of: body, in: state)
      guard let component = measure.component else { return turn.rotationVector.length }
      return WorkbenchValues.angles(of: turn).component(component)
    case .time, .occurs, .count, .period: return .nan
    default:
      let vector = vector(measure, index, sample)
      return measure.component.map { vector.component($0) } ?? vector.length
    }
  }

  private func vector(
    _ measure: WorkbenchMeasure, _ index: Int, _ sample: WorldSample
  ) -> Vector3 {
    let state = sample.state
    guard let body = measure.body ?? bodies(measure).first else { return .zero }
    switch measure.quantity {
    case .position: return state.poses[body].world(world.points[index])
    case .velocity: return velocity(measure, index, state)
    case .spin: return state.twists[body].spin
    case .momentum:
      return bodies(measure).reduce(.zero) {
        $0 + setup.bodies[$1].mass * state.twists[$1].velocity
      }
    case .angularMomentum:
      return bodies(measure).reduce(.zero) { $0 + angularMomentum($1, state) }
    case .contactForce: return contactForce(measure, body, sample)
    case .jointForce:
      guard let joint = measure.joint, joint < sample.jointForces.count else { return .zero }
      let force = sample.jointForces[joint]
      return setup.joints[joint].b == measure.body ? -force : force
    case .distance:
      if let other = measure.other, other >= 0 {
        return state.poses[other].position - state.poses[body].position
      }
      let point = world.points[index]
      return state.poses[body].world(point) - world.start.poses[body].world(point)
    default: return .zero
    }
  }

  private func velocity(
    _ measure: WorkbenchMeasure, _ index: Int, _ state: WorldState
  ) -> Vector3 {
    guard let body = measure.body else { return .zero }
    let arm = state.poses[body].orientation.rotate(world.points[index])
    return state.twists[body].velocity(at: arm)
  }

  private func contactForce(
    _ measure: WorkbenchMeasure, _ body: Int, _ sample: WorldSample
  ) -> Vector3 {
    var sum = Vector3.zero
    for (pair, force) in zip(setup.pairs, sample.contactForces) {
      if let other = measure.other, pair.a != other, pair.b != other { continue }
      if pair.a == body { sum = sum + force }
      if pair.b == body { sum = sum - force }
    }
    return sum
  }

  private func spinMomentum(_ body: Int, _ state: WorldState) -> Vector3 {
    let axes = state.poses[body].orientation.matrix
    let (spin, i) = (axes.toBody(state.twists[body].spin), setup.bodies[body].inertia)
    return axes.toWorld(Vector3(x: i.x * spin.x, y: i.y * spin.y, z: i.z * spin.z))
  }

  private func angularMomentum(_ body: Int, _ state: WorldState) -> Vector3 {
    let momentum = setup.bodies[body].mass * state.twists[body].velocity
    return state.poses[body].position.cross(momentum) + spinMomentum(body, state)
  }

  // MARK: Energy

  func kineticEnergy(_ body: Int, _ state: WorldState) -> Double {
    let twist = state.twists[body]
    return 0.5 * setup.bodies[body].mass * twist.velocity.dot(twist.velocity)
      + 0.5 * twist.spin.dot(spinMomentum(body, state))
  }

  private func energy(_ measure: WorkbenchMeasure, _ state: WorldState) -> Double {
    var sum = 0.0
    for body in bodies(measure) {
      sum +=
        kineticEnergy(body, state)
        - setup.bodies[body].mass * setup.gravity.dot(state.poses[body].position)
    }
    guard measure.body == nil else { return sum }
    for joint in setup.joints {
      let line = point(joint.b, joint.anchorB, state) - point(joint.a, joint.anchorA, state)
      switch joint.kind {
      case .spring(let stiffness, _, let length):
        sum += 0.5 * stiffness * (line.length - length) * (line.length - length)
      case .strap(let stiffness, _, let length):
        let stretch = max(0, line.length - length)
        sum += 0.5 * stiffness * stretch * stretch
      default: break
      }
    }
    return sum
  }

  private func point(_ body: Int, _ anchor: Vector3, _ state: WorldState) -> Vector3 {
    body < 0 ? anchor : state.poses[body].world(anchor)
  }

  // MARK: Turns

  /// Turn of a joint's second body against its first about the axis since the start, in (−π, π].
  static func turn(of joint: Joint, in state: WorldState) -> (sine: Double, angle: Double) {
    let a = joint.a < 0 ? .identity : state.poses[joint.a].orientation
    let b = joint.b < 0 ? .identity : state.poses[joint.b].orientation
    let change = joint.relative.conjugate * (a.conjugate * b)
    let half = Vector3(x: change.x, y: change.y, z: change.z).dot(joint.axisB)
    let (sine, cosine) = (2 * half * change.w, change.w * change.w - half * half)
    return (sine, atan2(sine, cosine))
  }

  /// Rate of that turn, in rad/s.
  static func rate(of joint: Joint, in state: WorldState) -> Double {
    let axis =
      joint.a < 0 ? joint.axisA : state.poses[joint.a].orientation.rotate(joint.axisA)
    let spinA = joint.a < 0 ? .zero : state.twists[joint.a].spin
    let spinB = joint.b < 0 ? .zero : state.twists[joint.b].spin
    return (spinB - spinA).dot(axis)
  }

  /// Intrinsic turns about x, then y, then z that make an orientation.
  static func angles(of turn: Quaternion) -> Vector3 {
    let m = turn.matrix
    let y = atan2(m.z.x, (m.x.x * m.x.x + m.y.x * m.y.x).squareRoot())
    return Vector3(x: atan2(-m.z.y, m.z.z), y: y, z: atan2(-m.y.x, m.x.x))
  }
}
