import Experience
import Foundation
import Testing

@Suite("Prediction reader")
struct PredictionReaderTests {
  static let dimensions: [String: [Int]] = [
    "m": [1, 0, 0, 0, 0, 0, 0], "m/s": [1, 0, -1, 0, 0, 0, 0], "m/s^2": [1, 0, -2, 0, 0, 0, 0],
    "Pa.s": [-1, 1, -1, 0, 0, 0, 0], "1": [0, 0, 0, 0, 0, 0, 0], "degC": [0, 0, 0, 0, 1, 0, 0],
    "deg": [0, 0, 0, 0, 0, 0, 0], "%": [0, 0, 0, 0, 0, 0, 0],
  ]

  static func question(
    _ rule: Rule, unit: String = "m/s", id: String = "t/1.0.0/000001/q"
  ) -> Question {
    Question(
      id: id, instance: "t/1.0.0/000001", template: "t@1.0.0", slot: "q",
      type: rule == .brier ? .event : .scalar, rule: rule,
      levels: rule == .wis ? [0.05, 0.25, 0.5, 0.75, 0.95] : [], prompt: "", scene: .null,
      quantity: AnswerQuantity(
        name: "q", unit: rule == .brier ? "1" : unit,
        dimension: dimensions[rule == .brier ? "1" : unit] ?? [], support: 0...1e6),
      consequence: 2, split: "public", canary: "")
  }

  /// The answer text as a line for a question, read for scoring.
  static func read(_ answer: String, _ question: Question) throws -> Answer.Reading {
    let line = #"{"schema":"prediction/1","id":"\#(question.id)","answer":\#(answer)}"#
    let predictions = try PredictionReader(path: "p").accepted(line + "\n")
    return Answer.read(try #require(predictions.first), for: question)
  }

  // Worked example `units.invalid` of the scoring method: number, unit, unit of the question.
  // Fails if a missing unit is guessed, a comma is read, or cSt passes for Pa.s.
  @Test(
    "gives the worked reasons",
    arguments: [
      ("1.2", "s", "m", "dimension"), ("9.81", "", "m/s^2", "unit-missing"),
      ("5", "cSt", "Pa.s", "dimension"), ("NaN", "m", "m", "nonfinite"),
      ("1e400", "m", "m", "nonfinite"), ("0.5", "", "1", "ok"), ("50", "%", "1", "ok"),
      ("2,5", "m", "m", "unparseable"),
    ])
  func workedReasons(number: String, unit: String, asked: String, status: String) throws {
    let question = PredictionReaderTests.question(.crps, unit: asked)
    for value in ["\"\(number)\"", number.contains(",") ? "\"2,5\"" : number] {
      let reading = try PredictionReaderTests.read(
        #"{"value":\#(value),"unit":"\#(unit)"}"#, question)
      #expect((reading.reason?.rawValue ?? "ok") == status)
      #expect((reading.answer == nil) == (status != "ok"))
    }
  }

  // Each form, reason by reason; where several apply the first of the table wins.
  @Test(
    "gives one reason for each defect",
    arguments: [
      (Rule.brier, #"{"p":1.2}"#, "probability"), (.brier, #"{"p":"0.2 "}"#, "unparseable"),
      (.brier, #"{"value":0.2}"#, "form"), (.brier, "{}", "missing"), (.brier, "null", "missing"),
      (.brier, "[0.5]", "unparseable"), (.brier, #"{"p":NaN}"#, "nonfinite"),
      (.brier, #"{"p":0.5,"unit":"m"}"#, "dimension"),
      (.crps, #"{"quantiles":{"0.5":1},"unit":"m/s"}"#, "form"),
      (.crps, #"{"value":1,"sd":-1,"unit":"m/s"}"#, "crossing"),
      (.crps, #"{"value":1,"sd":Infinity,"unit":"m/s"}"#, "nonfinite"),
      (.crps, #"{"values":[],"unit":"m/s"}"#, "missing"),
      (.crps, #"{"values":[1,"x"],"unit":"m/s"}"#, "unparseable"),
      (.crps, #"{"value":1,"values":[1],"unit":"m/s"}"#, "form"),
      (.crps, #"{"value":1,"unit":"meter per s"}"#, "unit-unknown"),
      (.crps, #"{"value":1,"unit":7}"#, "unit-unknown"),
      (.crps, #"{"value":1e308,"unit":"km/s"}"#, "nonfinite"),
      (.crps, #"{"unit":"m/s"}"#, "missing"),
      (.crps, #"{"value":NaN,"unit":"parsec"}"#, "nonfinite"),
      (.wis, #"{"quantiles":{"0.05":1,"0.25":2,"0.5":3,"0.75":4},"unit":"m/s"}"#, "missing"),
      (
        .wis, #"{"quantiles":{"0.05":1,"0.25":2,"0.5":1.5,"0.75":4,"0.95":5},"unit":"m/s"}"#,
        "crossing"
      ),
      (
        .wis, #"{"quantiles":{"0.05":1,"0.25":2,"0.5":3,"0.50":3,"0.75":4,"0.95":5},"unit":"m/s"}"#,
        "form"
      ),
      (.wis, #"{"quantiles":[1,2,3,4,5],"unit":"m/s"}"#, "form"),
      (.wis, #"{"handoff":true}"#, "missing"),
      (.wis, #"{"handoff":true,"reason":"ambiguous","value":3}"#, "form"),
      (.wis, #"{"p":0.5}"#, "form"),
    ])
  func reasons(rule: Rule, answer: String, reason: String) throws {
    let reading = try PredictionReaderTests.read(answer, PredictionReaderTests.question(rule))
    #expect(reading.reason?.rawValue == reason, "\(answer)")
    #expect(reading.answer == nil)
  }

  // Units convert with factor and offset; a spread converts without the offset. Fails if an sd of
  // 2 degF becomes −16.7 degC.
  @Test("converts values and spreads")
  func converts() throws {
    let celsius = PredictionReaderTests.question(.crps, unit: "degC")
    let warm = try PredictionReaderTests.read(#"{"value":77,"sd":1.8,"unit":"degF"}"#, celsius)
    guard case .normal(let mean, let sd) = warm.answer else {
      Issue.record("\(warm)")
      return
    }
    #expect(abs(mean - 25) < 1e-12)
    #expect(abs(sd - 1) < 1e-12)
    let speed = PredictionReaderTests.question(.wis)
    let reading = try PredictionReaderTests.read(
      #"{"quantiles":{"0.05":"3.6","0.25":7.2,"0.50":7.2,"0.75":9,"9.5e-1":10.8},"unit":"km/h"}"#,
      speed)
    guard case .quantiles(let values) = reading.answer else {
      Issue.record("\(reading)")
      return
    }
    for (value, expected) in zip(values, [1, 2, 2, 2.5, 3]) {
      #expect(abs(value - expected) < 1e-12)
    }
    // per cent for a pure number, a pure number for per cent; a bare angle could be either
    let share = PredictionReaderTests.question(.crps, unit: "%")
    #expect(try PredictionReaderTests.read(#"{"value":0.5}"#, share).answer == .point(50))
    let angle = PredictionReaderTests.question(.crps, unit: "deg")
    #expect(try PredictionReaderTests.read(#"{"value":30}"#, angle).reason == .unitMissing)
  }

  // `_` for `-`, the older name of sd, and a handoff with a note.
  @Test("reads what models write")
  func spelling() throws {
    let question = PredictionReaderTests.question(.crps)
    #expect(
      try PredictionReaderTests.read(#"{"value":4,"u_std":0.1,"unit":"m/s"}"#, question).answer
        == .normal(mean: 4, sd: 0.1))
    #expect(
      try PredictionReaderTests.read(#"{"value":4,"sd":0,"unit":"m/s"}"#, question).answer
        == .point(4))
    let handoff = #"{"handoff":true,"reason":"needs-test","note":"no data"}"#
    #expect(
      try PredictionReaderTests.read(handoff, question).answer == .handoff(reason: "needs-test"))
  }

  // The first JSON object of `raw` counts where `answer` is absent, and nothing after it.
  @Test("reads the reply as it came")
  func raw() throws {
    let question = PredictionReaderTests.question(.brier)
    let id = question.id
    let text = """
      {"schema":"prediction/1","id":"\(id)","raw":"I say {\\"p\\": 0.25} or {\\"p\\": 0.9}"}
      """
    let first = try #require(try PredictionReader(path: "p").accepted(text).first)
    #expect(Answer.read(first, for: question).answer == .probability(0.25))
    let none = try #require(
      try PredictionReader(path: "p").accepted(#"{"id":"\#(id)","raw":"no idea"}"#).first)
    #expect(Answer.read(none, for: question).reason == .unparseable)
  }

  // `check` reports all defects of a file with their places. Fails if one defect hides another.
  @Test("reports every defect with its place")
  func defects() {
    let questions = [
      PredictionReaderTests.question(.brier, id: "a"),
      PredictionReaderTests.question(.wis, id: "b"),
      PredictionReaderTests.question(.crps, id: "c"),
    ]
    let text = """
      {"schema":"prediction/1","id":"a","answer":{"p":1.5},"modle":"x"}
      {"schema":"prediction/1","answer":{"p":0.5}}
      {"schema":"prediction/1","id":"a","answer":{"p":0.5}}

      {"schema":"prediction/1","id":"bb","answer":{"p":0.5}}
      {"schema":"prediction/2","id":"b","answer":{"p":0.5}}
      {"schema":"prediction/1","id":"c","answer":{"value":2,5}}
      {"id":"c","answer":{"value":"1,5","sd":"NaN","unit":"m"}}
      {"schema":"prediction/1","id":"b","answer":{"val
      """
    let file = PredictionReader(path: "p.jsonl", questions: questions).read(text)
    let found = file.diagnostics.map { "\($0.mark?.line ?? 0):\($0.code)" }
    #expect(
      found == [
        "1:P007", "1:P016", "2:P003", "3:P004", "5:P005", "6:P006", "7:P001", "8:P006", "8:P014",
        "8:P017", "8:P011", "9:P002", "0:P019",
      ])
    // the caret stands under the value: column 49 of line 1 is the 1 of 1.5
    #expect(file.diagnostics[1].mark == SourceMark(line: 1, column: 49, length: 3))
    #expect(file.diagnostics[3].message.contains("lines 1 and 3"))
    #expect(file.diagnostics[4].label == "did you mean `b`?")
    #expect(file.refusals.map(\.code) == ["P003", "P004", "P006", "P001", "P002"])
    #expect(file.predictions.map(\.id) == ["a", "bb", "c"])
  }

  // `score` refuses a file whose lines cannot be attributed; everything else is read.
  @Test("refuses only what no question owns")
  func refuses() throws {
    let reader = PredictionReader(path: "p")
    for bad in ["{\"id\":\"a\"}\n{\"id\":\"a\"}", "{\"answer\":{}}", "17\n", "{\"id\":"] {
      #expect(throws: DiagnosticList.self) { try reader.accepted(bad) }
    }
    #expect(try reader.accepted("").isEmpty)
    #expect(try reader.accepted("\u{feff}{\"id\":\"a\"}\r\n").map(\.id) == ["a"])
    #expect(reader.read("").diagnostics.map(\.code) == ["P018"])
    let odd = #"{"id":"a","answer":{"p":"many"},"attempt":1e99,"model":3}"#
    #expect(try reader.accepted(odd).first?.attempt == 1)
  }

  // Without questions the structure alone is checked: no unit can be missing, but a NaN is wrong.
  @Test("checks the structure without questions")
  func structure() {
    let reader = PredictionReader(path: "p")
    func codes(_ answer: String) -> [String] {
      let line = #"{"schema":"prediction/1","id":"a","answer":\#(answer)}"#
      return reader.read(line).diagnostics.map(\.code)
    }
    #expect(codes(#"{"value":3}"#) == [])
    #expect(codes(#"{"value":NaN}"#) == ["P011"])
    #expect(codes(#"{"value":1,"unit":"mm/z"}"#) == ["P013"])
    #expect(codes(#"{"quantiles":{"0.1":2,"0.9":1},"unit":"m"}"#) == ["P015"])
    #expect(codes(#"{"p":2}"#) == ["P016"])
    #expect(codes(#"{"qantiles":{}}"#) == ["P010", "P007"])
  }

  // Every code that the reader can give has its long text, once.
  @Test("explains every code")
  func explanations() {
    let codes = PredictionReader.explanations.map(\.code)
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
    for number in 1...19 { #expect(codes.contains(String(format: "P%03d", number))) }
  }

  // Random bytes and cut files must end in diagnostics, never in a trap.
  @Test("survives damaged files")
  func damaged() {
    var random = SplitMix64(seed: 3)
    let good = Array(
      #"{"schema":"prediction/1","id":"a","answer":{"quantiles":{"0.05":1},"unit":"m"}}"#.utf8)
    for _ in 0..<5000 {
      var bytes = good
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] =
          UInt8.random(in: 0...255, using: &random)
      }
      _ = PredictionReader(path: "p").read(bytes)
    }
    for length in 0..<good.count { _ = PredictionReader(path: "p").read(Array(good[..<length])) }
  }
}
