// Projection onto the circular friction cone, in a form that does not cancel when the slip is fast.
//
// Equation        K = {|x_T| ≤ μ·x_N};  x inside: P = x;  x_N + μ|x_T| ≤ 0 (polar cone): P = 0;
//                 otherwise P = σ·(1, μτ),  τ = x_T/|x_T|,  σ = (x_N + μ|x_T|)/(1 + μ²)
//                 split form of the same law: p_N = max(0, x_N), p_T = x_T shortened to μ·p_N; its
//                 derivative: p_T follows p_N along τ with μ, and turns with B = μ·p_N/|x_T|
// Discretisation  none. For x = r − ρ·(u + s·n) and e = μ|u_T| − s,
//                   x_N + μ|x_T| = r_N − ρ·u_N + ρ·e + μ(|r_T|² − 2ρ·r_T·u_T)/(|x_T| + ρ|u_T|),
//                 which has no difference of large numbers when ρ|u_T| is far above r
// Source          rigid.md 3.3; split form: Alart & Curnier 1991, CMAME 92, 353; the form without cancellation is derived here
// Deviation       none
// Validity        μ ≥ 0 finite; μ = 0 is the half line of the normal
// Checked by      FrictionConeTests: Moreau's decomposition, by hand, fast slip

/// The set of reactions that a Coulomb contact allows.
public struct FrictionCone: Sendable, Hashable {
  /// Coefficient of friction μ ≥ 0.
  public var friction: Double

  public init(friction: Double) { self.friction = friction }

  /// Where a point lies, and with it which formula holds.
  public enum Region: UInt8, Sendable {
    /// Inside the polar cone: no reaction.
    case open
    /// Inside the cone: projection is the identity.
    case stick
    /// Projected on the surface.
    case slip
  }

  /// P less r, and what its derivative needs.
  public struct Step: Sendable {
    public var region = Region.open
    /// P − r: normal, first and second tangent.
    public var change = (0.0, 0.0, 0.0)
    /// Direction of x_T (slip only).
    public var direction = (0.0, 0.0)
    /// B = |p_T|/|x_T|, in 0…1 (slip only).
    public var turning = 0.0

    @inlinable public init() {}

    /// 1/(1 − B + B/c), B = `turning`: gain of the direction across the slip.
    @inlinable
    public func sideGain(stiffness: Double) -> Double { 1 / (1 - turning + turning / stiffness) }
  }

  /// The nearest point of the cone.
  public func project(normal: Double, _ tangent1: Double, _ tangent2: Double) -> (
    Double, Double, Double
  ) {
    let step = step(
      from: (normal, tangent1, tangent2), against: (0, 0, 0), penalty: 1, excess: 0)
    return (
      normal + step.change.0, tangent1 + step.change.1, tangent2 + step.change.2
    )
  }

  /// P_K(r − ρ(u + (μ|u_T| − excess)·n)) − r, with the shift s given as its lack e = μ|u_T| − s.
  @inlinable
  public func step(
    from r: (Double, Double, Double), against u: (Double, Double, Double), penalty rho: Double,
    excess: Double
  ) -> Step {
    var result = Step()
    let slip = (u.1 * u.1 + u.2 * u.2).squareRoot()
    let x1 = r.1 - rho * u.1
    let x2 = r.2 - rho * u.2
    let length = (x1 * x1 + x2 * x2).squareRoot()
    let shift = friction * slip - excess
    let xNormal = r.0 - rho * (u.0 + shift)

    // inside: the change is exact in u, whatever the size of r
    if length <= friction * xNormal && friction > 0 {
      result.region = .stick
      result.change = (-rho * (u.0 + shift), -rho * u.1, -rho * u.2)
      return result
    }

    // x_N + μ|x_T| without the large terms that cancel
    let squares = r.1 * r.1 + r.2 * r.2 - 2 * rho * (r.1 * u.1 + r.2 * u.2)
    let sum = length + rho * slip
    let lever = sum > 0 ? friction * squares / sum : 0
    let height = r.0 - rho * u.0 + rho * excess + lever
    guard height > 0 else {
      result.region = .open
      result.change = (-r.0, -r.1, -r.2)
      return result
    }

    result.region = .slip
    let sigma = height / (1 + friction * friction)
    if length > 0 {
      result.direction = (x1 / length, x2 / length)
      result.turning = friction * sigma / length
    }
    let tangent = friction * sigma
    result.change = (
      sigma - r.0, tangent * result.direction.0 - r.1, tangent * result.direction.1 - r.2
    )
    return result
  }

  /// Normal part on the half line, tangent part on the disc of radius μ times that: the same law
  /// without the shift s. Returns P − r.
  @inlinable
  public func splitStep(
    from r: (Double, Double, Double), against u: (Double, Double, Double), penalty rho: Double
  ) -> Step {
    var result = Step()
    let normal = r.0 - rho * u.0
    guard normal > 0 else {
      result.change = (-r.0, -r.1, -r.2)
      return result
    }
    let radius = friction * normal
    let x1 = r.1 - rho * u.1
    let x2 = r.2 - rho * u.2
    let length = (x1 * x1 + x2 * x2).squareRoot()
    if length <= radius && friction > 0 {
      result.region = .stick
      result.change = (-rho * u.0, -rho * u.1, -rho * u.2)
      return result
    }
    result.region = .slip
    if length > 0 {
      result.direction = (x1 / length, x2 / length)
      result.turning = radius / length
    }
    result.change = (
      -rho * u.0, radius * result.direction.0 - r.1, radius * result.direction.1 - r.2
    )
    return result
  }
}
