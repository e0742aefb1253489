import Experience
import Foundation
import Testing

/// A pack that moves if it is pulled harder than 10 N, with the pull's excess as margin.
private struct Pull: Experiment {
  var inputs: [InputParameter]
  let designOrder = 2.0
  let mechanisms = ["friction"]
  let descriptors: [NamedNumber] = []
  var error = 0.0
  var hasMargin = true
  let ownOutcomes: [OutcomeDefinition]? = [
    OutcomeDefinition(event: "moves", marginUnit: "N", "the pack leaves its place"),
    OutcomeDefinition("pull", unit: "N", .force, "force on the strap"),
  ]

  func trust(in outcome: String, given run: RunResult) -> (tier: Tier, basis: String) {
    (.t1, "a threshold")
  }
  func run(_ inputs: [Double], level: Int) throws(RunFailure) -> RunResult {
    let pull = inputs[0] + error / pow(4, Double(level))
    return RunResult(
      values: [pull > 10 ? 1 : 0, inputs[0]], floors: [0, 0], scales: [1, 1],
      margins: hasMargin ? [pull - 10, .nan] : [],
      events: [RunEvent("slip#1", time: 1, floor: 0, bodies: ["pack", "floor"])])
  }
}

private func definition(error: Double = 0, hasMargin: Bool = true) -> ExperienceDefinition {
  ExperienceDefinition(
    name: "pull", about: "a pack is pulled",
    fields: [Field("pull", .quantity(.positive(.force, "N")), required: true, "force")],
    outcomes: [], defaultAccuracy: 1e-6, defaultSamples: 400, defaultDuration: 1, bindings: [],
    firstCourse: [:],
    compile: { scene, _, _ in
      scene.quantity("pull").map {
        Pull(
          inputs: [InputParameter(path: "pull", law: $0.law, range: 0...1e300)], error: error,
          hasMargin: hasMargin)
      }
    },
    describe: { "A pack is pulled with \($0.json["pull"]?.text ?? "")." })
}

@Suite("Outcomes that happen or not")
struct EventOutcomeTests {
  private func scene(
    _ pull: String, that: [String] = ["moves"], consequence: Int = 1,
    _ definition: ExperienceDefinition = definition()
  ) throws(DiagnosticList) -> Scene {
    let lines = that.enumerated().map {
      "  - { id: R\($0 + 1), that: \"\($1)\", consequence: \(consequence) }\n"
    }.joined()
    return try Scene.parse(
      SourceText(
        path: "pull.yaml",
        text: "plumbline: 1\nexperience: pull\npull: \(pull)\nrequirements:\n\(lines)"),
      catalogue: [definition], materials: .empty)
  }

  // A pull uniform on 8 to 12 N exceeds 10 N in half of the cases, ± 2.5 % for 400 members. Fails if
  // the share, the label, the margin or the bodies of the event are wrong.
  @Test("probability, margin and label")
  func probability() throws {
    let record = try TruthRunner().truth(of: try scene("10.01 N ± 2 N"))
    let event = try #require(record[outcome: "moves"]?.event)
    #expect(abs(event.probability - 0.5) < 0.1 && event.members == 400)
    #expect(event.status == .resolved && event.label == .marginal && event.tier == .t1)
    #expect(abs((event.margin?.value ?? 0) - 0.01) < 1e-9 && event.margin?.unit == "N")
    #expect(record.events.first?.bodies == ["pack", "floor"])
    #expect(record.requirements.first?.label == .marginal)
    let line = record.json.line
    #expect(line.contains("\"kind\":\"event\"") && line.contains("\"status\":\"resolved\""))
    #expect(try TruthRecord(json: JSON.parse(line)).json.line == line)
  }

  // Fails if the absence of an event is judged like its presence.
  @Test("requirements on an event and on its absence")
  func requirements() throws {
    let record = try TruthRunner().truth(
      of: try scene("12 N ± 1 N", that: ["moves", "not moves", "pull <= 12 N"]))
    #expect(record.requirements.map(\.label) == [.pass, .fail, .marginal])
    #expect(record.requirements.map(\.probability).prefix(2) == [1, 0])
    #expect(record.requirements[0].margin == 2 && record.requirements[1].margin == -2)
    #expect(record.requirements[0].unit == "N")
    // 400 members can show 1 %, 100 cannot
    let strict = try TruthRunner().truth(of: try scene("12 N ± 1 N", consequence: 5))
    #expect(strict.requirements[0].label == .pass)
  }

  // Fails if an event that the levels do not agree on is called, or a margin within its band is.
  @Test("levels that disagree")
  func unresolved() throws {
    let runner = TruthRunner(extraLevels: 0)
    // the coarsest level is on the other side, and its margin has a band of 2/3·4e-2 N
    let torn = try runner.truth(of: try scene("9.95 N", definition(error: 0.64)))
    let event = try #require(torn[outcome: "moves"]?.event)
    #expect(event.status == .unresolved && event.label == .marginal && event.tier == .t3)
    #expect(torn.requirements[0].label == .marginal)
    let blind = try runner.truth(
      of: try scene("9.95 N", definition(error: 0.64, hasMargin: false)))
    #expect(blind[outcome: "moves"]?.event.map { [$0.low, $0.high] } == [0, 1])

    // all levels agree, but the margin of 1 mN is smaller than its band
    let near = try runner.truth(of: try scene("10.001 N", definition(error: 0.064)))
    let close = try #require(near[outcome: "moves"]?.event)
    #expect(close.status == .resolved && close.probability == 1 && close.low == 0)
    #expect(close.label == .marginal && near.requirements[0].label == .marginal)
    let clear = try runner.truth(of: try scene("10.1 N", definition(error: 0.064)))
    #expect(clear[outcome: "moves"]?.event?.label == .pass)
  }

  // Fails if a criterion about an event is read as one about a size, or the reverse, or if a near
  // name is not offered.
  @Test(
    "criteria that are refused",
    arguments: [
      ("moves > 0.5", "has no size"), ("not pull", "is a quantity"), ("movs", "is not an event"),
      ("not movs", "is not an event"), ("not", "names no event"), ("pull", "no comparison"),
      ("pull 10 N", "no comparison"),
    ])
  func refused(that: String, message: String) throws {
    var found: [Diagnostic] = []
    do throws(DiagnosticList) { _ = try scene("10 N", that: [that]) } catch {
      found = error.diagnostics
    }
    #expect(found.map(\.code) == ["S018"])
    let text = found.first?.message ?? ""
    #expect(text.contains(message), "\(text)")
    if that.contains("movs") { #expect(found.first?.help == "did you mean `moves`?") }
  }

  // Fails if a plan cannot ask whether an event happens, or the question shows the truth.
  @Test("questions of a plan")
  func questions() throws {
    let text = "plumbline: 1\nexperience: pull\npull: 10 N\n"
    let plan = try Plan.parse(
      SourceText(
        path: "pull.plan.yaml",
        text: """
          plumbline: 1
          plan: pull
          scene: pull.yaml
          vary: { pull: { low: 5 N, high: 15 N, tolerance: 1 N } }
          splits: { calibration: 0, public: 4 }
          samples: 16
          questions: [moves, { event: not moves }, { event: "pull > 9 N" }]
          """), catalogue: [definition()], materials: .empty
    ) { _ in SourceText(path: "pull.yaml", text: text) }
    #expect(plan.questions.map(\.slot) == ["moves", "not-moves", "pull-above-9-N"])
    let builder = DatasetBuilder(plan: plan, materials: .empty, sealedKey: nil)
    let built = try builder.instances.map { try builder.build($0) }
    let slots = builder.slots(from: built)
    #expect(slots.allSatisfy { $0.type == .event && $0.rule == .brier })
    let questions = built.flatMap { builder.questions(of: $0, slots: slots, canary: "c") }
    #expect(questions.count == 12)
    #expect(questions[0].prompt.contains("moves is the event that the pack leaves its place"))
    #expect(questions[0].prompt.contains("`moves` happens"))
    #expect(questions[1].prompt.contains("`moves` does not happen"))
    #expect(try Question(json: questions[1].json).event?.comparison == .less)
  }
}
