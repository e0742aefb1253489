// A quasi-brittle solid: elastic up to its strength, then softening to zero over an opening.
//
// Equation        l_ch = E·G_F/f_t²; c0 = √(E/ρ); linear softening ends at the opening 2·G_F/f_t
// Discretisation  the edge of an element must resolve the cohesive zone: h ≤ l_ch/5
// Source          length: Hillerborg, Modéer & Petersson 1976, Cem. Concr. Res. 6, 773
// Deviation       none
// Validity        isotropic, rate independent, one strength for tension and mixed mode (β = 1)
// Checked by      HexElementTests, BrickTestTests: refused input, largest edge

/// Constants of the solid, all means of their fields.
public struct BrittleMaterial: Sendable, Hashable {
  /// Young's modulus, in Pa.
  public let young: Double
  /// Poisson's ratio, −1 < ν < 0.5.
  public let poisson: Double
  /// In kg/m³.
  public let density: Double
  /// Tensile strength f_t, in Pa.
  public let strength: Double
  /// Fracture energy G_F, in J/m².
  public let fractureEnergy: Double

  /// - Throws: `InvalidFracture` for a quantity that is not above 0, or ν outside (−1, 0.5).
  public init(
    young: Double, poisson: Double, density: Double, strength: Double, fractureEnergy: Double
  ) throws(InvalidFracture) {
    try requirePositive("young", young)
    guard poisson > -1, poisson < 0.5 else {
      throw InvalidFracture("poisson", poisson, expected: "above -1 and below 0.5")
    }
    try requirePositive("density", density)
    try requirePositive("strength", strength)
    try requirePositive("fractureEnergy", fractureEnergy)
    (self.young, self.poisson, self.density) = (young, poisson, density)
    (self.strength, self.fractureEnergy) = (strength, fractureEnergy)
  }

  /// Speed of a wave along a thin bar, in m/s.
  public var barSpeed: Double { (young / density).squareRoot() }

  /// Characteristic length l_ch, in m: how far the strength is felt around the tip of a crack.
  public var cohesiveLength: Double { young * fractureEnergy / (strength * strength) }

  /// Largest element edge that resolves a crack of this material, in m.
  public var largestEdge: Double { cohesiveLength / 5 }

  /// Largest edge for a body of the given depth in the direction of bending (m): also six elements
  /// in the depth.
  public func largestEdge(depth: Double) -> Double { min(largestEdge, depth / 6) }

  /// The 6×6 elastic matrix by columns; order xx, yy, zz, xy, yz, zx with engineering shear. In Pa.
  var elasticity: [Double] {
    let factor = young / ((1 + poisson) * (1 - 2 * poisson))
    var d = [Double](repeating: 0, count: 36)
    for row in 0..<3 {
      for column in 0..<3 { d[column * 6 + row] = factor * (row == column ? 1 - poisson : poisson) }
      d[(row + 3) * 7] = young / (2 * (1 + poisson))
    }
    return d
  }
}
