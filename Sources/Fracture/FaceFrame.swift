// The frame of a crack face between two elements that turn.
//
// Equation        r = (p + q)/|p + q| for unit quaternions p, q of the elements, p·q ≥ 0;
//                 ω = ½(ω_p + ω_q) + (ω_q − ω_p) × v/(2(1 + c)), (c, v) = q·p*, so that a moment M on the
//                 frame is ½M ∓ v × M/(2(1 + c)) on its elements
// Discretisation  none
// Source          derivative of r with the rates p' = ½ω_p·p and q' = ½ω_q·q
// Deviation       none
// Validity        the elements differ by less than 180°
// Checked by      FaceFrameTests: rate by differences

/// Axes of a face, in world axes, and how a moment on them is shared.
struct FaceFrame {
  let normal: SIMD3<Double>
  let first: SIMD3<Double>
  let second: SIMD3<Double>
  /// v/(2(1 + c)): a quarter of the turn from the lower to the upper element, for a small one.
  let bend: SIMD3<Double>

  /// Unit quaternions (w, x, y, z) of the elements below and above a face across `axis`.
  @inline(__always)
  init(low p: SIMD4<Double>, high: SIMD4<Double>, axis: Int) {
    let q = (p * high).sum() < 0 ? -high : high
    let sum = p + q
    let square = (sum * sum).sum()
    let frame = Rotation(sum / square.squareRoot())
    (normal, first, second) = (frame[axis], frame[(axis + 1) % 3], frame[(axis + 2) % 3])
    // |p + q|² = 2(1 + c)
    let (a, b) = (SIMD3(p.y, p.z, p.w), SIMD3(q.y, q.z, q.w))
    bend = (p.x * b - q.x * a - cross(b, a)) / square
  }

  /// The moments (N·m) on the lower and the upper element that do the work of `moment` on the frame.
  @inline(__always)
  func share(of moment: SIMD3<Double>) -> (low: SIMD3<Double>, high: SIMD3<Double>) {
    let part = cross(bend, moment)
    return (0.5 * moment - part, 0.5 * moment + part)
  }
}
