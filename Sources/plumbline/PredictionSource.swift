// The predictions of a file by question: checked in one pass, then read again one by one.

import Experience
import Foundation

final class PredictionSource {
  private let source: ByteSource
  let index: PredictionIndex
  private var scanner = RecordScanner()
  /// SHA-256 of the file.
  let hash: String

  /// - Throws: the lines that cannot be attributed to a question.
  init(_ path: String) throws {
    try Files.checkSize(path)
    source = try ByteSource(path)
    var index = PredictionIndex(path: path)
    var lines = try LineReader(source)
    while let line = try lines.next() {
      try index.add(line.bytes, at: line.offset, isClosed: line.isClosed) { [source] offset in
        try source.line(at: offset)?.bytes ?? []
      }
    }
    guard index.refusals.isEmpty else { throw DiagnosticList(index.refusals) }
    self.index = index
    var hash = RunningHash()
    try source.forEachBlock { hash.update($0) }
    self.hash = hash.hexadecimal
  }

  func prediction(_ id: String) throws -> Prediction? {
    try index.prediction(id, by: &scanner) { [source] offset in
      try source.line(at: offset)?.bytes ?? []
    }
  }
}
