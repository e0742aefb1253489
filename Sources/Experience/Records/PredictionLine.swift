// One line of a prediction file, and what is wrong with it.
//
// Checked by   PredictionReaderTests.

/// One line with its place in the file.
struct PredictionLine {
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

  /// - Parameter withAnswer: whether answer and trace are kept.
  func prediction(
    _ json: some JSONReadable, withAnswer: Bool = true, earlier: (String) throws -> Int?,
    into file: inout PredictionFile
  ) rethrows -> Prediction? {
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
    if let first = try earlier(id) {
      refuse(
        "P004", "the id `\(id)` stands on lines \(first) and \(number)", key: "id",
        label: "second prediction for one question", help: "keep one line a question", into: &file)
      return nil
    }
    var answer = withAnswer ? json["answer"]?.json : nil
    var isUnparseable = false
    if withAnswer, answer == nil, let raw = json["raw"]?.text {
      answer = try? JSON.firstObject(in: raw)
      isUnparseable = answer == nil
    }
    let attempt = json["attempt"]?.number ?? 1
    return Prediction(
      id: id, model: json["model"]?.text ?? "", track: json["track"]?.text ?? "",
      attempt: attempt >= 1 && attempt < 1e9 ? Int(attempt) : 1, answer: answer,
      isUnparseable: isUnparseable, line: number,
      trace: withAnswer ? Prediction.claimLines(json["trace"]?.json) : nil)
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
