import Experience
import Testing

@testable import Catalogue

/// Syrup scenes with mistakes: each has a code and says what helps.
@Suite("Syrup pour: scenes")
struct SyrupPourSceneTests {
  static let base = """
    plumbline: 1
    experience: syrup-pour
    syrup: { density: 1400 kg/m^3, viscosity: 5 Pa.s }
    pour: { stream: { volume: 20 mL, rate: 10 mL/s, nozzle: 12 mm, height: 20 mm, onto: { plate: 100 mm } } }
    resolution: 2 mm
    duration: 2 s

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
      ("S011", "5 Pa.s", "0 Pa.s"), ("S011", "5 Pa.s", "-1 Pa.s"),
      ("S011", "nozzle: 12 mm", "nozzle: 120 mm"),
      ("S011", "plate: 100 mm", "cup: { diameter: 10 mm, height: 30 mm }"),
      ("S011", "resolution: 2 mm", "resolution: 0.02 mm"),
      ("S011", "viscosity: 5 Pa.s", "viscosity: 0.0005 Pa.s"),
      ("S013", "plate: 100 mm", "plate: 100 mm, cup: { diameter: 50 mm, height: 30 mm }"),
      ("S004", "onto: { plate: 100 mm }", "onto: {}"),
      ("S004", "viscosity: 5 Pa.s", "viscosity: { law: carreau, zero-viscosity: 5 Pa.s }"),
      (
        "S013", "viscosity: 5 Pa.s",
        "viscosity: { law: power, consistency: 5 Pa.s, index: 0.5, least: 1 Pa.s, most: 9 Pa.s, zero-viscosity: 5 Pa.s }"
      ),
      ("S016", "duration: 2 s", "duration: 2 s\nreport-at: [3 s]"),
      ("S011", "resolution: 2 mm", "resolution: 0.3 mm\ngeometry: three-dimensional"),
      (
        "S020", "viscosity: 5 Pa.s }",
        "viscosity: 5 Pa.s, surface-tension: 0.06 N/m }\ngeometry: three-dimensional"
      ),
      ("S011", "viscosity: 5 Pa.s", "viscosity: 5 Pa.s, surface-tension: -0.06 N/m"),
      ("S020", "duration: 2 s", "duration: 2 s\nenvironment: { gravity: \"[1, 0, -9.8] m/s^2\" }"),
      ("S020", "duration: 2 s", "duration: 2 s\nenvironment: { air: standard }"),
    ])
  func refuses(code: String, part: String, other: String) throws {
    try #require(Self.base.contains(part))
    let found = try diagnostics(Self.base.replacing(part, with: other)).filter(\.isError)
    #expect(found.map(\.code).contains(code), "\(found.map(\.concise))")
    #expect(found.allSatisfy { !$0.message.isEmpty })
  }

  // Fails if a grid that cannot see the stream or the film goes without a word.
  @Test("warns of too few cells, and says which outcomes suffer")
  func coarse() throws {
    let found = try diagnostics(Self.base.replacing("2 mm\n", with: "12 mm\n"))
    #expect(found.contains { $0.code == "S015" && $0.message.contains("every outcome") })
    let film = try diagnostics(
      Self.base.replacing("5 Pa.s", with: "0.3 Pa.s").replacing(
        "duration: 2 s", with: "duration: 9 s"))
    #expect(film.contains { $0.code == "S015" && $0.message.contains("spread-radius") })
  }

  static let settle = """
    plumbline: 1
    experience: syrup-pour
    syrup: { density: 1400 kg/m^3, viscosity: 5 Pa.s }
    pour: { settle: { ball: { diameter: 10 mm, density: 7800 kg/m^3 }, vessel: { diameter: 40 mm, height: 80 mm }, start: 20 mm } }
    resolution: 2 mm

    """

  @Test(
    "refuses balls that do not sink or fit",
    arguments: [
      ("7800 kg/m^3", "1200 kg/m^3"), ("diameter: 10 mm", "diameter: 39 mm"),
      ("start: 20 mm", "start: 2 mm"), ("start: 20 mm", "start: 79 mm"),
    ])
  func balls(part: String, other: String) throws {
    try #require(Self.settle.contains(part))
    let found = try diagnostics(Self.settle.replacing(part, with: other)).filter(\.isError)
    #expect(found.map(\.code).contains("S011"), "\(found.map(\.concise))")
  }

  // Fails if a ball is put into the solver that has none, or if `automatic` picks three dimensions for a
  // stream that its cells cannot see, or axial symmetry for one that coils.
  @Test("geometry follows the stream, and says why")
  func geometry() throws {
    let ball = try diagnostics(Self.settle + "geometry: three-dimensional\n")
    #expect(ball.contains { $0.code == "S020" && $0.message.contains("keeps its axis") })
    func experiment(_ text: String) throws -> SyrupPourExperiment {
      try #require(try SceneFiles.scene(text).experiment as? SyrupPourExperiment)
    }
    let plain = try experiment(Self.base)
    #expect(!plain.model.isVolume && !plain.model.endsAtLanding && plain.refinementRatio == 2)
    let coil = Self.base.replacing("5 Pa.s", with: "100 Pa.s").replacing("20 mm", with: "100 mm")
    let volume = try experiment(coil)
    #expect(volume.model.isVolume && !volume.model.endsAtLanding)
    #expect(volume.refinementRatio == 2.0.squareRoot())
    #expect(volume.mechanisms.contains("coiling"))
    let coarse = try experiment(coil.replacing("resolution: 2 mm", with: "resolution: 4 mm"))
    #expect(coarse.model.endsAtLanding && !coarse.model.isVolume)
    let told = try experiment(coil + "geometry: axisymmetric\n")
    #expect(!told.model.isVolume && !told.model.endsAtLanding)
  }

  // The same cup in both geometries, coarse: levels agree to a cell, volumes exactly.
  @Test("a cup in three dimensions fills as the axisymmetric one")
  func cup() throws {
    let text = Self.base.replacing("plate: 100 mm", with: "cup: { diameter: 36 mm, height: 20 mm }")
      .replacing("volume: 20 mL", with: "volume: 10 mL").replacing(
        "height: 20 mm", with: "height: 12 mm"
      )
      .replacing("resolution: 2 mm", with: "resolution: 3 mm")
    func read(_ geometry: String, _ level: Int) throws -> [String: Double] {
      let scene = try SceneFiles.scene(text + "geometry: \(geometry)\n")
      let run = try scene.experiment.run(scene.experiment.inputs.map(\.law.nominal), level: level)
      return Dictionary(
        uniqueKeysWithValues: zip(SyrupPourOutcome.allCases.map(\.rawValue), run.values))
    }
    let (flat, volume) = (try read("axisymmetric", 1), try read("three-dimensional", 0))
    let (level, other) = (try #require(flat["fill-level"]), try #require(volume["fill-level"]))
    // a cell of the coarse grid
    #expect(abs(level - other) < 3e-3, "\(level) \(other)")
    #expect(abs(try #require(volume["volume"]) / 10e-6 - 1) < 1e-9)
    let (landing, later) = (
      try #require(flat["landing-time"]), try #require(volume["landing-time"])
    )
    #expect(abs(landing / later - 1) < 0.15, "\(landing) \(later)")
  }

  // Fails if a picture of the surface turns inside out, or leaves the plate.
  @Test("the skin of a heap is closed and looks outward")
  func skin() throws {
    let text = Self.base.replacing(
      "stream: { volume: 20 mL, rate: 10 mL/s, nozzle: 12 mm, height: 20 mm, onto: { plate: 100 mm } }",
      with: "slump: { radius: 20 mm, height: 20 mm }"
    ).replacing("resolution: 2 mm", with: "resolution: 5 mm\ngeometry: three-dimensional")
    let scene = try SceneFiles.scene(text)
    let recording = try scene.experiment.recording(
      scene.experiment.inputs.map(\.law.nominal), level: 0, times: [0, 0.1])
    let mesh = try #require(recording?.frames.last?.surfaces.first)
    var volume = 0.0
    var sides: [SIMD2<UInt32>: Int] = [:]
    for triangle in mesh.triangles {
      let (a, b, c) = (
        mesh.vertices[Int(triangle.x)], mesh.vertices[Int(triangle.y)],
        mesh.vertices[Int(triangle.z)]
      )
      volume +=
        (a.x * (b.y * c.z - b.z * c.y) + a.y * (b.z * c.x - b.x * c.z) + a.z
          * (b.x * c.y - b.y * c.x))
        / 6
      for side in [(triangle.x, triangle.y), (triangle.y, triangle.z), (triangle.z, triangle.x)] {
        sides[SIMD2(min(side.0, side.1), max(side.0, side.1)), default: 0] += 1
      }
    }
    #expect(sides.values.allSatisfy { $0.isMultiple(of: 2) })
    #expect(abs(volume / (Double.pi * 8e-6) - 1) < 0.15, "\(volume)")
    #expect(mesh.scalars.count == mesh.vertices.count)
  }

  // Fails if a closed form names a symbol that the scene has not, or is far from what is computed: a
  // first course is off by tens of percent here, not by factors.
  @Test("closed forms of a first course are near", arguments: [base, settle])
  func firstCourse(text: String) throws {
    let scene = try SceneFiles.scene(text.replacing("duration: 2 s", with: "duration: 6 s"))
    let symbols = Dictionary(
      uniqueKeysWithValues: scene.definition.bindings.compactMap { binding -> (String, Double)? in
        guard case .quantity(let quantity, _)? = scene.section.value(at: binding.path) else {
          return nil
        }
        return (binding.symbol, quantity.nominal)
      })
    let truth = try TruthRunner(extraLevels: 0).truth(of: scene)
    for (outcome, form) in scene.firstCourse {
      let value = try Formula(form).evaluate(symbols)
      #expect(value.isFinite, "\(outcome)")
      guard case .scalar(let scalar)? = truth[outcome: outcome] else { continue }
      #expect(value / scalar.value > 0.3 && value / scalar.value < 3, "\(outcome): \(value)")
    }
  }
}
