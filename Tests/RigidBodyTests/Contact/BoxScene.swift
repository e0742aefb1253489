import RigidBody

/// Boxes that touch at their corners, with everything in one rotated frame.
struct BoxScene {
  struct Body {
    var mass: Double
    var centre: Vector3
    var half: Vector3
    /// Motion without reactions, world axes; no spin unless given.
    var free: Vector3 = .zero
    var spin: Vector3 = .zero
  }

  var bodies: [Body] = []
  var problem = ContactProblem()
  /// Columns of the matrix that turns the whole scene, and each body's axes with it.
  let axes: (Vector3, Vector3, Vector3)

  init(axes: (Vector3, Vector3, Vector3) = (.unitX, .unitY, .unitZ)) { self.axes = axes }

  func turned(_ a: Vector3) -> Vector3 { a.x * axes.0 + a.y * axes.1 + a.z * axes.2 }
  private func unturned(_ a: Vector3) -> Vector3 {
    Vector3(x: a.dot(axes.0), y: a.dot(axes.1), z: a.dot(axes.2))
  }

  mutating func add(_ body: Body) {
    bodies.append(body)
    let (m, h) = (body.mass, body.half)
    problem.mass += [m, m, m]
    problem.mass += [
      m / 3 * (h.y * h.y + h.z * h.z), m / 3 * (h.x * h.x + h.z * h.z),
      m / 3 * (h.x * h.x + h.y * h.y),
    ]
    let free = turned(body.free)
    problem.free += [free.x, free.y, free.z, body.spin.x, body.spin.y, body.spin.z]
  }

  /// Appends a row that measures the motion along `direction` at `point` (unturned scene axes).
  private mutating func row(_ a: Int, _ b: Int, _ point: Vector3, _ direction: Vector3) {
    for (body, sign) in [(a, 1.0), (b, -1.0)] {
      guard body >= 0 else {
        problem.jacobian += [0, 0, 0, 0, 0, 0]
        continue
      }
      let line = sign * turned(direction)
      let lever = sign * unturned(turned(point - bodies[body].centre).cross(turned(direction)))
      problem.jacobian += [line.x, line.y, line.z, lever.x, lever.y, lever.z]
    }
    problem.bias.append(0)
    problem.reaction.append(0)
  }

  /// A cone contact; `normal` points from b to a.
  mutating func contact(
    _ a: Int, _ b: Int, at point: Vector3, normal: Vector3 = .unitZ, friction: Double
  ) {
    let helper = abs(normal.x) < 0.9 ? Vector3.unitX : Vector3.unitY
    let cross = normal.cross(helper)
    let t1 = (1 / cross.length) * cross
    let t2 = normal.cross(t1)
    problem.groups.append(
      RowGroup(
        law: .cone(friction: friction), bodyA: a, bodyB: b, first: problem.rowCount, count: 3))
    for direction in [normal, t1, t2] { row(a, b, point, direction) }
  }

  /// Bilateral rows along the directions.
  mutating func joint(_ a: Int, _ b: Int, at point: Vector3, along directions: [Vector3]) {
    problem.groups.append(
      RowGroup(
        law: .bilateral, bodyA: a, bodyB: b, first: problem.rowCount, count: directions.count))
    for direction in directions { row(a, b, point, direction) }
  }

  /// Four corners at the height of the lower face of body a.
  mutating func corners(_ a: Int, _ b: Int, friction: Double) {
    let (c, h) = (bodies[a].centre, bodies[a].half)
    for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
      let point = Vector3(x: c.x + x * h.x, y: c.y + y * h.y, z: c.z - h.z)
      contact(a, b, at: point, friction: friction)
    }
  }

  /// Boxes on each other on a floor; the acceleration without contacts is `pull`.
  static func stack(
    masses: [Double], friction: Double, pull: Vector3,
    axes: (Vector3, Vector3, Vector3) = (.unitX, .unitY, .unitZ),
    half: Vector3 = Vector3(x: 0.1, y: 0.1, z: 0.1)
  ) -> BoxScene {
    var scene = BoxScene(axes: axes)
    for (index, mass) in masses.enumerated() {
      let height = half.z * Double(2 * index + 1)
      scene.add(
        Body(mass: mass, centre: Vector3(x: 0, y: 0, z: height), half: half, free: pull))
    }
    for index in masses.indices { scene.corners(index, index - 1, friction: friction) }
    return scene
  }
}

extension Vector3 {
  static var unitX: Vector3 { Vector3(x: 1, y: 0, z: 0) }
  static var unitY: Vector3 { Vector3(x: 0, y: 1, z: 0) }
  static var unitZ: Vector3 { Vector3(x: 0, y: 0, z: 1) }
}
