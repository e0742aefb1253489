// Random scenes whose outcomes are known exactly, as scene text and as the same numbers.

import Experience
import Foundation

/// A scene and what it has to give.
struct KnownScene {
  let family: String
  let text: String
  let exact: [String: Exact]
}

/// Draws of known scenes; the same seed gives the same scenes.
struct RandomScenes {
  /// What is drawn, for the head of the report.
  static let about = """
    vacuum      vertical, g 1 to 25 m/s^2, height 1 mm to 100 m (log), at rest or thrown at up to 20 m/s, e 0 to 0.98
    quadratic   vertical with constant C_D 0.1 to 1 in gases and liquids, half with buoyancy and added mass; height
                1e-3 to 10 vt^2/g (log); at rest, thrown up or down at up to 2 vt; e 0 to 0.95
    linear      vertical with Stokes' law, density ratio 1.2 to 8; height 1e-3 to 1e3 vt tau (log); at rest, thrown up
                or down at 0.1 to 30 vt (log); e 0 to 0.9
    oblique     vacuum, velocity up to 20 m/s in any direction, spin up to 300 rad/s, solid or shell; half on slopes of up
                to 1 rad, half with friction 0.01 to 2 and grip -0.5 to 1; e 0 to 0.9
    coriolis    vacuum, turning frame 1e-5 to 0.03 rad/s about any axis, at rest or thrown at up to 10 m/s, no friction
    kepler      radial, from rest, GM/R^2 0.1 to 20 m/s^2, R 1 km to 7000 km (log), height 1e-6 to 0.3 R (log), e 0 to 0.9
    roll        vacuum, level, thrown at up to 10 m/s with spin, e = 0: slides, rolls, stops by rolling resistance
    bounce-roll the same with e 0.1 to 0.8: slips and grips at impacts before it rolls
    """
  static let families = [
    "vacuum", "quadratic", "linear", "oblique", "coriolis", "kepler", "roll", "bounce-roll",
  ]

  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func next(index: Int) -> KnownScene {
    let family = RandomScenes.families[index % RandomScenes.families.count]
    switch family {
    case "vacuum": return vacuum()
    case "quadratic": return fluid(isLinear: false)
    case "linear": return fluid(isLinear: true)
    case "oblique": return oblique()
    case "coriolis": return coriolis()
    case "kepler": return kepler()
    case "roll": return roll(isBouncing: false)
    default: return roll(isBouncing: true)
    }
  }

  // MARK: Draws

  // five significant figures, so that the text is short and reads back to the same double
  private func short(_ value: Double) -> Double { Double(String(format: "%.5g", value)) ?? value }

  private mutating func uniform(_ low: Double, _ high: Double) -> Double {
    short(low + (high - low) * Double.random(in: 0..<1, using: &random))
  }

  private mutating func log(_ low: Double, _ high: Double) -> Double {
    short(low * pow(high / low, Double.random(in: 0..<1, using: &random)))
  }

  private mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &random) < share
  }

  /// A vector of at most `size` in any direction.
  private mutating func vector(_ size: Double) -> [Double] {
    while true {
      let v = [uniform(-1, 1), uniform(-1, 1), uniform(-1, 1)]
      let length = (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).squareRoot()
      if length <= 1, length > 0.05 { return v.map { short($0 * size) } }
    }
  }

  // MARK: Families

  private mutating func vacuum() -> KnownScene {
    var scene = Numbers()
    scene.gravity = uniform(1, 25)
    scene.height = log(1e-3, 100)
    if chance(0.5) { scene.velocity[2] = uniform(-20, 20) }
    scene.restitution = uniform(0, 0.98)
    draw(&scene)
    return scene.known("vacuum", .vacuum(along: 0, down: Exact(scene.gravity)))
  }

  private mutating func draw(_ scene: inout Numbers) {
    scene.diameter = log(1e-3, 0.5)
    scene.isShell = chance(0.5)
    scene.mass = log(1e-6, 10)
  }

  private mutating func fluid(isLinear: Bool) -> KnownScene {
    var scene = Numbers()
    scene.gravity = uniform(1, 25)
    scene.hasFluidInertia = isLinear || chance(0.5)
    scene.diameter = log(1e-3, isLinear ? 0.02 : 0.5)
    let isLiquid = isLinear || chance(0.33)
    let density = isLiquid ? uniform(800, 1300) : log(0.1, 2)
    let viscosity = isLinear ? log(0.01, 10) : isLiquid ? 1e-3 : 1.8e-5
    let ratio = isLiquid ? uniform(1.2, 8) : log(20, 8000)
    scene.fluid = (density, viscosity)
    scene.mass = short(
      ratio * density * Double.pi / 6 * scene.diameter * scene.diameter * scene.diameter)
    scene.coefficient = isLinear ? nil : uniform(0.1, 1)

    let flight = scene.fluidFlight
    let (reach, speed): (Double, Double)
    switch flight {
    case .quadratic(let down, let terminal):
      (reach, speed) = (
        Double(terminal * terminal / down) * log(1e-3, 10), uniform(0, 2) * Double(terminal)
      )
    case .linear(let down, let tau):
      (reach, speed) = (
        Double(down * tau * tau) * log(1e-3, 1e3), log(0.1, 30) * Double(down * tau)
      )
    default: preconditionFailure("a fluid has drag")
    }
    scene.height = short(reach)
    if chance(0.6) { scene.velocity[2] = short(chance(0.5) ? speed : -speed) }
    scene.restitution = uniform(0, isLinear ? 0.9 : 0.95)
    scene.duration = 1e7
    return scene.known(isLinear ? "linear" : "quadratic", flight)
  }

  private mutating func oblique() -> KnownScene {
    var scene = Numbers()
    scene.gravity = uniform(1, 25)
    scene.height = log(1e-2, 50)
    scene.velocity = vector(20)
    scene.spin = vector(300)
    scene.restitution = uniform(0, 0.9)
    draw(&scene)
    if chance(0.5) { scene.tilt = uniform(0.01, 1) }
    if chance(0.5) { (scene.friction, scene.grip) = (log(0.01, 2), uniform(-0.5, 1)) }
    let (c, s) = (cos(Exact(scene.tilt)), sin(Exact(scene.tilt)))
    let g = Exact(scene.gravity)
    return scene.known("oblique", .vacuum(along: s * g, down: c * g))
  }

  private mutating func coriolis() -> KnownScene {
    var scene = Numbers()
    scene.gravity = uniform(5, 25)
    scene.height = log(0.1, 200)
    if chance(0.5) { scene.velocity = vector(10) }
    let rate = log(1e-5, 0.03)
    scene.rotation = vector(rate)
    scene.restitution = uniform(0, 0.8)
    draw(&scene)
    let w = scene.rotation.map { Exact($0) }
    return scene.known(
      "coriolis",
      .turning(down: Exact(scene.gravity), rotation: ExactVector(x: w[0], y: w[1], z: w[2])))
  }

  private mutating func kepler() -> KnownScene {
    var scene = Numbers()
    let radius = log(1e3, 7e6)
    let parameter = short(uniform(0.1, 20) * radius * radius)
    scene.central = (parameter, radius)
    scene.height = short(radius * log(1e-6, 0.3))
    scene.restitution = uniform(0, 0.9)
    scene.duration = 1e7
    draw(&scene)
    return scene.known("kepler", .central(parameter: Exact(parameter), radius: Exact(radius)))
  }

  private mutating func roll(isBouncing: Bool) -> KnownScene {
    var scene = Numbers()
    scene.gravity = uniform(1, 25)
    scene.height = log(1e-3, 2)
    scene.velocity = vector(10)
    scene.velocity[2] = -abs(scene.velocity[2])
    draw(&scene)
    // surface speeds comparable with the speed, in any sense
    scene.spin = vector(20 / scene.diameter)
    scene.friction = log(0.02, 1)
    scene.rollingResistance = short(0.5 * scene.diameter * scene.friction * log(1e-3, 0.5))
    scene.restitution = isBouncing ? uniform(0.1, 0.8) : 0
    scene.duration = 1e7
    return scene.known(
      isBouncing ? "bounce-roll" : "roll", .vacuum(along: 0, down: Exact(scene.gravity)))
  }
}

/// The numbers of one scene, in SI.
private struct Numbers {
  var gravity = 9.80665
  var central: (parameter: Double, radius: Double)?
  var fluid: (density: Double, viscosity: Double)?
  var hasFluidInertia = false
  /// Absent: Stokes' law, if there is a fluid.
  var coefficient: Double?
  var rotation = [0.0, 0, 0]
  var diameter = 0.04
  var mass = 0.0027
  var isShell = false
  var height = 1.0
  var velocity = [0.0, 0, 0]
  var spin = [0.0, 0, 0]
  var tilt = 0.0
  var restitution = 0.0
  var friction = 0.0
  var grip = 0.0
  var rollingResistance = 0.0
  var duration = 1e4

  /// Drag, buoyancy and added mass of the sphere in closed form.
  var fluidFlight: ExactFlight {
    let (d, m) = (Exact(diameter), Exact(mass))
    let (density, viscosity) = (Exact(fluid?.density ?? 0), Exact(fluid?.viscosity ?? 0))
    let displaced = hasFluidInertia ? density * Exact.pi / 6 * d * d * d : 0
    let effective = m + 0.5 * displaced
    let down = Exact(gravity) * (m - displaced) / effective
    guard let coefficient else {
      return .linear(down: down, relaxation: effective / (3 * Exact.pi * viscosity * d))
    }
    let strength = 0.5 * density * Exact(coefficient) * Exact.pi / 4 * d * d / effective
    return .quadratic(down: down, terminal: (down / strength).squareRoot())
  }

  func known(_ family: String, _ flight: ExactFlight) -> KnownScene {
    let (c, s) = (cos(Exact(tilt)), sin(Exact(tilt)))
    func inFloorAxes(_ v: [Double]) -> ExactVector {
      let (x, y, z) = (Exact(v[0]), Exact(v[1]), Exact(v[2]))
      return ExactVector(x: c * x - s * z, y: y, z: s * x + c * z)
    }
    let start = ExactState(
      place: ExactVector(z: Exact(height) * c), velocity: inFloorAxes(velocity),
      spin: inFloorAxes(spin))
    let drop = ExactDrop(
      flight: flight, mass: Exact(mass), radius: 0.5 * Exact(diameter),
      inertia: 2 / Exact(isShell ? 3 : 5), restitution: Exact(restitution),
      friction: Exact(friction), grip: Exact(grip), rollingResistance: Exact(rollingResistance),
      cosine: c, duration: Exact(duration), start: start)
    return KnownScene(family: family, text: text, exact: drop.outcomes)
  }

  private func list(_ vector: [Double]) -> String {
    "[" + vector.map(JSON.text(of:)).joined(separator: ", ") + "]"
  }

  private var text: String {
    func number(_ value: Double) -> String { JSON.text(of: value) }
    let pull =
      central.map {
        "{ parameter: \(number($0.parameter)) m^3/s^2, radius: \(number($0.radius)) m }"
      } ?? "\(number(gravity)) m/s^2"
    let air =
      fluid.map {
        "{ density: \(number($0.density)) kg/m^3, viscosity: \(number($0.viscosity)) Pa.s }"
      }
      ?? "none"
    let drag =
      fluid == nil
      ? "none" : coefficient.map { "{ coefficient: \(number($0)) }" } ?? "{ law: stokes }"
    return """
      plumbline: 1
      experience: ball-drop
      environment:
        gravity: \(pull)
        air: \(air)
        buoyancy: \(hasFluidInertia)
        added-mass: \(hasFluidInertia)
        rotation: "\(list(rotation)) rad/s"
      ball: { diameter: \(number(diameter)) m, mass: \(number(mass)) kg, fill: \(isShell ? "shell" : "solid") }
      drag: \(drag)
      start: { height: \(number(height)) m, velocity: "\(list(velocity)) m/s", spin: "\(list(spin)) rad/s" }
      floor:
        tilt: \(number(tilt)) rad
        restitution: \(number(restitution))
        friction: \(number(friction))
        grip: \(number(grip))
        rolling-resistance: \(number(rollingResistance)) m
      duration: \(number(duration)) s
      """
  }
}
