// Records of a data set straight from the bytes of their lines.
//
// Same        values and checksums as by `JSON.parse`, `CRC32.isIntact` and `init(json:)`, whose readers it
//             shares. A line that is unusual, damaged or no record gives `nil`, and whoever asked
//             reads it that way: so errors have one wording.
// Checked by  RecordScannerTests.

/// Reads one line after the other.
public struct RecordScanner: Sendable {
  private var tape = JSONTape()
  private var memory = JSONMemory()

  public init() {}

  /// `truth/1`; `nil`: the general reader must decide.
  public mutating func truth(_ line: [UInt8]) -> TruthRecord? {
    tape.read(line) { value, canonical in
      guard RecordScanner.isIntact(value, line, &canonical) else { return nil }
      return try? TruthRecord(reading: value)
    } ?? nil
  }

  /// `question/1`; `nil`: the general reader must decide.
  /// - Parameter withWords: whether prompt and canary are kept; a score needs neither.
  public mutating func question(_ line: [UInt8], withWords: Bool = true) -> Question? {
    tape.read(line) { value, canonical in
      guard RecordScanner.isIntact(value, line, &canonical) else { return nil }
      return try? Question(reading: value, withWords: withWords) { scene in
        // the questions of an instance share the storage of its scene
        if let known = memory.value(of: "scene", at: scene.range.lowerBound, in: line),
          known.length == scene.range.count
        {
          return known.value
        }
        let tree = scene.json
        memory.keep(tree, of: "scene", line[scene.range])
        return tree
      }
    } ?? nil
  }

  /// `prediction/1`; `nil`: the general reader must decide.
  mutating func prediction(_ line: PredictionLine) -> Prediction? {
    tape.read(line.bytes) { value, _ in
      var file = PredictionFile()
      return value.isObject ? line.prediction(value, earlier: { _ in nil }, into: &file) : nil
    } ?? nil
  }

  /// What stands around the answer of a line.
  /// - Returns: `nil`: the general reader must decide; otherwise the prediction, or none if `file` now
  ///   says what is wrong with it.
  mutating func envelope(
    _ line: PredictionLine, earlier: (String) throws -> Int?, into file: inout PredictionFile
  ) rethrows -> Prediction?? {
    try tape.read(line.bytes) { value, _ -> Prediction?? in
      guard value.isObject else { return nil }
      return .some(
        try line.prediction(value, withAnswer: false, earlier: earlier, into: &file))
    } ?? nil
  }

  /// Whether the line has no checksum, or that of its canonical text.
  private static func isIntact(
    _ value: JSONTapeValue, _ line: [UInt8], _ canonical: inout JSONTape.Canonical
  ) -> Bool {
    guard let sum = value["crc32"] else { return true }
    guard let text = sum.text, let wanted = UInt32(text, radix: 16),
      let found = canonical.checksum(value, leavingOut: "crc32", length: line.count)
    else { return false }
    return found == wanted && CRC32.hexadecimal(of: found) == text
  }
}
