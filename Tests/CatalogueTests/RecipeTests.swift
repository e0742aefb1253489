import Experience
import Foundation
import Testing

/// A leaking bucket: an experience that is added by the recipe of CONTRIBUTING.md, for this test.
private struct Bucket: Experiment {
  let inputs: [InputParameter]
  let designOrder = 2.0
  let mechanisms = ["gravity", "leak"]
  let descriptors = [NamedNumber("log10-rate", 0)]

  func trust(in outcome: String, given run: RunResult) -> (tier: Tier, basis: String) {
    (.t1, "midpoint rule against the exponential")
  }

  /// Level after one relaxation time, dh/dt = −h, by the midpoint rule.
  func run(_ values: [Double], level: Int) throws(RunFailure) -> RunResult {
    let steps = 64 << level
    let h = 1 / Double(steps)
    var depth = values[0]
    for _ in 0..<steps { depth -= h * (depth - 0.5 * h * depth) }
    return RunResult(values: [depth], floors: [1e-15 * values[0]], scales: [values[0]])
  }
}

private let bucket = ExperienceDefinition(
  name: "bucket", about: "a bucket leaks",
  fields: [
    Field(
      "depth", .quantity(.positive(.length, "m")), required: true, "depth of the water at the start"
    )
  ],
  outcomes: [OutcomeDefinition("final-depth", unit: "m", .length, "depth after one second")],
  defaultAccuracy: 1e-4, defaultSamples: 64, defaultDuration: 1,
  bindings: [Binding(symbol: "h", path: "depth")], firstCourse: ["final-depth": "h*exp(-1)"],
  compile: { scene, _, _ in
    scene.quantity("depth").map {
      Bucket(inputs: [InputParameter(path: "depth", law: $0.law, range: 1e-300...1e300)])
    }
  },
  describe: { "A bucket of depth \($0.json["depth"]?.text ?? "") leaks." })

@Suite("Recipe: an experience")
struct RecipeTests {
  let text = """
    plumbline: 1
    experience: bucket
    depth: 1 m ± 10 %
    requirements: [{ id: R1, that: final-depth >= 0.3 m }]
    """

  func scene() throws -> Scene {
    try Scene.parse(
      SourceText(path: "bucket.yaml", text: text), catalogue: [bucket], materials: .empty)
  }

  // Fails if the runner, the reader or the records know anything of the ball drop: the band must
  // cover e^-1 and the order must be that of this method.
  @Test("a definition and a scene are all that a truth needs")
  func truth() throws {
    let record = try TruthRunner().truth(of: try scene())
    let depth = try #require(record[outcome: "final-depth"]?.scalar)
    #expect(abs(depth.value - exp(-1)) <= depth.halfWidth)
    #expect(abs((depth.order ?? 0) - 2) < 0.1)
    #expect(depth.members.count == 64 && depth.status == .converged)
    #expect(record.requirements.first?.label == .pass)
  }

  // Fails if a plan, a prompt or a schema needs code for a new experience.
  @Test("plans, questions and schemas follow from the same table")
  func questions() throws {
    let plan = try Plan.parse(
      SourceText(
        path: "bucket.plan.yaml",
        text: """
          plumbline: 1
          plan: bucket
          scene: bucket.yaml
          vary: { depth: { low: 1 m, high: 2 m, digits: 3 } }
          splits: { calibration: 8, public: 4 }
          questions: [final-depth, { event: "final-depth > 0.5 m" }]
          """), catalogue: [bucket], materials: .empty
    ) { _ in SourceText(path: "bucket.yaml", text: text) }
    let builder = DatasetBuilder(plan: plan, materials: .empty, sealedKey: nil)
    let built = try builder.instances.map { try builder.build($0) }
    let slots = builder.slots(from: built)
    let questions = built.flatMap { builder.questions(of: $0, slots: slots, canary: "c") }
    #expect(questions.count == 24 && questions.allSatisfy { $0.prompt.contains("A bucket") })
    #expect(slots.first?.physics101 == "h*exp(-1)")
    let schema = SchemaGenerator.schema(SceneFormat.table(of: bucket), title: "bucket")
    #expect(schema["properties"]?["depth"] != nil)
  }
}
