// Reads an experience ledger: JSON Lines, the header first, then one entry a line.
//
// Every defect of the file is reported at once, with its line and what to do. A ledger with a defect
// is refused as a whole: a range from half a declaration would be too small, and contamination
// would be overlooked.
// Checked by  LedgerReaderTests.

import Foundation

public struct LedgerReader {
  /// As given on the command line, for messages.
  public let path: String
  private var diagnostics: [Diagnostic] = []

  public init(path: String) { self.path = path }

  /// - Throws: every error of the file.
  public static func read(_ bytes: [UInt8], path: String) throws(DiagnosticList) -> (
    ledger: Ledger, warnings: [Diagnostic]
  ) {
    var reader = LedgerReader(path: path)
    let ledger = reader.ledger(bytes)
    guard let ledger, !reader.diagnostics.contains(where: \.isError) else {
      throw DiagnosticList(reader.diagnostics)
    }
    return (ledger, reader.diagnostics)
  }

  private mutating func ledger(_ bytes: [UInt8]) -> Ledger? {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      report("Q010", "the ledger is not UTF-8", line: 1, "", help: "save it as UTF-8")
      return nil
    }
    var ledger: Ledger?
    var isFirst = true
    // a carriage return before the line feed makes one character with it: cut at scalars
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, scalars) in lines.enumerated() {
      var line = String(scalars)
      if line.last == "\r" { line.removeLast() }
      if index == 0, line.hasPrefix("\u{FEFF}") { line.removeFirst() }
      if line.allSatisfy(\.isWhitespace) { continue }
      let number = index + 1
      let json: JSON
      do { json = try JSON.parse(line) } catch {
        report("Q010", "the line is not JSON: \(error.message)", line: number, line)
        isFirst = false
        continue
      }
      if isFirst {
        ledger = header(json, number, line, hash: Hashes.sha256(Data(bytes)))
        isFirst = false
      } else if let entry = entry(json, number, line) {
        ledger?.entries.append(entry)
      }
    }
    if isFirst {
      report(
        "Q011", "the ledger is empty", line: 1, "",
        help:
          "a predictor without experience declares that by a header alone: {\"schema\":\"ledger/1\",\"id\":\"…\"}"
      )
    }
    return ledger
  }

  private mutating func header(
    _ json: JSON, _ number: Int, _ line: String, hash: String
  ) -> Ledger? {
    guard let schema = json["schema"]?.text else {
      report(
        "Q011", "the first line is no header", line: number, line,
        help: "start the file with {\"schema\":\"ledger/1\",\"id\":\"…\",\"complete\":true}")
      return nil
    }
    guard schema == "ledger/1" else {
      report("Q011", "cannot read `\(schema)`", line: number, line, help: "expected `ledger/1`")
      return nil
    }
    unknown(
      json,
      ["schema", "id", "predictor", "declared", "by", "complete", "other-sources"], number, line)
    guard let id = json["id"]?.text, !id.isEmpty else {
      report("Q012", "the ledger has no `id`", line: number, line, help: "add a name of your own")
      return nil
    }
    if json["complete"] == nil {
      report(
        "Q012", "the header does not say whether the ledger is complete", line: number, line,
        help: "add \"complete\": true if nothing else of ours was used", as: .warning)
    }
    return Ledger(
      id: id, predictor: json["predictor"]?.text ?? "", declared: json["declared"]?.text ?? "",
      by: json["by"]?.text ?? "", isComplete: json["complete"]?.bool ?? false,
      otherSources: json["other-sources"]?.text ?? "", hash: hash)
  }

  private mutating func entry(_ json: JSON, _ number: Int, _ line: String) -> Ledger.Entry? {
    guard json.object != nil else {
      report("Q010", "the line is \(json.kindName), not an object", line: number, line)
      return nil
    }
    unknown(
      json,
      [
        "dataset", "name", "version", "ids", "ranges", "all", "exposure", "saw", "epochs", "from",
        "until",
      ], number, line)
    let errors = diagnostics.count
    let dataset = json["dataset"]?.text ?? ""
    if dataset.isEmpty {
      report(
        "Q013", "the entry names no data set", line: number, line,
        help: "`dataset` is the SHA-256 that a report shows as dataset.sha256")
    }
    let exposure = word(json["exposure"], Ledger.Exposure.self, "exposure", number, line)
    var saw: Set<Ledger.Part> = []
    if let parts = json["saw"]?.array, !parts.isEmpty {
      for part in parts {
        if let part = word(part, Ledger.Part.self, "saw", number, line) { saw.insert(part) }
      }
    } else {
      report(
        "Q014", "the entry does not say what was seen", line: number, line,
        help: "add \"saw\": [\"prompt\", \"truth\"], or what of prompt, truth, recording, failure")
    }
    let selection = selection(json, number, line)
    guard diagnostics.count == errors || !diagnostics[errors...].contains(where: \.isError),
      let selection, let exposure
    else { return nil }
    return Ledger.Entry(
      dataset: dataset, name: json["name"]?.text ?? "", version: json["version"]?.text ?? "",
      selection: selection, exposure: exposure, saw: saw, line: number)
  }

  private mutating func selection(
    _ json: JSON, _ number: Int, _ line: String
  ) -> Ledger.Selection? {
    let given = ["ids", "ranges", "all"].filter { json[$0] != nil }
    guard given.count == 1 else {
      report(
        "Q015",
        given.isEmpty
          ? "the entry names no instances" : "the entry names its instances in more than one way",
        line: number, line,
        help: "one of \"ids\": […], \"ranges\": [[\"ball-drop/1.0.0\", 1, 2000]], \"all\": true")
      return nil
    }
    switch given[0] {
    case "all":
      if json["all"]?.bool == true { return .all }
      report("Q015", "`all` can only be true", line: number, line)
    case "ids":
      if let ids = json["ids"]?.texts, !ids.isEmpty { return .ids(Set(ids)) }
      report("Q015", "`ids` must be a list of instance ids", line: number, line)
    default:
      var ranges: [Ledger.Selection.Range] = []
      for item in json["ranges"]?.array ?? [] {
        guard let parts = item.array, parts.count == 3, let base = parts[0].text,
          let first = parts[1].number, let last = parts[2].number, first >= 0, last >= first,
          last < 1e9, first == first.rounded(), last == last.rounded()
        else {
          report(
            "Q015", "a range is [\"template/version\", first, last]", line: number, line,
            help: "such as [\"ball-drop/1.0.0\", 1, 2000], both ends included")
          return nil
        }
        ranges.append(.init(base: base, first: Int(first), last: Int(last)))
      }
      if !ranges.isEmpty { return .ranges(ranges) }
      report("Q015", "`ranges` must be a list of ranges", line: number, line)
    }
    return nil
  }

  private mutating func word<Word: RawRepresentable & CaseIterable>(
    _ json: JSON?, _: Word.Type, _ key: String, _ number: Int, _ line: String
  ) -> Word? where Word.RawValue == String {
    if let word = json?.text.flatMap(Word.init(rawValue:)) { return word }
    let known = Word.allCases.map(\.rawValue)
    let near = json?.text.flatMap { Spelling.nearest(to: $0, among: known) }
    report(
      "Q014",
      json == nil
        ? "the entry has no `\(key)`"
        : "`\(json?.text ?? json?.kindName ?? "")` is no word of `\(key)`", line: number, line,
      help: (near.map { "did you mean `\($0)`? " } ?? "")
        + "one of \(known.joined(separator: ", "))"
    )
    return nil
  }

  private mutating func unknown(
    _ json: JSON, _ known: [String], _ number: Int, _ line: String
  ) {
    for key in json.object?.keys ?? [] where !known.contains(key) {
      let near = Spelling.nearest(to: key, among: known)
      report(
        "Q016", "unknown key `\(key)`", line: number, line,
        help: near.map { "did you mean `\($0)`?" } ?? "known: \(known.joined(separator: ", "))")
    }
  }

  private mutating func report(
    _ code: String, _ message: String, line number: Int, _ line: String, help: String? = nil,
    as severity: Diagnostic.Severity = .error
  ) {
    diagnostics.append(
      Diagnostic(
        severity, code: code, message: message, path: path,
        mark: SourceMark(line: number, column: 1), line: line, help: help))
  }
}

extension LedgerReader {
  /// The codes of this reader, for `plumbline explain`.
  public static let explanations: [(code: String, title: String, text: String)] = [
    (
      "Q010", "ledger line is no JSON object",
      "A ledger is JSON Lines in UTF-8: a header, then one object a line for each group of instances."
    ),
    (
      "Q011", "no ledger header",
      "The first line says `schema` ledger/1 and who declares what. A header alone is a valid ledger: it says that nothing of ours was experienced."
    ),
    (
      "Q012", "incomplete header",
      "`id` names the ledger; `complete` says that nothing else of ours was used. Without it the declaration counts as incomplete, and reports say so."
    ),
    ("Q013", "no data set", "Each entry names its data set by the SHA-256 that reports show."),
    (
      "Q014", "how and what",
      "`exposure` is trained, tuned, shown or retrieved; `saw` lists prompt, truth, recording, failure as far as they were seen. A prompt alone is no experience."
    ),
    (
      "Q015", "which instances",
      "One of `ids`, `ranges` with both ends included, or `all`: true, which means the whole data set."
    ),
    ("Q016", "unknown key of a ledger", "Misspelt keys would be silently without effect."),
    (
      "Q017", "unknown data set",
      "A warning. The data set that an entry names was not given. Its instances count as seen by their ids, but they do not widen the range. Name its folder with --ledger-data."
    ),
    (
      "Q018", "unknown instances",
      "A warning. An entry names instances that its data set does not have."
    ),
  ]
}
