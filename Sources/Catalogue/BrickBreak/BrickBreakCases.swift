// Reference cases of the breaking brick, BK1 to BK7.
//
// Expected values are closed forms, or follow from conservation; none comes from this solver.

import Experience
import Foundation
import Fracture
import LinearAlgebra

public enum BrickBreakCases {
  public static var all: [VerificationCase] { elastic + fracture }

  private static let section = 0.12 * 0.06

  static let elastic: [VerificationCase] = [
    VerificationCase(
      "BK1", "box element: rigid motions",
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
      "BK2", "a bar meets a wall", source: "σ = ρ·c₀·v for 2l/c₀; the bar leaves at v"
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
      "BK3", "bending, span ten times the depth", source: "Timoshenko's beam", isSlow: true
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
      "BK4", "a struck brick: energy and work of fracture",
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
      "BK5", "what pieces take over", source: "conservation of mass and momentum; vibration ≥ 0"
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
      "BK6", "height that opens one plane",
      source: "the energy of one crack, m·g·H > G_F·b·d, is a floor: 18.4 mm", isSlow: true
    ) {
      func part(_ height: Double) throws -> Double {
        try BrickProbe.struck(depth: 6, height: height).separatedArea(axis: 0, at: 0) / section
      }
      return [
        VerificationRow(
          "open part of the section at 18 mm", "1", expected: 0.25, got: try part(0.018),
          within: .range(0...0.5)),
        VerificationRow(
          "open part of the section at 26 mm", "1", expected: 11.0 / 12, got: try part(0.026),
          within: .range(0.5...1)),
      ]
    },
    VerificationCase(
      "BK7", "modulus of rupture over tensile strength",
      source:
        "clay units 1.29, standard deviation 0.19 (Gooch et al. 2023, Constr. Build. Mater. 386, 131578)",
      isSlow: true
    ) {
      let ratios = try [8, 10].map(BrickProbe.rupture)
      return [
        VerificationRow(
          "eight elements in the depth", "1", expected: 1.29, got: ratios[0],
          within: .absolute(0.19)),
        VerificationRow(
          "ten over eight", "1", expected: 1, got: ratios[1] / ratios[0], within: .relative(0.03)),
      ]
    },
  ]
}
