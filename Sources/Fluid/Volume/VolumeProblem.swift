// One implicit step of a viscous liquid in a box: what is given.
//
// Equation        min over u of ∫ (ρ/2Δt)|u − u*|² + ∫ μ e:e, subject to div u = s; u* = u_transported + Δt g
// Validity        see StressSystem

public struct VolumeProblem: Sendable {
  public var weights: VolumeWeights
  /// In kg/m³.
  public var density: Double
  /// In Pa·s, where `viscosities` does not say otherwise.
  public var viscosity: Double
  /// In s.
  public var step: Double
  /// In m/s².
  public var gravity: SIMD3<Double>
  /// Transported velocity of the three lower faces of each slot, in m/s.
  public var before: [SIMD4<Double>]
  /// Divergence s that is asked for, by slot of the cell, in 1/s; empty: 0.
  public var source: [Double] = []
  /// Viscosities at the centre and the xy, xz and yz edges of each slot, in Pa·s; empty: `viscosity`.
  public var viscosities: [SIMD4<Double>] = []
  /// Speed (m/s, along z) that is prescribed at faces of the upper end of z: i·ny + j; empty: none.
  public var inlet: [Double?] = []

  /// Liquid at rest.
  public init(
    weights: VolumeWeights, density: Double, viscosity: Double, step: Double,
    gravity: SIMD3<Double>
  ) {
    (self.weights, self.density, self.viscosity) = (weights, density, viscosity)
    (self.step, self.gravity) = (step, gravity)
    before = [SIMD4<Double>](repeating: .zero, count: weights.grid.slotCount)
  }

  public var grid: VolumeGrid { weights.grid }

  func inletSpeed(_ i: Int, _ j: Int) -> Double? {
    inlet.isEmpty || i < 0 || j < 0 || i >= grid.cells.x || j >= grid.cells.y
      ? nil : inlet[i * grid.cells.y + j]
  }
}
