// Reference cases of rigid bodies, RB01 to RB39, and those of the ball drop that need more than one
// sphere: BD26, BD27, BD28.
//
// Expected values are closed forms or integrations by other programs, with their numbers from
// reference/rigid/cases.json; none comes from our own integrator. Tolerances are the goals of the
// method. Cases that can be said as a scene run as one, so that the whole path is verified; the
// others build their world here. Thresholds are halved in the parameter: the band is half the bracket.

import Experience
import Foundation
import RigidBody

public enum WorkbenchCases {
  public static var all: [VerificationCase] {
    impacts + rolling + curved + pendulums + machines + statics + waiting
  }

  static let g = 9.80665

  /// A scene without air under the usual gravity unless the arguments say otherwise.
  static func scene(gravity: String = "9.80665 m/s^2", _ rest: String) -> String {
    """
    plumbline: 1
    experience: workbench
    environment: { gravity: \(gravity), air: none }
    \(rest)
    """
  }

  static func text(_ value: Double) -> String { JSON.text(of: value) }

  static func radians(_ degrees: Double) -> Double { degrees * Double.pi / 180 }

  static func degrees(_ radians: Double) -> Double { radians * 180 / Double.pi }

  static let x = Vector3(x: 1, y: 0, z: 0)
  static let y = Vector3(x: 0, y: 1, z: 0)
  static let z = Vector3(x: 0, y: 0, z: 1)

  static func equal(_ moment: Double) -> Vector3 { Vector3(x: moment, y: moment, z: moment) }

  static let floor = Body(name: "floor", shape: .plane, motion: .fixed)

  /// A homogeneous ball.
  static func ball(_ name: String, mass: Double, radius: Double) -> Body {
    Body(
      name: name, shape: .sphere(radius: radius), mass: mass,
      inertia: equal(0.4 * mass * radius * radius))
  }

  /// A yes or no as a row.
  static func row(_ label: String, _ answer: Bool) -> VerificationRow {
    VerificationRow(label, "1", expected: 1, got: answer ? 1 : 0, within: .absolute(0.5))
  }

  /// A number that a band comes with, scaled and shifted.
  static func row(
    _ label: String, _ unit: String, expected: Double, of number: (value: Double, band: Double),
    factor: Double = 1, shift: Double = 0, within tolerance: VerificationRow.Tolerance
  ) -> VerificationRow {
    VerificationRow(
      label, unit, expected: expected, got: factor * number.value + shift,
      band: abs(factor) * number.band, within: tolerance)
  }

  static let waiting: [VerificationCase] = [
    VerificationCase(
      "RB11", "upright rolling coin: speed above which it is stable",
      source: "Routh, from memory: sqrt(gR/3) for a disc, sqrt(gR/4) for a hoop",
      waits: "the reference list marks its own numbers as doubtful; shown, not judged"),
    VerificationCase(
      "RB39", "real cube tosses on a board",
      source: "Pfrommer, Halm & Posa 2020, arXiv:2009.11193",
      waits: "needs the recorded tosses: `plumbline verify --data`"),
  ]
}
