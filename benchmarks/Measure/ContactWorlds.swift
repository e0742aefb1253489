// The scenes of the contact benchmarks, the same as in benchmarks/peers/worlds.py.

import Foundation
import RigidBody

enum ContactWorlds {
  static let g = 9.80665

  static func ball(_ name: String, radius: Double, mass: Double) -> Body {
    let i = 0.4 * mass * radius * radius
    return Body(
      name: name, shape: .sphere(radius: radius), mass: mass,
      inertia: Vector3(x: i, y: i, z: i))
  }

  static func box(_ name: String, _ size: Vector3, mass: Double) -> Body {
    let half = 0.5 * size
    let (x, y, z) = (half.x * half.x, half.y * half.y, half.z * half.z)
    return Body(
      name: name, shape: .box(half: half), mass: mass,
      inertia: (mass / 3) * Vector3(x: y + z, y: x + z, z: x + y))
  }

  static let floor = Body(name: "floor", shape: .plane, motion: .fixed)

  /// Number `index` of a fixed sequence in [0, 1) (that of worlds.py).
  static func weyl(_ index: Int) -> Double {
    let product = Double(index + 1) * 0.618_033_988_749_894_9
    return product - product.rounded(.down)
  }

  /// Bodies on a level floor, all of which can touch.
  static func world(
    _ bodies: [(body: Body, position: Vector3)], floorLaw: ContactLaw, law: ContactLaw,
    gravity: Double = g, tilt: Double = 0, loads: [AppliedLoad] = [], joints: [Joint] = []
  ) -> (WorldSetup, WorldState) {
    let turn = Quaternion(rotationVector: Vector3(x: 0, y: tilt, z: 0))
    var pairs: [ContactPair] = []
    for a in bodies.indices {
      pairs.append(ContactPair(a: a, b: bodies.count, law: floorLaw))
      for b in 0..<a { pairs.append(ContactPair(a: a, b: b, law: law)) }
    }
    let poses = bodies.map { Pose(position: turn.rotate($0.position), orientation: turn) }
    return (
      WorldSetup(
        bodies: bodies.map(\.body) + [floor], pairs: pairs, joints: joints, loads: loads,
        gravity: Vector3(x: 0, y: 0, z: -gravity)),
      WorldState(
        poses: poses + [Pose(position: .zero, orientation: turn)],
        twists: (0...bodies.count).map { _ in .zero })
    )
  }

  static let cube = Vector3(x: 0.5, y: 0.5, z: 0.5)

  static func stack(_ count: Int) -> (WorldSetup, WorldState) {
    let law = ContactLaw(staticFriction: 0.5)
    return world(
      (0..<count).map {
        (
          box("box\($0)", cube, mass: 2),
          Vector3(x: 0, y: 0, z: 0.25 + 0.5 * Double($0))
        )
      }, floorLaw: law, law: law)
  }

  /// 100 boxes of 0.2 m in a loose lattice.
  static func lattice() -> (WorldSetup, WorldState) {
    let law = ContactLaw(staticFriction: 0.5)
    var bodies: [(Body, Vector3)] = []
    for layer in 0..<4 {
      for i in 0..<5 {
        for j in 0..<5 {
          let number = 2 * bodies.count
          bodies.append(
            (
              box("box\(bodies.count)", Vector3(x: 0.2, y: 0.2, z: 0.2), mass: 1),
              Vector3(
                x: 0.23 * Double(i) + 0.02 * weyl(number),
                y: 0.23 * Double(j) + 0.02 * weyl(number + 1), z: 0.105 + 0.22 * Double(layer))
            ))
        }
      }
    }
    return world(bodies, floorLaw: law, law: law)
  }
}
