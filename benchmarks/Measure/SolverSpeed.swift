// Cold and warm solves of stacks of boxes, with the certificates they reach.
//
//   cold     from zero reactions
//   settled  from its own solution: the same problem again
//   moved    each point of contact displaced by 1e-6 of the box, from the solution before: a new
//            factor, the same regions
//   slides   boxes 20 mm high on 40 degrees (friction angle 26.6), moved as above: all slide alike,
//            so every contact but the lowest is on the border of stick and slip

import Foundation
import RigidBody

struct SolverSpeed {
  private struct Timing {
    var microseconds = Double.infinity
    var certificate = 0.0
    var factors = 0
  }

  // best of repeated runs: other work on the machine only adds
  private func time(
    _ repeats: Int, _ body: () -> ContactSolution
  ) -> Timing {
    var timing = Timing()
    for _ in 0..<repeats {
      var solution: ContactSolution?
      let seconds = Machine.seconds { solution = body() }
      timing.microseconds = min(timing.microseconds, seconds * 1e6)
      timing.certificate = max(timing.certificate, solution?.certificate ?? .infinity)
      timing.factors = max(timing.factors, solution?.factorisations ?? 0)
    }
    return timing
  }

  private func line(_ name: String, _ stacks: BoxStacks) {
    let problem = stacks.problem
    let repeats = max(5, min(200, 20_000 / max(1, problem.rowCount)))
    let cold = time(min(repeats, 20)) {
      var solver = ContactSolver()
      return solver.solve(problem, tolerance: 1e-10)
    }
    var solver = ContactSolver()
    var settledProblem = problem
    settledProblem.reaction = solver.solve(problem, tolerance: 1e-10).reaction
    let settled = time(10 * repeats) { solver.solve(settledProblem, tolerance: 1e-10) }
    let warm = warmSteps(stacks, repeats)

    var sliding = stacks
    sliding.slope = 40
    sliding.rise = 0.02
    let slides = warmSteps(sliding, repeats)
    print(
      name.padding(toLength: 12, withPad: " ", startingAt: 0),
      String(
        format: "%5d %6d  %9.1f %3d %8.1e  %8.1f %8.1e  %8.1f %2d %8.1e  %9.1f %2d %8.1e",
        problem.bodyCount * 6, problem.groups.count, cold.microseconds, cold.factors,
        cold.certificate, settled.microseconds, settled.certificate, warm.microseconds,
        warm.factors, warm.certificate, slides.microseconds, slides.factors, slides.certificate))
  }

  private func warmSteps(_ stacks: BoxStacks, _ repeats: Int) -> Timing {
    var solver = ContactSolver()
    let problem = stacks.problem
    let variants = (1...4).map { variant in
      var stacks = stacks
      stacks.variant = variant
      return stacks.problem
    }
    var reaction = solver.solve(problem, tolerance: 1e-10).reaction
    var timing = Timing()
    for step in 0..<repeats {
      var next = variants[step % 4]
      next.reaction = reaction
      let one = time(1) { solver.solve(next, tolerance: 1e-10) }
      reaction = solver.solve(next, tolerance: 1e-10).reaction
      timing.microseconds = min(timing.microseconds, one.microseconds)
      timing.certificate = max(timing.certificate, one.certificate)
      timing.factors = max(timing.factors, one.factors)
    }
    return timing
  }

  func run() {
    print(Machine.line)
    print("contact solver, microseconds (best), factors, certificate; tolerance 1e-10\n")
    print(
      "boxes            n  cones       cold             settled               moved",
      "                slides")
    for height in [1, 2, 5, 10, 20, 50, 100] {
      line("stack \(height)", BoxStacks(height: height))
    }
    line("wall 10x10", BoxStacks(height: 10, towers: 10, slope: 0))
  }
}
