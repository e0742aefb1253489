// The data card of a data set, and its questions as tables for other programs.

import Experience
import Scoring

extension DatasetWriter {
  /// The questions as flat tables, with the truths of open splits alone.
  func tables() -> [QuestionTable.Part] {
    let open = built.filter { QuestionTable.openSplits.contains($0.instance.split) }
    let truths = Dictionary(
      open.map { ($0.instance.id, $0.truth) }, uniquingKeysWith: { first, _ in first })
    return QuestionTable.parts(of: questions) { question in
      truths[question.instance].flatMap { AskedTruth.json(question, in: $0) }
    }
  }

  /// The data card for people, and the same for machines.
  func cards(
    _ manifest: JSON, _ files: [(name: String, lines: [String])], _ tables: [QuestionTable.Part]
  ) -> (card: DataCard, croissant: Croissant) {
    let card = DataCard(
      manifest: manifest, hash: Dataset.hash(of: manifest), plan: plan, template: template,
      canary: builder.canary, parts: tables,
      withSealed: files.contains { $0.name.hasPrefix("sealed/") })
    let about = Dictionary(card.files, uniquingKeysWith: { first, _ in first })
    let texts =
      files.filter { !$0.name.hasPrefix("sealed/") }.map { name, lines in
        (name, lines.map { $0 + "\n" }.joined())
      } + tables.map { ($0.path, $0.text) }
    return (
      card,
      Croissant(
        card: card,
        files: texts.map { Croissant.File(path: $0.0, text: $0.1, about: about[$0.0] ?? "") },
        records: tables.map {
          Croissant.Records(
            name: $0.type.rawValue, path: $0.path, about: about[$0.path] ?? "",
            columns: QuestionTable.columns)
        })
    )
  }
}
