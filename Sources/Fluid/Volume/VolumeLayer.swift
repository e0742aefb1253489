// Horizontal layers of liquid: how wide, and where their middle is.

/// A layer of half cells.
public struct VolumeLayer: Sendable, Hashable {
  /// Of its middle, in m.
  public let height: Double
  /// In m².
  public let area: Double
  /// Centroid, in m.
  public let x: Double
  public let y: Double
}

extension VolumeWeights {
  /// The layers that hold liquid, from the top down.
  public var layers: [VolumeLayer] {
    let (nx, ny, nz) = (2 * grid.cells.x, 2 * grid.cells.y, 2 * grid.cells.z)
    let size = 0.5 * grid.h
    var sums = [SIMD3<Double>](repeating: .zero, count: nz)
    for a in 0..<nx {
      for b in 0..<ny {
        let row = (a * ny + b) * nz
        for c in 0..<nz where halves[row + c] > 0 {
          sums[c] += halves[row + c] * SIMD3(1, Double(a) + 0.5, Double(b) + 0.5)
        }
      }
    }
    return (0..<nz).reversed().compactMap { c in
      guard sums[c].x > 0 else { return nil }
      return VolumeLayer(
        height: (Double(c) + 0.5) * size, area: sums[c].x * size * size,
        x: sums[c].y / sums[c].x * size, y: sums[c].z / sums[c].x * size)
    }
  }
}
