// Do the bands cover the truth? Scenes through the product path against exact outcomes.

import Catalogue
import Experience
import Foundation

/// One compared number.
private struct Comparison {
  let family: String
  let outcome: String
  let scene: Int
  let exact: Double
  let error: Double
  let band: Double
  let roundedError: Double
  let roundedBand: Double
  let status: ConvergenceStatus

  var isInside: Bool { error <= band }
  var isInsideRounded: Bool { roundedError <= roundedBand }
  /// Above rounding: only there a ratio of band to error says something.
  var isAboveRounding: Bool { error > Bands.ulps * exact.ulp }
}

struct Bands {
  /// Errors up to that many units in the last place of the value count as rounding.
  static let ulps = 4.0
  private static let worstShown = 14

  let sceneCount: Int
  let seed: UInt64

  func run() throws {
    var scenes: [KnownScene] = []
    var draws = RandomScenes(seed: seed)
    for index in 0..<sceneCount { scenes.append(draws.next(index: index)) }
    var comparisons: [Comparison] = []
    var problems: [String] = []
    for (index, scene) in scenes.enumerated() {
      do { comparisons += try compare(scene, index, &problems) } catch {
        problems.append("scene \(index) (\(scene.family)): \(error)")
      }
    }
    report(scenes, comparisons, problems)
  }

  private func compare(
    _ known: KnownScene, _ index: Int, _ problems: inout [String]
  ) throws -> [Comparison] {
    let scene = try Scene.parse(
      SourceText(path: "scene \(index)", text: known.text), catalogue: Catalogue.experiences,
      materials: .empty)
    let runner = TruthRunner()
    let nominal = try runner.nominal(scene.experiment, accuracy: scene.accuracy)
    let record = try runner.truth(of: scene)
    var list: [Comparison] = []
    for (position, definition) in scene.definition.outcomes.enumerated() {
      let refinement = nominal.refinements[position]
      guard let exact = known.exact[definition.name] else { continue }
      guard !exact.isNaN else { continue }
      guard let rounded = record[outcome: definition.name]?.scalar else {
        problems.append(
          "scene \(index) (\(known.family)): no \(definition.name), exact \(Double(exact))")
        continue
      }
      list.append(
        Comparison(
          family: known.family, outcome: definition.name, scene: index, exact: Double(exact),
          error: Double(abs(Exact(refinement.value) - exact)), band: refinement.halfWidth,
          roundedError: Double(abs(Exact(rounded.value) - exact)), roundedBand: rounded.halfWidth,
          status: refinement.status))
    }
    // what must not occur; a distance that is 0 by symmetry has no entry either
    for name in ["rest-time", "second-impact-time"] where known.exact[name] == nil {
      if record[outcome: name] != nil, known.exact["max-speed"]?.isNaN == false {
        problems.append("scene \(index) (\(known.family)): \(name) occurs, exactly it does not")
      }
    }
    return list
  }

  private func report(
    _ scenes: [KnownScene], _ comparisons: [Comparison], _ problems: [String]
  ) {
    print("Bands against exact outcomes: \(sceneCount) scenes, seed \(seed)")
    print(Machine.line, terminator: "\n\n")
    print(RandomScenes.about, terminator: "\n\n")
    print(
      "inside: share of true errors inside the band; before rounding, and of the record's value")
    print(
      "ratio: median of band / true error where the error is above \(Int(Bands.ulps)) ulp of the value"
    )
    print("Outcomes that are 0 by symmetry are not compared.\n")
    var table = TextTable([
      "family", "scenes", "outcomes", "inside", "inside rounded", "above rounding", "ratio",
      "unresolved",
    ])
    for family in RandomScenes.families + ["all"] {
      let isAll = family == "all"
      table.add(
        row(
          family, scenes.count { isAll || $0.family == family },
          comparisons.filter { isAll || $0.family == family }))
    }
    table.print()
    print("")
    var outcomes = TextTable([
      "outcome", "scenes", "outcomes", "inside", "inside rounded", "above rounding", "ratio",
      "unresolved",
    ])
    for definition in BallDrop.definition.outcomes {
      let part = comparisons.filter { $0.outcome == definition.name }
      outcomes.add(row(definition.name, part.count, part))
    }
    outcomes.print()
    print("\nlargest error / band")
    worst(comparisons, scenes)
    print("\noutcomes on one side only: \(problems.count)")
    for problem in problems.prefix(Bands.worstShown) { print("  " + problem) }
  }

  private func row(_ name: String, _ scenes: Int, _ part: [Comparison]) -> [String] {
    func share(_ inside: (Comparison) -> Bool) -> String {
      part.isEmpty
        ? "-"
        : String(format: "%.2f %%", 100 * Double(part.count(where: inside)) / Double(part.count))
    }
    let above = part.filter(\.isAboveRounding)
    let ratio = above.map { $0.band / $0.error }.median
    return [
      name, String(scenes), String(part.count), share(\.isInside), share(\.isInsideRounded),
      String(above.count), figures(ratio), String(part.count { $0.status == .unresolved }),
    ]
  }

  private func worst(_ comparisons: [Comparison], _ scenes: [KnownScene]) {
    let ranked = comparisons.filter { $0.error > 0 }
      .sorted { $0.error / $0.band > $1.error / $1.band }.prefix(Bands.worstShown)
    var table = TextTable(["outcome", "family", "scene", "exact", "error", "band", "error/band"])
    for item in ranked {
      table.add([
        item.outcome, item.family, String(item.scene), figures(item.exact, 6), figures(item.error),
        figures(item.band), figures(item.error / item.band),
      ])
    }
    table.print()
    let missed = comparisons.filter { !$0.isInside }
    print(
      "missed before rounding: \(missed.count), after: \(comparisons.count { !$0.isInsideRounded })"
    )
    for item in ranked.filter({ !$0.isInside }).prefix(3) {
      print("\nscene \(item.scene)\n\(scenes[item.scene].text)")
    }
  }
}
