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

/// A step in parts, each with a workspace of its own.
public struct SplitSystem: Sendable {
  public let splitting: Splitting
  private var parts: [StressSystem]

  public init(_ splitting: Splitting) {
    self.splitting = splitting
    parts = splitting.parts.map { _ in StressSystem() }
  }

  /// Audit of the last part.
  public var audit: StressAudit { parts[parts.count - 1].audit }

  /// One step, after which `problem.before` is the new velocity. False if a solve did not end.
  public mutating func advance(_ problem: inout VolumeProblem) -> Bool {
    let gravity = problem.gravity
    var isDone = true
    for (index, kind) in splitting.parts.enumerated() {
      isDone = parts[index].solve(problem, kind: kind) && isDone
      parts[index].spread(into: &problem.before)
      problem.gravity = .zero
    }
    problem.gravity = gravity
    return isDone
  }
}
