// Impact of a sphere on a plane, with friction and grip.
//
// Equation        w' = -e w;  u = v_T + omega x (-a n);  r_N = m (1 + e) |w|;
//                 m_t = m / (1 + 1/kappa),  I = kappa m a^2
//                 grip   r = -m_t (1 + e_t) u, if |M^-1 r| <= r_N,  M = diag(mu_along, mu_across)
//                 slip   du/dp = -(1/m_t) M^2 u / |M u| over the normal impulse p in 0...r_N:
//                        u_i = u_i0 exp(-mu_i^2 z / m_t),  p(z) = int_0^z |M u|
// Discretisation  isotropic: none, the direction of u is constant. Anisotropic: p(z) in 16-point
//                 Gauss-Legendre pieces, inverted by bracketed Newton; error some 1e-15
// Source          grip: Garwin 1969, Am. J. Phys. 37, 88; Cross 2002, Am. J. Phys. 70, 1093;
//                 slip: Stronge 2000, Impact Mechanics, chapter 4, for a friction ellipse
// Deviation       if sliding ends before the impact does and grip does not fit into the cone, the
//                 normal impulse that is left turns u back along itself, as far as the cone allows.
//                 Elliptical cone, u off its axes: the total impulse of grip may fit into the cone
//                 where sliding would last longer than r_N, so u after jumps at that limit
// Validity        rigid sphere, one plane, -1 <= e_t <= 1, 0 <= e <= 1, coefficients >= 0
// Checked by      SphereImpactTests: Garwin's rationals, angular momentum, 18 digits, energy

import Foundation

/// Impulse law of a homogeneous or hollow sphere on a fixed plane with the normal +z.
///
/// The frame is that of the floor: x downhill, y across, z along the normal.
public struct SphereImpact: Sendable, Hashable {
  /// Mass, in kg, above 0.
  public let mass: Double
  /// Radius, in m, above 0.
  public let radius: Double
  /// Moment of inertia over mass and radius squared: 2/5 solid, 2/3 thin shell; above 0.
  public let inertiaFactor: Double

  /// What the tangential impulse did.
  public enum Mode: Sendable, Hashable {
    /// The impulse of grip or stick fitted into the cone.
    case grip
    /// The contact point slid, or was turned back less than grip asks for.
    case slip
  }

  /// State after the impact, and what the plane did.
  public struct Outcome: Sendable, Hashable {
    /// Velocity of the centre, in m/s.
    public let velocity: Vector3
    /// Angular velocity, in rad/s, in the axes of the floor.
    public let spin: Vector3
    /// Impulse on the sphere, in N s.
    public let impulse: Vector3
    /// Change of kinetic energy, in J; never above 0 in the range of validity.
    public let energyChange: Double
    /// Whether the contact gripped.
    public let mode: Mode
  }

  /// Mass in kg and radius in m, above 0; factor kappa = I / (m a^2), above 0.
  public init(mass: Double, radius: Double, inertiaFactor: Double) {
    self.mass = mass
    self.radius = radius
    self.inertiaFactor = inertiaFactor
  }

  /// Velocity of the contact point relative to the plane, in m/s: (v_x - a w_y, v_y + a w_x).
  public func slipVelocity(velocity: Vector3, spin: Vector3) -> Vector3 {
    Vector3(x: velocity.x - radius * spin.y, y: velocity.y + radius * spin.x, z: 0)
  }

  /// State after an impact that begins with `velocity` (m/s, z below 0) and `spin` (rad/s).
  ///
  /// `restitution` e in 0...1 acts along the normal; `grip` e_t in -1...1 along the plane: 0 is
  /// Coulomb's stick, 1 the ideal superball, -1 no tangential impulse.
  public func outcome(
    velocity: Vector3, spin: Vector3, restitution e: Double, friction: PlanarFriction,
    grip: Double
  ) -> Outcome {
    // impulses are per unit mass until the end, so that the mass cancels exactly
    let normal = (1 + e) * -velocity.z
    let share = inertiaFactor / (1 + inertiaFactor)
    let slip = slipVelocity(velocity: velocity, spin: spin)
    let contact = friction.response(
      slip: slip, normal: normal, share: share, grip: grip)
    let push = Vector3(x: contact.push.x, y: contact.push.y, z: normal)

    // the torque arm is -a n: -a z x (x, y) = a (y, -x)
    let arm = 1 / (inertiaFactor * radius)
    let after = Vector3(x: velocity.x + push.x, y: velocity.y + push.y, z: -e * velocity.z)
    let spinAfter = Vector3(x: spin.x + arm * push.y, y: spin.y - arm * push.x, z: spin.z)
    return Outcome(
      velocity: after, spin: spinAfter, impulse: mass * push,
      energyChange: 0.5 * mass * (contact.work - (1 - e * e) * velocity.z * velocity.z),
      mode: contact.mode)
  }
}

/// Coulomb's friction in a plane, with a friction ellipse.
public struct PlanarFriction: Sendable, Hashable {
  /// Coefficient along the first axis of the ellipse, at least 0.
  public let along: Double
  /// Coefficient along the second axis of the ellipse, at least 0.
  public let across: Double
  /// Angle from the floor's x axis to the first axis, in rad, positive towards y.
  public let direction: Double

  /// Coefficients at least 0, `direction` in rad from x towards y.
  public init(along: Double, across: Double, direction: Double) {
    self.along = along
    self.across = across
    self.direction = direction
  }

  /// The same coefficient in all directions.
  public static func isotropic(_ coefficient: Double) -> PlanarFriction {
    PlanarFriction(along: coefficient, across: coefficient, direction: 0)
  }

  /// Whether the cone is circular.
  public var isIsotropic: Bool { along == across }

  // tangential impulse per mass (m/s), and twice its work per mass (m^2/s^2), never positive;
  // share = m_t / m, normal = impulse per mass
  fileprivate func response(
    slip u: Vector3, normal: Double, share: Double, grip: Double
  ) -> (push: Vector3, work: Double, mode: SphereImpact.Mode) {
    // a circle has no axes; without the rotation its results stay exact
    let speed = u.length
    guard speed > 0 else { return (.zero, 0, .grip) }
    let wanted = share * (1 + grip)
    if isIsotropic {
      let limit = along * normal
      if wanted * speed <= limit {
        return (-wanted * u, -share * (1 - grip * grip) * speed * speed, .grip)
      }
      return ((-limit / speed) * u, -limit * (2 * speed - limit / share), .slip)
    }

    // on the axes of the ellipse; a direction without friction fits no impulse at all
    let (c, s) = (cos(direction), sin(direction))
    let (first, second) = (c * u.x + s * u.y, c * u.y - s * u.x)
    let stickLength = share * hypot(ratio(first, along), ratio(second, across))
    if (1 + grip) * stickLength <= normal {
      return (-wanted * u, -share * (1 - grip * grip) * speed * speed, .grip)
    }
    let end = EllipticSlip(
      mu: (along, across), slip: (first, second), impulse: normal / share
    ).end

    // what is left after sliding has stopped turns u back along itself; the clamp of the work
    // removes only the rounding of a difference of squares
    let back = stickLength > 0 && end.left > 0 ? end.left * share / stickLength : 0
    let (a, b) = (end.slip.0 - back * first, end.slip.1 - back * second)
    let (da, db) = (share * (a - first), share * (b - second))
    let work = share * (a * a + b * b - first * first - second * second)
    return (Vector3(x: c * da - s * db, y: s * da + c * db, z: 0), min(work, 0), .slip)
  }

  private func ratio(_ slip: Double, _ coefficient: Double) -> Double {
    slip == 0 ? 0 : abs(slip) / coefficient
  }
}

// sliding under a friction ellipse while the normal impulse over m_t grows from 0 to `impulse`
private struct EllipticSlip {
  let mu: (Double, Double)
  let slip: (Double, Double)
  let impulse: Double

  // slip velocity at the end (m/s), and the impulse (m/s) left if sliding stopped before
  var end: (slip: (Double, Double), left: Double) {
    // along one axis, or with one coefficient 0, sliding is uniformly decelerated
    if slip.0 == 0 || mu.0 == 0 || slip.1 == 0 || mu.1 == 0 { return straight }

    // the slow component is u s, the fast one u s^ratio, s from 1 to 0
    let firstIsSlow = mu.0 < mu.1
    let (slowMu, fastMu) = firstIsSlow ? mu : (mu.1, mu.0)
    let (slow, fast) = firstIsSlow ? slip : (slip.1, slip.0)
    let power = (fastMu / slowMu) * (fastMu / slowMu)
    guard power.isFinite else { return straight }
    let weight = fastMu / slowMu * abs(fast)
    let target = slowMu * impulse

    // in l = -ln s: d(target)/dl = exp(-l) sqrt(slow^2 + weight^2 exp(-2 (power - 1) l))
    func rate(_ l: Double) -> Double {
      exp(-l) * hypot(slow, weight * exp((1 - power) * l))
    }
    let piece = 2 / max(1, power - 1)
    var (l, done) = (0.0, 0.0)
    while done < target {
      // once the square of the fast component is below rounding, the rest is |slow| s
      if weight * exp((1 - power) * l) < 1e-9 * abs(slow) {
        let s = exp(-l) - (target - done) / abs(slow)
        guard s > 0 else { return ((0, 0), (done + abs(slow) * exp(-l) - target) / -slowMu) }
        return (result(slow * s, fast * pow(s, power), firstIsSlow), 0)
      }
      if l > 45 { return ((0, 0), (target - done) / slowMu) }

      let gain = Self.integral(from: l, to: l + piece, rate)
      if done + gain >= target { break }
      done += gain
      l += piece
    }

    // Newton within the piece; the rate falls, so every step is checked against the bracket
    var (low, high) = (l, l + piece)
    var x = l + (target - done) / rate(l)
    for _ in 0..<100 {
      if !(low < x && x < high) { x = 0.5 * (low + high) }
      let residual = done + Self.integral(from: l, to: x, rate) - target
      if residual < 0 { low = x } else { high = x }
      let next = x - residual / rate(x)
      if abs(next - x) <= 4e-16 * max(1, x) { break }
      x = next
    }
    return (result(slow * exp(-x), fast * exp(-power * x), firstIsSlow), 0)
  }

  private func result(_ slow: Double, _ fast: Double, _ firstIsSlow: Bool) -> (Double, Double) {
    firstIsSlow ? (slow, fast) : (fast, slow)
  }

  private var straight: (slip: (Double, Double), left: Double) {
    func stop(_ slip: Double, _ mu: Double) -> Double {
      slip == 0 ? 0 : slip * max(0, 1 - mu * impulse / abs(slip))
    }
    let after = (stop(slip.0, mu.0), stop(slip.1, mu.1))
    guard after == (0, 0) else { return (after, 0) }
    let mu = slip.0 == 0 ? mu.1 : mu.0
    return (after, impulse - max(abs(slip.0), abs(slip.1)) / mu)
  }

  private static func integral(
    from low: Double, to high: Double, _ rate: (Double) -> Double
  ) -> Double {
    let (middle, half) = (0.5 * (low + high), 0.5 * (high - low))
    var sum = 0.0
    for (node, weight) in nodes {
      sum += weight * (rate(middle - half * node) + rate(middle + half * node))
    }
    return half * sum
  }

  // Gauss-Legendre, 16 points: positive nodes and weights on -1...1
  private static let nodes: [(Double, Double)] = [
    (0.095012509837637440185, 0.18945061045506849629),
    (0.28160355077925891323, 0.18260341504492358887),
    (0.45801677765722738634, 0.16915651939500253819),
    (0.61787624440264374845, 0.14959598881657673208),
    (0.75540440835500303390, 0.12462897125553387205),
    (0.86563120238783174388, 0.095158511682492784810),
    (0.94457502307323257608, 0.062253523938647892863),
    (0.98940093499164993260, 0.027152459411754094852),
  ]
}
