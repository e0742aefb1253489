import Experience
import Foundation
import Testing

@testable import Scoring

@Suite("Trace parser")
struct TraceParserTests {
  // Fails if a line that the published examples use is not in the grammar.
  @Test("reads every line of the worked traces and of the record examples")
  func worked() {
    let records = [
      "given: h = 1 m", "v_impact = 4.43 m/s @ contact#1", "because: free-fall h = 1 m",
      "answer: impact_speed = v_impact", "given: h = 1 m, e = 0.80 sd 0.01",
      "so: apex_height = h * e^6 = 0.262 m @ apex#3", "answer: apex_height > 0.26 m",
    ]
    for line in WorkedTrace.all.flatMap(\.trace) + records {
      #expect(TraceParser.parse(line) != nil, "\(line)")
    }
  }

  // Fails if a form is dropped, a unit or spread is not converted, or a part goes to another field.
  @Test("reads every form")
  func forms() throws {
    let speed = try Unit.parse("m/s")
    #expect(TraceParser.parse("assume: no drag // thin air") == .assume(mechanism: "drag"))
    #expect(
      TraceParser.parse("v<=36 km/h@contact#2(ball, floor-2)")
        == .claim(
          name: "v",
          .bound(.lessOrEqual, TraceQuantity(value: 10, unit: try Unit.parse("km/h"))),
          .event(TraceEvent(kind: "contact", ordinal: 2, bodies: ["ball", "floor-2"]))))
    #expect(
      TraceParser.parse("v in [4, 5] m/s @ t=0.5 s")
        == .claim(name: "v", .range(low: 4, high: 5, speed), .time(0.5)))
    #expect(
      TraceParser.parse("\tv = 4 m/s @ start ")
        == .claim(name: "v", .value(TraceQuantity(value: 4, unit: speed)), .start))
    #expect(
      TraceParser.parse("order: contact#1 < apex#1 < contact#2")
        == .order([
          TraceEvent(kind: "contact", ordinal: 1), TraceEvent(kind: "apex", ordinal: 1),
          TraceEvent(kind: "contact", ordinal: 2),
        ]))
    #expect(
      TraceParser.parse("never: lift-off#1")
        == .occurs(TraceEvent(kind: "lift-off", ordinal: 1), happens: false))
    #expect(TraceParser.parse("because: coulomb") == .because(law: "coulomb", []))
    guard case .given(let bindings)? = TraceParser.parse("given: h = 1 m ± 5 mm, e = 0.8 sd 2 %")
    else {
      Issue.record("the given line was not read")
      return
    }
    // a uniform half-width of 5 mm has the standard deviation 5/√3 mm
    #expect(abs(bindings[0].quantity.sd - 0.005 / 3.0.squareRoot()) < 1e-18)
    #expect(abs(bindings[1].quantity.sd - 0.016) < 1e-17)
    #expect(abs(bindings[0].quantity.value - 1) < 1e-15)
  }

  // Fails if something outside the grammar is read as something else.
  @Test(
    "refuses what is not in the grammar",
    arguments: [
      "", "   ", "// only a remark", "so", "so: v = 4 m/s", "so: v = h = g = 4 m/s", "v 4 m/s",
      "v = 4,4 m/s", "v = 4.4 furlong", "v = NaN", "v = 1e400 m", "v = 4 m/s @", "v = 4 m/s @ hit",
      "v = 4 m/s @ contact#0", "v = 4 m/s @ contact#1.5", "v = 4 m/s @ t=3 m", "2v = 4 m/s",
      "given:", "given: h", "given: h = 1 m,", "assume: drag", "assume: nodrag", "assume: no",
      "order: contact#1", "order: contact#1 < ", "occurs: contact", "answer: h", "answer: h > ",
      "answer: h = 1 = 2", "answer: = h", "because:", "because: free-fall h", "v in [5, 4] m/s",
      "v in [4] m/s", "v in 4, 5", "so: v = sqrt( = 4 m/s", "v = 4 m/s ± -1 m/s", "v = 1 m ± 1 s",
      "v = 1 m sd 1 s", "v = 1 m sd -1 mm", "v == 4 m/s", "v => 4 m/s", "ignore: all rules",
      "occurs: contact#99999999999999999999",
    ])
  func refuses(_ line: String) { #expect(TraceParser.parse(line) == nil) }

  @Test("reads 200 characters, not 201")
  func length() {
    let line = "v = 4 m/s // " + String(repeating: "x", count: 187)
    #expect(TraceParser.parse(line) != nil)
    #expect(TraceParser.parse(line + "x") == nil)
    #expect(TraceParser.parse("v = 4 m/s // " + String(repeating: "é", count: 187)) != nil)
  }

  // 40 lines are read, 41 are not; a million lines cost no more than looking at their number.
  @Test("refuses a trace that is too long, quickly")
  func million() throws {
    #expect(Trace(Array(repeating: "v = 1 m", count: 40)).lines.count == 40)
    #expect(Trace(Array(repeating: "v = 1 m", count: 41)).isTooLong)
    let head = #"{"schema":"prediction/1","id":"a","answer":{"p":0.5},"trace":"#
    var bytes = Array((head + #"["v = 1 m""#).utf8)
    for _ in 1..<1_000_000 { bytes += Array(#","v = 1 m""#.utf8) }
    bytes += Array("]}\n".utf8)
    let clock = ContinuousClock()
    let start = clock.now
    let predictions = try PredictionReader(path: "p").accepted(bytes)
    let read = Trace(predictions[0].trace ?? [])
    #expect(read.isTooLong && read.lines.isEmpty)
    #expect(predictions[0].trace?.count == 41)
    // 10 MB of JSON: the reading dominates; 20 s would be a thousand times the cost of a line
    #expect(clock.now - start < .seconds(20))
    let joined = String(repeating: "v = 1 m\\n", count: 100_000)
    let text = head + "\"" + joined + "\"}\n"
    #expect(Trace(try PredictionReader(path: "p").accepted(text)[0].trace ?? []).isTooLong)
  }

  // 100,000 lines of the grammar's own words in random order, and of random bytes. Fails by trapping.
  @Test("does not trap on random lines")
  func random() {
    let words = [
      "given:", "assume:", "so:", "because:", "order:", "occurs:", "never:", "answer:", "no", "in",
      "h", "e", "impact_speed", "E_lost", "=", "<", "<=", ">", ">=", "±", "+/-", "sd", "@",
      "start", "end", "t=", "contact#1", "apex#", "#2", "(", ")", "[", "]", ",", "+", "-", "*",
      "/", "^", "//", "sqrt", "min", "1", "2.5", "1e308", "-3", "1e-400", "m", "m/s", "%", "kg.m^2",
      "degC", "free-fall", "restitution-energy", " ", "\t", "é", "\u{0}", "🙂", "_", ".",
    ]
    var random = SplitMix64(seed: 8)
    var read = 0
    for _ in 0..<60_000 {
      let count = Int.random(in: 0...12, using: &random)
      let line = (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &random)] }
        .joined(separator: Bool.random(using: &random) ? " " : "")
      if TraceParser.parse(line) != nil { read += 1 }
    }
    // some random lines are in the grammar; with none the words would be wrong
    #expect(read > 0)
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...220, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      _ = TraceParser.parse(String(decoding: bytes, as: UTF8.self))
    }
    // worked lines with one character changed, dropped or doubled
    let lines = WorkedTrace.all.flatMap(\.trace)
    for _ in 0..<20_000 {
      var line = Array(lines[Int.random(in: 0..<lines.count, using: &random)])
      let place = Int.random(in: 0..<line.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: line.remove(at: place)
      case 1: line.insert(line[place], at: place)
      default:
        line[place] = Character(UnicodeScalar(UInt8.random(in: 32...126, using: &random)))
      }
      _ = TraceParser.parse(String(line))
    }
  }

  // Random traces through the checker: no combination of lines may trap or give a value outside [0, 1].
  @Test("does not trap on random traces")
  func randomTraces() throws {
    var random = SplitMix64(seed: 9)
    let lines =
      WorkedTrace.all.flatMap(\.trace) + [
        "assume: no drag", "order: contact#1 < apex#1", "never: break#1", "occurs: contact#3",
        "so: h = h / 0 = 1 m", "so: e = e^e^e^e = 0.8", "given: e = 1e308", "g = 9.8 m/s^2",
        "so: E_lost = impact_speed - E_lost = 1 @ contact#1", "answer: E_lost > 0.3",
        "rebound_height in [0.6, 0.7] m", "impact_speed < 5 m/s @ contact#1", "x = 1 @ end",
      ]
    for number in 0..<2_000 {
      let worked = WorkedTrace.all[number % WorkedTrace.all.count]
      let trace = Trace(
        (0..<Int.random(in: 0...12, using: &random)).map { _ in
          lines[Int.random(in: 0..<lines.count, using: &random)]
        })
      let checker = TraceChecker(
        subject: .init(outcome: worked.outcome.name, unit: try Unit.parse(worked.outcome.unit)),
        truth: worked.truth, calibration: [worked.truth], laws: try TraceLaws())
      let score = TraceScore(
        trace, by: checker, normalised: 0, answer: worked.outcome.final, loss: worked.loss)
      #expect((0...1).contains(score.share ?? 0))
      #expect((0...1).contains(score.coherence?.score ?? 0))
      #expect(score.claims.count == trace.lines.count)
      _ = try JSON.parse(score.json.line)
    }
  }
}
