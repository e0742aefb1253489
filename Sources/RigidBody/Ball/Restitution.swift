// Coefficient of restitution of a pair of surfaces.
//
// Equation        u_N after = -e(|u_N before|) u_N before
// Discretisation  none here; see the law
// Source          ViscoelasticImpact, HuntCrossley1975, SpringDashpotImpact
// Deviation       no speed below which e becomes 0
// Validity        a pair of surfaces, a geometry and a range of speeds, which the caller states
// Checked by      RestitutionTests: each law against its own relation

/// Law for the coefficient of restitution as a function of the approach speed.
public enum Restitution: Sendable, Hashable {
  /// The same coefficient, 0 to 1, at every speed.
  case constant(Double)
  /// Viscoelastic sphere: stiffness over mass in m^-0.5 s^-2, dissipative time A in s.
  case viscoelastic(stiffness: Double, dissipation: Double)
  /// Force k x^n (1 + c x'); c in s/m, at least 0.
  case huntCrossley(damping: Double)
  /// Linear spring and dashpot that do not pull; damping ratio at least 0.
  case springDashpot(dampingRatio: Double)

  /// Coefficient of restitution at an approach speed in m/s, at least 0.
  public func coefficient(approachSpeed: Double) -> Double {
    switch self {
    case .constant(let coefficient):
      coefficient
    case .viscoelastic(let stiffness, let dissipation):
      ViscoelasticImpact(stiffness: stiffness, dissipation: dissipation)
        .coefficient(approachSpeed: approachSpeed)
    case .huntCrossley(let damping):
      HuntCrossley1975.restitution(damping: damping * approachSpeed)
    case .springDashpot(let dampingRatio):
      SpringDashpotImpact(dampingRatio: dampingRatio).restitution
    }
  }

  /// Whether the coefficient is the same at every speed.
  public var isIndependentOfSpeed: Bool {
    switch self {
    case .constant, .springDashpot: true
    case .viscoelastic, .huntCrossley: false
    }
  }

  /// Name of the law in scenes and in provenance.
  public var name: String {
    switch self {
    case .constant: "constant"
    case .viscoelastic: "viscoelastic"
    case .huntCrossley: "hunt-crossley"
    case .springDashpot: "spring-dashpot"
    }
  }
}
