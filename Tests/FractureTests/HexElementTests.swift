import LinearAlgebra
import Testing

@testable import Fracture

@Suite("Box element")
struct HexElementTests {
  // Fails if a mode is not condensed (plain box: 3 zero modes of hourglass or a larger value), or a
  // rigid motion stores energy.
  @Test("has six zero modes, and the largest eigenvalue of a cube is 0.8333·E·h")
  func spectrum() throws {
    let element = try HexElement(material: Samples.material(), edges: SIMD3(repeating: 0.01))
    let eigen = try #require(SymmetricEigen(element.stiffness, size: 24))
    let scale = 10e9 * 0.01
    for mode in 0..<6 { #expect(abs(eigen.values[mode]) < 1e-12 * scale) }
    #expect(eigen.values[6] > 0.01 * scale)
    #expect(abs(element.largestEigenvalue / scale - 0.8333) < 1e-4)
    for i in 0..<24 {
      for j in 0..<24 { #expect(element.stiffness[24 * i + j] == element.stiffness[24 * j + i]) }
    }
  }

  // Fails if the modes take part in a constant strain, or a stress has the wrong place or factor.
  @Test("passes the patch test for seven strains in boxes", arguments: 1...7)
  func patch(seed: Int) throws {
    let material = try Samples.material(poisson: seed == 1 ? 0 : 0.06 * Double(seed))
    let edges = SIMD3(0.01, 0.013, 0.007)
    let element = try HexElement(material: material, edges: edges)
    let strain = Samples.noise(9, seed: UInt64(seed))
    var u = [Double](repeating: 0, count: 24)
    for corner in 0..<8 {
      let x = 0.5 * HexElement.corner(corner) * edges
      for row in 0..<3 {
        u[3 * corner + row] =
          strain[3 * row] * x.x + strain[3 * row + 1] * x.y + strain[3 * row + 2] * x.z
      }
    }
    // Hooke's law by hand
    let (e, nu) = (material.young, material.poisson)
    let trace = strain[0] + strain[4] + strain[8]
    let shear = e / (2 * (1 + nu))
    let lame = e * nu / ((1 + nu) * (1 - 2 * nu))
    func sigma(_ i: Int, _ j: Int) -> Double {
      shear * (strain[3 * i + j] + strain[3 * j + i]) + (i == j ? lame * trace : 0)
    }
    let parts = [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (2, 0)]
    for corner in 0..<8 {
      for (row, part) in parts.enumerated() {
        var found = 0.0
        for column in 0..<24 {
          found += element.cornerStress[48 * column + 6 * corner + row] * u[column]
        }
        #expect(abs(found - sigma(part.0, part.1)) < 1e-12 * 10 * e)
      }
    }
    // a quarter of each traction goes to each corner
    for corner in 0..<8 {
      let s = HexElement.corner(corner)
      for row in 0..<3 {
        var force = 0.0
        for column in 0..<24 {
          force += element.stiffness[24 * column + 3 * corner + row] * u[column]
        }
        var exact = 0.0
        for axis in 0..<3 {
          let area = edges.x * edges.y * edges.z / edges[axis]
          exact += 0.25 * s[axis] * area * sigma(row, axis)
        }
        #expect(abs(force - exact) < 1e-12 * 10 * e * 1e-4)
      }
    }
  }

  // Fails if the bound misses a traction: an element that should be checked would be skipped.
  @Test("bounds every traction by the strain energy")
  func bound() throws {
    let element = try HexElement(material: Samples.material(), edges: SIMD3(0.01, 0.012, 0.008))
    var closest = 0.0
    for seed in 1...200 {
      let u = Samples.noise(24, seed: UInt64(seed))
      var energy = 0.0
      for i in 0..<24 {
        for j in 0..<24 { energy += 0.5 * u[i] * element.stiffness[24 * i + j] * u[j] }
      }
      for corner in 0..<8 {
        for axis in 0..<3 {
          var square = 0.0
          for row in HexElement.tractionRows[axis] {
            var t = 0.0
            for column in 0..<24 {
              t += element.cornerStress[48 * column + 6 * corner + row] * u[column]
            }
            square += t * t
          }
          let part = square / (2 * element.tractionBound * energy)
          closest = max(closest, part)
          #expect(part <= 1)
        }
      }
    }
    // and it is not idle: noise comes within a factor of ten of it
    #expect(closest > 0.1)
  }

  @Test("refuses a solid that is none", arguments: [-1, 0.5, 0.7, .nan])
  func refuses(poisson: Double) {
    #expect(throws: InvalidFracture.self) { try Samples.material(poisson: poisson) }
  }

  @Test("refuses a strength or fracture energy of zero")
  func refusesZero() {
    #expect(throws: InvalidFracture.self) { try Samples.material(strength: 0) }
    #expect(throws: InvalidFracture.self) { try Samples.material(fractureEnergy: 0) }
  }
}
