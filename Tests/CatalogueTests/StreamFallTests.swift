import Experience
import Testing

@testable import Catalogue

/// Whether a stream coils, and what a scene that does is told.
@Suite("Falling streams")
struct StreamFallTests {
  func fall(_ height: Double, viscosity: Double = 5.0 / 1400) -> StreamFall {
    StreamFall(viscosity: viscosity, rate: 10e-6, nozzle: 8e-3, height: height, gravity: 9.81)
  }

  // 10 mL/s of 5 Pa.s from 8 mm: a fall of 50 mm has H/D₁ = 11.5 and Re 0.82 and coils, one of 20 mm
  // has 3.2 and does not. Fails if the diameter at the nozzle is taken: 6.25 would say no for both.
  @Test("the diameter is that at the landing")
  func landing() throws {
    let high = try #require(fall(0.05).landing)
    #expect(abs(0.05 / high.diameter - 11.5) < 0.1 && abs(high.reynolds - 0.82) < 0.02)
    let low = try #require(fall(0.02).landing)
    #expect(abs(0.02 / low.diameter - 3.2) < 0.1)
    #expect(fall(0.05).coils && !fall(0.02).coils)
    #expect(fall(0.05).frequency(level: 0) != nil && fall(0.02).frequency(level: 0) == nil)
  }

  // A fast thin stream does not buckle however far it falls.
  @Test("inertia keeps a stream straight")
  func straight() {
    #expect(!fall(0.05, viscosity: 1e-4).coils)
  }

  static func scene(_ height: String, geometry: String = "automatic") -> String {
    """
    plumbline: 1
    experience: syrup-pour
    syrup: { density: 1400 kg/m^3, viscosity: 5 Pa.s }
    pour: { stream: { volume: 5 mL, rate: 10 mL/s, nozzle: 8 mm, height: \(height), onto: { plate: 100 mm } } }
    geometry: \(geometry)
    resolution: 4 mm
    duration: 1 s
    """
  }

  // Fails if a coiling stream is sold as a symmetric one, or its note is lost.
  @Test("a stream that coils is followed to its landing only")
  func truncated() throws {
    let scene = try SceneFiles.scene(Self.scene("50 mm"))
    #expect(scene.warnings.contains { $0.code == "S015" && $0.message.contains("coils") })
    let truth = try TruthRunner().truth(of: scene)
    #expect(truth[outcome: "spread-radius"] == nil && truth[outcome: "mound-height"] == nil)
    #expect(truth[outcome: "landing-time"] != nil && truth[outcome: "coil-frequency"] != nil)
    guard case .event(let coils)? = truth[outcome: "coils"] else {
      Issue.record("no event")
      return
    }
    #expect(coils.probability == 1 && coils.tier == .t3)
    #expect(truth.notes.contains { $0.contains("landing only") })
  }

  // Fails if the assumption of symmetry is not told in the tier of every outcome.
  @Test("asked for as symmetric, every outcome is T3")
  func assumed() throws {
    let truth = try TruthRunner().truth(
      of: try SceneFiles.scene(Self.scene("50 mm", geometry: "axisymmetric")))
    for (name, outcome) in truth.outcomes {
      guard case .scalar(let scalar) = outcome else { continue }
      #expect(scalar.tier == .t3, "\(name)")
    }
    #expect(truth[outcome: "spread-radius"] != nil)
  }
}
