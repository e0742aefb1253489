// What only several values together can tell to be wrong, or out of the reach of the model.

import Experience
import Foundation
import Fracture

struct BrickBreakCheck {
  let model: BrickBreakModel
  let inputs: [InputParameter]
  let scene: SceneSection

  /// In m/s. Beyond it the contact is no pad: 20 MPa and more of wave stress crush the surface of a
  /// brick (ρ·c0·v for a clay brick reaches the compressive strength of 39 MPa at 9 m/s).
  static let fastest = 10.0
  /// Energy of the impact over that of one crack across the brick, beyond which pieces are smaller
  /// than elements resolve.
  static let shatter = 50.0
  /// Elements at the finest of three levels: 2 kB each, and about a minute a run.
  static let elementLimit = 60_000

  private var values: [Double] { inputs.map(\.law.nominal) }
  private func figures(_ value: Double) -> String { JSON.text(of: Quantum.threeFigures(value)) }
  private func millimetres(_ value: Double) -> String { "\(figures(value * 1e3)) mm" }

  func check(_ reader: inout TableReader) {
    let brick = scene.section("brick")
    if let material = try? model.material(values) {
      mesh(material, &reader)
      if let law = brick?.quantity("tensile-strength")?.law, law.extremes.lowerBound <= 0 {
        reader.report(
          "011", "the tensile strength reaches zero", at: brick?.entry("tensile-strength")?.mark,
          label: "must stay above 0 Pa")
      }
    }
    tools(&reader)
    impact(&reader)
    if model.lot.covariance == 0, model.lot.correlation == nil {
      reader.report(
        "015",
        "the brick is uniform, so mirror images of a crack compete and rounding decides between them",
        at: brick?.entry("correlation-length")?.mark ?? brick?.mark,
        label: "whether it breaks may be unresolved",
        help: "real bricks are not uniform: leave `correlation-length:` and `strength-cov:` out",
        severity: .warning)
    }
  }

  private func mesh(_ material: BrittleMaterial, _ reader: inout TableReader) {
    let mark = scene.entry("resolution")?.mark
    let depth = values[model.size[2]]
    let coarse = model.cells(values, level: 0)
    if model.resolution > 0.5 * depth * (1 + 1e-9) {
      reader.report(
        "011",
        "a brick \(millimetres(depth)) deep is thinner than two elements of \(millimetres(model.resolution))",
        at: mark, label: "at most \(millimetres(0.5 * depth))",
        help: "\(millimetres(material.largestEdge(depth: depth))) resolves a crack")
      return
    }
    let largest = material.largestEdge(depth: depth)
    if depth / Double(coarse.z) > largest * (1 + 1e-9) {
      let cause =
        material.largestEdge < depth / 6
        ? "a fifth of the characteristic length of \(millimetres(material.cohesiveLength))"
        : "a sixth of the depth"
      reader.report(
        "015",
        "elements of \(millimetres(depth / Double(coarse.z))) do not resolve a crack: every outcome is T3",
        at: mark, label: "at most \(millimetres(largest))", note: "that is \(cause)",
        severity: .warning)
    }
    let fine = model.cells(values, level: 2)
    let count = fine.x * fine.y * fine.z
    if count > BrickBreakCheck.elementLimit {
      let edge =
        model.resolution * cbrt(Double(count) / Double(BrickBreakCheck.elementLimit))
      reader.report(
        "011",
        "the finest of three levels would have \(count) elements, more than \(BrickBreakCheck.elementLimit)",
        at: mark, label: "at least \(millimetres(edge))")
    }
  }

  private func tools(_ reader: inout TableReader) {
    let test = scene.section("test")
    let section = test?.section("bend") ?? test?.section("strike")
    guard let section, let span = section.quantity("span") else { return }
    let length = values[model.size[0]]
    let strip = values[model.strip]
    let least =
      scene.section("brick")?.vector("size")?.first?.law.extremes.lowerBound ?? length
    if span.law.extremes.upperBound + strip > least * (1 + 1e-9) {
      reader.report(
        "011",
        "a span of \(millimetres(span.nominal)) with strips of \(millimetres(strip)) is longer than the brick of \(millimetres(length))",
        at: section.entry("span")?.mark, label: "at most \(millimetres(least - strip))")
    }
    if span.nominal < 1.5 * values[model.size[2]] {
      reader.report(
        "015", "a span below 1.5 depths crushes and shears more than it bends",
        at: section.entry("span")?.mark, label: "flexural tests have 2 to 4 depths",
        severity: .warning)
    }
    let (fine, coarse) = (model.cells(values, level: 2).x, model.cells(values, level: 0).x)
    if strip > 1.01 * length / Double(fine), strip < 1.99 * length / Double(coarse) {
      reader.report(
        "015",
        "strips of \(millimetres(strip)) span neither one nor two elements, so the lever of the load changes from level to level",
        at: scene.section("pad")?.entry("width")?.mark ?? section.mark,
        label:
          "at most \(millimetres(length / Double(fine))) or at least \(millimetres(2 * length / Double(coarse)))",
        severity: .warning)
    }
    if case .strike(let strike) = model.test, strike.isBall, let radius = strike.radius {
      // penetration of a ball at the force that bends the brick to its strength
      let size = model.size(values)
      let force = 2 * values[model.strength] * size.y * size.z * size.z / (3 * span.nominal)
      let dent = (force / (Double.pi * values[model.bed] * values[radius])).squareRoot()
      let contact = (2 * values[radius] * dent).squareRoot()
      let edge = size.z / Double(model.cells(values, level: 0).z)
      if contact < 2 * edge {
        reader.report(
          "015",
          "the ball touches within \(millimetres(contact)), less than two elements: the contact is not resolved, and outcomes are T3",
          at: section.section("striker")?.entry("radius")?.mark,
          label: "a softer pad, a larger ball or a finer resolution", severity: .warning)
      }
    }
  }

  private func impact(_ reader: inout TableReader) {
    guard let speed = model.impactSpeed(values) else { return }
    let test = scene.section("test")
    let mark = (test?.section("strike") ?? test?.section("fall"))?.entry("height")?.mark
    let gravity = values[model.gravity]
    if speed > BrickBreakCheck.fastest {
      reader.report(
        "011",
        "an impact at \(figures(speed)) m/s crushes the surface: the model of contact ends at \(figures(BrickBreakCheck.fastest)) m/s",
        at: mark, label: "at most \(figures(0.5 * pow(BrickBreakCheck.fastest, 2) / gravity)) m")
      return
    }
    if let highest = model.curve.last,
      (2 * gravity * highest).squareRoot() > BrickBreakCheck.fastest
    {
      reader.report(
        "011",
        "an impact from \(figures(highest)) m is beyond the model of contact, which ends at \(figures(BrickBreakCheck.fastest)) m/s",
        at: test?.section("strike")?.entry("curve")?.mark,
        label: "at most \(figures(0.5 * pow(BrickBreakCheck.fastest, 2) / gravity)) m")
    }
    let size = model.size(values)
    let mass: Double
    if case .strike(let strike) = model.test {
      mass = values[strike.mass]
    } else {
      mass = values[model.density] * size.x * size.y * size.z
    }
    let crack = values[model.energy] * size.y * size.z
    let times = 0.5 * mass * speed * speed / crack
    if times > BrickBreakCheck.shatter {
      reader.report(
        "015",
        "the impact carries \(figures(times)) times the energy of one crack: the brick shatters into pieces that elements do not resolve",
        at: mark, label: "pieces and crack-area are rough", severity: .warning)
    }
  }
}
