// Reads a prediction file: JSON Lines of `prediction/1`.
//
// Two uses     `read` reports every defect, for `check`; `accepted` refuses only what cannot be
//              attributed to a question (no readable, unique id, or a newer format), for `score`:
//              any other defect costs its own answer, never the file.
// Cost         one pass over the bytes; lines are parsed where they stand.
// Checked by   PredictionReaderTests.

/// What a prediction file holds, and what is wrong with it.
public struct PredictionFile: Sendable {
  /// In file order; only lines with a readable id that no line before has.
  public var predictions: [Prediction] = []
  /// In file order.
  public var diagnostics: [Diagnostic] = []
  /// Those that prevent scoring altogether.
  public var refusals: [Diagnostic] = []
}

public struct PredictionReader: Sendable {
  /// As given on the command line, for messages.
  public let path: String
  private let questions: [String: Question]?
  private let asked: [String]

  /// - Parameter questions: what the file answers; `nil` checks the structure alone.
  public init(path: String, questions: [Question]? = nil) {
    self.path = path
    self.questions = questions.map { list in
      Dictionary(list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
    asked = (questions ?? []).map(\.id)
  }

  /// Every prediction and every defect.
  public func read(_ bytes: [UInt8]) -> PredictionFile { read(bytes, isThorough: true) }

  public func read(_ text: String) -> PredictionFile { read(Array(text.utf8)) }

  /// The predictions for scoring.
  /// - Throws: the lines that cannot be attributed to a question.
  public func accepted(_ bytes: [UInt8]) throws(DiagnosticList) -> [Prediction] {
    let file = read(bytes, isThorough: false)
    guard file.refusals.isEmpty else { throw DiagnosticList(file.refusals) }
    return file.predictions
  }

  public func accepted(_ text: String) throws(DiagnosticList) -> [Prediction] {
    try accepted(Array(text.utf8))
  }

  private func read(_ bytes: [UInt8], isThorough: Bool) -> PredictionFile {
    var file = PredictionFile()
    var lineOfID: [String: Int] = [:]
    var number = 0
    // some editors put a byte order mark in front
    var start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
      number += 1
      let line = PredictionLine(
        bytes: Array(bytes[start..<end]), number: number, path: path,
        isClosed: end < bytes.count)
      start = end + 1
      if line.isBlank { continue }
      guard let json = line.parse(into: &file),
        let prediction = line.prediction(json, earlier: { lineOfID[$0] }, into: &file)
      else { continue }
      lineOfID[prediction.id] = number
      file.predictions.append(prediction)
      if isThorough { check(prediction, json, line, into: &file) }
    }
    if isThorough { checkWhole(lineOfID, into: &file) }
    return file
  }

  private func check(
    _ prediction: Prediction, _ json: JSON, _ line: PredictionLine,
    into file: inout PredictionFile
  ) {
    line.checkEnvelope(json, into: &file)
    let question = questions?[prediction.id]
    if questions != nil, question == nil {
      let near = asked.count <= 10_000 ? Spelling.nearest(to: prediction.id, among: asked) : nil
      file.diagnostics.append(
        line.diagnostic(
          "P005", "no question has the id `\(prediction.id)`", key: "id",
          label: near.map { "did you mean `\($0)`?" } ?? "unknown id",
          help: "ids stand in questions.jsonl"))
      return
    }
    let reading = Answer.read(prediction, for: question)
    for problem in reading.problems {
      file.diagnostics.append(
        line.diagnostic(
          PredictionReader.code(of: problem.reason, isWhole: problem.key.isEmpty), problem.message,
          key: problem.key, after: problem.key == "raw" ? nil : "answer", label: problem.label,
          help: problem.help))
    }
    for key in reading.unknownKeys {
      file.diagnostics.append(
        line.diagnostic(
          "P007", "nothing reads the key `\(key)` of the answer", key: key,
          after: "answer", label: "ignored", as: .warning))
    }
    if case .handoff(let reason) = reading.answer, !Answer.handoffReasons.contains(reason) {
      file.diagnostics.append(
        line.diagnostic(
          "P007", "unusual reason `\(reason)` for a handoff", key: "reason",
          after: "answer", label: "usual: \(Answer.handoffReasons.joined(separator: ", "))",
          as: .warning))
    }
  }

  private func checkWhole(_ lineOfID: [String: Int], into file: inout PredictionFile) {
    if file.predictions.isEmpty, file.diagnostics.isEmpty {
      file.diagnostics.append(
        Diagnostic(
          .warning, code: "P018", message: "the file holds no prediction", path: path,
          help: "every question without a prediction is scored as INVALID(missing)"))
    }
    let open = asked.filter { lineOfID[$0] == nil }
    if let first = open.first, !file.predictions.isEmpty {
      file.diagnostics.append(
        Diagnostic(
          .warning, code: "P019",
          message: "\(open.count) of \(asked.count) questions have no prediction", path: path,
          help: "the first is \(first); each is scored as INVALID(missing)"))
    }
  }

  private static func code(of reason: InvalidReason, isWhole: Bool) -> String {
    switch reason {
    case .unparseable: "P017"
    case .form: "P009"
    case .missing: isWhole ? "P008" : "P010"
    case .nonfinite: "P011"
    case .unitMissing: "P012"
    case .unitUnknown: "P013"
    case .dimension: "P014"
    case .crossing: "P015"
    case .probability: "P016"
    }
  }
}

extension PredictionReader {
  /// The codes of this reader, for `plumbline explain`.
  public static let explanations: [(code: String, title: String, text: String)] = [
    (
      "P001", "line is no JSON object",
      "Each line of a prediction file is one JSON object. `score` refuses the file, because the "
        + "line cannot be attributed to a question."
    ),
    (
      "P002", "last line cut off",
      "The last line has no line feed and ends inside its JSON object: the writer was stopped. "
        + "Write that prediction again, or delete the line; the question then counts as missing."
    ),
    ("P003", "no id", "`id` is the id of a question, as in questions.jsonl; a text."),
    (
      "P004", "id stands twice",
      "One line a question. Which of two answers would count must not depend on their order, so "
        + "`score` refuses the file."
    ),
    (
      "P005", "unknown id",
      "No question of the data set has this id. `score` ignores the line, and the question that "
        + "was meant counts as missing."
    ),
    (
      "P006", "schema",
      "`schema` must be `prediction/1`. A newer format is refused, because its answers could mean "
        + "something else; a missing `schema` is read as prediction/1."
    ),
    (
      "P007", "nothing reads this",
      "A key or word outside the format. It is ignored, so a misspelt key loses what it says. `_` "
        + "may stand for `-`."
    ),
    (
      "P008", "no answer",
      "Neither `answer` nor `raw` holds a JSON object. Scored as INVALID(missing)."
    ),
    (
      "P009", "wrong form",
      "The question reads other forms: event {\"p\"}; rule crps {\"value\"}, {\"value\", \"sd\"}, "
        + "{\"values\"}; rule wis these and {\"quantiles\"}. Scored as INVALID(form)."
    ),
    (
      "P010", "incomplete answer",
      "A field or a quantile that the question asks for is absent. Scored as INVALID(missing)."
    ),
    (
      "P011", "not finite",
      "NaN, infinity, or a number too large for a double. Scored as INVALID(nonfinite), which "
        + "costs more than the widest honest answer."
    ),
    (
      "P012", "no unit",
      "A dimensional or angular question needs a `unit` beside the number. Scored as "
        + "INVALID(unit-missing)."
    ),
    (
      "P013", "unknown unit",
      "The unit is not in the table of `plumbline list units`. Scored as INVALID(unit-unknown)."
    ),
    (
      "P014", "wrong dimension",
      "The unit measures something else, such as cSt where Pa.s is asked. Scored as "
        + "INVALID(dimension)."
    ),
    (
      "P015", "crossing",
      "Quantiles must not decrease with their level, and a standard deviation is not negative. "
        + "Scored as INVALID(crossing)."
    ),
    (
      "P016", "no probability",
      "A probability lies in [0, 1]; 55 % is 0.55. Scored as INVALID(probability)."
    ),
    (
      "P017", "no number, or no object",
      "A number is `[+-]digits[.digits][e[+-]digits]` with a decimal point, as a JSON number or as "
        + "text, without its unit. Scored as INVALID(unparseable)."
    ),
    ("P018", "empty file", "Every question without a prediction counts as INVALID(missing)."),
    (
      "P019", "questions without a prediction",
      "They stay in every mean as INVALID(missing). To decline, write {\"handoff\": true, "
        + "\"reason\": \"low-confidence\"}: that costs what climatology costs."
    ),
  ]
}
