// A uniform staggered grid over the half plane (r, z), or over a plane (x, z).
//
// Discretisation  nr × nz cells of hr × hz with a corner at (0, 0). Nodes stand at (i·hr, j·hz), velocity
//                 components on faces, pressure and normal strains at centres, the shear strain and the
//                 stream function at nodes. Node (i, j) has the number i·(nz+1)+j, so that numbers run
//                 along z.
// Validity        axisymmetric flow without swirl: everything is per radian; plane flow has metric 1

/// What stands at an end of the grid.
public enum MeridianEnd: Sendable, Hashable {
  /// Liquid sticks to it; the liquid's own velocity there is prescribed by the stream function.
  case wall
  /// Liquid glides along it.
  case slip
  /// Liquid leaves through it free of stress.
  case open
}

public struct MeridianGrid: Sendable, Hashable {
  /// Cells along r and z.
  public let nr: Int
  public let nz: Int
  /// Cell edges, in m.
  public let hr: Double
  public let hz: Double
  /// Plane flow: x for r, no hoop strain, metric 1; quantities are per metre of depth.
  public let isPlane: Bool

  public init(nr: Int, nz: Int, hr: Double, hz: Double, isPlane: Bool = false) {
    precondition(nr > 0 && nz > 0 && hr > 0 && hz > 0, "a grid needs cells")
    (self.nr, self.nz, self.hr, self.hz, self.isPlane) = (nr, nz, hr, hz, isPlane)
  }

  public var nodeCount: Int { (nr + 1) * (nz + 1) }
  /// The smaller edge of a cell.
  public var h: Double { min(hr, hz) }
  public var width: Double { Double(nr) * hr }
  public var height: Double { Double(nz) * hz }

  @inlinable
  public func node(_ i: Int, _ j: Int) -> Int { i * (nz + 1) + j }

  /// The metric at a radius in cells: r, or 1 in the plane.
  @inlinable
  public func metric(_ cells: Double) -> Double { isPlane ? 1 : cells * hr }
}
