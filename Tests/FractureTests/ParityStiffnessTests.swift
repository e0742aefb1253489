import Testing

@testable import Fracture

@Suite("Stiffness by parity modes")
struct ParityStiffnessTests {
  static let boxes = [
    (SIMD3(0.01, 0.01, 0.01), 0.2), (SIMD3(0.01, 0.007, 0.02), 0.0), (SIMD3(0.03, 0.01, 0.02), 0.4),
  ]

  func lanes(_ numbers: [Double], _ lane: Int) -> LaneCorners {
    func vector(_ corner: Int) -> LaneVector {
      var v = LaneVector.zero
      v.x[lane] = numbers[3 * corner]
      v.y[lane] = numbers[3 * corner + 1]
      v.z[lane] = numbers[3 * corner + 2]
      return v
    }
    return LaneCorners(
      v0: vector(0), v1: vector(1), v2: vector(2), v3: vector(3), v4: vector(4), v5: vector(5),
      v6: vector(6), v7: vector(7))
  }

  func numbers(_ v: LaneCorners, _ lane: Int) -> [Double] {
    [v.v0, v.v1, v.v2, v.v3, v.v4, v.v5, v.v6, v.v7].flatMap {
      [$0.x[lane], $0.y[lane], $0.z[lane]]
    }
  }

  // Fails if a block is left out, transposed, or on the wrong mode: every product of the full matrix
  // is compared.
  @Test("45 products do what the 576 of the full matrix do", arguments: boxes)
  func fullMatrix(edges: SIMD3<Double>, poisson: Double) throws {
    let element = try HexElement(material: Samples.material(poisson: poisson), edges: edges)
    let parity = ParityStiffness(element.stiffness)
    #expect(parity.leak < 1e-14)
    let blocks = ParityBlocks(parity)
    let largest = element.stiffness.map(abs).max() ?? 0
    for column in 0..<24 {
      var unit = [Double](repeating: 0, count: 24)
      unit[column] = 1
      var modes = lanes(unit, column % 4).modes
      modes.v0 = .zero
      let force = numbers(blocks.force(.eighth * modes).corners, column % 4)
      for row in 0..<24 {
        #expect(abs(force[row] - element.stiffness[column * 24 + row]) < 1e-14 * largest)
      }
    }
  }

  // Fails if an element without mirror images passes for one.
  @Test("a matrix without the symmetry leaks")
  func leak() throws {
    var matrix = try HexElement(
      material: Samples.material(), edges: SIMD3(repeating: 0.01)
    ).stiffness
    matrix[0] *= 1.01
    #expect(ParityStiffness(matrix).leak > 1e-4)
  }

  // Fails if a sign of a mode is wrong, or the mean of the others is not 0.
  @Test("values at corners are found again from their modes")
  func thereAndBack() {
    let noise = Samples.noise(24)
    var modes = lanes(noise, 2).modes
    let mean = LaneVector(SIMD3(modes.v0.x[2], modes.v0.y[2], modes.v0.z[2]) / 8)
    modes.v0 = .zero
    let back = numbers((.eighth * modes).corners, 2)
    for index in 0..<24 {
      let part = [mean.x[2], mean.y[2], mean.z[2]][index % 3]
      #expect(abs(back[index] + part - noise[index]) < 1e-15)
    }
  }
}
