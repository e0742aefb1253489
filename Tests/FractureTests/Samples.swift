import Fracture

/// The reference brick and its tools, in SI.
enum Samples {
  static func material(
    poisson: Double = 0.2, strength: Double = 3e6, fractureEnergy: Double = 50
  ) throws -> BrittleMaterial {
    try BrittleMaterial(
      young: 10e9, poisson: poisson, density: 1800, strength: strength,
      fractureEnergy: fractureEnergy)
  }

  /// 240 × 120 × 60 mm with `depth` elements in the depth, struck by 2 kg dropped from `height` (m),
  /// through a pad of 0.5·E·h a node.
  static func strike(depth: Int, height: Double) throws -> BrickSetup {
    let edge = 0.06 / Double(depth)
    let pad = try Pad(stiffness: 0.5 * 10e9 / edge)
    let nose = Nose(shape: .line(x: 0, radius: .infinity, width: edge), pad: pad)
    let supports = Supports(span: 0.18, width: edge, pad: pad)
    var setup = try BrickSetup(
      size: SIMD3(0.24, 0.12, 0.06), cells: SIMD3(4 * depth, 2 * depth, depth),
      material: material(),
      loading: .strike(
        nose: nose, supports: supports, mass: 2, speed: (2 * 9.81 * height).squareRoot()))
    setup.gravity = 0
    return setup
  }

  /// Numbers between −1 and 1 that look random and are the same everywhere.
  static func noise(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(Int64(bitPattern: state) >> 11) / Double(1 << 52)
    }
  }
}
