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
        let prediction = line.prediction(json, lineOfID: &lineOfID, into: &file)
      else { continue }
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

/// One line with its place in the file.
private struct PredictionLine {
  let bytes: [UInt8]
  let number: Int
  let path: String
  /// A line feed ends it.
  let isClosed: Bool

  var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d } }

  func parse(into file: inout PredictionFile) -> JSON? {
    do throws(JSONError) {
      var parser = JSONParser(bytes: bytes)
      let json = try parser.value(depth: 0)
      parser.skipBlanks()
      guard parser.position == bytes.count else {
        throw JSONError(offset: parser.position, message: "text after the end of the value")
      }
      if json.object != nil { return json }
      refuse("P001", "the line is \(json.kindName), not an object", range: 0..<1, into: &file)
    } catch {
      // without a line feed the writer was probably stopped in the middle
      let isTorn = !isClosed && error.offset >= bytes.count
      let range = min(error.offset, bytes.count)..<min(error.offset + 1, bytes.count)
      refuse(
        isTorn ? "P002" : "P001",
        isTorn ? "the last line is cut off" : "the line cannot be read as JSON", range: range,
        label: error.message,
        help: isTorn ? "write the last prediction again, or delete the line" : nil, into: &file)
    }
    return nil
  }

  func prediction(
    _ json: JSON, lineOfID: inout [String: Int], into file: inout PredictionFile
  ) -> Prediction? {
    if let schema = json["schema"]?.text, schema != "prediction/1" {
      refuse(
        "P006", "cannot read `\(schema)`", key: "schema", label: "this release reads prediction/1",
        into: &file)
      return nil
    }
    guard let id = json["id"]?.text, !id.isEmpty else {
      refuse(
        "P003", "the prediction has no `id`", key: json["id"] == nil ? "" : "id",
        help: "add the id of the question", into: &file)
      return nil
    }
    if let first = lineOfID[id] {
      refuse(
        "P004", "the id `\(id)` stands on lines \(first) and \(number)", key: "id",
        label: "second prediction for one question", help: "keep one line a question", into: &file)
      return nil
    }
    lineOfID[id] = number
    var answer = json["answer"]
    var isUnparseable = false
    if answer == nil, let raw = json["raw"]?.text {
      answer = try? JSON.firstObject(in: raw)
      isUnparseable = answer == nil
    }
    let attempt = json["attempt"]?.number ?? 1
    return Prediction(
      id: id, model: json["model"]?.text ?? "", track: json["track"]?.text ?? "",
      attempt: attempt >= 1 && attempt < 1e9 ? Int(attempt) : 1, answer: answer,
      isUnparseable: isUnparseable, line: number, trace: Prediction.claimLines(json["trace"]))
  }

  func checkEnvelope(_ json: JSON, into file: inout PredictionFile) {
    if json["schema"]?.text == nil {
      file.diagnostics.append(
        diagnostic(
          "P006", "the prediction has no `schema`", help: "add \"schema\": \"prediction/1\""))
    }
    for key in json.object?.keys ?? [] {
      let name = String(key.map { $0 == "_" ? "-" : $0 })
      if PredictionLine.keys.contains(name) { continue }
      let near = Spelling.nearest(to: name, among: PredictionLine.keys)
      file.diagnostics.append(
        diagnostic(
          "P007", "nothing reads the key `\(key)`", key: key,
          label: near.map { "did you mean `\($0)`?" } ?? "ignored", as: .warning))
    }
  }

  static let keys = [
    "schema", "id", "answer", "model", "track", "attempt", "trace", "ledger", "raw", "cost",
  ]

  private func refuse(
    _ code: String, _ message: String, key: String = "", range: Range<Int>? = nil,
    label: String = "", help: String? = nil, into file: inout PredictionFile
  ) {
    let refusal = diagnostic(code, message, key: key, range: range, label: label, help: help)
    file.diagnostics.append(refusal)
    file.refusals.append(refusal)
  }

  func diagnostic(
    _ code: String, _ message: String, key: String = "", after: String? = nil,
    range: Range<Int>? = nil, label: String = "", help: String? = nil,
    as severity: Diagnostic.Severity = .error
  ) -> Diagnostic {
    let range = range ?? (key.isEmpty ? nil : place(of: key, after: after)) ?? 0..<1
    let column = String(decoding: bytes[..<range.lowerBound], as: UTF8.self).count + 1
    let length = String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self).count
    return Diagnostic(
      severity, code: code, message: message, path: path,
      mark: SourceMark(line: number, column: column, length: length),
      line: String(decoding: bytes, as: UTF8.self), label: label, help: help)
  }

  /// Bytes of the value of a key, found by its text; good enough to point at.
  private func place(of key: String, after: String?) -> Range<Int>? {
    let start = after.flatMap { place(of: $0, after: nil)?.lowerBound } ?? 0
    let quoted = Array("\"\(key)\"".utf8)
    var index = start
    while index + quoted.count <= bytes.count {
      if bytes[index] == quoted[0], bytes[index..<(index + quoted.count)].elementsEqual(quoted) {
        var value = index + quoted.count
        while value < bytes.count, bytes[value] == 0x20 || bytes[value] == UInt8(ascii: ":") {
          value += 1
        }
        if value < bytes.count, value > index + quoted.count { return value..<end(of: value) }
      }
      index += 1
    }
    return nil
  }

  /// Just behind a value: a text with its quotation marks, a bracket alone, a number whole.
  private func end(of start: Int) -> Int {
    if bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[") { return start + 1 }
    let isText = bytes[start] == UInt8(ascii: "\"")
    var index = start + 1
    while index < bytes.count {
      if isText, bytes[index] == UInt8(ascii: "\"") { return index + 1 }
      if !isText, [0x2c, 0x7d, 0x5d, 0x20].contains(bytes[index]) { return index }
      index += 1
    }
    return bytes.count
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
