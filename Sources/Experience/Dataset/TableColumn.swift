// A column of a table that other programs read, and where a row of JSON holds it.

public struct TableColumn: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case text, number, integer, flag, numbers, texts }

  public let name: String
  public let kind: Kind
  public let about: String
  /// Key of the row.
  public let key: String
  /// Place inside the key's object, as a JSONPath; `nil`: the key's own value.
  public let place: String?

  public init(
    _ name: String, _ kind: Kind, _ about: String, key: String? = nil, place: String? = nil
  ) {
    (self.name, self.kind, self.about) = (name, kind, about)
    (self.key, self.place) = (key ?? name, place)
  }
}

extension ExperienceRecord {
  /// The columns of experiences of a plan: what varies as text with its unit, and the outcomes asked.
  public static func columns(of builder: DatasetBuilder) -> [TableColumn] {
    let plan = builder.plan
    let outcomes = builder.askedOutcomes(plan.scene)
    return [
      TableColumn("id", .text, "experience: template, version, number"),
      TableColumn("template", .text, "name and version of the template"),
    ]
      + plan.variations.map {
        TableColumn(
          $0.path, .text, "input, with unit and tolerance", key: "inputs", place: "$.\"\($0.path)\""
        )
      }
      + plan.scene.outcomes.filter { outcomes.contains($0.name) }.map {
        $0.isEvent
          ? TableColumn(
            $0.name, .flag, "whether \($0.about)", key: "outcomes",
            place: "$.\"\($0.name)\".happens")
          : TableColumn(
            $0.name, .number, "\($0.about), in \($0.unit)", key: "outcomes",
            place: "$.\"\($0.name)\".value")
      }
  }
}
