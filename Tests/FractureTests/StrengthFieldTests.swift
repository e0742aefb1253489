import Foundation
import Testing

@testable import Fracture

@Suite("Strength field")
struct StrengthFieldTests {
  // Fails if the scale is not that of mean 1, or the weak tail loses its digits.
  @Test("maps Z to the quantile of a Weibull law of mean 1", arguments: [-1.4, -0.7, 0, 0.6, 1.4])
  func quantile(z: Double) throws {
    let m = 8.0
    let field = try StrengthField(
      waveVectors: [SIMD3(1, 0, 0)], phases: [acos(z / 2.0.squareRoot())], weibullModulus: m,
      brickFactor: 1.1)
    #expect(abs(field.gaussian(at: .zero) - z) < 1e-14)
    let factor = field.factor(at: .zero) / 1.1
    let scaled = pow(factor * tgamma(1 + 1 / m), m)
    #expect(abs(-expm1(-scaled) - 0.5 * erfc(-z / 2.0.squareRoot())) < 1e-14)
  }

  /// Gaussian wave vectors for a length of 30 mm, from noise.
  func waves(_ count: Int) -> [SIMD3<Double>] {
    let noise = Samples.noise(6 * count, seed: 5)
    return (0..<count).map { term in
      var w = SIMD3<Double>.zero
      for axis in 0..<3 {
        let (a, b) = (noise[6 * term + 2 * axis], noise[6 * term + 2 * axis + 1])
        w[axis] = (-2 * log(0.5 * (a + 1) + 1e-12)).squareRoot() * cos(Double.pi * b) / 0.03
      }
      return w
    }
  }

  // Fails if √2/M stands for √(2/M), or the length is a factor √2 off.
  @Test("has unit variance and the correlation exp(−r²/2ℓ²)")
  func correlation() throws {
    let vectors = waves(4000)
    for distance in [0.0, 0.015, 0.03, 0.06] {
      // mean over phases of Z(0)·Z(r)
      let r = SIMD3(distance, 0, 0)
      let mean = vectors.reduce(0) { $0 + cos(($1 * r).sum()) } / 4000
      #expect(abs(mean - exp(-distance * distance / (2 * 0.03 * 0.03))) < 4 / 4000.0.squareRoot())
    }
    let field = try StrengthField(
      waveVectors: vectors, phases: Samples.noise(4000, seed: 9).map { Double.pi * $0 },
      weibullModulus: 8)
    // over a volume of many lengths: mean 1, spread 0.148 (Weibull modulus 8)
    var (sum, square, count) = (0.0, 0.0, 0.0)
    for i in 0..<12 {
      for j in 0..<12 {
        let w = field.factor(at: SIMD3(0.11 * Double(i), 0.13 * Double(j), 0.05))
        (sum, square, count) = (sum + w, square + w * w, count + 1)
      }
    }
    let mean = sum / count
    let spread = (square / count - mean * mean).squareRoot()
    #expect(abs(mean - 1) < 3 * 0.148 / 12)
    #expect(abs(spread - 0.148) < 3 * 0.148 / (2.0 * 144).squareRoot())
  }

  // Fails if the field belongs to faces and not to places.
  @Test("is the same brick on two meshes")
  func twoMeshes() throws {
    let field = try StrengthField(
      waveVectors: waves(400), phases: Samples.noise(400, seed: 3), weibullModulus: 8)
    func strength(_ depth: Int) throws -> Double {
      var setup = try Samples.strike(depth: depth, height: 0.02)
      setup.field = field
      let faces = setup.cohesiveFaces()
      // a place that is the centre of a face on both meshes
      let place = SIMD3(0, 0.01, 0)
      let face = (0..<setup.lattice.faceCount).first {
        let way = setup.lattice.centre(face: $0) - place
        return setup.lattice.faceAxis[$0] == 0 && (way * way).sum() < 1e-12
      }
      return try faces.strength[#require(face)]
    }
    #expect(try abs(strength(3) / strength(9) - 1) < 1e-12)
    #expect(try abs(strength(3) / 3e6 - field.factor(at: SIMD3(0, 0.01, 0))) < 1e-12)
  }

  @Test("refuses a modulus or factor of zero, and unequal terms")
  func refuses() {
    #expect(throws: InvalidFracture.self) {
      try StrengthField(waveVectors: [], phases: [], weibullModulus: 0)
    }
    #expect(throws: InvalidFracture.self) {
      try StrengthField(waveVectors: [], phases: [], weibullModulus: 8, brickFactor: -1)
    }
    #expect(throws: InvalidFracture.self) {
      try StrengthField(waveVectors: [.zero], phases: [], weibullModulus: 8)
    }
  }
}
