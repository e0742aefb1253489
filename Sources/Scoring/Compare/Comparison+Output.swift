// A comparison as text, as compare/1, and as a page.
//
// Checked by  ComparisonTests.

import Experience

extension Comparison {
  /// The claims first, then the table.
  public var text: String {
    var lines = pairs.map(\.sentence)
    lines.append("")
    var table = [["predictor", "skill vs climatology [95 %]", "mean loss"]]
    for row in rows {
      let skill = HTML.skill(Comparison.json(row.skill)).replacing("−", with: "-")
      table.append([row.name, skill, Wording.number(row.meanLoss)])
    }
    let widths = (0..<3).map { column in table.map { $0[column].count }.max() ?? 0 }
    for row in table {
      let cells = row.enumerated().map { column, cell in
        column == 2
          ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }
      lines.append(cells.joined(separator: "  "))
    }
    lines += ["", basis]
    return lines.joined(separator: "\n") + "\n"
  }

  private var basis: String {
    var text = "\(questions) questions that all files answer or leave open count."
    if leftOut > 0 { text += " \(leftOut) that not every file has are left out." }
    if contaminated > 0 { text += " \(contaminated) whose truth may be known are left out." }
    return text + " Losses are in units of climatology's mean loss. Truth is simulation, not test."
  }

  static func json(_ skill: Skill) -> JSON {
    func list(_ range: ClosedRange<Double>?) -> JSON? {
      range.map { .numbers([$0.lowerBound, $0.upperBound]) }
    }
    return .object([
      ("value", skill.value.map { .number($0) }), ("ci95", list(skill.interval)),
      ("delta", .number(skill.delta)), ("delta-ci95", list(skill.deltaInterval)),
      ("method", .text(skill.method.rawValue)), ("clusters", .number(Double(skill.clusters))),
    ])
  }

  public var json: JSON {
    .object([
      ("schema", .text("compare/1")), ("questions", .number(Double(questions))),
      ("left-out", .number(Double(leftOut))), ("contaminated", .number(Double(contaminated))),
      (
        "predictors",
        .array(
          rows.map { row in
            .object([
              ("name", .text(row.name)), ("mean-loss", .number(row.meanLoss)),
              ("climatology", Comparison.json(row.skill)),
            ])
          })
      ),
      (
        "pairs",
        .array(
          pairs.map { pair in
            .object([
              ("first", .text(pair.first)), ("second", .text(pair.second)),
              ("skill", Comparison.json(pair.skill)), ("p", pair.p.map { .number($0) }),
              ("p-holm", pair.holm.map { .number($0) }),
              ("claim", pair.claim.map { .text($0.rawValue) }), ("sentence", .text(pair.sentence)),
            ])
          })
      ), ("statements", .texts([basis])),
    ])
  }

  /// One self-contained page.
  public var html: String {
    let cards = pairs.map { pair -> String in
      let mood = pair.claim == .better ? "good" : pair.claim == .worse ? "bad" : "mixed"
      return "<div class=\"card \(mood)\"><p>\(HTML.escape(pair.sentence))</p></div>"
    }.joined(separator: "\n")
    let lines = rows.map { row in
      PageCharts.Interval(
        name: row.name, value: row.skill.value, range: row.skill.interval,
        note: "\(row.skill.clusters) scenes")
    }
    let table = HTML.table(
      ["predictor", "skill [95 %]", "mean loss"],
      rows.map {
        [
          HTML.escape($0.name), HTML.skill(Comparison.json($0.skill)), Wording.number($0.meanLoss),
        ]
      }, numbers: [1, 2])
    let figure = PageCharts.intervals(lines, title: "Skill against climatology", axis: "skill")
    return HTML.page(
      "Which predictor is better?", sub: basis,
      body: "<div class=\"cards\">\(cards)</div>\n"
        + HTML.section(
          "Skill against climatology, over the same questions", id: "skill",
          "<figure>\(figure)</figure>\n\(table)"))
  }
}
