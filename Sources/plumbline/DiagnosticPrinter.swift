// Diagnostics as people read them: message, place, the line with a caret, help.

import Experience

struct DiagnosticPrinter {
  let usesColour: Bool

  /// Prints to standard error, errors first capped at the limit of a file.
  func print(_ diagnostics: [Diagnostic]) {
    var errors = 0
    for diagnostic in diagnostics {
      if diagnostic.isError {
        errors += 1
        if errors > DiagnosticList.limit { continue }
      }
      Console.note(text(diagnostic))
    }
    if errors > DiagnosticList.limit {
      Console.note("… and \(errors - DiagnosticList.limit) more errors\n")
    }
  }

  func text(_ d: Diagnostic) -> String {
    let (start, end) =
      usesColour ? (d.isError ? "\u{1b}[1;31m" : "\u{1b}[1;33m", "\u{1b}[0m") : ("", "")
    var out = "\(start)\(d.severity.rawValue)[\(d.code)]\(end): \(d.message)\n"
    if let mark = d.mark {
      let gutter = String(mark.line)
      let pad = String(repeating: " ", count: gutter.count)
      out += "\(pad) --> \(d.path):\(mark.line):\(mark.column)\n"
      if !d.line.isEmpty {
        let shown = window(d.line, mark)
        out += "\(pad)  |\n\(gutter)  | \(shown.line)\n\(pad)  | "
        out += String(repeating: " ", count: shown.column - 1)
        out += start + String(repeating: "^", count: shown.length) + end
        out += d.label.isEmpty ? "\n" : " \(d.label)\n"
      }
    } else {
      out += " --> \(d.path)\n"
      if !d.label.isEmpty { out += "  = \(d.label)\n" }
    }
    if let help = d.help { out += "  = help: \(help)\n" }
    if let note = d.note { out += "  = note: \(note)\n" }
    return out
  }

  /// The part of a long line around the mark, tabs as blanks.
  private func window(_ line: String, _ mark: SourceMark) -> (
    line: String, column: Int, length: Int
  ) {
    let characters = Array(line.map { $0 == "\t" ? " " : $0 })
    let column = max(1, min(mark.column, characters.count + 1))
    let first = max(0, column - 70)
    let last = min(characters.count, first + 110)
    let shown =
      (first > 0 ? "…" : "") + String(characters[first..<last])
      + (last < characters.count ? "…" : "")
    let place = column - first + (first > 0 ? 1 : 0)
    return (shown, place, max(1, min(mark.length, last - column + 1)))
  }
}
