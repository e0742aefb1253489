import Experience
import Testing

@testable import Scoring

@Suite("Divergence of two runs")
struct DivergenceTests {
  // The worked example: a rebound with the restitution taken as an energy ratio. Fails if contact#1,
  // which differs by less than its tolerances, is called the first difference.
  @Test("finds the first event that differs")
  func worked() throws {
    let simulated = [
      ("contact#1", 0.452, 4.4171, 0.0884), ("apex#1", 0.8135, 0.637, 0.0127),
      ("contact#2", 1.175, 3.529, 0.0706), ("apex#2", 1.464, 0.4062, 0.0081),
    ]
    let alternative = [
      ("contact#1", 0.4516, 4.4287), ("apex#1", 0.854, 0.8), ("contact#2", 1.2564, 3.9612),
      ("apex#2", 1.6163, 0.64),
    ]
    let divergence = Divergence(
      simulated: simulated.map { Divergence.Event($0.0, time: $0.1, value: $0.2, tolerance: $0.3) },
      alternative: alternative.map { Divergence.Event($0.0, time: $0.1, value: $0.2) })
    let expected = [
      (-0.00040000000000001146, 0.17699115044248293, 0.011600000000000499, 0.13122171945701921),
      (0.04049999999999998, 9.956976029502147, 0.16300000000000003, 12.834645669291342),
      (0.08139999999999992, 13.855319148936156, 0.4321999999999999, 6.121813031161472),
      (0.1523000000000001, 20.80601092896176, 0.2338, 28.8641975308642),
    ]
    for (row, numbers) in zip(divergence.rows, expected) {
      #expect(abs(row.timeShift - numbers.0) < 1e-15)
      #expect(abs(row.timeShiftInTolerances - numbers.1) < 1e-12 * max(1, numbers.1))
      #expect(abs(try #require(row.valueShift) - numbers.2) < 1e-15)
      #expect(abs(try #require(row.valueShiftInTolerances) - numbers.3) < 1e-12 * numbers.3)
    }
    #expect(divergence.first?.event == "apex#1")
    #expect(divergence.missing == nil)
  }

  @Test("names an event that only one run has")
  func missing() {
    let divergence = Divergence(
      simulated: [.init("slip#1", time: 1), .init("tip#1", time: 2)],
      alternative: [.init("tip#1", time: 2), .init("rest#1", time: 3)])
    #expect(divergence.first == nil)
    #expect(divergence.missing?.name == "slip#1")
    #expect(
      Divergence(simulated: [.init("a#1", time: 1)], alternative: [.init("a#1", time: 1.004)])
        .first == nil)
  }
}

@Suite("Failures with context")
struct FailureTests {
  /// A drop from 1 m with e = 0.8 ± 0.01, its events, and a stored run with the restitution taken as an
  /// energy ratio.
  static func drop(alternative: Bool = true) -> Sample.Set {
    var set = Sample.set(tests: 0)
    set.template.slots.append(
      Slot(
        name: "rebound-height", type: .scalar, rule: .crps, levels: [],
        quantity: AnswerQuantity(
          name: "rebound height", unit: "m", dimension: [1, 0, 0, 0, 0, 0, 0], support: 0...4),
        lossScale: 0.25))
    set.template.bindings.append(Binding(symbol: "e", path: "floor.restitution"))
    var truth = Sample.record(42, height: 1)
    truth.mechanisms = ["gravity", "impact"]
    truth.outcomes.append(
      (
        "rebound-height",
        .scalar(
          ScalarOutcome(
            value: 0.64, unit: "m", halfWidth: 1e-9, order: 4, status: .converged,
            members: [0.6241, 0.64, 0.6561], tier: .t1, basis: "converged"))
      ))
    truth.events = [
      DatedEvent(
        name: "contact#1", bodies: ["ball", "floor"], time: 0.4516, halfWidth: 1e-9, occurs: 1),
      DatedEvent(name: "apex#1", bodies: ["ball"], time: 0.8129, halfWidth: 1e-9, occurs: 1),
    ]
    if alternative {
      truth.alternatives = [
        Alternative(
          name: "restitution-as-energy-ratio",
          sentence: "The rebound keeps the share e of the energy.",
          outcomes: [NamedNumber("rebound-height", 0.8)],
          events: [
            AlternativeEvent(name: "contact#1", time: 0.4516),
            AlternativeEvent(name: "apex#1", time: 0.8555, value: 0.8, unit: "m"),
          ])
      ]
    }
    set.truths = [truth]
    var calibration = set.calibration
    for index in calibration.indices {
      calibration[index].outcomes.append(("rebound-height", truth.outcomes[1].outcome))
    }
    set.calibration = calibration
    set.questions = Sample.questions(set.template, truth, height: 1).map { question in
      var question = question
      question.scene = .object([
        ("start", .object([("height", .text("1 m"))])),
        ("floor", .object([("restitution", .text("0.8 ± 0.01"))])),
      ])
      return question
    }
    return set
  }

  static func prediction(_ set: Sample.Set, _ value: Double, trace: [String]? = nil) -> Prediction {
    Prediction(
      id: set.questions[2].id, model: "m",
      answer: .object([("value", .number(value)), ("unit", .text("m"))]), trace: trace)
  }

  private func items(_ set: Sample.Set, _ predictions: [Prediction]) throws -> [FailureItem] {
    let scorer = try set.scorer()
    var scores = try scorer.scores(of: predictions)
    try scorer.addTraces(
      of: predictions, to: &scores, templates: [set.template], calibration: set.calibration)
    return scorer.failures(of: predictions, scores, templates: [set.template])
  }

  // Fails if a stored run is not looked at, the events are not aligned, or the words have no number.
  @Test("finds the stored run that the answer fits")
  func ablation() throws {
    let set = FailureTests.drop()
    let item = try #require(try items(set, [FailureTests.prediction(set, 0.8)]).first)
    #expect(item.kind == .wrong)
    #expect(item.reason.by == .ablation)
    #expect(item.reason.event == "apex#1")
    // tolerance 2·s_G = 0.0320002 m: 0.16/0.0320002
    #expect(abs(try #require(item.reason.inTolerances) - 0.16 / 0.0320002083326552) < 1e-9)
    #expect(
      item.sentence
        == "At apex#1 (0.813 s) rebound-height was 0.64 m; the answer fits a run with "
        + "`restitution as energy ratio`, where it is 0.8 m, 5 tolerances higher.")
    let json = item.json
    #expect(json["schema"]?.text == "failure/1")
    #expect(json["reason"]?["alternative-value"]?.number == 0.8)
    #expect(json["correct"]?["value"]?.number == 0.64)
    #expect(json["id"]?.text?.hasPrefix(set.questions[2].id + "/failure/") == true)
  }

  // The trace comes before a stored run; of two wrong claims the one that is earlier in the run counts.
  @Test("takes the wrong claim that is earliest in simulated time")
  func trace() throws {
    let set = FailureTests.drop()
    let item = try #require(
      try items(
        set,
        [
          FailureTests.prediction(
            set, 0.8,
            trace: ["time = 1 s @ apex#1", "so: impact_speed = sqrt(g*h) = 3.13 m/s @ contact#1"])
        ]
      ).first)
    #expect(item.reason.by == .trace)
    #expect((item.reason.line, item.reason.event) == (2, "contact#1"))
    #expect(item.reason.cause == .law)
    #expect(
      item.sentence
        == "At contact#1 (0.452 s) impact_speed was 4.43 m/s; line 2 of the working states "
        + "3.13 m/s, 14.7 tolerances lower (the relation does not hold here).")
    #expect(item.json["reason"]?["stated"]?.number == 3.13)
  }

  @Test("says so where no stored reason fits")
  func unexplained() throws {
    let set = FailureTests.drop()
    let item = try #require(try items(set, [FailureTests.prediction(set, 0.4)]).first)
    #expect(item.reason.by == .unexplained)
    #expect(
      item.sentence
        == "No stored reason fits: rebound-height is 0.64 m, the answer was 0.4 m; the last event "
        + "before it is contact#1 (0.452 s).")
    // a slip: right steps, and an answer that does not follow from them
    let slip = try #require(
      try items(
        set,
        [
          FailureTests.prediction(
            set, 0.4,
            trace: ["impact_speed = 4.43 m/s @ contact#1", "answer: rebound_height = e^2*h"])
        ]
      ).first)
    #expect(slip.sentence.contains("the answer was 0.4 m, its own working gives 0.64 m; the last"))
  }

  // Fails if the truth of a sealed split leaves with an item, a right answer is exported, or an answer
  // that never was one.
  @Test("exports nothing sealed, right or absent")
  func restraint() throws {
    var set = FailureTests.drop()
    let wrong = FailureTests.prediction(set, 0.8)
    #expect(try items(set, [FailureTests.prediction(set, 0.64)]).isEmpty)
    #expect(try items(set, []).isEmpty)
    #expect(
      try items(
        set, [Prediction(id: set.questions[2].id, model: "m", answer: .object([]))]
      ).isEmpty)
    for index in set.questions.indices { set.questions[index].split = "sealed" }
    #expect(try items(set, [wrong]).isEmpty)
    for index in set.questions.indices { set.questions[index].split = "retired" }
    #expect(try items(set, [wrong]).count == 1)
  }

  // The truth excludes 5 m/s (4.43 in every member): p = 0.97 is sure of it.
  @Test("calls a sure answer against the truth unsafe")
  func unsafe() throws {
    let set = FailureTests.drop()
    func kinds(_ p: Double) throws -> [FailureItem.Kind] {
      try items(
        set,
        [Prediction(id: set.questions[1].id, model: "m", answer: .object([("p", .number(p))]))]
      ).map(\.kind)
    }
    #expect(try kinds(0.97) == [.unsafe])
    #expect(try kinds(0.9) == [.wrong])
    #expect(try kinds(0.01) == [])
  }
}
