import Experience
import Foundation
import Testing

@testable import Catalogue

/// Brick scenes with mistakes: each has a code and says what helps.
@Suite("Brick test: scenes")
struct BrickBreakSceneTests {
  static let base = """
    plumbline: 1
    experience: brick-break
    brick: { size: "[240, 120, 60] mm", density: 1800 kg/m^3, youngs-modulus: 10 GPa, poisson-ratio: 0.2, tensile-strength: 3 MPa, fracture-energy: 50 N/m }
    test: { strike: { span: 180 mm, striker: { mass: 2 kg }, height: 28 mm } }
    resolution: 10 mm

    """

  func diagnostics(_ text: String) throws -> [Diagnostic] {
    do throws(DiagnosticList) {
      return try Scene.parse(
        SourceText(path: "t.yaml", text: text), catalogue: Catalogue.experiences,
        materials: .empty
      ).warnings
    } catch { return error.diagnostics }
  }

  // Fails if one of these runs, or gets another code.
  @Test(
    "refuses",
    arguments: [
      ("S011", "strength: 3 MPa", "strength: 0 MPa"), ("S011", "energy: 50 N/m", "energy: 0 N/m"),
      ("S011", "energy: 50 N/m", "energy: 50 N/m ± 50 N/m"),
      ("S011", "ratio: 0.2", "ratio: 0.5"), ("S011", "ratio: 0.2", "ratio: -1"),
      ("S011", "span: 180 mm", "span: 239 mm"), ("S011", "resolution: 10 mm", "resolution: 40 mm"),
      ("S011", "resolution: 10 mm", "resolution: 2 mm"),
      ("S011", "height: 28 mm", "height: 6 m"),
      ("S011", "height: 28 mm", "height: 28 mm, curve: [20 mm, 6 m]"),
      ("S011", "height: 28 mm", "height: 28 mm, curve: [20 mm ± 1 mm]"),
      ("S004", "mass: 2 kg", "mass: 2 kg, nose: ball"), ("S004", ", fracture-energy: 50 N/m", ""),
      ("S010", "density: 1800 kg/m^3", "material: clay-brik"),
      (
        "S013", "height: 28 mm } }", "height: 28 mm }, bend: { span: 180 mm, speed: 1 mm/s } }"
      ),
      ("S020", "resolution: 10 mm", "resolution: 10 mm\nenvironment: { air: standard }"),
      (
        "S020", "resolution: 10 mm",
        "resolution: 10 mm\nenvironment: { gravity: \"[1, 0, -9.8] m/s^2\" }"
      ),
    ])
  func refuses(code: String, part: String, other: String) throws {
    try #require(Self.base.contains(part))
    let found = try diagnostics(Self.base.replacing(part, with: other)).filter(\.isError)
    #expect(found.map(\.code).contains(code), "\(found.map(\.concise))")
    #expect(found.allSatisfy { !$0.message.isEmpty })
  }

  // Fails if elements that cannot see a crack, or a brick that rounding decides on, go without a word.
  @Test("warns, with the largest edge that resolves a crack")
  func warns() throws {
    #expect(try diagnostics(Self.base).isEmpty)
    let few = try diagnostics(Self.base.replacing("resolution: 10 mm", with: "resolution: 15 mm"))
    #expect(few.contains { $0.code == "S015" && $0.label.contains("10 mm") }, "\(few)")
    // l_ch = 10 GPa · 20 N/m / (3 MPa)² = 22.2 mm, a fifth of it 4.44 mm
    let brittle = try diagnostics(Self.base.replacing("50 N/m", with: "20 N/m"))
    #expect(brittle.contains { $0.code == "S015" && $0.label.contains("4.44 mm") })
    let uniform = try diagnostics(
      Self.base.replacing("50 N/m }", with: "50 N/m, strength-cov: 0, correlation-length: none }"))
    #expect(uniform.contains { $0.code == "S015" && $0.message.contains("mirror") })
    let hard = try diagnostics(Self.base.replacing("height: 28 mm", with: "height: 4 m"))
    #expect(hard.contains { $0.code == "S015" && $0.message.contains("times the energy") })
  }

  // Fails if a height of the curve meets another brick, striker or level than the strike itself, or its
  // answer lands in the slot of another height.
  @Test("a curve strikes the same brick, whole again, from every height")
  func curve() throws {
    let text = Self.base.replacing(
      "height: 28 mm", with: "height: 60 mm, curve: [0.5 m, 60 mm, 1 mm, 60 mm]"
    ).replacing("resolution: 10 mm", with: "resolution: 15 mm")
    let scene = try SceneFiles.scene(text)
    let names = scene.outcomes.map(\.name)
    #expect(names.suffix(3) == ["breaks-at-1mm", "breaks-at-60mm", "breaks-at-500mm"])
    let sampling = Sampling(seed: 3, inputs: scene.experiment.inputs)
    let breaks = try #require(names.firstIndex(of: "breaks"))
    for member in 0..<3 {
      let run = try scene.experiment.run(sampling.member(member), level: 0)
      #expect(run.values.count == names.count && run.margins.count == names.count)
      #expect(run.values.suffix(3) == [0, run.values[breaks], 1])
      #expect(run.undecided.contains(breaks) == run.undecided.contains(names.count - 2))
    }
    let run = try scene.experiment.run(sampling.member(0), level: 0)
    let trust = scene.experiment.trust(in: "breaks-at-60mm", given: run)
    #expect(trust.tier == .t3)
    #expect(trust.basis == scene.experiment.trust(in: "breaks", given: run).basis)
    let forms = try #require(scene.experiment.ownFirstCourse)
    #expect(forms["breaks-at-60mm"]?.contains("0.06") == true)
    #expect(scene.definition.describe(scene.section).contains("each of these heights"))
  }

  // Fails if the factor of a brick has another mean or spread, or a number stands for two bricks.
  @Test("draws bricks of a lot: mean 1, the declared spread, the same brick again")
  func lot() throws {
    let lot = BrickLot(covariance: 0.2, correlation: 0.03, weibull: 8)
    let count = 4000
    let factors = (0..<count).map { lot.factor(2 * (Double($0) + 0.5) / Double(count) - 1) }
    let mean = factors.reduce(0, +) / Double(count)
    let variance = factors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    // quantiles at the middles of equal parts: the tails beyond 1/8000 are cut
    #expect(abs(mean - 1) < 1e-3)
    #expect(abs(variance.squareRoot() - 0.2) < 2e-3)
    let place = SIMD3(0.01, 0.02, 0.003)
    let first = try #require(try lot.field(factor: 0.3, number: 0.4))
    let again = try #require(try lot.field(factor: 0.3, number: 0.4))
    let other = try #require(try lot.field(factor: 0.3, number: 0.41))
    #expect(first.factor(at: place) == again.factor(at: place))
    #expect(first.factor(at: place) != other.factor(at: place))
    #expect(try lot.field(factor: 0, number: 0) == nil)
  }

  func descriptors(_ text: String) throws -> [String: Double] {
    Dictionary(
      try SceneFiles.scene(text).experiment.descriptors.map { ($0.name, $0.value) },
      uniquingKeysWith: { first, _ in first })
  }

  // The same drop seen from another side, or in a mirror, must be the same experience; another edge
  // and another lot must not. Fails if the attitude or the scatter is left out, or angles stand as such.
  @Test("descriptors see attitude and scatter, and not the point of view")
  func groups() throws {
    func drop(_ attitude: String, cov: String = "0.2") throws -> [String: Double] {
      try descriptors(
        Self.base.replacing(
          "strike: { span: 180 mm, striker: { mass: 2 kg }, height: 28 mm }",
          with:
            "fall: { height: 0.2 m, attitude: \"[\(attitude)] deg\", floor: { restitution: 0.5, friction: 0.6 } }"
        ).replacing("50 N/m }", with: "50 N/m, strength-cov: \(cov) }"))
    }
    let edge = try drop("0, 40, 0")
    for other in ["0, -40, 0", "-40, 0, 90", "0, 220, 0"] {
      let same = try drop(other)
      #expect(Set(same.keys) == Set(edge.keys))
      for (name, value) in edge { #expect(abs((same[name] ?? .nan) - value) < 1e-12, "\(name)") }
    }
    let long = try drop("40, 0, 0")
    #expect(abs((long["lean-y"] ?? 0) - sin(40 * Double.pi / 180)) < 1e-12)
    #expect(long["lean-x"] == 0 && (edge["lean-x"] ?? 0) > 0.6)
    #expect(try drop("0, 40, 0", cov: "0.3")["strength-cov"] == 0.3)
  }

  /// So coarse that it runs in a moment.
  static let small = base.replacing("resolution: 10 mm", with: "resolution: 30 mm\nsamples: 4")

  // Fails if a low blow breaks it, a high one does not, or the balance of energy is open.
  @Test("a tap leaves it whole, a blow with ten times the energy of a crack breaks it")
  func strikes() throws {
    let tap = try TruthRunner().truth(
      of: SceneFiles.scene(Self.small.replacing("28 mm", with: "1 mm")))
    let blow = try TruthRunner().truth(
      of: SceneFiles.scene(Self.small.replacing("28 mm", with: "190 mm")))
    #expect(tap[outcome: "breaks"]?.event?.probability == 0)
    #expect(blow[outcome: "breaks"]?.event?.probability == 1)
    #expect(try #require(tap[outcome: "striker-rebound-speed"]?.scalar?.value) > 0)
    for truth in [tap, blow] { #expect(truth.audits.allSatisfy { $0.value < 1e-3 }) }
  }

  // Fails if beams, units or the speed of the scene are mistaken.
  @Test("bending: 3FS/(2bd²) of the peak, and times at the speed of the scene")
  func bending() throws {
    let bend = "bend: { span: 180 mm, speed: 1 mm/s }"
    let text = Self.small.replacing(
      "strike: { span: 180 mm, striker: { mass: 2 kg }, height: 28 mm }", with: bend
    ).replacing("50 N/m }", with: "50 N/m, strength-cov: 0, correlation-length: none }")
      .replacing("30 mm\n", with: "20 mm\npad: { stiffness: 1e12 Pa/m }\n")
    let truth = try TruthRunner().truth(of: SceneFiles.scene(text))
    let slow = try TruthRunner().truth(
      of: SceneFiles.scene(text.replacing("1 mm/s", with: "0.5 mm/s")))
    // records are rounded to what their bands allow; a run is not
    let scene = try SceneFiles.scene(text)
    let run = try scene.experiment.run(scene.experiment.inputs.map(\.law.nominal), level: 0)
    func value(_ name: String) throws -> Double {
      run.values[try #require(scene.outcomes.firstIndex { $0.name == name })]
    }
    let (force, modulus) = (try value("peak-force"), try value("modulus-of-rupture"))
    #expect(abs(modulus / (1.5 * force * 0.18 / (0.12 * 0.0036)) - 1) < 1e-9)
    #expect(modulus > 3e6 && modulus < 6e6)
    if let fast = truth[outcome: "break-time"]?.scalar?.value,
      let half = slow[outcome: "break-time"]?.scalar?.value
    {
      #expect(abs(half / fast - 2) < 0.02)
    }
  }
}
