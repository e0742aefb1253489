// The canonical text of a line, put together from parts of the line itself.
//
// Method      where every number and text of a line stands as RFC 8785 writes it, the canonical text
//             differs in the order of keys and in blanks alone. The bytes are then those of
//             `JSON.canonical`, and no number is written anew.
// Checked by  JSONTapeTests.

import Foundation

extension JSONTape {
  /// Makes canonical texts of the values of one line.
  struct Canonical {
    /// Every number and text of the line stands as RFC 8785 writes it.
    let isCanonical: Bool
    fileprivate(set) var order: [UInt32]
    fileprivate(set) var bytes: [UInt8]

    init(isCanonical: Bool, order: [UInt32], bytes: [UInt8]) {
      (self.isCanonical, self.order, self.bytes) = (isCanonical, order, bytes)
    }

    /// CRC-32 of the canonical text of an object without one of its fields.
    /// - Parameter length: of the line, which the text does not exceed.
    mutating func checksum(
      _ value: JSONTapeValue, leavingOut key: String, length: Int
    ) -> UInt32? {
      guard isCanonical else { return nil }
      if bytes.count < length { bytes = Array(repeating: 0, count: 2 * length) }
      return bytes.withUnsafeMutableBufferPointer { bytes in
        order.withUnsafeMutableBufferPointer { order in
          guard let out = bytes.baseAddress, let places = order.baseAddress else { return nil }
          var writer = Writer(text: value.bytes, nodes: value.nodes, out: out, order: places)
          writer.object(value.place, leavingOut: value.field(key), from: 0)
          return Zlib.checksum(
            UnsafeBufferPointer(start: UnsafePointer(out), count: writer.length), after: 0)
        }
      }
    }
  }

  private struct Writer {
    let text: UnsafePointer<UInt8>
    let nodes: UnsafePointer<Node>
    let out: UnsafeMutablePointer<UInt8>
    let order: UnsafeMutablePointer<UInt32>
    var length = 0

    private mutating func add(_ byte: UInt8) {
      out[length] = byte
      length += 1
    }

    private mutating func copy(_ start: Int, _ end: Int) {
      memcpy(out + length, text + start, end - start)
      length += end - start
    }

    /// - Parameter free: the first place of `order` that nothing uses.
    private mutating func value(_ place: Int, from free: Int) {
      let node = nodes[place]
      switch node.kind {
      case .text: copy(Int(node.start) - 1, Int(node.end) + 1)
      case .array where !node.isPlain:
        add(UInt8(ascii: "["))
        var index = place + 1
        while index < Int(node.next) {
          if index > place + 1 { add(UInt8(ascii: ",")) }
          value(index, from: free)
          index = Int(nodes[index].next)
        }
        add(UInt8(ascii: "]"))
      case .object where !node.isPlain: object(place, leavingOut: nil, from: free)
      default: copy(Int(node.start), Int(node.end))
      }
    }

    mutating func object(_ place: Int, leavingOut lost: Int?, from free: Int) {
      var count = 0
      var index = place + 1
      while index < Int(nodes[place].next) {
        if index != lost {
          // insertion: objects have a dozen keys
          var hole = free + count
          while hole > free, JSONTape.isAscending(nodes[index], nodes[Int(order[hole - 1])], text) {
            order[hole] = order[hole - 1]
            hole -= 1
          }
          order[hole] = UInt32(truncatingIfNeeded: index)
          count += 1
        }
        index = Int(nodes[index + 1].next)
      }
      add(UInt8(ascii: "{"))
      for rank in 0..<count {
        if rank > 0 { add(UInt8(ascii: ",")) }
        let key = Int(order[free + rank])
        copy(Int(nodes[key].start) - 1, Int(nodes[key].end) + 1)
        add(UInt8(ascii: ":"))
        value(key + 1, from: free + count)
      }
      add(UInt8(ascii: "}"))
    }
  }
}

extension JSONTapeValue {
  /// The node of the key of a field.
  fileprivate func field(_ key: String) -> Int? { self[key].map { $0.place - 1 } }
}
