// Quantities of a workbench scene: dimension, unit, what the models accept, what is usual.

import Experience

enum WorkbenchKinds {
  static let inertiaDimension = Dimension(length: 2, mass: 1)
  static let stiffnessDimension = Dimension(mass: 1, time: -2)
  static let dampingDimension = Dimension(mass: 1, time: -1)
  static let torqueDimension = Dimension(length: 2, mass: 1, time: -2)
  static let momentumDimension = Dimension(length: 1, mass: 1, time: -1)
  static let angularMomentumDimension = Dimension(length: 2, mass: 1, time: -1)

  static let number = QuantityKind(.none, unit: "1")
  static let size = QuantityKind.positive(
    .length, "m", plausible: 1e-5...1e4, source: "grains of sand to mountains")
  static let place = QuantityKind(.length, unit: "m", range: -1e9...1e9)
  static let length = QuantityKind(.length, unit: "m", range: 0...1e9)
  static let mass = QuantityKind.positive(
    .mass, "kg", plausible: 1e-12...1e9, source: "droplets to ships")
  static let density = QuantityKind.positive(
    .density, "kg/m^3", plausible: 1...23_000, source: "foams to osmium")
  static let inertia = QuantityKind.positive(inertiaDimension, "kg.m^2")
  static let angle = QuantityKind(.angle, unit: "rad", range: -1e4...1e4)
  static let velocity = QuantityKind(
    .speed, unit: "m/s", range: -1e5...1e5, plausible: -1e4...1e4, plausibleSource: "below orbits")
  static let spin = QuantityKind(.angularSpeed, unit: "rad/s", range: -1e7...1e7)
  static let time = QuantityKind(.time, unit: "s", range: 0...1e9)
  static let frequency = QuantityKind.positive(.frequency, "Hz")
  static let force = QuantityKind(.force, unit: "N", range: -1e15...1e15)
  static let torque = QuantityKind(torqueDimension, unit: "N.m", range: -1e15...1e15)
  static let stiffness = QuantityKind.positive(stiffnessDimension, "N/m")
  static let damping = QuantityKind(dampingDimension, unit: "N.s/m", range: 0...1e15)
  static let modulus = QuantityKind.positive(
    .pressure, "Pa", plausible: 1e4...1.3e12, source: "gels to diamond")
  static let poisson = QuantityKind(.none, unit: "1", range: -1...0.5)
  static let coefficient = QuantityKind(.none, unit: "1", range: 0...1e4, plausible: 0.01...3)
  static let area = QuantityKind.positive(.area, "m^2")

  static let restitution = QuantityKind(.none, unit: "1", range: 0...1)
  static let friction = QuantityKind(
    .none, unit: "1", range: 0...1e9, plausible: 0...10,
    plausibleSource: "ice on ice to racing tyres; 10 stands for a surface that does not slip")
  static let viscousFriction = QuantityKind(
    Dimension(length: -1, time: 1), unit: "s/m", range: 0...1e6)
  static let grip = QuantityKind(.none, unit: "1", range: -1...1)
  static let resistance = QuantityKind(
    .length, unit: "m", range: 0...10, plausible: 0...0.1, plausibleSource: "hard steel to sand")
}
