import Foundation
import RigidBody
import Testing

/// Random bodies, contacts and motions; the law is looked at directly, without projections.
@Suite("Law of contact on random problems")
struct ContactLawTests {
  struct Random {
    var state: UInt64
    init(seed: Int) {
      state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
      for _ in 0..<10 { _ = next() }
    }
    mutating func next() -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    mutating func vector() -> Vector3 {
      Vector3(x: 2 * next() - 1, y: 2 * next() - 1, z: 2 * next() - 1)
    }
  }

  /// Bodies of 0.1 to 10 kg, each held up by up to three patches of up to four contacts.
  static func scene(seed: Int, bodies: Int, friction: Double) -> BoxScene {
    var random = Random(seed: seed)
    var scene = BoxScene()
    for _ in 0..<bodies {
      let mass = pow(10, 2 * random.next() - 1)
      let centre = 2 * random.vector()
      let half = Vector3(x: 0.3 + random.next(), y: 0.3 + random.next(), z: 0.3 + random.next())
      let free = random.vector() + Vector3(x: 0, y: 0, z: -1)
      scene.add(
        .init(mass: mass, centre: centre, half: half, free: free, spin: random.vector()))
    }
    for a in 0..<bodies {
      for _ in 0..<(1 + Int(2.5 * random.next())) {
        let b = Int(random.next() * Double(bodies + 1)) - 1
        if b == a { continue }
        let centre = scene.bodies[a].centre
        let below = Vector3(x: 0.3 * random.next(), y: 0.3 * random.next(), z: -1)
        let other = b < 0 ? centre + below : scene.bodies[b].centre
        let line = centre - other
        for _ in 0..<(1 + Int(4 * random.next())) {
          scene.contact(
            a, b, at: 0.5 * (centre + other) + 0.5 * random.vector(),
            normal: (1 / line.length) * line, friction: friction)
        }
      }
    }
    return scene
  }

  /// Largest violation of each line of the law, in units of the largest speed or reaction.
  func violation(_ problem: ContactProblem, _ solution: ContactSolution) -> Double {
    // motion from reactions, anew
    var motion = problem.free
    for group in problem.groups {
      for row in group.first..<(group.first + group.count) {
        for (side, body) in [(0, group.bodyA), (1, group.bodyB)] where body >= 0 {
          for lane in 0..<6 {
            motion[6 * body + lane] +=
              problem.jacobian[12 * row + 6 * side + lane] * solution.reaction[row]
              / problem.mass[6 * body + lane]
          }
        }
      }
    }
    let speed = problem.free.map(abs).max() ?? 1
    let force = max(1e-3, solution.reaction.map(abs).max() ?? 0)
    var worst = zip(motion, solution.motion).map { abs($0 - $1) / speed }.max() ?? 0
    for group in problem.groups {
      guard case .cone(let friction) = group.law else { continue }
      var u = [0.0, 0, 0]
      for k in 0..<3 {
        for (side, body) in [(0, group.bodyA), (1, group.bodyB)] where body >= 0 {
          for lane in 0..<6 {
            u[k] +=
              problem.jacobian[12 * (group.first + k) + 6 * side + lane]
              * motion[6 * body + lane]
          }
        }
      }
      let r = Array(solution.reaction[group.first..<(group.first + 3)])
      let slip = (u[1] * u[1] + u[2] * u[2]).squareRoot()
      let tangent = (r[1] * r[1] + r[2] * r[2]).squareRoot()
      worst = max(worst, -u[0] / speed, -r[0] / force)
      worst = max(worst, (tangent - friction * r[0]) / force / max(1, friction))
      worst = max(worst, abs(u[0] * r[0]) / speed / force)
      // sliding: |u_T|·r_T = −μ·r_N·u_T
      for k in 1...2 {
        let excess = slip * r[k] + friction * r[0] * u[k]
        worst = max(worst, abs(excess) / speed / force / max(1, friction))
      }
    }
    return worst
  }

  // Fails if any line of the law is violated: u_N ≥ 0, r_N ≥ 0, u_N·r_N = 0, |r_T| ≤ μ·r_N, friction
  // against the slip and of full size, dynamics exact. All is in one number, which the certificate
  // bounds up to the size of w (below 1e3 here).
  @Test("holds where the certificate says so", arguments: [0, 0.1, 0.3, 0.6, 1, 3])
  func law(friction: Double) {
    var unresolved = 0
    for bodies in [1, 2, 5, 12] {
      for seed in 1...25 {
        let problem = Self.scene(seed: seed, bodies: bodies, friction: friction).problem
        var solver = ContactSolver()
        let solution = solver.solve(problem)
        if solution.certificate > 1e-10 {
          unresolved += 1
          continue
        }
        #expect(violation(problem, solution) <= 1e3 * max(solution.certificate, 1e-13))
      }
    }
    // some random spins against several contacts stay unresolved, and are named so: measured 0 of
    // 100 up to 0.3, 1 at 0.6 and 1, 2 at 3
    let allowed = friction > 1 ? 4 : (friction > 0.3 ? 2 : 0)
    #expect(unresolved <= allowed, "\(unresolved) of 100 unresolved")
  }

  // Fails if Newton and a slow method without any linear algebra disagree: 20,000 projected
  // Gauss–Seidel sweeps with the de Saxcé shift, written here. Friction is small and each body has
  // few patches, but that does not make the solution unique: number 4 has two that differ by 2e-4 and
  // satisfy the law to 1e-15 (measured), so it is left out.
  @Test("agrees with a slow method", arguments: [1, 2, 3, 5, 6, 8])
  func slow(seed: Int) {
    let problem = Self.scene(seed: seed, bodies: 2, friction: 0.05).problem
    var solver = ContactSolver()
    let solution = solver.solve(problem)
    guard solution.certificate <= 1e-12 else { return }
    var motion = problem.free
    var reaction = [Double](repeating: 0, count: problem.rowCount)
    let groups = problem.groups
    for _ in 0..<20_000 {
      for group in groups {
        var u = [0.0, 0, 0]
        var trace = 0.0
        for k in 0..<3 {
          for (side, body) in [(0, group.bodyA), (1, group.bodyB)] where body >= 0 {
            for lane in 0..<6 {
              let j = problem.jacobian[12 * (group.first + k) + 6 * side + lane]
              u[k] += j * motion[6 * body + lane]
              trace += j * j / problem.mass[6 * body + lane]
            }
          }
        }
        // one projection with the step of the trace, an upper bound of the largest eigenvalue
        let normal = max(0, reaction[group.first] - u[0] / trace)
        let (x1, x2) = (
          reaction[group.first + 1] - u[1] / trace, reaction[group.first + 2] - u[2] / trace
        )
        let shorten = min(1, 0.05 * normal / max(1e-300, (x1 * x1 + x2 * x2).squareRoot()))
        for (k, value) in [normal, shorten * x1, shorten * x2].enumerated() {
          let change = value - reaction[group.first + k]
          reaction[group.first + k] = value
          for (side, body) in [(0, group.bodyA), (1, group.bodyB)] where body >= 0 {
            for lane in 0..<6 {
              motion[6 * body + lane] +=
                problem.jacobian[12 * (group.first + k) + 6 * side + lane] * change
                / problem.mass[6 * body + lane]
            }
          }
        }
      }
    }
    var slow = solution
    slow.reaction = reaction
    slow.motion = motion
    #expect(violation(problem, slow) <= 1e-13)
    for (a, b) in zip(motion, solution.motion) { #expect(abs(a - b) <= 1e-9) }
  }
}
