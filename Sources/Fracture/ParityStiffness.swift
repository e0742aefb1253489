// Stiffness of a box element in its parity modes, where it falls into small blocks.
//
// Equation        K̂ = ⅛·WᵀKW, W the values of the parity modes at the corners; f̂ = K̂·û, energy 4·û·f̂.
//                 A mirror image along axis a changes the sign of component j of mode s if s has bit a,
//                 and again if j = a; so only numbers of equal s xor 2ʲ work on each other
// Discretisation  none: the matrix of HexElement. Of its 24 × 24 products 45 are left: stretch (3×3),
//                 shear (2×2) and hourglass of each plane, bending of each axis (2×2), twist (3×3)
// Source          blocks of a symmetric structure by its group: Healey & Treacy 1991, Int. J. Numer.
//                 Methods Eng. 31, 265; the modes: see LaneCorners
// Deviation       none
// Validity        an element that is its own mirror image along each axis: a box, an isotropic solid
// Checked by      ParityStiffnessTests: against the full matrix

/// The blocks, in N/m.
struct ParityStiffness: Sendable {
  /// x of mode 1, y of mode 2, z of mode 4: xx, yy, zz, xy, yz, zx.
  let stretch: [Double]
  /// x of mode 6, y of mode 5, z of mode 3, in the same order.
  let twist: [Double]
  /// y of mode 3 and z of mode 5; x of 3 and z of 6; x of 5 and y of 6: first, second, both.
  let bendX, bendY, bendZ: SIMD3<Double>
  /// x of mode 2 and y of mode 1; y of 4 and z of 2; z of 1 and x of 4: first, second, both.
  let shearXY, shearYZ, shearZX: SIMD3<Double>
  /// Mode 7.
  let hourglass: SIMD3<Double>
  /// Largest number outside the blocks over the largest of all: rounding, if the element is symmetric.
  let leak: Double

  /// From the 24×24 matrix of an element, by columns.
  init(_ stiffness: [Double]) {
    func sign(_ mode: Int, _ corner: Int) -> Double {
      (mode & ~corner).nonzeroBitCount & 1 == 0 ? 1 : -1
    }
    // columns, then rows
    var half = [Double](repeating: 0, count: 576)
    var full = half
    for column in 0..<24 {
      for row in 0..<24 {
        for corner in 0..<8 {
          half[column * 24 + row] +=
            stiffness[(3 * corner + column % 3) * 24 + row] * sign(column / 3, corner)
        }
      }
    }
    for column in 0..<24 {
      for row in 0..<24 {
        for corner in 0..<8 {
          full[column * 24 + row] +=
            0.125 * half[column * 24 + 3 * corner + row % 3] * sign(row / 3, corner)
        }
      }
    }
    var (largest, outside) = (0.0, 0.0)
    for column in 0..<24 {
      for row in 0..<24 {
        let value = abs(full[column * 24 + row])
        largest = max(largest, value)
        let (s, t) = (column / 3 ^ (1 << (column % 3)), row / 3 ^ (1 << (row % 3)))
        // rigid motions, and the hourglass against the shear of its plane, are 0 too
        let isApart = column / 3 == 0 || row / 3 == 0 || (column / 3 == 7) != (row / 3 == 7)
        if s != t || isApart { outside = max(outside, value) }
      }
    }
    leak = outside / largest
    func at(_ s: Int, _ i: Int, _ t: Int, _ j: Int) -> Double {
      0.5 * (full[(3 * s + i) * 24 + 3 * t + j] + full[(3 * t + j) * 24 + 3 * s + i])
    }
    func pair(_ s: Int, _ i: Int, _ t: Int, _ j: Int) -> SIMD3<Double> {
      SIMD3(at(s, i, s, i), at(t, j, t, j), at(s, i, t, j))
    }
    func triple(_ s: Int, _ t: Int, _ u: Int) -> [Double] {
      [
        at(s, 0, s, 0), at(t, 1, t, 1), at(u, 2, u, 2), at(s, 0, t, 1), at(t, 1, u, 2),
        at(u, 2, s, 0),
      ]
    }
    (stretch, twist) = (triple(1, 2, 4), triple(6, 5, 3))
    (bendX, bendY, bendZ) = (pair(3, 1, 5, 2), pair(3, 0, 6, 2), pair(5, 0, 6, 1))
    (shearXY, shearYZ, shearZX) = (pair(2, 0, 1, 1), pair(4, 1, 2, 2), pair(1, 2, 4, 0))
    hourglass = SIMD3(at(7, 0, 7, 0), at(7, 1, 7, 1), at(7, 2, 7, 2))
  }
}

/// The same blocks in all lanes, for the inner loop.
struct ParityBlocks {
  let sxx, syy, szz, sxy, syz, szx: Lane
  let txx, tyy, tzz, txy, tyz, tzx: Lane
  let bendX, bendY, bendZ, shearXY, shearYZ, shearZX, hourglass: LaneVector

  init(_ k: ParityStiffness) {
    let (s, t) = (k.stretch.map { Lane(repeating: $0) }, k.twist.map { Lane(repeating: $0) })
    (sxx, syy, szz, sxy, syz, szx) = (s[0], s[1], s[2], s[3], s[4], s[5])
    (txx, tyy, tzz, txy, tyz, tzx) = (t[0], t[1], t[2], t[3], t[4], t[5])
    (bendX, bendY, bendZ) = (LaneVector(k.bendX), LaneVector(k.bendY), LaneVector(k.bendZ))
    shearXY = LaneVector(k.shearXY)
    shearYZ = LaneVector(k.shearYZ)
    shearZX = LaneVector(k.shearZX)
    hourglass = LaneVector(k.hourglass)
  }

  /// f̂ = K̂·û; mode 0 stays 0.
  @inline(__always)
  func force(_ u: LaneCorners) -> LaneCorners {
    let (a, b, c) = (u.v1.x, u.v2.y, u.v4.z)
    let (p, q, r) = (u.v6.x, u.v5.y, u.v3.z)
    return LaneCorners(
      v0: .zero,
      v1: LaneVector(
        x: sxx * a + sxy * b + szx * c, y: shearXY.z * u.v2.x + shearXY.y * u.v1.y,
        z: shearZX.x * u.v1.z + shearZX.z * u.v4.x),
      v2: LaneVector(
        x: shearXY.x * u.v2.x + shearXY.z * u.v1.y, y: sxy * a + syy * b + syz * c,
        z: shearYZ.z * u.v4.y + shearYZ.y * u.v2.z),
      v3: LaneVector(
        x: bendY.x * u.v3.x + bendY.z * u.v6.z, y: bendX.x * u.v3.y + bendX.z * u.v5.z,
        z: tzx * p + tyz * q + tzz * r),
      v4: LaneVector(
        x: shearZX.z * u.v1.z + shearZX.y * u.v4.x, y: shearYZ.x * u.v4.y + shearYZ.z * u.v2.z,
        z: szx * a + syz * b + szz * c),
      v5: LaneVector(
        x: bendZ.x * u.v5.x + bendZ.z * u.v6.y, y: txy * p + tyy * q + tyz * r,
        z: bendX.z * u.v3.y + bendX.y * u.v5.z),
      v6: LaneVector(
        x: txx * p + txy * q + tzx * r, y: bendZ.z * u.v5.x + bendZ.y * u.v6.y,
        z: bendY.z * u.v3.x + bendY.y * u.v6.z),
      v7: LaneVector(
        x: hourglass.x * u.v7.x, y: hourglass.y * u.v7.y, z: hourglass.z * u.v7.z))
  }
}
