// Diagnostics as SARIF, for code hosts and editors.

import Experience

/// SARIF 2.1.0, for code hosts and editors (OASIS standard, 2020).
enum Sarif {
  static func log(_ diagnostics: [Diagnostic]) -> JSON {
    let results = diagnostics.map { item -> JSON in
      var region: JSON?
      if let mark = item.mark {
        region = .object([
          ("startLine", .number(Double(mark.line))), ("startColumn", .number(Double(mark.column))),
          ("endColumn", .number(Double(mark.column + mark.length))),
        ])
      }
      let text = [item.message, item.label, item.help ?? ""].filter { !$0.isEmpty }
      return .object([
        ("ruleId", .text(item.code)), ("level", .text(item.severity.rawValue)),
        ("message", .object([("text", .text(text.joined(separator: "; ")))])),
        (
          "locations",
          .array([
            .object([
              (
                "physicalLocation",
                .object([
                  ("artifactLocation", .object([("uri", .text(item.path))])), ("region", region),
                ])
              )
            ])
          ])
        ),
      ])
    }
    return .object([
      ("$schema", .text("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .text("2.1.0")),
      (
        "runs",
        .array([
          .object([
            (
              "tool",
              .object([
                (
                  "driver",
                  .object([("name", .text("plumbline")), ("version", .text(Release.version))])
                )
              ])
            ), ("results", .array(results)),
          ])
        ])
      ),
    ])
  }
}
