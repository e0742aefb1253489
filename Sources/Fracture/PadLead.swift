// What is known of the coming step when a pad is asked for its pressure.
//
// Equation        v' = v + ½(Δt + Δt')(f/m − g), x' = x + Δt'·v': the leapfrog of BrickTest
// Discretisation  none
// Source          see BrickTest
// Deviation       a striker's speed is that under its last force
// Validity        f is all but the force of the pad
// Checked by      PadSpringTests

/// Steps and the motion of the shape.
struct PadLead: Sendable {
  /// Steps behind and ahead, in s.
  let last, next: Double
  /// In m/s².
  let gravity: Double
  /// Of the shape in the coming step, up, in m/s.
  let speed: Double

  /// Way (m) of a node along `normal`, against the shape, in the coming step without pressure, and how
  /// much a Pa adds to it (m/Pa) for an area over the mass (m²/kg) `yield`.
  @inline(__always)
  func way(
    _ velocity: SIMD4<Double>, acceleration: SIMD4<Double>, _ normal: SIMD3<Double>, yield: Double
  ) -> (Double, Double) {
    let mean = 0.5 * (last + next)
    let v = velocity + mean * (acceleration - SIMD4(0, 0, gravity, 0)) - SIMD4(0, 0, speed, 0)
    return (next * dot(SIMD3(v.x, v.y, v.z), normal), next * mean * yield)
  }
}
