// All scores of a prediction file in one record: `report/1`.
//
// Headline    skill against each reference with its interval, and one of three claims. More than 5 %
//             invalid or missing answers: no headline, and the reason.
// Fresh       contaminated questions leave skill and calibration and have a row of their own.
// Order       everything is computed from the scores in the order of the questions.
// Checked by  ReportTests.

import Experience

public struct Report: Sendable {
  public static let invalidLimit = 0.05

  /// What the report is about; the caller knows the files.
  public struct Source: Sendable, Hashable {
    public var dataset = ""
    /// What its scenes are of; several are joined by commas.
    public var experience = ""
    public var version = ""
    public var datasetHash = ""
    public var split = ""
    public var seedCommitment: String?
    public var release = ""
    public var commit = ""
    public var predictionsHash = ""
    public var model = ""
    public var track = ""
    public var attempts = 1
    public init() {}
  }

  /// One row of a breakdown.
  public struct Row: Sendable {
    public let name: String
    public let questions: Int
    public let climatology: Skill
    public let physics101: Skill?
    /// Mean of S(F, G) in `lossUnit`; rows that mix units have none.
    public let meanLoss: Double?
    public let lossUnit: String?
  }

  public enum Reference: String, Sendable, CaseIterable {
    case climatology
    case physics101 = "physics-101"
    /// Recall of the five nearest public calibration scenes.
    case recall = "nearest-experience"
  }

  public let source: Source
  public let questions: Int
  public let invalid: [(reason: InvalidReason, count: Int)]
  public let abstained: Int
  public let missing: Int
  /// Why there is no headline.
  public let why: String?
  /// Computed even where `why` forbids to print them as a headline.
  public let skills: [(reference: Reference, skill: Skill)]
  public let rows: [(group: String, rows: [Row])]
  public let calibration: Calibration
  /// Share answered, and mean normalised loss of the answered questions.
  public let selective: (coverage: Double, risk: Double)?
  public let marginal: Int
  public let unresolved: Int
  /// Questions whose loss is below what the truth resolves.
  public let ties: Int
  public let statements: [String]
  /// Right and wrong answers against right and wrong working; `nil` where no answer carries a trace.
  public let traces: TraceTable?
  /// Questions whose truth the predictor may know.
  public let contaminated: Int
  /// Skill of the contaminated questions minus that of the fresh ones.
  public let recallGap: Double?
  /// Range, authority and verification rows, where they were computed.
  public var judgement: Judgement?

  public var invalidCount: Int { invalid.reduce(0) { $0 + $1.count } }

  /// - Parameter statements: limiting sentences of the scorer; the report adds its own.
  public init(
    scores: [Score], source: Source = Source(), statements: [String] = [],
    replicates: Int = Bootstrap.replicates, seed: UInt64 = 1
  ) {
    self.init(
      ScoreSheet(scores), source: source, statements: statements, replicates: replicates,
      seed: seed)
  }

  public init(
    _ sheet: ScoreSheet, source: Source = Source(), statements: [String] = [],
    replicates: Int = Bootstrap.replicates, seed: UInt64 = 1
  ) {
    self.source = source
    questions = sheet.count
    let tally = ReportTally(sheet)
    invalid = InvalidReason.allCases.compactMap { reason in
      tally.reasons[reason].map { (reason, $0) }
    }
    (abstained, missing) = (tally.abstained, tally.missing)
    why =
      sheet.count == 0
      ? "there is no question"
      : tally.fresh.isEmpty
        ? "the predictor may know the truth of every question"
        : Double(tally.broken) > Report.invalidLimit * Double(sheet.count)
          ? "\(tally.broken) of \(sheet.count) answers are invalid or missing, more than 5 %" : nil

    let (fresh, spoilt) = (tally.fresh, tally.spoilt)
    contaminated = spoilt.count
    let tabulation = Tabulation(sheet, fresh, replicates: replicates, seed: seed)
    skills = tabulation.headline
    var rows = tabulation.groups
    var gap: Double?
    if !spoilt.isEmpty,
      let row = Tabulation.row(
        "contaminated", sheet, spoilt, replicates: replicates, seed: seed)
    {
      if let place = rows.firstIndex(where: { $0.group == "range" }) {
        rows[place].rows.append(row)
      } else {
        rows.append(("range", [row]))
      }
      if let known = row.climatology.value,
        let open = skills.first(where: { $0.reference == .climatology })?.skill.value
      {
        gap = known - open
      }
    }
    (self.rows, recallGap) = (rows, gap)
    calibration = Calibration(sheet, fresh)
    selective =
      tally.answered == 0
      ? nil
      : (
        Double(tally.answered) / Double(sheet.count), tally.answeredLoss / Double(tally.answered)
      )
    (marginal, unresolved, ties) = (tally.marginal, tally.unresolved, tally.ties)
    self.statements = statements + Report.limits(tally.tiers, fresh.count, skills)
    traces =
      sheet.traces.isEmpty
      ? nil
      : TraceTable(
        fresh.lazy.map { sheet[Int($0)] }, replicates: replicates, seed: seed)
  }

  private static func limits(
    _ tiers: Set<Tier>, _ questions: Int, _ skills: [(reference: Reference, skill: Skill)]
  ) -> [String] {
    var limits: [String] = []
    if questions > 0, !tiers.contains(.t2) {
      limits.append(
        "No truth here was validated against an experiment: the scores speak of the model, and say "
          + "nothing about hardware.")
    }
    if tiers.contains(.t3) {
      limits.append("Some truths are of tier T3: neither verified nor validated.")
    }
    for (reference, skill) in skills {
      if skill.method == .none {
        limits.append(
          "Against \(reference.rawValue): \(skill.clusters) instances are too few for an interval "
            + "or a claim (6 are needed, 20 for a bootstrap).")
      }
      if reference == .recall, skill.questions < questions {
        limits.append(
          "nearest-experience answers \(skill.questions) of \(questions) questions; the skill against it is that of these."
        )
      }
      if reference == .physics101, skill.questions < questions {
        limits.append(
          "physics-101 has a closed form for \(skill.questions) of \(questions) questions; "
            + "skill against it covers only these.")
      }
      if skill.value == nil, skill.clusters > 0 {
        limits.append(
          "\(reference.rawValue) is nearly exact here (below 1 % of climatology's loss), so only the "
            + "difference of losses is given.")
      }
    }
    return limits
  }
}
