// The thin layer between a tool and the surface of a brick: a packing strip, or crushed grains.
//
// Equation        p = ε·(g − g_p) for a penetration g; p ≤ p_c, beyond it g_p grows; |τ| ≤ μ·p
//                 glue: p = ε·g for both signs of g
// Discretisation  none
// Source          none: a bed of springs (Winkler) with a cap
// Deviation       none
// Validity        the layer is much softer than the solid under it, or ε is that of a calibration
// Checked by      PadContactTests

/// Constants of a layer. Its stiffness is physics: it decides the peak force and which crack wins.
public struct Pad: Sendable, Hashable {
  /// ε, in Pa/m.
  public let stiffness: Double
  /// Largest pressure p_c, in Pa; infinity: it never crushes.
  public let cap: Double
  /// Coulomb coefficient μ.
  public let friction: Double
  /// Holds on both ways, without a cap or friction: glue.
  public let isGlue: Bool

  /// - Throws: `InvalidFracture` unless stiffness and cap are above 0 and friction at least 0.
  public init(stiffness: Double, cap: Double = .infinity, friction: Double = 0)
    throws(InvalidFracture)
  {
    try requirePositive("padStiffness", stiffness)
    guard cap > 0 else { throw InvalidFracture("padCap", cap, expected: "above 0") }
    try requireNonnegative("padFriction", friction)
    (self.stiffness, self.cap, self.friction) = (stiffness, cap, friction)
    isGlue = false
  }

  /// A layer of glue: p = ε·g for both signs of g.
  /// - Throws: `InvalidFracture` unless the stiffness is above 0.
  public static func glue(stiffness: Double) throws(InvalidFracture) -> Pad {
    try requirePositive("padStiffness", stiffness)
    return Pad(glue: stiffness)
  }

  private init(glue stiffness: Double) {
    (self.stiffness, cap, friction, isGlue) = (stiffness, .infinity, 0, true)
  }
}

/// Rigid shape of a tool or support; all are smooth.
public enum ToolShape: Sendable, Hashable {
  /// Horizontal plane.
  case plane
  /// Cylinder along y over the line x (m). With a width (m) only that strip of the surface carries,
  /// and the radius may be infinite.
  case line(x: Double, radius: Double, width: Double?)
  /// Sphere over the point x, y (m).
  case ball(x: Double, y: Double, radius: Double)
}
