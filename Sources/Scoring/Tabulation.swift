// Skill of all questions and of their groups: by template, slot, type, tier and label.
//
//             A group that holds every question has the headline's numbers, which are not computed
//             again.
// Checked by  ReportTests.

import Experience

struct Tabulation {
  let headline: [(reference: Report.Reference, skill: Skill)]
  let groups: [(group: String, rows: [Report.Row])]

  init(_ scores: [Score], replicates: Int, seed: UInt64) {
    func skill(_ scores: [Score], _ reference: Report.Reference) -> Skill? {
      let losses = Tabulation.losses(scores, reference)
      return losses.isEmpty ? nil : Skill(losses, replicates: replicates, seed: seed)
    }
    let climatology = skill(scores, .climatology)
    let physics = skill(scores, .physics101)
    headline =
      (climatology.map { [(.climatology, $0)] } ?? [])
      + (physics.map { [(.physics101, $0)] } ?? [])

    let keys: [(String, (Score) -> String)] = [
      ("template", { $0.template }), ("slot", { "\($0.template)/\($0.slot)" }),
      ("type", { $0.type.rawValue }), ("tier", { $0.tier.rawValue }),
      ("label", { $0.label?.rawValue ?? "" }),
    ]
    groups = keys.map { name, key in
      var parts: [String: [Score]] = [:]
      for score in scores { parts[key(score), default: []].append(score) }
      let rows = parts.keys.sorted().filter { !$0.isEmpty }.compactMap { name -> Report.Row? in
        let part = parts[name] ?? []
        let isWhole = part.count == scores.count
        guard let skillA = isWhole ? climatology : skill(part, .climatology) else { return nil }
        let units = Set(part.map(\.lossUnit))
        let mean = part.reduce(0) { $0 + $1.loss } / Double(part.count)
        return Report.Row(
          name: name, questions: part.count, climatology: skillA,
          physics101: isWhole ? physics : skill(part, .physics101),
          meanLoss: units.count == 1 ? mean : nil,
          lossUnit: units.count == 1 ? units.first : nil)
      }
      return (name, rows)
    }
  }

  /// The losses of the questions that the reference answers.
  private static func losses(_ scores: [Score], _ reference: Report.Reference) -> [PairedLoss] {
    scores.compactMap { score in
      let other = reference == .climatology ? score.reference : score.reference101
      return other.map {
        PairedLoss(
          template: score.template, instance: score.instance, model: score.normalised,
          reference: $0, climatology: score.reference)
      }
    }
  }
}
