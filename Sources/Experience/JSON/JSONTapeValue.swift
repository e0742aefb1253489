// A value of a tape, read where it stands.
//
// Checked by  JSONTapeTests, RecordScannerTests.

import Foundation

/// Valid inside `JSONTape.read` only.
struct JSONTapeValue: JSONReadable {
  let bytes: UnsafePointer<UInt8>
  let nodes: UnsafePointer<JSONTape.Node>
  let place: Int

  private var node: JSONTape.Node { nodes[place] }

  private func at(_ place: Int) -> JSONTapeValue {
    JSONTapeValue(bytes: bytes, nodes: nodes, place: place)
  }

  /// Where it stands in the line.
  var range: Range<Int> { Int(node.start)..<Int(node.end) }

  subscript(key: String) -> JSONTapeValue? {
    guard node.kind == .object else { return nil }
    var key = key
    return key.withUTF8 { key -> JSONTapeValue? in
      guard let wanted = key.baseAddress else { return find(bytes, 0) }
      return find(wanted, key.count)
    }
  }

  private func find(_ key: UnsafePointer<UInt8>, _ length: Int) -> JSONTapeValue? {
    let end = Int(node.next)
    var index = place + 1
    while index < end {
      let found = nodes[index]
      if Int(found.end - found.start) == length,
        memcmp(bytes + Int(found.start), key, length) == 0
      {
        return at(index + 1)
      }
      index = Int(nodes[index + 1].next)
    }
    return nil
  }

  private func string(_ node: JSONTape.Node) -> String {
    if node.isPlain {
      return String(
        decoding: UnsafeBufferPointer(
          start: bytes + Int(node.start), count: Int(node.end - node.start)), as: UTF8.self)
    }
    var parser = JSONParser(
      bytes: Array(
        UnsafeBufferPointer(
          start: bytes + Int(node.start) - 1, count: Int(node.end - node.start) + 2)))
    // the tape has checked each escape
    return (try? parser.value(depth: 0))?.text ?? ""
  }

  var isText: Bool { node.kind == .text }
  var isObject: Bool { node.kind == .object }
  var text: String? { node.kind == .text ? string(node) : nil }
  var number: Double? { node.kind == .number ? Double(bitPattern: node.bits) : nil }

  /// Calls a closure with each element; false where this is no list.
  private func forEach(_ body: (JSONTapeValue) -> Void) -> Bool {
    guard node.kind == .array else { return false }
    var index = place + 1
    while index < Int(node.next) {
      body(at(index))
      index = Int(nodes[index].next)
    }
    return true
  }

  var array: [JSONTapeValue]? {
    var list: [JSONTapeValue] = []
    return forEach { list.append($0) } ? list : nil
  }

  var fields: [(key: String, value: JSONTapeValue)] {
    guard node.kind == .object else { return [] }
    var list: [(key: String, value: JSONTapeValue)] = []
    var index = place + 1
    while index < Int(node.next) {
      list.append((string(nodes[index]), at(index + 1)))
      index = Int(nodes[index + 1].next)
    }
    return list
  }

  var numbers: [Double]? {
    guard node.kind == .array else { return nil }
    // a list of numbers alone has one node for each of them
    let count = Int(node.next) - place - 1
    for index in 0..<count where nodes[place + 1 + index].kind != .number { return nil }
    return Array(unsafeUninitializedCapacity: count) { buffer, length in
      for index in 0..<count {
        buffer.initializeElement(
          at: index, to: Double(bitPattern: nodes[place + 1 + index].bits))
      }
      length = count
    }
  }

  var texts: [String]? {
    guard node.kind == .array else { return nil }
    var list: [String] = []
    var index = place + 1
    while index < Int(node.next) {
      guard let text = at(index).text else { return nil }
      list.append(text)
      index = Int(nodes[index].next)
    }
    return list
  }

  var json: JSON {
    switch node.kind {
    case .null, .key: return .null
    case .yes: return .bool(true)
    case .no: return .bool(false)
    case .number: return .number(Double(bitPattern: node.bits))
    case .text: return .text(string(node))
    case .array:
      var list: [JSON] = []
      _ = forEach { list.append($0.json) }
      return .array(list)
    case .object:
      var object = JSONObject()
      var index = place + 1
      while index < Int(node.next) {
        object.append(string(nodes[index]), at(index + 1).json)
        index = Int(nodes[index + 1].next)
      }
      return .object(object)
    }
  }
}
