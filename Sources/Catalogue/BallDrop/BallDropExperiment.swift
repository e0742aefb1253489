// One ball drop as an experiment: inputs in, outcomes with their noise out.
//
// Source of the outcomes: BallDropFormat. Heights over a tilted floor are vertical distances from the
// point of the ball that faces the floor, so that a height of 0 means contact for any tilt.

import Experience
import Foundation
import RigidBody

struct BallDropExperiment: Experiment {
  let model: BallDropModel
  let inputs: [InputParameter]
  /// Of the flight, or of the integral over its past.
  var designOrder: Double { model.hasHistory ? 2 : 6 }

  /// The numbers of one run, worked out.
  struct Setup {
    let ball: BouncingBall
    let start: BallState
    let spin: Vector3
    let mass: Double
    let diameter: Double
    let density: Double
    let fluidDensity: Double
    let height: Double
    let cosine: Double
    let restitution: Restitution
    /// Takes the place of the ball's run where the liquid remembers the motion.
    let history: BassetHistory?
  }

  // MARK: Setup

  func setup(_ values: [Double], kept: Int = 64) -> Setup {
    let diameter = values[model.diameter]
    let volume = Double.pi / 6 * diameter * diameter * diameter
    let mass: Double
    switch model.heaviness {
    case .mass(let index): mass = values[index]
    case .density(let index): mass = values[index] * volume
    }
    let tilt = values[model.tilt]
    // level floors stay exact: cos 0 = 1, sin 0 = 0
    let (c, s) = (cos(tilt), sin(tilt))
    func inFloorAxes(_ v: Vector3) -> Vector3 {
      s == 0 ? v : Vector3(x: c * v.x - s * v.z, y: v.y, z: s * v.x + c * v.z)
    }
    func vector(_ indices: [Int]) -> Vector3 {
      indices.count == 3
        ? Vector3(x: values[indices[0]], y: values[indices[1]], z: values[indices[2]]) : .zero
    }
    var gravity = Vector3.zero
    var central: CentralGravity?
    switch model.gravity {
    case .down(let index): gravity = Vector3(x: 0, y: 0, z: -values[index])
    case .vector(let indices): gravity = vector(indices)
    case .central(let parameter, let radius):
      central = CentralGravity(parameter: values[parameter], radius: values[radius])
    }
    let (density, viscosity) =
      model.fluid.map { (values[$0.density], values[$0.viscosity]) } ?? (0, 0)
    let drag: SphereDrag
    switch model.drag {
    case .law(let law): drag = law
    case .coefficient(let index): drag = .constant(values[index])
    }
    let flight = BallFlight(
      mass: mass, diameter: diameter, gravity: inFloorAxes(gravity), drag: drag,
      fluidDensity: density, viscosity: viscosity, hasBuoyancy: model.hasBuoyancy,
      hasAddedMass: model.hasAddedMass, frameSpin: inFloorAxes(vector(model.frameSpin)),
      central: central)
    let law = restitution(values, mass: mass, radius: 0.5 * diameter)
    let ball = BouncingBall(
      flight: flight,
      impact: SphereImpact(
        mass: mass, radius: 0.5 * diameter, inertiaFactor: model.isShell ? 2.0 / 3 : 2.0 / 5),
      restitution: law, friction: friction(values), grip: values[model.grip],
      rollingResistance: values[model.rollingResistance], duration: model.duration,
      apexThreshold: 1e-3 * c, kept: kept)
    let height = values[model.height]
    return Setup(
      ball: ball, start: BallState(gap: height * c, velocity: inFloorAxes(vector(model.velocity))),
      spin: inFloorAxes(vector(model.spin)), mass: mass, diameter: diameter,
      density: mass / volume, fluidDensity: density, height: height, cosine: c, restitution: law,
      history: model.hasHistory ? BassetHistory(flight: flight, diameter: diameter) : nil)
  }

  private func restitution(_ values: [Double], mass: Double, radius: Double) -> Restitution {
    switch model.restitution {
    case .constant(let index): return .constant(values[index])
    case .viscoelastic(let modulus, let dissipation):
      // Hertz: F = (4/3)·E*·√R·x^1.5 on the mass m
      let stiffness = 4 * values[modulus] * radius.squareRoot() / (3 * mass)
      return .viscoelastic(stiffness: stiffness, dissipation: values[dissipation])
    case .huntCrossley(let damping): return .huntCrossley(damping: values[damping])
    case .springDashpot(let ratio): return .springDashpot(dampingRatio: values[ratio])
    }
  }

  private func friction(_ values: [Double]) -> PlanarFriction {
    switch model.friction {
    case .isotropic(let index): return .isotropic(values[index])
    case .elliptic(let along, let across, let angle):
      return PlanarFriction(along: values[along], across: values[across], direction: angle)
    }
  }

  // MARK: Run

  func run(_ values: [Double], level: Int) throws(RunFailure) -> RunResult {
    let setup = setup(values)
    if let history = setup.history {
      let log = history.run(
        from: setup.start, mass: setup.mass, duration: model.duration, level: level)
      return BallDropReading(setup: setup, log: log, model: model).result
    }
    let log: BallLog
    do { log = try setup.ball.run(from: setup.start, spin: setup.spin, level: level) } catch {
      throw RunFailure(
        code: "R002",
        "more than \(BouncingBall.impactLimit) impacts by t = \(error.time) s, at bounces of \(error.height) m; lower `duration:` or the restitution"
      )
    }
    return BallDropReading(setup: setup, log: log, model: model).result
  }

  // MARK: What the runner asks

  var nominalSetup: Setup { setup(inputs.map(\.law.nominal)) }

  var mechanisms: [String] {
    let setup = nominalSetup
    var list = ["gravity", "impact"]
    if setup.ball.flight.drag != .none { list.append("drag") }
    if setup.history != nil { list.append("history") }
    if isOblique(setup) { list.append("friction") }
    if setup.spin != .zero { list.append("spin") }
    return list
  }

  private func isOblique(_ setup: Setup) -> Bool {
    let (v, w) = (setup.start.velocity, setup.spin)
    return v.x != 0 || v.y != 0 || w.x != 0 || w.y != 0 || setup.cosine != 1
  }

  var descriptors: [NamedNumber] {
    let setup = nominalSetup
    let flight = setup.ball.flight
    let pull = max(-flight.drive.z, 1e-300)
    let fall = (pow(setup.start.velocity.z, 2) + 2 * pull * max(setup.start.gap, 1e-300))
      .squareRoot()
    var list = [
      NamedNumber("log10-h-over-d", log10(max(setup.height, 1e-300) / setup.diameter)),
      NamedNumber("e", setup.restitution.coefficient(approachSpeed: fall)),
    ]
    if flight.drag != .none {
      list.append(NamedNumber("log10-density-ratio", log10(setup.density / setup.fluidDensity)))
      list.append(NamedNumber("log10-reynolds", log10(max(1e-300, flight.reynoldsPerSpeed * fall))))
    }
    if isOblique(setup) {
      list.append(NamedNumber("mu", setup.ball.friction.along))
      list.append(NamedNumber("tilt", acos(min(1, setup.cosine))))
    }
    if setup.spin != .zero {
      list.append(NamedNumber("spin", setup.spin.length * setup.diameter / fall))
    }
    return list
  }

  func trust(in outcome: String, given run: RunResult) -> (tier: Tier, basis: String) {
    let setup = nominalSetup
    let flight = setup.ball.flight
    func met(_ name: String) -> Double? { run.range.first { $0.name == name }?.value }
    let afterImpact = !["fall-time", "impact-speed", "first-range"].contains(outcome)
    if let reynolds = met("reynolds"), !flight.drag.validReynolds.contains(reynolds) {
      return (
        .t3,
        "the drag law \(flight.drag.name) is extrapolated: Re \(figures(reynolds)), valid to \(figures(flight.drag.validReynolds.upperBound))"
      )
    }
    if afterImpact, let stokes = met("stokes-number"), stokes < 2000, setup.fluidDensity > 0,
      setup.restitution.coefficient(approachSpeed: met("approach-speed") ?? 1) > 0
    {
      return (
        .t3,
        "a dry restitution does not hold in a liquid at Stokes number \(figures(stokes)) < 2000"
      )
    }
    if afterImpact, let speeds = model.speeds, let fastest = met("approach-speed"),
      let slowest = met("slowest-approach-speed")
    {
      // the outcomes of a whole series rest on every impact of it, the others on the first
      let isSeries = ["bounces", "rest-time", "rest-position"].contains(outcome)
      if let outside = (isSeries ? [fastest, slowest] : [fastest]).first(where: {
        !speeds.contains($0)
      }) {
        return (
          .t3,
          "the restitution was made for \(figures(speeds.lowerBound)) to \(figures(speeds.upperBound)) m/s, an impact has \(figures(outside)) m/s"
        )
      }
    }
    if flight.isParabolic, setup.restitution.isIndependentOfSpeed {
      return (.t0, "parabolas in a vacuum, instantaneous impacts, all in closed form")
    }
    if setup.history != nil {
      return (
        .t1,
        "converged integration with Stokes drag and the history force, checked against its closed form"
      )
    }
    return (
      .t1,
      flight.drag == .none
        ? "converged integration of the equations of motion, checked against closed forms"
        : "converged integration with the drag law \(flight.drag.name), checked against closed forms of quadratic and linear drag"
    )
  }

  private func figures(_ value: Double) -> String { String(format: "%.3g", value) }
}
