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
    var known: (instance: String, near: [String])?
    for question in questions where question.template == template {
      if known?.instance != question.instance {
        known = (question.instance, nearest(to: Experienced(question)))
      }
      let answer = try answer(to: question, known?.near ?? [])
      list.append(
        Prediction(
          id: question.id, model: NearestExperience.name, track: "own-code", answer: answer))
    }
    return list
  }

  /// Ids of the nearest instances, nearest first; fewer than asked where there are no more.
  func nearest(to query: Experienced) -> [String] {
    let names = query.descriptors.map(\.name)
    guard let point = query.values(of: names), !names.isEmpty else { return [] }
    var alike: [(id: String, values: [Double])] = []
    for item in pool where item.id != query.id && item.mechanisms.isSuperset(of: query.mechanisms) {
      if let values = item.values(of: names) { alike.append((item.id, values)) }
    }
    let scale = names.indices.map { k in
      max(
        Ensemble(alike.map { $0.values[k] }).standardDeviation,
        ExperienceRange.floor(of: names[k]))
    }
    let distances = alike.map { item -> (square: Double, id: String) in
      var square = 0.0
      for k in names.indices {
        let difference = (item.values[k] - point[k]) / scale[k]
        square += difference * difference
      }
      return (square, item.id)
    }
    return distances.sorted { ($0.square, $0.id) < ($1.square, $1.id) }
      .prefix(NearestExperience.neighbours).map(\.id)
  }

  func truth(of instance: String) -> TruthRecord? { truths[instance] }

  private func answer(to question: Question, _ near: [String]) throws(ScoringProblem) -> JSON {
    let handoff = Answer.handoff(reason: "out-of-range")
    guard near.count == NearestExperience.neighbours else { return handoff.json(for: question) }
    guard question.type == .verification else {
      return (try law(question, near) ?? handoff).json(for: question)
    }
    var answers: [String: Answer] = [:]
    for part in VerificationParts.questions(of: question) {
      answers[part.slot] = try law(part, near)
    }
    return Answer.verification(of: question, from: answers)
  }

  /// The pooled law of the neighbours, in the form that the question reads.
  private func law(_ question: Question, _ near: [String]) throws(ScoringProblem) -> Answer? {
    switch question.derivation {
    case .classes?, .ordering?, .series?: return pooled(question, near)
    case .reversal?, nil: break
    }
    let requirement = question.requirements.first
    let criterion = question.event ?? requirement?.criterion
    let outcome = criterion?.outcome ?? question.slot
    let own = try physics.nominal(question)
    var (members, shares): ([Double], [Double]) = ([], [])
    for id in near {
      switch truths[id]?[outcome: outcome] {
      case .scalar(let scalar)?:
        guard let unit = try? Unit.parse(scalar.unit) else { return nil }
        var other = question
        other.scene = scenes[id] ?? .null
        // without the neighbour's scene its truth stands as it is
        let theirs = scenes[id] == nil ? nil : try physics.nominal(other)
        let ratio = own.flatMap { own in theirs.map { own / $0 } } ?? 1
        let factor = ratio.isFinite && ratio > 0 ? ratio : 1
        members += scalar.members.map { unit.toSI($0) * factor }
      case .event(let event)?:
        shares.append(
          criterion?.comparison.isUpperLimit ?? false ? 1 - event.probability : event.probability)
      case .classes?, .ordering?, .series?, nil: continue
      }
    }
    if let criterion, question.type != .scalar {
      if !shares.isEmpty { return .probability(shares.reduce(0, +) / Double(shares.count)) }
      guard !members.isEmpty else { return nil }
      return .probability(
        Double(members.count { criterion.holds($0) }) / Double(members.count))
    }
    guard !members.isEmpty, let unit = try? Unit.parse(question.quantity.unit) else { return nil }
    let values = members.map { unit.fromSI(requirement?.margin(of: $0) ?? $0) }
    guard question.rule != .crps else { return .ensemble(values) }
    let ensemble = Ensemble(values)
    return .quantiles(question.levels.map(ensemble.quantile))
  }
}
