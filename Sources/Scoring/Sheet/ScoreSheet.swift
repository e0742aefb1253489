// Scores of a whole file in little memory: about 300 bytes each, where a `Score` takes a thousand.
//
// Layout      numbers and marks in entries of 128 bytes; what many scores share (slot, instance, range)
//             once, with its place in the entry; texts and the shares below quantiles as bytes in blocks.
//             Nothing that grows is ever copied as a whole.
// Order       that of appending; a score comes back as it went in.
// Checked by  ScoreSheetTests.

import Experience

public struct ScoreSheet: Sendable {
  /// What the scores of a slot share.
  struct Kind: Sendable, Hashable {
    let template: String
    let slot: String
    let type: QuestionType
    let lossUnit: String
    let consequence: Int
    /// Of the quantiles, where shares below them are kept.
    let levels: [Double]
  }

  /// One score; `nil` numbers are `ScoreSheet.absent`.
  struct Entry: Sendable {
    let kind: Int32
    let instance: Int32
    /// -1: no range was asked for.
    let finding: Int32
    let status: Score.Status
    let reason: InvalidReason?
    let tier: Tier
    let label: Verdict?
    let covered50: Bool?
    let covered90: Bool?
    let action: Disposition?
    let isUnresolved: Bool
    let isUnusable: Bool
    let isAbsent: Bool
    let isContaminated: Bool
    let needsScene: Bool?
    let loss: Double
    let excess: Double
    let normalised: Double
    let reference: Double
    let reference101: Double
    let referenceRecall: Double
    let pit: Double
    let probability: Double
    let truth: Double
    let sharpness: Double
    let resolution: Double
    /// Of the texts.
    let bytes: Int
    /// Of the question, as the caller counts.
    let place: Int
  }

  /// A not-a-number that no computation gives.
  private static let absent = Double(bitPattern: 0x7ff8_6e69_6c6e_696c)

  static func packed(_ value: Double?) -> Double { value ?? absent }

  static func number(_ value: Double) -> Double? {
    value.bitPattern == absent.bitPattern ? nil : value
  }

  private static let chunk = 4096
  private var entries: [[Entry]] = []
  public private(set) var count = 0
  private(set) var kinds: [Kind] = []
  /// Names of the instances, in the order of their first score.
  private(set) var instances: [String] = []
  /// Lists of one, which decisions share.
  private(set) var findings: [[RangeFinding]] = []
  /// Working, by score.
  private(set) var traces: [Int: TraceScore] = [:]
  private var texts = ByteBlocks()
  private var kindPlaces: [Kind: Int32] = [:]
  private var instancePlaces: [String: Int32] = [:]
  private var lastFinding = -1

  public init() {}

  public init(_ scores: some Sequence<Score>) {
    for (place, score) in scores.enumerated() { append(score, place: place) }
  }

  var indices: Range<Int> { 0..<count }

  func entry(_ index: Int) -> Entry {
    entries[index / ScoreSheet.chunk][index % ScoreSheet.chunk]
  }

  func kind(of entry: Entry) -> Kind { kinds[Int(entry.kind)] }

  func finding(of entry: Entry) -> RangeFinding? {
    entry.finding < 0 ? nil : findings[Int(entry.finding)][0]
  }

  /// - Parameter place: of its question, for whoever wants to find it again.
  public mutating func append(_ score: Score, place: Int) {
    let detail = score.detail
    let entry = Entry(
      kind: kindPlace(
        Kind(
          template: score.template, slot: score.slot, type: score.type, lossUnit: score.lossUnit,
          consequence: score.consequence, levels: detail.levels)),
      instance: instancePlace(score.instance), finding: findingPlace(detail.range),
      status: score.status, reason: score.reason, tier: score.tier, label: score.label,
      covered50: score.covered50, covered90: score.covered90, action: detail.action,
      isUnresolved: detail.isUnresolved, isUnusable: detail.isUnusable, isAbsent: detail.isAbsent,
      isContaminated: detail.isContaminated, needsScene: detail.needsScene, loss: score.loss,
      excess: score.excess, normalised: score.normalised, reference: score.reference,
      reference101: ScoreSheet.packed(score.reference101),
      referenceRecall: ScoreSheet.packed(score.referenceRecall),
      pit: ScoreSheet.packed(score.pit), probability: ScoreSheet.packed(detail.probability),
      truth: ScoreSheet.packed(detail.truth), sharpness: ScoreSheet.packed(detail.sharpness),
      resolution: detail.resolution,
      bytes: texts.append(
        [score.id, score.answer, score.explanation], numbers: detail.below), place: place)
    if let trace = score.trace { traces[count] = trace }
    if count % ScoreSheet.chunk == 0 {
      entries.append([])
      entries[entries.count - 1].reserveCapacity(ScoreSheet.chunk)
    }
    entries[entries.count - 1].append(entry)
    count += 1
  }

  private mutating func kindPlace(_ kind: Kind) -> Int32 {
    // few kinds are faster compared than hashed
    if kinds.count <= 8, let place = kinds.firstIndex(of: kind) { return Int32(place) }
    if let place = kindPlaces[kind] { return place }
    kinds.append(kind)
    kindPlaces[kind] = Int32(kinds.count - 1)
    return Int32(kinds.count - 1)
  }

  private mutating func instancePlace(_ name: String) -> Int32 {
    // the questions of an instance usually follow each other
    if let last = instances.last, last == name { return Int32(instances.count - 1) }
    if let place = instancePlaces[name] { return place }
    instances.append(name)
    instancePlaces[name] = Int32(instances.count - 1)
    return Int32(instances.count - 1)
  }

  private mutating func findingPlace(_ finding: RangeFinding?) -> Int32 {
    guard let finding else { return -1 }
    if lastFinding < 0 || findings[lastFinding][0] != finding {
      findings.append([finding])
      lastFinding = findings.count - 1
    }
    return Int32(lastFinding)
  }

  /// The score as it was appended.
  public subscript(index: Int) -> Score {
    let entry = entry(index)
    let kind = kind(of: entry)
    let (texts, below) = texts.read(entry.bytes, texts: 3)
    var detail = Score.Detail()
    detail.probability = ScoreSheet.number(entry.probability)
    detail.truth = ScoreSheet.number(entry.truth)
    detail.sharpness = ScoreSheet.number(entry.sharpness)
    (detail.below, detail.levels, detail.resolution) = (below, kind.levels, entry.resolution)
    (detail.isUnresolved, detail.isUnusable) = (entry.isUnresolved, entry.isUnusable)
    (detail.isAbsent, detail.isContaminated) = (entry.isAbsent, entry.isContaminated)
    (detail.action, detail.needsScene) = (entry.action, entry.needsScene)
    detail.range = finding(of: entry)
    var score = Score(
      id: texts[0], instance: instances[Int(entry.instance)], template: kind.template,
      slot: kind.slot, type: kind.type, loss: entry.loss, excess: entry.excess,
      lossUnit: kind.lossUnit, normalised: entry.normalised, reference: entry.reference,
      reference101: ScoreSheet.number(entry.reference101),
      referenceRecall: ScoreSheet.number(entry.referenceRecall), covered50: entry.covered50,
      covered90: entry.covered90, pit: ScoreSheet.number(entry.pit), answer: texts[1],
      explanation: texts[2], status: entry.status, reason: entry.reason, tier: entry.tier,
      label: entry.label, consequence: kind.consequence, detail: detail)
    score.trace = traces[index]
    return score
  }

  /// Of the question of a score.
  public func place(_ index: Int) -> Int { entry(index).place }

  public func id(_ index: Int) -> String { texts.text(entry(index).bytes) }

  /// Shares of members below each quantile.
  func below(_ entry: Entry) -> [Double] {
    kind(of: entry).levels.isEmpty ? [] : texts.read(entry.bytes, texts: 3).numbers
  }
}
