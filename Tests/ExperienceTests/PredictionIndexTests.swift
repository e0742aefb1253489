import Experience
import Foundation
import Testing

@Suite("Prediction index")
struct PredictionIndexTests {
  static let text = """
    {"schema":"prediction/1","id":"a","model":"m","track":"t","attempt":3,"answer":{"p":0.5}}

    {"id":"b","raw":"I say {\\"p\\": 0.25}"}
    {"id":"é","answer":{"value":"NaN"},"trace":"one\\ntwo"}
    """

  /// An index of lines that stand in memory.
  static func index(_ text: String) throws -> (PredictionIndex, (Int) -> [UInt8]) {
    let bytes = Array(text.utf8)
    func line(_ offset: Int) -> [UInt8] { Array(bytes[offset...].prefix { $0 != 0x0a }) }
    var index = PredictionIndex(path: "p.jsonl")
    var offset = 0
    while offset < bytes.count {
      let part = line(offset)
      try index.add(
        part, at: offset, isClosed: offset + part.count < bytes.count, again: line)
      offset += part.count + 1
    }
    return (index, line)
  }

  // The reader of whole files is the oracle. Fails if a line is attributed to another question, or the
  // file's model, track or attempts are not those of its predictions.
  @Test("finds what the reader of whole files reads")
  func same() throws {
    let whole = try PredictionReader(path: "p.jsonl").accepted(PredictionIndexTests.text)
    let (index, line) = try PredictionIndexTests.index(PredictionIndexTests.text)
    #expect(index.count == whole.count && index.refusals.isEmpty)
    for prediction in whole {
      #expect(try index.prediction(prediction.id, again: line) == prediction)
    }
    // the same letter in two forms is one id, as everywhere
    #expect(try index.prediction("e\u{301}", again: line)?.line == 4)
    #expect(try index.prediction("c", again: line) == nil)
    #expect(index.model == "m" && index.track == "t" && index.attempts == 3)
  }

  // Every refusal with its place, word by word. Fails if a defect passes, or is told otherwise.
  @Test(
    "refuses in the words of the reader",
    arguments: [
      "{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":\"a\"}\n", "[1]\n", "{\"id\":\"a\"", "{\"id\":7}",
      "{\"schema\":\"prediction/2\",\"id\":\"a\"}", "{\"id\":\"a\"} x", "{\"id\":\"\"}\nnull\n",
    ])
  func refuses(text: String) throws {
    let (index, _) = try PredictionIndexTests.index(text)
    #expect(!index.refusals.isEmpty)
    #expect(throws: DiagnosticList(index.refusals)) {
      try PredictionReader(path: "p.jsonl").accepted(text)
    }
  }

  // All ids with one hash: what tells them apart is the id that stands in the file. Fails if a clash is
  // taken for a second prediction, hides one, or gives the answer to another question.
  @Test("tells ids apart whose hashes clash")
  func clashes() throws {
    let text = """
      {"id":"a","answer":{"p":0.1}}
      {"id":"b","answer":{"p":0.2}}
      {"id":"c","answer":{"p":0.3}}
      {"id":"b","answer":{"p":0.4}}
      {"id":"a","answer":{"p":0.5}}

      """
    let bytes = Array(text.utf8)
    func line(_ offset: Int) -> [UInt8] { Array(bytes[offset...].prefix { $0 != 0x0a }) }
    var index = PredictionIndex(path: "p.jsonl") { _ in 7 }
    var offset = 0
    while offset < bytes.count {
      let part = line(offset)
      try index.add(part, at: offset, isClosed: true, again: line)
      offset += part.count + 1
    }
    #expect(index.count == 3)
    for (id, p) in [("a", 0.1), ("b", 0.2), ("c", 0.3)] {
      #expect(try index.prediction(id, again: line)?.answer == .object([("p", .number(p))]))
    }
    #expect(try index.prediction("d", again: line) == nil)
    let whole = #expect(throws: DiagnosticList.self) {
      try PredictionReader(path: "p.jsonl").accepted(text)
    }
    #expect(DiagnosticList(index.refusals) == whole && index.refusals.count == 2)
  }
}
