// Do the numerical bands cover the true errors, and are they not much wider?
//
// Every outcome of a random scene is computed as a user gets it (three levels, band), before and
// after the rounding of the record, and compared with the closed form in extended precision.

import Catalogue
import Experience
import Foundation

struct Bands {
  let scenes: Int
  let seed: UInt64

  private struct Tally {
    var outcomes = 0
    var inside = 0
    var recordInside = 0
    var unresolved = 0
    var ratios: [Double] = []
  }

  func print() throws {
    var all = Tally()
    var byFamily: [String: Tally] = [:]
    var misses: [(excess: Double, text: String)] = []
    for index in 0..<scenes {
      let scene = RandomScene(index: index, seed: seed)
      let parsed: Scene
      do {
        parsed = try Scene.parse(
          SourceText(path: "scene-\(index)", text: scene.text), catalogue: Catalogue.experiences,
          materials: .empty)
      } catch {
        Swift.print(error.diagnostics.map(\.concise).joined(separator: "\n"), scene.text)
        throw error
      }
      let run = try TruthRunner().nominal(parsed.experiment, accuracy: parsed.accuracy)
      let record = try TruthRunner().truth(of: parsed)
      for (name, exact) in scene.drop.outcomes.sorted(by: { $0.key < $1.key }) {
        guard let place = parsed.definition.outcomeIndex(name), exact.isFinite,
          run.refinements[place].value.isFinite, let kept = record[outcome: name]?.scalar
        else { continue }
        let refinement = run.refinements[place]
        var tally = byFamily[scene.family] ?? Tally()
        let error = Double(abs(Exact(refinement.value) - exact))
        let recordError = Double(abs(Exact(kept.value) - exact))
        // the closed form has its own last place, far below that of a double
        let slack = Double(abs(exact)) * 1e-17
        let isInside = error <= refinement.halfWidth + slack
        let isRecordInside = recordError <= kept.halfWidth + slack
        tally.outcomes += 1
        all.outcomes += 1
        if isInside {
          tally.inside += 1
          all.inside += 1
        } else {
          misses.append(
            (
              error / max(refinement.halfWidth, 1e-300),
              "\(scene.family) scene \(index) \(name): error \(error), band \(refinement.halfWidth), exact \(Double(exact))"
            ))
        }
        if isRecordInside {
          tally.recordInside += 1
          all.recordInside += 1
        }
        if refinement.status != .converged {
          tally.unresolved += 1
          all.unresolved += 1
        }
        if error > 4 * Double(exact).ulp {
          tally.ratios.append(refinement.halfWidth / error)
          all.ratios.append(refinement.halfWidth / error)
        }
        byFamily[scene.family] = tally
      }
    }
    report(all, byFamily, misses)
  }

  private func report(
    _ all: Tally, _ byFamily: [String: Tally], _ misses: [(excess: Double, text: String)]
  ) {
    Swift.print(Machine.line)
    Swift.print(
      "scenes: \(scenes), seed \(seed), families by turns; see RandomScenes.swift for the laws\n")
    Swift.print(
      "family              outcomes  inside band  inside record's band  not converged  above rounding  median band/error"
    )
    let rows =
      RandomScene.families.compactMap { name in byFamily[name].map { (name, $0) } } + [("all", all)]
    for (name, tally) in rows {
      let sorted = tally.ratios.sorted()
      let median = sorted.isEmpty ? Double.nan : sorted[sorted.count / 2]
      let cells = [
        name.padding(toLength: 20, withPad: " ", startingAt: 0),
        String(
          format: "%8d  %10.2f%%  %19.2f%%", tally.outcomes,
          100 * Double(tally.inside) / Double(max(1, tally.outcomes)),
          100 * Double(tally.recordInside) / Double(max(1, tally.outcomes))),
        String(format: "%13d  %14d  %17.1f", tally.unresolved, tally.ratios.count, median),
      ]
      Swift.print(cells.joined(separator: "  "))
    }
    Swift.print(
      "\nwanted: at least 99 % inside; median band/error at most 30 over errors above 4 ulp")
    if !misses.isEmpty { Swift.print("\nworst misses (error/band):") }
    for miss in misses.sorted(by: { $0.excess > $1.excess }).prefix(25) {
      Swift.print(String(format: "  %8.2f  ", miss.excess) + miss.text)
    }
  }
}
