import Experience
import Foundation
import RigidBody
import Testing

@testable import Catalogue

/// Measures of short runs against closed forms.
@Suite("Workbench measures")
struct WorkbenchRunTests {
  private func record(_ text: String) throws -> TruthRecord {
    try TruthRunner().truth(of: try SceneFiles.scene(text))
  }

  /// Whether the band covers a value, and is as narrow as was asked for.
  private func expect(
    _ record: TruthRecord, _ name: String, _ exact: Double, scale: Double = 1,
    location: SourceLocation = #_sourceLocation
  ) {
    guard let outcome = record[outcome: name]?.scalar else {
      Issue.record("no \(name): \(record.notes)", sourceLocation: location)
      return
    }
    #expect(
      abs(outcome.value - exact) <= outcome.halfWidth + 1e-12 * max(abs(exact), scale),
      "\(name) is \(outcome.value) ± \(outcome.halfWidth), not \(exact)", sourceLocation: location)
    #expect(outcome.halfWidth <= 2e-6 * max(abs(exact), scale), "\(name)", sourceLocation: location)
    #expect(outcome.status == .converged, "\(name)", sourceLocation: location)
  }

  // A ball on a linear spring: it touches at √(2h/g) and leaves when δ = g/ω²·(1 − cos ωt) + v/ω·sin ωt is 0
  // again, ωt = 2·(π − atan(vω/g)). Fails if a contact that gives way is no contact to a measure.
  @Test("a ball on a floor that gives way")
  func compliantContact() throws {
    let (g, height, stiffness, mass) = (9.80665, 0.4, 10e3, 1.0)
    let record = try record(
      """
      plumbline: 1
      experience: workbench
      environment: { air: none }
      bodies:
        - { name: floor, shape: plane }
        - { name: ball, shape: { sphere: { radius: 0.1 m } }, mass: 1 kg, position: "[0, 0, 0.5] m" }
      contacts: [{ between: [ball, floor], friction: 0, compliance: { stiffness: 10 kN/m } }]
      duration: 0.6 s
      measure:
        - { name: touch, event: contact, between: [ball, floor], quantity: time }
        - { name: leave, event: lift-off, between: [ball, floor], quantity: time }
        - { name: speed, event: contact, between: [ball, floor], of: ball, quantity: speed }
        - { name: touches, event: contact, of: ball, quantity: count, before: 0.6 s }
        - { name: happens, event: contact, between: [ball, floor], quantity: occurs, before: 0.6 s }
      """)
    let speed = (2 * g * height).squareRoot()
    let omega = (stiffness / mass).squareRoot()
    let touch = (2 * height / g).squareRoot()
    expect(record, "touch", touch)
    expect(record, "leave", touch + 2 * (Double.pi - atan(speed * omega / g)) / omega)
    expect(record, "speed", speed)
    expect(record, "touches", 1)
    #expect(record[outcome: "happens"]?.event?.probability == 1)
  }

  // A ball falls 1 m in a vacuum and rebounds with e = 0.5: every measure of the flight in closed
  // form. Fails if an event is counted wrongly, a side, a sign or a component is confused.
  @Test("a bouncing ball")
  func ball() throws {
    let g = 9.80665
    let record = try record(
      """
      plumbline: 1
      experience: workbench
      environment: { air: none }
      bodies:
        - { name: floor, shape: plane }
        - { name: ball, shape: { sphere: { radius: 0.1 m } }, mass: 2 kg, position: "[0, 0, 1.1] m", velocity: "[0.5, 0, 0] m/s" }
      contacts: [{ between: [ball, floor], restitution: 0.5, friction: 0 }]
      duration: 1.0 s
      measure:
        - { name: first, event: contact, between: [ball, floor], quantity: time }
        - { name: second, event: contact, of: ball, nth: 2, quantity: time }
        - { name: third, event: contact, between: [floor, ball], nth: 3, quantity: time }
        - { name: down, event: contact, between: [ball, floor], of: ball, side: before, quantity: velocity, component: z }
        - { name: up, event: contact, between: [ball, floor], of: ball, quantity: velocity, component: z }
        - { name: fast, event: contact, between: [ball, floor], of: ball, side: before, quantity: speed }
        - { name: apex, event: apex, of: ball, quantity: position, component: z }
        - { name: apex-time, event: apex, of: ball, quantity: time }
        - { name: count, event: contact, of: ball, quantity: count, before: 1 s }
        - { name: has-two, event: contact, of: ball, nth: 2, quantity: occurs }
        - { name: has-ten, event: contact, of: ball, nth: 10, quantity: occurs, before: 0.9 s }
        - { name: x, of: ball, quantity: position, component: x, at: 0.4 s }
        - { name: way, of: ball, quantity: distance, at: 0.4 s }
        - { name: apart, between: [ball, floor], quantity: distance, at: 0.4 s }
        - { name: lowest, of: ball, quantity: position, component: z, at: minimum }
        - { name: energy-before, of: ball, quantity: energy, at: 0.4 s }
        - { name: kinetic, quantity: kinetic-energy, at: 0.4 s }
        - { name: momentum, of: ball, quantity: momentum, component: z, at: 0.4 s }
        - { name: turning, quantity: angular-momentum, component: y, at: 0.4 s }
        - { name: force, between: [ball, floor], quantity: contact-force, at: 0.4 s }
        - { name: spin, of: ball, quantity: spin, at: end }
      """)
    let fall = (2 / g).squareRoot()
    let speed = g * fall
    expect(record, "first", fall)
    expect(record, "second", 2 * fall)
    #expect(record[outcome: "third"] == nil)
    expect(record, "down", -speed)
    expect(record, "up", 0.5 * speed)
    expect(record, "fast", (speed * speed + 0.25).squareRoot())
    expect(record, "apex", 0.1 + 0.25)
    expect(record, "apex-time", 1.5 * fall)
    expect(record, "count", 2)
    #expect(record[outcome: "has-two"]?.event?.probability == 1)
    #expect(record[outcome: "has-ten"]?.event?.probability == 0)
    expect(record, "x", 0.2)
    let drop = 0.5 * g * 0.16
    expect(record, "way", (0.04 + drop * drop).squareRoot())
    expect(record, "apart", (0.04 + (1.1 - drop) * (1.1 - drop)).squareRoot())
    expect(record, "lowest", 0.1)
    expect(record, "energy-before", 0.25 + 2 * g * 1.1)
    expect(record, "kinetic", 0.25 + pow(0.4 * g, 2))
    expect(record, "momentum", -2 * 0.4 * g)
    // z·p_x − x·p_z about y
    expect(record, "turning", (1.1 - drop) * 1 + 0.2 * 2 * 0.4 * g)
    expect(record, "force", 0)
    expect(record, "spin", 0)
    #expect(record.events.first?.name == "contact#1")
    #expect(record.events.first?.bodies.sorted() == ["ball", "floor"])
  }

  // A motor turns a rod by 25 rad. Fails if whole turns are lost or counted backwards.
  @Test("joint angles count whole turns", arguments: [5.0, -5.0])
  func turns(rate: Double) throws {
    let record = try record(
      """
      plumbline: 1
      experience: workbench
      environment: { gravity: "[0, 0, 0] m/s^2", air: none }
      bodies:
        - { name: rod, shape: { box: { size: "[1, 0.1, 0.1] m" } }, mass: 1 kg, spin: "[0, 0, \(rate)] rad/s" }
      joints:
        - { name: shaft, kind: motor, between: [world, rod], at: "[0, 0, 0] m", axis: [0, 0, 1], rate: \(rate) rad/s }
      duration: 5 s
      measure:
        - { name: half, joint: shaft, quantity: joint-angle, at: 0.6 s }
        - { name: most, joint: shaft, quantity: joint-angle, at: 5 s }
        - { name: attitude, of: rod, quantity: attitude, component: z, at: 0.5 s }
        - { name: tip-speed, of: rod, point: "[0.5, 0, 0] m", quantity: speed, at: 5 s }
        - { name: tip-x, of: rod, point: "[0.5, 0, 0] m", quantity: position, component: x, at: 5 s }
      """)
    expect(record, "half", 0.6 * rate)
    expect(record, "most", 5 * rate, scale: 25)
    expect(record, "attitude", 0.5 * rate)
    expect(record, "tip-speed", 2.5)
    expect(record, "tip-x", 0.5 * cos(25))
  }

  // Small swings of a compound pendulum, T = 2π·√(I/(m·g·d))·(1 + θ²/16 + 11·θ⁴/3072). Fails if half
  // swings are taken, or the joint's force has the wrong sign.
  @Test("periods of swings")
  func period() throws {
    let g = 9.80665
    let angle = 0.1
    let record = try record(
      """
      plumbline: 1
      experience: workbench
      environment: { air: none }
      bodies:
        - { name: rod, shape: { box: { size: "[0.1, 0.1, 1] m" } }, mass: 1 kg, position: "[\(0.5 * sin(angle)), 0, \(-0.5 * cos(angle))] m", attitude: "[0, \(-angle), 0] rad" }
        - { name: weight, shape: { sphere: { radius: 0.1 m } }, mass: 1 kg, position: "[5, 0, -1.3] m" }
      joints:
        - { name: pivot, kind: hinge, between: [world, rod], at: "[0, 0, 0] m", axis: [0, 1, 0] }
        - { name: spring, kind: spring, between: [world, weight], at: "[5, 0, 0] m", stiffness: 40 N/m, length: 1 m }
      duration: 4 s
      measure:
        - { name: swing, of: rod, quantity: period }
        - { name: by-joint, joint: pivot, quantity: period, nth: 2 }
        - { name: bounce, of: weight, quantity: period, component: z }
        - { name: hold, joint: pivot, of: rod, quantity: joint-force, component: z, at: start }
      """)
    let inertia = (1 + 0.01) / 12 + 0.25
    let small = 2 * Double.pi * (inertia / (g * 0.5)).squareRoot()
    // the next term of the series is below 1e-8
    let exact = small * (1 + angle * angle / 16 + 11 * pow(angle, 4) / 3072)
    for name in ["swing", "by-joint"] {
      let value = try #require(record[outcome: name]?.scalar?.value)
      #expect(abs(value / exact - 1) < 1e-8, "\(name) \(value) \(exact)")
    }
    expect(record, "bounce", 2 * .pi * (1 / 40.0).squareRoot())
    // m·(g + a_z) with a_z of the centre at rest: −(d·sin θ)²·m·g/I
    let lift = g * (1 - pow(0.5 * sin(angle), 2) / inertia)
    expect(record, "hold", lift)
  }

  // Fails if a body that stands still from the start does not rest, or a block that topples does not
  // tip.
  @Test("rest and tip")
  func events() throws {
    let record = try record(
      """
      plumbline: 1
      experience: workbench
      environment: { air: none }
      bodies:
        - { name: floor, shape: plane }
        - { name: block, shape: { box: { size: "[1, 1, 1] m" } }, mass: 1 kg, position: "[0, 0, 0.5] m" }
        - { name: plank, shape: { box: { size: "[0.2, 1, 2] m" } }, mass: 1 kg, position: "[5, 0, 1] m" }
      contacts: [{ default: true, restitution: 0, friction: 5 }]
      forces: [{ on: plank, force: "[4, 0, 0] N", at: "[0, 0, 1] m" }]
      duration: 1 s
      measure:
        - { name: stays, event: rest, of: block, quantity: occurs, before: 0.5 s }
        - { name: block-tips, event: tip, of: block, quantity: occurs }
        - { name: plank-tips, event: tip, of: plank, quantity: occurs }
        - { name: plank-tilt, event: tip, of: plank, quantity: attitude, component: y }
      """)
    #expect(record[outcome: "stays"]?.event?.probability == 1)
    #expect(record[outcome: "block-tips"]?.event?.probability == 0)
    #expect(record[outcome: "plank-tips"]?.event?.probability == 1)
    expect(record, "plank-tilt", 0.25 * .pi)
  }

  // Fails if tolerances are not drawn together, or an event has no probability between 0 and 1.
  @Test("tolerances make probabilities")
  func tolerances() throws {
    let record = try record(
      """
      plumbline: 1
      experience: workbench
      environment: { gravity: "[5, 0, -9] m/s^2", air: none }
      bodies:
        - { name: floor, shape: plane }
        - { name: block, shape: { box: { size: "[1, 1, 0.2] m" } }, mass: 1 kg ± 10 %, position: "[0, 0, 0.1] m" }
      contacts: [{ between: [block, floor], restitution: 0, friction: "\(5 / 9.0) ± 0.1" }]
      duration: 0.1 s
      samples: 64
      measure:
        - { name: slides, event: slip, of: block, quantity: occurs }
        - { name: load, between: [block, floor], quantity: contact-force, component: z, at: 0.05 s }
      """)
    let slides = try #require(record[outcome: "slides"]?.event)
    #expect(slides.members == 64 && (0.3...0.7).contains(slides.probability))
    let load = try #require(record[outcome: "load"]?.scalar)
    let spread = Ensemble(load.members)
    #expect(load.members.count == 64 && abs(spread.mean - 9) < 0.3)
    #expect((spread.sorted.first ?? 0) >= 8.1 - 1e-9 && (spread.sorted.last ?? 0) <= 9.9 + 1e-9)
  }
}
