// A text file as a reader needs it: its lines, and how diagnostics point into them.

/// The text of a scene, plan or prediction file with its path.
public struct SourceText: Sendable {
  public let path: String
  public let text: String
  /// Lines without their ends; every line break of YAML 1.1 counts, as in the parser's marks.
  let lines: [Substring]

  public init(path: String, text: String) {
    (self.path, self.text) = (path, text)
    let breaks: Set<Character> = ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: breaks.contains)
  }

  /// The line with a number counted from 1; empty outside the file.
  public func line(_ number: Int) -> String {
    number >= 1 && number <= lines.count ? String(lines[number - 1]) : ""
  }

  public func diagnostic(
    _ code: String, _ message: String, at mark: SourceMark?, label: String = "",
    help: String? = nil, note: String? = nil, fix: Diagnostic.Fix? = nil,
    severity: Diagnostic.Severity = .error
  ) -> Diagnostic {
    Diagnostic(
      severity, code: code, message: message, path: path, mark: mark,
      line: mark.map { line($0.line) } ?? "", label: label, help: help, note: note, fix: fix)
  }
}
