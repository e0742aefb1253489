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

    init?(_ flags: [Bool], nominal: Double) {
      guard !flags.isEmpty else { return nil }
      questions = flags.count
      hits = flags.reduce(0) { $0 + ($1 ? 1 : 0) }
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
    var pairs: [(p: Double, g: Double)] = []
    for score in scores {
      if let p = score.detail.probability, let g = score.detail.truth { pairs.append((p, g)) }
    }
    eventCount = pairs.count
    let corp = pairs.isEmpty ? nil : Corp(pairs)
    events = corp
    reliability = corp?.blocks ?? []
    logScore =
      pairs.isEmpty
      ? nil
      : pairs.reduce(0) { $0 + LogScore.loss($1.p, truth: $1.g) } / Double(pairs.count)
    coverage50 = Coverage(scores.compactMap(\.covered50), nominal: 0.5)
    coverage90 = Coverage(scores.compactMap(\.covered90), nominal: 0.9)
    var bins = Array(repeating: 0, count: 10)
    for value in scores.compactMap(\.pit) { bins[min(9, max(0, Int(value * 10)))] += 1 }
    pit = bins
    let widths = scores.compactMap(\.detail.sharpness)
    sharpness = widths.isEmpty ? nil : widths.reduce(0, +) / Double(widths.count)
    quantiles = Calibration.shares(scores)
  }

  private static func shares(
    _ scores: [Score]
  ) -> [(level: Double, share: Double, questions: Int)] {
    var sums: [Double: (sum: Double, count: Int)] = [:]
    for score in scores {
      for (level, share) in zip(score.detail.levels, score.detail.below) {
        let old = sums[level] ?? (0, 0)
        sums[level] = (old.sum + share, old.count + 1)
      }
    }
    return sums.keys.sorted().map { level in
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
