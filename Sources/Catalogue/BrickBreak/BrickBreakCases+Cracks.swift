// Reference cases BK14 to BK16: a crack between two arms, and a disc that splits.

import Experience

extension BrickBreakCases {
  static let cracks: [VerificationCase] = [
    VerificationCase(
      "BK14", "double cantilever beam",
      source:
        "P·a = √(G_F·b·E·I) of two beams with a = (3·E·I·δ/2P)^⅓ from their compliance; P·θ/b = G_F (Paris & Paris 1988, Int. J. Fract. 38, R19)",
      isSlow: true
    ) {
      let beam = try ArmsProbe()
      return [
        VerificationRow(
          "load over the beams'", "1", expected: 1, got: beam.load, within: .relative(0.05)),
        VerificationRow(
          "slope of log P over log a", "1", expected: -1, got: beam.slope, within: .absolute(0.05)),
        VerificationRow(
          "P·θ/b over G_F", "1", expected: 1, got: beam.release, within: .relative(0.05)),
      ]
    },
    VerificationCase(
      "BK15", "splitting disc, loaded over 2α = 20°, cracks in the loaded diameter",
      source:
        "2P/(πtD)·(sin 2α/α − 1) = f_t in the middle (Hondros 1959, Aust. J. Appl. Sci. 10, 243)",
      isSlow: true
    ) {
      try [10.0, 50].flatMap { energy in
        let disc = try DiscProbe(fractureEnergy: energy)
        return [
          VerificationRow(
            "first peak over the formula, G_F of \(Int(energy)) N/m", "1", expected: 1,
            got: disc.peak, within: .relative(0.1)),
          VerificationRow(
            "first crack from the middle, over the radius, G_F of \(Int(energy)) N/m", "1",
            expected: 0, got: disc.firstCrack, within: .absolute(0.2)),
        ]
      }
    },
    VerificationCase(
      "BK16", "splitting disc, cracks everywhere", source: "as BK15",
      waits:
        "the law counts shear beside the least tension in full (one strength for both, β = 1), so faces across the axes shear at 0.75 of the load of the formula, 20 mm from the middle of a disc of 60 mm; a solid with a shear strength of its own is not modelled"
    ),
  ]
}
