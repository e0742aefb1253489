// Tries the scenes of a plan once each and lays the experiences out as a data set without questions.

import Experience
import Foundation

struct ExperienceWriter {
  let builder: DatasetBuilder
  let records: [ExperienceRecord]
  /// Scenes that could not be simulated, with the reason.
  let failures: [(id: String, reason: String)]

  init(_ builder: DatasetBuilder, count: Int, jobs: Int, progress: Progress?) {
    self.builder = builder
    let instances = builder.experiences(count)
    let results = Parallel.map(count, jobs: jobs) { index in
      let start = Date()
      defer {
        progress?.advance(instances[index].id, seconds: Date().timeIntervalSince(start))
      }
      return Result { () throws(DatasetBuilder.Problem) in
        try builder.experience(of: instances[index])
      }
    }
    progress?.finish()
    var records: [ExperienceRecord] = []
    var failures: [(id: String, reason: String)] = []
    for (instance, result) in zip(instances, results) {
      switch result {
      case .success(let record): records.append(record)
      case .failure(.scene(let list)):
        failures.append((instance.id, list.diagnostics.first { $0.isError }?.message ?? "scene"))
      case .failure(.run(let failure)): failures.append((instance.id, failure.description))
      }
    }
    (self.records, self.failures) = (records, failures)
  }

  /// The files that `score --ledger-data` reads; those without content keep the folder a data set.
  private func files() -> [(name: String, lines: [String])] {
    ["templates.jsonl", "questions.jsonl", "outcomes.jsonl", "calibration.jsonl"].map { ($0, []) }
      + [("experiences.jsonl", records.map { CRC32.sealed($0.json) })]
  }

  private func manifest(
    _ files: [(name: String, lines: [String])], jobs: Int, seconds: Double
  ) -> JSON {
    let plan = builder.plan
    let published = files.map { name, lines in
      let text = lines.map { $0 + "\n" }.joined()
      return JSON.object([
        ("path", .text(name)), ("records", .number(Double(lines.count))),
        ("bytes", .number(Double(text.utf8.count))), ("sha256", .text(Hashes.sha256(text))),
      ])
    }
    let provenance = Release.provenance(jobs: jobs)
    return .object([
      ("schema", .text("manifest/1")), ("id", .text(plan.name)), ("version", .text(plan.version)),
      ("created", .text(ISO8601DateFormatter().string(from: Date()))),
      ("licence", .text("CC-BY-4.0")), ("canary", .text(builder.canary)),
      ("plan", .text(plan.hash)), ("files", .array(published)), ("splits", .object([])),
      (
        "counts",
        .object([
          ("experiences", .number(Double(records.count))),
          ("failed", .number(Double(failures.count))),
        ])
      ),
      ("release", .text(Release.version)), ("commit", .text(Assets.commit)),
      ("machine", provenance["machine"]), ("blas", provenance["blas"]),
      ("wall-s", .number((seconds * 1000).rounded() / 1000)),
    ])
  }

  /// The data card for people, and the same for machines.
  private func cards(
    _ manifest: JSON, _ files: [(name: String, lines: [String])]
  ) -> (card: DataCard, croissant: Croissant) {
    let card = DataCard(
      experiences: records.count, manifest: manifest, hash: Dataset.hash(of: manifest),
      plan: builder.plan, canary: builder.canary)
    let name = "experiences"
    let about = card.files.first { $0.path == name + ".jsonl" }?.about ?? ""
    let texts = files.filter { !$0.lines.isEmpty }.map { file in
      Croissant.File(
        path: file.name, text: file.lines.map { $0 + "\n" }.joined(), about: about)
    }
    return (
      card,
      Croissant(
        card: card, files: texts,
        records: texts.map {
          Croissant.Records(
            name: name, path: $0.path, about: about, columns: ExperienceRecord.columns(of: builder))
        })
    )
  }

  func write(to folder: String, jobs: Int, seconds: Double) throws {
    let files = files()
    for (name, lines) in files {
      try Files.replace(
        folder + "/" + name, with: Data(lines.map { $0 + "\n" }.joined().utf8))
    }
    let manifest = manifest(files, jobs: jobs, seconds: seconds)
    let (card, croissant) = cards(manifest, files)
    try Files.replace(folder + "/README.md", with: Data(card.markdown.utf8))
    try Files.replace(folder + "/croissant.json", with: Data(croissant.text.utf8))
    // the manifest comes last: a folder without it is not a data set
    try Files.replace(folder + "/manifest.json", with: Data((manifest.line + "\n").utf8))
  }
}
