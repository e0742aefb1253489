import Testing

@testable import Fracture

@Suite("Step limit")
struct StepLimitTests {
  @Test("is 0.658·h/c₀ before a crack and 0.0987·h/c₀ with one, at κ = 8")
  func values() throws {
    let solid = try Solid(
      lattice: Lattice(counts: SIMD3(2, 2, 2), edges: SIMD3(repeating: 0.01)),
      material: Samples.material())
    let unit = 0.01 / solid.material.barSpeed
    let before = StepLimit(solid: solid, isOpen: false, stiffnessFactor: 8, contactRate: 0)
    let after = StepLimit(solid: solid, isOpen: true, stiffnessFactor: 8, contactRate: 0)
    #expect(abs(before.step / unit - 0.6584) < 1e-3)
    #expect(abs(after.step / unit - 0.0987) < 1e-4)
    #expect(before.cause == .element && after.cause == .face)
    let stiff = StepLimit(solid: solid, isOpen: false, stiffnessFactor: 8, contactRate: 1e13)
    #expect(stiff.cause == .contact && stiff.step < before.step)
    // half of the stable step, as with cracks
    let elastic = 4 * 0.85 * 0.85 / (before.step * before.step)
    #expect(abs(stiff.step * (elastic + 1e13).squareRoot() - 1) < 1e-12)
  }
}
