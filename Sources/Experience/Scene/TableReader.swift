// The typed reader: a tree of nodes against a table, with every error of the file at once.
//
// Checked by  TableReaderTests, SceneFileTests (each kind of wrong input, with place and remedy).

/// Reads one file against its table. Diagnostics accumulate; the result is usable only if none of
/// them is an error.
public struct TableReader {
  public let source: SourceText
  /// First letter of the codes: S scene, G plan.
  public let letter: String
  public private(set) var diagnostics: [Diagnostic] = []

  public init(_ source: SourceText, letter: String = "S") {
    (self.source, self.letter) = (source, letter)
  }

  public var hasErrors: Bool { diagnostics.contains(where: \.isError) }

  public mutating func report(
    _ number: String, _ message: String, at mark: SourceMark?, label: String = "",
    help: String? = nil, note: String? = nil, fix: Diagnostic.Fix? = nil,
    severity: Diagnostic.Severity = .error
  ) {
    diagnostics.append(
      source.diagnostic(
        letter + number, message, at: mark, label: label, help: help, note: note, fix: fix,
        severity: severity))
  }

  /// Reads a mapping; absent keys take their defaults.
  public mutating func section(_ node: SourceNode, _ table: SectionTable) -> SceneSection {
    var result = SceneSection(mark: node.mark)
    var given: [String: SourceMark] = [:]
    guard case .mapping(let pairs) = node.content else {
      report(
        "005", "`\(table.name)` needs a mapping, found \(node.kindName)", at: node.mark,
        label: "expected keys such as `\(table.fields.first?.key ?? "")`")
      return result
    }
    for (keyNode, valueNode) in pairs {
      guard let key = keyNode.scalar else {
        report("005", "a key of `\(table.name)` must be a word", at: keyNode.mark)
        continue
      }
      given[key] = keyNode.mark
      guard let field = table[key] else {
        unknownKey(key, keyNode.mark, table)
        continue
      }
      if let value = self.value(valueNode, field.kind, name: key) {
        result.set(key, value, mark: valueNode.mark)
      }
    }
    checkGroups(table, given, node.mark)
    let grouped = Set(table.groups.flatMap(\.keys))
    for field in table.fields where given[field.key] == nil {
      if let fallback = field.fallback {
        if let value = self.value(.literal(fallback), field.kind, name: field.key) {
          result.set(field.key, value)
        }
      } else if field.isRequired, !grouped.contains(field.key) {
        report(
          "004", "`\(table.name)` lacks the key `\(field.key)`", at: node.mark,
          label: "in this mapping", help: "add `\(field.key):` (\(field.about))")
      }
    }
    return result
  }

  private mutating func unknownKey(_ key: String, _ mark: SourceMark, _ table: SectionTable) {
    let known = table.fields.map(\.key)
    if let suggestion = Spelling.nearest(to: key, among: known) {
      report(
        "003", "unknown key `\(key)` in `\(table.name)`", at: mark,
        label: "did you mean `\(suggestion)`?",
        fix: Diagnostic.Fix(mark: mark, replacement: suggestion))
    } else {
      report(
        "003", "unknown key `\(key)` in `\(table.name)`", at: mark, label: "not known here",
        help: "known keys: \(known.joined(separator: ", "))")
    }
  }

  private mutating func checkGroups(
    _ table: SectionTable, _ given: [String: SourceMark], _ mark: SourceMark
  ) {
    for group in table.groups {
      let present = group.keys.filter { given[$0] != nil }
      if present.count > 1 {
        report(
          "013", "`\(present.joined(separator: "` and `"))` both say \(group.fact)",
          at: present.last.flatMap { given[$0] }, label: "the second one",
          help: "keep one of them; the other follows from it")
      } else if present.isEmpty, group.isRequired {
        report(
          "004", "`\(table.name)` does not say \(group.fact)", at: mark,
          label: "in this mapping",
          help: "add one of \(group.keys.map { "`\($0):`" }.joined(separator: ", "))")
      }
    }
  }

  /// Reads one value of a kind.
  public mutating func value(_ node: SourceNode, _ kind: FieldKind, name: String) -> SceneValue? {
    switch kind {
    case .quantity(let kind): return quantity(node, kind, name: name).map { .quantity($0, kind) }
    case .vector(let kind): return vector(node, kind, name: name).map { .vector($0, kind) }
    case .direction: return direction(node, name: name).map { .direction($0) }
    case .integer(let range): return integer(node, range, name: name).map { .integer($0) }
    case .flag: return flag(node, name: name).map { .flag($0) }
    case .text:
      guard let text = node.scalar else {
        report("005", "`\(name)` needs a text, found \(node.kindName)", at: node.mark)
        return nil
      }
      return .text(text)
    case .word(let words): return word(node, words, name: name).map { .word($0) }
    case .section(let table): return .section(section(node, table))
    case .list(let kind):
      guard case .sequence(let nodes) = node.content else {
        report("005", "`\(name)` needs a list, found \(node.kindName)", at: node.mark)
        return nil
      }
      return .list(nodes.compactMap { value($0, kind, name: name) })
    case .dictionary(let kind):
      guard case .mapping(let pairs) = node.content else {
        report("005", "`\(name)` needs a mapping, found \(node.kindName)", at: node.mark)
        return nil
      }
      var result = SceneSection(mark: node.mark)
      for (key, valueNode) in pairs {
        if let key = key.scalar, let value = value(valueNode, kind, name: key) {
          result.set(key, value, mark: valueNode.mark)
        }
      }
      return .section(result)
    case .either(let kinds): return either(node, kinds, name: name)
    }
  }

  private mutating func word(_ node: SourceNode, _ words: [String], name: String) -> String? {
    guard let text = node.scalar else {
      report(
        "005", "`\(name)` needs a word, found \(node.kindName)", at: node.mark,
        help: "one of \(words.joined(separator: ", "))")
      return nil
    }
    if words.contains(text) { return text }
    let suggestion = Spelling.nearest(to: text, among: words)
    report(
      "010", "`\(text)` is not a known \(name)", at: node.mark,
      label: suggestion.map { "did you mean `\($0)`?" } ?? "not known here",
      help: "known: \(words.joined(separator: ", "))",
      fix: suggestion.map { Diagnostic.Fix(mark: node.mark, replacement: $0) })
    return nil
  }

  private mutating func integer(
    _ node: SourceNode, _ range: ClosedRange<Int>, name: String
  ) -> Int? {
    guard let text = node.scalar, let value = Int(text) else {
      report("006", "`\(name)` needs a whole number, found \(node.kindName)", at: node.mark)
      return nil
    }
    guard range.contains(value) else {
      report(
        "011", "`\(name)` is \(value)", at: node.mark,
        label: "allowed: \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return value
  }

  private mutating func flag(_ node: SourceNode, name: String) -> Bool? {
    switch node.scalar {
    case "true": return true
    case "false": return false
    default:
      report("005", "`\(name)` is true or false, found \(node.kindName)", at: node.mark)
      return nil
    }
  }

  private mutating func either(_ node: SourceNode, _ kinds: [FieldKind], name: String)
    -> SceneValue?
  {
    var words: [String] = []
    for kind in kinds {
      switch (kind, node.content) {
      case (.word(let known), .scalar(let text, _)):
        if known.contains(text) { return .word(text) }
        words += known
      case (.quantity, .scalar(let text, _)):
        if let first = text.utf8.first, "+-.".utf8.contains(first) || (48...57).contains(first) {
          return value(node, kind, name: name)
        }
      case (.vector, .scalar(let text, _)) where text.hasPrefix("["):
        return value(node, kind, name: name)
      case (.list(.vector), .sequence(let nodes)) where nodes.contains(where: \.isVectorLike):
        return value(node, kind, name: name)
      case (.vector, .sequence): return value(node, kind, name: name)
      case (.quantity, .mapping(let pairs)):
        let keys = pairs.compactMap(\.key.scalar)
        let lawKeys = ["value", "sd", "low", "high", "one-of"]
        // `{ law: constant, value: 0.8 }` has the key of a tolerance law, but is a section
        let isSection = kinds.contains { other in
          guard case .section(let table) = other else { return false }
          return keys.contains { !lawKeys.contains($0) && table[$0] != nil }
        }
        if !isSection, keys.contains(where: lawKeys.contains) {
          return value(node, kind, name: name)
        }
      case (.section(let table), .mapping(let pairs)):
        // of several mappings, the one that knows the first key; the last one reports errors
        let known = pairs.contains { $0.key.scalar.map { table[$0] != nil } ?? false }
        if known || isLastSection(kind, of: kinds) { return value(node, kind, name: name) }
      case (.text, .scalar): return value(node, kind, name: name)
      default: continue
      }
    }
    if !words.isEmpty, node.scalar != nil {
      // a nonfinite word such as `.nan` where a number is meant reads better as a number error
      if let quantity = kinds.first(where: { if case .quantity = $0 { true } else { false } }),
        let text = node.scalar, Spelling.nearest(to: text, among: words) == nil
      {
        return value(node, quantity, name: name)
      }
      return word(node, words, name: name).map { .word($0) }
    }
    if let first = kinds.first { return value(node, first, name: name) }
    return nil
  }

  private func isLastSection(_ kind: FieldKind, of kinds: [FieldKind]) -> Bool {
    guard case .section(let table) = kind else { return false }
    let last = kinds.last { if case .section = $0 { true } else { false } }
    if case .section(let other)? = last { return other.name == table.name }
    return false
  }
}

extension SourceNode {
  /// Whether this can be the text or the list of a vector.
  fileprivate var isVectorLike: Bool {
    switch content {
    case .sequence: true
    case .scalar(let text, _): text.drop { $0 == " " }.first == "["
    case .mapping: false
    }
  }
}
