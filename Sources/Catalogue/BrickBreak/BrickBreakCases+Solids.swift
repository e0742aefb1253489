// Reference cases BK08 to BK10: what an elastic element has to do exactly.

import Experience
import Fracture

extension BrickBreakCases {
  static let solids: [VerificationCase] = [
    VerificationCase(
      "BK08", "patch test: seven constant strains in boxes of 10 × 13 × 7 mm",
      source: "Hooke's law; a quarter of the traction of a face goes to each of its corners"
    ) {
      let patches = try (1...7).map { try PatchProbe(seed: $0) }
      func row(_ name: String, _ error: (PatchProbe) -> Double) -> VerificationRow {
        VerificationRow(
          name, "1", expected: 0, got: patches.map(error).max() ?? .nan, within: .absolute(1e-12))
      }
      return [
        row("error of a stress, over E times the strain") { $0.stress },
        row("error of a corner force, over E times the strain and a face") { $0.corner },
        row("force on the inner node of eight boxes, over the same") { $0.inner },
      ]
    },
    VerificationCase(
      "BK09", "a rigid turn by 1 rad", source: "no strain, so no energy and no change of rotation"
    ) {
      let (energy, lean) = try TurnProbe.rigid()
      return [
        VerificationRow(
          "strain energy over that at the tensile strength", "1", expected: 0, got: energy,
          within: .absolute(1e-9)),
        VerificationRow(
          "error of the rotation that elements find", "rad", expected: 0, got: lean,
          within: .absolute(1e-9)),
      ]
    },
    VerificationCase(
      "BK10", "a cracking brick built along other axes",
      source: "turned by 90° about x, y and z in its lattice, and the same brick in the world"
    ) {
      let first = try TurnProbe.dropped(quarter: nil)
      return try ["x", "y", "z"].enumerated().flatMap { axis, name in
        let other = try TurnProbe.dropped(quarter: axis)
        func row(_ quantity: String, _ value: (BrickTest) -> Double) -> VerificationRow {
          VerificationRow(
            "\(quantity), turned about \(name)", "1", expected: 1,
            got: value(other) / value(first), within: .absolute(1e-9))
        }
        return [
          row("peak force") { $0.peak.force }, row("strain energy") { $0.ledger.strain },
          row("work of softening") { $0.ledger.fracture },
        ]
      }
    },
  ]
}
