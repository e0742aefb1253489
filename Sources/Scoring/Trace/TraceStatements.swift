// What a trace has stated so far: values by name, with the spread that was stated with them.
//
// Rule        the first statement of a quantity at an anchor stays in force: a value that was checked
//             cannot be exchanged later for another one. A name means what was stated under it last, so
//             that `time` can be that of one event and then of the next.
// Spread      first order in the stated ± and sd, which are independent: a value carries its
//             derivatives by the stated quantities, central differences of 1e-6 of each.
// Checked by  TraceCheckerTests, TraceScoreTests.

import Experience

struct TraceStatements {
  /// A value in SI with its sensitivity to each spread that was stated, in units of that spread.
  struct Statement {
    let value: DimensionedValue
    var spread: [Int: Double] = [:]
    let anchor: TraceAnchor?
  }

  private var byName: [String: Statement] = [:]
  private var byQuantity: [String: Statement] = [:]
  private var sources = 0
  private let truth: TraceTruth

  init(truth: TraceTruth) { self.truth = truth }

  subscript(name: String) -> Statement? {
    byName[name] ?? truth.channel(name, at: nil).flatMap { byName[$0.name] }
  }

  /// A stated quantity; a spread of its own replaces what its expression would carry.
  /// - Parameters:
  ///   - names: as written, and as the record calls it.
  ///   - key: of the quantity at its anchor.
  mutating func state(
    _ names: [String], key: String, _ quantity: TraceQuantity, at anchor: TraceAnchor?,
    by formula: Formula? = nil
  ) {
    let statement: Statement
    if let before = byQuantity[key] {
      statement = before
    } else {
      var spread: [Int: Double] = [:]
      if quantity.sd > 0 {
        spread[sources] = quantity.sd
        sources += 1
      } else if let formula {
        spread = self.spread(of: formula)
      }
      statement = Statement(value: quantity.dimensioned, spread: spread, anchor: anchor)
      byQuantity[key] = statement
    }
    for name in names { byName[name] = statement }
  }

  /// Stated, or disclosed by the scene.
  func value(_ name: String) -> DimensionedValue? {
    self[name]?.value ?? truth.parameters[name]?.dimensioned
  }

  func evaluate(
    _ formula: Formula, with bindings: [String: DimensionedValue] = [:]
  ) throws(Formula.DimensionFailure) -> DimensionedValue {
    try formula.evaluate { bindings[$0] ?? value($0) }
  }

  /// Sensitivities of a formula to the stated spreads.
  func spread(of formula: Formula) -> [Int: Double] {
    let values = formula.names.map { value($0)?.value ?? .nan }
    var result: [Int: Double] = [:]
    for (index, name) in formula.names.enumerated() {
      guard let own = self[name]?.spread, !own.isEmpty else { continue }
      let step = 1e-6 * max(abs(values[index]), 1e-300)
      var (below, above) = (values, values)
      below[index] -= step
      above[index] += step
      let slope =
        (formula.evaluate(inOrder: above) - formula.evaluate(inOrder: below)) / (2 * step)
      for (source, sensitivity) in own { result[source, default: 0] += slope * sensitivity }
    }
    return result
  }

  /// Standard deviation of a formula's value.
  func sd(of formula: Formula) -> Double {
    let spread = spread(of: formula)
    // in the order of the sources: sums must not depend on hashing
    return spread.keys.sorted().reduce(0) { $0 + (spread[$1] ?? 0) * (spread[$1] ?? 0) }
      .squareRoot()
  }
}
