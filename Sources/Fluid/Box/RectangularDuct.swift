// Fully developed flow along a duct with a rectangular section.
//
// Equation        ∇²w = −G/μ in the section, w = 0 on its walls; Q = ∫ w dA = C·G a⁴/μ for a square
// Discretisation  five points at cell centres, walls half a cell away, order 2; one solve by
//                 FastDiagonalisation; Q is the sum over cells
// Source          standard; series in White 1991, Viscous Fluid Flow, section 3-3
// Deviation       none
// Validity        laminar, fully developed
// Checked by      RectangularDuctTests: series, order

import LinearAlgebra

/// Speed along the duct on one grid.
public struct RectangularDuct: Sendable {
  /// Sides of the section, in m.
  public let width: Double
  public let height: Double
  /// Cells along each side.
  public let cells: Int
  /// Speed at cell centres for G/μ = 1/(m·s), along the width fastest, in m/s.
  public let speed: [Double]

  /// - Throws: `InvalidFlow` unless both sides are above 0 and 4 ≤ cells ≤ 4096.
  public init(width: Double, height: Double, cells: Int) throws(InvalidFlow) {
    let still = BoxSide.Closing.walls(lowSpeed: 0, highSpeed: 0)
    let across = try BoxSide(length: width, cells: cells, closing: still)
    let up = try BoxSide(length: height, cells: cells, closing: still)
    (self.width, self.height, self.cells) = (width, height, cells)
    var solver = FastDiagonalisation(
      axes: [across.cellAxis(.dirichletFace), up.cellAxis(.dirichletFace)])
    var field = [Double](repeating: 1, count: solver.count)
    solver.solve(&field)
    speed = field
  }

  /// Flow rate over G/μ, in m⁴; for a unit square the constant C.
  public var flowRate: Double {
    speed.reduce(0, +) * width * height / Double(cells * cells)
  }
}
