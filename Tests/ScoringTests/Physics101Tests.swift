import Experience
import Foundation
import Scoring
import Testing

@Suite("physics-101")
struct Physics101Tests {
  private func question(
    _ scene: JSON, rule: Rule = .crps, id: String = "ball-drop/1.0.0/000042/impact-speed"
  ) -> Question {
    Question(
      id: id, instance: "ball-drop/1.0.0/000042", template: "ball-drop@1.0.0",
      slot: "impact-speed", type: .scalar, rule: rule, levels: rule == .wis ? Sample.levels : [],
      prompt: "", scene: scene, quantity: Sample.speed, consequence: 2, split: "public", canary: "")
  }

  private func template(_ relativeSD: Double, _ expression: String = "sqrt(2*g*h)") -> Template {
    var template = Sample.template(rule: .crps, physics101: expression)
    for index in template.slots.indices { template.slots[index].physics101RelativeSD = relativeSD }
    template.bindings.append(Binding(symbol: "g", path: "environment.gravity"))
    return template
  }

  private func values(_ template: Template, _ scene: JSON) throws -> [Double] {
    guard
      case .ensemble(let values) = try Physics101(template: template).answer(
        to: question(scene))
    else { return [] }
    return values
  }

  private func scene(_ height: JSON, gravity: JSON = .text("9.80665 m/s^2")) -> JSON {
    .object([
      ("start", .object([("height", height)])), ("environment", .object([("gravity", gravity)])),
    ])
  }

  // 2gh of a height that is a component: √(2·2·3) for h = 3 m, the third of (1, 2, 3), in both spellings.
  // Fails if a component is looked up as a key of its own, or its unit or place is lost.
  @Test("takes a component of a vector")
  func component() throws {
    var template = template(0)
    template.bindings = [
      Binding(symbol: "h", path: "start.size.z"), Binding(symbol: "g", path: "environment.gravity"),
    ]
    for size in [
      JSON.text("[100, 200, 300] cm"), .array([.text("1 m"), .text("2 m"), .text("3 m")]),
    ] {
      let scene = JSON.object([
        ("start", .object([("size", size)])),
        ("environment", .object([("gravity", .text("2 m/s^2"))])),
      ])
      for value in try values(template, scene) { #expect(abs(value - 12.0.squareRoot()) < 1e-12) }
    }
    let flat = JSON.object([("start", .object([("size", .text("[1, 2] m"))]))])
    #expect(throws: ScoringProblem.self) { try values(template, flat) }
  }

  // Worked example `baseline.ball-drop`: √(2gh) for h = 1 m; without tolerance and widening all 64
  // draws are the closed form. Gravity as a vector counts by its length.
  @Test("is the closed form for exact inputs")
  func exact() throws {
    for gravity in [JSON.text("9.80665 m/s^2"), .text("[0, 0, -9.80665] m/s^2")] {
      let values = try values(template(0), scene(.text("1 m"), gravity: gravity))
      #expect(values.count == 64)
      #expect(values.allSatisfy { abs($0 - 4.428690551393267) < 1e-9 })
    }
  }

  // Every form of a disclosed tolerance: uniform within its ends, one of a list, normal with the
  // mean and sd of its law (64 draws: 4 standard errors).
  @Test("draws the disclosed tolerances")
  func tolerances() throws {
    let height = template(0, "h")
    for form in [
      JSON.text("1 m ± 5 mm"), .object([("low", .text("995 mm")), ("high", .text("1.005 m"))]),
      .object([("one-of", .texts(["0.995 m", "1.005 m"]))]),
    ] {
      let values = try values(height, scene(form))
      #expect(values.allSatisfy { $0 >= 0.995 - 1e-12 && $0 <= 1.005 + 1e-12 })
      #expect(Set(values).count > 1)
    }
    let normal = try values(
      height, scene(.object([("value", .text("1 m")), ("sd", .text("1 cm"))])))
    let law = Ensemble(normal)
    #expect(abs(law.mean - 1) < 4 * 0.01 / 8)
    #expect(abs(law.standardDeviation - 0.01) < 4 * 0.01 / (2 * 63.0).squareRoot())
  }

  // The widening multiplies: 5 % of the value, whatever its unit.
  @Test("is widened by its relative sd")
  func widening() throws {
    let law = Ensemble(try values(template(0.05), scene(.text("1 m"))))
    let relative = law.standardDeviation / 4.428690551393267
    #expect(abs(relative - 0.05) < 4 * 0.05 / (2 * 63.0).squareRoot())
  }

  // The draws depend on the question's id alone: equal for equal ids, different for others. Fails
  // if a shared generator or `hashValue` seeds them.
  @Test("depends on nothing but the question")
  func seed() throws {
    let model = try Physics101(template: template(0.05))
    let scene = scene(.text("1 m"))
    let first = try model.answer(to: question(scene))
    _ = try model.answer(to: question(scene, id: "other"))
    #expect(try model.answer(to: question(scene)) == first)
    #expect(try model.answer(to: question(scene, id: "other")) != first)
  }

  // The form fits the rule, and the line of the file reads back to the same answer.
  @Test("writes predictions that read back")
  func lines() throws {
    let model = try Physics101(template: Sample.template())
    let record = Sample.record(1, height: 1)
    for question in Sample.questions(Sample.template(), record, height: 1) {
      let prediction = try #require(try model.prediction(for: question))
      let line = prediction.json.line + "\n"
      let file = PredictionReader(path: "p", questions: [question]).read(line)
      #expect(file.diagnostics.isEmpty)
      #expect(
        Answer.read(try #require(file.predictions.first), for: question).answer
          == (try model.answer(to: question)))
    }
  }

  // A formula with an unbound name or an error is a defect of the template; a scene that hides an
  // input is one of the question; no finite draw is a handoff.
  @Test("names what is missing")
  func missing() throws {
    #expect(throws: ScoringProblem.self) { try Physics101(template: template(0, "sqrt(2*g*z)")) }
    #expect(throws: ScoringProblem.self) { try Physics101(template: template(0, "sqrt(2*g")) }
    let model = try Physics101(template: template(0))
    #expect(throws: ScoringProblem.self) { try model.answer(to: question(.object([]))) }
    let infinite = try Physics101(template: template(0, "h/0"))
    #expect(
      try infinite.answer(to: question(scene(.text("1 m")))) == .handoff(reason: "out-of-range"))
  }
}
