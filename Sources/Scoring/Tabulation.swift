// Skill of all questions and of their groups: by template, slot, type, tier, label, range, and by whether
// the answer depends on the scene at all.
//
//             A group that holds every question has the headline's numbers; every other one is
//             resampled over its own clusters.
// Checked by  ReportTests.

import Experience

struct Tabulation {
  let headline: [(reference: Report.Reference, skill: Skill)]
  let groups: [(group: String, rows: [Report.Row])]

  init(_ scores: [Score], replicates: Int, seed: UInt64) {
    // the parts of every breakdown, in an order that does not depend on hashing
    let keys: [(name: String, key: (Score) -> String)] = [
      ("template", { $0.template }), ("slot", { "\($0.template)/\($0.slot)" }),
      ("type", { $0.type.rawValue }), ("tier", { $0.tier.rawValue }),
      ("label", { $0.label?.rawValue ?? "" }),
      ("range", { $0.detail.range?.label.rawValue ?? "" }),
      ("scene", { score in score.detail.needsScene.map { $0 ? "needed" : "not needed" } ?? "" }),
    ]
    let breakdowns = keys.map { name, key in
      (name: name, parts: Tabulation.parts(scores, by: key))
    }

    // all tables at once, so that they share the draws; the whole comes first
    var sets: [[PairedLoss]] = []
    func enter(_ part: [Score], _ references: [Report.Reference]) -> [Int?] {
      references.map { reference in
        let losses = Tabulation.losses(part, reference)
        if losses.isEmpty { return nil }
        sets.append(losses)
        return sets.count - 1
      }
    }
    let whole = enter(scores, Report.Reference.allCases)
    let entries = breakdowns.map { breakdown in
      breakdown.parts.map {
        $0.scores.count == scores.count
          ? whole : enter($0.scores, [.climatology, .physics101])
      }
    }
    let skills = Skill.all(sets, replicates: replicates, seed: seed)

    headline = zip(Report.Reference.allCases, whole).compactMap { reference, place in
      place.map { (reference, skills[$0]) }
    }
    groups = zip(breakdowns, entries).map { breakdown, entries in
      let rows = zip(breakdown.parts, entries).compactMap { part, entry -> Report.Row? in
        guard let climatology = entry[0] else { return nil }
        let units = Set(part.scores.map(\.lossUnit))
        let mean = part.scores.reduce(0) { $0 + $1.loss } / Double(part.scores.count)
        return Report.Row(
          name: part.name, questions: part.scores.count, climatology: skills[climatology],
          physics101: entry[1].map { skills[$0] }, meanLoss: units.count == 1 ? mean : nil,
          lossUnit: units.count == 1 ? units.first : nil)
      }
      return (breakdown.name, rows)
    }
  }

  /// One row over all scores given; `nil` without any.
  static func row(
    _ name: String, _ scores: [Score], replicates: Int, seed: UInt64
  ) -> Report.Row? {
    let sets = [Report.Reference.climatology, .physics101].map { losses(scores, $0) }
    let skills = Skill.all(sets.filter { !$0.isEmpty }, replicates: replicates, seed: seed)
    guard !sets[0].isEmpty else { return nil }
    return Report.Row(
      name: name, questions: scores.count, climatology: skills[0],
      physics101: sets[1].isEmpty ? nil : skills[1], meanLoss: nil, lossUnit: nil)
  }

  private static func parts(
    _ scores: [Score], by key: (Score) -> String
  ) -> [(name: String, scores: [Score])] {
    var parts: [String: [Score]] = [:]
    for score in scores { parts[key(score), default: []].append(score) }
    return parts.keys.sorted().filter { !$0.isEmpty }.map { ($0, parts[$0] ?? []) }
  }

  /// The losses of the questions that the reference answers.
  private static func losses(_ scores: [Score], _ reference: Report.Reference) -> [PairedLoss] {
    scores.compactMap { score in
      let other: Double? =
        switch reference {
        case .climatology: score.reference
        case .physics101: score.reference101
        case .recall: score.referenceRecall
        }
      return other.map {
        PairedLoss(
          template: score.template, instance: score.instance, model: score.normalised,
          reference: $0, climatology: score.reference)
      }
    }
  }
}
