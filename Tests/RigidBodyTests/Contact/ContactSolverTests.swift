import Foundation
import RigidBody
import Testing

@Suite("Contact solver")
struct ContactSolverTests {
  static let gravity = 9.81

  /// Gravity on a slope of the given angle, in the axes of the slope.
  static func pull(_ angle: Double) -> Vector3 {
    Vector3(x: gravity * sin(angle), y: 0, z: -gravity * cos(angle))
  }

  static func solve(_ scene: BoxScene, tolerance: Double = 1e-12) -> ContactSolution {
    var solver = ContactSolver()
    return solver.solve(scene.problem, tolerance: tolerance)
  }

  // Fails if the cone is a pyramid or smoothed, or the certificate lets a residual through that
  // moves the box: below the friction angle nothing accelerates.
  @Test("a box on a slope rests below the friction angle", arguments: [0.1, 0.5, 1.2])
  func rests(friction: Double) {
    let scene = BoxScene.stack(
      masses: [2], friction: friction, pull: Self.pull(atan(friction) * (1 - 1e-9)),
      half: Vector3(x: 0.3, y: 0.3, z: 0.05))
    let solution = Self.solve(scene)
    #expect(solution.certificate <= 1e-12)
    for value in solution.motion { #expect(abs(value) <= 1e-12 * Self.gravity) }
  }

  // Fails if friction keeps a box that must slide, or takes more than μ of the weight. The input
  // itself is rounded to half an ulp of g·sin and μ·g·cos: 2e-7 of the result here, so 1e-6.
  @Test("a box on a slope slides above the friction angle", arguments: [0.1, 0.5, 1.2])
  func slides(friction: Double) {
    let angle = atan(friction) * (1 + 1e-9)
    let scene = BoxScene.stack(
      masses: [2], friction: friction, pull: Self.pull(angle),
      half: Vector3(x: 0.3, y: 0.3, z: 0.05))
    let solution = Self.solve(scene, tolerance: 1e-16)
    // g(sin a − μ·cos a), with μ = tan b: g·sin(a − b)/cos b has no cancellation
    let exact = Self.gravity * sin(atan(friction) * 1e-9) / cos(atan(friction))
    let rounding = 3e-16 * Self.gravity * sin(angle) / exact
    #expect(abs(solution.motion[0] / exact - 1) <= max(1e-6, 2 * rounding))
    #expect(abs(solution.motion[2]) <= 1e-15 * Self.gravity)
  }

  // Fails if rows or tangents prefer an axis: the same scene turned gives the same motion, turned.
  @Test("has no preferred direction", arguments: 0..<12)
  func isotropy(index: Int) {
    let a = 0.3 + Double(index)
    let x = Vector3(x: cos(a), y: sin(a) * cos(2 * a), z: sin(a) * sin(2 * a))
    let helper = Vector3(x: 0.1, y: 0.7, z: -0.4).cross(x)
    let y = (1 / helper.length) * helper
    let axes = (x, y, x.cross(y))
    var pull = Self.pull(0.9)
    pull.y = 2.5
    let half = Vector3(x: 0.3, y: 0.2, z: 0.04)
    var straight = BoxScene.stack(masses: [1, 3], friction: 0.4, pull: pull, half: half)
    var turned = BoxScene.stack(
      masses: [1, 3], friction: 0.4, pull: pull, axes: axes, half: half)
    // less friction above than below: with the same, both would slide alike, on the border of stick
    for index in 4..<8 {
      straight.problem.groups[index].law = .cone(friction: 0.2)
      turned.problem.groups[index].law = .cone(friction: 0.2)
    }
    let plain = Self.solve(straight, tolerance: 1e-15)
    let solution = Self.solve(turned, tolerance: 1e-15)
    #expect(plain.certificate <= 1e-12 && solution.certificate <= 1e-12)
    for body in 0..<2 {
      let v = Vector3(
        x: plain.motion[6 * body], y: plain.motion[6 * body + 1], z: plain.motion[6 * body + 2])
      let w = turned.turned(v)
      for (lane, value) in [w.x, w.y, w.z].enumerated() {
        // residuals of 1e-15, amplified by w ~ 10/kg and by two boxes
        #expect(abs(solution.motion[6 * body + lane] - value) <= 1e-12 * Self.gravity)
      }
    }
  }

  // Fails if something in the solver has a unit: the same scene in mm, in 1/1000 of the time (a
  // velocity for an acceleration) and in tonnes gives the same numbers, scaled, to rounding.
  @Test("has no unit", arguments: [1e-3, 1e3, 1e6])
  func units(factor: Double) {
    let scene = BoxScene.stack(
      masses: [1, 2, 1], friction: 0.3, pull: Self.pull(0.5),
      half: Vector3(x: 0.3, y: 0.2, z: 0.04))
    let plain = Self.solve(scene)
    var scaled = scene
    for index in scene.problem.free.indices { scaled.problem.free[index] *= factor }
    let quick = Self.solve(scaled)
    #expect(quick.certificate <= 1e-12)
    for (a, b) in zip(plain.motion, quick.motion) {
      #expect(abs(a * factor - b) <= 1e-10 * factor * Self.gravity)
    }
    var heavy = scene
    for index in scene.problem.mass.indices { heavy.problem.mass[index] *= factor }
    let slow = Self.solve(heavy)
    for (a, b) in zip(plain.reaction, slow.reaction) {
      #expect(abs(a * factor - b) <= 1e-10 * factor * 4 * Self.gravity)
    }
  }

  // Fails if redundant rows have no factor, or the reactions from zero are not those of least norm:
  // three equal hinges on one line share alike.
  @Test("redundant held rows share alike")
  func redundant() {
    var scene = BoxScene()
    let half = Vector3(x: 0.1, y: 0.1, z: 0.1)
    scene.add(.init(mass: 3, centre: .zero, half: half, free: Self.pull(0)))
    for _ in 0..<3 {
      scene.joint(0, -1, at: .zero, along: [.unitX, .unitY, .unitZ])
    }
    let solution = Self.solve(scene)
    #expect(solution.certificate <= 1e-12)
    for joint in 0..<3 {
      #expect(abs(solution.reaction[3 * joint + 2] - Self.gravity) <= 1e-9)
    }
    for value in solution.motion { #expect(abs(value) <= 1e-12 * Self.gravity) }
  }

  // Fails if rows that contradict each other in the last bits drive reactions without bound.
  @Test("held rows that disagree by rounding")
  func inconsistent() {
    var scene = BoxScene()
    let half = Vector3(x: 0.1, y: 0.1, z: 0.1)
    scene.add(.init(mass: 3, centre: .zero, half: half, free: Self.pull(0)))
    for _ in 0..<2 { scene.joint(0, -1, at: .zero, along: [.unitX, .unitY, .unitZ]) }
    scene.problem.bias[2] = 1e-15
    scene.problem.bias[5] = -1e-15
    let solution = Self.solve(scene)
    #expect(solution.certificate <= 1e-12)
    #expect(solution.motion.allSatisfy { abs($0) <= 1e-12 * Self.gravity })
    #expect(solution.reaction.allSatisfy { abs($0) <= 3 * Self.gravity })
  }

  // Fails if frozen contacts of a moving world lose their motion: on a conveyor the box is taken
  // along with the belt's acceleration as long as μg allows it, and with μg beyond.
  @Test("a belt takes a box along", arguments: [1.0, 4.0, 40.0])
  func belt(acceleration: Double) {
    var scene = BoxScene.stack(
      masses: [2], friction: 0.5, pull: Self.pull(0), half: Vector3(x: 0.3, y: 0.3, z: 0.02))
    // rows of body B move with the belt: along the tangents, in the world's x
    for group in scene.problem.groups {
      for row in (group.first + 1)..<(group.first + 3) {
        scene.problem.bias[row] = -acceleration * scene.problem.jacobian[12 * row]
      }
    }
    let solution = Self.solve(scene)
    let exact = min(acceleration, 0.5 * Self.gravity)
    #expect(abs(solution.motion[0] - exact) <= 1e-11 * acceleration)
  }

  // Fails if forces that differ from their rows are mirrored or ignored: a contact that slides
  // already pushes along n − μτ. Rolling resistance aside, a box thrown along x brakes with μg.
  @Test("a contact that slides already", arguments: [0.0, 0.2, 0.5])
  func sliding(friction: Double) {
    let cone = BoxScene.stack(
      masses: [2], friction: friction, pull: Self.pull(0), half: Vector3(x: 0.3, y: 0.3, z: 0.02))
    var problem = ContactProblem()
    problem.mass = cone.problem.mass
    problem.free = cone.problem.free
    for group in cone.problem.groups {
      problem.groups.append(
        RowGroup(
          law: .unilateral, bodyA: 0, bodyB: -1, first: problem.rowCount, count: 1))
      let row = 12 * group.first
      let normal = Array(cone.problem.jacobian[row..<(row + 12)])
      // the tangent of this contact that points along x
      let first = Array(cone.problem.jacobian[(row + 12)..<(row + 24)])
      let second = Array(cone.problem.jacobian[(row + 24)..<(row + 36)])
      let (c, s) = (first[0], second[0])
      problem.jacobian += normal
      problem.force += (0..<12).map { normal[$0] - friction * (c * first[$0] + s * second[$0]) }
      problem.bias.append(0)
      problem.reaction.append(0)
    }
    var solver = ContactSolver()
    let solution = solver.solve(problem)
    #expect(solution.certificate <= 1e-12)
    #expect(abs(solution.motion[0] + friction * Self.gravity) <= 1e-11 * Self.gravity)
    for value in solution.motion.dropFirst() { #expect(abs(value) <= 1e-11 * Self.gravity) }
  }

  // Fails if a large coefficient overflows or divides by zero; the box tips about its lower edge or
  // rests, and never slides.
  @Test("a million for a coefficient", arguments: [1e2, 1e4, 1e6])
  func hugeFriction(friction: Double) {
    let solution = Self.solve(.stack(masses: [1, 1], friction: friction, pull: Self.pull(0.3)))
    #expect(solution.motion.allSatisfy { $0.isFinite })
    #expect(solution.reaction.allSatisfy { $0.isFinite })
    // û holds μ|u_T|: its rounding is μ times that of u_T
    #expect(solution.certificate <= max(1e-12, 1e-15 * friction))
    #expect(solution.motion.allSatisfy { abs($0) <= 1e-9 * Self.gravity })
  }

  // Fails if bodies without contacts, or problems without rows, trap or move.
  @Test("nothing touches")
  func free() {
    var scene = BoxScene()
    let none = Self.solve(scene)
    #expect(none.certificate == 0 && none.motion.isEmpty)
    let half = Vector3(x: 0.1, y: 0.1, z: 0.1)
    scene.add(.init(mass: 1, centre: .zero, half: half, free: Self.pull(0)))
    let solution = Self.solve(scene)
    #expect(solution.motion == scene.problem.free)
    #expect(solution.certificate == 0 && solution.factorisations == 0)
  }

  // Fails if a guess that is not finite, or outside its cone, gets through.
  @Test("a useless guess")
  func uselessGuess() {
    var scene = BoxScene.stack(masses: [1, 1], friction: 0.5, pull: Self.pull(0.1))
    for row in scene.problem.reaction.indices {
      scene.problem.reaction[row] = row % 4 == 0 ? .nan : (row % 2 == 0 ? -1e6 : 1e6)
    }
    #expect(Self.solve(scene).certificate <= 1e-12)
  }

  // Fails if what the solver remembers changes the result beyond the certificate.
  @Test("memory changes nothing but the time")
  func memory() {
    var solver = ContactSolver()
    _ = solver.solve(BoxScene.stack(masses: [1, 1e6], friction: 0.1, pull: Self.pull(0.2)).problem)
    let scene = BoxScene.stack(masses: [1, 2], friction: 0.5, pull: Self.pull(0.1))
    let after = solver.solve(scene.problem)
    let fresh = Self.solve(scene)
    for (a, b) in zip(after.motion, fresh.motion) {
      #expect(abs(a - b) <= 1e-10 * Self.gravity)
    }
    var warm = scene.problem
    warm.reaction = after.reaction
    let again = solver.solve(warm)
    #expect(again.factorisations == 0 && again.outerPasses == 0)
    #expect(again.motion == after.motion)
  }
}
