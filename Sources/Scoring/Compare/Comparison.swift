// Two or more scored prediction files side by side: paired differences over the same questions.
//
// Method      losses of A and B on the same question, clusters and intervals as for a skill; p from the
//             bootstrap (20 clusters or more) as min(1, 2·(1 + m)/(B + 1)), m the smaller count of
//             replicates with Δ ≤ 0 or ≥ 0, else the exact sign-flip p; several pairs: Holm 1979.
//             better or worse needs an interval beside 0 and an adjusted p of at most 0.05; everything
//             else is `not shown different`, nothing between.
// Left out    questions that one of the files lacks, and those contaminated for either.
// Source      Holm 1979, Scand. J. Stat. 6, 65; Davison & Hinkley 1997, section 4.4 (p values).
// Checked by  ComparisonTests.

import Experience

/// A question's cost, from a score/1 line.
public struct ComparedScore: Sendable, Hashable {
  public let id: String
  public let template: String
  public let instance: String
  /// l of the answer and of climatology.
  public let normalised: Double
  public let climatology: Double
  public let isContaminated: Bool

  public init(
    id: String, template: String, instance: String, normalised: Double, climatology: Double,
    isContaminated: Bool = false
  ) {
    (self.id, self.template, self.instance) = (id, template, instance)
    (self.normalised, self.climatology) = (normalised, climatology)
    self.isContaminated = isContaminated
  }

  public init(_ score: Score) {
    self.init(
      id: score.id, template: score.template, instance: score.instance,
      normalised: score.normalised, climatology: score.reference,
      isContaminated: score.detail.isContaminated)
  }

  /// - Throws: what the line lacks.
  public init(json: JSON) throws(RecordError) {
    guard json["schema"]?.text == "score/1" else {
      throw RecordError("not a score/1 record: `schema` is \(json["schema"]?.line ?? "missing")")
    }
    guard let id = json["id"]?.text, let value = json["value"],
      let normalised = value["normalised"]?.number, let reference = value["reference"]?.number,
      normalised.isFinite, reference.isFinite, let metadata = json["metadata"],
      let template = metadata["template"]?.text, let instance = metadata["instance"]?.text
    else {
      throw RecordError(
        "a score needs `id`, value.normalised, value.reference, metadata.template and .instance")
    }
    self.init(
      id: id, template: template, instance: instance, normalised: normalised,
      climatology: reference, isContaminated: metadata["contaminated"]?.bool ?? false)
  }
}

public struct Comparison: Sendable {
  /// One side.
  public struct Entry: Sendable {
    public let name: String
    public let scores: [ComparedScore]

    public init(name: String, scores: [ComparedScore]) { (self.name, self.scores) = (name, scores) }
  }

  /// The first of two against the second.
  public struct Pair: Sendable {
    public let first: String
    public let second: String
    /// Of the first, with the second as its reference.
    public let skill: Skill
    public let p: Double?
    /// Adjusted for all pairs.
    public let holm: Double?
    public let claim: Claim?

    /// "A is better than B: …", from fixed templates.
    public var sentence: String {
      let verdict =
        switch claim {
        case .better?: "\(first) is better than \(second)"
        case .worse?: "\(first) is worse than \(second)"
        case .notShown?: "\(first) is not shown different from \(second)"
        case nil: "No claim about \(first) and \(second) from \(skill.clusters) scenes"
        }
      func text(_ value: Double) -> String {
        (value < 0 ? "" : "+") + Wording.fixed(value, decimals: 3)
      }
      func range(_ interval: ClosedRange<Double>?) -> String {
        interval.map { " [\(text($0.lowerBound)), \(text($0.upperBound))]" } ?? ""
      }
      let ratio = skill.value.map {
        "skill of the first against the second \(text($0))\(range(skill.interval)), "
      }
      let tests = p.map { p in
        ", p = \(Wording.number(p, digits: 2))"
          + (holm.map { $0 == p ? "" : " (Holm \(Wording.number($0, digits: 2)))" } ?? "")
      }
      return "\(verdict): \(ratio ?? "")Δ \(text(skill.delta))\(range(skill.deltaInterval))"
        + "\(tests ?? "") over \(skill.clusters) scenes."
    }
  }

  public struct Row: Sendable {
    public let name: String
    /// Against climatology, over the common questions.
    public let skill: Skill
    public let meanLoss: Double
  }

  /// Best first.
  public let rows: [Row]
  public let pairs: [Pair]
  /// Common questions that count.
  public let questions: Int
  /// Questions that not every file has, and those contaminated for any.
  public let leftOut: Int
  public let contaminated: Int

  /// - Throws: when the files have no question in common.
  public init(
    _ entries: [Entry], replicates: Int = Bootstrap.replicates, seed: UInt64 = 1
  ) throws(ScoringProblem) {
    let tables = entries.map { entry in
      Dictionary(entry.scores.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
    var all: Set<String> = []
    for table in tables { all.formUnion(table.keys) }
    let common = all.filter { id in tables.allSatisfy { $0[id] != nil } }
    let spoilt = common.filter { id in tables.contains { $0[id]?.isContaminated ?? false } }
    let ids = common.subtracting(spoilt).sorted()
    guard !ids.isEmpty else {
      throw ScoringProblem("the files have no question in common that counts")
    }
    (questions, leftOut, contaminated) = (ids.count, all.count - common.count, spoilt.count)

    func losses(_ model: Int, against reference: Int?) -> [PairedLoss] {
      ids.compactMap { id in
        guard let score = tables[model][id] else { return nil }
        let other = reference.flatMap { tables[$0][id]?.normalised } ?? score.climatology
        return PairedLoss(
          template: score.template, instance: score.instance, model: score.normalised,
          reference: other, climatology: score.climatology)
      }
    }
    let places = entries.indices.flatMap { i in entries.indices.filter { $0 > i }.map { (i, $0) } }
    let sets =
      entries.indices.map { losses($0, against: nil) } + places.map { losses($0.0, against: $0.1) }
    let skills = Skill.all(sets, replicates: replicates, seed: seed)
    rows = entries.indices.map { index in
      Row(
        name: entries[index].name, skill: skills[index],
        meanLoss: ClusterTable(sets[index]).mean(\.model))
    }.sorted { ($0.meanLoss, $0.name) < ($1.meanLoss, $1.name) }

    let tests = places.indices.map { index -> Double? in
      let skill = skills[entries.count + index]
      switch skill.method {
      case .bootstrap:
        return Comparison.bootstrapP(
          ClusterTable(sets[entries.count + index]), replicates: replicates, seed: seed)
      case .student: return skill.signFlip
      case .none: return nil
      }
    }
    let adjusted = Comparison.holm(tests)
    pairs = places.enumerated().map { index, place in
      let skill = skills[entries.count + index]
      let isShown = (adjusted[index] ?? 1) <= 0.05
      return Pair(
        first: entries[place.0].name, second: entries[place.1].name, skill: skill,
        p: tests[index], holm: adjusted[index],
        claim: skill.claim.map { isShown ? $0 : .notShown })
    }
  }

  /// Two-sided p of Δ = 0 from the draws of the interval.
  static func bootstrapP(_ table: ClusterTable, replicates: Int, seed: UInt64) -> Double {
    let resampling = Resampling(shape: table.strata.map(\.count), tables: [table])
    let deltas = resampling.means(replicates: replicates, seed: seed)[0].map { $0.y - $0.x }
    let smaller = min(deltas.count { $0 <= 0 }, deltas.count { $0 >= 0 })
    return min(1, 2 * Double(1 + smaller) / Double(replicates + 1))
  }

  /// Step-down adjusted p values, in the given order; `nil` stays `nil` and is not counted.
  public static func holm(_ values: [Double?]) -> [Double?] {
    let order = values.indices.filter { values[$0] != nil }.sorted {
      (values[$0] ?? 1, $0) < (values[$1] ?? 1, $1)
    }
    var adjusted: [Double?] = Array(repeating: nil, count: values.count)
    var largest = 0.0
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, Double(order.count - rank) * (values[index] ?? 1)))
      adjusted[index] = largest
    }
    return adjusted
  }
}
