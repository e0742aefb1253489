// The claim table as plain text for people.
//
// Checked by  TraceScoreTests.

enum TraceText {
  /// Lines of at most about 100 characters; none without a trace.
  static func lines(of table: TraceTable?) -> [String] {
    guard let table else { return [] }
    let none = table.without == 0 ? "" : "; \(table.without) answers carry none"
    var lines = ["", "Working: \(table.traces) answers carry a claim trace\(none)."]
    let rows: [(String, TraceCell, TraceCell)] = [
      ("right answer, right working", .earned, .unconnected),
      ("right answer, wrong working", .compensating, .unfaithful),
      ("wrong answer, right working", .incompleteRelation, .slip),
      ("wrong answer, wrong working", .consistentError, .confused),
    ]
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let (first, second) = (31, 24)
    lines.append(
      padded("", first) + padded("answer follows from it", second) + "answer does not")
    for (name, coherent, other) in rows {
      lines.append(
        padded("  " + name, first) + padded(cell(coherent, table), second) + cell(other, table))
    }
    lines.append("  no working: \(table.count(.noWorking))")
    let right = table.rightWithWorking
    if right > 0 {
      lines.append(
        "Of \(right) right answers with working: earned \(rate(table.earnedShare)), right answer "
          + "with wrong working \(rate(table.rightAnswerWrongWorking)).")
    }
    let causes = ClaimCause.allCases.compactMap { cause in
      table.causes[cause].map { "\(cause.rawValue) \($0)" }
    }
    if !causes.isEmpty { lines.append("First wrong steps: \(causes.joined(separator: ", ")).") }
    if let claims = table.fromClaims?.value, let answers = table.fromAnswers?.value {
      lines.append(
        "Had it believed its own working: skill \(signed(claims)) against climatology instead of "
          + "\(signed(answers)) (\(table.fromClaims?.questions ?? 0) questions).")
    }
    return lines
  }

  private static func cell(_ cell: TraceCell, _ table: TraceTable) -> String {
    "\(cell.rawValue) \(table.count(cell))"
  }

  private static func rate(_ rate: TraceTable.Rate) -> String {
    guard let value = rate.value, let interval = rate.interval else { return "–" }
    let (low, high) = (interval.lowerBound, interval.upperBound)
    return "\(Wording.fixed(value, decimals: 3)) [\(Wording.fixed(low, decimals: 3)), "
      + "\(Wording.fixed(high, decimals: 3))]"
  }

  private static func signed(_ value: Double) -> String {
    (value >= 0 ? "+" : "") + Wording.fixed(value, decimals: 3)
  }
}
