import Experience
import Testing

@testable import Scoring

@Suite("Score of a trace")
struct TraceScoreTests {
  private func scored(
    _ set: Sample.Set, _ predictions: [Prediction]
  ) throws -> (with: [Score], without: [Score]) {
    let scorer = try set.scorer()
    let plain = try scorer.scores(of: predictions)
    var scores = plain
    try scorer.addTraces(
      of: predictions, to: &scores, templates: [set.template], calibration: set.calibration)
    return (scores, plain)
  }

  // From a prediction line to score/1. Fails if the scene's numbers are not found, a loss changes, or a
  // name of the record is not written.
  @Test("stands beside the score and changes no loss")
  func beside() throws {
    let set = FailureTests.drop()
    let trace = [
      "given: h = 1 m, e = 0.8", "so: impact_speed = sqrt(2*g*h) = 4.43 m/s @ contact#1",
      "because: free-fall h = 1 m", "answer: rebound_height = h * e^2",
    ]
    let (with, without) = try scored(set, [FailureTests.prediction(set, 0.64, trace: trace)])
    #expect(with.map(\.loss) == without.map(\.loss))
    #expect(with[0].trace == nil)
    let score = try #require(with[2].trace)
    #expect(score.cell == .earned)
    #expect(score.claims.map(\.verdict) == [.given, .right, .holds, .answer])
    let json = with[2].json
    #expect(json["value"]?["trace"]?.number == 1)
    // h·e² and 0.64 differ by rounding, which K shows ten times larger
    #expect(abs(try #require(json["value"]?["coherence"]?.number) - 1) < 1e-14)
    let metadata = try #require(json["metadata"]?["trace"])
    #expect(metadata["cell"]?.text == "earned")
    #expect(abs(try #require(metadata["answer-from-claims"]?.number) - 0.64) < 1e-12)
    let claim = try #require(metadata["claims"]?.array?[1])
    #expect(claim["verdict"]?.text == "right")
    #expect(claim["unit"]?.text == "m/s")
    #expect(claim["stated"]?.number == 4.43)
    #expect(without[2].json["metadata"]?["trace"] == nil)
  }

  // The record example of the format: its only claim is the answer itself, so there is no working.
  @Test("finds no working in a trace that repeats the answer")
  func restates() throws {
    let set = FailureTests.drop()
    let quantiles = JSON.object([
      ("quantiles", .object(Sample.levels.map { (JSON.text(of: $0), .number(4.43)) })),
      ("unit", .text("m/s")),
    ])
    let (scores, _) = try scored(
      set,
      [
        Prediction(
          id: set.questions[0].id, model: "m", answer: quantiles,
          trace: [
            "given: h = 1 m", "v_impact = 4.43 m/s @ contact#1", "because: free-fall h = 1 m",
            "answer: impact_speed = v_impact",
          ])
      ])
    let trace = try #require(scores[0].trace)
    #expect(trace.claims.map(\.verdict) == [.given, .restates, .holds, .answer])
    #expect(trace.cell == .noWorking)
    #expect(trace.share == nil)
    #expect(trace.coherence?.isCoherent == true)
    // neither T nor K without a counted claim
    #expect(scores[0].json["value"]?["trace"] == nil)
    #expect(scores[0].json["value"]?["coherence"] == nil)
  }

  // p* = Φ((0.262 − 0.26)/s), s = 6·h·e⁵·0.01 by the stated sd: 0.541 against the answer 0.55.
  @Test("propagates stated spreads to a probability")
  func event() throws {
    let trace = Trace([
      "given: h = 1 m, e = 0.80 sd 0.01", "so: apex_height = h * e^6 = 0.262 m @ apex#3",
      "answer: apex_height > 0.26 m",
    ])
    let event = Criterion(
      outcome: "third-apex", comparison: .greater, limit: 0.26, unit: "m", source: "")
    let checker = TraceChecker(
      subject: .init(outcome: "third-apex", event: event, unit: .one),
      truth: TraceTruth(channels: []), laws: try TraceLaws())
    let score = TraceScore(trace, by: checker, normalised: 0, answer: 0.55) { _ in nil }
    let sd = 6 * 0.8 * 0.8 * 0.8 * 0.8 * 0.8 * 0.01
    let expected = NormalLaw.probability((0.262 - 0.26) / sd)
    #expect(abs(try #require(score.coherence?.answer) - expected) < 1e-8)
    #expect(score.coherence?.isCoherent == true)
    // the opposite end of the trace says the opposite probability, without spread 0 or 1
    func implied(_ lines: [String]) -> Double? {
      TraceScore(Trace(lines), by: checker, normalised: 0, answer: 0) { _ in nil }.coherence?.answer
    }
    #expect(implied(["so: apex_height = 0.2 * 1 = 0.2", "answer: apex_height < 0.26 "]) == 1)
    #expect(implied(["given: apex_height = 0.2 m", "answer: apex_height < 0.26 m"]) == 0)
    // lengths are not compared with times, and a probability has no unit
    #expect(implied(["given: apex_height = 0.2 m", "answer: apex_height < 0.26 s"]) == nil)
    #expect(implied(["given: apex_height = 0.2 m", "answer: p = apex_height"]) == nil)
  }

  // Vacuous claims earn nothing, lines that cannot be read cost nothing, and neither is fatal.
  @Test("scores empty words as no working")
  func words() throws {
    let set = FailureTests.drop()
    for trace in [
      ["impact_speed > 0.1 m/s @ contact#1", "never: break#1", "assume: no fracture"],
      ["I think that", "it will bounce"], [], Array(repeating: "h = 1 m", count: 41),
    ] {
      let (scores, plain) = try scored(set, [FailureTests.prediction(set, 0.64, trace: trace)])
      #expect(scores[2].trace?.cell == .noWorking)
      #expect(scores[2].trace?.share == nil)
      #expect(scores[2].loss == plain[2].loss)
    }
  }

  // The table of a whole file. Fails if a cell is counted twice or the text leaves a part out.
  @Test("goes into report and text")
  func report() throws {
    let set = FailureTests.drop()
    let (scores, plain) = try scored(
      set,
      [
        FailureTests.prediction(
          set, 0.64,
          trace: [
            "so: impact_speed = sqrt(g*h) = 3.13 m/s @ contact#1",
            "answer: rebound_height = e^2*h",
          ])
      ])
    let report = Report(scores: scores, replicates: 99)
    let table = try #require(report.traces)
    #expect(table.count(.compensating) == 1)
    #expect(table.rightAnswerWrongWorking.value == 1)
    #expect(report.json["traces"]?["causes"]?["law"]?.number == 1)
    let text = ReportText.text(of: report)
    #expect(text.contains("Of 1 right answers with working: earned 0.000 [0.000, 0.975]"))
    #expect(text.contains("First wrong steps: law 1."))
    #expect(Report(scores: plain, replicates: 99).json["traces"] == nil)
  }
}

@Suite("Truth for claim traces")
struct TraceTruthTests {
  // Names of the scene: a bound symbol, a path, its last word where it is unique, standard gravity.
  @Test("finds the numbers of the scene")
  func parameters() {
    let scene = JSON.object([
      ("ball", .object([("diameter", .text("40 mm")), ("material", .text("steel"))])),
      ("start", .object([("height", .text("1 m ± 2 mm"))])),
      ("floor", .object([("restitution", .text("0.8 ± 0.05")), ("height", .text("2 m"))])),
      ("environment", .object([("gravity", .text("[0, 0, -1.62] m/s^2"))])),
    ])
    let table = TraceParameter.table(
      of: scene, experience: "ball-drop",
      bindings: [
        Binding(symbol: "h", path: "start.height"),
        Binding(symbol: "g", path: "environment.gravity"),
      ])
    #expect(table["h"]?.nominal == 1)
    #expect(table["start_height"]?.nominal == 1)
    #expect(table["height"] == nil)
    #expect(table["diameter"]?.nominal == 0.04)
    #expect(table["d"]?.nominal == 0.04)
    #expect(table["e"]?.nominal == 0.8)
    #expect(table["g"]?.nominal == 1.62)
    #expect(table["g"]?.unit.dimension.isSame(as: .acceleration) == true)
    #expect(table["material"] == nil)
    #expect(TraceParameter.table(of: .null, experience: "", bindings: [])["g"]?.nominal == 9.80665)
  }

  // A ball that is thrown up has an apex before its first contact.
  @Test("takes the apex after the contact for the rebound")
  func apex() throws {
    var record = FailureTests.drop().truths[0]
    record.events.insert(
      DatedEvent(name: "apex#1", bodies: ["ball"], time: 0.1, halfWidth: 0, occurs: 1), at: 0)
    record.events[2] = DatedEvent(
      name: "apex#2", bodies: ["ball"], time: 0.9, halfWidth: 0, occurs: 1)
    let truth = TraceTruth(record: record, question: nil, bindings: [])
    let apex = TraceAnchor.event(TraceEvent(kind: "apex", ordinal: 2))
    #expect(truth.channel("apex_height", at: apex)?.name == "rebound_height")
    let first = TraceAnchor.event(TraceEvent(kind: "apex", ordinal: 1))
    #expect(truth.channel("rebound_height", at: first) == nil)
    #expect(truth.channel("time", at: apex)?.median == 0.9)
  }

  // 1 − 0.8² = 0.36 of a ball that does not turn; of one that does, the speeds do not tell.
  @Test("derives the energy that a contact takes")
  func energy() throws {
    var record = FailureTests.drop().truths[0]
    record.channels = [
      TruthChannel(
        name: "rebound-speed", anchor: "", unit: "m/s", values: [0.8 * 4.428690551393267],
        floor: 1e-9, status: .converged)
    ]
    let contact = TraceAnchor.event(TraceEvent(kind: "contact", ordinal: 1))
    let truth = TraceTruth(record: record, question: nil, bindings: [])
    #expect(truth.channel("v_rebound", at: contact)?.name == "rebound_speed")
    #expect(abs(try #require(truth.channel("E_lost", at: contact)).median - 0.36) < 1e-14)
    record.mechanisms.append("spin")
    let spinning = TraceTruth(record: record, question: nil, bindings: [])
    #expect(spinning.channel("E_lost", at: contact) == nil)
  }

  // A channel of the record reads back and is found by its alias; null members do not occur.
  @Test("reads the channels of a record")
  func channels() throws {
    var record = FailureTests.drop().truths[0]
    record.channels = [
      TruthChannel(
        name: "energy-lost-share", aliases: ["E_lost"], anchor: "contact#1", unit: "1",
        values: [0.3759, 0.36, 0.3439, .nan], floor: 0.001, status: .converged)
    ]
    let again = try TruthRecord(json: try JSON.parse(record.json.line))
    #expect(again == record)
    let truth = TraceTruth(record: again, question: nil, bindings: [])
    let contact = TraceAnchor.event(TraceEvent(kind: "contact", ordinal: 1))
    let channel = try #require(truth.channel("E_lost", at: contact))
    #expect(channel.median == 0.36)
    #expect(channel.occurs == 0.75)
    #expect(throws: RecordError.self) {
      try TruthRecord(json: try JSON.parse(record.json.line.replacing("null", with: "\"x\"")))
    }
  }
}
