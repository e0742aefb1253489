// Recall: what the most similar known instances did, as a prediction like any other.
//
// Definition  the k = 5 nearest public calibration instances in descriptor space (scaled as in the
//             experience range), with at least the mechanisms of the question; the members of each
//             truth rescaled by the ratio of the closed forms, where a first course has one; equal
//             weights. Fewer than 5: it hands over.
// Why         a predictor that does no better has memorised, whatever its skill against climatology.
// Checked by  NearestExperienceTests.

import Experience

public struct NearestExperience: Sendable {
  public static let neighbours = 5
  public static let name = "nearest-experience"

  private let template: String
  private let physics: Physics101
  private let pool: [Experienced]
  private let truths: [String: TruthRecord]
  /// Disclosed scene of each calibration instance.
  private let scenes: [String: JSON]

  /// - Parameters:
  ///   - questions: of the data set; those of the calibration split disclose its scenes.
  ///   - calibration: truths of the public calibration instances.
  public init(
    template: Template, questions: [Question], calibration: [TruthRecord]
  ) throws(ScoringProblem) {
    self.template = template.id
    physics = try Physics101(template: template)
    let own = calibration.filter { $0.template == template.id }
    pool = own.compactMap { Experienced($0) }
    truths = Dictionary(
      own.compactMap { truth in truth.id.map { ($0, truth) } },
      uniquingKeysWith: { first, _ in first })
    scenes = Dictionary(
      questions.filter { $0.split == "calibration" }.map { ($0.instance, $0.scene) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Answers to the questions of the template, in their order.
  public func predictions(for questions: [Question]) throws(ScoringProblem) -> [Prediction] {
    var list: [Prediction] = []
    let near = neighbours(of: questions)
    for question in questions where question.template == template {
      let answer = try answer(to: question, near[question.instance] ?? [])
      list.append(
        Prediction(
          id: question.id, model: NearestExperience.name, track: "own-code", answer: answer))
    }
    return list
  }

  /// Known instances that have the descriptors and mechanisms of a query, and the scale of each.
  private struct Pool {
    var ids: [String] = []
    /// Instances × descriptors, row by row, already divided by their scale.
    var values: [Double] = []
    var scale: [Double] = []

    init(_ experiences: [Experienced], names: [String], mechanisms: Set<String>) {
      for item in experiences where item.mechanisms.isSuperset(of: mechanisms) {
        guard let values = item.values(of: names) else { continue }
        ids.append(item.id)
        self.values += values
      }
      let count = names.count
      scale = names.indices.map { k in
        let column = stride(from: k, to: values.count, by: count).map { values[$0] }
        return max(Ensemble(column).standardDeviation, ExperienceRange.floor(of: names[k]))
      }
      for index in values.indices { values[index] /= scale[index % count] }
    }

    /// Of the distance between an instance and a point.
    func square(_ row: Int, to point: [Double]) -> Double {
      var square = 0.0
      for k in point.indices {
        let difference = values[row * point.count + k] - point[k]
        square += difference * difference
      }
      return square
    }
  }

  /// Ids of the instances nearest to each question's own, nearest first, by instance; fewer than asked
  /// where there are no more. Cost: O(n·d) for n known instances and d descriptors, once an instance.
  func neighbours(of questions: [Question]) -> [String: [String]] {
    var finder = Finder(self)
    var found: [String: [String]] = [:]
    for question in questions where question.template == template {
      guard found[question.instance] == nil else { continue }
      found[question.instance] = finder.neighbours(of: question)
    }
    return found
  }

  /// Finds the neighbours of one question after the other.
  struct Finder {
    private let recall: NearestExperience
    private var pools: [String: Pool] = [:]
    /// Of the last question: most have the same names and mechanisms.
    private var last: (names: [String], mechanisms: [String], pool: Pool)?

    init(_ recall: NearestExperience) { self.recall = recall }

    mutating func neighbours(of question: Question) -> [String] {
      guard question.template == recall.template else { return [] }
      let query = Experienced(question)
      let names = query.descriptors.map(\.name)
      guard let point = query.values(of: names), !names.isEmpty else { return [] }
      if let last, last.names == names, last.mechanisms == question.mechanisms {
        return NearestExperience.nearest(to: point, but: query.id, in: last.pool)
      }
      let key = (names + ["|"] + query.mechanisms.sorted()).joined(separator: " ")
      let pool =
        pools[key] ?? Pool(recall.pool, names: names, mechanisms: query.mechanisms)
      pools[key] = pool
      last = (names, question.mechanisms, pool)
      return NearestExperience.nearest(to: point, but: query.id, in: pool)
    }
  }

  private static func nearest(to point: [Double], but own: String, in pool: Pool) -> [String] {
    let scaled = zip(point, pool.scale).map { $0 / $1 }
    var best: [(square: Double, id: String)] = []
    for row in pool.ids.indices {
      let square = pool.square(row, to: scaled)
      // most are farther away than the last one kept, whatever their name
      if best.count == neighbours, square > best[neighbours - 1].square { continue }
      let id = pool.ids[row]
      if id == own { continue }
      let item = (square: square, id: id)
      if best.count == neighbours, let last = best.last, (last.square, last.id) <= (square, id) {
        continue
      }
      let place = best.firstIndex { (square, id) < ($0.square, $0.id) } ?? best.count
      best.insert(item, at: place)
      if best.count > neighbours { best.removeLast() }
    }
    return best.map(\.id)
  }

  func truth(of instance: String) -> TruthRecord? { truths[instance] }

  /// The answer to a part or a question without parts; `nil` where it hands over.
  func law(
    of question: Question, near: [String], _ memory: inout ScoringMemory
  ) throws(ScoringProblem) -> Answer? {
    guard near.count == NearestExperience.neighbours else { return nil }
    return try law(question, near, &memory)
  }

  private func answer(to question: Question, _ near: [String]) throws(ScoringProblem) -> JSON {
    let handoff = Answer.handoff(reason: "out-of-range")
    guard near.count == NearestExperience.neighbours else { return handoff.json(for: question) }
    var memory = ScoringMemory()
    guard question.type == .verification else {
      return (try law(question, near, &memory) ?? handoff).json(for: question)
    }
    var answers: [String: Answer] = [:]
    for part in VerificationParts.questions(of: question) {
      answers[part.slot] = try law(part, near, &memory)
    }
    return Answer.verification(of: question, from: answers)
  }

  /// What a known instance says of a slot.
  struct Neighbour {
    let outcome: String
    let isPlain: Bool
    let law: Law

    enum Law {
      /// Members in SI; ascending, unless the rule reads the members themselves. `nominal`: of the
      /// closed form, where the instance's scene is disclosed.
      case members([Double], nominal: Double?)
      case event(Double)
      case unknownUnit
      case none
    }
  }

  private func neighbour(
    _ id: String, _ question: Question, _ outcome: String, _ memory: inout ScoringMemory
  ) throws(ScoringProblem) -> Neighbour.Law {
    let isPlain = question.derivation == nil
    if let known = memory.neighbour(id, of: question.slot), known.outcome == outcome,
      known.isPlain == isPlain
    {
      return known.law
    }
    let law: Neighbour.Law
    switch truths[id]?[outcome: outcome] {
    case .scalar(let scalar)?:
      if let unit = try? Unit.parse(scalar.unit) {
        var nominal: Double?
        if let scene = scenes[id] {
          var other = question
          other.scene = scene
          nominal = try physics.nominal(other)
        }
        // lists in order are merged, not sorted, when the neighbours are pooled
        let members = question.rule == .crps ? scalar.members : scalar.members.sorted()
        law = .members(members.map(unit.toSI), nominal: nominal)
      } else {
        law = .unknownUnit
      }
    case .event(let event)?: law = .event(event.probability)
    case .classes?, .ordering?, .series?, nil: law = .none
    }
    memory.keep(Neighbour(outcome: outcome, isPlain: isPlain, law: law), id, of: question.slot)
    return law
  }

  /// The pooled law of the neighbours, in the form that the question reads.
  private func law(
    _ question: Question, _ near: [String], _ memory: inout ScoringMemory
  ) throws(ScoringProblem) -> Answer? {
    switch question.derivation {
    case .classes?, .ordering?, .series?: return pooled(question, near)
    case .reversal?, nil: break
    }
    let requirement = question.requirements.first
    let criterion = question.event ?? requirement?.criterion
    let outcome = criterion?.outcome ?? question.slot
    let own = try physics.nominal(question, &memory)
    var (members, shares): ([Double], [Double]) = ([], [])
    for id in near {
      switch try neighbour(id, question, outcome, &memory) {
      case .unknownUnit: return nil
      case .members(let values, let nominal):
        // without the neighbour's scene its truth stands as it is
        let ratio = own.flatMap { own in nominal.map { own / $0 } } ?? 1
        let factor = ratio.isFinite && ratio > 0 ? ratio : 1
        members.reserveCapacity(near.count * values.count)
        for value in values { members.append(value * factor) }
      case .event(let probability):
        shares.append(
          criterion?.comparison.isUpperLimit ?? false ? 1 - probability : probability)
      case .none: continue
      }
    }
    if let criterion, question.type != .scalar {
      if !shares.isEmpty { return .probability(shares.reduce(0, +) / Double(shares.count)) }
      guard !members.isEmpty else { return nil }
      return .probability(
        Double(members.count { criterion.holds($0) }) / Double(members.count))
    }
    guard !members.isEmpty, let unit = try? Unit.parse(question.quantity.unit) else { return nil }
    let isSI = requirement == nil && unit.factor == 1 && unit.offset == 0
    let values = isSI ? members : members.map { unit.fromSI(requirement?.margin(of: $0) ?? $0) }
    guard question.rule != .crps else { return .ensemble(values) }
    let ensemble = Ensemble(values)
    return .quantiles(question.levels.map(ensemble.quantile))
  }
}
