// One message about a file: what is wrong, where, and what to do about it.
//
// The same content is shown on a terminal, as JSON and as SARIF. Codes are stable and never reused:
// S scene, G plan, Q question or data set, P prediction, R run, E machine.

/// A place in a text file; lines and columns count from 1, columns in characters.
public struct SourceMark: Sendable, Hashable {
  public let line: Int
  public let column: Int
  /// Characters to underline, at least 1.
  public let length: Int

  public init(line: Int, column: Int, length: Int = 1) {
    (self.line, self.column, self.length) = (line, column, max(1, length))
  }
}

public struct Diagnostic: Sendable, Hashable, Error {
  public enum Severity: String, Sendable, Hashable { case error, warning }

  /// A change that is certain: the marked text becomes `replacement`.
  public struct Fix: Sendable, Hashable {
    public let mark: SourceMark
    public let replacement: String
    public init(mark: SourceMark, replacement: String) {
      (self.mark, self.replacement) = (mark, replacement)
    }
  }

  public let severity: Severity
  /// Such as `S012`; `plumbline explain S012` has the long text.
  public let code: String
  /// One sentence, no full stop.
  public let message: String
  /// As given on the command line; `-` is standard input.
  public let path: String
  public let mark: SourceMark?
  /// The line that `mark` points into.
  public let line: String
  /// Beside the caret: expected against found.
  public let label: String
  public let help: String?
  public let note: String?
  public let fix: Fix?

  public init(
    _ severity: Severity = .error, code: String, message: String, path: String,
    mark: SourceMark? = nil, line: String = "", label: String = "", help: String? = nil,
    note: String? = nil, fix: Fix? = nil
  ) {
    (self.severity, self.code, self.message, self.path) = (severity, code, message, path)
    (self.mark, self.line, self.label) = (mark, line, label)
    (self.help, self.note, self.fix) = (help, note, fix)
  }

  public var isError: Bool { severity == .error }

  public var json: JSON {
    .object([
      ("schema", .text("diagnostic/1")), ("severity", .text(severity.rawValue)),
      ("code", .text(code)), ("message", .text(message)), ("path", .text(path)),
      ("line", mark.map { .number(Double($0.line)) }),
      ("column", mark.map { .number(Double($0.column)) }),
      ("length", mark.map { .number(Double($0.length)) }),
      ("label", label.isEmpty ? nil : .text(label)), ("help", help.map { .text($0) }),
      ("note", note.map { .text($0) }), ("fix", fix.map { .text($0.replacement) }),
    ])
  }

  /// `path:line:column: error[S012]: message`, one line.
  public var concise: String {
    let place = mark.map { "\(path):\($0.line):\($0.column)" } ?? path
    return "\(place): \(severity.rawValue)[\(code)]: \(message)"
      + (label.isEmpty ? "" : " (\(label))")
  }
}

/// Diagnostics as a thrown value: a file that could not be used.
public struct DiagnosticList: Error, Sendable, Hashable {
  public let diagnostics: [Diagnostic]
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// Most errors that one file prints.
  public static let limit = 20
}
