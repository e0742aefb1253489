// Reads one JSON text after the other.
//
// Checked by  JSONTests.

public struct JSONLineReader: Sendable {
  private var parser = JSONParser(bytes: [])

  /// - Parameter remembering: whether texts repeat lists and objects of those before, as questions do.
  public init(remembering: Bool = false) {
    if remembering { parser.memory = JSONMemory() }
  }

  /// One value; only blanks may follow it.
  public mutating func read(_ bytes: [UInt8]) throws(JSONError) -> JSON {
    parser.restart(bytes)
    let value = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.position == bytes.count else {
      throw parser.error("text after the end of the value")
    }
    return value
  }
}
