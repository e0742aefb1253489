// Why an answer failed, as far as the records say: the first of three that applies.
//
// Order       trace: the wrong claim that is earliest in simulated time; ablation: a stored run with one
//             thing changed whose outcome lies within the tolerance of the answer, and where its events
//             part from the simulated ones; otherwise unexplained, with the last event before the outcome.
// Not here    series: no question of this release asks for one. Ablations are runs, and only what makes
//             a truth record can run them; this compares what the record holds.
// Checked by  FailureTests.

import Experience

public struct FailureReason: Sendable, Hashable {
  public enum Source: String, Sendable, Hashable { case trace, ablation, unexplained }

  public var by: Source
  /// Line of the trace, from 1.
  public var line: Int?
  /// Name of the stored run.
  public var alternative: String?
  public var event: String?
  /// In s.
  public var time: Double?
  public var quantity: String?
  /// Of the trace, or of the stored run; in `unit`, like `simulated`.
  public var stated: Double?
  public var simulated: Double?
  public var unit: String?
  public var inTolerances: Double?
  public var cause: ClaimCause?
  /// Descriptors that lie farthest from what the predictor has experienced, where that is known.
  public var descriptors: [String] = []

  init(_ by: Source) { self.by = by }

  public var difference: Double? { stated.flatMap { stated in simulated.map { stated - $0 } } }

  public var json: JSON {
    func number(_ value: Double?) -> JSON? { value.flatMap { $0.isFinite ? .number($0) : nil } }
    return .object([
      ("by", .text(by.rawValue)), ("alternative", alternative.map { .text($0) }),
      ("event", event.map { .text($0) }), ("t-s", number(time)),
      ("quantity", quantity.map { .text($0) }),
      (by == .ablation ? "alternative-value" : "stated", number(stated)),
      ("simulated", number(simulated)), ("unit", unit.map { .text($0) }),
      ("difference", number(difference)), ("in-tolerances", number(inTolerances)),
      ("cause", cause.map { .text($0.rawValue) }),
      ("descriptors", descriptors.isEmpty ? nil : .texts(descriptors)),
    ])
  }

  // MARK: Finding

  /// - Parameters:
  ///   - answer: median in SI, or probability.
  ///   - outcome: what the question is about, as in records.
  static func find(
    _ trace: TraceScore?, answer: Double?, question: Question, record: TruthRecord,
    truth: TraceTruth, rho: Double
  ) -> FailureReason {
    if let wrong = trace?.earliestWrong { return claim(wrong, trace?.earliestTime) }
    if let answer, let reason = ablation(answer, question, record, truth, rho) { return reason }
    return unexplained(question, truth)
  }

  private static func claim(_ check: ClaimCheck, _ time: Double?) -> FailureReason {
    var reason = FailureReason(.trace)
    (reason.line, reason.time, reason.cause) = (check.line, time, check.cause)
    (reason.event, reason.quantity) = (check.anchor?.name, check.name)
    (reason.stated, reason.simulated, reason.unit) = (check.stated, check.simulated, check.unit)
    if let distance = check.distance, let stated = check.stated, let simulated = check.simulated {
      reason.inTolerances = stated < simulated ? -distance : distance
    }
    return reason
  }

  private static func ablation(
    _ answer: Double, _ question: Question, _ record: TruthRecord, _ truth: TraceTruth,
    _ rho: Double
  ) -> FailureReason? {
    let outcome = question.event?.outcome ?? question.slot
    guard let channel = truth.channel(TraceVocabulary.name(outcome), at: nil) else { return nil }
    let tolerance = channel.tolerance(rho: rho)
    var best: (alternative: Alternative, value: Double, distance: Double)?
    for alternative in record.alternatives {
      guard let number = alternative.outcomes.first(where: { $0.name == outcome }) else { continue }
      let value = channel.unit.toSI(number.value)
      let distance: Double
      if let event = question.event {
        // the run answers yes or no; the answer fits it if it is nearly as sure
        distance = abs(answer - (event.holds(value) ? 1 : 0)) / TraceTruth.shareLow
      } else {
        distance = tolerance > 0 ? abs(answer - value) / tolerance : .infinity
      }
      if distance <= 1, distance < best?.distance ?? .infinity {
        best = (alternative, value, distance)
      }
    }
    guard let best else { return nil }
    var reason = FailureReason(.ablation)
    reason.alternative = best.alternative.name
    (reason.quantity, reason.unit) = (outcome, TraceChecker.symbol(channel.unit))
    (reason.stated, reason.simulated) = (best.value, channel.median)
    reason.inTolerances = tolerance > 0 ? (best.value - channel.median) / tolerance : nil
    guard !best.alternative.events.isEmpty else { return reason }

    let divergence = divergence(best.alternative, record, truth, rho)
    if let row = divergence.first {
      (reason.event, reason.time) = (row.event, row.time)
      if row.valueIsApart, let value = row.value, let other = row.alternativeValue {
        let channel = FailureReason.channel(at: row.event, best.alternative, truth)
        reason.quantity = channel?.name.replacing("_", with: "-")
        reason.unit = channel.map { TraceChecker.symbol($0.unit) }
        (reason.stated, reason.simulated) = (other, value)
        reason.inTolerances = row.valueShiftInTolerances
      } else {
        (reason.quantity, reason.unit) = ("time", "s")
        (reason.stated, reason.simulated) = (row.time + row.timeShift, row.time)
        let sign: Double = row.timeShift < 0 ? -1 : 1
        reason.inTolerances = sign * row.timeShiftInTolerances
      }
    } else if let missing = divergence.missing {
      (reason.event, reason.time) = (missing.name, missing.time)
    }
    return reason
  }

  private static func divergence(
    _ alternative: Alternative, _ record: TruthRecord, _ truth: TraceTruth, _ rho: Double
  ) -> Divergence {
    Divergence(
      simulated: record.events.map { event in
        let channel = FailureReason.channel(at: event.name, alternative, truth)
        return Divergence.Event(
          event.name, time: event.time, value: channel?.median,
          tolerance: channel?.tolerance(rho: rho) ?? 0, timeUncertainty: 0.5 * event.halfWidth)
      },
      alternative: alternative.events.map { event in
        let unit = event.unit.flatMap { try? Unit.parse($0) } ?? .one
        return Divergence.Event(event.name, time: event.time, value: event.value.map(unit.toSI))
      })
  }

  /// The channel at an event that the stored run's value there belongs to.
  private static func channel(
    at event: String, _ alternative: Alternative, _ truth: TraceTruth
  ) -> TraceChannel? {
    guard let other = alternative.events.first(where: { $0.name == event }), other.value != nil,
      let unit = other.unit.flatMap({ try? Unit.parse($0) })
    else { return nil }
    return truth.channels.first {
      $0.anchors.contains(event) && $0.unit.dimension.isSame(as: unit.dimension)
    }
  }

  private static func unexplained(_ question: Question, _ truth: TraceTruth) -> FailureReason {
    var reason = FailureReason(.unexplained)
    let outcome = TraceVocabulary.name(question.event?.outcome ?? question.slot)
    let place = truth.channel(outcome, at: nil)?.anchors.first
    let end = truth.events.first { $0.name == place }?.time ?? .infinity
    if let last = truth.events.last(where: { $0.time < end }) {
      (reason.event, reason.time) = (last.name, last.time)
    }
    return reason
  }
}
