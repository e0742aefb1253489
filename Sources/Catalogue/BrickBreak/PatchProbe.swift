// A box element, and eight of them, under one constant strain.
//
// Equation    σ = λ·tr ε·1 + 2μ·ε with λ = Eν/((1 + ν)(1 − 2ν)), μ = E/(2(1 + ν)); corner force ¼Σσ·n·A
// Source      patch test: Irons & Razzaque 1972 (The Mathematical Foundations of the Finite Element
//             Method), from memory
// Checked by  BK08

import Fracture
import LinearAlgebra

/// Largest errors, over E times the size of the strain (and the area of the largest face).
struct PatchProbe {
  private(set) var stress = 0.0
  private(set) var corner = 0.0
  private(set) var inner = 0.0

  init(seed: Int) throws {
    BLAS.useOneThread()
    let (young, poisson) = (10e9, 0.06 * Double(seed))
    let material = try BrittleMaterial(
      young: young, poisson: poisson, density: 1800, strength: 3e6, fractureEnergy: 50)
    let edges = SIMD3(0.010, 0.013, 0.007)
    let element = try HexElement(material: material, edges: edges)
    // nine numbers between −1 and 1 that look random: a gradient, rotation included
    let gradient: [Double] = (0..<9).map { index in
      let number = (7 * index + 5 * seed) * 29 % 41
      return Double(number) / 20.5 - 1
    }
    let lame = young * poisson / ((1 + poisson) * (1 - 2 * poisson))
    let shear = young / (2 * (1 + poisson))
    func sigma(_ i: Int, _ j: Int) -> Double {
      let trace: Double = gradient[0] + gradient[4] + gradient[8]
      let twice: Double = gradient[3 * i + j] + gradient[3 * j + i]
      return shear * twice + (i == j ? lame * trace : 0)
    }
    func end(_ corner: Int) -> SIMD3<Double> {
      let bits = SIMD3(Double(corner & 1), Double(corner >> 1 & 1), Double(corner >> 2))
      return 2 * bits - 1
    }
    // displacements of the corners of the box whose middle lies at `centre`
    func moves(_ centre: SIMD3<Double>) -> [Double] {
      var result: [Double] = []
      for corner in 0..<8 {
        let x: SIMD3<Double> = centre + 0.5 * end(corner) * edges
        for row in 0..<3 {
          let slope = SIMD3(gradient[3 * row], gradient[3 * row + 1], gradient[3 * row + 2])
          result.append((slope * x).sum())
        }
      }
      return result
    }
    func product(_ matrix: [Double], rows: Int, _ u: [Double]) -> [Double] {
      var result = [Double](repeating: 0, count: rows)
      for column in 0..<24 {
        for row in 0..<rows { result[row] += matrix[rows * column + row] * u[column] }
      }
      return result
    }
    let volume = edges.x * edges.y * edges.z
    let areas: SIMD3<Double> = volume / edges
    let scale: Double = young * (gradient.map { abs($0) }.max() ?? 1)
    let push: Double = scale * areas.max()

    let u = moves(.zero)
    let parts = [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (2, 0)]
    for (row, found) in product(element.cornerStress, rows: 48, u).enumerated() {
      let part = parts[row % 6]
      stress = max(stress, abs(found - sigma(part.0, part.1)) / scale)
    }
    for (number, found) in product(element.stiffness, rows: 24, u).enumerated() {
      let row = number % 3
      let traction = SIMD3(sigma(row, 0), sigma(row, 1), sigma(row, 2))
      let exact = 0.25 * (end(number / 3) * areas * traction).sum()
      corner = max(corner, abs(found - exact) / push)
    }
    // the corner of each of eight boxes that lies at the origin
    var sum = SIMD3<Double>.zero
    for box in 0..<8 {
      let f = product(element.stiffness, rows: 24, moves(0.5 * end(box) * edges))
      let place = 3 * (7 - box)
      sum += SIMD3(f[place], f[place + 1], f[place + 2])
    }
    inner = max(abs(sum.x), abs(sum.y), abs(sum.z)) / push
  }
}
