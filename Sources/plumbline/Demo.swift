// `plumbline demo`: the whole path in under a minute, from what is embedded in the executable.

import ArgumentParser
import Catalogue
import Experience
import Foundation
import Scoring

struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract:
      "Scene, truth, questions, predictions, scores: the whole path, without any file of yours.",
    discussion: """
      Simulates 1060 drops of steel balls with their tolerances, asks five questions of 60 of them, and
      scores a constant, a first course in physics, and recorded answers of two physics engines.

      EXAMPLES
        plumbline demo
        plumbline demo -o out/demo        also keep the data set and the reports

      \(ExitStatus.table([.done, .usage, .cannotCreate, .inputOutput, .interrupted]))
      """)

  @OptionGroup var options: GlobalOptions

  @Option(
    name: [.customShort("o"), .long], help: "Keep the data set and the reports in this folder.")
  var out: String?

  /// Recorded answers: name in the table, embedded file.
  static let recorded = [
    ("MuJoCo 4.0.0 (recorded)", "benchmarks/predictors/recorded/mujoco.jsonl"),
    ("Bullet 3.2.7 (recorded)", "benchmarks/predictors/recorded/bullet.jsonl"),
  ]

  func run() throws {
    options.start()
    let start = Date()
    let materials = try Assets.materials()
    if let out { try Files.createFolder(out) }

    try Console.line("1. One scene and its truth\n")
    let scene = try Scene.parse(
      Assets.text("scenes/ball-drop/steel-on-concrete.yaml"), catalogue: Catalogue.experiences,
      materials: materials)
    let record = try TruthRunner(jobs: options.workers).truth(of: scene)
    try Console.write(TruthText.table(record, scene: scene, withEvents: false))
    try Console.line(
      "\n   ± band is the numerical error; 5 % … 95 % is what the declared tolerances leave open.\n"
    )

    let plan = try Plan.parse(
      Assets.text("scenes/ball-drop-demo.plan.yaml"), catalogue: Catalogue.experiences,
      materials: materials
    ) { Assets.text("scenes/" + $0) }
    let builder = DatasetBuilder(plan: plan, materials: materials, sealedKey: nil)
    let total = plan.splits.reduce(0) { $0 + $1.count }
    try Console.line(
      "2. \(total) drops: \(plan.variations.map(\.path).joined(separator: ", ")) vary\n")
    let writer = try DatasetWriter(
      builder, jobs: options.workers, progress: Progress(total: total, noun: "drop", options))
    let set = Dataset(
      manifest: writer.manifest(writer.files(), jobs: options.workers, seconds: 0),
      templates: [writer.template], questions: writer.questions,
      outcomes: writer.truths("public"), calibration: writer.truths("calibration"))
    let questions = set.questions.filter { $0.split == "public" }
    if let first = questions.first {
      try Console.line("3. A question of \(questions.count), as a predictor gets it\n")
      try Console.line("   \(first.prompt)\n")
    }
    if let out {
      try writer.write(to: out, jobs: options.workers, seconds: Date().timeIntervalSince(start))
    }

    try Console.line("4. Answers and their scores\n")
    try scores(set, questions)
    try Console.line(
      """

         Skill 0 is as good as the reference, 1 is perfect, below 0 is worse; brackets hold 95 %.
         climatology knows the kind of scene but not its numbers; physics-101 is v = √(2gh), e²h and the
         like, blurred by 5 %. The engines are driven as their users would, with default steps.
         Truth here is simulation, not test: it says nothing about hardware.

      Next: `plumbline run SCENE`, `plumbline generate PLAN -o DIR`, `plumbline score FILE --against DIR`.
      """)
    if options.verbose {
      Console.note(String(format: "%.1f s", Date().timeIntervalSince(start)))
    }
  }

  private func scores(_ set: Dataset, _ questions: [Question]) throws {
    var table = [
      [
        "answers by", "skill vs climatology", "skill vs physics-101", "invalid",
        "verdict against physics-101",
      ]
    ]
    var entries: [(name: String, answers: [Prediction])] = [
      ("a constant", Demo.constants(questions)),
      ("physics-101", try DatasetScoring.physics101(questions, set)),
    ]
    for (name, path) in Demo.recorded {
      let text = Assets.text(path).text
      let answers = try PredictionReader(path: path, questions: set.questions).accepted(text)
      entries.append((name, answers))
    }
    for (name, answers) in entries {
      let hash = Hashes.sha256(answers.map { $0.json.line + "\n" }.joined())
      let scored = try DatasetScoring.report(
        answers, questions, set, split: "public", hash: hash, seed: 1)
      let report = scored.report
      func skill(_ reference: Report.Reference) -> (text: String, verdict: String) {
        guard let skill = report.skills.first(where: { $0.reference == reference })?.skill else {
          return ("-", "-")
        }
        let interval = skill.interval.map {
          String(format: "%+.3f [%+.3f, %+.3f]", skill.value ?? .nan, $0.lowerBound, $0.upperBound)
        }
        return (interval ?? "-", skill.claim?.rawValue ?? "no claim")
      }
      let (first, second) = (skill(.climatology), skill(.physics101))
      table.append([
        name, first.text, second.text, String(report.invalidCount),
        name == "physics-101" ? "(itself)" : second.verdict,
      ])
      if let out {
        let stem = out + "/" + name.split(separator: " ")[0].lowercased()
        try Files.replace(stem + ".report.json", with: Data((report.json.line + "\n").utf8))
        try ReportFiles.write(scored.sheet, to: stem + ".scores.jsonl")
      }
    }
    try Console.write(TruthText.columns(table))
  }

  /// The same answer to every question of a slot: the middle of its support.
  static func constants(_ questions: [Question]) -> [Prediction] {
    questions.map { question in
      let support = question.quantity.support
      let middle = 0.5 * (support.lowerBound + support.upperBound)
      let answer: JSON
      if question.type == .event {
        answer = .object([("p", .number(0.5))])
      } else {
        answer = .object([("value", .number(middle)), ("unit", .text(question.quantity.unit))])
      }
      return Prediction(id: question.id, model: "constant", track: "closed-book", answer: answer)
    }
  }
}
