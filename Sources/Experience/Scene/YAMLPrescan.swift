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
    refuseAliases()
    guard diagnostics.isEmpty else { return }
    var flowDepth = 0
    var nodes = 0
    var indents: [Int] = []
    var blockScalarIndent: Int?
    // indent of a line that ended inside a plain scalar: deeper lines go on with it
    var plainIndent: Int?
    var quote: Character?
    var lineNumber = 0
    for line in source.lines {
      lineNumber += 1
      let characters = Array(line)
      let indent = characters.prefix { $0 == " " }.count
      let isBlank = characters.allSatisfy { $0 == " " || $0 == "\r" }
      if let limit = blockScalarIndent {
        if indent > limit || isBlank { continue }
        blockScalarIndent = nil
      }
      var atTokenStart = plainIndent.map { indent <= $0 } ?? true
      var isPlain = !atTokenStart
      var column = 0
      var dashes = 0
      func follows(_ offset: Int) -> Character? {
        column + offset < characters.count ? characters[column + offset] : nil
      }
      func isSpace(_ character: Character?) -> Bool {
        character == nil || character == " " || character == "\t" || character == "\r"
      }
      while column < characters.count {
        let character = characters[column]
        defer { column += 1 }
        if let open = quote {
          if character == "\\", open == "\"" {
            column += 1
          } else if character == open {
            if open == "'", follows(1) == "'" { column += 1 } else { quote = nil }
          }
          continue
        }
        switch character {
        case " ", "\t", "\r": continue
        case "#" where column == 0 || isSpace(characters[column - 1]): column = characters.count
        case "\"", "'":
          if atTokenStart {
            quote = character
            isPlain = false
          }
          atTokenStart = false
        case "[", "{":
          if atTokenStart || flowDepth > 0 {
            flowDepth += 1
            nodes += 1
            (atTokenStart, isPlain) = (true, false)
          }
        case "]", "}":
          flowDepth = max(0, flowDepth - 1)
          isPlain = false
        case "," where flowDepth > 0: (atTokenStart, isPlain) = (true, false)
        case ":" where flowDepth > 0 || isSpace(follows(1)): (atTokenStart, isPlain) = (true, false)
        case "-", "?":
          if atTokenStart, isSpace(follows(1)) {
            dashes += 1
          } else if column == 0, characters.prefix(3) == ["-", "-", "-"], isSpace(follows(3)) {
            column += 2
          } else {
            (atTokenStart, isPlain) = (false, true)
          }
        case "&", "*", "!":
          if atTokenStart { refuse(character, lineNumber, column, characters) }
          atTokenStart = false
        case "<" where atTokenStart && follows(1) == "<":
          refuse(character, lineNumber, column, characters)
          atTokenStart = false
        case "|", ">":
          if atTokenStart, flowDepth == 0 { blockScalarIndent = indent }
          atTokenStart = false
        default:
          if atTokenStart {
            nodes += 1
            isPlain = true
          }
          atTokenStart = false
        }
      }
      if !isBlank, plainIndent == nil || indent <= (plainIndent ?? 0) || !isPlain {
        plainIndent = isPlain && flowDepth == 0 && blockScalarIndent == nil ? indent : nil
      }
      if flowDepth == 0, !isBlank {
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

  /// Refuses a text in which a name follows both an `&` and a `*`, in or out of quotation marks: no
  /// trick with quotes may lead the scan past an alias, because a parser would run for minutes.
  private mutating func refuseAliases() {
    var marks: [(name: String, sign: Character, line: Int, column: Int, characters: [Character])] =
      []
    for (index, line) in source.lines
      .enumerated() where line.utf8.contains(where: { $0 == 0x26 || $0 == 0x2a })
    {
      let characters = Array(line)
      for (column, sign) in characters.enumerated() where sign == "&" || sign == "*" {
        if column > 0, !" \t,[{:-?".contains(characters[column - 1]) { continue }
        let name = String(characters[(column + 1)...].prefix { !" \t,[]{}\r".contains($0) })
        if !name.isEmpty { marks.append((name, sign, index + 1, column, characters)) }
      }
    }
    let anchors = Set(marks.filter { $0.sign == "&" }.map(\.name))
    guard marks.contains(where: { $0.sign == "*" && anchors.contains($0.name) }) else { return }
    for mark in marks.filter({ anchors.contains($0.name) }).prefix(DiagnosticList.limit) {
      refuse(mark.sign, mark.line, mark.column, mark.characters)
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
