// `plumbline generate`: a plan in, a data set out.

import ArgumentParser
import Catalogue
import Experience
import Foundation

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Make a data set (truths, questions) from a sampling plan.",
    discussion: """
      Every instance has a seed that follows from the key of its split and its id; workers and order
      change no byte. The keys of the calibration and public splits are in the manifest, that of the
      sealed split is in DIR/sealed/key, and only its SHA-256 is published. After an interruption the
      same command goes on with the instances that are missing.

      EXAMPLES
        plumbline generate scenes/ball-drop-demo.plan.yaml -o out/demo
        plumbline generate scenes/ball-drop.plan.yaml -o out/drop --key-file drop.key
        plumbline generate scenes/ball-drop.plan.yaml -o out/tries --experiences 1000

      \(ExitStatus.table([.done, .noResult, .nothingSelected, .usage, .badInput, .inputMissing, .cannotCreate, .inputOutput, .interrupted]))
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(help: "Plan file.")
  var plan: String

  @Option(name: [.customShort("o"), .long], help: "Folder of the data set; made if it is missing.")
  var out: String

  @Option(help: "File whose bytes are the key of the sealed split (default: 32 random bytes).")
  var keyFile: String?

  @Option(
    help: """
      Instead of the plan's splits, this many experiences for learners: one run each at the coarsest \
      level, in experiences.jsonl.
      """)
  var experiences: Int?

  @Flag(help: "Replace a data set that is already there.")
  var force = false

  func validate() throws {
    if let experiences, !(1...10_000_000).contains(experiences) {
      throw ValidationError("--experiences must be between 1 and 10000000, not \(experiences)")
    }
    if experiences != nil, keyFile != nil {
      throw ValidationError("--experiences have an open key; --key-file is of the sealed split")
    }
  }

  func run() throws {
    options.start()
    let materials = try Assets.materials()
    let plan = try PlanLoading.plan(self.plan, materials)
    if !options.quiet {
      DiagnosticPrinter(usesColour: options.usesColour).print(plan.warnings)
    }
    if FileManager.default.fileExists(atPath: out + "/manifest.json"), !force {
      throw Failure(
        .cannotCreate, "`\(out)` already holds a data set",
        help: "choose another folder, or --force to replace it")
    }
    if let experiences { return try write(experiences, of: plan, materials) }
    guard plan.splits.contains(where: { $0.count > 0 }) else {
      throw Failure(.nothingSelected, "the plan has no instances", help: "see `splits:`")
    }
    // the folder is made before anything is computed, so that a wrong place costs nothing
    try Files.createFolder(out)
    let builder = DatasetBuilder(plan: plan, materials: materials, sealedKey: try sealedKey(plan))
    let total = plan.splits.reduce(0) { $0 + $1.count }
    let start = Date()
    let journal = try Journal(
      folder: out, identity: "\(plan.hash) \(Release.version) \(Assets.commit)")
    if journal.count > 0, !options.quiet {
      Console.note("\(journal.count) instances of an interrupted run are kept")
    }
    let writer = try DatasetWriter(
      builder, jobs: options.workers, progress: Progress(total: total, noun: "instance", options),
      journal: journal)
    try writer.write(
      to: out, jobs: options.workers, seconds: Date().timeIntervalSince(start))
    journal.finish()
    if !options.quiet {
      Console.note(
        "\(writer.built.count) instances, \(writer.questions.count) questions in \(out)")
    }
    if let first = writer.failures.first {
      Console.note(
        "warning[R003]: \(writer.failures.count) of \(total) instances could not be simulated; first \(first.id): \(first.reason)"
      )
      throw Ending(status: .noResult)
    }
  }

  private func write(_ count: Int, of plan: Plan, _ materials: MaterialTable) throws {
    try Files.createFolder(out)
    let start = Date()
    let writer = ExperienceWriter(
      DatasetBuilder(plan: plan, materials: materials, sealedKey: nil), count: count,
      jobs: options.workers, progress: Progress(total: count, noun: "experience", options))
    try writer.write(
      to: out, jobs: options.workers, seconds: Date().timeIntervalSince(start))
    if !options.quiet {
      let hash = Dataset.hash(of: try JSON.parse(Files.text(out + "/manifest.json").text))
      Console.note(
        "\(writer.records.count) experiences in \(out); for ledgers: data set \(hash)")
    }
    if let first = writer.failures.first {
      Console.note(
        "warning[R003]: \(writer.failures.count) of \(count) experiences could not be simulated; first \(first.id): \(first.reason)"
      )
      throw Ending(status: .noResult)
    }
  }

  private func sealedKey(_ plan: Plan) throws -> [UInt8]? {
    guard plan.splits.contains(where: { $0.name == "sealed" && $0.count > 0 }) else { return nil }
    if let keyFile {
      let key = [UInt8](try Files.read(keyFile))
      guard key.count >= 16 else {
        throw Failure(.badInput, "`\(keyFile)` has \(key.count) bytes; a key needs at least 16")
      }
      return key
    }
    // the key of an interrupted run, so that what it finished stays good
    let path = out + "/sealed/key"
    if FileManager.default.fileExists(atPath: out + "/partial.jsonl"),
      let key = Generate.key(try Files.text(path).text)
    {
      return key
    }
    var generator = SystemRandomNumberGenerator()
    let key = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    try Files.createFolder(out + "/sealed")
    let text = key.map { String(format: "%02x", $0) }.joined() + "\n"
    try Files.replace(path, with: Data(text.utf8), mode: 0o600)
    return key
  }

  /// 32 bytes of hexadecimal text.
  private static func key(_ text: String) -> [UInt8]? {
    let digits = text.filter(\.isHexDigit)
    guard digits.count == 64 else { return nil }
    return stride(from: 0, to: 64, by: 2).compactMap { offset in
      UInt8(digits.dropFirst(offset).prefix(2), radix: 16)
    }
  }
}
