import Foundation
import RigidBody
import Testing

@Suite("Stacks of boxes")
struct ContactStackTests {
  static let gravity = ContactSolverTests.gravity

  /// Sum of the normal reactions under each box.
  func carried(_ scene: BoxScene, _ solution: ContactSolution) -> [Double] {
    var sums = [Double](repeating: 0, count: scene.bodies.count)
    for group in scene.problem.groups { sums[group.bodyA] += solution.reaction[group.first] }
    return sums
  }

  // Fails if a force is lost between two boxes: each floor carries what stands on it.
  @Test("carry their weight", arguments: [1, 2, 10, 20])
  func weight(count: Int) {
    let masses = (0..<count).map { 1 + 0.1 * Double($0 % 3) }
    let angle = 2 * Double.pi / 180
    let scene = BoxScene.stack(
      masses: masses, friction: 0.5, pull: ContactSolverTests.pull(angle))
    let solution = ContactSolverTests.solve(scene)
    #expect(solution.certificate <= 1e-12)
    let total = masses.reduce(0, +) * Self.gravity * cos(angle)
    var above = 0.0
    for (body, value) in carried(scene, solution).enumerated().reversed() {
      above += masses[body] * Self.gravity * cos(angle)
      #expect(abs(value - above) <= 1e-9 * total)
    }
  }

  // Fails if the penalty of a light box cannot carry a heavy one: the multiplier then creeps.
  @Test("heavy on light", arguments: [1.0, 10, 100, 1000, 1e6, 1e9])
  func heavy(ratio: Double) {
    let angle = 2 * Double.pi / 180
    for masses in [[1, ratio], [1, 1, 1, 1, ratio]] {
      let scene = BoxScene.stack(
        masses: masses, friction: 0.5, pull: ContactSolverTests.pull(angle))
      let solution = ContactSolverTests.solve(scene)
      #expect(solution.certificate <= 1e-10)
      let weight = masses.reduce(0, +) * Self.gravity * cos(angle)
      // a residual of one ulp on the light box is felt ratio times by the heavy one
      #expect(abs(carried(scene, solution)[0] / weight - 1) <= max(1e-9, 1e-15 * ratio))
    }
  }

  // Fails if the limit of toppling is misplaced: N cubes of side 2a tip about the lower edge when
  // tan(angle) > 1/N. The reactions of the rest state just reach the edge.
  @Test("topple at 1/N", arguments: [2, 5, 10])
  func topple(count: Int) {
    let masses = [Double](repeating: 1, count: count)
    for (share, moves) in [(0.999, false), (1.001, true)] {
      let scene = BoxScene.stack(
        masses: masses, friction: 2,
        pull: ContactSolverTests.pull(atan(share / Double(count))))
      let solution = ContactSolverTests.solve(scene)
      #expect(solution.certificate <= 1e-12)
      let speed = abs(solution.motion[4])
      // rigid tower about its edge: angular acceleration (moment about the edge)/(inertia)
      #expect(moves ? speed > 1e-4 : speed <= 1e-9)
    }
  }
}
