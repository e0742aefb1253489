// Where a report finds the records behind a few of its scores again.
//
//             A report needs the questions, truths and predictions of its verification rows and of its
//             worst answers only; a file of a million predictions is not kept for these.
// Checked by  VerificationTests, ScoreSheetTests.

import Experience

public protocol ScoreEvidence {
  associatedtype Problem: Error
  /// The question of a score of the sheet, or the part of one.
  func question(_ row: Int, of sheet: ScoreSheet) throws(Problem) -> Question?
  func record(_ instance: String) throws(Problem) -> TruthRecord?
  func prediction(_ id: String) throws(Problem) -> Prediction?
}

/// Records that are all at hand.
struct ListedEvidence: ScoreEvidence {
  typealias Problem = Never

  private let questions: [String: Question]
  private let records: [String: TruthRecord]
  private let predictions: [String: Prediction]

  /// - Parameter questions: of the scorer, in their parts.
  init(_ questions: [Question], _ truths: [TruthRecord], _ predictions: [Prediction]) {
    self.questions = Dictionary(
      questions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    records = Dictionary(
      truths.compactMap { truth in truth.id.map { ($0, truth) } },
      uniquingKeysWith: { first, _ in first })
    self.predictions = Dictionary(
      predictions.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
  }

  func question(_ row: Int, of sheet: ScoreSheet) -> Question? { questions[sheet.id(row)] }
  func record(_ instance: String) -> TruthRecord? { records[instance] }
  func prediction(_ id: String) -> Prediction? { predictions[id] }
}
