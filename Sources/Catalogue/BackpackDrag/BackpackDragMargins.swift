// How far a pack is from sliding and from falling over.
//
// Equation    sliding   |F_T| − μ_s·F_N of all that acts on a pack at rest: gravity and the pull
//             tipping   moment arm of gravity about each edge of the face that the pack stood on; for
//                       the edge at +x:  ℓ = (a/2 − c_x)·ĝ_down − (h_c)·ĝ_x,  ĝ the direction of gravity
//                       in body axes, h_c the height of the centre of mass above that face; ℓ < 0: the
//                       centre of mass has passed over that edge
// Source      statics
// Validity    any attitude; the arm is that of gravity alone, a pull may still hold a pack
// Checked by  BackpackDragMarginTests

import RigidBody

extension BackpackDragWorld {
  /// Smallest of the four moment arms, in m; negative beyond an edge.
  func tippingLever(_ orientation: Quaternion) -> Double {
    let size = setup.gravity.length
    guard size > 0 else { return .infinity }
    let g = orientation.matrix.toBody((1 / size) * setup.gravity)
    let height = half.z + centre.z
    let x = min(
      (half.x - centre.x) * -g.z - height * g.x, (half.x + centre.x) * -g.z + height * g.x)
    let y = min(
      (half.y - centre.y) * -g.z - height * g.y, (half.y + centre.y) * -g.z + height * g.y)
    return min(x, y)
  }

  /// Force along the floor beyond what static friction holds, in N, for a pack at rest on its base
  /// with a force on it.
  func staticExcess(force: Vector3) -> Double {
    let load = setup.bodies[BackpackDragWorld.pack].mass * setup.gravity + force
    let along = Vector3(x: load.x, y: load.y, z: 0).length
    return along - staticFriction * max(0, -load.z)
  }

  /// Reserve of static friction at a sample, in N.
  func reserve(_ sample: WorldSample) -> Double {
    guard let contact = sample.contactForces.first else { return 0 }
    return staticFriction * contact.z - Vector3(x: contact.x, y: contact.y, z: 0).length
  }

  /// What a run is asked to keep an eye on: tension, moment arm, reserve of friction.
  func watches() -> [Watch] {
    let world = self
    var list = [
      Watch(name: "lever") {
        world.tippingLever($0.state.poses[BackpackDragWorld.pack].orientation)
      },
      Watch(name: "reserve") { world.reserve($0) },
    ]
    if !setup.joints.isEmpty {
      list.append(Watch(name: "tension", integrates: true) { $0.jointForces[0].length })
    }
    return list
  }
}
