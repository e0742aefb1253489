// Simulates the instances of a plan and lays the data set out as files.

import Experience
import Foundation
import Scoring

struct DatasetWriter {
  let builder: DatasetBuilder
  let built: [DatasetBuilder.Built]
  /// Instances that could not be simulated, with the reason.
  let failures: [(id: String, reason: String)]
  let slots: [Slot]
  let questions: [Question]

  var plan: Plan { builder.plan }

  /// Runs every instance that the journal does not know, on the given number of threads.
  init(_ builder: DatasetBuilder, jobs: Int, progress: Progress?, journal: Journal? = nil) throws {
    self.builder = builder
    let instances = builder.instances
    let results = Parallel.map(instances.count, jobs: jobs) { index in
      let start = Date()
      defer {
        progress?.advance(instances[index].id, seconds: Date().timeIntervalSince(start))
      }
      return Result { () throws(DatasetBuilder.Problem) in
        let instance = instances[index]
        if let known = journal?.entry(of: instance) {
          return try builder.built(instance, known.truth, known.stated)
        }
        let built = try builder.build(instance)
        journal?.add(built)
        return built
      }
    }
    progress?.finish()
    var built: [DatasetBuilder.Built] = []
    var failures: [(id: String, reason: String)] = []
    for (instance, result) in zip(instances, results) {
      switch result {
      case .success(let value): built.append(value)
      case .failure(.scene(let list)):
        failures.append((instance.id, list.diagnostics.first { $0.isError }?.message ?? "scene"))
      case .failure(.run(let failure)): failures.append((instance.id, failure.description))
      }
    }
    (self.built, self.failures) = (built, failures)
    var slots = builder.slots(from: built)
    let calibration = built.filter { $0.instance.split == "calibration" }.map(\.truth)
    // the parts of a verification slot get their scales from the calibration records when scored
    for index in slots.indices where !calibration.isEmpty && slots[index].type != .verification {
      slots[index].spread = SeriesSpread.of(
        slots[index], template: builder.plan.template, calibration: calibration)
      let scale = try Climatology.lossScale(
        slot: slots[index], template: builder.plan.template, calibration: calibration)
      guard !scale.isDegenerate else {
        throw Failure(
          .noResult, "`\(slots[index].name)` hardly varies over the plan, so it cannot be scored",
          help: "vary more, or ask something else")
      }
      slots[index].lossScale = scale.value
    }
    self.slots = slots
    questions = built.flatMap {
      builder.questions(of: $0, slots: slots, canary: builder.canary)
    }
  }

  var template: Template {
    Template(
      id: plan.template, experience: plan.scene.definition.name,
      mechanisms: plan.scene.experiment.mechanisms, bindings: plan.scene.definition.bindings,
      slots: slots, parameters: plan.parameters, members: plan.samples, canary: builder.canary)
  }

  func truths(_ split: String) -> [TruthRecord] {
    built.filter { $0.instance.split == split }.map(\.truth)
  }

  /// Files by name; `sealed/…` stay with the keeper.
  func files() -> [(name: String, lines: [String])] {
    var files = [
      ("templates.jsonl", [template.json.line]),
      ("questions.jsonl", questions.map(\.json.line)),
      ("outcomes.jsonl", truths("public").map { CRC32.sealed($0.json) }),
      ("calibration.jsonl", truths("calibration").map { CRC32.sealed($0.json) }),
    ]
    if let key = builder.keys["sealed"],
      plan.splits.contains(where: { $0.name == "sealed" && $0.count > 0 })
    {
      files.append(("sealed/outcomes.jsonl", truths("sealed").map { CRC32.sealed($0.json) }))
      files.append(("sealed/key", [hexadecimal(key)]))
    }
    return files
  }

  func manifest(_ files: [(name: String, lines: [String])], jobs: Int, seconds: Double) -> JSON {
    let published = files.filter { !$0.name.hasPrefix("sealed/") }.map { name, lines in
      let text = lines.map { $0 + "\n" }.joined()
      return JSON.object([
        ("path", .text(name)), ("records", .number(Double(lines.count))),
        ("bytes", .number(Double(text.utf8.count))), ("sha256", .text(Hashes.sha256(text))),
      ])
    }
    let splits = plan.splits.filter { $0.count > 0 }.map { name, count -> (String, JSON?) in
      let key = builder.keys[name] ?? []
      return (
        name,
        .object([
          ("instances", .number(Double(count))),
          ("questions", .number(Double(questions.filter { $0.split == name }.count))),
          ("seed-commitment", .text(Hashes.sha256(Data(key)))),
          ("key", name == "sealed" ? nil : .text(hexadecimal(key))),
        ])
      )
    }
    let statuses = built.flatMap { $0.truth.outcomes.map { $0.outcome.standing } }
    let tiers = ["T0", "T1", "T2", "T3"].map { tier in
      (tier, JSON.number(Double(statuses.filter { $0.tier.rawValue == tier }.count)))
    }
    let unresolved = statuses.filter { $0.status == .unresolved }.count
    return .object([
      ("schema", .text("manifest/1")), ("id", .text(plan.name)), ("version", .text(plan.version)),
      ("created", .text(ISO8601DateFormatter().string(from: Date()))),
      ("licence", .text("CC-BY-4.0")), ("canary", .text(builder.canary)),
      ("plan", .text(plan.hash)),
      ("calibration-runs", plan.hasCoarseCalibration ? .text("coarse") : nil),
      ("files", .array(published)), ("splits", .object(splits)),
      (
        "counts",
        .object([
          ("tiers", .object(tiers.map { ($0, Optional($1)) })),
          ("unresolved", .number(Double(unresolved))),
          ("failed", .number(Double(failures.count))),
        ])
      ),
      ("release", .text(Release.version)), ("commit", .text(Assets.commit)),
      ("machine", Release.provenance(jobs: jobs)["machine"]),
      ("blas", Release.provenance(jobs: jobs)["blas"]),
      ("wall-s", .number((seconds * 1000).rounded() / 1000)),
    ])
  }

  func write(to folder: String, jobs: Int, seconds: Double) throws {
    try Files.createFolder(folder)
    let files = files()
    if files.contains(where: { $0.name.hasPrefix("sealed/") }) {
      try Files.createFolder(folder + "/sealed")
    }
    for (name, lines) in files {
      let data = Data(lines.map { $0 + "\n" }.joined().utf8)
      // the key is never readable by others, not even for an instant
      try Files.replace(folder + "/" + name, with: data, mode: name == "sealed/key" ? 0o600 : 0o644)
    }
    let tables = tables()
    try ExportFiles.write(tables, to: folder + "/" + QuestionTable.folder)
    ExportFiles.clear(folder + "/" + QuestionTable.folder, but: tables)
    let manifest = manifest(files, jobs: jobs, seconds: seconds)
    let (card, croissant) = cards(manifest, files, tables)
    try Files.replace(folder + "/README.md", with: Data(card.markdown.utf8))
    try Files.replace(folder + "/croissant.json", with: Data(croissant.text.utf8))
    // the manifest comes last: a folder without it is not a data set
    try Files.replace(folder + "/manifest.json", with: Data((manifest.line + "\n").utf8))
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
