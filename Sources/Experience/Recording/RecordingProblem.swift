// Why a recording cannot be read or written: what, where, and what to do.

/// A recording that cannot be read or written.
public struct RecordingProblem: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The file does not begin like a recording.
    case notARecording = "not-a-recording"
    /// A recording of another version of the format.
    case otherVersion = "other-version"
    /// It ends before the first whole chunk of frames.
    case truncated
    /// A checksum or a count does not fit.
    case corrupt
    /// The file cannot be opened or read.
    case unreadable
    /// The file cannot be written.
    case unwritable
    /// A number that the file cannot hold: not finite, or too large.
    case unfit
  }
  public let kind: Kind
  /// One sentence with the place: path, byte, frame.
  public let description: String
  /// What to do.
  public let help: String

  public init(_ kind: Kind, _ description: String, help: String) {
    (self.kind, self.description, self.help) = (kind, description, help)
  }

  static func corrupt(_ what: String) -> RecordingProblem {
    RecordingProblem(
      .corrupt, "the recording is damaged: \(what)",
      help: "record the scene again: `plumbline run --record FILE SCENE`")
  }

  /// The same with the file's name in front.
  func at(_ path: String) -> RecordingProblem {
    RecordingProblem(kind, "`\(path)`: \(description)", help: help)
  }
}
