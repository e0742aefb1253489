// Reference cases of the liquid in three dimensions.
//
// Expected values: the axisymmetric limit of the same mound; a program of its own with direct solves for
// what splitting costs; the series of Hasimoto; the experiment of Martin & Moyce.

import Experience
import Fluid
import Foundation

extension SyrupPourCases {
  static let volume: [VerificationCase] = [
    VerificationCase(
      "F10v", "half an ellipsoid after one step from rest, in three dimensions",
      source: "limit of the axisymmetric stream function: 16.54 to 16.57 W/m³", isSlow: true
    ) {
      let powers = try [16, 32, 64].map { try need(VolumeProbe.moundPower($0)) }
      let order = log2((powers[0] - powers[1]) / (powers[1] - powers[2]))
      return [
        VerificationRow(
          "limit by Richardson", "W/m^3", expected: 16.555,
          got: powers[2] - (powers[1] - powers[2]) / (exp2(order) - 1), within: .relative(0.01)),
        VerificationRow("order", "1", expected: 2, got: order, within: .range(1.2...2.5)),
      ]
    },
    VerificationCase(
      "F11", "what splitting viscosity from pressure costs",
      source: "a program of its own with direct solves, 32 cells", isSlow: true
    ) {
      try [(5.0, 4e-3, 1.329, 1.132), (50, 4e-3, 1.603, 1.186)].flatMap { item in
        let (viscosity, step, first, second) = item
        func speed(_ splitting: Splitting) throws -> Double {
          try need(VolumeProbe.moundSpeed(viscosity: viscosity, step: step, splitting))
        }
        let coupled = try speed(.coupled)
        let words = "\(JSON.text(of: viscosity)) Pa.s"
        return [
          VerificationRow(
            "viscosity first, \(words)", "1", expected: first,
            got: try speed(.decoupled) / coupled, within: .absolute(0.03)),
          VerificationRow(
            "pressure, viscosity, pressure, \(words)", "1", expected: second,
            got: try speed(.decoupledTwice) / coupled, within: .absolute(0.03)),
        ]
      }
    },
    VerificationCase(
      "F15", "ball in a cube that repeats itself, 8 cells in its radius",
      source: "Hasimoto 1959: 1/K = 1 − 1.7601 c^⅓ + c − 1.5593 c²", isSlow: true
    ) {
      let radius = 0.25
      let c = 4 / 3 * Double.pi * pow(radius, 3)
      let exact = 1 / (1 - 1.7601 * cbrt(c) + c - 1.5593 * c * c)
      return try [0, 0.3].map { offset in
        VerificationRow(
          "drag over Stokes' drag, \(JSON.text(of: offset)) cells off the lattice", "1",
          expected: exact,
          got: try need(VolumeProbe.latticeDrag(32, radius: radius, offset: offset)),
          within: .relative(0.02))
      }
    },
    VerificationCase(
      "F19", "a column of water that collapses",
      source:
        "Martin & Moyce 1952, Phil. Trans. R. Soc. A 244, 312, height 2a (a = 57.15 and 28.575 mm), digitised",
      isSlow: true
    ) {
      // rates between far readings: when the diaphragm was gone is not known
      try [
        (57.15e-3, [2.292, 2.995, 4.134], [1.997, 2.547, 3.345]),
        (28.575e-3, [1.884, 2.689, 4.528], [1.602, 2.283, 3.598]),
      ].map { width, places, times in
        let got = try VolumeProbe.damBreak(16, width: width, places: places)
        guard got.count == 3 else {
          throw RunFailure(code: "R201", "the front did not come that far")
        }
        return VerificationRow(
          "speed of the front over √(2ga), a = \(JSON.text(of: Quantum.round(1e3 * width, places: 3))) mm",
          "1", expected: (places[2] - places[0]) / (times[2] - times[0]),
          got: (places[2] - places[0]) / (got[2] - got[0]), within: .relative(0.1))
      }
    },
  ]
}
