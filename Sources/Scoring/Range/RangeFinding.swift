// Whether a question lies in the range of what a predictor has experienced, and why.
//
// Checked by  ExperienceRangeTests.

import Experience

/// How an instance lies to what a predictor has experienced.
public struct RangeFinding: Sendable, Hashable {
  public enum Label: String, Sendable, Hashable, CaseIterable {
    case inside = "in"
    case edge
    case out
    /// The predictor has declared nothing.
    case undeclared
  }

  public enum Reason: String, Sendable, Hashable {
    /// A mechanism that is in no experience.
    case unknownMechanism = "unknown-mechanism"
    /// Each mechanism is known, but never all together.
    case unseenCombination = "unseen-combination"
    /// Fewer than 20 distinct experiences to compare with.
    case tooFew = "too-few"
    /// The instance has no descriptors to compare by.
    case noDescriptors = "no-descriptors"
    /// Its dissimilarity is above the threshold.
    case dissimilar
    /// No ledger came with the predictions.
    case undeclared
  }

  /// The descriptor that leads away from the nearest experience.
  public struct Lever: Sendable, Hashable {
    public let name: String
    /// Of the squared distance.
    public let share: Double
    public let value: Double
    /// Smallest and largest value experienced.
    public let experienced: ClosedRange<Double>

    public init(
      name: String, share: Double, value: Double, experienced: ClosedRange<Double>
    ) {
      (self.name, self.share) = (name, share)
      (self.value, self.experienced) = (value, experienced)
    }
  }

  public let label: Label
  public let reason: Reason?
  /// Distinct experiences compared with.
  public let candidates: Int
  public var di: Double?
  public var threshold: Double?
  public var thresholdOfTransfer: Double?
  /// Ids of the nearest experiences, nearest first.
  public var nearest: [String] = []
  public var lever: Lever?
  /// Names of the mechanisms that are new, for `unknown-mechanism`.
  public var newMechanisms: [String] = []
  /// D² and its 95 % point: a diagnostic, which also accepts gaps.
  public var mahalanobis: Double?
  public var mahalanobisLimit: Double?
  /// Scale of each descriptor, and d̄.
  public var scale: [NamedNumber] = []
  public var meanDistance: Double?

  public init(_ label: Label, _ reason: Reason? = nil, candidates: Int = 0) {
    (self.label, self.reason, self.candidates) = (label, reason, candidates)
  }

  public var json: JSON {
    .object([
      ("label", .text(label.rawValue)), ("reason", reason.map { .text($0.rawValue) }),
      ("candidates", label == .undeclared ? nil : .number(Double(candidates))),
      ("di", di.map { .number($0) }), ("threshold", threshold.map { .number($0) }),
      ("nearest", nearest.isEmpty ? nil : .texts(nearest)),
      ("lever", lever.map { .text($0.name) }),
      ("lever-share", lever.map { .number($0.share) }),
      ("new-mechanisms", newMechanisms.isEmpty ? nil : .texts(newMechanisms)),
      ("mahalanobis", mahalanobis.map { .number($0) }),
      ("mahalanobis-limit", mahalanobisLimit.map { .number($0) }),
    ])
  }

  /// "out (unknown-mechanism: drag)", "edge (log10-h-over-d 1.62, experienced 0.6 to 1.4)".
  public var sentence: String {
    switch reason {
    case nil: return label.rawValue
    case .unknownMechanism:
      return "\(label.rawValue) (unknown-mechanism: \(newMechanisms.joined(separator: ", ")))"
    case .tooFew: return "\(label.rawValue) (too-few: \(candidates) distinct experiences)"
    case .dissimilar:
      guard let lever else { return label.rawValue }
      let (low, high) = (lever.experienced.lowerBound, lever.experienced.upperBound)
      // within the span of each descriptor, but in a gap or a corner of them all
      if lever.experienced.contains(lever.value) {
        return
          "\(label.rawValue) (a combination without a near experience, \(lever.name) differs most)"
      }
      return "\(label.rawValue) (\(lever.name) \(Wording.number(lever.value)), experienced "
        + "\(Wording.number(low)) to \(Wording.number(high)))"
    case .undeclared: return "undeclared"
    case .some(let reason): return "\(label.rawValue) (\(reason.rawValue))"
    }
  }
}
