// Work against precision in the columns of benchmarks/peers/work_precision.py.
//
// The same scenes, heights and definitions: e = 0.8, vacuum and constant C_D = 0.5, rest as the last
// instant at which the underside is DELTA above the floor. Wall time of `plumbline` is one run at
// one level up to 1.05 times the outcome; of `plumbline-verified` three levels through the runner,
// with band, events and audits.

import Catalogue
import ClosedForms
import Experience
import Foundation
import RigidBody

struct WorkPrecision {
  private let gravity = 9.80665
  private let restitution = 0.8

  private struct Family {
    let name: String
    let drag: SphereDrag
    let mass: Double
    var fluidDensity: Double { drag == .none ? 0 : 1.2041 }
  }
  private let families = [
    Family(name: "vacuum", drag: .none, mass: 0.2617),
    Family(name: "drag", drag: .constant(0.5), mass: 0.0027),
  ]

  /// Impact times, apex times and heights in closed form.
  private func apexes(_ family: Family, _ height: Double) -> [(time: Double, height: Double)] {
    var list = [(time: 0.0, height: height)]
    if family.drag == .none {
      let fall = VacuumFall(gravity: gravity)
      let times = fall.impactTimes(height: height, restitution: restitution, count: 60)
      let heights = fall.reboundHeights(height: height, restitution: restitution, count: 60)
      for (time, rebound) in zip(times, heights) {
        list.append((time + (2 * rebound / gravity).squareRoot(), rebound))
      }
    } else {
      let fall = quadratic(family)
      for bounce in fall.bounces(height: height, velocity: 0, restitution: restitution, count: 60) {
        list.append(
          (bounce.time + fall.timeUp(speed: restitution * bounce.speed), bounce.reboundHeight))
      }
    }
    return list
  }

  private func quadratic(_ family: Family) -> QuadraticDragFall {
    QuadraticDragFall(
      gravity: gravity, mass: family.mass, dragCoefficient: 0.5, area: .pi / 4 * 0.04 * 0.04,
      fluidDensity: 1.2041)
  }

  private func fallTime(_ family: Family, _ height: Double) -> Double {
    family.drag == .none
      ? (2 * height / gravity).squareRoot() : quadratic(family).fallTime(height: height)
  }

  private func ball(_ family: Family, duration: Double) -> BouncingBall {
    BouncingBall(
      flight: BallFlight(
        mass: family.mass, diameter: 0.04, gravity: Vector3(x: 0, y: 0, z: -gravity),
        drag: family.drag, fluidDensity: family.fluidDensity, viscosity: 1.8134e-5,
        hasBuoyancy: false, hasAddedMass: false),
      impact: SphereImpact(mass: family.mass, radius: 0.02, inertiaFactor: 0.4),
      restitution: .constant(restitution), friction: .isotropic(0), grip: 0, duration: duration)
  }

  /// Last instant at which the underside is `delta` above the floor.
  private func rest(_ log: BallLog, _ family: Family, level: Int, delta: Double) -> Double {
    guard let apex = log.apexes.last(where: { $0.gap > delta }) else { return .nan }
    let piece = BallPiece(flight: ball(family, duration: 1).flight, level: level)
    let fall = piece.fall(BallState(gap: apex.gap - delta, velocity: .zero))?.time ?? .nan
    return apex.time + fall
  }

  private func timing(_ work: () -> Void) -> Double {
    var best = Double.infinity
    for _ in 0..<7 {
      let count = 20
      best = min(best, Machine.seconds { for _ in 0..<count { work() } } / Double(count))
    }
    return best
  }

  func print() {
    Swift.print("engine,version,scene,outcome,dt_s,wall_s,value,exact,relative_error")
    for family in families {
      for height in [1.0, 1.01, 1.02, 1.03, 1.04] { rows(family, height) }
    }
  }

  private func rows(_ family: Family, _ height: Double) {
    let exact = apexes(family, height)
    let below = exact.firstIndex { $0.height < 1e-4 * height } ?? 1
    let delta = (exact[below - 1].height * exact[below].height).squareRoot()
    let last = exact[below - 1]
    let truths = [
      ("fall-time", fallTime(family, height)), ("rebound-height", exact[1].height),
      ("rest-time", last.time + fallTime(family, last.height - delta)),
    ]
    let ends = [
      "fall-time": truths[0].1, "rebound-height": exact[1].time, "rest-time": truths[2].1,
    ]
    let start = BallState(gap: height, velocity: .zero)
    for level in 0..<6 {
      for (name, truth) in truths {
        let ball = ball(family, duration: 1.05 * (ends[name] ?? 1))
        guard let log = try? ball.run(from: start, spin: .zero, level: level) else { continue }
        let value: Double
        switch name {
        case "fall-time": value = log.impacts[0].before.time
        case "rebound-height": value = log.apexes[0].gap
        default: value = rest(log, family, level: level, delta: delta)
        }
        let wall = timing { _ = try? ball.run(from: start, spin: .zero, level: level) }
        row("plumbline", family, height, name, "level \(level)", wall, value, truth)
      }
    }
    verified(family, height, truths)
  }

  private func verified(_ family: Family, _ height: Double, _ truths: [(String, Double)]) {
    let air =
      family.drag == .none
      ? "air: none" : "air: { density: 1.2041 kg/m^3, viscosity: 1.8134e-5 Pa.s }"
    let text = """
      plumbline: 1
      experience: ball-drop
      environment: { \(air), buoyancy: false, added-mass: false }
      ball: { diameter: 40 mm, mass: \(family.mass) kg }
      drag: \(family.drag == .none ? "none" : "{ coefficient: 0.5 }")
      start: { height: \(height) m }
      floor: { restitution: 0.8 }
      """
    guard
      let scene = try? Scene.parse(
        SourceText(path: "-", text: text), catalogue: Catalogue.experiences, materials: .empty),
      let run = try? TruthRunner().nominal(scene.experiment, accuracy: scene.accuracy)
    else { return }
    let wall = timing {
      _ = try? TruthRunner().nominal(scene.experiment, accuracy: scene.accuracy)
    }
    // rest time of the record is the limit of the series, another definition than the peers'
    for (name, truth) in truths.prefix(2) {
      guard let index = scene.definition.outcomeIndex(name) else { continue }
      row(
        "plumbline-verified", family, height, name, "three levels", wall,
        run.refinements[index].value, truth)
    }
  }

  private func row(
    _ engine: String, _ family: Family, _ height: Double, _ outcome: String, _ step: String,
    _ wall: Double, _ value: Double, _ exact: Double
  ) {
    let error = abs(value / exact - 1)
    Swift.print(
      "\(engine),0.1.0,\(family.name)/\(String(format: "%.2f", height)),\(outcome),\(step),\(wall),\(value),\(exact),\(error)"
    )
  }
}
