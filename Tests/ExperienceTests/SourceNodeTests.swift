import Experience
import Foundation
import Testing

private final class Box<Value>: @unchecked Sendable { var value: Value? }

/// Runs a reader on a thread with the 512 KiB stack of a secondary thread.
func onSmallStack<Value: Sendable>(_ work: @escaping @Sendable () -> Value) -> Value? {
  let (box, done) = (Box<Value>(), DispatchSemaphore(value: 0))
  let thread = Thread {
    box.value = work()
    done.signal()
  }
  thread.stackSize = 512 << 10
  thread.start()
  done.wait()
  return box.value
}

@Suite("YAML tree")
struct SourceNodeTests {
  /// Code, line and column of what stops a text, or nil.
  func refusal(_ text: String) -> [Diagnostic]? {
    onSmallStack {
      do throws(DiagnosticList) {
        _ = try SourceNode.parse(SourceText(path: "t.yaml", text: text))
        return nil
      } catch { return error.diagnostics }
    } ?? nil
  }

  func expect(
    _ text: String, _ code: String, _ line: Int?, _ column: Int?,
    location: SourceLocation = #_sourceLocation
  ) {
    guard let first = refusal(text)?.first else {
      Issue.record("was read", sourceLocation: location)
      return
    }
    #expect(first.code == code, "\(first)", sourceLocation: location)
    #expect(first.mark?.line == line, "\(first)", sourceLocation: location)
    #expect(first.mark?.column == column, "\(first)", sourceLocation: location)
  }

  // Fails if a node loses its place, or the tree its order.
  @Test("keeps order and places")
  func tree() throws {
    let text = "b: 1 ± 2\n\n# note\na:\n  - x\n  - \"é y\"\n  - {k: 'v'}\n"
    let tree = try SourceNode.parse(SourceText(path: "", text: text))
    guard case .mapping(let pairs) = tree.content else { Issue.record("no mapping"); return }
    #expect(pairs.map { $0.key.scalar } == ["b", "a"])
    #expect(pairs[0].value.mark == SourceMark(line: 1, column: 4, length: 5))
    guard case .sequence(let items) = pairs[1].value.content else {
      Issue.record("no list"); return
    }
    #expect(items.map(\.mark.line) == [5, 6, 7] && items.map(\.mark.column) == [5, 5, 5])
    #expect(items[1].scalar == "é y" && items[1].mark.length == 5)
  }

  // Fails if a file without a value is read as an empty scene.
  @Test(
    "refuses empty files", arguments: ["", "\n\n", "# only\n# comments\n", "---\n", "---\n...\n"])
  func empty(text: String) {
    let first = refusal(text)?.first
    #expect(first?.code == "S014" && first?.help != nil)
  }

  // Each feature with its place. Fails if one gets through, or is found inside a text.
  @Test(
    "refuses features that hide meaning",
    arguments: [
      ("a: &x 1", 4), ("a: *x", 4), ("a: !!str 1", 4), ("a: !t {}", 4), ("<<: {a: 1}", 1),
      ("{a: 1, b: &x 2}", 11), ("[*a]", 2), ("- &x 1", 3), ("? &x a\n: 1", 3), ("--- &x\na: 1", 5),
      ("{\"a\":&x 1}", 6), ("a: 'it''s'\n", nil), ("a: x & y", nil), ("a: 2*3", nil),
      ("a: \"&x\"", nil),
      ("a: b, *very* c", nil), ("a: 1 # &x", nil), ("a: |\n  &x\n  *y\nb: 1", nil),
      ("a: x:&y", nil),
      ("a: 'x'': &y'", nil), ("a: 5 m/s!", nil), ("a: that's, \"quoted\"", nil),
    ] as [(String, Int?)])
  func features(text: String, column: Int?) {
    guard let column else {
      #expect(refusal(text) == nil)
      return
    }
    expect(text, "S002", 1, column)
  }

  // Nine levels of ten aliases are a billion nodes. Fails (runs for minutes) if the prescan can be
  // led to take the rest of the file for a quoted text, or if the tree is expanded before a check.
  @Test(
    "refuses alias bombs, also behind a quotation mark that opens nothing",
    .timeLimit(.minutes(1)),
    arguments: [
      "", "about: a, \"b\n", "about: it's, 'tis\n", "about: a\n  \"b\n", "about: b:\"c\n",
      "about: a, |\n", "- a: |\n    b\n", "about: \"it's\"\n",
    ])
  func aliasBomb(head: String) {
    for isKey in [false, true] {
      var text = head + "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
      for level in 1...9 {
        let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
        text += "a\(level): &a\(level) [\(aliases)]\n"
      }
      if isKey { text += "? *a9\n: 1\n" }
      let first = refusal(text)?.first
      #expect(first != nil && ["S001", "S002"].contains(first?.code))
      if head.isEmpty { #expect(first?.code == "S002" && first?.mark?.line == 1) }
    }
  }

  // Every line break of YAML 1.1. Fails if one of them hides an alias from the scan.
  @Test(
    "finds features behind any line break", .timeLimit(.minutes(1)),
    arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"])
  func lineBreaks(lineBreak: String) {
    for text in [
      "a: 1|b: &x 2", "a: [1,|&x 2]", "a: \"1|\"|b: &x 2", "a: |&x|  b", "a: b|c: &x 'd|'",
    ] {
      let first = refusal(text.replacing("|", with: lineBreak))?.first
      #expect(first?.code == "S002", "\(text)")
    }
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]|"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: "|,|")
      bomb += "a\(level): &a\(level) [|\(aliases)]|"
    }
    #expect(refusal((bomb + "? *a9|: 1").replacing("|", with: lineBreak))?.isEmpty == false)
  }

  // Fails (crashes) if depth is found by recursing: flow, block, compact lists and complex keys.
  @Test(
    "refuses 10,000 levels",
    arguments: [
      String(repeating: "[", count: 10_000), String(repeating: "{a: ", count: 10_000),
      String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000),
      String(repeating: "- ", count: 10_000) + "a", String(repeating: "? ", count: 10_000) + "a",
      (0..<1400).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
      "x: a\n  \"b\ny: " + String(repeating: "[", count: 10_000),
    ])
  func depth(text: String) {
    let first = refusal(text)?.first
    #expect(first?.code == "S014" || first?.code == "S001")
    #expect(first?.mark != nil)
  }

  // Fails if the limit is off by one, or a scene of usual depth is refused.
  @Test("reads 60 levels")
  func allowedDepth() {
    #expect(refusal(String(repeating: "[", count: 60) + String(repeating: "]", count: 60)) == nil)
  }

  // Fails if size is looked at after parsing: 2 MiB take a while and much memory.
  @Test("refuses files that are too large")
  func size() {
    let large = refusal("a: " + String(repeating: "x", count: 2 << 20))?.first
    #expect(large?.code == "S014" && large?.message.contains("1 MiB") == true)
    let many = refusal("a: [" + String(repeating: "1, ", count: 110_000) + "1]")?.first
    #expect(many?.code == "S014" && many?.message.contains("100000 values") == true)
  }

  // Fails if the place of a syntax error is lost on the way.
  @Test("names the place of broken YAML")
  func syntax() {
    expect("a: 1\nb: [1, 2\nc: 3\n", "S001", 3, 2)
    expect("a: 1\n\tb: 2\n", "S001", 2, 1)
    expect("a: \"open\n", "S001", 2, 1)
    expect("a: 1\na: 2\n", "S001", 1, 1)
    expect("a: b: c\n", "S001", 1, 5)
  }

  // Fails if a second document is dropped silently, or bytes that are no text crash.
  @Test("refuses several documents and control characters")
  func strange() {
    #expect(refusal("a: 1\n---\nb: 2\n")?.first?.code == "S001")
    #expect(refusal("a: \u{0}b\n")?.first?.code == "S001")
    #expect(refusal("%YAML 3.0\n---\na: 1\n")?.first?.code == "S001")
    #expect(refusal("a: \u{7}\n")?.first?.code == "S001")
  }
}
