// The files of a scored prediction file: scores, report, page, verification table and JUnit file.

import Experience
import Foundation
import Scoring

enum ReportFiles {
  static let names = ["scores.jsonl", "report.json", "report.html", "vcrm.csv", "junit.xml"]

  /// Writes each file as a whole; the folder is made if it is missing.
  static func write(_ scores: [Score], _ report: Report, to folder: String) throws {
    try Files.createFolder(folder)
    let json = report.json
    let lines = scores.map { $0.json.line + "\n" }.joined()
    try Files.replace(folder + "/scores.jsonl", with: Data(lines.utf8))
    try Files.replace(folder + "/report.json", with: Data((json.line + "\n").utf8))
    try Files.replace(folder + "/report.html", with: Data(ReportPage.html(of: json).utf8))
    guard let judgement = report.judgement, !judgement.rows.isEmpty else { return }
    let sentences = report.statements.prefix(1) + judgement.authority.rows.map(\.sentence)
    let csv = VerificationTable.csv(judgement.rows, sentences: Array(sentences))
    try Files.replace(folder + "/vcrm.csv", with: Data(csv.utf8))
    let junit = JUnitReport.xml(judgement.rows)
    try Files.replace(folder + "/junit.xml", with: Data(junit.utf8))
  }
}
