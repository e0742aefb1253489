// The files of a scored prediction file: scores, report, page, verification table and JUnit file.

import Experience
import Foundation
import Scoring

enum ReportFiles {
  static let names = ["scores.jsonl", "report.json", "report.html", "vcrm.csv", "junit.xml"]

  /// Writes each file as a whole; the folder is made if it is missing.
  static func write(_ sheet: ScoreSheet, _ report: Report, to folder: String) throws {
    try Files.createFolder(folder)
    let json = report.json
    try write(sheet, to: folder + "/scores.jsonl")
    try Files.replace(folder + "/report.json", with: Data((json.line + "\n").utf8))
    try Files.replace(folder + "/report.html", with: Data(ReportPage.html(of: json).utf8))
    guard let judgement = report.judgement, !judgement.rows.isEmpty else { return }
    let sentences = report.statements.prefix(1) + judgement.authority.rows.map(\.sentence)
    let csv = VerificationTable.csv(judgement.rows, sentences: Array(sentences))
    try Files.replace(folder + "/vcrm.csv", with: Data(csv.utf8))
    let junit = JUnitReport.xml(judgement.rows)
    try Files.replace(folder + "/junit.xml", with: Data(junit.utf8))
  }

  /// The scores, a line each.
  static func write(_ sheet: ScoreSheet, to path: String) throws {
    try Files.replace(path) { writer in
      for index in 0..<sheet.count { try writer.line(sheet[index].json) }
    }
  }
}
