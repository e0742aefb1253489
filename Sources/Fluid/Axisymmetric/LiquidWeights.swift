// How much liquid each sample of the staggered grid owns: one field for all of them.
//
// Equation        q = ∫ r dr dz over the liquid in a half-size cell; a sample owns the four half cells
//                 around it
// Discretisation  exact for a polygonal surface (LiquidSurface+Fractions); the sets of centres, r faces,
//                 z faces and nodes each sum to the same volume, less what lies at the ends
// Source          Batty & Bridson 2010, arXiv:1010.2832 (variational weights); separate fields for faces
//                 and nodes leave liquid hanging
// Validity        q between 0 and that of a full half cell
// Checked by      LiquidSurfaceTests

/// Volumes per radian (in m³; per metre of depth, in m², in plane flow).
public struct LiquidWeights: Sendable {
  public let grid: MeridianGrid
  /// Half cell (a, b), a < 2nr, b < 2nz, at a·2nz + b.
  public var halves: [Double]

  public init(grid: MeridianGrid) {
    self.grid = grid
    halves = [Double](repeating: 0, count: 4 * grid.nr * grid.nz)
  }

  /// A full half cell of column a.
  @inlinable
  public func full(_ a: Int) -> Double {
    grid.metric(0.5 * (Double(a) + 0.5)) * 0.25 * grid.hr * grid.hz
  }

  @inlinable
  func half(_ a: Int, _ b: Int) -> Double {
    guard a >= 0, b >= 0, a < 2 * grid.nr, b < 2 * grid.nz else { return 0 }
    return halves[a * 2 * grid.nz + b]
  }

  @inlinable
  func block(_ a: Int, _ b: Int) -> Double {
    half(a, b) + half(a + 1, b) + half(a, b + 1) + half(a + 1, b + 1)
  }

  /// Cell (i, j).
  public func centre(_ i: Int, _ j: Int) -> Double { block(2 * i, 2 * j) }
  /// Face at r_i between z_j and z_{j+1}.
  public func rFace(_ i: Int, _ j: Int) -> Double { block(2 * i - 1, 2 * j) }
  /// Face at z_j between r_i and r_{i+1}.
  public func zFace(_ i: Int, _ j: Int) -> Double { block(2 * i, 2 * j - 1) }
  public func node(_ i: Int, _ j: Int) -> Double { block(2 * i - 1, 2 * j - 1) }

  /// Sum of all half cells.
  public var volume: Double { halves.reduce(0, +) }
}
