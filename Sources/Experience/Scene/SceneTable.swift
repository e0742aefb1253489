// The table that describes a file format: keys, kinds, units, ranges, defaults, meaning.
//
// One table feeds the reader, the JSON Schema and the reference pages, so they cannot disagree.

/// What a quantity has to be.
public struct QuantityKind: Sendable, Hashable {
  public var dimension: Dimension
  /// SI symbol, "1" for a number.
  public var unit: String
  /// Smallest and largest value that the models accept, in SI.
  public var range: ClosedRange<Double>
  /// The lower end itself is not allowed (a length of zero).
  public var excludesLowerEnd: Bool
  /// Where values are expected; outside is a warning.
  public var plausible: ClosedRange<Double>?
  public var plausibleSource: String

  public init(
    _ dimension: Dimension, unit: String, range: ClosedRange<Double> = -1e300...1e300,
    excludesLowerEnd: Bool = false, plausible: ClosedRange<Double>? = nil,
    plausibleSource: String = ""
  ) {
    (self.dimension, self.unit, self.range) = (dimension, unit, range)
    (self.excludesLowerEnd, self.plausible) = (excludesLowerEnd, plausible)
    self.plausibleSource = plausibleSource
  }

  /// A quantity above zero.
  public static func positive(
    _ dimension: Dimension, _ unit: String, plausible: ClosedRange<Double>? = nil,
    source: String = ""
  ) -> QuantityKind {
    QuantityKind(
      dimension, unit: unit, range: 0...1e300, excludesLowerEnd: true, plausible: plausible,
      plausibleSource: source)
  }
}

/// The forms that a value can take.
public indirect enum FieldKind: Sendable {
  case quantity(QuantityKind)
  /// Three components of one unit.
  case vector(QuantityKind)
  /// Three plain numbers, not all zero.
  case direction
  case integer(ClosedRange<Int>)
  case flag
  case text
  case word([String])
  case section(SectionTable)
  case list(FieldKind)
  /// Told apart by what stands there: a word, a number, a mapping.
  case either([FieldKind])
  /// Any keys, all of one kind.
  case dictionary(FieldKind)
}

/// One key of a mapping.
public struct Field: Sendable {
  public let key: String
  public let kind: FieldKind
  public let isRequired: Bool
  /// YAML text of the value that stands in when the key is absent.
  public let fallback: String?
  /// One sentence for people.
  public let about: String

  public init(
    _ key: String, _ kind: FieldKind, required: Bool = false, default fallback: String? = nil,
    _ about: String
  ) {
    (self.key, self.kind, self.isRequired) = (key, kind, required)
    (self.fallback, self.about) = (fallback, about)
  }
}

/// Keys that state the same fact.
public struct KeyGroup: Sendable {
  public let keys: [String]
  /// One of them must be there.
  public let isRequired: Bool
  /// The fact, for messages: "how heavy the ball is".
  public let fact: String

  public init(_ keys: [String], required: Bool, fact: String) {
    (self.keys, self.isRequired, self.fact) = (keys, required, fact)
  }
}

/// The keys of a mapping.
public struct SectionTable: Sendable {
  public let name: String
  public let fields: [Field]
  public let groups: [KeyGroup]

  public init(_ name: String, fields: [Field], groups: [KeyGroup] = []) {
    (self.name, self.fields, self.groups) = (name, fields, groups)
  }

  public subscript(key: String) -> Field? { fields.first { $0.key == key } }
}
