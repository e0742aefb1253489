// A report as plain text for people: what it is not, five answers in plain words, limits, the table,
// range and authority, the claims.
//
// Checked by  ReportTests.

public enum ReportText {
  /// Lines of at most about 100 characters, each with a line feed.
  public static func text(of report: Report) -> String {
    var lines = report.statements.prefix(1).map { "! \($0)" }
    if let judgement = report.judgement {
      lines += Summary(report, judgement).answers.map { "\($0.question) \($0.text)" }
      lines.append("")
    }
    lines += report.statements.dropFirst().map { "! \($0)" }
    lines.append("")
    let slots = report.rows.first { $0.group == "slot" }?.rows ?? []
    var table = [["slot", "n", "skill vs climatology", "skill vs physics-101", "mean loss"]]
    for row in slots {
      table.append([
        row.name, String(row.questions), cell(row.climatology),
        row.physics101.map(cell) ?? "no closed form",
        row.meanLoss.map { Wording.quantity($0, row.lossUnit ?? "1") } ?? "",
      ])
    }
    lines += layout(table)
    lines.append("")
    lines.append(
      "\(report.questions) questions: \(report.invalidCount) invalid "
        + "(\(report.missing) without a prediction), \(report.abstained) handed to a human, "
        + "\(report.marginal) MARGINAL, \(report.unresolved) unresolved.")
    for (reason, count) in report.invalid { lines.append("  \(reason.rawValue): \(count)") }
    lines += calibration(report.calibration)
    lines += TraceText.lines(of: report.traces)
    lines += authority(report)
    lines.append("")
    if let why = report.why {
      lines.append("No headline: \(why).")
    } else {
      lines += report.skills.map { claim($0.reference, $0.skill) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Range, authority and contamination.
  private static func authority(_ report: Report) -> [String] {
    guard let judgement = report.judgement else { return [] }
    var lines: [String] = []
    let range = (report.rows.first { $0.group == "range" }?.rows ?? []).map {
      "\($0.name) \($0.questions) (\(cell($0.climatology)))"
    }
    if !range.isEmpty {
      lines += ["", "Questions by range: " + range.joined(separator: ", ") + "."]
    }
    if let gap = report.recallGap {
      lines.append("Recall gap, contaminated minus fresh: \(signed(gap)).")
    }
    for row in judgement.authority.rows {
      lines += [
        "",
        "\(row.template), consequence \(row.consequence): \(row.verdict.words)"
          + (row.verdict == .acceptAlone ? "" : " (\(row.reason))") + ".",
        "  " + row.sentence,
      ]
      lines += row.checkpoints.dropFirst().map { "  look at: \($0)" }
    }
    return lines
  }

  /// "0.41 [0.35, 0.46]".
  private static func cell(_ skill: Skill) -> String {
    guard let value = skill.value else { return "Δ \(signed(skill.delta))" }
    let interval = skill.interval.map { " [\(signed($0.lowerBound)), \(signed($0.upperBound))]" }
    return signed(value) + (interval ?? "")
  }

  /// Three decimals: finer than the interval of a thousand scenes.
  private static func signed(_ value: Double) -> String {
    let text = Wording.fixed(value, decimals: 3)
    return value >= 0 ? "+" + text : text
  }

  private static func claim(_ reference: Report.Reference, _ skill: Skill) -> String {
    let interval = skill.interval ?? skill.deltaInterval
    let subject = skill.value == nil ? "Δ \(signed(skill.delta))" : "skill \(cell(skill))"
    let basis = interval == nil ? "" : ", \(skill.method.rawValue) over \(skill.clusters) instances"
    let delta =
      skill.interval == nil
      ? skill.deltaInterval.map {
        ", Δ \(signed(skill.delta)) [\(signed($0.lowerBound)), \(signed($0.upperBound))]"
      } ?? "" : ""
    guard let claim = skill.claim else {
      return "Against \(reference.rawValue): \(subject); no claim from \(skill.clusters) instances."
    }
    let sentence =
      switch claim {
      case .better: "better than \(reference.rawValue)"
      case .worse: "worse than \(reference.rawValue)"
      case .notShown: "not shown different from \(reference.rawValue)"
      }
    return "The answers are \(sentence): \(subject)\(delta) (95 %\(basis))."
  }

  private static func calibration(_ calibration: Calibration) -> [String] {
    func line(_ name: String, _ coverage: Calibration.Coverage?) -> String? {
      coverage.map {
        "\(name) intervals hold \(Wording.fixed($0.value, decimals: 3)) "
          + "[\(Wording.fixed($0.interval.lowerBound, decimals: 3)), "
          + "\(Wording.fixed($0.interval.upperBound, decimals: 3))] of \($0.questions) truths."
      }
    }
    let events = calibration.events.map {
      "Events (\(calibration.eventCount)): miscalibration \(Wording.number($0.miscalibration)), "
        + "discrimination \(Wording.number($0.discrimination)), "
        + "uncertainty \(Wording.number($0.uncertainty))."
    }
    return [line("50 %", calibration.coverage50), line("90 %", calibration.coverage90), events]
      .compactMap { $0 }
  }

  /// Columns padded to their widest cell; the last one ragged.
  private static func layout(_ table: [[String]]) -> [String] {
    let columns = table[0].count
    let widths = (0..<columns).map { column in table.map { $0[column].count }.max() ?? 0 }
    return table.map { row in
      var line = ""
      for column in 0..<columns {
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        // counts stand to the right
        line += column == 1 ? padding + row[column] : row[column] + padding
        if column < columns - 1 { line += "  " }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
