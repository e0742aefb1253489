// Direction of the largest principal stress.
//
// Equation        σ·n = σ₁·n, |n| = 1
// Discretisation  Jacobi rotations until the matrix is diagonal to rounding; at most eight sweeps
// Source          Golub & Van Loan, Matrix Computations, section 8.5
// Deviation       none
// Validity        any symmetric stress; of equal values one direction is taken
// Checked by      PrincipalDirectionTests

/// Unit vector for six stresses xx, yy, zz, xy, yz, zx.
func largestPrincipalDirection(_ s: [Double]) -> SIMD3<Double> {
  var a = [s[0], s[3], s[5], s[3], s[1], s[4], s[5], s[4], s[2]]
  var v = [1.0, 0, 0, 0, 1, 0, 0, 0, 1]
  for _ in 0..<8 {
    for (p, q) in [(0, 1), (0, 2), (1, 2)] where a[3 * p + q] != 0 {
      let theta = (a[4 * q] - a[4 * p]) / (2 * a[3 * p + q])
      let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
      let c = 1 / (t * t + 1).squareRoot()
      let sine = t * c
      for k in 0..<3 {
        let (x, y) = (a[3 * k + p], a[3 * k + q])
        (a[3 * k + p], a[3 * k + q]) = (c * x - sine * y, sine * x + c * y)
      }
      for k in 0..<3 {
        let (x, y) = (a[3 * p + k], a[3 * q + k])
        (a[3 * p + k], a[3 * q + k]) = (c * x - sine * y, sine * x + c * y)
        let (u, w) = (v[3 * k + p], v[3 * k + q])
        (v[3 * k + p], v[3 * k + q]) = (c * u - sine * w, sine * u + c * w)
      }
    }
  }
  var best = 0
  for axis in 1..<3 where a[4 * axis] > a[4 * best] { best = axis }
  return SIMD3(v[best], v[3 + best], v[6 + best])
}
