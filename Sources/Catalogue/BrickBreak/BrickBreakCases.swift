// Reference cases of the breaking brick, BK01 to BK07; the others are in files of their own.
//
// Expected values are closed forms, follow from conservation, or were found by an independent program;
// none comes from this solver.

import Experience
import Foundation
import Fracture
import LinearAlgebra

public enum BrickBreakCases {
  public static var all: [VerificationCase] { elastic + fracture + solids + contacts + cracks }

  private static let section = 0.12 * 0.06

  static let elastic: [VerificationCase] = [
    VerificationCase(
      "BK01", "box element: rigid motions",
      source: "six motions without energy; largest eigenvalue 5/6·E·h of a cube at ν = 0.2"
    ) {
      let element = try HexElement(
        material: BrickProbe.material(), edges: SIMD3(repeating: 0.01))
      guard let eigen = SymmetricEigen(element.stiffness, size: 24) else {
        throw RunFailure(code: "R302", "no eigenvalues")
      }
      let scale = 10e9 * 0.01
      return [
        VerificationRow(
          "largest of six rigid eigenvalues, over E·h", "1", expected: 0,
          got: eigen.values[0..<6].map { abs($0) }.max().map { $0 / scale } ?? .nan,
          within: .absolute(1e-12)),
        VerificationRow(
          "seventh eigenvalue, over E·h", "1", expected: 0.1, got: eigen.values[6] / scale,
          within: .range(0.01...1)),
        VerificationRow(
          "largest eigenvalue, over E·h", "1", expected: 5.0 / 6,
          got: element.largestEigenvalue / scale, within: .absolute(1e-4)),
      ]
    },
    VerificationCase(
      "BK02", "a bar meets a wall", source: "σ = ρ·c₀·v for 2l/c₀; the bar leaves at v"
    ) {
      let wall = try BrickProbe.wall()
      let bar = (10e9 / 1800.0).squareRoot()
      return [
        VerificationRow(
          "stress", "Pa", expected: 1800 * bar * 0.7071, got: wall.stress, within: .relative(0.01)),
        VerificationRow(
          "duration", "s", expected: 2 * 0.24 / bar, got: wall.duration, within: .relative(0.02)),
        VerificationRow(
          "speed after it", "m/s", expected: 0.7071, got: wall.speed, within: .relative(0.01)),
      ]
    },
    VerificationCase(
      "BK03", "bending, span ten times the depth", source: "Timoshenko's beam", isSlow: true
    ) {
      try [2, 4, 8].map { depth in
        VerificationRow(
          "sag over the beam's, \(depth) elements in the depth", "1", expected: 1,
          got: try BrickProbe.sag(depth: depth, slenderness: 10, width: depth),
          within: .relative(depth == 8 ? 0.005 : 0.01))
      }
    },
  ]

  static let fracture: [VerificationCase] = [
    VerificationCase(
      "BK04", "a struck brick: energy and work of fracture",
      source: "conservation; G_F for each area without strength"
    ) {
      let test = try BrickProbe.struck(depth: 6, height: 0.024)
      let open = test.separatedArea(axis: 0, at: 0)
      return [
        VerificationRow(
          "energy unaccounted for, over the input", "1", expected: 0, got: test.worstResidual,
          within: .absolute(1e-3)),
        VerificationRow(
          "work over G_F times the open area", "1", expected: 1,
          got: test.fractureWork(axis: 0, at: 0) / (50 * open), within: .relative(0.02)),
        VerificationRow(
          "open area over the section less half an element", "1", expected: 1,
          got: open / (section * 11 / 12), within: .relative(1e-9)),
      ]
    },
    VerificationCase(
      "BK05", "what pieces take over", source: "conservation of mass and momentum; vibration ≥ 0"
    ) {
      let test = try BrickProbe.struck(depth: 6, height: 0.024)
      let pieces = test.pieces(cut: 0.5).pieces
      let mass = pieces.reduce(0) { $0 + $1.mass }
      let push = pieces.reduce(0) { $0 + $1.mass * $1.velocity.z }
      var momentum = 0.0
      var scale = 0.0
      for node in 0..<test.solid.nodeCount {
        momentum += test.solid.mass[node] * test.solid.velocity[node].z
        scale += test.solid.mass[node] * abs(test.solid.velocity[node].z)
      }
      return [
        VerificationRow(
          "mass", "kg", expected: 0.24 * 0.12 * 0.06 * 1800, got: mass, within: .relative(1e-12)),
        VerificationRow(
          "momentum lacking, over Σm|v|", "1", expected: 0, got: (push - momentum) / scale,
          within: .absolute(1e-12)),
        VerificationRow(
          "least vibration", "J", expected: 0.5, got: pieces.map(\.vibration).min() ?? .nan,
          within: .range(0...1)),
      ]
    },
    VerificationCase(
      "BK06", "height that opens one plane",
      source:
        "an independent program of ours: nothing at 18 mm, half of the section at 20.1 mm (elements of 10 mm) and 20.6 mm (7.5 mm); the energy of one crack, m·g·H > G_F·b·d, is 18.4 mm",
      isSlow: true
    ) {
      try [(6, 0.0201), (8, 0.0206)].flatMap { depth, half in
        let heights = [0.018, 0.02, 0.0205, 0.021]
        let parts = try heights.map {
          try BrickProbe.struck(depth: depth, height: $0, until: 1.2e-3)
            .separatedArea(axis: 0, at: 0) / section
        }
        return [
          VerificationRow(
            "open part of the section at 18 mm, \(depth) elements in the depth", "1", expected: 0,
            got: parts[0], within: .absolute(0.05)),
          VerificationRow(
            "height that opens half of the section, \(depth) elements in the depth", "m",
            expected: half, got: crossing(0.5, heights, parts), within: .absolute(0.5e-3)),
        ]
      }
    },
    VerificationCase(
      "BK07", "modulus of rupture over tensile strength",
      source:
        "clay units 1.29, variation 14.7 % (Gooch et al. 2023, Constr. Build. Mater. 386, 131578)",
      isSlow: true
    ) {
      let ratios = try [6, 8, 10].map(BrickProbe.rupture)
      return zip(["10", "7.5", "6"], ratios).map { edge, ratio in
        VerificationRow(
          "elements of \(edge) mm", "1", expected: 1.29, got: ratio, within: .relative(0.147))
      } + [
        VerificationRow(
          "6 mm over 10 mm", "1", expected: 1, got: ratios[2] / ratios[0], within: .relative(0.03))
      ]
    },
  ]

  /// Where a rising list of values passes `level`, between the places that bracket it.
  private static func crossing(_ level: Double, _ places: [Double], _ values: [Double]) -> Double {
    guard let index = values.firstIndex(where: { $0 >= level }), index > 0 else { return .nan }
    let part = (level - values[index - 1]) / (values[index] - values[index - 1])
    return places[index - 1] + part * (places[index] - places[index - 1])
  }
}
