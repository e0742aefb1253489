// Questions as flat tables, one file a type: what a column store can hold.
//
//             Answers, outcomes and descriptors differ by type, and a column has one type; so there is a
//             file a type, and what still differs by row is canonical JSON text.
// Sealed      `truth` is null unless the split's truth is published, whatever the caller knows.
// Checked by  QuestionTableTests, CroissantTests.

/// Rows of questions for other programs, such as Hugging Face datasets and Croissant readers.
public enum QuestionTable {
  /// In the order of a row.
  public static let columns = [
    TableColumn("id", .text, "question: instance and slot"),
    TableColumn("instance", .text, "scene that is asked about: template, version, number"),
    TableColumn("template", .text, "name and version of the template"),
    TableColumn("slot", .text, "what is asked: an outcome, or an event in words"),
    TableColumn("type", .text, "what kind of question, such as event or scalar"),
    TableColumn("rule", .text, "proper rule that scores the answer"),
    TableColumn("prompt", .text, "the question in words, complete in itself"),
    TableColumn("unit", .text, "unit of support_low, support_high and of the asked quantity"),
    TableColumn("scale", .text, "linear, or log10 where losses run on logarithms"),
    TableColumn("support_low", .number, "smallest value that an answer is taken at"),
    TableColumn("support_high", .number, "largest value that an answer is taken at"),
    TableColumn("levels", .numbers, "quantile levels of a wis question, ascending; else empty"),
    TableColumn("mechanisms", .texts, "what happens in the scene"),
    TableColumn(
      "descriptors", .text, "canonical JSON text: name to number, for the range"),
    TableColumn("consequence", .integer, "1 (negligible) to 5 (catastrophic)"),
    TableColumn("split", .text, "calibration, public, sealed or retired"),
    TableColumn("canary", .text, "a mark whose presence in a corpus shows a leak"),
    TableColumn(
      "truth", .text,
      "canonical JSON text: what of the truth/1 record the question asks; null where it is sealed"),
  ]

  /// Splits whose truth is published with the data set.
  public static let openSplits: Set<String> = ["calibration", "public", "retired"]

  /// Folder of the files inside a data set.
  public static let folder = "export"

  /// One file.
  public struct Part: Sendable {
    public let type: QuestionType
    /// `export/scalar.jsonl`.
    public let path: String
    public let lines: [String]

    /// The whole text of the file.
    public var text: String { lines.map { $0 + "\n" }.joined() }
  }

  /// The files of a list of questions, in the order in which their types first appear.
  /// - Parameter truth: asked only for questions of an open split.
  public static func parts(
    of questions: [Question], truth: (Question) -> JSON?
  ) -> [Part] {
    var types: [QuestionType] = []
    var lines: [QuestionType: [String]] = [:]
    for question in questions {
      if lines[question.type] == nil { types.append(question.type) }
      let known = openSplits.contains(question.split) ? truth(question) : nil
      lines[question.type, default: []].append(row(of: question, truth: known).line)
    }
    return types.map {
      Part(type: $0, path: "\(folder)/\($0.rawValue).jsonl", lines: lines[$0] ?? [])
    }
  }

  /// One row; its keys are the names of `columns`, in their order.
  public static func row(of question: Question, truth: JSON?) -> JSON {
    let isOpen = openSplits.contains(question.split)
    return .object([
      ("id", .text(question.id)), ("instance", .text(question.instance)),
      ("template", .text(question.template)), ("slot", .text(question.slot)),
      ("type", .text(question.type.rawValue)), ("rule", .text(question.rule.rawValue)),
      ("prompt", .text(question.prompt)), ("unit", .text(question.quantity.unit)),
      ("scale", .text(question.quantity.isLogarithmic ? "log10" : "linear")),
      ("support_low", .number(question.quantity.support.lowerBound)),
      ("support_high", .number(question.quantity.support.upperBound)),
      ("levels", .numbers(question.levels)), ("mechanisms", .texts(question.mechanisms)),
      ("descriptors", .text(NamedNumber.json(question.descriptors).canonical)),
      ("consequence", .number(Double(question.consequence))), ("split", .text(question.split)),
      ("canary", .text(question.canary)),
      ("truth", isOpen ? truth.map { .text($0.canonical) } ?? .null : .null),
    ])
  }
}
