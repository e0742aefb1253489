// A JSON text as a flat list of its values, for lines that are read by the hundred thousand.
//
// Accepts     a part of what `JSONParser` accepts: keys in ASCII without escapes, no number words, no `\u`
//             and no `\/`. Whatever else is left to the parser, and so are all errors.
// Layout      one node a value, in the order of the text; before each value of an object one for its key.
//             A node knows the first node behind its value, so that whole values are passed over.
// Unsafe      bytes and nodes are read through pointers; a million questions and truths are 4 GB
//             (benchmarks/results/score-speed.txt). Nothing leaves `read`.
// Checked by  JSONTapeTests (against JSONParser and JSON.canonical, random and damaged lines).

struct JSONTape: Sendable {
  enum Kind: UInt8, Sendable {
    case null, yes, no, number, text, array, object, key
  }

  struct Node: Sendable {
    /// Bytes of the value; of a text and a key those between the quotation marks.
    var start: UInt32 = 0
    var end: UInt32 = 0
    /// The node behind the value and all that it holds.
    var next: UInt32 = 0
    var kind = Kind.null
    /// A text without escapes; a list or object whose bytes are its canonical text.
    var isPlain = true
    /// Bits of a number; the first eight bytes of a key, which sort as the keys do.
    var bits: UInt64 = 0
  }

  /// Levels of nesting; fewer than the parser reads.
  static let depthLimit = 48

  private var nodes: [Node] = []
  /// Places of keys that are being sorted.
  private var order: [UInt32] = []
  private var canonical: [UInt8] = []

  /// Calls a closure with the value of a text; `nil`, without a call, if the parser must decide.
  mutating func read<Result>(
    _ bytes: [UInt8], _ body: (JSONTapeValue, inout Canonical) throws -> Result
  ) rethrows -> Result? {
    // a value and what parts it from the next take two bytes, but for brackets that open
    let capacity = bytes.count / 2 + JSONTape.depthLimit + 8
    guard bytes.count < Int(Int32.max) else { return nil }
    // taken out, so that the closure may use them while the tape is being changed
    var (nodes, order, canonical) = (self.nodes, self.order, self.canonical)
    (self.nodes, self.order, self.canonical) = ([], [], [])
    if nodes.count < capacity {
      nodes = Array(repeating: Node(), count: 2 * capacity)
      order = Array(repeating: 0, count: 2 * capacity)
    }
    defer { (self.nodes, self.order, self.canonical) = (nodes, order, canonical) }
    return try bytes.withUnsafeBufferPointer { bytes in
      try nodes.withUnsafeMutableBufferPointer { nodes in
        guard let text = bytes.baseAddress, let list = nodes.baseAddress else { return nil }
        var scanner = JSONTapeScanner(bytes: text, count: bytes.count, nodes: list)
        guard scanner.whole() else { return nil }
        var writer = Canonical(isCanonical: scanner.isCanonical, order: order, bytes: canonical)
        (order, canonical) = ([], [])
        defer { (order, canonical) = (writer.order, writer.bytes) }
        return try body(JSONTapeValue(bytes: text, nodes: list, place: 0), &writer)
      }
    }
  }
}
