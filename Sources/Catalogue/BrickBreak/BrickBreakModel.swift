// Which input is which number of a brick test, and the set-up that a set of numbers describes.
//
// Equation    elements in the depth n0·(1 + level/3), rounded: 6, 8, 10; nearly cubic; even numbers
//             across, so that a plane of element faces lies under the middle of the span.
//             bending: the simulated bar takes 8/3 periods of the first bending mode to the elastic sag
//             at the strength, T1 = 2S²/(π·c0·d/√12), f_t·S²/(6·E·d): 0.02 m/s for a brick of 240 mm
// Source      none
// Deviation   the speed of the scene is not simulated: the law of the crack has no rate, and halving
//             the simulated speed moves the modulus of rupture by less than 1 %
// Validity    the bar of the scene is slower than the simulated one
// Checked by  BrickBreakSceneTests, BK07

import Experience
import Foundation
import Fracture

struct BrickBreakModel: Sendable {
  /// Indices into the inputs.
  enum Test: Sendable {
    case bend(span: Int, speed: Int)
    case strike(Strike)
    case fall(height: Int, attitude: [Int], restitution: Int, friction: Int)

    var name: String {
      switch self {
      case .bend: "bend"
      case .strike: "strike"
      case .fall: "fall"
      }
    }
  }

  struct Strike: Sendable {
    var span: Int
    var mass: Int
    var height: Int
    var isBall: Bool
    /// Nil: a flat strip.
    var radius: Int?
    /// Further heights that the brick is struck from, each time unbroken, in m; rising.
    var curve: [Double]
  }

  var size: [Int]
  var density: Int
  var young: Int
  var poisson: Int
  var strength: Int
  var energy: Int
  /// Numbers in (−1, 1) that stand for a brick of the lot.
  var factor: Int
  var field: Int
  var lot: BrickLot
  var bed: Int
  var cap: Int
  var strip: Int
  var gravity: Int
  var test: Test
  /// Coarsest edge of an element, in m.
  var resolution: Double
  /// In s.
  var duration: Double

  /// Edge of a level over that of the next, about: 4/3, then 5/4.
  static let ratio = 1.29

  func size(_ values: [Double]) -> SIMD3<Double> {
    SIMD3(values[size[0]], values[size[1]], values[size[2]])
  }

  /// Elements along x, y and z.
  func cells(_ values: [Double], level: Int) -> SIMD3<Int> {
    let size = size(values)
    let coarse = (size.z / resolution - 1e-9).rounded(.up)
    let depth = max(1, (coarse * (1 + Double(level) / 3)).rounded())
    let edge = size.z / depth
    func even(_ length: Double) -> Int { 2 * max(1, Int((0.5 * length / edge).rounded())) }
    return SIMD3(even(size.x), even(size.y), Int(depth))
  }

  func material(_ values: [Double]) throws(InvalidFracture) -> BrittleMaterial {
    try BrittleMaterial(
      young: values[young], poisson: values[poisson], density: values[density],
      strength: values[strength], fractureEnergy: values[energy])
  }

  /// Speed of the striker or of the brick at the first touch, in m/s.
  func impactSpeed(_ values: [Double]) -> Double? {
    switch test {
    case .bend: nil
    case .strike(let strike): (2 * values[gravity] * values[strike.height]).squareRoot()
    case .fall(let height, _, _, _): (2 * values[gravity] * values[height]).squareRoot()
    }
  }

  /// From the release to the first touch of a dropped brick, in s; 0 in other tests.
  func freeFall(_ values: [Double]) -> Double {
    guard case .fall(let height, _, _, _) = test else { return 0 }
    return (2 * values[height] / values[gravity]).squareRoot()
  }

  /// Of the loading bar and of its ramp; nil for other tests.
  func platen(_ values: [Double]) -> (speed: Double, ramp: Double)? {
    guard case .bend(let span, let speed) = test else { return nil }
    let (s, depth) = (values[span], values[size[2]])
    let bar = (values[young] / values[density]).squareRoot()
    let period = 2 * s * s * 12.0.squareRoot() / (Double.pi * bar * depth)
    let sag = values[strength] * s * s / (6 * values[young] * depth)
    return (max(values[speed], sag * 3 / (8 * period)), 0.6 * period)
  }

  /// When bending ends in any case, in s: ten times the way to the elastic sag at the strength, layers
  /// of contact included; nil for other tests.
  func bendingLimit(_ values: [Double]) -> Double? {
    guard case .bend(let span, _) = test, let platen = platen(values) else { return nil }
    let (s, size) = (values[span], size(values))
    let force = 2 * values[strength] * size.y * size.z * size.z / (3 * s)
    let sag = values[strength] * s * s / (6 * values[young] * size.z)
    let layers = 1.5 * force / (values[bed] * values[strip] * size.y)
    return platen.ramp + 10 * (sag + layers) / platen.speed
  }

  /// Heights of the outcomes breaks-at-…, in m.
  var curve: [Double] {
    if case .strike(let strike) = test { strike.curve } else { [] }
  }

  /// The same brick under the same striker from another height (m).
  func values(_ values: [Double], struckFrom height: Double) -> [Double] {
    guard case .strike(let strike) = test else { return values }
    var changed = values
    changed[strike.height] = height
    return changed
  }

  /// Turn of the falling brick, (w, x, y, z).
  static func turn(_ angles: [Double]) -> SIMD4<Double> {
    func product(_ a: SIMD4<Double>, _ b: SIMD4<Double>) -> SIMD4<Double> {
      SIMD4(
        a.x * b.x - a.y * b.y - a.z * b.z - a.w * b.w,
        a.x * b.y + a.y * b.x + a.z * b.w - a.w * b.z,
        a.x * b.z - a.y * b.w + a.z * b.x + a.w * b.y,
        a.x * b.w + a.y * b.z - a.z * b.y + a.w * b.x)
    }
    let halves = angles.map { 0.5 * $0 }
    let x = SIMD4(cos(halves[0]), sin(halves[0]), 0, 0)
    let y = SIMD4(cos(halves[1]), 0, sin(halves[1]), 0)
    let z = SIMD4(cos(halves[2]), 0, 0, sin(halves[2]))
    return product(product(x, y), z)
  }

  /// Cosines of the brick's axes with the vertical.
  static func upright(_ angles: [Double]) -> SIMD3<Double> {
    let q = turn(angles)
    let (w, x, y, z) = (q.x, q.y, q.z, q.w)
    return SIMD3(2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y))
  }

  func setup(_ values: [Double], level: Int) throws(InvalidFracture) -> BrickSetup {
    let size = size(values)
    func pad(friction: Double = 0) throws(InvalidFracture) -> Pad {
      try Pad(stiffness: values[bed], cap: values[cap], friction: friction)
    }
    func supports(_ span: Int) throws(InvalidFracture) -> Supports {
      Supports(span: values[span], width: values[strip], pad: try pad())
    }
    let loading: Loading
    switch test {
    case .bend(let span, _):
      let platen = platen(values) ?? (0.02, 3e-4)
      let bar = ToolShape.line(x: 0, radius: .infinity, width: values[strip])
      loading = .bend(
        nose: Nose(shape: bar, pad: try pad()), supports: try supports(span),
        speed: platen.speed, ramp: platen.ramp)
    case .strike(let strike):
      let radius = strike.radius.map { values[$0] } ?? .infinity
      let shape =
        strike.isBall
        ? ToolShape.ball(x: 0, y: 0, radius: radius)
        : .line(x: 0, radius: radius, width: values[strip])
      loading = .strike(
        nose: Nose(shape: shape, pad: try pad()), supports: try supports(strike.span),
        mass: values[strike.mass], speed: impactSpeed(values) ?? 0)
    case .fall(_, let attitude, _, let friction):
      loading = .fall(
        floor: try pad(friction: values[friction]),
        turn: BrickBreakModel.turn(attitude.map { values[$0] }),
        velocity: SIMD3(0, 0, -(impactSpeed(values) ?? 0)), spin: .zero)
    }
    var setup = try BrickSetup(
      size: size, cells: cells(values, level: level), material: try material(values),
      loading: loading)
    setup.gravity = values[gravity]
    setup.field = try lot.field(factor: values[factor], number: values[field])
    return setup
  }
}
