// Joints in the engine's terms: anchors and axes in the principal axes of their bodies.

import Experience
import RigidBody

extension WorkbenchModel {
  func joint(_ joint: Joint, _ values: [Double], _ world: WorkbenchWorld) -> RigidBody.Joint {
    func vector(_ indices: Triple) -> Vector3 {
      Vector3(x: values[indices[0]], y: values[indices[1]], z: values[indices[2]])
    }
    func pose(_ body: Int) -> Pose {
      body < 0 ? Pose(position: .zero) : world.start.poses[body]
    }
    let (poseA, poseB) = (pose(joint.a), pose(joint.b))
    func local(_ point: Vector3, _ pose: Pose) -> Vector3 {
      pose.orientation.conjugate.rotate(point - pose.position)
    }
    func own(_ point: Vector3, _ body: Int) -> Vector3 {
      body < 0 ? point : world.principal(point, of: body)
    }
    let anchors: (a: Vector3, b: Vector3)
    switch joint.anchors {
    case .centres: anchors = (.zero, .zero)
    case .own(let a, let b): anchors = (own(vector(a), joint.a), own(vector(b), joint.b))
    case .world(let at):
      let point = vector(at)
      // a line from a point of the world ends at the centre of the body
      if !joint.pinsAnchors, joint.kind != "gear" {
        anchors = (joint.a < 0 ? point : .zero, joint.b < 0 ? point : .zero)
      } else {
        anchors = (local(point, poseA), local(point, poseB))
      }
    }
    let apart = (poseB.world(anchors.b) - poseA.world(anchors.a)).length
    return RigidBody.Joint(
      name: joint.name, kind: kind(joint, values, apart: apart), a: joint.a, b: joint.b,
      anchorA: anchors.a, anchorB: anchors.b,
      axisA: poseA.orientation.conjugate.rotate(joint.axisA),
      axisB: poseB.orientation.conjugate.rotate(joint.axisB),
      relative: poseA.orientation.conjugate * poseB.orientation)
  }

  private func kind(
    _ joint: Joint, _ values: [Double], apart: Double
  ) -> RigidBody.Joint.Kind {
    func number(_ index: Int?, or other: Double = 0) -> Double { index.map { values[$0] } ?? other }
    switch joint.kind {
    case "ball": return .ball
    case "slider": return .slider
    case "weld": return .weld
    case "rod": return .rod(length: number(joint.length, or: apart))
    case "rope": return .rope(length: number(joint.length, or: apart))
    case "spring":
      return .spring(
        stiffness: number(joint.stiffness), damping: number(joint.damping),
        length: number(joint.length))
    case "strap":
      return .strap(
        stiffness: number(joint.stiffness), damping: number(joint.damping),
        length: number(joint.length))
    case "motor":
      return joint.rate != nil
        ? .motor(rate: number(joint.rate)) : .torqueMotor(torque: number(joint.torque))
    case "gear":
      return .gear(
        ratioA: number(joint.radiusA, or: 1), turnsA: joint.radiusA != nil,
        ratioB: number(joint.radiusB, or: 1), turnsB: joint.radiusB != nil)
    default: return .hinge
    }
  }
}
