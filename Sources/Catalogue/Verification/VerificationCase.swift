// A reference case: what is computed, what is expected, where the expectation comes from.

import Experience

/// One compared number.
public struct VerificationRow: Sendable {
  public enum Tolerance: Sendable {
    case relative(Double)
    case absolute(Double)
    /// The value has to lie inside.
    case range(ClosedRange<Double>)
  }
  public enum Verdict: String, Sendable {
    case pass
    case fail
    /// Only the width of the numerical band lets it pass.
    case unresolved
  }
  public let quantity: String
  public let unit: String
  public let expected: Double
  public let got: Double
  /// Numerical half-width of `got`.
  public let band: Double
  public let tolerance: Tolerance

  public init(
    _ quantity: String, _ unit: String, expected: Double, got: Double, band: Double = 0,
    within tolerance: Tolerance
  ) {
    (self.quantity, self.unit, self.expected, self.got) = (quantity, unit, expected, got)
    (self.band, self.tolerance) = (band, tolerance)
  }

  public var allowed: Double {
    switch tolerance {
    case .relative(let value): value * abs(expected)
    case .absolute(let value): value
    case .range(let range): 0.5 * (range.upperBound - range.lowerBound)
    }
  }

  public var verdict: Verdict {
    guard got.isFinite else { return .fail }
    if case .range(let range) = tolerance { return range.contains(got) ? .pass : .fail }
    if band > allowed { return .unresolved }
    return abs(got - expected) <= allowed + band ? .pass : .fail
  }

  /// The same row with the computed value changed on purpose, to show that the check can fail.
  public func perturbed(by factor: Double) -> VerificationRow {
    VerificationRow(
      quantity, unit, expected: expected, got: got * (1 + factor), band: band, within: tolerance)
  }
}

/// A case of the ladder.
public struct VerificationCase: Sendable {
  public let id: String
  public let title: String
  /// Formula or publication.
  public let source: String
  /// Why it is listed and not judged, if so.
  public let waits: String?
  /// Takes seconds rather than milliseconds.
  public let isSlow: Bool
  public let rows: @Sendable () throws -> [VerificationRow]

  public init(
    _ id: String, _ title: String, source: String, isSlow: Bool = false,
    rows: @escaping @Sendable () throws -> [VerificationRow]
  ) {
    (self.id, self.title, self.source, self.isSlow) = (id, title, source, isSlow)
    (self.waits, self.rows) = (nil, rows)
  }

  /// A case outside the models of this release.
  public init(_ id: String, _ title: String, source: String, waits: String) {
    (self.id, self.title, self.source, self.waits) = (id, title, source, waits)
    isSlow = false
    rows = { [] }
  }
}

/// Runs a scene for a case and gives its outcomes with their bands, not rounded.
public struct VerificationRun: Sendable {
  public let outcomes: [OutcomeDefinition]
  public let nominal: TruthRunner.NominalRun
  private let order: Double

  /// `text`: a scene as YAML.
  public init(_ text: String, accuracy: Double = 1e-9) throws {
    let scene = try Scene.parse(
      SourceText(path: "case", text: text), catalogue: Catalogue.experiences, materials: .empty)
    outcomes = scene.outcomes
    order = scene.experiment.designOrder
    nominal = try TruthRunner().nominal(scene.experiment, accuracy: accuracy)
  }

  public func value(_ outcome: String) -> (value: Double, band: Double) {
    guard let index = outcomes.firstIndex(where: { $0.name == outcome }) else { return (.nan, 0) }
    let refinement = nominal.refinements[index]
    return (refinement.value, refinement.halfWidth)
  }

  public func row(
    _ label: String, _ outcome: String, expected: Double,
    within tolerance: VerificationRow.Tolerance
  ) -> VerificationRow {
    let unit = outcomes.first { $0.name == outcome }?.unit ?? "1"
    let (value, band) = value(outcome)
    return VerificationRow(
      label, unit, expected: expected, got: value, band: band, within: tolerance)
  }

  /// Time between two named events, refined over the three finest levels.
  public func interval(
    _ label: String, from first: String, to second: String, expected: Double,
    within tolerance: VerificationRow.Tolerance
  ) -> VerificationRow {
    func time(_ level: RunResult, _ name: String) -> (value: Double, floor: Double) {
      level.events.first { $0.name == name }.map { ($0.time, $0.floor) } ?? (.nan, 0)
    }
    let spans = nominal.levels.suffix(3).map { time($0, second).value - time($0, first).value }
    let finest = nominal.finest
    let refinement = Refinement.assess(
      coarse: spans[0], middle: spans[1], fine: spans[2],
      floor: time(finest, first).floor + time(finest, second).floor, designOrder: order,
      allowed: .infinity)
    return VerificationRow(
      label, "s", expected: expected, got: refinement.value, band: refinement.halfWidth,
      within: tolerance)
  }
}
