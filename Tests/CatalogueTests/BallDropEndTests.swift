import Catalogue
import Experience
import Foundation
import Testing

@Suite("Ball drop: the end of the motion")
struct BallDropEndTests {
  // Angular momentum about the contact gives rolling at κ/(1 + κ)·aω = 100/7 m/s, far above the
  // 4.4 m/s of the impact. Fails if the motion along the floor does not count for `max-speed`.
  @Test("a ball with topspin is fastest when it begins to roll")
  func topspin() throws {
    let run = try VerificationRun(
      """
      plumbline: 1
      experience: ball-drop
      environment: { gravity: 9.80665 m/s^2, air: none }
      ball: { diameter: 100 mm, mass: 1 kg }
      drag: none
      start: { height: 1 m, spin: "[0, 1000, 0] rad/s" }
      floor: { restitution: 0, friction: 0.3, rolling-resistance: 1 mm }
      duration: 1000 s
      """)
    let (speed, band) = run.value("max-speed")
    #expect(abs(speed - 100.0 / 7) <= band + 4 * speed.ulp)
  }

  // The same ball stopped by the clock while it still slides: v = μ(w + g·t) from the impact on,
  // w = √(2gh). Fails if the slide counts only once it has ended.
  @Test("a duration that ends in the slide still counts the speed of the slide")
  func slideCutShort() throws {
    let (g, h, friction, after) = (9.80665, 1.0, 0.9, 3.0)
    let duration = (2 * h / g).squareRoot() + after
    let run = try VerificationRun(
      """
      plumbline: 1
      experience: ball-drop
      environment: { gravity: \(g) m/s^2, air: none }
      ball: { diameter: 100 mm, mass: 1 kg }
      drag: none
      start: { height: \(h) m, spin: "[0, 10000, 0] rad/s" }
      floor: { restitution: 0, friction: \(friction) }
      duration: \(JSON.text(of: duration)) s
      """)
    let (speed, band) = run.value("max-speed")
    let exact = friction * ((2 * g * h).squareRoot() + g * after)
    #expect(abs(speed - exact) <= band + 16 * exact.ulp)
  }

  // e = 1e-5: the rebound is 1e-10 of the drop. Fails if the series closes before it is seen.
  @Test("a rebound of a tenth of a nanometre has its height and its second impact")
  func tinyRebound() throws {
    let run = try VerificationRun(
      """
      plumbline: 1
      experience: ball-drop
      environment: { gravity: 9.80665 m/s^2, air: none }
      ball: { diameter: 40 mm, mass: 1 kg }
      drag: none
      start: { height: 1 m }
      floor: { restitution: 1e-5 }
      """)
    let (height, _) = run.value("rebound-height")
    #expect(abs(height / 1e-10 - 1) < 1e-12)
    let fall = (2 / 9.80665).squareRoot()
    #expect(abs(run.value("second-impact-time").value / (fall * (1 + 2e-5)) - 1) < 1e-14)
  }

  // A law for 1 to 6 m/s holds at the first impact of 4.4 m/s, and not for the end of the series.
  // Fails if the later, slower impacts are not held against the range.
  @Test("a restitution is trusted only at the speeds it was made for")
  func speedRange() throws {
    let scene = try Scene.parse(
      SourceText(
        path: "range",
        text: """
          plumbline: 1
          experience: ball-drop
          environment: { air: none }
          ball: { diameter: 40 mm, mass: 1 kg }
          start: { height: 1 m }
          floor: { restitution: { law: constant, value: 0.8, speed: { low: 1 m/s, high: 6 m/s } } }
          """), catalogue: Catalogue.experiences, materials: .empty)
    let record = try TruthRunner().truth(of: scene)
    for (name, tier) in [("rebound-height", Tier.t0), ("rest-time", .t3), ("bounces", .t3)] {
      #expect(record[outcome: name]?.scalar?.tier == tier, "\(name)")
    }
  }
}
