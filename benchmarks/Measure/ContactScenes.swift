// Random contact scenes whose outcomes are known in closed form: workbench text and exact numbers.
//
// Slopes are made by turning gravity, so that positions stay short decimals. Exact numbers are
// evaluated in 80-bit arithmetic and share no code with the engine.

import Experience
import Foundation

/// Draws of contact scenes; the same seed gives the same scenes.
struct ContactScenes {
  static let about = """
    stop        block slides on the level in any direction until it stops: v 0.1 to 10 m/s, mu 0.05 to 1
    viscous     the same with mu(u) = mu + c u, c 0.01 to 0.3 s/m: time and way by logarithms
    slope       block on a slope below or above its friction angle, static over kinetic coefficient up to 1.5
    lateral     block launched across a slope of its friction angle: ends at half its speed downhill
    roll        sphere, solid or hollow, on a slope: rolls or slips by its friction
    backspin    sphere thrown with backspin: time until it rolls, and final speed
    pendulum    sphere on a hinge, 5 to 170 deg: period by the complete elliptic integral
    spring      mass on a spring in two axes: position at a time
    stick-slip  block behind a spring pulled at constant speed: period and slip
    collide     two spheres, oblique, e 0 to 1, mu 0 to 0.5: velocities after
    stack       2 to 6 boxes of 0.1 to 100 kg: forces between them
    spin        square block spinning down on its face: stop time
    """
  static let families = [
    "stop", "viscous", "slope", "lateral", "roll", "backspin", "pendulum", "spring", "stick-slip",
    "collide", "stack", "spin",
  ]

  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private func short(_ value: Double) -> Double { Double(String(format: "%.5g", value)) ?? value }
  private mutating func uniform(_ low: Double, _ high: Double) -> Double {
    short(low + (high - low) * Double.random(in: 0..<1, using: &random))
  }
  private mutating func log(_ low: Double, _ high: Double) -> Double {
    short(low * pow(high / low, Double.random(in: 0..<1, using: &random)))
  }

  mutating func next(index: Int) -> KnownScene {
    switch ContactScenes.families[index % ContactScenes.families.count] {
    case "stop": stop()
    case "viscous": viscous()
    case "slope": slope()
    case "lateral": lateral()
    case "roll": roll()
    case "backspin": backspin()
    case "pendulum": pendulum()
    case "spring": spring()
    case "stick-slip": stickSlip()
    case "collide": collide()
    case "stack": stack()
    default: spin()
    }
  }

  // MARK: Text

  private func vector(_ x: Double, _ y: Double, _ z: Double, _ unit: String) -> String {
    "\"[\(x), \(y), \(z)] \(unit)\""
  }

  private func scene(
    gravity: String, bodies: [String], contacts: [String] = [], joints: [String] = [],
    motions: [String] = [], measure: [String], duration: Double
  ) -> String {
    func list(_ key: String, _ items: [String]) -> String {
      items.isEmpty ? "" : "\(key):\n" + items.map { "  - { \($0) }\n" }.joined()
    }
    return """
      plumbline: 1
      experience: workbench
      environment: { gravity: \(gravity), air: none }
      \(list("bodies", bodies))\(list("contacts", contacts))\(list("joints", joints))\(list("motions", motions))\(list("measure", measure))duration: \(duration) s
      """
  }

  private let floor = "name: floor, shape: plane"

  /// A slab on the floor, 20·h wide and 2·h high: it tips at μ = 10 only.
  private func block(_ h: Double, _ mass: Double, velocity: String? = nil, spin: String? = nil)
    -> String
  {
    let edge = short(20 * h)
    return
      "name: b, shape: { box: { size: \(vector(edge, edge, 2 * h, "m")) } }, mass: \(mass) kg, position: \(vector(0, 0, h, "m"))"
      + (velocity.map { ", velocity: \($0)" } ?? "") + (spin.map { ", spin: \($0)" } ?? "")
  }

  // MARK: Families

  private mutating func stop() -> KnownScene {
    let (v, angle, mu, g) = (uniform(0.1, 10), uniform(0, 6.28), uniform(0.05, 1), uniform(1, 20))
    let (vx, vy) = (short(v * cos(angle)), short(v * sin(angle)))
    let speed = (Exact(vx) * Exact(vx) + Exact(vy) * Exact(vy)).squareRoot()
    let time = speed / (Exact(mu) * Exact(g))
    return KnownScene(
      family: "stop",
      text: scene(
        gravity: "\(g) m/s^2",
        bodies: [
          floor, block(uniform(0.02, 0.5), log(0.01, 100), velocity: vector(vx, vy, 0, "m/s")),
        ],
        contacts: ["between: [b, floor], restitution: 0, friction: \(mu)"],
        measure: [
          "name: time, event: stick, between: [b, floor], quantity: time",
          "name: way, of: b, quantity: distance, at: end",
          "name: x, of: b, quantity: position, component: x, at: end",
        ], duration: short(1.5 * Double(time) + 1)),
      exact: [
        "time": time, "way": speed * time / 2, "x": Exact(vx) * time / 2,
      ])
  }

  private mutating func viscous() -> KnownScene {
    let (v, mu, c, g) = (uniform(0.2, 8), uniform(0.05, 0.6), uniform(0.01, 0.3), 9.81)
    let (k, m0) = (Exact(c) * Exact(g), Exact(mu) * Exact(g))
    // v' = −(m0 + k·v)
    let time = logExact(1 + k * Exact(v) / m0) / k
    let way = Exact(v) / k - m0 / k * time
    return KnownScene(
      family: "viscous",
      text: scene(
        gravity: "\(g) m/s^2",
        bodies: [
          floor, block(uniform(0.02, 0.5), log(0.01, 100), velocity: vector(v, 0, 0, "m/s")),
        ],
        contacts: [
          "between: [b, floor], restitution: 0, friction: { static: \(mu), kinetic: \(mu), viscous: \(c) s/m }"
        ],
        measure: [
          "name: time, event: stick, between: [b, floor], quantity: time",
          "name: way, of: b, quantity: distance, at: end",
        ], duration: short(1.5 * Double(time) + 1)),
      exact: ["time": time, "way": way])
  }

  private mutating func slope() -> KnownScene {
    let (angle, kinetic, g) = (uniform(0.05, 1), uniform(0.05, 1.2), 9.81)
    let ratio = uniform(1, 1.5)
    let stat = short(kinetic * ratio)
    let (gx, gz) = (short(g * sin(angle)), short(g * cos(angle)))
    let slides = gx > stat * gz
    let t = uniform(0.2, 2)
    let a = slides ? Exact(gx) - Exact(kinetic) * Exact(gz) : 0
    return KnownScene(
      family: "slope",
      text: scene(
        gravity: vector(gx, 0, -gz, "m/s^2"), bodies: [floor, block(0.05, log(0.01, 100))],
        contacts: [
          "between: [b, floor], restitution: 0, friction: { static: \(stat), kinetic: \(kinetic) }"
        ],
        measure: [
          "name: way, of: b, quantity: position, component: x, at: \(t) s",
          "name: speed, of: b, quantity: speed, at: \(t) s",
        ], duration: t),
      exact: ["way": a * Exact(t) * Exact(t) / 2, "speed": a * Exact(t)])
  }

  private mutating func lateral() -> KnownScene {
    let (mu, v, gz) = (uniform(0.1, 1), uniform(0.2, 3), uniform(3, 10))
    let gx = mu * gz
    // d|v|/dt = −dw/dt: |v| + w stays v, and the way across is 2/3·v²/g_x
    let duration = short(40 * v / gx)
    return KnownScene(
      family: "lateral",
      text: scene(
        gravity: vector(gx, 0, -gz, "m/s^2"),
        bodies: [floor, block(0.05, 1, velocity: vector(0, v, 0, "m/s"))],
        contacts: ["between: [b, floor], restitution: 0, friction: \(mu)"],
        measure: [
          "name: downhill, of: b, quantity: velocity, component: x, at: end",
          "name: across, of: b, quantity: position, component: y, at: end",
        ], duration: duration),
      exact: [
        "downhill": Exact(v) / 2, "across": 2 * Exact(v) * Exact(v) / (3 * Exact(gx)),
      ])
  }

  private mutating func roll() -> KnownScene {
    let (radius, mass, mu) = (log(0.005, 0.5), log(0.01, 10), uniform(0.02, 0.6))
    let isHollow = Bool.random(using: &random)
    let (gx, gz, t) = (uniform(0.5, 8), uniform(3, 10), uniform(0.3, 2))
    let inertia = short((isHollow ? 2.0 / 3 : 0.4) * mass * radius * radius)
    let k = Exact(inertia) / (Exact(mass) * Exact(radius) * Exact(radius))
    // friction that rolling needs: k/(1 + k)·m·g_x
    let rolls = k / (1 + k) * Exact(gx) < Exact(mu) * Exact(gz)
    let a = rolls ? Exact(gx) / (1 + k) : Exact(gx) - Exact(mu) * Exact(gz)
    let alpha =
      rolls ? a / Exact(radius) : Exact(mu) * Exact(gz) / (k * Exact(radius))
    return KnownScene(
      family: "roll",
      text: scene(
        gravity: vector(gx, 0, -gz, "m/s^2"),
        bodies: [
          floor,
          "name: b, shape: { sphere: { radius: \(radius) m } }, mass: \(mass) kg, inertia: \(vector(inertia, inertia, inertia, "kg.m^2")), position: \(vector(0, 0, radius, "m"))",
        ],
        contacts: ["between: [b, floor], restitution: 0, friction: \(mu)"],
        measure: [
          "name: way, of: b, quantity: position, component: x, at: end",
          "name: spin, of: b, quantity: spin, component: y, at: end",
        ], duration: t),
      exact: ["way": a * Exact(t) * Exact(t) / 2, "spin": alpha * Exact(t)])
  }

  private mutating func backspin() -> KnownScene {
    let (r, v, mu) = (log(0.01, 0.2), uniform(0.5, 5), uniform(0.05, 0.5))
    let w = short(uniform(0.5, 4) * v / r)
    let g = 9.81
    let time = 2 * (Exact(v) + Exact(r) * Exact(w)) / (7 * Exact(mu) * Exact(g))
    return KnownScene(
      family: "backspin",
      text: scene(
        gravity: "\(g) m/s^2",
        bodies: [
          floor,
          "name: b, shape: { sphere: { radius: \(r) m } }, mass: 1 kg, position: \(vector(0, 0, r, "m")), velocity: \(vector(v, 0, 0, "m/s")), spin: \(vector(0, -w, 0, "rad/s"))",
        ],
        contacts: ["between: [b, floor], restitution: 0, friction: \(mu)"],
        measure: [
          "name: time, event: stick, between: [b, floor], quantity: time",
          "name: speed, of: b, quantity: velocity, component: x, at: end",
        ], duration: short(1.2 * Double(time) + 0.1)),
      exact: ["time": time, "speed": (5 * Exact(v) - 2 * Exact(r) * Exact(w)) / 7])
  }

  private mutating func pendulum() -> KnownScene {
    let (length, angle, mass, r) = (log(0.1, 3), uniform(0.1, 2.9), log(0.05, 5), 0.02)
    let (x, z) = (short(length * sin(angle)), short(-length * cos(angle)))
    let arm = Exact(x) * Exact(x) + Exact(z) * Exact(z)
    let inertia = arm + Exact(0.4) * Exact(r) * Exact(r)
    let g: Exact = 9.80665
    // sin²(a/2) = (1 − cos a)/2, cos a = −z/|arm|
    let modulus = (1 + Exact(z) / arm.squareRoot()) / 2
    let period = 4 * (inertia / (g * arm.squareRoot())).squareRoot() * elliptic(modulus)
    return KnownScene(
      family: "pendulum",
      text: scene(
        gravity: "9.80665 m/s^2",
        bodies: [
          "name: b, shape: { sphere: { radius: \(r) m } }, mass: \(mass) kg, position: \(vector(x, 0, z, "m"))"
        ],
        joints: ["kind: hinge, between: [world, b], at: \(vector(0, 0, 0, "m")), axis: [0, 1, 0]"],
        measure: ["name: period, of: b, quantity: period"],
        duration: short(2.6 * Double(period))),
      exact: ["period": period])
  }

  private mutating func spring() -> KnownScene {
    let (m, k, x, t) = (log(0.1, 10), log(10, 1000), uniform(0.05, 0.4), uniform(0.5, 4))
    let omega = (Exact(k) / Exact(m)).squareRoot()
    // along the spring: x = 1 + x0·cos(ω·t), no gravity
    return KnownScene(
      family: "spring",
      text: scene(
        gravity: "0 m/s^2",
        bodies: [
          "name: b, shape: { sphere: { radius: 0.01 m } }, mass: \(m) kg, position: \(vector(1 + x, 0, 0, "m"))"
        ],
        joints: [
          "kind: spring, between: [world, b], at: \(vector(0, 0, 0, "m")), stiffness: \(k) N/m, length: 1 m"
        ],
        measure: [
          "name: x, of: b, quantity: position, component: x, at: end",
          "name: v, of: b, quantity: velocity, component: x, at: end",
        ], duration: t),
      exact: [
        "x": 1 + (Exact(1 + x) - 1) * cosine(omega * Exact(t)),
        "v": -(Exact(1 + x) - 1) * omega * sine(omega * Exact(t)),
      ])
  }

  private mutating func stickSlip() -> KnownScene {
    let (m, k, v, kinetic) = (log(1, 20), log(100, 1000), uniform(0.02, 0.1), uniform(0.1, 0.4))
    let stat = short(kinetic + uniform(0.05, 0.3))
    let g: Exact = 9.81
    let omega = (Exact(k) / Exact(m)).squareRoot()
    let drop = (Exact(stat) - Exact(kinetic)) * Exact(m) * g / Exact(k)
    let period =
      2 * drop / Exact(v) + 2 / omega * (Exact.pi - arcTangent(drop * omega / Exact(v)))
    let first = Exact(stat) * Exact(m) * g / (Exact(k) * Exact(v))
    return KnownScene(
      family: "stick-slip",
      text: scene(
        gravity: "9.81 m/s^2",
        bodies: [
          floor, block(0.05, m),
          "name: hand, shape: { sphere: { radius: 0.001 m } }, position: \(vector(1, 0, 0.05, "m"))",
        ],
        contacts: [
          "between: [b, floor], restitution: 0, friction: { static: \(stat), kinetic: \(kinetic) }"
        ],
        joints: [
          "kind: spring, between: [b, hand], at: [\(vector(0, 0, 0, "m")), \(vector(0, 0, 0, "m"))], stiffness: \(k) N/m, length: 1 m"
        ],
        motions: ["body: hand, velocity: \(vector(v, 0, 0, "m/s"))"],
        measure: [
          "name: first, event: slip, between: [b, floor], nth: 1, quantity: time",
          "name: second, event: slip, between: [b, floor], nth: 2, quantity: time",
          "name: third, event: slip, between: [b, floor], nth: 3, quantity: time",
        ], duration: short(Double(first + 2.3 * period))),
      exact: ["first": first, "second": first + period, "third": first + 2 * period])
  }

  private mutating func collide() -> KnownScene {
    let (r, e, mu, v) = (log(0.01, 0.2), uniform(0, 1), uniform(0, 0.5), uniform(0.5, 5))
    let (m1, m2, t) = (log(0.1, 10), log(0.1, 10), uniform(0.5, 3))
    // line of centres along x; they meet after 0.1 s
    let x = -2 * r - 0.1 * v
    let y = -0.1 * t
    let w = Exact(m1) * Exact(m2) / (Exact(m1) + Exact(m2))
    let normal = (1 + Exact(e)) * w * Exact(v)
    // surfaces stick with w·v_t/(1 + 1/0.4)
    let stick = w * Exact(t) / Exact(3.5)
    let tangential = min(stick, Exact(mu) * normal)
    return KnownScene(
      family: "collide",
      text: scene(
        gravity: "0 m/s^2",
        bodies: [
          "name: target, shape: { sphere: { radius: \(r) m } }, mass: \(m2) kg",
          "name: cue, shape: { sphere: { radius: \(r) m } }, mass: \(m1) kg, position: \(vector(x, y, 0, "m")), velocity: \(vector(v, t, 0, "m/s"))",
        ],
        contacts: ["between: [cue, target], restitution: \(e), friction: \(mu)"],
        measure: [
          "name: along, of: target, quantity: velocity, component: x, at: end",
          "name: across, of: target, quantity: velocity, component: y, at: end",
          "name: spin, of: target, quantity: spin, component: z, at: end",
        ], duration: 0.3),
      exact: [
        "along": normal / Exact(m2), "across": tangential / Exact(m2),
        "spin": -tangential / (Exact(0.4) * Exact(m2) * Exact(r)),
      ])
  }

  private mutating func stack() -> KnownScene {
    let count = Int.random(in: 2...6, using: &random)
    let (h, mu) = (uniform(0.05, 0.3), uniform(0.1, 1))
    var (bodies, contacts, measure) = ([floor], [String](), [String]())
    var exact: [String: Exact] = [:]
    let masses = (0..<count).map { _ in log(0.1, 100) }
    for index in 0..<count {
      let edge = 2 * h
      bodies.append(
        "name: b\(index), shape: { box: { size: \(vector(edge, edge, edge, "m")) } }, mass: \(masses[index]) kg, position: \(vector(0, 0, h + edge * Double(index), "m"))"
      )
      let below = index == 0 ? "floor" : "b\(index - 1)"
      contacts.append("between: [b\(index), \(below)], restitution: 0, friction: \(mu)")
      measure.append(
        "name: n\(index), of: b\(index), between: [b\(index), \(below)], quantity: contact-force, component: z, at: end"
      )
      exact["n\(index)"] = masses[index...].reduce(Exact(0)) { $0 + Exact($1) } * Exact(9.81)
    }
    return KnownScene(
      family: "stack",
      text: scene(
        gravity: "9.81 m/s^2", bodies: bodies, contacts: contacts, measure: measure, duration: 0.5),
      exact: exact)
  }

  private mutating func spin() -> KnownScene {
    let (h, mu, w) = (log(0.002, 0.05), uniform(0.05, 1), uniform(1, 30))
    let edge = Exact(short(20 * h))
    let g: Exact = 9.81
    // torque μ·m·g·a·(√2 + asinh 1)/6, inertia m·a²/6
    let root = Exact(2).squareRoot()
    let time = edge * Exact(w) / (Exact(mu) * g * (root + logExact(1 + root)))
    return KnownScene(
      family: "spin",
      text: scene(
        gravity: "9.81 m/s^2",
        bodies: [floor, block(h, log(0.1, 10), spin: vector(0, 0, w, "rad/s"))],
        contacts: ["between: [b, floor], restitution: 0, friction: \(mu)"],
        measure: ["name: time, event: stick, between: [b, floor], quantity: time"],
        duration: short(1.3 * Double(time) + 0.1)),
      exact: ["time": time])
  }

  // MARK: Functions in 80 bits

  private func logExact(_ x: Exact) -> Exact { Foundation.log(x) }
  private func cosine(_ x: Exact) -> Exact { Foundation.cos(x) }
  private func sine(_ x: Exact) -> Exact { Foundation.sin(x) }
  private func arcTangent(_ x: Exact) -> Exact { Foundation.atan(x) }

  /// Complete elliptic integral K(m) by the arithmetic-geometric mean.
  private func elliptic(_ m: Exact) -> Exact {
    var (a, b) = (Exact(1), (1 - m).squareRoot())
    for _ in 0..<60 where abs(a - b) > 1e-19 * a { (a, b) = ((a + b) / 2, (a * b).squareRoot()) }
    return Exact.pi / (2 * a)
  }
}
