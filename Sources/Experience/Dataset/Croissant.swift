// Metadata of a data set for machines: Croissant 1.1, JSON-LD, as `mlcroissant` reads it.
//
//             One FileObject a file of records, one RecordSet a type of question, one Field a column.
//             Nothing of the machine or the moment is in it, so that the same plan gives the same bytes:
//             `datePublished` is left to whoever publishes, since a date of generation is none.
// Source      http://mlcommons.org/croissant/1.1; vocabulary RAI 1.0 under the prefix `rai`.
// Checked by  CroissantTests; `benchmarks/plugs/tables.py` validates with mlcroissant and reads.

import Foundation

public struct Croissant: Sendable {
  /// A file of JSON Lines in the data set.
  public struct File: Sendable, Hashable {
    /// Relative to the data set's folder.
    public let path: String
    public let bytes: Int
    public let sha256: String
    public let about: String

    public init(path: String, text: String, about: String) {
      (self.path, self.about) = (path, about)
      (bytes, sha256) = (text.utf8.count, Hashes.sha256(text))
    }
  }

  /// Records of one file, all of the same columns.
  public struct Records: Sendable {
    public let name: String
    public let path: String
    public let about: String
    public let columns: [TableColumn]

    public init(name: String, path: String, about: String, columns: [TableColumn]) {
      (self.name, self.path, self.about, self.columns) = (name, path, about, columns)
    }
  }

  public let card: DataCard
  public let files: [File]
  public let records: [Records]

  public init(card: DataCard, files: [File], records: [Records]) {
    (self.card, self.files, self.records) = (card, files, records)
  }

  /// Where the licence of every data set of this program is written.
  static let licence = "https://creativecommons.org/licenses/by/4.0/"

  public var json: JSON {
    .object([
      ("@context", Croissant.context), ("@type", .text("sc:Dataset")),
      ("conformsTo", .text("http://mlcommons.org/croissant/1.1")), ("name", .text(card.name)),
      ("version", .text(card.version)), ("description", .text(card.about)),
      ("license", .text(Croissant.licence)), ("identifier", .text("sha256:\(card.hash)")),
      ("citeAs", .text(citation)),
      ("isLiveDataset", .bool(false)),
      (
        "creator",
        .object([
          ("@type", .text("sc:Organization")), ("name", .text("plumbline \(card.release)")),
        ])
      ),
      ("inLanguage", .text("en")), ("keywords", .texts(card.keywords)),
      ("rai:dataCollection", .text(card.collection)), ("rai:dataBiases", .texts(card.biases)),
      ("rai:dataLimitations", .texts(card.limitations)),
      ("rai:dataUseCases", .texts(card.uses)),
      ("distribution", .array(files.map(Croissant.json))),
      ("recordSet", .array(records.map(Croissant.json))),
    ])
  }

  /// BibTeX, without a year: the moment of generation is no part of the data.
  private var citation: String {
    "@misc{\(card.name)-\(card.version), title={\(card.name) \(card.version)}, "
      + "note={Simulated by plumbline \(card.release); data set sha256:\(card.hash)}}"
  }

  /// The file's text.
  public var text: String { json.line + "\n" }

  private static func json(_ file: File) -> JSON {
    .object([
      ("@type", .text("cr:FileObject")), ("@id", .text(file.path)), ("name", .text(file.path)),
      ("description", .text(file.about)), ("contentUrl", .text(file.path)),
      ("contentSize", .text("\(file.bytes) B")),
      ("encodingFormat", .text("application/jsonlines")), ("sha256", .text(file.sha256)),
    ])
  }

  private static func json(_ records: Records) -> JSON {
    .object([
      ("@type", .text("cr:RecordSet")), ("@id", .text(records.name)),
      ("name", .text(records.name)), ("description", .text(records.about)),
      ("key", .object([("@id", .text("\(records.name)/id"))])),
      (
        "field",
        .array(
          records.columns.map { column in
            let isList = column.kind == .numbers || column.kind == .texts
            return .object([
              ("@type", .text("cr:Field")), ("@id", .text("\(records.name)/\(column.name)")),
              ("name", .text(column.name)), ("description", .text(column.about)),
              ("dataType", .text(dataType(column.kind))), ("repeated", isList ? .bool(true) : nil),
              (
                "source",
                .object([
                  ("fileObject", .object([("@id", .text(records.path))])),
                  ("extract", .object([("column", .text(column.key))])),
                  (
                    "transform",
                    column.place.map { .object([("jsonPath", .text($0))]) }
                  ),
                ])
              ),
            ])
          })
      ),
    ])
  }

  private static func dataType(_ kind: TableColumn.Kind) -> String {
    switch kind {
    case .text, .texts: "sc:Text"
    case .number, .numbers: "sc:Float"
    case .integer: "sc:Integer"
    case .flag: "sc:Boolean"
    }
  }

  /// The context of the specification, in full: readers compare it by its keys.
  private static let context: JSON = {
    let own = [
      "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field",
      "fileProperty", "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset",
      "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
      "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
    ]
    let language = JSON.object([("@container", .text("@language"))])
    func typed(_ id: String, _ type: String) -> JSON {
      .object([("@id", .text(id)), ("@type", .text(type))])
    }
    return .object(
      [
        ("@language", .text("en")), ("@vocab", .text("https://schema.org/")),
        ("sc", .text("https://schema.org/")), ("cr", .text("http://mlcommons.org/croissant/")),
        ("rai", .text("http://mlcommons.org/croissant/RAI/")),
        ("dct", .text("http://purl.org/dc/terms/")), ("conformsTo", .text("dct:conformsTo")),
        ("name", language), ("description", language), ("data", typed("cr:data", "@json")),
        ("dataType", typed("cr:dataType", "@vocab")), ("examples", typed("cr:examples", "@json")),
      ] + own.map { ($0, .text("cr:\($0)")) })
  }()
}
