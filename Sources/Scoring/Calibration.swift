// Do the stated probabilities mean what they say? Reported beside skill, never traded against it.
//
//             Only answered questions enter; how many these are is stated with every figure.
// Checked by  CalibrationTests.

import Experience

public struct Calibration: Sendable {
  /// A counted share with its Clopper–Pearson 95 % interval and the exact p against its nominal.
  public struct Coverage: Sendable, Hashable {
    public let hits: Int
    public let questions: Int
    public let interval: ClosedRange<Double>
    public let significance: Double
    public var value: Double { Double(hits) / Double(questions) }

    init?(_ hits: Int, of questions: Int, nominal: Double) {
      guard questions > 0 else { return nil }
      (self.hits, self.questions) = (hits, questions)
      interval = Share.interval(hits, of: questions)
      significance = Share.significance(hits, of: questions, share: nominal)
    }
  }

  public let events: Corp?
  public let eventCount: Int
  /// Reliability: blocks of the isotonic regression, with their stated and true probabilities.
  public let reliability: [Corp.Block]
  /// Mean logarithmic score in nats; a diagnostic.
  public let logScore: Double?
  public let coverage50: Coverage?
  public let coverage90: Coverage?
  /// Counts of the probability integral transform in ten bins.
  public let pit: [Int]
  /// Mean width of the central 90 % interval over the loss scale.
  public let sharpness: Double?
  /// Share of members below each quantile level.
  public let quantiles: [(level: Double, share: Double, questions: Int)]

  public init(_ scores: [Score]) {
    self.init(ScoreSheet(scores), (0..<Int32(scores.count)).map { $0 })
  }

  /// - Parameter rows: scores of the sheet, in their order.
  init(_ sheet: ScoreSheet, _ rows: [Int32]) {
    var pairs: [(p: Double, g: Double)] = []
    var (half, most) = ((hits: 0, of: 0), (hits: 0, of: 0))
    var bins = Array(repeating: 0, count: 10)
    var (width, widths) = (0.0, 0)
    var sums: [Double: (sum: Double, count: Int)] = [:]
    for row in rows {
      let entry = sheet.entry(Int(row))
      if let p = ScoreSheet.number(entry.probability), let g = ScoreSheet.number(entry.truth) {
        pairs.append((p, g))
      }
      if let isCovered = entry.covered50 { half = (half.hits + (isCovered ? 1 : 0), half.of + 1) }
      if let isCovered = entry.covered90 { most = (most.hits + (isCovered ? 1 : 0), most.of + 1) }
      if let value = ScoreSheet.number(entry.pit) { bins[min(9, max(0, Int(value * 10)))] += 1 }
      if let value = ScoreSheet.number(entry.sharpness) {
        (width, widths) = (width + value, widths + 1)
      }
      let levels = sheet.kind(of: entry).levels
      guard !levels.isEmpty else { continue }
      for (level, share) in zip(levels, sheet.below(entry)) {
        let old = sums[level] ?? (0, 0)
        sums[level] = (old.sum + share, old.count + 1)
      }
    }
    eventCount = pairs.count
    let corp = pairs.isEmpty ? nil : Corp(pairs)
    events = corp
    reliability = corp?.blocks ?? []
    logScore =
      pairs.isEmpty
      ? nil
      : pairs.reduce(0) { $0 + LogScore.loss($1.p, truth: $1.g) } / Double(pairs.count)
    coverage50 = Coverage(half.hits, of: half.of, nominal: 0.5)
    coverage90 = Coverage(most.hits, of: most.of, nominal: 0.9)
    pit = bins
    sharpness = widths == 0 ? nil : width / Double(widths)
    quantiles = sums.keys.sorted().map { level in
      let entry = sums[level] ?? (0, 1)
      return (level, entry.sum / Double(entry.count), entry.count)
    }
  }
}

extension Calibration {
  var json: JSON {
    func list(_ coverage: Coverage?) -> JSON? {
      coverage.map { .numbers([$0.value, $0.interval.lowerBound, $0.interval.upperBound]) }
    }
    let events: JSON? = self.events.map { corp in
      .object([
        ("n", .number(Double(eventCount))), ("mcb", .number(corp.miscalibration)),
        ("dsc", .number(corp.discrimination)), ("unc", .number(corp.uncertainty)),
        ("log-score", logScore.map { .number($0) }),
        (
          "reliability",
          .array(
            reliability.map {
              .object([
                ("low", .number($0.low)), ("high", .number($0.high)), ("true", .number($0.truth)),
                ("n", .number(Double($0.count))),
              ])
            })
        ),
      ])
    }
    let scalars: JSON? =
      coverage90 == nil && pit.allSatisfy { $0 == 0 }
      ? nil
      : .object([
        ("coverage50", list(coverage50)),
        ("coverage50-p", coverage50.map { .number($0.significance) }),
        ("coverage90", list(coverage90)),
        ("coverage90-p", coverage90.map { .number($0.significance) }),
        ("pit", .numbers(pit.map(Double.init))), ("sharpness", sharpness.map { .number($0) }),
      ])
    let levels: JSON? =
      quantiles.isEmpty
      ? nil
      : .array(
        quantiles.map { entry in
          .object([
            ("level", .number(entry.level)), ("share", .number(entry.share)),
            ("n", .number(Double(entry.questions))),
          ])
        })
    return .object([("events", events), ("scalars", scalars), ("quantiles", levels)])
  }
}
