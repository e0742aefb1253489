// How the truth of a question follows from several outcomes of the same runs, or backwards from one.
//
// Classes     the first criterion that a run meets names its class; the last label is for runs that meet
//             none. Classes in a published order are the intervals between ascending limits of one outcome.
// Order       which of several outcomes of one dimension is smaller, pair by pair, in the same run.
// Series      the values of several outcomes of one dimension, in the order in which they are asked.
// Reversal    the value of one input at which an outcome is what the question says.
// Checked by  DerivationTests.

public enum Derivation: Sendable, Hashable {
  /// One label more than criteria.
  case classes(criteria: [Criterion], labels: [String], isOrdered: Bool)
  case ordering(items: [String])
  /// `times` in s, or empty where the outcomes are no instants.
  case series(items: [String], times: [Double])
  case reversal(Reversal)

  /// Longest series and most classes that may be asked.
  public static let seriesLimit = 8
  public static let classLimit = 12

  /// Pairs of items in the order of the answers: (0, 1), (0, 2), …, (1, 2), ….
  public static func pairs(of count: Int) -> [(first: Int, second: Int)] {
    (0..<count).flatMap { first in (first + 1..<max(first + 1, count)).map { (first, $0) } }
  }

  /// Name of a pair in answers and truths: the first comes first, or is the smaller.
  public static func name(_ first: String, _ second: String) -> String { "\(first)<\(second)" }

  /// Outcomes that it needs.
  public var outcomes: [String] {
    switch self {
    case .classes(let criteria, _, _): criteria.map(\.outcome)
    case .ordering(let items), .series(let items, _): items
    case .reversal(let reversal): [reversal.outcome]
    }
  }

  /// Labels of classes, items of an order or of a series.
  public var labels: [String] {
    switch self {
    case .classes(_, let labels, _): labels
    case .ordering(let items), .series(let items, _): items
    case .reversal: []
    }
  }
}

/// A question backwards: which value of an input gives this outcome?
public struct Reversal: Sendable, Hashable {
  /// Path of the input in the scene, such as `start.height`.
  public let path: String
  public let outcome: String
  /// What the outcome is to be, in `unit`; a template has none.
  public let value: Double?
  /// Of the outcome (SI symbol).
  public let unit: String
  /// Range of the input that is asked, in SI.
  public let range: ClosedRange<Double>

  public init(
    path: String, outcome: String, value: Double? = nil, unit: String, range: ClosedRange<Double>
  ) {
    (self.path, self.outcome, self.value) = (path, outcome, value)
    (self.unit, self.range) = (unit, range)
  }

  public func asking(_ value: Double) -> Reversal {
    Reversal(path: path, outcome: outcome, value: value, unit: unit, range: range)
  }
}

extension Derivation {
  /// Keys that it adds to a question or a slot.
  var fields: [(String, JSON?)] {
    switch self {
    case .classes(let criteria, let labels, _):
      [("classes", .texts(labels)), ("criteria", .array(criteria.map(\.json)))]
    case .ordering(let items): [("items", .texts(items))]
    case .series(let items, let times):
      [("items", .texts(items)), ("t-s", times.isEmpty ? nil : .numbers(times))]
    case .reversal(let reversal):
      [
        (
          "reverse",
          .object([
            ("input", .text(reversal.path)), ("outcome", .text(reversal.outcome)),
            ("value", reversal.value.map { .number($0) }), ("unit", .text(reversal.unit)),
            (
              "range-si",
              .numbers([reversal.range.lowerBound, reversal.range.upperBound])
            ),
          ])
        )
      ]
    }
  }

  /// The same of a value that is not a tree yet; most questions need none.
  init?(of json: some JSONReadable, type: QuestionType) throws(RecordError) {
    switch type {
    case .event, .interval, .verification, .decision: return nil
    case .scalar where json["reverse"] == nil: return nil
    case .category, .ordered, .ordering, .series, .scalar:
      try self.init(json: json.json, type: type)
    }
  }

  /// Of a question or a slot of this type; `nil` where the type needs none.
  init?(json: JSON, type: QuestionType) throws(RecordError) {
    switch type {
    case .category, .ordered:
      let criteria = try (json["criteria"]?.array ?? []).map { item throws(RecordError) in
        try Criterion(json: item)
      }
      guard let labels = json["classes"]?.texts, labels.count == criteria.count + 1,
        labels.count >= 2, Set(labels).count == labels.count
      else { throw RecordError("classes need different names, one more than `criteria`") }
      self = .classes(criteria: criteria, labels: labels, isOrdered: type == .ordered)
    case .ordering:
      guard let items = json["items"]?.texts, items.count >= 2, Set(items).count == items.count
      else { throw RecordError("an ordering needs at least two different `items`") }
      self = .ordering(items: items)
    case .series:
      let times = json["t-s"]?.numbers ?? []
      guard let items = json["items"]?.texts, !items.isEmpty,
        times.isEmpty || times.count == items.count
      else { throw RecordError("a series needs `items`, and as many `t-s` if any") }
      self = .series(items: items, times: times)
    case .scalar:
      guard let object = json["reverse"] else { return nil }
      guard let path = object["input"]?.text, let outcome = object["outcome"]?.text,
        let unit = object["unit"]?.text, let range = object["range-si"]?.numbers,
        range.count == 2, range[0] <= range[1]
      else { throw RecordError("`reverse` needs input, outcome, unit and range-si") }
      self = .reversal(
        Reversal(
          path: path, outcome: outcome, value: object["value"]?.number, unit: unit,
          range: range[0]...range[1]))
    case .event, .interval, .verification, .decision: return nil
    }
  }
}
