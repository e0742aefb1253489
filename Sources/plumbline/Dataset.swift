// A data set on disk: the files that `generate` writes and `questions` and `score` read.

import Experience
import Foundation

struct Dataset {
  var manifest: JSON
  var templates: [Template]
  var questions: [Question]
  /// Truths of the public split, and of the sealed one where its folder is present.
  var outcomes: [TruthRecord]
  var calibration: [TruthRecord]
  /// What learners may be shown (`generate --experiences`).
  var experiences: [ExperienceRecord] = []

  // MARK: Reading

  static func read(_ folder: String) throws -> Dataset {
    let manifest = try manifest(of: folder)
    var set = Dataset(
      manifest: manifest,
      templates: try records("templates.jsonl", folder) { json throws(RecordError) in
        try Template(json: json)
      },
      questions: try records("questions.jsonl", folder) { json throws(RecordError) in
        try Question(json: json)
      },
      outcomes: try records("outcomes.jsonl", folder) { json throws(RecordError) in
        try TruthRecord(json: json)
      },
      calibration: try records("calibration.jsonl", folder) { json throws(RecordError) in
        try TruthRecord(json: json)
      })
    if listsExperiences(manifest) {
      set.experiences = try records("experiences.jsonl", folder) { json throws(RecordError) in
        try ExperienceRecord(json: json)
      }
    }
    if FileManager.default.fileExists(atPath: folder + "/sealed/outcomes.jsonl") {
      set.outcomes += try records("sealed/outcomes.jsonl", folder) { json throws(RecordError) in
        try TruthRecord(json: json)
      }
    }
    return set
  }

  static func manifest(of folder: String) throws -> JSON {
    let manifestPath = folder + "/manifest.json"
    guard FileManager.default.fileExists(atPath: manifestPath) else {
      throw Failure(
        .inputMissing, "`\(folder)` is not a data set: it has no manifest.json",
        help: "`plumbline generate PLAN -o \(folder)` makes one")
    }
    let source = try Files.text(manifestPath)
    let manifest: JSON
    do { manifest = try JSON.parse(source.text) } catch {
      throw RecordError("\(manifestPath): \(error.message)")
    }
    guard manifest["schema"]?.text == "manifest/1" else {
      throw RecordError("\(manifestPath) is not a manifest/1")
    }
    return manifest
  }

  static func listsExperiences(_ manifest: JSON) -> Bool {
    (manifest["files"]?.array ?? []).contains { $0["path"]?.text == "experiences.jsonl" }
  }

  private static func records<Record>(
    _ name: String, _ folder: String, _ make: (JSON) throws(RecordError) -> Record
  ) throws -> [Record] {
    try parse(try Files.string(folder + "/" + name), name: name, make)
  }

  static func parse<Record>(
    _ text: String, name: String, _ make: (JSON) throws(RecordError) -> Record
  ) throws -> [Record] {
    var list: [Record] = []
    // by bytes: characters of a file of gigabytes take minutes to find
    for (index, line) in text.utf8.split(separator: 10).enumerated() {
      let json: JSON
      do { json = try JSON.parse(String(Substring(line))) } catch {
        throw RecordError("\(name) line \(index + 1): \(error.message)")
      }
      guard CRC32.isIntact(json) else {
        throw RecordError("\(name) line \(index + 1) is damaged: its checksum does not match")
      }
      do { list.append(try make(json)) } catch {
        throw RecordError("\(name) line \(index + 1): \(error.description)")
      }
    }
    return list
  }

  // MARK: Facts

  func count(_ split: String) -> Int {
    Int(manifest["splits"]?[split]?["questions"]?.number ?? 0)
  }

  /// Whether the calibration records are one run each.
  var hasCoarseCalibration: Bool { manifest["calibration-runs"]?.text == "coarse" }

  var id: String { manifest["id"]?.text ?? "" }
  var version: String { manifest["version"]?.text ?? "" }

  /// SHA-256 of the canonical manifest without the time and machine fields.
  static func hash(of manifest: JSON) -> String {
    let machine = [
      "created", "wall-s", "dirty", "build-flags", "swift", "glibc", "blas", "cpu", "os",
      "locale", "environment", "machine",
    ]
    var object = manifest.object ?? JSONObject()
    for key in machine { object[key] = nil }
    return Hashes.sha256(JSON.object(object).canonical)
  }
}
