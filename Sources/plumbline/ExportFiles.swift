// Tables of questions on disk, for programs that read columns.

import Experience
import Foundation

enum ExportFiles {
  /// One file a type of question; the folder is made if it is missing.
  static func write(_ tables: [QuestionTable.Part], to folder: String) throws {
    try Files.createFolder(folder)
    for table in tables {
      let file = (table.path as NSString).lastPathComponent
      try Files.replace(folder + "/" + file, with: Data(table.text.utf8))
    }
  }

  /// Takes away tables that an earlier data set in the same folder had and this one has not.
  static func clear(_ folder: String, but tables: [QuestionTable.Part]) {
    let names = Set(tables.map(\.type))
    for type in QuestionType.allCases where !names.contains(type) {
      unlink(folder + "/\(type.rawValue).jsonl")
    }
  }
}
