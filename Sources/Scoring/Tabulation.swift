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

  /// What tells the parts of a breakdown apart, from what scores share or from the score itself.
  private enum Key {
    case kind((ScoreSheet.Kind) -> String)
    case finding((RangeFinding?) -> String)
    case entry((ScoreSheet.Entry) -> String)
  }

  private struct Part {
    let name: String
    var rows: [Int32]
  }

  /// - Parameter rows: scores of the sheet, in their order.
  init(_ sheet: ScoreSheet, _ rows: [Int32], replicates: Int, seed: UInt64) {
    // the parts of every breakdown, in an order that does not depend on hashing
    let keys: [(name: String, key: Key)] = [
      ("template", .kind { $0.template }), ("slot", .kind { "\($0.template)/\($0.slot)" }),
      ("type", .kind { $0.type.rawValue }), ("tier", .entry { $0.tier.rawValue }),
      ("label", .entry { $0.label?.rawValue ?? "" }),
      ("range", .finding { $0?.label.rawValue ?? "" }),
      ("scene", .entry { $0.needsScene.map { $0 ? "needed" : "not needed" } ?? "" }),
    ]
    let breakdowns = keys.map { name, key in
      (name: name, parts: Tabulation.parts(sheet, rows, by: key))
    }

    // all tables at once, so that they share the draws; the whole comes first
    let clusters = SheetClusters(sheet)
    var sets: [(table: ClusterTable, questions: Int)] = []
    func enter(_ part: [Int32], _ references: [Report.Reference]) -> [Int?] {
      references.map { reference in
        let set = clusters.table(part, reference)
        if set.questions == 0 { return nil }
        sets.append(set)
        return sets.count - 1
      }
    }
    let whole = enter(rows, Report.Reference.allCases)
    let entries = breakdowns.map { breakdown in
      breakdown.parts.map {
        $0.rows.count == rows.count ? whole : enter($0.rows, [.climatology, .physics101])
      }
    }
    let skills = Skill.all(sets, replicates: replicates, seed: seed)

    headline = zip(Report.Reference.allCases, whole).compactMap { reference, place in
      place.map { (reference, skills[$0]) }
    }
    groups = zip(breakdowns, entries).map { breakdown, entries in
      let rows = zip(breakdown.parts, entries).compactMap { part, entry -> Report.Row? in
        guard let climatology = entry[0] else { return nil }
        var units: Set<String> = []
        var sum = 0.0
        for row in part.rows {
          let entry = sheet.entry(Int(row))
          if units.count < 2 { units.insert(sheet.kind(of: entry).lossUnit) }
          sum += entry.loss
        }
        let mean = sum / Double(part.rows.count)
        return Report.Row(
          name: part.name, questions: part.rows.count, climatology: skills[climatology],
          physics101: entry[1].map { skills[$0] }, meanLoss: units.count == 1 ? mean : nil,
          lossUnit: units.count == 1 ? units.first : nil)
      }
      return (breakdown.name, rows)
    }
  }

  /// One row over all scores given; `nil` without any.
  static func row(
    _ name: String, _ sheet: ScoreSheet, _ rows: [Int32], replicates: Int, seed: UInt64
  ) -> Report.Row? {
    let clusters = SheetClusters(sheet)
    let sets = [Report.Reference.climatology, .physics101].map { clusters.table(rows, $0) }
    let skills = Skill.all(
      sets.filter { $0.questions > 0 }, replicates: replicates, seed: seed)
    guard sets[0].questions > 0 else { return nil }
    return Report.Row(
      name: name, questions: rows.count, climatology: skills[0],
      physics101: sets[1].questions == 0 ? nil : skills[1], meanLoss: nil, lossUnit: nil)
  }

  private static func parts(_ sheet: ScoreSheet, _ rows: [Int32], by key: Key) -> [Part] {
    var parts: [Part] = []
    var places: [String: Int] = [:]
    func place(_ name: String) -> Int {
      if let place = places[name] { return place }
      places[name] = parts.count
      parts.append(Part(name: name, rows: []))
      return parts.count - 1
    }
    // a name is made once for each kind and finding, not for each score
    let kinds: [Int]? =
      if case .kind(let name) = key { sheet.kinds.map { place(name($0)) } } else { nil }
    let findings: [Int]? =
      if case .finding(let name) = key {
        sheet.findings.map { place(name($0[0])) } + [place(name(nil))]
      } else { nil }
    for row in rows {
      let entry = sheet.entry(Int(row))
      let part =
        switch key {
        case .kind: kinds?[Int(entry.kind)] ?? 0
        case .finding:
          findings?[entry.finding < 0 ? sheet.findings.count : Int(entry.finding)] ?? 0
        case .entry(let name): place(name(entry))
        }
      parts[part].rows.append(row)
    }
    return parts.filter { !$0.name.isEmpty && !$0.rows.isEmpty }.sorted { $0.name < $1.name }
  }
}
