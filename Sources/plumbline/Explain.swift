// `plumbline explain`: the long text of a code, an outcome, a unit or a term.

import ArgumentParser
import Catalogue
import Experience

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a diagnostic code, an outcome, a unit or a term.",
    discussion: """
      EXAMPLES
        plumbline explain S012
        plumbline explain tiers

      \(ExitStatus.table([.done, .nothingSelected, .usage, .inputOutput]))
      """)

  @OptionGroup var options: GlobalOptions

  @Argument(
    help: "Code such as S012, outcome, unit, key of a scene, or term; without one, all terms.")
  var words: [String] = []

  func run() throws {
    guard !words.isEmpty else {
      try Console.write(
        "Terms: \(Terms.all.map(\.name).joined(separator: ", "))\nand every code, outcome, unit and key of a scene.\n"
      )
      return
    }
    let word = words.joined(separator: " ")
    guard let text = Explain.text(of: word) else {
      let near = Spelling.nearest(to: word, among: Explain.known)
      throw Failure(
        .nothingSelected, "nothing is known about `\(word)`",
        help: near.map { "did you mean `\($0)`?" } ?? "`plumbline explain` lists the terms")
    }
    try Console.line(text)
  }

  static var known: [String] {
    DiagnosticCodes.all.map(\.code) + Terms.all.map(\.name)
      + Catalogue.experiences.flatMap { $0.outcomes.map(\.name) } + Unit.all.map(\.symbol)
  }

  static func text(of word: String) -> String? {
    if let code = DiagnosticCodes.all.first(where: { $0.code == word.uppercased() }) {
      return "\(code.code): \(code.title)\n\n\(code.text)"
    }
    if let term = Terms.all.first(where: { $0.name == word.lowercased() }) {
      return "\(term.name)\n\n\(term.text)"
    }
    for experience in Catalogue.experiences {
      if let outcome = experience.outcomes.first(where: { $0.name == word }) {
        let closed = experience.firstCourse[word].map { "\nA first course says: \($0)." } ?? ""
        return
          "\(word) (\(outcome.unit)), outcome of \(experience.name)\n\n\(outcome.about).\(closed)"
      }
      let keys = Explain.keys(SceneFormat.table(of: experience), path: "")
      let found = keys.filter { $0.path == word || $0.path.hasSuffix("." + word) }
      if !found.isEmpty {
        return found.map { "\($0.path), key of a \(experience.name) scene\n\n\($0.about)." }
          .joined(separator: "\n\n")
      }
    }
    if let unit = Unit.all.first(where: { $0.symbol == word }) {
      return
        "\(word): \(unit.name)\n\n1 \(word) = \(JSON.text(of: unit.factor)) \(unit.dimension) in SI."
    }
    return nil
  }

  /// Every key of a table with its path.
  private static func keys(_ table: SectionTable, path: String) -> [(path: String, about: String)] {
    table.fields.flatMap { field -> [(path: String, about: String)] in
      let full = path.isEmpty ? field.key : "\(path).\(field.key)"
      let fallback = field.fallback.map { " (default: \($0))" } ?? ""
      return [(full, field.about + fallback)] + inner(field.kind, path: full)
    }
  }

  private static func inner(_ kind: FieldKind, path: String) -> [(path: String, about: String)] {
    switch kind {
    case .section(let table): keys(table, path: path)
    case .list(let kind), .dictionary(let kind): inner(kind, path: path)
    case .either(let kinds): kinds.flatMap { inner($0, path: path) }
    default: []
    }
  }
}
