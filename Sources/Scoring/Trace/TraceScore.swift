// The working of one answer: how much of it is right, where it first goes wrong, and whether the answer
// follows from it. Nothing here enters a loss.
//
// Equation    T = right/(right + wrong) over the counted claims
// Cell        answer right: l ≤ 0.10. Working right: no claim wrong and at least `min-claims` right;
//             with nothing wrong and fewer right there is no working to speak of (`no-working`).
// Checked by  WorkedTraceTests, TraceScoreTests.

import Experience

/// Place in the table of right and wrong answers against right and wrong working.
public enum TraceCell: String, Sendable, Hashable, CaseIterable {
  case earned
  case unconnected
  case compensating
  case unfaithful
  case incompleteRelation = "incomplete-relation"
  case slip
  case consistentError = "consistent-error"
  case confused
  case noWorking = "no-working"

  init(isAnswerRight: Bool, isWorkingRight: Bool, isCoherent: Bool) {
    switch (isAnswerRight, isWorkingRight) {
    case (true, true): self = isCoherent ? .earned : .unconnected
    case (true, false): self = isCoherent ? .compensating : .unfaithful
    case (false, true): self = isCoherent ? .incompleteRelation : .slip
    case (false, false): self = isCoherent ? .consistentError : .confused
    }
  }
}

public struct TraceScore: Sendable, Hashable {
  /// Normalised loss up to which an answer is right.
  public static let answerLimit = 0.10
  public static let defaultMinimumClaims = 1

  public let cell: TraceCell
  public let claims: [ClaimCheck]
  public let coherence: Coherence?
  /// l of the answer that the claims imply.
  public let normalisedFromClaims: Double?
  /// The wrong claim whose anchor is earliest in simulated time, in s; the first wrong line where no
  /// wrong claim has a time.
  public let earliestWrong: ClaimCheck?
  public let earliestTime: Double?
  /// The trace had more lines than are read.
  public let isTooLong: Bool

  public var counted: Int { claims.count { $0.verdict.isCounted } }
  public var right: Int { claims.count { $0.verdict == .right } }
  /// T; `nil` without a counted claim.
  public var share: Double? { counted > 0 ? Double(right) / Double(counted) : nil }
  public var firstWrong: ClaimCheck? { claims.first { $0.verdict.isWrong } }

  /// - Parameters:
  ///   - normalised: l of the answer.
  ///   - answer: its median in SI, or its probability; `nil` without a usable answer.
  ///   - loss: l of another value in SI, or of a probability.
  public init(
    _ trace: Trace, by checker: TraceChecker, normalised: Double, answer: Double?,
    minimumClaims: Int = defaultMinimumClaims, loss: (Double) -> Double?
  ) {
    let (checks, statements) = checker.check(trace)
    (claims, isTooLong) = (checks, trace.isTooLong)
    let implied = Coherence.answer(of: trace, statements, checker.subject)
    normalisedFromClaims = implied.flatMap(loss)
    let isEvent = checker.subject.event != nil
    coherence = implied.flatMap { implied in
      answer.map { Coherence(answer: implied, stated: $0, isProbability: isEvent) }
    }
    let right = checks.count { $0.verdict == .right }
    let hasWrong = checks.contains { $0.verdict.isWrong }
    if right < minimumClaims, !hasWrong {
      cell = .noWorking
    } else {
      cell = TraceCell(
        isAnswerRight: normalised <= TraceScore.answerLimit, isWorkingRight: !hasWrong,
        isCoherent: coherence?.isCoherent ?? false)
    }
    let wrong = checks.filter { $0.verdict.isWrong }
    var earliest: (check: ClaimCheck, time: Double)?
    for check in wrong {
      guard let time = checker.truth.time(of: check), time < earliest?.time ?? .infinity else {
        continue
      }
      earliest = (check, time)
    }
    (earliestWrong, earliestTime) = (earliest?.check ?? wrong.first, earliest?.time)
  }

  public var json: JSON {
    let first = firstWrong
    let distance = first?.distance.flatMap { $0.isFinite ? $0 : nil }
    return .object([
      ("cell", .text(cell.rawValue)),
      ("first-wrong-line", first.map { .number(Double($0.line)) }),
      ("cause", first?.cause.map { .text($0.rawValue) }),
      ("distance", distance.map { .number($0) }),
      ("answer-from-claims", coherence.map { .number($0.answer) }),
      ("too-long", isTooLong ? .bool(true) : nil),
      ("claims", claims.isEmpty ? nil : .array(claims.map(\.json))),
    ])
  }
}

extension TraceTruth {
  /// Simulated time of what a claim is about, in s.
  func time(of check: ClaimCheck) -> Double? {
    let anchor: TraceAnchor?
    if let stated = check.anchor {
      anchor = stated
    } else if let name = check.name, let place = channel(name, at: nil)?.anchors.first {
      return time(ofEventNamed: place)
    } else {
      anchor = nil
    }
    switch anchor {
    case .start: return 0
    case .time(let time): return time
    case .event(let event): return time(of: event)
    case .end, nil: return nil
    }
  }

  private func time(ofEventNamed name: String) -> Double? {
    let parts = name.split(separator: "#")
    guard parts.count == 2, let ordinal = Int(parts[1]) else { return nil }
    return time(of: TraceEvent(kind: String(parts[0]), ordinal: ordinal))
  }
}
