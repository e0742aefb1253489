// A JSON Schema validator for the keywords that our schemas use; any other keyword is a failure, so
// that nothing in a schema goes unread.
//
// Source      JSON Schema draft-07: Wright, Andrews, Hutton 2018, draft-handrews-json-schema-01 and
//             -validation-01 (section numbers below are of the second).
// Deviation   no references, no formats. Patterns by ICU instead of ECMA-262; ours use their common
//             part.

import Experience
import Foundation

final class Draft07 {
  private let schema: JSON
  private var patterns: [String: NSRegularExpression] = [:]

  init(_ schema: JSON) { self.schema = schema }

  /// What is wrong with a value; empty if nothing is.
  func problems(of value: JSON) -> [String] { problems(value, schema, "") }

  private func problems(_ value: JSON, _ schema: JSON, _ path: String) -> [String] {
    guard let keywords = schema.object else {
      return schema == .bool(true) ? [] : ["\(path): nothing is allowed here"]
    }
    return keywords.pairs.flatMap { keyword, rule in
      self.problems(value, keyword, rule, schema, path)
    }
  }

  private func problems(
    _ value: JSON, _ keyword: String, _ rule: JSON, _ schema: JSON, _ path: String
  ) -> [String] {
    func fail(_ isBad: Bool, _ text: String) -> [String] { isBad ? ["\(path): \(text)"] : [] }
    let branches = rule.array ?? []
    switch keyword {
    case "$schema", "title", "description": return []
    // 6.1 any instance
    case "type":
      let names = rule.texts ?? [rule.text ?? ""]
      return fail(!names.contains { Draft07.isType(value, $0) }, "not \(rule.line)")
    case "enum": return fail(!branches.contains(value), "\(value.line) is not in \(rule.line)")
    // 6.2 numbers
    case "minimum", "maximum", "exclusiveMinimum":
      guard let number = value.number, let limit = rule.number else { return [] }
      let isBad =
        switch keyword {
        case "minimum": number < limit
        case "maximum": number > limit
        default: number <= limit
        }
      return fail(isBad, "\(number) against \(keyword) \(limit)")
    // 6.3 texts
    case "pattern":
      guard let text = value.text else { return [] }
      return fail(!matches(text, rule.text ?? ""), "`\(text)` does not match")
    // 6.4 arrays
    case "minItems": return fail((value.array?.count ?? .max) < Int(rule.number ?? 0), "too few")
    case "maxItems": return fail((value.array?.count ?? 0) > Int(rule.number ?? 0), "too many")
    case "items":
      return (value.array ?? []).enumerated().flatMap {
        problems($0.element, rule, "\(path)[\($0.offset)]")
      }
    // 6.5 objects
    case "required":
      let absent = (rule.texts ?? []).filter { value.object != nil && value[$0] == nil }
      return absent.map { "\(path): `\($0)` is missing" }
    case "properties":
      return (rule.object?.pairs ?? []).flatMap { key, inner in
        value[key].map { problems($0, inner, "\(path).\(key)") } ?? []
      }
    case "additionalProperties":
      let known = schema["properties"]?.object?.keys ?? []
      return (value.object?.pairs ?? []).filter { !known.contains($0.key) }.flatMap {
        problems($0.value, rule, "\(path).\($0.key)")
      }
    // 6.7 combinations
    case "allOf": return branches.flatMap { problems(value, $0, path) }
    case "anyOf":
      let results = branches.map { problems(value, $0, path) }
      // the branch that comes nearest says most
      return results.contains([]) ? [] : results.min { $0.count < $1.count } ?? []
    case "oneOf":
      let count = branches.filter { problems(value, $0, path).isEmpty }.count
      return fail(count != 1, "\(count) of the alternatives hold, not one")
    case "not": return fail(problems(value, rule, path).isEmpty, "holds what it must not")
    default: return ["\(path): this validator does not know the keyword \(keyword)"]
    }
  }

  private static func isType(_ value: JSON, _ name: String) -> Bool {
    switch (name, value) {
    case ("null", .null), ("boolean", .bool), ("string", .text), ("array", .array),
      ("object", .object), ("number", .number):
      true
    // 1.0 is an integer since draft-06
    case ("integer", .number(let number)): number.rounded() == number
    default: false
    }
  }

  private func matches(_ text: String, _ pattern: String) -> Bool {
    let expression: NSRegularExpression
    if let known = patterns[pattern] {
      expression = known
    } else {
      guard let made = try? NSRegularExpression(pattern: pattern) else { return false }
      patterns[pattern] = made
      expression = made
    }
    return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }
}

/// YAML as JSON, with the types of the YAML 1.2 core schema: what an editor's schema support sees.
enum YAML {
  static func json(_ text: String) throws -> JSON {
    json(
      try SourceNode.parse(
        SourceText(path: "", text: text)))
  }

  private static func json(_ node: SourceNode) -> JSON {
    switch node.content {
    case .mapping(let pairs):
      return .object(pairs.map { ($0.key.scalar ?? "", JSON?.some(json($0.value))) })
    case .sequence(let nodes): return .array(nodes.map(json))
    case .scalar(let text, isQuoted: true): return .text(text)
    case .scalar(let text, _):
      switch text {
      case "", "~", "null", "Null", "NULL": return .null
      case "true", "True", "TRUE": return .bool(true)
      case "false", "False", "FALSE": return .bool(false)
      default:
        let isNumber =
          text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil
        return isNumber ? .number(Double(text) ?? .nan) : .text(text)
      }
    }
  }
}
