// A truth record as a table for people.

import Experience
import Foundation

enum TruthText {
  static func table(_ record: TruthRecord, scene: Scene, withEvents: Bool) -> String {
    var out = "\(record.sceneName)  (\(record.experience))\n"
    if let about = scene.section.text("about"), !about.isEmpty { out += "  \(about)\n" }
    var rows = [["outcome", "value", "± band", "unit", "tolerances: 5 % … 95 %", "tier", "status"]]
    for (name, outcome) in record.outcomes {
      guard let scalar = outcome.scalar else {
        if let event = outcome.event { rows.append(row(name, event)) }
        continue
      }
      let law = Ensemble(scalar.members)
      let spread =
        scalar.members.count > 1
        ? "\(figures(law.quantile(0.05), 4)) … \(figures(law.quantile(0.95), 4))" : "exact inputs"
      rows.append([
        name, JSON.text(of: scalar.value), band(scalar.halfWidth), scalar.unit, spread,
        scalar.tier.rawValue, scalar.status.rawValue,
      ])
    }
    out += columns(rows)
    if !record.requirements.isEmpty {
      var rows = [["requirement", "criterion", "probability", "margin", "label"]]
      for requirement in record.requirements {
        // an event without a margin of its own has none that says anything
        let isEvent = record[outcome: requirement.event]?.event.map { $0.margin == nil } ?? false
        let margin = isEvent ? "-" : "\(figures(requirement.margin, 4)) \(requirement.unit)"
        rows.append([
          requirement.id, requirement.criterion, figures(requirement.probability, 4), margin,
          requirement.label.rawValue + (requirement.reason.map { " (\($0))" } ?? ""),
        ])
      }
      out += "\n" + columns(rows)
    }
    if withEvents, !record.events.isEmpty {
      var rows = [["event", "bodies", "t", "± band", "share of members"]]
      for event in record.events {
        rows.append([
          event.name, event.bodies.joined(separator: ", "), "\(JSON.text(of: event.time)) s",
          band(event.halfWidth),
          figures(event.occurs, 3),
        ])
      }
      out += "\n" + columns(rows)
    }
    let audits = record.audits.map { "\($0.name) \(figures($0.value, 2))" }
    let range = record.range.map { "\($0.name) \(figures($0.value, 4))" }
    out += "  audits: \(audits.joined(separator: ", "))"
    out += range.isEmpty ? "\n" : "; range: \(range.joined(separator: ", "))\n"
    for note in record.notes { out += "  note: \(note)\n" }
    for other in record.alternatives where !other.outcomes.isEmpty {
      let values = other.outcomes.map { "\($0.name) \(figures($0.value, 6))" }
      out += "  \(other.sentence): \(values.joined(separator: ", "))\n"
    }
    return out
  }

  private static func row(_ name: String, _ event: EventOutcome) -> [String] {
    let isCertain = event.probability == 0 || event.probability == 1
    let margin = event.margin.map {
      "margin \(figures($0.value, 4)) ± \(band($0.halfWidth)) \($0.unit)"
    }
    let spread =
      event.members > 1
      ? "\(Int((event.probability * Double(event.members)).rounded())) of \(event.members) members"
      : "exact inputs"
    return [
      name,
      isCertain ? (event.probability == 1 ? "yes" : "no") : "p \(figures(event.probability, 4))",
      event.low == event.high ? "0" : "\(figures(event.low, 3)) … \(figures(event.high, 3))",
      "event", [spread, margin].compactMap { $0 }.joined(separator: ", "), event.tier.rawValue,
      event.status.rawValue,
    ]
  }

  static func figures(_ value: Double, _ count: Int) -> String {
    String(format: "%.\(count)g", value)
  }

  private static func band(_ value: Double) -> String { value == 0 ? "0" : figures(value, 2) }

  /// Left-aligned columns, two blanks apart, indented by two.
  static func columns(_ rows: [[String]]) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { index, cell in
        index == row.count - 1
          ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
      }
      return "  " + cells.joined(separator: "  ") + "\n"
    }.joined()
  }
}

extension RequirementOutcome {
  /// The outcome that `criterion` names if it is an event or its absence.
  fileprivate var event: String { criterion.split(separator: " ").last.map(String.init) ?? "" }
}
