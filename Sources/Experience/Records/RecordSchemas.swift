// JSON Schemas of the record files, from one table of fields.
//
// Checked by  SchemaTests: every record that the program writes passes its schema.

public enum RecordSchemas {
  private static let text = type("string")
  private static let number = type("number")
  private static let numbers = list(number)
  private static let texts = list(text)
  private static let flag = type("boolean")
  private static let named = JSON.object([
    ("type", .text("object")), ("additionalProperties", number),
  ])

  private static func type(_ name: String) -> JSON { .object([("type", .text(name))]) }
  private static func list(_ items: JSON) -> JSON {
    .object([("type", .text("array")), ("items", items)])
  }
  private static func word(_ words: [String]) -> JSON { .object([("enum", .texts(words))]) }
  private static func map(_ value: JSON) -> JSON {
    .object([("type", .text("object")), ("additionalProperties", value)])
  }

  /// Fields whose names end in `?` may be absent.
  private static func record(_ fields: [(String, JSON)], open: Bool = false) -> JSON {
    let names = fields.map { $0.0.hasSuffix("?") ? String($0.0.dropLast()) : $0.0 }
    let required = fields.filter { !$0.0.hasSuffix("?") }.map(\.0)
    return .object([
      ("type", .text("object")),
      ("properties", .object(zip(names, fields).map { ($0, Optional($1.1)) })),
      ("required", .texts(required)), ("additionalProperties", .bool(open)),
    ])
  }

  private static let scalar = record([
    ("kind", word(["scalar"])), ("value", number), ("unit", text),
    (
      "numerical",
      record([
        ("half-width", number), ("order?", number),
        ("status", word(["converged", "unresolved-order", "unresolved"])),
      ])
    ),
    (
      "input",
      record([
        ("members", number), ("mean", number), ("sd", number), ("quantiles?", named),
        ("values", numbers),
      ])
    ), ("occurs?", number), ("envelope?", numbers),
    ("tier", word(["T0", "T1", "T2", "T3"])),
    ("basis", text),
  ])

  private static let event = record([
    ("kind", word(["event"])), ("probability", number), ("low", number), ("high", number),
    ("members", number), ("status", text), ("label?", word(["PASS", "FAIL", "MARGINAL"])),
    ("margin?", record([("value", number), ("half-width", number), ("unit", text)])),
    ("tier", text), ("basis", text),
  ])

  private static let shares = record([
    ("kind", word(["category", "ordered"])), ("classes", texts), ("probabilities", numbers),
    ("members", number), ("half-width", number), ("status", text), ("tier", text),
    ("basis", text),
  ])

  private static let ordering = record([
    ("kind", word(["ordering"])), ("items", texts), ("pairs", named), ("members", number),
    ("half-width", number), ("status", text), ("tier", text), ("basis", text),
  ])

  private static let series = record([
    ("kind", word(["series"])), ("items", texts), ("t-s?", numbers), ("unit", text),
    ("values", list(numbers)), ("numerical", record([("half-width", numbers)])),
    ("status", text), ("tier", text), ("basis", text),
  ])

  private static let truth = record([
    ("schema", word(["truth/1"])), ("id?", text), ("template?", text),
    ("scene", record([("name", text), ("experience", text), ("sha256", text)])), ("seed", text),
    ("mechanisms", texts), ("descriptors", named),
    ("outcomes", map(.object([("anyOf", .array([scalar, event, shares, ordering, series]))]))),
    (
      "requirements",
      map(
        record([
          ("text", text), ("criterion", text), ("probability", number), ("low", number),
          ("high", number), ("label", word(["PASS", "FAIL", "MARGINAL"])),
          ("margin", record([("value", number), ("half-width", number), ("unit", text)])),
          ("consequence", number), ("reason?", text),
        ]))
    ),
    (
      "events",
      list(
        record([
          ("event", text), ("bodies", texts), ("t-s", number), ("half-width-s", number),
          ("occurs", number),
        ]))
    ),
    (
      "channels?",
      list(
        record([
          ("name", text), ("aliases", texts), ("anchor", text), ("unit", text),
          ("values", list(.object([("type", .texts(["number", "null"]))]))), ("floor", number),
          ("status", text),
        ]))
    ),
    (
      "alternatives?",
      list(
        record([
          ("name", text), ("sentence", text), ("outcomes", named),
          (
            "events?",
            list(
              record([("event", text), ("t-s", number), ("value?", number), ("unit?", text)]))
          ),
        ]))
    ),
    ("shortcuts?", texts), ("audits", named), ("range", named), ("notes?", texts),
    ("provenance?", type("object")),
    ("crc32?", text),
  ])

  private static let criterion = record([
    ("outcome", text), ("comparison", word(["<", "<=", ">", ">="])), ("value", number),
    ("unit", text),
  ])

  private static let requirement = record([
    ("id", text), ("text", text), ("source?", text), ("criterion", criterion),
    ("criterion-text", text), ("consequence", number),
    (
      "margin?",
      record([("unit", text), ("dimension", numbers), ("support", numbers), ("levels", numbers)])
    ), ("physics-101?", text),
  ])

  private static let questionTypes = word([
    "event", "category", "ordered", "scalar", "interval", "ordering", "series", "verification",
  ])
  private static let rules = word([
    "brier", "rps", "crps", "wis", "interval", "pairs", "energy", "verification",
  ])
  /// Keys of questions about more than one outcome, or backwards.
  private static let derivation: [(String, JSON)] = [
    ("classes?", texts), ("criteria?", list(criterion)), ("items?", texts), ("t-s?", numbers),
    (
      "reverse?",
      record([
        ("input", text), ("outcome", text), ("value?", number), ("unit", text),
        ("range-si", numbers),
      ])
    ),
  ]

  private static let question = record(
    [
      ("schema", word(["question/1"])), ("id", text), ("instance", text), ("template", text),
      ("slot", text), ("type", questionTypes), ("rule", rules),
      ("levels?", numbers), ("requirements?", list(requirement)), ("prompt", text),
      ("scene", type("object")),
      (
        "quantity",
        record([
          ("name", text), ("unit", text), ("dimension", numbers),
          ("scale", word(["linear", "log10"])),
          ("reference?", number), ("support", numbers),
        ])
      ), ("event?", criterion), ("answer-schema", text), ("handoff-allowed", flag),
      ("consequence", number), ("split", word(["calibration", "public", "sealed", "retired"])),
      ("mechanisms", texts), ("descriptors", named), ("canary", text),
    ] + derivation)

  private static let amount = JSON.object([
    ("anyOf", .array([number, text]))
  ])

  private static let answer = JSON.object([
    (
      "anyOf",
      .array([
        record([("p", amount)]),
        record([("value", amount), ("sd?", amount), ("unit?", text)]),
        record([("values", list(amount)), ("unit?", text)]),
        record([("quantiles", map(amount)), ("unit?", text)]),
        record([("probs", map(amount))]),
        record([("low", amount), ("high", amount), ("unit?", text)]),
        record([("order", texts)]), record([("pairs", map(amount))]),
        record([("paths", list(list(amount))), ("unit?", text)]),
        record([("quantiles", map(list(amount))), ("unit?", text)]),
        record([("handoff", word2(true)), ("reason", text), ("note?", text)]),
        record([
          (
            "requirements",
            list(
              record([
                ("req", text), ("method?", text), ("p-pass?", amount),
                ("margin?", type("object")),
                ("disposition", word(["accept", "reject", "handoff"])),
                ("p-fault?", map(amount)), ("evidence?", texts),
              ]))
          )
        ]),
      ])
    )
  ])

  private static func word2(_ value: Bool) -> JSON { .object([("enum", .array([.bool(value)]))]) }

  private static let prediction = record([
    ("schema", word(["prediction/1"])), ("id", text), ("answer?", answer), ("raw?", text),
    ("model?", text), ("track?", text), ("attempt?", number), ("trace?", texts), ("ledger?", text),
    ("cost?", type("object")),
  ])

  private static let template = record([
    ("schema", word(["template/1"])), ("id", text), ("experience", text), ("mechanisms", texts),
    ("parameters", type("object")), ("bindings", map(text)),
    ("ensemble", record([("members", number), ("resolutions", number)])),
    (
      "slots",
      list(
        record(
          [
            ("slot", text), ("type", questionTypes), ("requirements?", list(requirement)),
            ("rule", rules), ("name", text), ("unit", text),
            ("dimension", numbers), ("scale", word(["linear", "log10"])), ("reference?", number),
            ("support", numbers), ("levels?", numbers), ("event?", criterion),
            ("loss-scale?", number),
            (
              "physics-101?",
              record([("expression?", text), ("expressions?", texts), ("relative-sd", number)])
            ),
            ("spread?", record([("truth", numbers), ("climatology", numbers)])),
            ("rho?", number), ("min-claims?", number),
          ] + derivation))
    ), ("laws?", map(record([("target", text), ("expression", text)]))), ("licence", text),
    ("canary", text),
  ])

  private static let experience = record([
    ("schema", word(["experience/1"])), ("id", text), ("template", text), ("experience", text),
    ("seed", text), ("level", number), ("inputs", map(text)),
    (
      "outcomes",
      map(
        .object([
          (
            "anyOf",
            .array([record([("value", number), ("unit", text)]), record([("happens", flag)])])
          )
        ]))
    ), ("mechanisms", texts), ("descriptors", named), ("crc32?", text),
  ])

  private static let score = record([
    ("schema", word(["score/1"])), ("id", text), ("value", named), ("answer", text),
    ("explanation", text), ("metadata", type("object")),
  ])

  private static let failure = record([
    ("schema", word(["failure/1"])), ("id", text), ("instance", text), ("template", text),
    ("split", word(["public", "retired"])), ("kind", word(["wrong", "unsafe"])), ("prompt", text),
    ("answer", type("object")), ("trace?", texts), ("loss", number), ("unit", text),
    ("normalised", number),
    (
      "correct",
      record([
        ("value?", number), ("half-width?", number), ("quantiles?", type("object")),
        ("unit?", text), ("probs?", named), ("pairs?", named),
        ("probability?", number), ("label?", word(["PASS", "FAIL", "MARGINAL"])),
      ])
    ),
    (
      "reason",
      record([
        ("by", word(["trace", "series", "ablation", "unexplained"])), ("alternative?", text),
        ("event?", text), ("t-s?", number), ("quantity?", text), ("stated?", number),
        ("alternative-value?", number), ("simulated?", number), ("unit?", text),
        ("difference?", number), ("in-tolerances?", number), ("cause?", text),
        ("descriptors?", texts),
      ])
    ), ("sentence", text), ("range?", text), ("mechanisms", texts), ("licence", text),
    ("canary", text),
  ])

  private static let ledger = JSON.object([
    (
      "anyOf",
      .array([
        record([
          ("schema", word(["ledger/1"])), ("id", text), ("predictor?", text), ("declared?", text),
          ("by?", text), ("complete?", flag), ("other-sources?", text),
        ]),
        record([
          ("dataset", text), ("name?", text), ("version?", text), ("ids?", texts),
          ("ranges?", list(type("array"))), ("all?", word2(true)),
          ("exposure", word(Ledger.Exposure.allCases.map(\.rawValue))),
          ("saw", list(word(Ledger.Part.allCases.map(\.rawValue)))), ("epochs?", number),
          ("from?", text), ("until?", text),
        ]),
      ])
    )
  ])

  private static let report = record(
    [
      ("schema", word(["report/1"])), ("dataset", type("object")),
      ("predictions", type("object")), ("statements", texts),
    ], open: true)

  private static let manifest = record(
    [
      ("schema", word(["manifest/1"])), ("id", text), ("version", text), ("licence", text),
      ("canary", text), ("plan", text),
      (
        "files",
        list(
          record([("path", text), ("records", number), ("bytes", number), ("sha256", text)]))
      ), ("splits", map(type("object"))), ("release", text), ("commit", text),
    ], open: true)

  /// Name and schema of every record that this release reads or writes.
  public static let all: [(name: String, schema: JSON)] = [
    ("template", template), ("question", question), ("prediction", prediction), ("truth", truth),
    ("experience", experience), ("ledger", ledger), ("score", score), ("report", report),
    ("failure", failure),
    ("manifest", manifest),
  ].map { name, schema in
    var head = JSONObject([
      ("$schema", .text(SchemaGenerator.draft)), ("title", .text("\(name)/1")),
    ])
    for (key, value) in schema.object?.pairs ?? [] { head[key] = value }
    return (name, .object(head))
  }
}
