import Testing

@testable import Fracture

@Suite("Principal direction")
struct PrincipalDirectionTests {
  // Fails if a row or shear is swapped.
  @Test("finds the axis of a uniaxial stress, whatever else presses")
  func uniaxial() {
    for seed in 1...20 {
      let noise = Samples.noise(3, seed: UInt64(seed))
      var n = SIMD3(noise[0], noise[1], noise[2])
      n /= (n * n).sum().squareRoot()
      // 5·n·nᵀ − 2·1
      let s = [
        5 * n.x * n.x - 2, 5 * n.y * n.y - 2, 5 * n.z * n.z - 2, 5 * n.x * n.y, 5 * n.y * n.z,
        5 * n.z * n.x,
      ]
      #expect(abs(abs((largestPrincipalDirection(s) * n).sum()) - 1) < 1e-14)
    }
    #expect(largestPrincipalDirection([-1, 2, 0, 0, 0, 0]) == SIMD3(0, 1, 0))
  }
}
