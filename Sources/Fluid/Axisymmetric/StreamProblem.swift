// One implicit step of a viscous liquid on the meridian grid, as data.
//
// Equation        minimum over ψ of ∫ (ρ/2Δt)|u − u*|² + ∫ μ e(u):e(u) − ∫ ρ g·u with u = curl ψ:
//                 backward Euler of ρ Du/Dt = ∇·σ + ρg, stress-free where the liquid ends
// Source          Batty & Bridson 2010, arXiv:1010.2832; Larionov, Batty & Bridson 2017, ACM Trans.
//                 Graph. 36(4) (viscosity and pressure in one solve)
// Validity        μ > 0, ρ ≥ 0; Δt = ∞ leaves inertia out

/// What a node's stream function is.
public enum StreamNode: Sendable, Hashable {
  /// Found by the solve where liquid needs it.
  case free
  /// Known: walls, the axis, the mouth of a nozzle (m³/s per radian).
  case fixed(Double)
  /// The same unknown for all nodes with this number, such as a wall with unknown flux.
  case tied(Int)
  /// Inside a rigid ball on the axis: ψ = U r²/2 with one unknown U.
  case rigid
}

/// A rigid ball on the axis, as one step sees it; mass and forces per radian.
public struct StreamBall: Sendable, Hashable {
  /// In kg/rad.
  public var mass: Double
  /// Speed along z before the step, in m/s.
  public var speed: Double
  /// Weight less buoyancy along z, in N/rad.
  public var force: Double

  public init(mass: Double, speed: Double, force: Double) {
    (self.mass, self.speed, self.force) = (mass, speed, force)
  }
}

public struct StreamProblem: Sendable {
  public var weights: LiquidWeights
  public var grid: MeridianGrid { weights.grid }
  /// In kg/m³.
  public var density: Double
  /// In Pa·s: at centres, i·nz + j, and at nodes.
  public var centreViscosity: [Double]
  public var nodeViscosity: [Double]
  /// In s.
  public var step: Double
  /// Acceleration along z and along r (plane flow), in m/s².
  public var gravity: Double
  public var lateralGravity: Double = 0
  /// Transported velocities at r faces, i·nz + j, and at z faces, i·(nz+1) + j, in m/s.
  public var rVelocity: [Double]
  public var zVelocity: [Double]
  /// Pull of the surface on r and z faces along r and z, in N/rad; empty: none.
  public var rPull: [Double] = []
  public var zPull: [Double] = []
  public var nodes: [StreamNode]
  public var ball: StreamBall?
  /// Part of each half cell that a ball fills, as a volume per radian; empty without a ball. Weights hold
  /// the liquid alone.
  public var ballHalves: [Double] = []
  public var bottom: MeridianEnd = .wall
  public var top: MeridianEnd = .open
  /// Speed of a wall at the top along r (plane flow), in m/s.
  public var lidSpeed = 0.0
  /// Nodes of the top below this radius are a nozzle's mouth: there the end is like a wall.
  public var nozzle: Double = 0
  /// Of the outer side, below `rim` (rows of cells); above it the side is open.
  public var side: MeridianEnd = .open
  public var rim: Int = 0
  /// What stands at r = 0 in plane flow; an axis otherwise.
  public var left: MeridianEnd = .slip

  public init(
    weights: LiquidWeights, density: Double, viscosity: Double, step: Double, gravity: Double
  ) {
    let grid = weights.grid
    self.weights = weights
    (self.density, self.step, self.gravity) = (density, step, gravity)
    centreViscosity = [Double](repeating: viscosity, count: grid.nr * grid.nz)
    nodeViscosity = [Double](repeating: viscosity, count: grid.nodeCount)
    rVelocity = [Double](repeating: 0, count: (grid.nr + 1) * grid.nz)
    zVelocity = [Double](repeating: 0, count: grid.nr * (grid.nz + 1))
    nodes = [StreamNode](repeating: .free, count: grid.nodeCount)
    if !grid.isPlane { for j in 0...grid.nz { nodes[grid.node(0, j)] = .fixed(0) } }
  }

  /// Nodes along the bottom, or up the side to the rim, take one value.
  public mutating func fixBottom(_ value: Double = 0) {
    for i in 0...grid.nr { nodes[grid.node(i, 0)] = .fixed(value) }
  }

  public mutating func fixSide(_ value: Double = 0) {
    for j in 0...min(rim, grid.nz) where rim > 0 { nodes[grid.node(grid.nr, j)] = .fixed(value) }
  }

  /// Where both grids have the sample: a first guess for a law of the rate.
  mutating func takeViscosities(of other: StreamProblem) {
    let (mine, theirs) = (grid, other.grid)
    for i in 0..<min(mine.nr, theirs.nr) {
      for j in 0..<min(mine.nz, theirs.nz) {
        centreViscosity[i * mine.nz + j] = other.centreViscosity[i * theirs.nz + j]
      }
    }
    for i in 0...min(mine.nr, theirs.nr) {
      for j in 0...min(mine.nz, theirs.nz) {
        nodeViscosity[mine.node(i, j)] = other.nodeViscosity[theirs.node(i, j)]
      }
    }
  }
}
