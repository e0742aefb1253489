// What follows from scores beyond skill: where they may be trusted, and who may decide.
//
// Checked by  VerificationTests, LedgerScopeTests.

import Experience

public struct Judgement: Sendable {
  /// Failures that a report shows.
  static let shown = 12
  /// Most verification rows of a report; totals and authority are over all decisions.
  public static let rowLimit = 20_000

  public let ledger: Ledger?
  /// Experiences whose descriptors are known.
  public let experiences: Int
  public let decisions: [Decision]
  public let authority: AuthorityTable
  public let rows: [VerificationRow]
  /// Of each decision, in their order, with its reason.
  public let verdicts: [(verdict: AuthorityVerdict, reason: String)]
  /// The most expensive answers, worst first, three of a slot at most.
  public let worst: [Score]
  /// Range of each template, from its first compared instance.
  public let frames: [(template: String, finding: RangeFinding)]
  /// Instances by range label.
  public let labels: [(label: RangeFinding.Label, instances: Int)]
  private let prompts: [String: String]

  /// - Parameters:
  ///   - scores: with ranges, from `LedgerScope.ranged`.
  ///   - questions: of the scorer, in their parts.
  ///   - attempts: on this split, by all predictions of this model.
  public init(
    _ scores: [Score], scope: LedgerScope, questions: [Question], truths: [TruthRecord],
    predictions: [Prediction], isSealed: Bool, attempts: Int, policy: AuthorityPolicy = .init()
  ) {
    self.init(
      ScoreSheet(scores), scope: scope,
      evidence: ListedEvidence(questions, truths, predictions), isSealed: isSealed,
      attempts: attempts, policy: policy)
  }

  /// - Throws: what cannot be found again.
  public init<Evidence: ScoreEvidence>(
    _ sheet: ScoreSheet, scope: LedgerScope, evidence: Evidence, isSealed: Bool, attempts: Int,
    policy: AuthorityPolicy = .init()
  ) throws(Evidence.Problem) {
    ledger = scope.ledger
    experiences = scope.experiences.count
    let decisions = Decision.all(sheet, policy: policy)
    let authority = AuthorityTable(
      decisions, isSealed: isSealed, attempts: attempts, policy: policy)
    (self.decisions, self.authority) = (decisions, authority)
    verdicts = decisions.map { authority.verdict(on: $0) }
    rows = try VerificationRow.rows(
      decisions.prefix(Judgement.rowLimit), table: authority, of: sheet, from: evidence)
    let worst = Judgement.worst(of: sheet)
    self.worst = worst.map { sheet[$0] }
    (frames, labels) = Judgement.ranges(of: sheet)
    var prompts: [String: String] = [:]
    for row in worst {
      if let question = try evidence.question(row, of: sheet), prompts[question.id] == nil {
        prompts[question.id] = question.prompt
      }
    }
    self.prompts = prompts
  }

  private static func worst(of sheet: ScoreSheet) -> [Int] {
    // ties in the order of the questions, so that the list does not depend on the sort
    let order = sheet.indices.filter { isFailure(sheet.entry($0)) }.sorted {
      (sheet.entry($1).normalised, $0) < (sheet.entry($0).normalised, $1)
    }
    var perSlot: [String: Int] = [:]
    var worst: [Int] = []
    for row in order {
      let kind = sheet.kind(of: sheet.entry(row))
      perSlot["\(kind.template)/\(kind.slot)", default: 0] += 1
      guard perSlot["\(kind.template)/\(kind.slot)"] ?? 0 <= 3 else { continue }
      worst.append(row)
      if worst.count == shown { break }
    }
    return worst
  }

  private static func ranges(of sheet: ScoreSheet) -> (
    frames: [(template: String, finding: RangeFinding)],
    labels: [(label: RangeFinding.Label, instances: Int)]
  ) {
    var frames: [(template: String, finding: RangeFinding)] = []
    var counts: [RangeFinding.Label: Set<Int32>] = [:]
    for index in sheet.indices {
      let entry = sheet.entry(index)
      guard let finding = sheet.finding(of: entry) else { continue }
      counts[finding.label, default: []].insert(entry.instance)
      guard finding.threshold != nil else { continue }
      let template = sheet.kind(of: entry).template
      if !frames.contains(where: { $0.template == template }) {
        frames.append((template, finding))
      }
    }
    let labels = RangeFinding.Label.allCases.compactMap { label in
      counts[label].map { (label: label, instances: $0.count) }
    }
    return (frames, labels)
  }

  /// Answered, fresh, and wrong: a tenth of climatology's loss or more. Handing over is no failure,
  /// and what could not be read is counted elsewhere.
  private static func isFailure(_ entry: ScoreSheet.Entry) -> Bool {
    !entry.isContaminated && entry.status == .ok && entry.action != .handoff
      && entry.normalised > 0.1
  }

  var ledgerJSON: JSON? {
    ledger.map {
      .object([
        ("sha256", .text($0.hash)), ("id", .text($0.id)),
        ("instances", .number(Double(experiences))), ("complete", .bool($0.isComplete)),
        ("declared", .text($0.declared)), ("other-sources", .text($0.otherSources)),
      ])
    }
  }

  /// By label, and open decisions.
  private var totals: JSON {
    let closed = verdicts.count { $0.verdict == .acceptAlone }
    func count(_ label: Verdict) -> JSON {
      .number(Double(decisions.count { $0.label == label }))
    }
    return .object([
      ("rows", .number(Double(decisions.count))), ("compliant", count(.pass)),
      ("not-compliant", count(.fail)), ("partial", count(.marginal)),
      ("closed", .number(Double(closed))), ("open", .number(Double(decisions.count - closed))),
    ])
  }

  /// Fields of report/1 that come from here.
  func fields(of report: Report) -> [(String, JSON)] {
    let byVerdict = AuthorityVerdict.allCases.map { verdict -> (String, JSON?) in
      (
        verdict.rawValue,
        Optional(JSON.number(Double(verdicts.count { $0.verdict == verdict })))
      )
    }
    let range = JSON.object([
      ("ledger", ledger.map { .text($0.hash) }),
      (
        "instances",
        .object(labels.map { ($0.label.rawValue, Optional(.number(Double($0.instances)))) })
      ),
      (
        "templates",
        .object(
          frames.map { template, finding in
            (
              template,
              Optional(
                JSON.object([
                  ("candidates", .number(Double(finding.candidates))),
                  ("threshold", finding.threshold.map { .number($0) }),
                  ("threshold-transfer", finding.thresholdOfTransfer.map { .number($0) }),
                  ("mean-distance", finding.meanDistance.map { .number($0) }),
                  (
                    "scale",
                    .object(finding.scale.map { ($0.name, Optional(.number($0.value))) })
                  ),
                ]))
            )
          })
      ),
    ])
    return [
      ("summary", .array(Summary(report, self).answers.map(\.json))), ("range", range),
      ("authority", authority.json), ("decisions", .object(byVerdict)),
      ("vcrm", .array(rows.map(\.json))), ("vcrm-totals", totals),
      ("vcrm-left-out", .number(Double(decisions.count - rows.count))),
      ("policy", authority.policy.json),
      (
        "worst",
        .array(
          worst.map { score in
            .object([
              ("id", .text(score.id)), ("normalised", .number(score.normalised)),
              ("reference", .number(score.reference)), ("answer", .text(score.answer)),
              ("explanation", .text(score.explanation)), ("status", .text(score.status.rawValue)),
              ("range", score.detail.range.map { .text($0.sentence) }),
              ("nearest", score.detail.range.map { .texts($0.nearest) }),
              ("prompt", prompts[score.id].map { .text($0) }),
            ])
          })
      ),
    ]
  }
}
