// The largest stable step.
//
// Equation        ω² ≤ λ_max(K)/m_c + 4κc₀²Σ1/h² + ε·A/m_c + Σε·A/M; Δt = 0.85·2/ω,
//                 0.5·2/ω once a face is open, or where a contact is stiffer than the elements
// Discretisation  each term bounds one kind of spring between the corner masses m_c = ρV/8; a sum of
//                 springs vibrates no faster than the sum of the bounds
// Source          Irons' theorem: an assembly is no faster than its fastest element
// Deviation       none
// Validity        no stiffness beyond those listed; the second term only once a face is open
// Checked by      StepLimitTests: 0.0987·h/c₀ at κ = 8, 0.658·h/c₀ before

/// What holds the step down.
public enum StepCause: String, Sendable, Hashable {
  case element
  case face
  case contact
}

/// A step and its reason.
public struct StepLimit: Sendable, Hashable {
  /// In s.
  public let step: Double
  /// The largest of the terms.
  public let cause: StepCause

  /// Part of the stable step that is used before the first crack.
  public static let margin = 0.85
  /// The same with cracks: 0.85 is stable too, but a crack point that meets its other side within a step
  /// does work that differs from its energy by the square of the step: up to 5e-4 of the input for bricks
  /// that fall on pads of 1e11 to 1e13 Pa/m (fifty falls; 9e-4 once, where thousands chatter).
  public static let openMargin = 0.5

  init(solid: Solid, isOpen: Bool, stiffnessFactor: Double, contactRate: Double) {
    let h = solid.lattice.edges
    let speed = solid.material.barSpeed
    let elastic = solid.element.largestEigenvalue / solid.cornerMass
    let inverse = (1 / (h * h)).sum()
    let face = isOpen ? 4 * stiffnessFactor * speed * speed * inverse : 0
    let part = isOpen || contactRate > elastic ? Self.openMargin : Self.margin
    step = part * 2 / (elastic + face + contactRate).squareRoot()
    if face >= elastic, face >= contactRate {
      cause = .face
    } else {
      cause = contactRate > elastic ? .contact : .element
    }
  }
}
