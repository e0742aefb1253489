// The tree of a YAML file with the place of every node: all that the typed reader sees of YAML.
//
// Yams builds the tree (`compose` only: its decoder ignores unknown keys and runs for minutes on
// nested aliases). Before that the text itself is checked: size, nesting, and the features that a
// scene may not use.  Limits: 1 MiB, 64 levels, 100,000 nodes.

import Foundation
import Yams

/// A node of a scene file.
public struct SourceNode: Sendable {
  public indirect enum Content: Sendable {
    /// A single value as text; `isQuoted` says that it cannot be meant as a number.
    case scalar(String, isQuoted: Bool)
    case mapping([(key: SourceNode, value: SourceNode)])
    case sequence([SourceNode])
  }
  public let content: Content
  public let mark: SourceMark

  public var scalar: String? { if case .scalar(let text, _) = content { text } else { nil } }

  /// What this is, for messages.
  public var kindName: String {
    switch content {
    case .scalar(let text, _): text.isEmpty ? "nothing" : "`\(text)`"
    case .mapping: "a mapping"
    case .sequence: "a list"
    }
  }
}

extension SourceNode {
  public static let sizeLimit = 1 << 20
  public static let depthLimit = 64
  public static let nodeLimit = 100_000

  /// Reads the tree of a whole file.
  public static func parse(_ source: SourceText) throws(DiagnosticList) -> SourceNode {
    let refused = YAMLPrescan(source).diagnostics
    guard refused.isEmpty else { throw DiagnosticList(refused) }

    // libyaml and Yams recurse: a thread with a known stack, whatever thread we are called on
    let text = source.text
    let box = ParseBox()
    let thread = Thread {
      box.result = Result {
        var budget = nodeLimit
        return try Yams.compose(yaml: text).map { try convert($0, &budget) }
      }
    }
    thread.stackSize = 64 << 20
    thread.start()
    box.wait()

    switch box.result {
    case .success(let tree?) where !tree.isNothing: return tree
    case .success, nil:
      throw DiagnosticList([
        source.diagnostic(
          "S014", "the file is empty", at: nil,
          help: "a scene starts with `plumbline: 1` and `experience: ball-drop`")
      ])
    case .failure(let error): throw DiagnosticList([syntaxError(error, in: source)])
    }
  }

  /// A tree for one value of our own tables, such as a default.
  static func literal(_ text: String) -> SourceNode {
    let source = SourceText(path: "", text: text)
    return (try? parse(source))
      ?? SourceNode(content: .scalar(text, isQuoted: true), mark: SourceMark(line: 1, column: 1))
  }

  /// A document without a value.
  private var isNothing: Bool {
    if case .scalar("", isQuoted: false) = content { true } else { false }
  }

  private struct TooManyNodes: Error {}

  /// Copies the tree; what has more nodes than the limit is refused before it is all copied.
  private static func convert(_ node: Node, _ budget: inout Int) throws -> SourceNode {
    budget -= 1
    guard budget > 0 else { throw TooManyNodes() }
    let place = node.mark
    let content: Content
    var length = 1
    switch node {
    case .scalar(let scalar):
      let isQuoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
      content = .scalar(scalar.string, isQuoted: isQuoted)
      length = scalar.string.count + (isQuoted ? 2 : 0)
    case .mapping(let mapping):
      content = .mapping(
        try mapping.map { (try convert($0.key, &budget), try convert($0.value, &budget)) })
    case .sequence(let sequence):
      content = .sequence(try sequence.map { try convert($0, &budget) })
    case .alias: content = .scalar("", isQuoted: true)  // refused by the prescan
    }
    return SourceNode(
      content: content,
      mark: SourceMark(line: place?.line ?? 1, column: place?.column ?? 1, length: length))
  }

  private static func syntaxError(_ error: any Error, in source: SourceText) -> Diagnostic {
    switch error {
    case is TooManyNodes:
      return source.diagnostic("S014", "more than \(nodeLimit) values", at: nil)
    case YamlError.scanner(_, let problem, let mark, _),
      YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      return source.diagnostic(
        "S001", "this is not YAML: \(problem)",
        at: SourceMark(line: mark.line, column: mark.column),
        help: "check quotation marks, colons and indentation just before this place")
    case YamlError.duplicatedKeysInMapping(let duplicates, let context):
      return source.diagnostic(
        "S001", "the key `\(duplicates.sorted().joined(separator: "`, `"))` stands twice",
        at: SourceMark(line: context.mark.line, column: context.mark.column),
        help: "keep one of them")
    case YamlError.reader(let problem, _, _, _):
      return source.diagnostic("S001", "this is not YAML: \(problem)", at: nil)
    default: return source.diagnostic("S001", "this is not YAML", at: nil)
    }
  }
}

/// Hands the result of a parser thread over.
private final class ParseBox: @unchecked Sendable {
  private let done = DispatchSemaphore(value: 0)
  var result: Result<SourceNode?, any Error>? { didSet { done.signal() } }
  func wait() { done.wait() }
}
