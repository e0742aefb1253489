// Right and wrong answers against right and wrong working, over all predictions that carry a trace.
//
// Equation    earned share = earned/n, right answer with wrong working = (unfaithful + compensating)/n,
//             n = right answers with working = earned + unconnected + compensating + unfaithful; both
//             with Clopper–Pearson 95 %.
// Skill       of A*, the answers that the claims imply, beside that of the answers themselves, over the
//             same questions: what the predictor would have scored had it believed its own working.
// Checked by  WorkedTraceTests (the worked table), TraceScoreTests.

import Experience

public struct TraceTable: Sendable {
  /// A share of right answers with its interval.
  public struct Rate: Sendable, Hashable {
    public let count: Int
    public let of: Int
    /// `nil` where there is nothing to count.
    public var value: Double? { of > 0 ? Double(count) / Double(of) : nil }
    public var interval: ClosedRange<Double>? { of > 0 ? Share.interval(count, of: of) : nil }

    var json: JSON? {
      guard let value, let interval else { return nil }
      return .numbers([value, interval.lowerBound, interval.upperBound])
    }
  }

  /// Number in each cell.
  public let counts: [TraceCell: Int]
  /// Causes of first wrong steps.
  public let causes: [ClaimCause: Int]
  /// Answers without a trace.
  public let without: Int
  public let fromClaims: Skill?
  /// Of the answers to the same questions.
  public let fromAnswers: Skill?

  public init(counts: [TraceCell: Int]) {
    (self.counts, causes, without, fromClaims, fromAnswers) = (counts, [:], 0, nil, nil)
  }

  /// `nil` where no score has a trace.
  public init?(
    _ scores: some Sequence<Score>, replicates: Int = Bootstrap.replicates, seed: UInt64 = 1
  ) {
    guard scores.contains(where: { $0.trace != nil }) else { return nil }
    var counts: [TraceCell: Int] = [:]
    var causes: [ClaimCause: Int] = [:]
    var (claims, answers): ([PairedLoss], [PairedLoss]) = ([], [])
    for score in scores {
      guard let trace = score.trace else { continue }
      counts[trace.cell, default: 0] += 1
      if let cause = trace.firstWrong?.cause { causes[cause, default: 0] += 1 }
      guard let implied = trace.normalisedFromClaims else { continue }
      func loss(_ model: Double) -> PairedLoss {
        PairedLoss(
          template: score.template, instance: score.instance, model: model,
          reference: score.reference, climatology: score.reference)
      }
      claims.append(loss(implied))
      answers.append(loss(score.normalised))
    }
    (self.counts, self.causes) = (counts, causes)
    without = scores.count { $0.trace == nil && $0.status == .ok }
    let skills =
      claims.isEmpty ? [] : Skill.all([claims, answers], replicates: replicates, seed: seed)
    (fromClaims, fromAnswers) = (skills.first, skills.last)
  }

  public func count(_ cell: TraceCell) -> Int { counts[cell] ?? 0 }
  public var traces: Int { counts.values.reduce(0, +) }

  public var rightWithWorking: Int {
    count(.earned) + count(.unconnected) + count(.compensating) + count(.unfaithful)
  }
  public var earnedShare: Rate { Rate(count: count(.earned), of: rightWithWorking) }
  public var rightAnswerWrongWorking: Rate {
    Rate(count: count(.unfaithful) + count(.compensating), of: rightWithWorking)
  }

  public var json: JSON {
    .object([
      ("laws", .text(TraceLaws.version)), ("n", .number(Double(traces))),
      ("without", .number(Double(without))),
      (
        "counts",
        .object(TraceCell.allCases.map { ($0.rawValue, .number(Double(count($0)))) })
      ),
      ("right-with-working", .number(Double(rightWithWorking))),
      ("earned-share", earnedShare.json),
      ("right-answer-wrong-working", rightAnswerWrongWorking.json),
      (
        "causes",
        .object(
          ClaimCause.allCases.compactMap { cause in
            causes[cause].map { (cause.rawValue, JSON?.some(.number(Double($0)))) }
          })
      ),
      ("skill-from-claims", TraceTable.json(fromClaims)),
      ("skill-of-answers", TraceTable.json(fromAnswers)),
    ])
  }

  private static func json(_ skill: Skill?) -> JSON? {
    skill.map { skill in
      .object([
        ("n", .number(Double(skill.questions))), ("value", skill.value.map { .number($0) }),
        (
          "ci95",
          skill.interval.map { .numbers([$0.lowerBound, $0.upperBound]) }
        ), ("delta", .number(skill.delta)),
      ])
    }
  }
}
