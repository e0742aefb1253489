// What one question cost: `score/1`.
//
// Checked by  ScorerTests.

import Experience

public struct Score: Sendable, Hashable {
  public enum Status: String, Sendable, Hashable { case ok, abstained, invalid }

  public let id: String
  public let instance: String
  public let template: String
  public let slot: String
  public let type: QuestionType
  /// S(F, G) and d = S(F, G) − S(G, G), in `lossUnit`.
  public let loss: Double
  public let excess: Double
  public let lossUnit: String
  /// l = d/s: of the answer, and on the same question of climatology, physics-101 and recall of the
  /// nearest known scenes.
  public let normalised: Double
  public let reference: Double
  public let reference101: Double?
  public let referenceRecall: Double?
  /// At least half of the members inside the central interval; scalars only.
  public let covered50: Bool?
  public let covered90: Bool?
  /// Mean over the members of F(y); scalars only.
  public let pit: Double?
  public let answer: String
  public let explanation: String
  public let status: Status
  /// Of an invalid answer.
  public let reason: InvalidReason?
  public let tier: Tier
  public let label: Verdict?
  public let consequence: Int
  /// What calibration needs besides.
  public var detail: Detail
  /// The working, if any: a list, so that a score without one stays small.
  var working: [TraceScore] = []
  /// The working that came with the answer; it never enters a loss.
  public var trace: TraceScore? {
    get { working.first }
    set { working = newValue.map { [$0] } ?? [] }
  }

  public struct Detail: Sendable, Hashable {
    /// p and g of an answered event.
    public var probability: Double?
    public var truth: Double?
    /// Width of the central 90 % interval over s.
    public var sharpness: Double?
    /// Share of members below each quantile, for quantile answers.
    public var below: [Double] = []
    public var levels: [Double] = []
    /// Half-width of the truth over s: smaller differences are ties.
    public var resolution = 0.0
    public var isUnresolved = false
    /// The simulator does not vouch for the value at all; a widened band is not that.
    public var isUnusable = false
    /// No prediction came.
    public var isAbsent = false
    /// Decisions only: what is done with the requirement.
    public var action: Disposition?
    /// How the instance lies to what the predictor has experienced; `nil`: not asked.
    public var range: RangeFinding?
    /// The truth of the instance may be known to the predictor.
    public var isContaminated = false
    /// Whether some ablation of the scene changes the answer; `nil`: none was tried.
    public var needsScene: Bool?
  }

  public var json: JSON {
    func flag(_ value: Bool?) -> JSON? { value.map { .number($0 ? 1 : 0) } }
    return .object([
      ("schema", .text("score/1")), ("id", .text(id)),
      (
        "value",
        .object([
          ("loss", .number(loss)), ("excess", .number(excess)),
          ("normalised", .number(normalised)), ("reference", .number(reference)),
          ("reference-101", reference101.map { .number($0) }),
          ("reference-nearest", referenceRecall.map { .number($0) }),
          ("covered50", flag(covered50)),
          ("covered90", flag(covered90)), ("pit", pit.map { .number($0) }),
          ("trace", trace?.share.map { .number($0) }),
          ("coherence", trace?.share == nil ? nil : trace?.coherence.map { .number($0.score) }),
        ])
      ),
      ("answer", .text(answer)), ("explanation", .text(explanation)),
      (
        "metadata",
        .object([
          ("instance", .text(instance)), ("template", .text(template)), ("slot", .text(slot)),
          ("type", .text(type.rawValue)), ("status", .text(status.rawValue)),
          ("reason", reason.map { .text($0.rawValue) }), ("tier", .text(tier.rawValue)),
          ("label", label.map { .text($0.rawValue) }),
          ("consequence", .number(Double(consequence))), ("range", detail.range?.json),
          ("shortcut", detail.needsScene == false ? .bool(true) : nil),
          ("contaminated", detail.range.map { _ in .bool(detail.isContaminated) }),
          ("trace", trace?.json),
        ])
      ),
    ])
  }
}
