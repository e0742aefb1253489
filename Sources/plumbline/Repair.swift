// `check --fix`: changes a file where the meaning is certain, and nothing else.

import Experience
import Foundation

/// Repairs that are certain: the marked text becomes the replacement; comments stay.
enum Repair {
  /// Applies the fixes of a file until none is left; returns what remains.
  static func apply(to path: String, _ diagnostics: [Diagnostic]) throws -> [Diagnostic] {
    var found = diagnostics
    for _ in 0..<10 {
      let fixes = found.compactMap(\.fix)
      guard !fixes.isEmpty else { return found }
      let source = try Files.text(path)
      var lines = source.text.split(separator: "\n", omittingEmptySubsequences: false).map(
        String.init)
      // from the end of each line, so that earlier columns stay valid
      let ordered = Set(fixes.map(\.mark)).sorted { ($0.line, $0.column) > ($1.line, $1.column) }
      for mark in ordered {
        guard let fix = fixes.first(where: { $0.mark == mark }), mark.line <= lines.count else {
          continue
        }
        var characters = Array(lines[mark.line - 1])
        var (start, length) = (mark.column - 1, mark.length)
        guard start + length <= characters.count else { continue }
        if "\"'".contains(characters[start]) { (start, length) = (start + 1, length - 2) }
        Console.note("\(path):\(mark.line)\n- \(lines[mark.line - 1])")
        characters.replaceSubrange(start..<(start + length), with: Array(fix.replacement))
        lines[mark.line - 1] = String(characters)
        Console.note("+ \(lines[mark.line - 1])")
      }
      try Files.replace(path, with: Data(lines.joined(separator: "\n").utf8))
      found = try Check.diagnostics(of: path, questions: nil)
    }
    return found
  }
}
