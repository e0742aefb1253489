// `plumbline list`: what there is.

import ArgumentParser
import Catalogue
import Experience
import Foundation
import Scoring

struct List: ParsableCommand {
  enum Topic: String, ExpressibleByArgument, CaseIterable {
    case scenes, experiences, materials, outcomes, rules, units, cases, laws, claims
  }

  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List scenes, experiences, materials, outcomes, rules, units, cases, laws or claims.",
    discussion: """
      EXAMPLES
        plumbline list outcomes
        plumbline list scenes --in scenes

      \(ExitStatus.table([.done, .nothingSelected, .usage, .inputMissing, .inputOutput]))
      """)

  @OptionGroup var options: GlobalOptions
  @OptionGroup var format: FormatOption

  @Argument(help: "What to list: \(Topic.allCases.map(\.rawValue).joined(separator: ", ")).")
  var topic: Topic = .experiences

  @Option(name: .customLong("in"), help: "Folder in which scenes are looked for.")
  var folder = "scenes"

  func run() throws {
    let rows = try self.rows()
    guard rows.count > 1 else {
      throw Failure(
        .nothingSelected, "no \(topic.rawValue) found",
        help: topic == .scenes ? "name a folder with --in" : nil)
    }
    switch format.value {
    case .text: try Console.write(TruthText.columns(rows))
    case .json:
      for row in rows.dropFirst() {
        let fields =
          [("schema", JSON?.some(.text("list/1")))]
          + zip(rows[0], row).map { ($0, JSON?.some(.text($1))) }
        try Console.line(JSON.object(fields).line)
      }
    }
  }

  private func rows() throws -> [[String]] {
    switch topic {
    case .experiences:
      return [["experience", "about"]] + Catalogue.experiences.map { [$0.name, $0.about] }
    case .outcomes:
      return [["experience", "outcome", "unit", "about"]]
        + Catalogue.experiences.flatMap { item in
          item.outcomes.map { [item.name, $0.name, $0.unit, $0.about] }
        }
    case .units:
      return [["unit", "name", "in SI", "dimension"]]
        + Unit.all.map { [$0.symbol, $0.name, JSON.text(of: $0.factor), "\($0.dimension)"] }
    case .rules:
      return [
        ["rule", "for", "loss"],
        ["brier", "events", "(p − outcome)², a probability for a yes/no question"],
        ["wis", "quantiles", "mean pinball loss over the levels (weighted interval score)"],
        ["crps", "value, normal law, ensemble", "continuous ranked probability score"],
      ]
    case .cases:
      return [["case", "title", "source"]]
        + VerificationLadder.cases.map {
          [$0.id, $0.title + ($0.waits == nil ? "" : " (not judged)"), $0.source]
        }
    case .laws:
      return [["law", "gives", "by"]]
        + (try TraceLaws().laws.map { [$0.name, $0.target, $0.formula.source] })
    case .claims:
      return [["experience", "name", "at", "also"]]
        + TraceVocabulary.published.map {
          [
            $0.experience, $0.name, $0.anchors.joined(separator: ", "),
            $0.aliases.joined(separator: ", "),
          ]
        }
    case .materials: return try materials()
    case .scenes: return try scenes()
    }
  }

  private func materials() throws -> [[String]] {
    let table = try Assets.materials()
    func cells(_ name: String, _ properties: [(name: String, value: SourcedQuantity)]) -> [[String]]
    {
      properties.map { property, value in
        [
          name, property, "\(JSON.text(of: value.value)) ± \(JSON.text(of: value.tolerance))",
          "\(JSON.text(of: value.range.lowerBound)) … \(JSON.text(of: value.range.upperBound))",
          value.isChecked ? "checked" : "estimate", value.source,
        ]
      }
    }
    return [["name", "property", "value (SI)", "range", "status", "source"]]
      + (table.materials + table.fluids).flatMap { cells($0.name, $0.properties) }
      + table.pairs.flatMap { cells("\($0.first) on \($0.second)", $0.properties) }
  }

  private func scenes() throws -> [[String]] {
    // an enumerator of a folder that is not there is empty, not absent
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
      isFolder.boolValue, let walker = FileManager.default.enumerator(atPath: folder)
    else {
      throw Failure(.inputMissing, "cannot find the folder `\(folder)`", help: "name one with --in")
    }
    let paths = walker.compactMap { $0 as? String }.filter {
      $0.hasSuffix(".yaml") && !$0.hasSuffix(".plan.yaml")
    }.sorted()
    let materials = try Assets.materials()
    return [["scene", "experience", "about"]]
      + (try paths.map { path in
        let full = folder + "/" + path
        let source = try Files.text(full)
        guard
          let scene = try? Scene.parse(
            source, catalogue: Catalogue.experiences, materials: materials)
        else { return [full, "-", "has errors: plumbline check \(full)"] }
        return [full, scene.definition.name, scene.section.text("about") ?? ""]
      })
  }
}
