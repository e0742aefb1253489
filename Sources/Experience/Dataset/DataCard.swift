// The data card of a data set: what it is, what it may be used for, what it does not say.
//
// One source for two files: README.md for people (with the front matter that Hugging Face reads) and
// croissant.json for machines. Everything comes from the manifest, the plan and the templates; nothing
// of the machine or the moment.
// Checked by  CroissantTests.

public struct DataCard: Sendable {
  public let name: String
  public let version: String
  /// Hash of the data set, which ledgers name it by.
  public let hash: String
  public let release: String
  public let canary: String
  /// One or two sentences.
  public let about: String
  public let keywords: [String]
  /// How the scenes were drawn and their truth computed.
  public let collection: String
  public let biases: [String]
  public let limitations: [String]
  public let uses: [String]
  /// File and what it holds, in the order of the table.
  public let files: [(path: String, about: String)]
  /// Type of question and its file.
  public let parts: [(type: String, path: String)]
  /// What to do with it.
  public let instructions: String

  static let useCases = [
    "Intended: measuring how well a predictor, such as a language model, a learner or a simulator, "
      + "foresees the outcomes of mechanical scenes, and whether it knows when it does not.",
    "Not intended: deciding about hardware, or training on the public questions or their truths "
      + "before being scored on them. The canary marks every file.",
  ]

  /// Of a data set with questions.
  /// - Parameters:
  ///   - manifest: a manifest/1, which gives counts and splits.
  ///   - hash: of the data set, from the manifest.
  ///   - parts: the flat tables.
  public init(
    manifest: JSON, hash: String, plan: Plan, template: Template, canary: String,
    parts: [QuestionTable.Part], withSealed: Bool
  ) {
    let splits = manifest["splits"]?.object?.pairs ?? []
    func whole(_ json: JSON?) -> Int { Int(json?.number ?? 0) }
    let sizes = splits.map {
      "\($0.key) \(whole($0.value["instances"])) scenes with \(whole($0.value["questions"])) questions"
    }
    let asked = template.slots.map(\.name).joined(separator: ", ")
    (name, version, self.hash, self.canary) = (plan.name, plan.version, hash, canary)
    release = manifest["release"]?.text ?? ""
    about =
      "Questions about scenes of the experience \(template.experience), with simulated truth: "
      + "\(asked). Splits: \(sizes.joined(separator: "; "))."
    keywords = ["mechanics", "simulation", "probabilistic forecasting", template.experience]
    collection =
      "Simulated by plumbline \(release) from the sampling plan \(plan.name) \(plan.version) (SHA-256 "
      + "\(plan.hash)); nothing was measured. Scenes are drawn by the design `\(plan.design.rawValue)`; "
      + "each truth is computed at three resolutions"
      + (plan.hasCoarseCalibration ? " (calibration: one coarse run each) " : " ")
      + "with \(plan.samples) members of the declared tolerances, and carries its numerical band and tier."
    biases = DataCard.laws(of: plan) + DataCard.supports(of: template)
    limitations = DataCard.limits(manifest)
    uses = DataCard.useCases
    files =
      [
        ("manifest.json", "hashes, splits, commitments, provenance"),
        ("templates.jsonl", "slots with units, supports, rules, loss scales, closed forms"),
        ("questions.jsonl", "questions of all splits, never the truth"),
        ("outcomes.jsonl", "truth of the public split"),
        ("calibration.jsonl", "truth of the calibration split"),
      ]
      + parts.map {
        ($0.path, "the \($0.type.rawValue) questions as a flat table, with the open truths")
      } + [("croissant.json", "this card for machines (Croissant 1.1)")]
      + (withSealed
        ? [("sealed/", "truth and key of the sealed split: keep it away from predictors")] : [])
    self.parts = parts.map { ($0.type.rawValue, $0.path) }
    instructions =
      "Answer questions as JSON Lines (`plumbline schema prediction`), then "
      + "`plumbline score answers.jsonl --against .`"
  }

  /// Of experiences for learners, which have no questions.
  public init(
    experiences count: Int, manifest: JSON, hash: String, plan: Plan, canary: String
  ) {
    let experience = plan.scene.definition.name
    (name, version, self.hash, self.canary) = (plan.name, plan.version, hash, canary)
    release = manifest["release"]?.text ?? ""
    about =
      "\(count) experiences for learners of scenes of the experience \(experience): inputs of a scene, and "
      + "the outcomes of one run with one draw of its tolerances at the coarsest level."
    keywords = ["mechanics", "simulation", experience]
    collection =
      "Simulated by plumbline \(release) from the sampling plan \(plan.name) \(plan.version) (SHA-256 "
      + "\(plan.hash)); nothing was measured. Scenes are drawn by the design `\(plan.design.rawValue)`."
    biases = DataCard.laws(of: plan)
    limitations = [
      "An experience is one coarse run (tier T3): it is not the truth of a question, which has a law and "
        + "a band.",
      "Simulation, not test: it says nothing about hardware.",
    ]
    uses = [
      "Intended: what a learner may be shown before it answers questions of the same plan. Name what was "
        + "used in the predictor's ledger (`plumbline schema ledger`).",
      "Not intended: deciding about hardware.",
    ]
    files = [
      ("manifest.json", "hashes and provenance"),
      ("experiences.jsonl", "one line a scene: inputs by path, outcomes"),
      ("croissant.json", "this card for machines (Croissant 1.1)"),
      (
        "templates.jsonl, questions.jsonl, outcomes.jsonl, calibration.jsonl",
        "empty: they make the folder a data set"
      ),
    ]
    parts = []
    instructions =
      "Name this folder with `plumbline score --ledger-data`, and its data set as `\(hash)` in the ledger."
  }

  // MARK: Sentences

  private static func laws(of plan: Plan) -> [String] {
    plan.variations.map { variation in
      let unit = variation.unit.symbol == "1" ? "" : " \(variation.unit.symbol)"
      func text(_ value: Double) -> String { JSON.text(of: value) }
      let law =
        !variation.choices.isEmpty
        ? "one of \(variation.choices.map(text).joined(separator: ", "))\(unit)"
        : "\(variation.scale == .log ? "log-uniform" : "uniform") from \(text(variation.low)) to "
          + "\(text(variation.high))\(unit)"
      let tolerance =
        variation.tolerance > 0 ? ", told and sampled as ± \(text(variation.tolerance))\(unit)" : ""
      return "\(variation.path) is \(law)\(tolerance)."
    }
  }

  private static func supports(of template: Template) -> [String] {
    template.slots.filter { $0.type == .scalar || $0.type == .interval }.map { slot in
      let support = slot.quantity.support
      return "Answers for \(slot.name) are taken between \(JSON.text(of: support.lowerBound)) and "
        + "\(JSON.text(of: support.upperBound)) \(slot.quantity.unit)."
    }
  }

  private static func limits(_ manifest: JSON) -> [String] {
    let counts = manifest["counts"]
    let tiers = (counts?["tiers"]?.object?.pairs ?? []).filter { ($0.value.number ?? 0) > 0 }
    var list = ["Truth here is simulation, not test: it says nothing about hardware."]
    list.append(
      "Tiers of the outcomes: "
        + tiers.map { "\($0.key) \(Int($0.value.number ?? 0))" }.joined(separator: ", ")
        + ". T0 closed form, T1 verified numerically, T2 validated against an experiment, T3 neither."
    )
    for (key, words) in [
      ("unresolved", "outcomes are unresolved and not asked"),
      ("failed", "scenes could not be simulated and are left out"),
    ] where (counts?[key]?.number ?? 0) > 0 {
      list.append("\(Int(counts?[key]?.number ?? 0)) \(words).")
    }
    return list
  }
}
