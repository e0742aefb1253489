// Reference cases BK11 to BK13: pads, waves into them, and a ball.

import Experience
import Fracture

extension BrickBreakCases {
  static let contacts: [VerificationCase] = [
    VerificationCase(
      "BK11", "bricks that fall flat on pads of 1e11, 1e12 and 1e13 Pa/m",
      source: "conservation: all corners touch and let go in one step, the worst case for a ledger"
    ) {
      try [("1e11", 1e11), ("1e12", 1e12), ("1e13", 1e13)].map { name, stiffness in
        VerificationRow(
          "energy unaccounted for, over the input, pad of \(name) Pa/m", "1", expected: 0,
          got: try PadProbe.flat(stiffness: stiffness).worstResidual, within: .absolute(1e-3))
      }
    },
    VerificationCase(
      "BK12", "a bar meets a bed of springs",
      source: "ρ·c₀·v·(1 − exp(−ε·t/(ρ·c₀))), until the wave comes back"
    ) {
      let pad = try PadProbe.bed()
      return [
        VerificationRow(
          "impulse over the exact one", "1", expected: 1, got: pad.impulse, within: .relative(0.005)
        ),
        VerificationRow(
          "pressure over the exact one, mean", "1", expected: 1, got: pad.pressure,
          within: .relative(0.01)),
      ]
    },
    VerificationCase(
      "BK13", "a ball meets an elastic layer on a smooth base",
      source:
        "Hertz, F = 4/3·E*·√R·δ^1.5 (Johnson 1985, Contact Mechanics, 4 and 11), with the relief of a layer of finite depth, a₀·F/(π·E*·D), a₀ = ∫(1 − L)du = 1.168",
      isSlow: true
    ) {
      let ball = try BallProbe()
      return [
        VerificationRow(
          "a₀ by quadrature", "1", expected: 1.168, got: LayerContact.relief,
          within: .absolute(1e-3)),
        VerificationRow(
          "2.94 of the duration for a half-space, by quadrature", "1", expected: 2.9432,
          got: ball.halfSpaceConstant, within: .relative(1e-3)),
        VerificationRow(
          "largest force over the exact one", "1", expected: 1, got: ball.force,
          within: .relative(0.03)),
        VerificationRow(
          "duration over the exact one", "1", expected: 1, got: ball.duration,
          within: .relative(0.03)),
      ]
    },
  ]
}
