// Reference cases of statics: stacks, ladders, piles; thresholds are halved in the parameter.

import Experience
import Foundation
import RigidBody

extension WorkbenchCases {
  /// Whether bodies at rest stay at rest.
  private static func stands(_ setup: WorldSetup, _ poses: [Pose]) throws -> Bool {
    try WorkbenchProbe.log(
      setup, WorldState(poses: poses, twists: Array(repeating: .zero, count: poses.count)),
      duration: 1e-3
    ).isAtRest
  }

  static let statics: [VerificationCase] = [
    VerificationCase(
      "RB23", "harmonic overhang of 4 and 10 blocks: stands at 0.99, falls at 1.01",
      source: "(L/2) sum 1/i",
      isSlow: true
    ) {
      func overhang(_ count: Int) -> Double {
        (1...count).reduce(0) { $0 + 0.1 / Double($1) }
      }
      func threshold(_ count: Int, _ expected: Double) throws -> VerificationRow {
        try Bracket(from: 0.99, to: 1.01, width: 1e-10) { share in
          let (setup, poses) = stack(count, share: share)
          return try !stands(setup, poses)
        }.row(
          "max overhang n = \(count)", "m", expected: expected, within: .relative(1e-8),
          factor: overhang(count))
      }
      func standsFor(_ share: Double, count: Int) throws -> Bool {
        let (setup, poses) = stack(count, share: share)
        let log = try WorkbenchProbe.log(
          setup, WorldState(poses: poses, twists: Array(repeating: .zero, count: poses.count)),
          duration: 0.5)
        let top = log.end.state.poses[count].position - poses[count].position
        return top.length < 1e-9
      }
      return [
        try threshold(4, 0.20833333333333331), try threshold(10, 0.2928968253968254),
        row("ten blocks stand at 0.99", try standsFor(0.99, count: 10)),
        row("four blocks fall at 1.01", try !standsFor(1.01, count: 4)),
      ]
    },
    VerificationCase(
      "RB24", "ladder: least angle with friction, and where it leaves a smooth wall",
      source: "tan = (1 - mu1 mu2)/(2 mu1); sin = (2/3) sin 80°"
    ) {
      let setup = WorldSetup(
        bodies: [
          try rod("ladder", length: 4, mass: 12), floor,
          Body(name: "wall", shape: .plane, motion: .fixed),
        ],
        pairs: [
          ContactPair(a: 0, b: 1, law: ContactLaw(staticFriction: 0.4)),
          ContactPair(a: 0, b: 2, law: ContactLaw(staticFriction: 0.2)),
        ])
      let wall = Pose(position: .zero, orientation: Quaternion(rotationVector: 0.5 * Double.pi * y))
      func pose(_ angle: Double) -> Pose {
        Pose(
          position: 2 * Vector3(x: cos(angle), y: 0, z: sin(angle)),
          orientation: Quaternion(rotationVector: (angle - 0.5 * Double.pi) * y))
      }
      let least = try Bracket(from: radians(45), to: radians(55), width: 1e-10) {
        try stands(setup, [pose($0), Pose(position: .zero), wall])
      }
      let run = try VerificationRun(
        scene(
          """
          bodies:
            - { name: floor, shape: plane }
            - { name: wall, shape: plane, attitude: "[0, 90, 0] deg" }
            - { name: ladder, shape: { capsule: { radius: 10 mm, length: 4 m } }, mass: 12 kg, inertia: "[16, 16, 1e-3] kg.m^2", position: "[0.35729635533386084, 0, 1.979615506024416] m", attitude: "[0, -10, 0] deg" }
          contacts:
            - { default: true, restitution: 0, friction: 0 }
          measure:
            - { name: lean, event: lift-off, between: [ladder, wall], of: ladder, quantity: attitude, component: y }
          duration: 1.5 s
          """))
      return [
        least.row(
          "minimum angle", "deg", expected: 48.99091309842978, within: .relative(1e-8),
          factor: degrees(1)),
        row(
          "detach angle from 80 deg", "deg", expected: 41.03641052520335, of: run.value("lean"),
          factor: degrees(1), shift: 90, within: .relative(1e-8)),
      ]
    },
    VerificationCase(
      "RB29", "three logs, four balls: least friction between them and on the floor",
      source: "logs tan 15°, a third of it; balls tan(asin(1/sqrt 3)/2), a quarter of it",
      isSlow: true
    ) {
      func least(
        _ label: String, _ expected: Double, _ pile: (Double) -> (WorldSetup, [Pose])
      ) throws -> VerificationRow {
        try Bracket(from: 0.9 * expected, to: 1.1 * expected, width: 1e-10 * expected) { friction in
          let (setup, poses) = pile(friction)
          return try stands(setup, poses)
        }.row(label, "1", expected: expected, within: .relative(1e-8))
      }
      return [
        try least("logs, between them", 0.2679491924311228) { logs(between: $0, floor: 1) },
        try least("logs, on the floor", 0.08931639747704094) { logs(between: 1, floor: $0) },
        try least("balls, between them", 0.3178372451957823) { balls(between: $0, floor: 1) },
        try least("balls, on the floor", 0.07945931129894558) { balls(between: 1, floor: $0) },
      ]
    },
    VerificationCase(
      "RB31", "two cards lean against each other at 20 degrees from the vertical",
      source: "mu >= tan(theta)/2",
      isSlow: true
    ) {
      let threshold = try Bracket(from: 0.17, to: 0.19, width: 2e-11) { friction in
        let (angle, half) = (radians(20), 0.05)
        let law = ContactLaw(staticFriction: friction)
        let setup = WorldSetup(
          bodies: [
            try rod("left", length: 2 * half, mass: 0.002),
            try rod("right", length: 2 * half, mass: 0.002),
            floor,
          ], pairs: [ContactPair(a: 0, b: 2, law: law), ContactPair(a: 1, b: 2, law: law)],
          joints: [
            Joint(
              name: "top", kind: .hinge, a: 0, b: 1, anchorA: half * z, anchorB: half * z, axisA: y,
              axisB: y)
          ])
        let poses = [1.0, -1.0].map { side in
          Pose(
            position: half * Vector3(x: -side * sin(angle), y: 0, z: cos(angle)),
            orientation: Quaternion(rotationVector: (side * angle) * y))
        }
        return try stands(setup, poses + [Pose(position: .zero)])
      }
      return [threshold.row("mu min", "1", expected: 0.18198511713310117, within: .relative(1e-8))]
    },
    VerificationCase(
      "RB36", "stack of 1, 10, 100, 1000 kg from below: forces between them",
      source: "N = g times the masses above"
    ) {
      let boxes = ["1 kg", "10 kg", "100 kg", "1000 kg"].enumerated().map { index, mass in
        "  - { name: box-\(index), shape: { box: { size: \"[200, 200, 200] mm\" } }, mass: \(mass), position: \"[0, 0, \(100 + 200 * index)] mm\" }"
      }
      let measures = (0..<4).map { index in
        "  - { name: n-\(index), between: [box-\(index), \(index == 0 ? "floor" : "box-\(index - 1)")], quantity: contact-force, component: z, at: 1 s }"
      }
      let run = try VerificationRun(
        scene(
          """
          bodies:
            - { name: floor, shape: plane }
          \(boxes.joined(separator: "\n"))
          contacts:
            - { default: true, restitution: 0, friction: 0.5 }
          measure:
          \(measures.joined(separator: "\n"))
          duration: 1 s
          """))
      return [10895.18815, 10885.3815, 10787.314999999999, 9806.65].enumerated().map {
        run.row("N at interface \($0)", "n-\($0)", expected: $1, within: .relative(1e-8))
      }
    },
  ]

  // MARK: Worlds

  /// A uniform thin rod along z that touches with edges at its very ends.
  private static func rod(_ name: String, length: Double, mass: Double) throws -> Body {
    let (half, wide, thin) = (0.5 * length, 0.05 * length, 1e-3 * length)
    let points = [wide, -wide].flatMap { side in
      [
        Vector3(x: 0, y: side, z: half), Vector3(x: 0, y: side, z: -half),
        Vector3(x: thin, y: side, z: 0), Vector3(x: -thin, y: side, z: 0),
      ]
    }
    let across = mass * length * length / 12
    return Body(
      name: name, shape: .hull(try ConvexHull(points: points)),
      mass: mass, inertia: Vector3(x: across, y: across, z: 1e-3 * across))
  }

  /// Blocks of 0.2 m over the edge of a table at x = 0, each over the one below by `share` of what is
  /// possible.
  private static func stack(_ count: Int, share: Double) -> (WorldSetup, [Pose]) {
    let law = ContactLaw(staticFriction: 0.5)
    let half = Vector3(x: 0.1, y: 0.05, z: 0.025)
    let inertia =
      (1.0 / 3)
      * Vector3(
        x: half.y * half.y + half.z * half.z, y: half.x * half.x + half.z * half.z,
        z: half.x * half.x + half.y * half.y)
    var bodies = [
      Body(name: "table", shape: .box(half: Vector3(x: 0.5, y: 0.2, z: 0.05)), motion: .fixed)
    ]
    var poses = [Pose(position: Vector3(x: -0.5, y: 0, z: -0.05))]
    var end = 0.0
    for number in 1...count {
      bodies.append(
        Body(name: "block \(number)", shape: .box(half: half), mass: 1, inertia: inertia))
      end += share * 0.1 / Double(count - number + 1)
      poses.append(
        Pose(position: Vector3(x: end - 0.1, y: 0, z: 0.025 + 0.05 * Double(number - 1))))
    }
    let pairs = (1...count).map { ContactPair(a: $0, b: $0 - 1, law: law) }
    return (WorldSetup(bodies: bodies, pairs: pairs), poses)
  }

  /// Contacts of a pile whose last body is the floor.
  private static func pile(
    _ bodies: [Body], _ poses: [Pose], between: Double, floor friction: Double
  ) -> (WorldSetup, [Pose]) {
    let count = bodies.count
    var pairs: [ContactPair] = []
    for a in 0..<count {
      for b in (a + 1)..<count {
        pairs.append(ContactPair(a: a, b: b, law: ContactLaw(staticFriction: between)))
      }
      pairs.append(ContactPair(a: a, b: count, law: ContactLaw(staticFriction: friction)))
    }
    return (
      WorldSetup(bodies: bodies + [floor], pairs: pairs), poses + [Pose(position: .zero)]
    )
  }

  private static func logs(between: Double, floor: Double) -> (WorldSetup, [Pose]) {
    let (radius, half, mass) = (0.1, 0.5, 20.0)
    let across = mass * (radius * radius / 4 + half * half / 3)
    let log = Body(
      name: "log", shape: .cylinder(radius: radius, halfLength: half), mass: mass,
      inertia: Vector3(x: across, y: across, z: 0.5 * mass * radius * radius))
    let lying = Quaternion(rotationVector: 0.5 * Double.pi * x)
    let places = [(-radius, radius), (radius, radius), (0, radius * (1 + 3.0.squareRoot()))]
    return pile(
      [log, log, log],
      places.map { Pose(position: Vector3(x: $0.0, y: 0, z: $0.1), orientation: lying) },
      between: between, floor: floor)
  }

  private static func balls(between: Double, floor: Double) -> (WorldSetup, [Pose]) {
    let radius = 0.1
    // the three below touch each other round the axis
    let reach = 2 * radius / 3.0.squareRoot()
    var poses = (0..<3).map { number in
      let angle = 2 * Double.pi / 3 * Double(number)
      return Pose(position: Vector3(x: reach * cos(angle), y: reach * sin(angle), z: radius))
    }
    poses.append(
      Pose(position: Vector3(x: 0, y: 0, z: radius + 2 * radius * (2.0 / 3).squareRoot())))
    return pile(
      Array(repeating: ball("ball", mass: 1, radius: radius), count: 4), poses, between: between,
      floor: floor)
  }
}
