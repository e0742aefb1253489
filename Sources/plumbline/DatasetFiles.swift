// A data set whose questions and truths are read while they are scored, however many there are.
//
// Order       as in `Dataset.read`, but for questions and truths: a damaged one is found when it is
//             reached, before anything is written.

import Experience
import Foundation
import Scoring

final class DatasetFiles: ScoreEvidence {
  typealias Problem = any Error

  let folder: String
  let manifest: JSON
  let templates: [Template]
  let calibration: [TruthRecord]
  private(set) var truths: TruthFiles
  let predictions: PredictionSource
  private var questions: RecordReader<Question>
  private var last: (place: Int, parts: [Question]) = (-1, [])

  init(_ folder: String, _ manifest: JSON, predictions path: String) throws {
    (self.folder, self.manifest) = (folder, manifest)
    templates = try DatasetFiles.records("templates.jsonl", folder) { json throws(RecordError) in
      try Template(json: json)
    }
    questions = try DatasetFiles.questions(folder)
    truths = try DatasetFiles.truths(folder)
    var known = try DatasetFiles.truths("calibration.jsonl", folder)
    calibration = try known.rest()
    if Dataset.listsExperiences(manifest) {
      var reader = try RecordReader("experiences.jsonl", in: folder) { json throws(RecordError) in
        try ExperienceRecord(json: json)
      }
      while try reader.next() != nil {}
    }
    predictions = try PredictionSource(path)
  }

  private static func records<Record>(
    _ name: String, _ folder: String, _ make: @escaping (JSON) throws(RecordError) -> Record
  ) throws -> [Record] {
    var reader = try RecordReader(name, in: folder, make)
    return try reader.rest()
  }

  /// Questions that are read one after the other lack prompt and canary, which no score needs.
  private static func questions(_ folder: String) throws -> RecordReader<Question> {
    try RecordReader(
      "questions.jsonl", in: folder, remembering: true,
      scan: { $0.question($1, withWords: false) }
    ) { json throws(RecordError) in
      try Question(json: json)
    }
  }

  private static func truths(
    _ name: String, _ folder: String
  ) throws -> RecordReader<TruthRecord> {
    try RecordReader(name, in: folder, scan: { $0.truth($1) }) { json throws(RecordError) in
      try TruthRecord(json: json)
    }
  }

  private static func truths(_ folder: String) throws -> TruthFiles {
    var names = ["outcomes.jsonl"]
    let sealed = "sealed/outcomes.jsonl"
    if FileManager.default.fileExists(atPath: folder + "/" + sealed) { names.append(sealed) }
    return TruthFiles(try names.map { try truths($0, folder) })
  }

  /// Starts again with the first question.
  func rewind() throws {
    questions = try DatasetFiles.questions(folder)
    truths = try DatasetFiles.truths(folder)
  }

  func nextQuestion() throws -> (record: Question, offset: Int)? { try questions.next() }

  // MARK: Evidence

  func question(_ row: Int, of sheet: ScoreSheet) throws -> Question? {
    let place = sheet.place(row)
    if last.place != place {
      guard let question = try questions.record(at: place, scan: { $0.question($1) }) else {
        return nil
      }
      last = (place, VerificationParts.questions(of: question))
    }
    let id = sheet.id(row)
    return last.parts.first { $0.id == id }
  }

  func record(_ instance: String) throws -> TruthRecord? { try truths.record(instance) }
  func prediction(_ id: String) throws -> Prediction? { try predictions.prediction(id) }
}
