// Complete drops a second on one core: ten bounces at one resolution, by drag law.
//
// The level is the coarsest whose fall time, first rebound height and tenth impact time are within
// 1e-6 of a run four levels finer. Diameter and height change a little from drop to drop.

import Foundation
import RigidBody

struct Throughput {
  let seconds: Double

  private func ball(_ drag: SphereDrag, _ index: Int) -> (BouncingBall, BallState) {
    let share = 1 + 1e-4 * Double(index % 97)
    let diameter = 0.04 * share
    let flight = BallFlight(
      mass: 0.0027, diameter: diameter, gravity: Vector3(x: 0, y: 0, z: -9.80665), drag: drag,
      fluidDensity: drag == .none ? 0 : 1.2041, viscosity: 1.8134e-5, hasBuoyancy: true,
      hasAddedMass: true)
    let ball = BouncingBall(
      flight: flight,
      impact: SphereImpact(mass: 0.0027, radius: 0.5 * diameter, inertiaFactor: 2.0 / 3),
      restitution: .constant(0.9), friction: .isotropic(0.2), grip: 0, duration: 100,
      impactsWanted: 11)
    return (ball, BallState(gap: share, velocity: .zero))
  }

  private func outcomes(_ drag: SphereDrag, level: Int, _ index: Int) -> [Double] {
    let (ball, start) = ball(drag, index)
    guard let log = try? ball.run(from: start, spin: .zero, level: level), log.impacts.count >= 11
    else { return [] }
    return [log.impacts[0].before.time, log.apexes[0].gap, log.impacts[10].before.time]
  }

  private func error(_ drag: SphereDrag, level: Int) -> Double {
    stride(from: 0, to: 97, by: 16).map { index in
      let fine = outcomes(drag, level: level + 4, index)
      return zip(outcomes(drag, level: level, index), fine).map { abs($0 / $1 - 1) }.max() ?? 1
    }.max() ?? 1
  }

  func print() {
    Swift.print(Machine.line)
    Swift.print("drops with ten bounces (40 mm, 2.7 g, from 1 m, e = 0.9), one resolution\n")
    Swift.print("drag law           level   error      drops/s (best)  drops/s (median)")
    for drag in [
      SphereDrag.none, .constant(0.5), .schillerNaumann, .cliftGauvin, .morrison,
    ] {
      let level = (0..<6).first { error(drag, level: $0) <= 1e-6 } ?? 6
      var rates: [Double] = []
      var sink = 0.0
      let start = Date()
      while Date().timeIntervalSince(start) < seconds || rates.count < 5 {
        let count = 500
        let time = Machine.seconds {
          for index in 0..<count {
            let (ball, start) = ball(drag, index)
            if let log = try? ball.run(from: start, spin: .zero, level: level) {
              sink += log.maxSpeed
            }
          }
        }
        rates.append(Double(count) / time)
      }
      rates.sort()
      let name = drag.name.padding(toLength: 17, withPad: " ", startingAt: 0)
      Swift.print(
        name,
        String(
          format: "%6d   %.1e   %14.0f  %16.0f", level, error(drag, level: level), rates.last ?? 0,
          rates[rates.count / 2]), sink.isFinite ? "" : "?")
    }
    Swift.print("\nwanted: at least 20,000 a second with a constant coefficient")
  }
}
