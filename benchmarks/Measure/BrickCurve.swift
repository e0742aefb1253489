// How probable it is that a struck clay brick breaks, against the height of the striker, on two meshes.
//
// The same bricks at every height and on both meshes (common random numbers); a brick is broken if it has
// come apart by strict counting (mean opening 0.95 of a face) or by lenient counting (0.5). The curve
// P(H) = Φ(ln(H/H50)/β) is fitted by maximum likelihood. It describes the model: no measured curve exists.
// Minutes on one core.

import Catalogue
import Experience
import Foundation
import LinearAlgebra

struct BrickCurve {
  let members: Int
  private let heights = [18.0, 22, 26, 30, 35, 42, 55, 75]
  /// Level 0: six elements in the depth, 10 mm; level 1: eight, 7.5 mm.
  private let levels = [0, 1]

  /// Of one member: broken by strict and by lenient counting.
  private struct Answer: Sendable {
    let strict: Bool
    let lenient: Bool
    let lack: Double
  }

  private func scene(_ height: Double) throws -> Scene {
    try Scene.parse(
      SourceText(
        path: "curve",
        text: """
          plumbline: 1
          experience: brick-break
          brick: { size: "[240, 120, 60] mm", density: 1800 kg/m^3, youngs-modulus: 10 GPa, poisson-ratio: 0.2, tensile-strength: 3 MPa, fracture-energy: 50 N/m, strength-cov: 0.2, correlation-length: 30 mm }
          test: { strike: { span: 180 mm, striker: { mass: 2 kg }, height: \(figures(height)) mm } }
          resolution: 10 mm
          samples: \(members)
          seed: 7
          """), catalogue: Catalogue.experiences, materials: .empty)
  }

  private func answers(_ height: Double, level: Int) throws -> [Answer] {
    let scene = try scene(height)
    let experiment = scene.experiment
    let sampling = Sampling(seed: 7, inputs: experiment.inputs)
    let breaks = scene.outcomes.firstIndex { $0.name == "breaks" } ?? 0
    return try (0..<members).map { index in
      let run = try experiment.run(sampling.member(index), level: level)
      let lenient = run.range.first { $0.name == "pieces-by-lenient-count" }?.value ?? 0
      let lack = run.audits.first { $0.name == "energy" }?.value ?? .nan
      return Answer(strict: run.values[breaks] > 0.5, lenient: lenient >= 2, lack: lack)
    }
  }

  func run() throws {
    BLAS.useOneThread()
    print("Break probability of a clay brick (240 x 120 x 60 mm, span 180 mm) under a 2 kg line")
    print("striker, \(members) bricks, the same at every height and on both meshes")
    print(Machine.line, terminator: "\n\n")
    var table = TextTable([
      "height mm", "mesh mm", "strict", "95 % Jeffreys", "lenient", "95 % Jeffreys",
      "differ from 10 mm", "largest lack of energy", "s",
    ])
    var counts: [[(strict: Int, lenient: Int)]] = levels.map { _ in [] }
    for height in heights {
      var coarse: [Answer] = []
      for (place, level) in levels.enumerated() {
        var found: [Answer] = []
        let seconds = try Machine.seconds { found = try answers(height, level: level) }
        if level == 0 { coarse = found }
        let strict = found.count(where: \.strict)
        let lenient = found.count(where: \.lenient)
        counts[place].append((strict, lenient))
        let flips = zip(coarse, found).count { $0.strict != $1.strict }
        table.add([
          figures(height), level == 0 ? "10" : "7.5", share(strict), interval(strict),
          share(lenient), interval(lenient), level == 0 ? "-" : "\(flips)",
          figures(found.map(\.lack).max() ?? 0, 2), figures(seconds),
        ])
        FileHandle.standardError.write(
          Data(
            "\(height) mm, level \(level): \(strict), \(lenient) of \(members), \(seconds) s\n".utf8
          ))
      }
    }
    table.print()
    print("\nFit of the probit in ln H")
    var fits = TextTable(["mesh mm", "counting", "H50 mm", "s.e.", "beta", "monotone"])
    for (place, level) in levels.enumerated() {
      for (name, hits) in [
        ("strict", counts[place].map(\.strict)), ("lenient", counts[place].map(\.lenient)),
      ] {
        let fit = Probit(heights: heights, hits: hits, of: members)
        fits.add([
          level == 0 ? "10" : "7.5", name, figures(fit.middle), figures(fit.error, 2),
          figures(fit.width), monotone(hits),
        ])
      }
    }
    fits.print()
    print(
      "\nmonotone: yes, or the deepest fall between heights in standard errors of the difference")
  }

  private func share(_ hits: Int) -> String { figures(Double(hits) / Double(members), 3) }

  private func interval(_ hits: Int) -> String {
    let ends = Share.jeffreys(hits, of: members)
    return "\(figures(ends.lowerBound, 2))-\(figures(ends.upperBound, 2))"
  }

  private func monotone(_ hits: [Int]) -> String {
    let n = Double(members)
    var worst = 0.0
    for (a, b) in zip(hits, hits.dropFirst()) where b < a {
      let p = Double(a + b) / (2 * n)
      worst = max(worst, Double(a - b) / n / (2 * p * (1 - p) / n).squareRoot())
    }
    return worst == 0 ? "yes" : figures(worst, 2)
  }
}

/// Φ(a + b·ln H) by Fisher scoring.
private struct Probit {
  let middle: Double
  let width: Double
  /// Standard error of the middle, in the unit of the heights.
  let error: Double

  init(heights: [Double], hits: [Int], of n: Int) {
    let x = heights.map { log($0 / 30) }
    var (a, b) = (0.0, 3.0)
    var covariance = (aa: 0.0, ab: 0.0, bb: 0.0)
    for _ in 0..<100 {
      var (u, v, aa, ab, bb) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (z, k) in zip(x, hits) {
        let eta = min(8, max(-8, a + b * z))
        let p = min(1 - 1e-12, max(1e-12, NormalLaw.probability(eta)))
        let density = NormalLaw.density(eta)
        let slope = density / (p * (1 - p))
        let residual = (Double(k) - Double(n) * p) * slope
        let weight = Double(n) * density * slope
        u += residual
        v += residual * z
        aa += weight
        ab += weight * z
        bb += weight * z * z
      }
      let determinant = max(aa * bb - ab * ab, 1e-300)
      let (da, db) = ((bb * u - ab * v) / determinant, (aa * v - ab * u) / determinant)
      // a long step would leave the range in which counts say anything
      let cut = min(1, 2 / max(abs(da), abs(db), 1e-300))
      (a, b) = (a + cut * da, b + cut * db)
      covariance = (bb / determinant, -ab / determinant, aa / determinant)
      if abs(da) + abs(db) < 1e-12 { break }
    }
    let centre = -a / b
    middle = 30 * exp(centre)
    width = 1 / b
    // delta method on −a/b
    let variance =
      (covariance.aa + 2 * centre * covariance.ab + centre * centre * covariance.bb) / (b * b)
    error = middle * max(0, variance).squareRoot()
  }
}
