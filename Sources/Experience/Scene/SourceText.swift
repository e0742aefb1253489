// A text file as a reader needs it: its lines, and how diagnostics point into them.

/// The text of a scene, plan or prediction file with its path.
public struct SourceText: Sendable {
  public let path: String
  public let text: String
  private let lines: [Substring]

  public init(path: String, text: String) {
    (self.path, self.text) = (path, text)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The line with a number counted from 1; empty outside the file.
  public func line(_ number: Int) -> String {
    guard number >= 1, number <= lines.count else { return "" }
    let line = lines[number - 1]
    return String(line.last == "\r" ? line.dropLast() : line)
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
