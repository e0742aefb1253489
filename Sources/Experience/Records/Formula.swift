// Closed forms as text, such as `sqrt(2*g*h)`: read once, evaluated many times.
//
// Grammar     expr = term { ("+" | "-") term };  term = unary { ("*" | "/") unary };
//             unary = [ "-" ] power;  power = atom [ "^" unary ];
//             atom = number | name | function "(" expr { "," expr } ")" | "(" expr ")";
//             function = sqrt exp ln log10 sin cos tan abs (one argument), min max (one or more);
//             name = letter { letter | digit | "_" }.
// Arithmetic  double, in the order written; nothing traps: 1/0 is infinite, sqrt(-1) not a number.
// Limits      64 levels of nesting, 500 operators, 10,000 bytes: evaluation recurses over the tree.
// Checked by  FormulaTests.

import Foundation

/// A closed form over named numbers.
///
/// Not called `Expression`: Foundation has a type of that name.
public struct Formula: Sendable, Hashable {
  /// As written.
  public let source: String
  /// Names in the order of their first use.
  public let names: [String]
  private let root: Node

  /// What cannot be read or evaluated, and where.
  public struct Failure: Error, Sendable, Hashable {
    /// In bytes from the start of the text.
    public let offset: Int
    public let message: String
  }

  enum Function: String, CaseIterable {
    case sqrt, exp, ln, log10, sin, cos, tan, abs, min, max
  }

  indirect enum Node: Sendable, Hashable {
    case number(Double)
    /// Index into `names`, and the place of its first use.
    case name(Int, offset: Int)
    case negative(Node)
    case sum(Node, Node)
    case difference(Node, Node)
    case product(Node, Node)
    case quotient(Node, Node)
    case power(Node, Node)
    case call(Function, [Node])
  }

  public init(_ source: String) throws(Failure) {
    var reader = FormulaReader(bytes: Array(source.utf8))
    root = try reader.whole()
    self.source = source
    names = reader.names
  }

  /// The value with the given names bound; more names than needed do no harm.
  /// - Throws: the place of a name that is not bound.
  public func evaluate(_ bindings: [String: Double]) throws(Failure) -> Double {
    var values: [Double] = []
    for (index, name) in names.enumerated() {
      guard let value = bindings[name] else {
        let near = Spelling.nearest(to: name, among: bindings.keys.sorted())
        let hint = near.map { ", did you mean `\($0)`?" } ?? ""
        throw Failure(
          offset: root.offset(ofName: index) ?? 0, message: "`\(name)` is not bound\(hint)")
      }
      values.append(value)
    }
    return root.value(values)
  }

  /// The value with `values` in the order of `names`; a name without a value is not a number.
  public func evaluate(inOrder values: [Double]) -> Double { root.value(values) }

  /// Exponents of the dimension, with the names' values in their order (`Formula+Dimensions`).
  func dimension(
    _ names: [DimensionedValue]
  ) throws(DimensionFailure) -> SIMD8<Double> { try root.dimension(names) }
}

extension Formula.Node {
  func value(_ names: [Double]) -> Double {
    switch self {
    case .number(let value): return value
    case .name(let index, _): return index < names.count ? names[index] : .nan
    case .negative(let a): return -a.value(names)
    case .sum(let a, let b): return a.value(names) + b.value(names)
    case .difference(let a, let b): return a.value(names) - b.value(names)
    case .product(let a, let b): return a.value(names) * b.value(names)
    case .quotient(let a, let b): return a.value(names) / b.value(names)
    case .power(let a, let b): return Formula.power(a.value(names), b.value(names))
    case .call(let function, let arguments):
      let first = arguments[0].value(names)
      switch function {
      case .sqrt: return first.squareRoot()
      case .exp: return Foundation.exp(first)
      case .ln: return Foundation.log(first)
      case .log10: return Foundation.log10(first)
      case .sin: return Foundation.sin(first)
      case .cos: return Foundation.cos(first)
      case .tan: return Foundation.tan(first)
      case .abs: return Swift.abs(first)
      case .min: return arguments.dropFirst().reduce(first) { Swift.min($0, $1.value(names)) }
      case .max: return arguments.dropFirst().reduce(first) { Swift.max($0, $1.value(names)) }
      }
    }
  }

  /// Where a name is first used.
  func offset(ofName wanted: Int) -> Int? {
    switch self {
    case .number: return nil
    case .name(let index, let offset): return index == wanted ? offset : nil
    case .negative(let a): return a.offset(ofName: wanted)
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b),
      .quotient(let a, let b), .power(let a, let b):
      return a.offset(ofName: wanted) ?? b.offset(ofName: wanted)
    case .call(_, let arguments):
      for argument in arguments {
        if let offset = argument.offset(ofName: wanted) { return offset }
      }
      return nil
    }
  }
}

extension Formula {
  /// Small whole powers by multiplication, so that e^2 is e·e on every C library.
  fileprivate static func power(_ base: Double, _ exponent: Double) -> Double {
    guard exponent == exponent.rounded(), abs(exponent) <= 16 else { return pow(base, exponent) }
    var result = 1.0
    for _ in 0..<Int(abs(exponent)) { result *= base }
    return exponent < 0 ? 1 / result : result
  }
}

/// Recursive descent over the bytes.
private struct FormulaReader {
  static let depthLimit = 64
  static let lengthLimit = 10_000
  static let operatorLimit = 500

  let bytes: [UInt8]
  var position = 0
  private var operators = 0
  var names: [String] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Steps over an operator; their number bounds the depth of the tree.
  private mutating func step() throws(Formula.Failure) {
    operators += 1
    guard operators <= FormulaReader.operatorLimit else {
      throw failure("more than \(FormulaReader.operatorLimit) operators")
    }
    position += 1
  }

  func failure(_ message: String, at offset: Int? = nil) -> Formula.Failure {
    Formula.Failure(offset: offset ?? position, message: message)
  }

  mutating func whole() throws(Formula.Failure) -> Formula.Node {
    guard bytes.count <= FormulaReader.lengthLimit else {
      throw failure("longer than \(FormulaReader.lengthLimit) bytes", at: 0)
    }
    let node = try sum(depth: 0)
    guard peek() == nil else { throw failure("unexpected text after the expression") }
    return node
  }

  /// The next byte that is no blank.
  private mutating func peek() -> UInt8? {
    while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
      position += 1
    }
    return position < bytes.count ? bytes[position] : nil
  }

  private mutating func sum(depth: Int) throws(Formula.Failure) -> Formula.Node {
    guard depth < FormulaReader.depthLimit else {
      throw failure("nested deeper than \(FormulaReader.depthLimit) levels")
    }
    var node = try product(depth: depth)
    while let byte = peek(), byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
      try step()
      let right = try product(depth: depth)
      node = byte == UInt8(ascii: "+") ? .sum(node, right) : .difference(node, right)
    }
    return node
  }

  private mutating func product(depth: Int) throws(Formula.Failure) -> Formula.Node {
    var node = try unary(depth: depth)
    while let byte = peek(), byte == UInt8(ascii: "*") || byte == UInt8(ascii: "/") {
      try step()
      let right = try unary(depth: depth)
      node = byte == UInt8(ascii: "*") ? .product(node, right) : .quotient(node, right)
    }
    return node
  }

  private mutating func unary(depth: Int) throws(Formula.Failure) -> Formula.Node {
    guard depth < FormulaReader.depthLimit else {
      throw failure("nested deeper than \(FormulaReader.depthLimit) levels")
    }
    guard peek() == UInt8(ascii: "-") else { return try power(depth: depth) }
    try step()
    return .negative(try power(depth: depth))
  }

  private mutating func power(depth: Int) throws(Formula.Failure) -> Formula.Node {
    let base = try atom(depth: depth)
    guard peek() == UInt8(ascii: "^") else { return base }
    try step()
    return .power(base, try unary(depth: depth + 1))
  }

  private mutating func atom(depth: Int) throws(Formula.Failure) -> Formula.Node {
    guard let byte = peek() else { throw failure("the expression ends too early") }
    if byte == UInt8(ascii: "(") {
      position += 1
      let node = try sum(depth: depth + 1)
      try close()
      return node
    }
    if byte >= 48, byte <= 57 { return .number(try number()) }
    guard isLetter(byte) else { throw failure("expected a number, a name or `(`") }
    let start = position
    while position < bytes.count,
      isLetter(bytes[position]) || bytes[position] == UInt8(ascii: "_")
        || (bytes[position] >= 48 && bytes[position] <= 57)
    { position += 1 }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    if peek() == UInt8(ascii: "(") { return try call(name, at: start, depth: depth) }
    if let index = names.firstIndex(of: name) { return .name(index, offset: start) }
    names.append(name)
    return .name(names.count - 1, offset: start)
  }

  private mutating func call(
    _ name: String, at start: Int, depth: Int
  ) throws(Formula.Failure) -> Formula.Node {
    guard let function = Formula.Function(rawValue: name) else {
      let known = Formula.Function.allCases.map(\.rawValue)
      let near = Spelling.nearest(to: name, among: known).map { ", did you mean `\($0)`?" } ?? ""
      throw failure("unknown function `\(name)`\(near)", at: start)
    }
    position += 1
    var arguments = [try sum(depth: depth + 1)]
    while peek() == UInt8(ascii: ",") {
      position += 1
      arguments.append(try sum(depth: depth + 1))
    }
    try close()
    guard arguments.count == 1 || function == .min || function == .max else {
      throw failure("`\(name)` takes one argument", at: start)
    }
    return .call(function, arguments)
  }

  private mutating func close() throws(Formula.Failure) {
    guard peek() == UInt8(ascii: ")") else { throw failure("expected `)`") }
    position += 1
  }

  private mutating func number() throws(Formula.Failure) -> Double {
    let length = NumberGrammar.prefixLength(bytes[position...])
    let text = String(decoding: bytes[position..<(position + length)], as: UTF8.self)
    do {
      let value = try NumberGrammar.parse(text)
      position += length
      return value
    } catch { throw failure("`\(text)` is not a finite number") }
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }
}
