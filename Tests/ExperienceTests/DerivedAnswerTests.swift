import Experience
import Testing

@Suite("Answers about classes, orders and series")
struct DerivedAnswerTests {
  private static func question(
    _ type: QuestionType, _ rule: Rule, _ derivation: Derivation?, levels: [Double] = [],
    unit: String = "1", dimension: [Int] = [0, 0, 0, 0, 0, 0, 0]
  ) -> Question {
    Question(
      id: "t/1.0.0/000001/q", instance: "t/1.0.0/000001", template: "t@1.0.0", slot: "q",
      type: type, rule: rule, levels: levels, prompt: "", scene: .null,
      quantity: AnswerQuantity(name: "q", unit: unit, dimension: dimension, support: 0...1e6),
      consequence: 1, split: "public", canary: "", derivation: derivation)
  }

  private static let fate = question(
    .category, .brier,
    .classes(
      criteria: [
        Criterion(event: "tips", happens: true, source: "tips"),
        Criterion(event: "moves", happens: true, source: "moves"),
      ], labels: ["tips", "moves", "stays"], isOrdered: false))
  private static let order = question(.ordering, .pairs, .ordering(items: ["a", "b", "c"]))
  private static let path = question(
    .series, .wis, .series(items: ["a", "b"], times: []), levels: [0.1, 0.9], unit: "m",
    dimension: [1, 0, 0, 0, 0, 0, 0])
  private static let width = question(
    .interval, .interval, nil, levels: [0.05, 0.95], unit: "m",
    dimension: [1, 0, 0, 0, 0, 0, 0])

  // Fails if a class is guessed, a sum is mended silently, or a pair may stand in both directions.
  @Test(
    "gives one reason for each defect",
    arguments: [
      (fate, #"{"probs":{"tips":0.5,"moves":0.5}}"#, "missing"),
      (fate, #"{"probs":{"tips":0.5,"moves":0.5,"stays":0.1}}"#, "probability"),
      (fate, #"{"probs":{"tips":0.5,"moves":0.5,"flies":0}}"#, "form"),
      (fate, #"{"probs":{"tips":1.5,"moves":-0.5,"stays":0}}"#, "probability"),
      (fate, #"{"probs":{"tips":NaN,"moves":0.5,"stays":0.5}}"#, "nonfinite"),
      (fate, #"{"p":0.5}"#, "form"), (fate, #"{"probs":[0.5,0.5,0]}"#, "form"),
      (order, #"{"order":["a","b"]}"#, "missing"), (order, #"{"order":["a","b","b"]}"#, "missing"),
      (order, #"{"order":["a","b","c","d"]}"#, "form"),
      (order, #"{"pairs":{"a<b":0.5,"a<c":0.5}}"#, "missing"),
      (order, #"{"pairs":{"a<b":0.5,"b<a":0.5,"a<c":0.5,"b<c":1}}"#, "form"),
      (order, #"{"pairs":{"a<b":2,"a<c":0.5,"b<c":1}}"#, "probability"),
      (path, #"{"values":[1],"unit":"m"}"#, "missing"),
      (path, #"{"values":[1,2]}"#, "unit-missing"),
      (path, #"{"quantiles":{"0.1":[1,2]},"unit":"m"}"#, "missing"),
      (path, #"{"quantiles":{"0.1":[1,2],"0.9":[0.5,3]},"unit":"m"}"#, "crossing"),
      (path, #"{"paths":[[1,2],[1,1e400]],"unit":"m"}"#, "nonfinite"),
      (width, #"{"low":2,"high":1,"unit":"m"}"#, "crossing"),
      (width, #"{"low":1,"unit":"m"}"#, "missing"), (width, #"{"value":1,"unit":"m"}"#, "form"),
      (width, #"{"low":1,"high":2,"unit":"s"}"#, "dimension"),
    ])
  func reasons(question: Question, answer: String, reason: String) throws {
    let reading = try PredictionReaderTests.read(answer, question)
    #expect(reading.reason?.rawValue == reason)
    #expect(reading.answer == nil)
  }

  // Fails if units are not converted inside lists, or a mirrored pair is not turned round.
  @Test("reads every form")
  func forms() throws {
    func read(_ answer: String, _ question: Question) throws -> Answer? {
      try PredictionReaderTests.read(answer, question).answer
    }
    #expect(
      try read(#"{"probs":{"stays":0.25,"tips":0.5,"moves":0.25}}"#, DerivedAnswerTests.fate)
        == .probabilities([0.5, 0.25, 0.25]))
    #expect(
      try read(#"{"order":["c","a","b"]}"#, DerivedAnswerTests.order) == .pairs([1, 0, 0]))
    #expect(
      try read(#"{"pairs":{"a<b":0.75,"c<a":0.25,"b<c":1}}"#, DerivedAnswerTests.order)
        == .pairs([0.75, 0.75, 1]))
    #expect(
      try read(#"{"values":[100,200],"unit":"cm"}"#, DerivedAnswerTests.path) == .paths([[1, 2]]))
    #expect(
      try read(#"{"quantiles":{"0.1":[1,2],"0.9":[1,3]},"unit":"m"}"#, DerivedAnswerTests.path)
        == .bands([[1, 2], [1, 3]]))
    #expect(
      try read(#"{"low":50,"high":150,"unit":"cm"}"#, DerivedAnswerTests.width)
        == .quantiles([0.5, 1.5]))
  }
}
