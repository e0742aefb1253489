// Viscosity and pressure one after the other: only to show what it costs.
//
// Discretisation  viscosity, then pressure; or pressure, viscosity, pressure; the samples of the coupled solve
// Source          the usual practice of grid solvers for films (Batty & Bridson 2008)
// Validity        none: a mound of syrup flows 4 to 60 % too fast
// Checked by      StressSystemTests

public enum Splitting: Sendable, Hashable {
  case coupled
  /// Viscosity, then pressure.
  case decoupled
  /// Pressure, viscosity, pressure.
  case decoupledTwice

  var parts: [StressKind] {
    switch self {
    case .coupled: [.coupled]
    case .decoupled: [.viscousOnly, .pressureOnly]
    case .decoupledTwice: [.pressureOnly, .viscousOnly, .pressureOnly]
    }
  }
}

extension StressSystem {
  /// One step, after which `problem.before` is the new velocity. False if a solve did not end.
  public mutating func advance(_ problem: inout VolumeProblem, _ splitting: Splitting) -> Bool {
    let gravity = problem.gravity
    var isDone = true
    var iterations = 0
    for kind in splitting.parts {
      // only a coupled solve has tensions that the next one can begin with
      isDone = solve(problem, kind: kind, isWarm: splitting == .coupled) && isDone
      iterations += audit.iterations
      spread(into: &problem.before)
      problem.gravity = .zero
    }
    problem.gravity = gravity
    audit.iterations = iterations
    return isDone
  }
}
