import Catalogue
import Experience
import Foundation
import RigidBody
import Testing

/// A flat pack of 8 kg under g = 10 m/s² that does not tip, unless an argument says otherwise.
func packScene(
  pack: String = "{ size: \"[0.4, 0.3, 0.1] m\", mass: 8 kg }", floor: String = "{ friction: 0.4 }",
  pull: String, gravity: String = "10 m/s^2", duration: String = "20 s", more: String = ""
) -> String {
  """
  plumbline: 1
  experience: backpack-drag
  environment: { gravity: \(gravity) }
  pack: \(pack)
  floor: \(floor)
  pull: \(pull)
  duration: \(duration)
  \(more)
  """
}

private func isNear(_ a: Double, _ b: Double, _ relative: Double) -> Bool {
  abs(a - b) <= relative * max(abs(a), abs(b))
}

@Suite("Backpack drag: closed forms")
struct BackpackDragClosedFormTests {
  func run(_ text: String) throws -> VerificationRun { try VerificationRun(text, accuracy: 1e-8) }

  // From rest under F for T: ½aT², then v²/(2μ_k g). Fails if the pull does not relieve the normal
  // force, `until` is missed, or the static coefficient acts on a sliding pack.
  @Test("pulled and let go", arguments: [0.0, 35, -20])
  func force(degrees: Double) throws {
    let angle = degrees * .pi / 180
    let run = try run(
      packScene(
        floor: "{ friction: { static: 0.5, kinetic: 0.4 } }",
        pull:
          "{ force: { magnitude: 60 N, angle: \(degrees) deg, height: 0.04 m, from: 0.5 s, until: 2.5 s } }"
      ))
    let normal = 80 - 60 * sin(angle)
    let a = (60 * cos(angle) - 0.4 * normal) / 8
    let (pulled, speed) = (0.5 * a * 4, 2 * a)
    #expect(run.value("moves").value == 1 && run.value("tips").value == 0)
    #expect(isNear(run.value("slip-time").value, 0.5, 1e-12))
    #expect(isNear(run.value("distance").value, pulled + speed * speed / 8, 1e-10))
    #expect(isNear(run.value("stop-time").value, 2.5 + speed / 4, 1e-10))
    #expect(isNear(run.value("work").value, 60 * cos(angle) * pulled, 1e-10))
    // everything that was worked is heat in the end
    #expect(isNear(run.value("heat").value, run.value("work").value, 1e-10))
    #expect(isNear(run.value("peak-pull").value, 60, 1e-12))
    #expect(isNear(run.value("mean-pull").value, 60, 1e-12))
  }

  // Fails if a scene's axes are mixed up: the same pull towards each side of a square pack.
  @Test("a square pack slides the same way to every side", arguments: [90.0, 180, 270, 45])
  func azimuth(degrees: Double) throws {
    func pulled(_ azimuth: Double) throws -> VerificationRun {
      try run(
        packScene(
          pack: "{ size: \"[0.4, 0.4, 0.1] m\", mass: 8 kg }",
          pull:
            "{ force: { magnitude: 50 N, angle: 20 deg, azimuth: \(azimuth) deg, height: 0.05 m } }",
          duration: "1 s"))
    }
    let (along, turned) = (try pulled(0), try pulled(degrees))
    for name in ["distance", "work", "heat"] {
      #expect(isNear(along.value(name).value, turned.value(name).value, 1e-10), "\(name)")
    }
    let (speed, angle) = (along.value("final-velocity-x").value, degrees * .pi / 180)
    #expect(abs(turned.value("final-velocity-x").value - speed * cos(angle)) < 1e-9)
    #expect(abs(turned.value("final-velocity-y").value - speed * sin(angle)) < 1e-9)
  }

  // A tilted floor is a level one under turned gravity. Fails if the tilt turns the pull with it.
  @Test("a tilted floor is a turned gravity")
  func tilted() throws {
    let (c, s) = (cos(0.3), sin(0.3))
    let pull = "{ force: { magnitude: 60 N, angle: 20 deg, azimuth: 160 deg, height: 0.05 m } }"
    let tilt = try run(
      packScene(floor: "{ tilt: 0.3 rad, friction: 0.4 }", pull: pull, duration: "1 s"))
    let level = try run(
      packScene(
        pull: pull, gravity: "\"[\(JSON.text(of: 10 * s)), 0, \(JSON.text(of: -10 * c))] m/s^2\"",
        duration: "1 s"))
    for name in ["distance", "final-velocity-x", "final-velocity-y", "work", "heat"] {
      #expect(isNear(tilt.value(name).value, level.value(name).value, 1e-9), "\(name)")
    }
  }

  // In the frame of the belt the pack is pushed off against it. Fails if work or distance are
  // counted in the belt's frame. 5 s later it rides along at V.
  @Test("a belt carries the pack along")
  func belt() throws {
    let run = try run(packScene(pull: "{ belt: { speed: 2 m/s } }", duration: "5 s"))
    let (slip, way) = (0.5, 0.5)
    #expect(isNear(run.value("stop-time").value, slip, 1e-11))
    #expect(isNear(run.value("distance").value, way + 2 * (5 - slip), 1e-11))
    #expect(isNear(run.value("work").value, 32, 1e-10))
    #expect(isNear(run.value("heat").value, 16, 1e-10))
    #expect(isNear(run.value("final-velocity-x").value, 2, 1e-11))
    #expect(run.value("slip-time").value == 0 && run.value("peak-pull").value.isNaN)
  }

  // Slack delays the pull by slack/V and nothing else. Fails if slack is taken from the length.
  @Test("slack in the strap delays the first slip")
  func slack() throws {
    func slipTime(_ slack: String) throws -> Double {
      try run(
        packScene(
          floor: "{ friction: { static: 0.5, kinetic: 0.4 } }",
          pull:
            "{ strap: { speed: 0.2 m/s, stiffness: 500 N/m, height: 0.05 m, slack: \(slack) } }",
          duration: "1.2 s")
      ).value("slip-time").value
    }
    #expect(isNear(try slipTime("0 m"), 0.4, 1e-9))
    #expect(isNear(try slipTime("0.1 m"), 0.9, 1e-9))
  }

  // Energy of the strap: the hand's work is heat, kinetic energy and what the strap still holds.
  // Fails if the mean of the pull is not a mean over time: V·∫T dt is the hand's work here.
  @Test("the hand's work is its speed times the mean pull")
  func meanPull() throws {
    let run = try run(
      packScene(
        floor: "{ friction: { static: 0.5, kinetic: 0.35 } }",
        pull:
          "{ strap: { speed: 0.1 m/s, stiffness: 400 N/m, damping: 20 N.s/m, height: 0.05 m } }",
        duration: "3 s"))
    let (mean, band) = run.value("mean-pull")
    #expect(abs(mean * 0.1 * 3 / run.value("work").value - 1) <= 1e-9 + band / mean)
  }
}

@Suite("Backpack drag: events")
struct BackpackDragEventTests {
  func truth(_ text: String) throws -> TruthRecord {
    try TruthRunner().truth(of: try SceneFiles.scene(text))
  }

  // The share of members that move is the share of draws above the threshold μmg = 32 N. Fails if
  // the event is read with a threshold of its own, or the margin has the wrong sign.
  @Test("the probability of moving is the share of pulls above the threshold")
  func moves() throws {
    let scene = try SceneFiles.scene(
      packScene(
        pull: "{ force: { magnitude: 31 N ± 4 N, height: 0.05 m } }", duration: "0.2 s",
        more: "samples: 40"))
    let record = try TruthRunner().truth(of: scene)
    let moves = try #require(record[outcome: "moves"]?.event)
    let sampling = Sampling(seed: scene.seed, inputs: scene.experiment.inputs)
    let index = try #require(
      scene.experiment.inputs.firstIndex { $0.path == "pull.force.magnitude" })
    let above = (0..<40).filter { sampling.member($0)[index] > 32 }.count
    #expect(moves.probability == Double(above) / 40 && above > 2 && above < 38)
    let margin = try #require(moves.margin)
    #expect(margin.unit == "N" && abs(margin.value + 1) < 1e-9)
  }

  // Statics: a pull at height y tips a pack of base b that does not slide if F·y > m·g·b/2. Fails if
  // tipping is seen at the first lift, or not at all. 0.1 s are enough to lift, 5 s to fall over.
  @Test("a pack that is pulled high falls over", arguments: [(0.45, true), (0.30, false)])
  func tips(height: Double, falls: Bool) throws {
    let pack = "{ size: \"[0.3, 0.3, 0.5] m\", mass: 8 kg }"
    func record(_ duration: String) throws -> TruthRecord {
      try truth(
        packScene(
          pack: pack, floor: "{ friction: 0.8 }",
          pull: "{ force: { magnitude: 35 N, height: \(height) m } }", duration: duration))
    }
    let late = try record("5 s")
    #expect(late[outcome: "tips"]?.event?.probability == (falls ? 1 : 0))
    #expect(late[outcome: "moves"]?.event?.probability == (falls ? 1 : 0))
    let early = try record("0.1 s")
    #expect(early[outcome: "tips"]?.event?.probability == 0)
    // it turns about its edge, which has not slipped yet: 35 N against μmg = 64 N
    #expect(early[outcome: "moves"]?.event?.probability == (falls ? 1 : 0))
    let margin = try #require(early[outcome: "tips"]?.event?.margin)
    #expect(margin.unit == "m" && margin.value < 0 && margin.value >= -0.15 - 1e-12)
  }

  // Fails if a steady drag counts as stick-slip, or jerks do not.
  @Test("stick-slip needs a drop of friction")
  func stickSlip() throws {
    func event(_ kinetic: Double) throws -> Double? {
      try truth(
        packScene(
          floor: "{ friction: { static: 0.5, kinetic: \(kinetic) } }",
          pull: "{ strap: { speed: 0.1 m/s, stiffness: 400 N/m, height: 0.05 m } }",
          duration: "6 s")
      )[outcome: "stick-slip"]?.event?.probability
    }
    #expect(try event(0.35) == 1 && (try event(0.5)) == 0)
  }

  // Below the friction angle nothing moves, slowly or otherwise. Fails at any creep.
  @Test("a pack on a gentle ramp does not creep")
  func creep() throws {
    let record = try truth(
      packScene(floor: "{ tilt: 21.8 deg, friction: 0.4 }", pull: "{ push: {} }"))
    #expect(record[outcome: "moves"]?.event?.probability == 0)
    #expect(record[outcome: "distance"]?.scalar?.value == 0)
    #expect(record[outcome: "stop-time"] == nil && record[outcome: "slip-time"] == nil)
    #expect(record.notes.contains { $0.contains("does not move") })
  }
}
