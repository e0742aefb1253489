// The verification report as JSON (`vcrm` of report/1) and as CSV (RFC 4180).
//
// A cell that a spreadsheet would take for a formula gets an apostrophe in front: texts of models
// and scenes end up in these files.
// Checked by  VerificationTests.

import Experience

extension VerificationRow {
  public var json: JSON {
    .object([
      ("id", .text(id)), ("text", .text(text)), ("source", .text(source)),
      ("method", .text("analysis by simulation")), ("criterion", .text(criterion)),
      ("level", .text("scene")), ("phase", .text("design")),
      ("consequence", .number(Double(consequence))),
      (
        "evidence",
        .object([
          ("scene", .text(scene)), ("truth", .text(truth)), ("prediction", .text(prediction)),
        ])
      ), ("value", value.map { .number($0) }), ("half-width", halfWidth.map { .number($0) }),
      ("unit", .text(unit)), ("margin", .number(margin)),
      ("margin-half-width", .number(marginHalfWidth)), ("mos", safety.map { .number($0) }),
      ("probability", .number(probability)), ("label", .text(label.rawValue)),
      ("tier", .text(tier.rawValue)), ("basis", .text(basis)), ("range", .text(range)),
      ("disposition", .text(action.rawValue)), ("stated-pass", statedPass.map { .number($0) }),
      ("inconsistent", .bool(isInconsistent)), ("authority", .text(verdict.rawValue)),
      (
        "human",
        .object([
          ("look-at", .texts(lookAt)), ("name", .null), ("date", .null), ("decision", .null),
          ("remark", .null),
        ])
      ), ("close-out", .text(closeOut)),
    ])
  }
}

public enum VerificationTable {
  static let columns = [
    "id", "text", "source", "method", "criterion", "level", "phase", "consequence", "scene_sha256",
    "truth_sha256", "prediction_sha256", "value", "half_width", "margin", "margin_half_width",
    "unit",
    "mos", "probability", "label", "tier", "basis", "range", "disposition", "stated_p_pass",
    "authority", "look_at", "human_name", "human_date", "human_decision", "human_remark",
    "close_out",
  ]

  /// Lines of CSV, each with CR LF; the limiting sentences stand above the table, as comments do in
  /// print: one cell a line.
  public static func csv(_ rows: [VerificationRow], sentences: [String]) -> String {
    var lines = sentences.map { cell($0) }
    lines.append(columns.joined(separator: ","))
    func number(_ value: Double?) -> String { value.map { JSON.text(of: $0) } ?? "" }
    for row in rows {
      let cells = [
        cell(row.id), cell(row.text), cell(row.source), "analysis by simulation",
        cell(row.criterion), "scene", "design", String(row.consequence), row.scene, row.truth,
        row.prediction, number(row.value), number(row.halfWidth), number(row.margin),
        number(row.marginHalfWidth), cell(row.unit), number(row.safety), number(row.probability),
        row.label.rawValue, row.tier.rawValue, cell(row.basis), cell(row.range),
        row.action.rawValue, number(row.statedPass), row.verdict.rawValue,
        cell(row.lookAt.joined(separator: "; ")), "", "", "", "", cell(row.closeOut),
      ]
      lines.append(cells.joined(separator: ","))
    }
    return lines.map { $0 + "\r\n" }.joined()
  }

  static func cell(_ text: String) -> String {
    let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
    let safe = isFormula ? "'" + text : text
    let mustQuote = safe.contains { ",\"\n\r".contains($0) || $0 == "\r\n" }
    return mustQuote ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
  }
}
