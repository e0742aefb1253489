// Scenes of SimBenchmark (leggedrobotics, 2021), rebuilt from their description, run by plumbline.
//
// The same scenes and metrics as benchmarks/peers/simbenchmark.py; CSV with the same columns.
// rolling and bouncing run event by event (dt_s is the largest time between looks), 666 in fixed steps.

import Foundation
import RigidBody

struct SimBenchmark {
  private let g = 9.81

  func print() throws {
    Swift.print("# \(Machine.line)")
    Swift.print("scene,engine,setting,version,dt_s,steps,metric,unit,wall_s,cpu_s,steps_per_s")
    try rolling()
    try bouncing()
    for dt in [1e-2, 4e-3, 2e-3, 1e-3] { try six(step: dt) }
  }

  private func line(
    _ scene: String, _ setting: String, _ dt: Double, _ steps: Int, _ metric: Double,
    _ unit: String, _ wall: Double
  ) {
    Swift.print(
      "\(scene),plumbline,\(setting),main,\(dt),\(steps),\(metric),\(unit),\(wall),\(wall),\(Double(steps) / wall)"
    )
  }

  private func rolling() throws {
    let heading = Vector3(x: 0.5, y: 0.75.squareRoot(), z: 0)
    let box = ContactWorlds.box("box", Vector3(x: 20, y: 20, z: 1), mass: 10)
    var bodies = [(body: box, position: Vector3(x: 0, y: 0, z: 0.5))]
    for i in -2...2 {
      for j in -2...2 {
        bodies.append(
          (
            ContactWorlds.ball("ball", radius: 0.5, mass: 1),
            Vector3(x: 2 * Double(i), y: 2 * Double(j), z: 1.5)
          ))
      }
    }
    var (setup, start) = ContactWorlds.world(
      bodies, floorLaw: ContactLaw(staticFriction: 0.4), law: ContactLaw(staticFriction: 0.8),
      gravity: g, loads: [AppliedLoad(body: 0, force: 150 * heading)])
    setup.pairs = setup.pairs.filter { $0.a == 0 || $0.b == 0 }
    let a = (150 - 0.4 * 35 * g) / (10 + 25 * 2 / 7)
    let looks = (1...400).map { 0.01 * Double($0) }
    var engine = try Engine(
      setup: setup, start: start,
      options: RunOptions(duration: 4, reportTimes: looks, stopsAtRest: false))
    var log: RunLog?
    let wall = try Machine.seconds { log = try engine.run() }
    guard let log else { return }
    let errors = zip(looks, log.reports).map { time, sample -> Double in
      let speeds = sample.state.twists.map(\.velocity)
      let box = speeds[0] - (a * time) * heading
      let balls = (1...25).map { index -> Double in
        let d = speeds[index] - (2.0 / 7 * a * time) * heading
        return d.dot(d)
      }
      return box.dot(box) + balls.reduce(0, +) / 25
    }
    line(
      "rolling", "events", 0.01, log.steps, errors.reduce(0, +) / Double(errors.count),
      "m^2/s^2", wall)
  }

  private func bouncing() throws {
    var bodies: [(body: Body, position: Vector3)] = []
    for i in 0..<7 {
      for j in 0..<7 {
        bodies.append(
          (
            ContactWorlds.ball("ball", radius: 0.1, mass: 10),
            Vector3(x: 0.5 * Double(i), y: 0.5 * Double(j), z: 5)
          ))
      }
    }
    let law = ContactLaw(restitution: 1)
    let (setup, start) = ContactWorlds.world(bodies, floorLaw: law, law: law, gravity: g)
    let looks = (1...2000).map { 0.01 * Double($0) }
    var engine = try Engine(
      setup: setup, start: start,
      options: RunOptions(duration: 20, reportTimes: looks, stopsAtRest: false))
    var log: RunLog?
    let wall = try Machine.seconds { log = try engine.run() }
    guard let log else { return }
    let initial = 49 * 10 * g * 5
    let metric =
      log.reports.map { sample -> Double in
        var energy = 0.0
        for index in 0..<49 {
          let (pose, twist) = (sample.state.poses[index], sample.state.twists[index])
          energy += 5 * twist.velocity.dot(twist.velocity) + 10 * g * pose.position.z
          energy += 0.5 * 0.04 * twist.spin.dot(twist.spin)
        }
        return (energy - initial) * (energy - initial)
      }.reduce(0, +) / Double(log.reports.count)
    line("bouncing", "events", 0.01, log.steps, metric, "J^2", wall)
  }

  private func six(step: Double) throws {
    var bodies: [(body: Body, position: Vector3)] = []
    for i in 0..<6 {
      for j in 0..<6 {
        for k in 0..<6 {
          let number = 3 * (36 * i + 6 * j + k)
          let jitter = (0..<3).map { 1e-3 * ContactWorlds.weyl(number + $0) }
          bodies.append(
            (
              ContactWorlds.ball("ball", radius: 0.1, mass: 10),
              Vector3(
                x: 0.21 * Double(i) + jitter[0], y: 0.21 * Double(j) + jitter[1],
                z: 0.101 + 0.21 * Double(k) + jitter[2])
            ))
        }
      }
    }
    let (setup, start) = ContactWorlds.world(
      bodies, floorLaw: ContactLaw(), law: ContactLaw(), gravity: g)
    var stepper = try TimeStepper(setup: setup, start: start, step: step)
    let steps = Int((10 / step).rounded())
    var (sum, looks) = (0.0, 0)
    let wall = Machine.seconds {
      for _ in 0..<steps {
        stepper.advance()
        sum += stepper.penetrationSquared
        looks += 1
      }
    }
    line("666", "steps", step, steps, sum / Double(looks), "m^2", wall)
    Swift.print("# 666: largest certificate \(stepper.largestCertificate)")
  }
}
