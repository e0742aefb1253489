// Looks at a YAML text before any parser does: size, nesting, and features a scene may not use.
//
// Anchors, aliases, merge keys and tags make a file mean more than it shows: nine levels of aliases
// stand for a billion nodes. Nesting of thousands of levels overflows a parser's stack.

struct YAMLPrescan {
  private(set) var diagnostics: [Diagnostic] = []
  private let source: SourceText

  init(_ source: SourceText) {
    self.source = source
    guard source.text.utf8.count <= SourceNode.sizeLimit else {
      diagnostics.append(
        source.diagnostic(
          "S014", "the file has \(source.text.utf8.count) bytes; the limit is 1 MiB", at: nil,
          help: "a scene is a short text: is this the right file?"))
      return
    }
    scan()
  }

  private mutating func scan() {
    var flowDepth = 0
    var nodes = 0
    var indents: [Int] = []
    var blockScalarIndent: Int?
    var quote: Character?
    var lineNumber = 0
    for line in source.text.split(separator: "\n", omittingEmptySubsequences: false) {
      lineNumber += 1
      let characters = Array(line)
      let indent = characters.prefix { $0 == " " }.count
      if let limit = blockScalarIndent {
        if indent > limit || characters.allSatisfy({ $0 == " " }) { continue }
        blockScalarIndent = nil
      }
      var atTokenStart = true
      var column = 0
      var dashes = 0
      while column < characters.count {
        let character = characters[column]
        defer { column += 1 }
        if let open = quote {
          if character == "\\", open == "\"" {
            column += 1
          } else if character == open {
            quote = nil
          }
          continue
        }
        switch character {
        case " ", "\t", "\r": continue
        case "#" where column == 0 || characters[column - 1] == " ": column = characters.count
        case "\"", "'":
          if atTokenStart { quote = character }
          atTokenStart = false
        case "[", "{":
          if atTokenStart {
            flowDepth += 1
            nodes += 1
          }
        case "]", "}": flowDepth = max(0, flowDepth - 1)
        case ",", ":", "?": atTokenStart = true
        case "-"
        where atTokenStart && (column + 1 == characters.count || characters[column + 1] == " "):
          dashes += 1
        case "&", "*", "!":
          if atTokenStart { refuse(character, lineNumber, column, characters) }
          atTokenStart = false
        case "<"
        where atTokenStart && column + 1 < characters.count && characters[column + 1] == "<":
          refuse(character, lineNumber, column, characters)
          atTokenStart = false
        case "|", ">":
          if atTokenStart, flowDepth == 0 { blockScalarIndent = indent }
          atTokenStart = false
        default:
          if atTokenStart { nodes += 1 }
          atTokenStart = false
        }
      }
      if flowDepth == 0, characters.contains(where: { $0 != " " }) {
        while let last = indents.last, last >= indent { indents.removeLast() }
        indents.append(indent)
      }
      if max(flowDepth, indents.count + dashes) > SourceNode.depthLimit {
        diagnostics.append(
          source.diagnostic(
            "S014", "nested deeper than \(SourceNode.depthLimit) levels",
            at: SourceMark(line: lineNumber, column: 1),
            help: "no scene needs more than six: is this the right file?"))
        return
      }
      if nodes > SourceNode.nodeLimit {
        diagnostics.append(
          source.diagnostic(
            "S014", "more than \(SourceNode.nodeLimit) values",
            at: SourceMark(line: lineNumber, column: 1)))
        return
      }
      if diagnostics.count >= DiagnosticList.limit { return }
    }
  }

  private mutating func refuse(
    _ character: Character, _ line: Int, _ column: Int, _ characters: [Character]
  ) {
    let word = String(characters[column...].prefix { !" ,]}".contains($0) })
    let name: String
    switch character {
    case "&": name = "an anchor"
    case "*": name = "an alias"
    case "!": name = "a tag"
    default: name = "a merge key"
    }
    diagnostics.append(
      source.diagnostic(
        "S002", "`\(word)` is \(name), which scenes do not use",
        at: SourceMark(line: line, column: column + 1, length: word.count), label: "not allowed",
        help: name == "a tag" || name == "an alias"
          ? "write the value itself, in quotation marks if it is a text" : "write the value itself")
    )
  }
}
