// One island's problem of contact mechanics: rows, laws, and the motion without reactions.
//
// Equation    v = v_free + M⁻¹·Σ Fᵀr;  on each group of rows  u = J·v + bias  with the law
//               bilateral   u = 0
//               unilateral  0 ≤ u ⟂ r ≥ 0
//               cone        K*_μ ∋ û ⟂ r ∈ K_μ,  û = u + μ|u_T|n  (de Saxcé & Feng 1998)
//             v is a velocity (impacts, time steps) or an acceleration (forces at an instant).
// Frames      6 numbers a body: centre of mass in world axes, then rotation in body axes, so that
//             M is diagonal and constant.

/// The law of a group of rows.
public enum RowLaw: Sendable, Hashable {
  /// 1 to 3 rows that are held.
  case bilateral
  /// One row that pushes and never pulls; its force may act along other directions than it measures
  /// (friction of a contact that slides already).
  case unilateral
  /// Three rows: normal and two tangents, with a friction coefficient.
  case cone(friction: Double)
}

/// Rows that share a law and a pair of bodies.
public struct RowGroup: Sendable, Hashable {
  public var law: RowLaw
  /// Index of the body in the island; −1 for what does not react (the world, prescribed bodies).
  public var bodyA: Int
  public var bodyB: Int
  /// First row and number of rows (1 to 3).
  public var first: Int
  public var count: Int

  @inlinable
  public init(law: RowLaw, bodyA: Int, bodyB: Int, first: Int, count: Int) {
    (self.law, self.bodyA, self.bodyB) = (law, bodyA, bodyB)
    (self.first, self.count) = (first, count)
  }
}

/// Rows and bodies of one island. Flat arrays, no references: a value that is cheap to rebuild.
public struct ContactProblem: Sendable {
  /// 6 numbers a body: m, m, m, I₁, I₂, I₃.
  public var mass: [Double] = []
  /// Motion without reactions, 6 numbers a body.
  public var free: [Double] = []
  public var groups: [RowGroup] = []
  /// 12 numbers a row: coefficients of body A, then of body B.
  public var jacobian: [Double] = []
  /// 12 numbers a row, as `jacobian`, where a row's force differs from what it measures; empty if no
  /// row's does.
  public var force: [Double] = []
  /// One number a row, added to J·v.
  public var bias: [Double] = []
  /// One number a row: first guess in.
  public var reaction: [Double] = []

  public init() {}

  public var bodyCount: Int { mass.count / 6 }
  public var rowCount: Int { bias.count }
}

/// What the solver found.
public struct ContactSolution: Sendable {
  /// 6 numbers a body.
  public var motion: [Double]
  /// One number a row.
  public var reaction: [Double]
  /// Largest r − P_K(r − û/w) over the groups, relative to the largest reaction.
  public var certificate: Double
  public var factorisations: Int
  public var outerPasses: Int

  public init(
    motion: [Double], reaction: [Double], certificate: Double, factorisations: Int,
    outerPasses: Int
  ) {
    (self.motion, self.reaction, self.certificate) = (motion, reaction, certificate)
    (self.factorisations, self.outerPasses) = (factorisations, outerPasses)
  }
}
