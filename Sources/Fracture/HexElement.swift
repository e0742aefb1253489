// Box element with eight corners and nine incompatible modes, condensed to its corners once.
//
// Equation        u = Σ Nᵢuᵢ + Σ_k (1−ξ_k²)·a_k; K = K_uu − K_uaᵀ·K_aa⁻¹·K_ua;
//                 σ = D·(B + G·A)·u with A = −K_aa⁻¹·K_au
// Discretisation  2×2×2 Gauss points; displacements of order 2, bending without locking
// Source          Wilson, Taylor, Doherty & Ghaboussi 1973 (Numerical and Computer Methods in
//                 Structural Mechanics); Taylor, Beresford & Wilson 1976, Int. J. Numer. Methods
//                 Eng. 10, 1211
// Deviation       none: in a box the Jacobian is constant, so the modes of 1973 pass the patch test
// Validity        small strain in the frame of the element; one elastic matrix
// Checked by      HexElementTests: zero modes, patch of seven, largest eigenvalue, stress recovery

import LinearAlgebra

/// The matrices that every element of a lattice shares.
///
/// Corner c lies at the upper end of x, y, z where bit 0, 1, 2 of c is set; its displacements are the
/// numbers 3c, 3c+1, 3c+2. Matrices are stored by columns.
public struct HexElement: Sendable {
  /// Edges of the box, in m.
  public let edges: SIMD3<Double>
  /// 24×24, in N/m.
  public let stiffness: [Double]
  /// 48×24: six stresses (xx, yy, zz, xy, yz, zx) at each corner from the displacements, in Pa/m.
  public let cornerStress: [Double]
  /// Largest eigenvalue of `stiffness`, in N/m.
  public let largestEigenvalue: Double
  /// c in |t|² ≤ 2·c·e: what the strain energy e (J) says of the traction t (Pa) on any face, at any
  /// corner. In Pa²/J.
  public let tractionBound: Double

  /// About 0.2 ms. Edges in m, above 0.
  public init(material: BrittleMaterial, edges: SIMD3<Double>) throws(InvalidFracture) {
    for axis in 0..<3 { try requirePositive("edge", edges[axis]) }
    self.edges = edges
    let d = material.elasticity
    let volume = edges.x * edges.y * edges.z
    let gauss = 1 / 3.0.squareRoot()

    // all products of the strains of corners (24) and modes (9) in one 33×33 matrix
    var full = [Double](repeating: 0, count: 33 * 33)
    for point in 0..<8 {
      let xi = Self.corner(point) * gauss
      let strain = Self.strains(at: xi, edges: edges)
      let stress = Self.product(d, strain, rows: 6, inner: 6, columns: 33)
      for column in 0..<33 {
        for row in 0..<33 {
          var sum = 0.0
          for k in 0..<6 { sum += strain[row * 6 + k] * stress[column * 6 + k] }
          full[column * 33 + row] += sum * volume / 8
        }
      }
    }

    // the modes follow the corners: a = A·u
    var inner = DenseCholesky()
    inner.reset(size: 9)
    for column in 0..<9 {
      for row in column..<9 { inner[row, column] = full[(24 + column) * 33 + 24 + row] }
    }
    guard inner.factor() else {
      throw InvalidFracture("poisson", material.poisson, expected: "a positive definite solid")
    }
    var modes = [Double](repeating: 0, count: 9 * 24)
    for column in 0..<24 {
      var right = (0..<9).map { -full[column * 33 + 24 + $0] }
      inner.solve(&right)
      for row in 0..<9 { modes[column * 9 + row] = right[row] }
    }
    var condensed = [Double](repeating: 0, count: 576)
    for column in 0..<24 {
      for row in 0..<24 {
        var sum = full[column * 33 + row]
        for k in 0..<9 { sum += full[(24 + k) * 33 + row] * modes[column * 9 + k] }
        condensed[column * 24 + row] = sum
      }
    }
    // rounding leaves the matrix unsymmetric in its last bits, and energy would not be exact
    for column in 0..<24 {
      for row in 0..<column {
        let mean = 0.5 * (condensed[column * 24 + row] + condensed[row * 24 + column])
        condensed[column * 24 + row] = mean
        condensed[row * 24 + column] = mean
      }
    }
    stiffness = condensed

    var recovery = [Double](repeating: 0, count: 48 * 24)
    for corner in 0..<8 {
      let strain = Self.strains(at: Self.corner(corner), edges: edges)
      var joined = [Double](repeating: 0, count: 6 * 24)
      for column in 0..<24 {
        for row in 0..<6 {
          var sum = strain[column * 6 + row]
          for k in 0..<9 { sum += strain[(24 + k) * 6 + row] * modes[column * 9 + k] }
          joined[column * 6 + row] = sum
        }
      }
      let stress = Self.product(d, joined, rows: 6, inner: 6, columns: 24)
      for column in 0..<24 {
        for row in 0..<6 { recovery[column * 48 + 6 * corner + row] = stress[column * 6 + row] }
      }
    }
    cornerStress = recovery

    guard let eigen = SymmetricEigen(condensed, size: 24) else {
      throw InvalidFracture("young", material.young, expected: "finite element matrices")
    }
    largestEigenvalue = eigen.values[23]
    tractionBound = Self.bound(recovery, eigen)
  }

  /// Reference position of a corner in units of half an edge.
  static func corner(_ index: Int) -> SIMD3<Double> {
    SIMD3(
      index & 1 == 0 ? -1 : 1, index & 2 == 0 ? -1 : 1, index & 4 == 0 ? -1 : 1)
  }

  /// Rows of the stress vector that make the traction on a face across `axis`.
  static let tractionRows: [[Int]] = [[0, 3, 5], [3, 1, 4], [5, 4, 2]]

  // 6×33: strains of the corner displacements and of the nine modes (axis k, component i: 3k+i)
  private static func strains(at xi: SIMD3<Double>, edges: SIMD3<Double>) -> [Double] {
    var b = [Double](repeating: 0, count: 6 * 33)
    func place(_ gradient: SIMD3<Double>, _ first: Int) {
      let (x, y, z) = (first * 6, (first + 1) * 6, (first + 2) * 6)
      b[x] = gradient.x
      b[y + 1] = gradient.y
      b[z + 2] = gradient.z
      b[x + 3] = gradient.y
      b[y + 3] = gradient.x
      b[y + 4] = gradient.z
      b[z + 4] = gradient.y
      b[x + 5] = gradient.z
      b[z + 5] = gradient.x
    }
    for index in 0..<8 {
      let s = corner(index)
      let f = SIMD3<Double>(repeating: 1) + s * xi
      let gradient = SIMD3(s.x * f.y * f.z, f.x * s.y * f.z, f.x * f.y * s.z)
      place(0.25 * gradient / edges, 3 * index)
    }
    for axis in 0..<3 {
      var gradient = SIMD3<Double>.zero
      gradient[axis] = -4 * xi[axis] / edges[axis]
      place(gradient, 24 + 3 * axis)
    }
    return b
  }

  private static func product(
    _ a: [Double], _ b: [Double], rows: Int, inner: Int, columns: Int
  ) -> [Double] {
    var c = [Double](repeating: 0, count: rows * columns)
    for column in 0..<columns {
      for k in 0..<inner {
        for row in 0..<rows { c[column * rows + row] += a[k * rows + row] * b[column * inner + k] }
      }
    }
    return c
  }

  // largest |T·u|² over uᵀKu: rigid motions carry no stress, so they drop out
  private static func bound(_ recovery: [Double], _ eigen: SymmetricEigen) -> Double {
    var largest = 0.0
    for corner in 0..<8 {
      for axis in 0..<3 {
        var square = [Double](repeating: 0, count: 9)
        for mode in 6..<24 {
          var traction = [0.0, 0, 0]
          for column in 0..<24 {
            for (part, row) in tractionRows[axis].enumerated() {
              traction[part] += recovery[column * 48 + 6 * corner + row] * eigen[column, mode]
            }
          }
          for i in 0..<3 {
            for j in 0..<3 { square[j * 3 + i] += traction[i] * traction[j] / eigen.values[mode] }
          }
        }
        if let part = SymmetricEigen(square, size: 3) { largest = max(largest, part.values[2]) }
      }
    }
    return largest
  }
}
