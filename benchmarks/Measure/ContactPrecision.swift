// Boxes in contact: error against work, the scenes of benchmarks/peers/contact_precision.py.
//
// CSV with the same columns; `dt_s` is 2^-level for runs event by event and the step in s for fixed
// steps. Friction has two coefficients here, so stick-slip is run as it is.

import Foundation
import RigidBody

struct ContactPrecision {
  private let g = ContactWorlds.g

  func print() throws {
    Swift.print("# \(Machine.line)")
    Swift.print(
      "engine,version,scene,outcome,dt_s,wall_s,value,exact,relative_error,cpu_s")
    for level in 0...2 {
      try slide(level)
      try incline(level)
      try stickSlip(level)
      try stack(level)
    }
    for count in [1, 10, 20, 50, 100] { try stackSpeed(count) }
    try pile()
  }

  private func line(
    _ scene: String, _ outcome: String, _ dt: Double, _ wall: Double, _ value: Double,
    _ exact: Double?, engine: String = "plumbline"
  ) {
    let error = exact.map { $0 == 0 ? abs(value) : abs(value / $0 - 1) }
    Swift.print(
      "\(engine),main,\(scene),\(outcome),\(dt),\(wall),\(value),\(exact.map { "\($0)" } ?? ""),\(error.map { "\($0)" } ?? ""),\(wall)"
    )
  }

  /// Best wall time of a few runs, and the last log.
  private func timed(_ make: () throws -> Engine) throws -> (RunLog, Double) {
    var (best, total, runs) = (Double.infinity, 0.0, 0)
    var log: RunLog?
    while runs < 3 || (total < 0.05 && runs < 100) {
      var engine = try make()
      let wall = try Machine.seconds { log = try engine.run() }
      (best, total, runs) = (min(best, wall), total + wall, runs + 1)
    }
    guard let log else { throw EngineProblem(code: "R102", "no run") }
    return (log, best)
  }

  private func slide(_ level: Int) throws {
    let law = ContactLaw(staticFriction: 0.5)
    var (setup, start) = ContactWorlds.stack(1)
    setup.pairs[0].law = law
    start.twists[0].velocity = Vector3(x: 5, y: 0, z: 0)
    let (log, wall) = try timed {
      try Engine(setup: setup, start: start, options: RunOptions(duration: 3, level: level))
    }
    line(
      "slide", "stop-distance", exp2(-Double(level)), wall, log.end.state.poses[0].position.x,
      25 / (2 * 0.5 * g))
  }

  private func incline(_ level: Int) throws {
    let law = ContactLaw(staticFriction: 0.5)
    let (setup, start) = ContactWorlds.world(
      [(ContactWorlds.box("box", ContactWorlds.cube, mass: 2), Vector3(x: 0, y: 0, z: 0.25))],
      floorLaw: law, law: law, tilt: 0.999 * atan(0.5))
    let (log, wall) = try timed {
      try Engine(
        setup: setup, start: start,
        options: RunOptions(duration: 2, level: level, stopsAtRest: false))
    }
    let creep = (log.end.state.poses[0].position - start.poses[0].position).length / 0.5
    line("incline", "creep", exp2(-Double(level)), wall, creep, 0)
  }

  private func stickSlip(_ level: Int) throws {
    let law = ContactLaw(staticFriction: 0.5, kineticFriction: 0.35)
    let pack = ContactWorlds.box("pack", Vector3(x: 0.3, y: 0.3, z: 0.1), mass: 8)
    var (setup, start) = ContactWorlds.world(
      [(pack, Vector3(x: 0, y: 0, z: 0.05))], floorLaw: law, law: law,
      joints: [
        Joint(
          name: "spring", kind: .spring(stiffness: 400, damping: 0, length: 0.5), a: 0, b: 2,
          anchorA: .zero, anchorB: .zero)
      ])
    setup.bodies.append(
      Body(
        name: "hand", shape: .sphere(radius: 1e-3),
        motion: .steady(velocity: Vector3(x: 0.05, y: 0, z: 0), spin: .zero)))
    start.poses.append(Pose(position: Vector3(x: 0.5, y: 0, z: 0.05)))
    start.twists.append(.zero)
    let (log, wall) = try timed {
      try Engine(
        setup: setup, start: start,
        options: RunOptions(duration: 10, level: level, stopsAtRest: false))
    }
    let slips = log.events.filter { $0.kind == .slip }.map(\.time)
    let period =
      slips.count > 2 ? (slips[slips.count - 1] - slips[1]) / Double(slips.count - 2) : .nan
    line(
      "stick-slip", "period", exp2(-Double(level)), wall, period, 1.687_801_914_966_645_2)
  }

  private func stack(_ level: Int) throws {
    let (setup, start) = ContactWorlds.stack(10)
    let (log, wall) = try timed {
      try Engine(
        setup: setup, start: start,
        options: RunOptions(duration: 10, level: level, stopsAtRest: false))
    }
    let floorPair = setup.pairs.firstIndex { $0.a == 0 && $0.b == 10 } ?? 0
    let dt = exp2(-Double(level))
    line(
      "stack", "floor-force", dt, wall, log.end.contactForces[floorPair].z / (20 * g), 1)
    let drift = (0..<10).map { index -> Double in
      (log.end.state.poses[index].position - start.poses[index].position).length
    }
    line("stack", "drift", dt, wall, (drift.max() ?? 0) / 0.5, 0)
  }

  private func stackSpeed(_ count: Int) throws {
    let (setup, start) = ContactWorlds.stack(count)
    var stepper = try TimeStepper(setup: setup, start: start, step: 1e-3)
    for _ in 0..<200 { stepper.advance() }
    let steps = count < 50 ? 5000 : 1000
    let wall = Machine.seconds { for _ in 0..<steps { stepper.advance() } }
    line(
      "stack-speed-\(count)", "steps-per-second", 1e-3, wall, Double(steps) / wall, nil,
      engine: "plumbline-steps")
    line(
      "stack-speed-\(count)", "certificate", 1e-3, wall, stepper.largestCertificate, nil,
      engine: "plumbline-steps")
  }

  private func pile() throws {
    let (setup, start) = ContactWorlds.lattice()
    var stepper = try TimeStepper(setup: setup, start: start, step: 1e-3)
    let settling = Machine.seconds { for _ in 0..<3000 { stepper.advance() } }
    let steps = 1000
    let wall = Machine.seconds { for _ in 0..<steps { stepper.advance() } }
    line("pile", "settling-seconds", 1e-3, settling, settling, nil, engine: "plumbline-steps")
    line(
      "pile", "steps-per-second", 1e-3, wall, Double(steps) / wall, nil,
      engine: "plumbline-steps")
    let floorPairs = setup.pairs.indices.filter { setup.pairs[$0].b == 100 }
    let force = floorPairs.map { stepper.normalForces[$0] }.reduce(0, +)
    line("pile", "floor-force", 1e-3, wall, force / (100 * g), 1, engine: "plumbline-steps")
    let speed = stepper.current.twists.map { $0.velocity.length }.max() ?? 0
    line("pile", "largest-speed", 1e-3, wall, speed, 0, engine: "plumbline-steps")
    line(
      "pile", "certificate", 1e-3, wall, stepper.largestCertificate, nil,
      engine: "plumbline-steps")
  }
}
