// Do the bands of contact scenes cover the truth? Scenes through the product path against closed forms.

import Catalogue
import Experience
import Foundation

struct ContactBands {
  let sceneCount: Int
  let seed: UInt64

  private struct Tally {
    var compared = 0
    var inside = 0
    var unresolved = 0
    var ratios: [Double] = []
    var worst = 0.0
  }

  func run() throws {
    Swift.print("Bands of contact scenes: \(sceneCount) scenes, seed \(seed)")
    Swift.print(Machine.line, terminator: "\n\n")
    Swift.print(ContactScenes.about, terminator: "\n\n")
    var draws = ContactScenes(seed: seed)
    var tallies: [String: Tally] = [:]
    var problems: [String] = []
    for index in 0..<sceneCount {
      let known = draws.next(index: index)
      do { try compare(known, index, &tallies[known.family, default: Tally()], &problems) } catch {
        problems.append("scene \(index) (\(known.family)): \(error)")
      }
    }
    var table = TextTable(
      ["family", "compared", "inside %", "unresolved", "median band/error", "largest error/band"])
    var total = Tally()
    for family in ContactScenes.families {
      guard let tally = tallies[family] else { continue }
      total.compared += tally.compared
      total.inside += tally.inside
      total.unresolved += tally.unresolved
      total.ratios += tally.ratios
      total.worst = max(total.worst, tally.worst)
      table.add(row(family, tally))
    }
    table.add(row("all", total))
    table.print()
    for problem in problems.prefix(30) { Swift.print(problem) }
  }

  private func row(_ name: String, _ tally: Tally) -> [String] {
    [
      name, String(tally.compared),
      String(format: "%.2f", 100 * Double(tally.inside) / Double(max(1, tally.compared))),
      String(tally.unresolved), figures(tally.ratios.median), figures(tally.worst),
    ]
  }

  /// Compares the record of a scene, as a user gets it, with the closed form.
  private func compare(
    _ known: KnownScene, _ index: Int, _ tally: inout Tally, _ problems: inout [String]
  ) throws {
    let scene = try Scene.parse(
      SourceText(path: "scene \(index)", text: known.text), catalogue: Catalogue.experiences,
      materials: .empty)
    let record = try TruthRunner().truth(of: scene)
    for (name, exact) in known.exact.sorted(by: { $0.key < $1.key }) {
      guard let outcome = record[outcome: name]?.scalar else {
        problems.append("scene \(index) (\(known.family)): no \(name), exact \(Double(exact))")
        continue
      }
      let error = Double(abs(Exact(outcome.value) - exact))
      tally.compared += 1
      if outcome.status == .unresolved { tally.unresolved += 1 }
      if error <= outcome.halfWidth {
        tally.inside += 1
      } else {
        problems.append(
          "scene \(index) (\(known.family)): \(name) \(outcome.value), exact \(Double(exact)), error \(error), band \(outcome.halfWidth)"
        )
      }
      if error > 4 * Double(exact).ulp { tally.ratios.append(outcome.halfWidth / error) }
      if outcome.halfWidth > 0 { tally.worst = max(tally.worst, error / outcome.halfWidth) }
    }
  }
}
