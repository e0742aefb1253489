// One direction of a box grid and its second difference.
//
// Equation        (A u)_i = (−u_{i−1} + 2 u_i − u_{i+1}) / h²; an end replaces the value outside:
//                 Dirichlet at a node  u_{−1} = 0      (the wall is one spacing away)
//                 Dirichlet at a face  u_{−1} = −u_0   (the wall is half a spacing away)
//                 Neumann at a face    u_{−1} = u_0
//                 Neumann at a node    u_{−1} = u_1    (the first unknown lies on the wall)
// Discretisation  central, order 2 for the solution at every kind of end
// Source          standard; Harlow & Welch 1965, Phys. Fluids 8, 2182 for the staggered positions
// Deviation       none
// Validity        equal spacing; two unknowns or more, three if periodic
// Checked by      FastDiagonalisationTests: eigenvalues in closed form, residuals of every end

/// Unknowns of one direction of a box grid: how many, how far apart, and what happens at the ends.
public struct GridAxis: Sendable, Hashable {
  /// What replaces the value outside an end.
  public enum End: Sendable, Hashable {
    /// Zero value one spacing beyond the outermost unknown.
    case dirichletNode
    /// Zero value half a spacing beyond the outermost unknown.
    case dirichletFace
    /// Zero derivative on the outermost unknown itself.
    case neumannNode
    /// Zero derivative half a spacing beyond the outermost unknown.
    case neumannFace
  }

  /// Number of unknowns.
  public let count: Int
  /// Distance between unknowns, above 0.
  public let spacing: Double
  /// Both ends, or nil where the axis closes on itself.
  public let ends: Ends?

  /// The end before the first and the one behind the last unknown.
  public struct Ends: Sendable, Hashable {
    public let low: End
    public let high: End
  }

  /// An axis between two ends. At least two unknowns and a spacing above 0, or it traps.
  public init(count: Int, spacing: Double, low: End, high: End) {
    precondition(count >= 2, "an axis needs 2 unknowns, not \(count)")
    precondition(spacing > 0 && spacing.isFinite, "spacing \(spacing) is not above 0")
    (self.count, self.spacing) = (count, spacing)
    ends = Ends(low: low, high: high)
  }

  /// A periodic axis of `count`·`spacing` length. At least three unknowns, or it traps.
  public init(periodic count: Int, spacing: Double) {
    precondition(count >= 3, "a periodic axis needs 3 unknowns, not \(count)")
    precondition(spacing > 0 && spacing.isFinite, "spacing \(spacing) is not above 0")
    (self.count, self.spacing) = (count, spacing)
    ends = nil
  }

  /// Diagonal element of A·h² in the first or last row, and the factor of its one neighbour.
  static func row(_ end: End) -> (own: Double, next: Double) {
    switch end {
    case .dirichletNode: (2, -1)
    case .dirichletFace: (3, -1)
    case .neumannNode: (2, -2)
    case .neumannFace: (1, -1)
    }
  }
}
