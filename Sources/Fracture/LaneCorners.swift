// Vectors at the eight corners of four elements side by side, and their parity modes.
//
// Equation        vᵢ = Σ_s χ_s(i)·v̂_s, χ_s(i) the product over the bits a of s of −1 or +1 as corner i lies
//                 at the lower or upper end of axis a; v̂_s = ⅛·Σᵢ χ_s(i)·vᵢ
// Discretisation  none: three rounds of sums and differences
// Source          the Walsh–Hadamard transform; hourglass modes of a box: Flanagan & Belytschko 1981,
//                 Int. J. Numer. Methods Eng. 17, 679
// Deviation       none
// Validity        none
// Checked by      ParityStiffnessTests: there and back

/// x, y, z of four elements side by side.
struct LaneVector {
  var x, y, z: SIMD4<Double>

  static var zero: LaneVector { LaneVector(x: .zero, y: .zero, z: .zero) }

  @inline(__always)
  static func + (_ a: LaneVector, _ b: LaneVector) -> LaneVector {
    LaneVector(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z)
  }

  @inline(__always)
  static func - (_ a: LaneVector, _ b: LaneVector) -> LaneVector {
    LaneVector(x: a.x - b.x, y: a.y - b.y, z: a.z - b.z)
  }

  @inline(__always)
  static func * (_ factor: SIMD4<Double>, _ a: LaneVector) -> LaneVector {
    LaneVector(x: factor * a.x, y: factor * a.y, z: factor * a.z)
  }
}

extension LaneVector {
  /// The same vector in all lanes.
  init(_ v: SIMD3<Double>) {
    self.init(x: SIMD4(repeating: v.x), y: SIMD4(repeating: v.y), z: SIMD4(repeating: v.z))
  }
}

/// One vector a corner, or one a parity mode. Corner and mode 0 … 7 by the bits of x, y, z; mode 0 is
/// the mean, modes 1, 2 and 4 are half the differences along the edges.
struct LaneCorners {
  var v0, v1, v2, v3, v4, v5, v6, v7: LaneVector

  /// Eight times the modes of values at corners.
  @inline(__always)
  var modes: LaneCorners {
    let (a0, a1, a2, a3) = (v0 + v1, v1 - v0, v2 + v3, v3 - v2)
    let (a4, a5, a6, a7) = (v4 + v5, v5 - v4, v6 + v7, v7 - v6)
    let (b0, b1, b2, b3) = (a0 + a2, a1 + a3, a2 - a0, a3 - a1)
    let (b4, b5, b6, b7) = (a4 + a6, a5 + a7, a6 - a4, a7 - a5)
    return LaneCorners(
      v0: b0 + b4, v1: b1 + b5, v2: b2 + b6, v3: b3 + b7, v4: b4 - b0, v5: b5 - b1, v6: b6 - b2,
      v7: b7 - b3)
  }

  /// Values at corners of modes whose mean is 0.
  @inline(__always)
  var corners: LaneCorners {
    let (a2, a3) = (v2 - v3, v2 + v3)
    let (a4, a5, a6, a7) = (v4 - v5, v4 + v5, v6 - v7, v6 + v7)
    let (b0, b1, b2, b3) = (v1 + a2, v1 - a3, a2 - v1, v1 + a3)
    let (b4, b5, b6, b7) = (a4 - a6, a5 - a7, a4 + a6, a5 + a7)
    return LaneCorners(
      v0: .zero - (b0 + b4), v1: b1 - b5, v2: b2 - b6, v3: b3 - b7, v4: b4 - b0, v5: b1 + b5,
      v6: b2 + b6, v7: b3 + b7)
  }
}

extension LaneCorners {
  @inline(__always)
  static func * (_ factor: SIMD4<Double>, _ a: LaneCorners) -> LaneCorners {
    LaneCorners(
      v0: factor * a.v0, v1: factor * a.v1, v2: factor * a.v2, v3: factor * a.v3,
      v4: factor * a.v4, v5: factor * a.v5, v6: factor * a.v6, v7: factor * a.v7)
  }
}
