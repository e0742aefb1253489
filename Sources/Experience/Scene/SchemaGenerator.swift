// JSON Schema (draft-07, what the YAML support of editors reads) from the tables of the reader.
//
// One pattern a dimension: a number, then a unit of that dimension, then perhaps a tolerance. A unit
// that is composed (`kg/m^3`) is only checked for its shape; the reader checks its dimension.
// Checked by  SchemaTests: every scene passes both, mutants are refused by both or listed.

public enum SchemaGenerator {
  public static let draft = "http://json-schema.org/draft-07/schema#"

  /// Schema of a whole file.
  public static func schema(_ table: SectionTable, title: String) -> JSON {
    var object = section(table).object ?? JSONObject()
    var head = JSONObject([
      ("$schema", .text(draft)), ("title", .text(title)),
    ])
    for (key, value) in object.pairs { head[key] = value }
    object = head
    return .object(object)
  }

  private static func section(_ table: SectionTable) -> JSON {
    var properties = JSONObject()
    for field in table.fields {
      var property = kind(field.kind).object ?? JSONObject()
      var about = field.about
      if let fallback = field.fallback, !["{}", "[]", "\"\""].contains(fallback) {
        about += " (default: \(fallback.filter { $0 != "\"" }))"
      }
      property["description"] = .text(about)
      properties[field.key] = .object(property)
    }
    let grouped = Set(table.groups.flatMap(\.keys))
    let required = table.fields.filter { $0.isRequired && !grouped.contains($0.key) }.map(\.key)
    // a group: exactly one, or at most one, of keys that state the same fact
    let conditions = table.groups.map { group -> JSON in
      var forms = group.keys.map { JSON.object([("required", .texts([$0]))]) }
      if !group.isRequired {
        forms.append(
          .object([
            ("not", .object([("anyOf", .array(forms))]))
          ]))
      }
      return .object([("oneOf", .array(forms))])
    }
    return .object([
      ("type", .text("object")), ("additionalProperties", .bool(false)),
      ("properties", .object(properties)),
      ("required", required.isEmpty ? nil : .texts(required)),
      ("allOf", conditions.isEmpty ? nil : .array(conditions)),
    ])
  }

  private static func kind(_ kind: FieldKind) -> JSON {
    switch kind {
    case .quantity(let quantity): return anyOf(self.quantity(quantity))
    case .vector(let quantity):
      return anyOf([
        .object([("type", .text("string")), ("pattern", .text(vectorPattern(quantity)))]),
        .object([
          ("type", .text("array")), ("minItems", .number(3)), ("maxItems", .number(3)),
          ("items", anyOf(self.quantity(quantity))),
        ]),
      ])
    case .direction:
      return anyOf([
        .object([("type", .text("string")), ("pattern", .text("^\\s*\\["))]),
        .object([
          ("type", .text("array")), ("minItems", .number(3)), ("maxItems", .number(3)),
          ("items", .object([("type", .text("number"))])),
        ]),
      ])
    case .integer(let range):
      return .object([
        ("type", .text("integer")), ("minimum", .number(Double(range.lowerBound))),
        ("maximum", .number(Double(range.upperBound))),
      ])
    case .flag: return .object([("type", .text("boolean"))])
    // YAML reads `name: 3` as a number although a text is meant
    case .text: return .object([("type", .texts(["string", "number", "boolean"]))])
    case .word(let words): return .object([("enum", .texts(words))])
    case .section(let table): return section(table)
    case .list(let element):
      return .object([("type", .text("array")), ("items", self.kind(element))])
    case .dictionary(let element):
      return .object([("type", .text("object")), ("additionalProperties", self.kind(element))])
    case .either(let kinds):
      return anyOf(
        kinds.flatMap { kind -> [JSON] in
          if case .quantity(let quantity) = kind { return self.quantity(quantity) }
          return [self.kind(kind)]
        })
    }
  }

  private static func anyOf(_ forms: [JSON]) -> JSON {
    forms.count == 1 ? forms[0] : .object([("anyOf", .array(forms))])
  }

  private static func quantity(_ kind: QuantityKind) -> [JSON] {
    let text = JSON.object([
      ("type", .text("string")), ("pattern", .text("^\\s*\(pattern(kind))\\s*$")),
    ])
    var forms = [text]
    if isBare(kind) {
      var number = JSONObject([("type", .text("number"))])
      let lower = kind.excludesLowerEnd ? "exclusiveMinimum" : "minimum"
      if kind.range.lowerBound > -1e300 { number[lower] = .number(kind.range.lowerBound) }
      if kind.range.upperBound < 1e300 { number["maximum"] = .number(kind.range.upperBound) }
      forms.append(.object(number))
    }
    let value: JSON =
      isBare(kind)
      ? .object([("type", .texts(["string", "number"]))]) : .object([("type", .text("string"))])
    for keys in [["value", "sd"], ["low", "high"]] {
      forms.append(
        .object([
          ("type", .text("object")), ("additionalProperties", .bool(false)),
          ("properties", .object(keys.map { ($0, value) })), ("required", .texts(keys)),
        ]))
    }
    forms.append(
      .object([
        ("type", .text("object")), ("additionalProperties", .bool(false)),
        (
          "properties",
          .object([
            (
              "one-of",
              .object([
                ("type", .text("array")), ("minItems", .number(1)), ("items", value),
              ])
            )
          ])
        ), ("required", .texts(["one-of"])),
      ]))
    return forms
  }

  private static func isBare(_ kind: QuantityKind) -> Bool {
    kind.dimension.isDimensionless && kind.dimension.angle == 0
  }

  private static let number = "[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?"

  /// A quantity of this kind, without anchors.
  static func pattern(_ kind: QuantityKind) -> String {
    let unit = unitPattern(kind)
    let tolerance = "(\\s*(±|\\+/-)\\s*\(number)\\s*(\(unit)|%)?)?"
    // a size or mass starts without a minus
    let leading =
      kind.range.lowerBound >= 0
      ? number.replacing("[+-]?[0-9]+(", with: "\\+?[0-9]+(", maxReplacements: 1) : number
    return isBare(kind)
      ? "\(leading)\\s*(\(unit))?\(tolerance)" : "\(leading)\\s*(\(unit))\(tolerance)"
  }

  private static func vectorPattern(_ kind: QuantityKind) -> String {
    let part = "\\s*\(number)(\\s*(±|\\+/-)\\s*\(number))?\\s*"
    let unit = isBare(kind) ? "(\(unitPattern(kind)))?" : "(\(unitPattern(kind)))"
    return "^\\s*\\[\(part),\(part),\(part)\\]\\s*\(unit)\\s*$"
  }

  /// The simple units of a dimension, or any composed one.
  private static func unitPattern(_ kind: QuantityKind) -> String {
    let simple = UnitTable.symbols.filter { symbol in
      guard let unit = try? Unit.parse(symbol), symbol != "1" else { return false }
      return unit.dimension.isSame(as: kind.dimension)
        && (kind.dimension.angle == 0 || unit.dimension.angle == kind.dimension.angle)
    }.map { $0.replacing("%", with: "%") }
    let composed = "[A-Za-zµμ°%()1]+[A-Za-zµμ°%()0-9²³]*([./*·^][A-Za-zµμ°%()0-9²³+-]+)+"
    return (simple + [composed]).joined(separator: "|")
  }
}
