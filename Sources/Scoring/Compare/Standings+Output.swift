// Standings as text, as standings/1, and as a page.
//
// Checked by  StandingsTests.

import Experience

extension Standings {
  /// "+0.41 [+0.35, +0.46]"; without an interval of the skill, that of the saved loss; or why not.
  private static func figure(_ row: Standing) -> String {
    if let why = row.why { return "no figure: \(why)" }
    guard row.skill?["value"]?.number != nil else { return "Δ \(HTML.skill(row.delta))" }
    let skill = HTML.skill(row.skill)
    return row.skill?["ci95"] == nil && row.delta?["ci95"] != nil
      ? "\(skill) (Δ \(HTML.skill(row.delta)))" : skill
  }

  public var text: String {
    var lines: [String] = []
    for table in tables {
      lines.append("\(table.experience): \(table.dataset) \(table.version), split \(table.split)")
      let width = table.rows.map(\.predictor.count).max() ?? 0
      for row in table.rows {
        let pad = String(repeating: " ", count: width - row.predictor.count)
        let figure = Standings.figure(row).replacing("−", with: "-")
        lines.append(
          "  \(row.predictor)\(pad)  \(figure)  \(row.answered) of \(row.questions) questions, "
            + "\(row.scenes) scenes; \(row.range); \(row.authority)")
      }
      lines.append("")
    }
    return (lines + statements).joined(separator: "\n") + "\n"
  }

  public var json: JSON {
    .object([
      ("schema", .text("standings/1")),
      (
        "tables",
        .array(
          tables.map { table in
            .object([
              ("experience", .text(table.experience)), ("dataset", .text(table.dataset)),
              ("version", .text(table.version)), ("sha256", .text(table.hash)),
              ("split", .text(table.split)),
              ("rows", .array(table.rows.map(Standings.json))),
            ])
          })
      ), ("statements", .texts(statements)),
    ])
  }

  private static func json(_ row: Standing) -> JSON {
    .object([
      ("predictor", .text(row.predictor)), ("skill", row.skill), ("delta", row.delta),
      ("claim", row.claim.map { .text($0) }), ("why", row.why.map { .text($0) }),
      ("questions", .number(Double(row.questions))), ("answered", .number(Double(row.answered))),
      ("invalid", .number(Double(row.invalid))), ("scenes", .number(Double(row.scenes))),
      ("range", .text(row.range)), ("authority", .text(row.authority)),
    ])
  }

  // MARK: Page

  /// One self-contained page.
  public var html: String {
    let limits = statements.map { "<li>\(HTML.escape($0))</li>" }.joined()
    let body =
      HTML.section("Predictors by experience", id: "overview", overview)
      + "<div class=\"limit\"><strong>How to read this</strong><ul>\(limits)</ul></div>\n"
      + tables.enumerated().map { Standings.section($0.element, id: "set-\($0.offset + 1)") }
      .joined()
    let count = tables.count
    return HTML.page(
      "Who can answer what, and how well?",
      sub: "\(predictors.count) predictors on \(count) data set\(count == 1 ? "" : "s"), "
        + "skill against climatology with 95 % intervals. Truth is simulation, not test.",
      body: body)
  }

  /// Predictor by experience: a cell is empty where there is no answer.
  private var overview: String {
    let rows = predictors.map { name -> [String] in
      let cells = tables.map { table -> String in
        guard let row = table.rows.first(where: { $0.predictor == name }) else { return "" }
        return Standings.cell(row)
      }
      return [HTML.escape(name)] + cells
    }
    return HTML.table(
      ["predictor"] + tables.map { HTML.escape($0.experience) }, rows,
      numbers: Set(1...max(1, tables.count)))
  }

  private static func cell(_ row: Standing) -> String {
    func small(_ text: String) -> String { "<br><span class=\"sub\">\(HTML.escape(text))</span>" }
    guard row.why == nil, let value = row.skill?["value"]?.number else {
      return "–" + small("\(row.scenes) scenes")
    }
    let range = row.skill?["ci95"]?.numbers ?? []
    let interval =
      range.count == 2 ? "[\(HTML.signed(range[0])), \(HTML.signed(range[1]))]" : "no interval"
    return "<strong>\(HTML.signed(value))</strong>" + small(interval)
      + small("n = \(row.answered), \(row.scenes) scenes")
  }

  private static func section(_ table: Table, id: String) -> String {
    let lines = table.rows.map { row -> PageCharts.Interval in
      let range = row.skill?["ci95"]?.numbers ?? []
      return PageCharts.Interval(
        name: row.predictor, value: row.why == nil ? row.skill?["value"]?.number : nil,
        range: range.count == 2 ? range[0]...max(range[0], range[1]) : nil,
        note: "\(row.answered) answers")
    }
    let rows = table.rows.map { row in
      [
        HTML.escape(row.predictor),
        row.why.map { HTML.escape("no figure: \($0)") } ?? HTML.skill(row.skill),
        HTML.skill(row.delta), "\(row.answered) of \(row.questions)", "\(row.scenes)",
        HTML.escape(row.claim ?? "no claim"), HTML.escape("\(row.range); \(row.authority)"),
      ]
    }
    let about =
      "<p>\(HTML.escape("\(table.dataset) \(table.version), split \(table.split)")), data set "
      + "<code>\(HTML.escape(String(table.hash.prefix(16))))</code>.</p>"
    let title = "Skill against climatology: \(table.experience)"
    return HTML.section(
      table.experience, id: id,
      about
        + "<figure>\(PageCharts.intervals(lines, title: title, axis: "skill"))</figure>"
        + HTML.table(
          [
            "predictor", "skill [95 %]", "difference of losses [95 %]", "answers", "scenes",
            "against climatology", "trusted where",
          ], rows, numbers: [1, 2, 3, 4]))
  }
}
