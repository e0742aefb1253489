// Do the bands of random slumps and pours cover a run with cells four times as fine?
//
// Scenes through the product path, three levels each; the judge is the same program at a quarter of the
// finest cell, whose own error is a quarter of the finest level's if the order is 1 (so a band that covers
// less than three quarters of its due is found out). It says nothing about the model.

import Catalogue
import Experience
import Foundation

struct SyrupBands {
  let sceneCount: Int
  let seed: UInt64

  private struct Tally {
    var compared = 0
    var inside = 0
    var resolved = 0
    var ratios: [Double] = []
    var worst = 0.0
  }

  private static func text(_ name: String, _ random: inout Draws) -> String {
    let viscosity = random.log(0.5, 50)
    let head = """
      plumbline: 1
      experience: syrup-pour
      syrup: { density: \(figures(random.uniform(900, 1500), 4)) kg/m^3, viscosity: \(figures(viscosity, 3)) Pa.s }

      """
    if name == "slump" {
      let (radius, height) = (random.uniform(12, 40), random.uniform(8, 30))
      return head + """
        pour: { slump: { radius: \(figures(radius, 3)) mm, height: \(figures(height, 3)) mm } }
        resolution: \(figures(min(radius, height) / 6, 2)) mm
        duration: \(figures(random.log(0.3, 2), 2)) s
        """
    }
    let (nozzle, height) = (random.uniform(8, 16), random.uniform(8, 20))
    let speed = random.uniform(0.03, 0.12)
    // mm² times m/s is mL/s
    let rate = 0.25 * Double.pi * nozzle * nozzle * speed
    return head + """
      pour: { stream: { volume: \(figures(rate, 3)) mL, rate: \(figures(rate, 3)) mL/s, nozzle: \(figures(nozzle, 3)) mm, height: \(figures(height, 3)) mm, onto: { plate: 150 mm } } }
      geometry: axisymmetric
      resolution: \(figures(nozzle / 6, 2)) mm
      duration: 1.5 s
      """
  }

  func run() throws {
    print("Bands of syrup scenes: \(sceneCount) of each family, seed \(seed)")
    print(Machine.line, terminator: "\n\n")
    var table = TextTable([
      "family", "outcome", "compared", "inside %", "within 2 %", "median band/error",
      "largest error/band",
    ])
    for family in ["slump", "stream"] {
      var random = Draws(seed: seed)
      var tallies: [String: Tally] = [:]
      for index in 0..<sceneCount {
        let text = Self.text(family, &random)
        do { try compare(text, index, &tallies) } catch { print("\(family) \(index): \(error)") }
      }
      for (name, tally) in tallies.sorted(by: { $0.key < $1.key }) {
        table.add([
          family, name, "\(tally.compared)",
          figures(100 * Double(tally.inside) / Double(max(1, tally.compared)), 3),
          "\(tally.resolved)", figures(tally.ratios.median, 3), figures(tally.worst, 3),
        ])
      }
    }
    table.print()
  }

  private func compare(_ text: String, _ index: Int, _ tallies: inout [String: Tally]) throws {
    let scene = try Scene.parse(
      SourceText(path: "scene \(index)", text: text), catalogue: Catalogue.experiences,
      materials: .empty)
    let nominal = try TruthRunner(extraLevels: 0).nominal(scene.experiment, accuracy: 0.02)
    let judge = try scene.experiment.run(
      scene.experiment.inputs.map(\.law.nominal), level: nominal.level + 2)
    for name in ["landing-time", "spread-radius", "mound-height"] {
      guard let place = scene.outcomes.firstIndex(where: { $0.name == name }) else { continue }
      let (refinement, truth) = (nominal.refinements[place], judge.values[place])
      guard refinement.value.isFinite, truth.isFinite else { continue }
      let error = abs(refinement.value - truth)
      var tally = tallies[name, default: Tally()]
      tally.compared += 1
      if error <= refinement.halfWidth {
        tally.inside += 1
      } else {
        print(
          "scene \(index): \(name) \(refinement.value) ± \(refinement.halfWidth), finer \(truth), \(refinement.status.rawValue)"
        )
      }
      if refinement.halfWidth <= 0.02 * abs(truth) { tally.resolved += 1 }
      if error > 0 { tally.ratios.append(refinement.halfWidth / error) }
      if refinement.halfWidth > 0 { tally.worst = max(tally.worst, error / refinement.halfWidth) }
      tallies[name] = tally
    }
  }
}

/// Random numbers of a seed, for scenes.
private struct Draws {
  private let random: CounterRandom
  private var index: UInt64 = 0
  init(seed: UInt64) { random = CounterRandom(seed: seed) }

  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    index += 1
    return low + (high - low) * random.uniform(stream: 0, index: index)
  }

  mutating func log(_ low: Double, _ high: Double) -> Double {
    low * exp(uniform(0, Foundation.log(high / low)))
  }
}
