// One predictor on one data set, read from its report/1.
//
// Checked by  StandingsTests.

import Experience

public struct Standing: Sendable {
  public let predictor: String
  /// What the scenes are of; the data set's name where a report is older than the field.
  public let experience: String
  public let dataset: String
  public let version: String
  /// Of the data set.
  public let hash: String
  public let split: String
  public let questions: Int
  public let abstained: Int
  /// Without a prediction.
  public let missing: Int
  /// Unreadable or missing.
  public let invalid: Int
  public let scenes: Int
  /// `value` and `ci95` of the skill against climatology; `nil` where the report gives no headline.
  public let skill: JSON?
  public let delta: JSON?
  public let claim: String?
  /// Why there is no headline.
  public let why: String?
  /// Scenes by label of range, and where it may decide.
  public let range: String
  public let authority: String

  /// Questions with something other than a handoff.
  public var answered: Int { max(0, questions - abstained - missing) }
  /// Orders a table: best first, without a figure last.
  var value: Double { skill?["value"]?.number ?? -.infinity }

  /// - Throws: what the record lacks.
  public init(report: JSON, name: String? = nil) throws(RecordError) {
    guard report["schema"]?.text == "report/1" else {
      throw RecordError("not a report/1 record: `schema` is \(report["schema"]?.line ?? "missing")")
    }
    guard let set = report["dataset"], let id = set["id"]?.text, let hash = set["sha256"]?.text,
      let predictions = report["predictions"], let count = predictions["n"]?.number
    else { throw RecordError("a report needs `dataset` {id, sha256} and `predictions` {n}") }
    func whole(_ json: JSON?) -> Int { Int(json?.number ?? 0) }
    let model = predictions["model"]?.text ?? ""
    predictor = name ?? (model.isEmpty ? "unnamed" : model)
    (dataset, self.hash) = (id, hash)
    experience = set["experience"]?.text ?? id
    version = set["version"]?.text ?? ""
    split = set["split"]?.text ?? ""
    questions = Int(count)
    abstained = whole(predictions["abstained"])
    missing = whole(predictions["missing"])
    invalid = whole(predictions["invalid"]?["n"])
    let headline = report["headline"]?["climatology"]
    (skill, delta) = (headline?["skill"], headline?["delta"])
    claim = headline?["claim"]?.text
    scenes = whole(delta?["clusters"])
    why = report["why"]?.text
    let labels = report["range"]?["instances"]?.object?.pairs ?? []
    range = Standing.sentence(labels.map { ($0.key, whole($0.value)) })
    authority = Standing.authority(report["authority"]?.array ?? [])
  }

  /// "17 of 20 scenes in range, 3 at the edge".
  private static func sentence(_ labels: [(label: String, scenes: Int)]) -> String {
    let total = labels.reduce(0) { $0 + $1.scenes }
    guard labels.contains(where: { $0.label != RangeFinding.Label.undeclared.rawValue }) else {
      return "experience undeclared"
    }
    func count(_ label: RangeFinding.Label) -> Int {
      labels.first { $0.label == label.rawValue }?.scenes ?? 0
    }
    var text = "\(count(.inside)) of \(total) scenes in range"
    if count(.edge) > 0 { text += ", \(count(.edge)) at the edge" }
    if count(.out) > 0 { text += ", \(count(.out)) outside" }
    return text
  }

  private static func authority(_ rows: [JSON]) -> String {
    guard !rows.isEmpty else { return "no decision asked" }
    func consequences(_ verdict: AuthorityVerdict) -> String {
      let list = rows.filter { $0["verdict"]?.text == verdict.rawValue }.compactMap {
        $0["consequence"]?.number
      }
      return Set(list).sorted().map { JSON.text(of: $0) }.joined(separator: ", ")
    }
    let alone = consequences(.acceptAlone)
    if !alone.isEmpty { return "accepts alone at consequence \(alone)" }
    let checked = consequences(.checkpoint)
    return checked.isEmpty
      ? "decides nothing" : "with a human checkpoint at consequence \(checked)"
  }
}
