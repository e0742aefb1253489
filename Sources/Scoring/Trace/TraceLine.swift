// What one line of a claim trace says: the parts of the grammar as values, all numbers in SI.
//
// Checked by  TraceParserTests.

import Experience

/// A number with its unit and spread, as stated.
public struct TraceQuantity: Sendable, Hashable {
  /// In SI.
  public let value: Double
  public let unit: Unit
  /// Standard deviation in SI: as stated by `sd`, or half-width/√3 of a uniform `±`; 0 without.
  public let sd: Double

  public init(value: Double, unit: Unit, sd: Double = 0) {
    (self.value, self.unit, self.sd) = (value, unit, sd)
  }

  var dimensioned: DimensionedValue { DimensionedValue(value, unit.dimension) }
}

/// A happening by kind and ordinal, such as `contact#1(ball, floor)`.
public struct TraceEvent: Sendable, Hashable {
  public let kind: String
  /// From 1, in simulated time.
  public let ordinal: Int
  public let bodies: [String]

  public init(kind: String, ordinal: Int, bodies: [String] = []) {
    (self.kind, self.ordinal, self.bodies) = (kind, ordinal, bodies)
  }

  /// As events are named in records.
  public var name: String { "\(kind)#\(ordinal)" }
}

/// Where in simulated time a claim holds.
public enum TraceAnchor: Sendable, Hashable {
  case start
  case end
  /// In s.
  case time(Double)
  case event(TraceEvent)

  /// As anchors are named in records.
  public var name: String {
    switch self {
    case .start: "start"
    case .end: "end"
    case .time(let time): "t=\(JSON.text(of: time)) s"
    case .event(let event): event.name
    }
  }
}

/// What a claim says of a named quantity.
public enum TraceRelation: Sendable, Hashable {
  case value(TraceQuantity)
  case bound(Criterion.Comparison, TraceQuantity)
  /// Both ends in SI, with their unit.
  case range(low: Double, high: Double, Unit)
}

/// `name = quantity` of a `given:` or `because:` line.
public struct TraceBinding: Sendable, Hashable {
  public let name: String
  public let quantity: TraceQuantity
}

/// What the answer follows from.
public enum TraceAnswer: Sendable, Hashable {
  case value(name: String, Formula)
  case comparison(Formula, Criterion.Comparison, TraceQuantity)
}

/// One line of a trace.
public enum TraceLine: Sendable, Hashable {
  case given([TraceBinding])
  case assume(mechanism: String)
  case claim(name: String, TraceRelation, TraceAnchor?)
  case so(name: String, Formula, TraceQuantity, TraceAnchor?)
  case because(law: String, [TraceBinding])
  case order([TraceEvent])
  case occurs(TraceEvent, happens: Bool)
  case answer(TraceAnswer)
}
