import ClosedForms
import Experience
import Foundation
import Testing

@testable import Catalogue

/// A bead in glycerin whose liquid remembers its motion, from the text of a scene to its band.
@Suite("Ball drop with history")
struct BallDropHistoryTests {
  static let scene = """
    plumbline: 1
    experience: ball-drop
    environment:
      air: { density: 1261 kg/m^3, viscosity: 1.412 Pa.s }
      history: true
    ball: { diameter: 3 mm, density: 7800 kg/m^3 }
    drag: { law: stokes }
    start: { height: 2 mm }
    floor: { restitution: 0, friction: 0 }
    """

  // Fails if the compiler forgets the history, added mass or buoyancy, if the order of the band is not
  // that of the method, or if the band does not cover the error.
  @Test("meets the closed form within its band", arguments: ["0.2 mm", "2 mm", "20 mm"])
  func landing(height: String) throws {
    let text = BallDropHistoryTests.scene.replacing("2 mm", with: height)
    let run = try VerificationRun(text, accuracy: 1e-6)
    let exact = BassetFall(
      diameter: 0.003, density: 7800, fluidDensity: 1261, viscosity: 1.412, gravity: 9.80665)
    let depth = 1e-3 * (Double(height.dropLast(3)) ?? .nan)
    let time = exact.time(toDepth: depth)
    let expected = [("fall-time", time), ("impact-speed", exact.speed(time: time))]
    for (outcome, value) in expected {
      let (got, band) = run.value(outcome)
      #expect(abs(got - value) <= band + 1e-13 * value, "\(outcome): \(got), \(value), \(band)")
      #expect(band <= 1e-6 * value)
    }
    #expect(run.value("rest-time").value == run.value("fall-time").value)
    #expect(run.value("rebound-height").value == 0)
    // longer falls hardly remember their start: errors near 1e-8, in which several orders mix
    let order = try #require(run.nominal.refinements[0].order)
    #expect(abs(order - 2) < (depth < 1e-3 ? 0.25 : 1), "\(order)")
  }

  // Fails if a motion is accepted whose history is not modelled.
  @Test(
    "refuses what it does not model",
    arguments: [
      ("law: stokes", "law: schiller-naumann"),
      ("height: 2 mm", "height: 2 mm, spin: \"[0, 0, 1] rad/s\""),
      ("height: 2 mm", "height: 2 mm, velocity: \"[1, 0, 0] mm/s\""),
      ("restitution: 0", "restitution: 0, tilt: 1 deg"),
      ("restitution: 0", "restitution: 0.1"),
      ("air: { density: 1261 kg/m^3, viscosity: 1.412 Pa.s }", "air: none"),
      ("drag:", "duration: 1e7 s\ndrag:"),
    ])
  func refuses(part: String, by other: String) throws {
    try #require(BallDropHistoryTests.scene.contains(part))
    let text = BallDropHistoryTests.scene.replacing(part, with: other)
    var codes: [String] = []
    do throws(DiagnosticList) {
      _ = try Scene.parse(
        SourceText(path: "t.yaml", text: text), catalogue: Catalogue.experiences, materials: .empty)
    } catch { codes = error.diagnostics.map(\.code) }
    // a duration of months is also called implausible
    #expect(codes.contains("S020") && codes.count <= 2)
  }
}
