// Random scenes whose outcomes have a closed form, as scene text and as numbers.
//
// Drawn    family by turns; heights log-uniform 1 mm to 100 m, diameters log-uniform 1 to 200 mm,
//          restitution uniform 0 to 0.95, gravity uniform 1 to 25 m/s^2, half of the vertical
//          throws upward; coefficients of friction 0.05 to 1, of drag at most 900; terminal speeds and relaxation times such that drag is weak to ruling.

import Experience
import Foundation

/// A scene with its exact outcomes.
struct RandomScene {
  let family: String
  let text: String
  let drop: ExactDrop

  static let families = [
    "vacuum", "quadratic drag", "linear drag", "oblique, friction", "turning frame", "central",
    "slide and roll",
  ]

  init(index: Int, seed: UInt64) {
    var generator = SplitMix64(seed: SplitMix64.mix(seed &+ UInt64(index) &* 0x9E37_79B9))
    func uniform(_ low: Double, _ high: Double) -> Double {
      low + (high - low) * Double(generator.next() >> 11) * 0x1p-53
    }
    func log(_ low: Double, _ high: Double) -> Double { low * pow(high / low, uniform(0, 1)) }
    family = RandomScene.families[index % RandomScene.families.count]
    let height = log(1e-3, 100)
    let diameter = log(1e-3, 0.2)
    let density = log(50, 10_000)
    let gravity = uniform(1, 25)
    let restitution = family == "central" || family == "turning frame" ? 0 : uniform(0, 0.95)
    let isThrown = uniform(0, 1) < 0.5
    let speed = (2 * gravity * height).squareRoot()
    var velocity = (x: 0.0, y: 0.0, z: isThrown ? uniform(-1, 1) * speed : 0)
    var spin = (x: 0.0, y: 0.0)
    var (friction, grip, rolling) = (0.0, 0.0, 0.0)
    let radius = Exact(diameter) / 2
    let volume = Exact.pi / 6 * Exact(diameter) * Exact(diameter) * Exact(diameter)
    let mass = Double(Exact(density) * volume)
    var environment = "gravity: \(decimal(gravity)) m/s^2, air: none"
    var drag = "none"
    var flight = ExactFlight.vacuum(along: 0, down: Exact(gravity))

    switch family {
    case "quadratic drag":
      // terminal speed from 0.3 to 30 times the vacuum's impact speed
      let terminal = speed * log(0.3, 30)
      let fluid = log(0.5, 20)
      let area = Double.pi / 4 * diameter * diameter
      let coefficient = min(900, 2 * mass * gravity / (fluid * area * terminal * terminal))
      drag = "{ coefficient: \(decimal(coefficient)) }"
      environment =
        "gravity: \(decimal(gravity)) m/s^2, air: { density: \(decimal(fluid)) kg/m^3, viscosity: 1e-5 Pa.s }, buoyancy: false, added-mass: false"
      let k = Exact(fluid) * Exact(coefficient) * (Exact.pi / 4 * Exact(diameter) * Exact(diameter))
      flight = .quadratic(
        down: Exact(gravity), terminal: (2 * Exact(mass) * Exact(gravity) / k).squareRoot())
    case "linear drag":
      let relaxation = (2 * height / gravity).squareRoot() * log(0.05, 30)
      let viscosity = mass / (3 * Double.pi * diameter * relaxation)
      drag = "{ law: stokes }"
      environment =
        "gravity: \(decimal(gravity)) m/s^2, air: { density: 1 kg/m^3, viscosity: \(decimal(viscosity)) Pa.s }, buoyancy: false, added-mass: false"
      flight = .linear(
        down: Exact(gravity),
        relaxation: Exact(mass) / (3 * Exact.pi * Exact(viscosity) * Exact(diameter)))
    case "oblique, friction", "slide and roll":
      velocity.x = uniform(-1, 1) * speed
      velocity.y = uniform(-1, 1) * speed
      spin = (uniform(-1, 1) * speed / diameter, uniform(-1, 1) * speed / diameter)
      friction = uniform(0.05, 1)
      if family == "slide and roll" {
        rolling = diameter * uniform(0.002, 0.02)
      } else {
        grip = uniform(-0.5, 1)
      }
    case "turning frame":
      velocity = (0, 0, 0)
      let rate = log(1e-5, 0.05) / (2 * height / gravity).squareRoot()
      let (a, b) = (uniform(0, 2 * .pi), uniform(-1, 1))
      let c = (1 - b * b).squareRoot()
      let axis = (x: rate * c * cos(a), y: rate * c * sin(a), z: rate * b)
      environment +=
        ", rotation: \"[\(decimal(axis.x)), \(decimal(axis.y)), \(decimal(axis.z))] rad/s\""
      flight = .turning(
        down: Exact(gravity),
        rotation: ExactVector(x: Exact(axis.x), y: Exact(axis.y), z: Exact(axis.z)))
    case "central":
      velocity = (0, 0, 0)
      let radius = height * log(0.3, 1000)
      let parameter = gravity * radius * radius
      environment =
        "gravity: { parameter: \(decimal(parameter)) m^3/s^2, radius: \(decimal(radius)) m }, air: none"
      flight = .central(parameter: Exact(parameter), radius: Exact(radius))
    default: break
    }
    let duration = 1e5
    self.text = """
      plumbline: 1
      experience: ball-drop
      environment: { \(environment) }
      ball: { diameter: \(decimal(diameter)) m, mass: \(decimal(mass)) kg }
      drag: \(drag)
      start: { height: \(decimal(height)) m, velocity: "[\(decimal(velocity.x)), \(decimal(velocity.y)), \(decimal(velocity.z))] m/s", spin: "[\(decimal(spin.x)), \(decimal(spin.y)), 0] rad/s" }
      floor: { restitution: \(decimal(restitution)), friction: \(decimal(friction)), grip: \(decimal(grip)), rolling-resistance: \(decimal(rolling)) m }
      duration: 1e5 s
      """
    var start = ExactState()
    start.place.z = Exact(height)
    start.velocity = ExactVector(
      x: Exact(velocity.x), y: Exact(velocity.y), z: Exact(velocity.z))
    start.spin = ExactVector(x: Exact(spin.x), y: Exact(spin.y))
    drop = ExactDrop(
      flight: flight, mass: Exact(mass), radius: radius, inertia: 0.4,
      restitution: Exact(restitution), friction: Exact(friction), grip: Exact(grip),
      rollingResistance: Exact(rolling), duration: Exact(duration), start: start)
  }
}

/// Shortest decimal that reads back to the same double: scene and closed form share every number.
private func decimal(_ value: Double) -> String { JSON.text(of: value) }
