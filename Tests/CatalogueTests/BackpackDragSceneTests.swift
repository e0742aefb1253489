import Catalogue
import Experience
import Foundation
import Testing

@Suite("Backpack drag: scenes")
struct BackpackDragSceneTests {
  static let base = """
    plumbline: 1
    experience: backpack-drag
    pack: { size: "[0.3, 0.2, 0.4] m", mass: 8 kg }
    floor: { friction: { static: 0.5, kinetic: 0.4 } }
    pull: { force: { magnitude: 40 N, height: 0.2 m, from: 1 s, until: 2 s } }

    """

  func diagnostics(_ text: String) throws -> [Diagnostic] {
    do throws(DiagnosticList) {
      return try Scene.parse(
        SourceText(path: "t.yaml", text: text), catalogue: Catalogue.experiences, materials: .empty
      ).warnings
    } catch { return error.diagnostics }
  }

  // Fails if one of these is read, has another code, or points elsewhere; `@` marks the place.
  @Test(
    "names code, place and remedy",
    arguments: [
      ("S013", "until: 2 s }", "until: 2 s }, @belt: { speed: 1 m/s }"),
      ("S004", "{ force: { magnitude: 40 N, height: 0.2 m, from: 1 s, until: 2 s } }", "@{}"),
      ("S011", "mass: 8 kg", "mass: 8 kg, centre-of-mass: @\"[0, 0, 0.2] m\""),
      ("S011", "mass: 8 kg", "mass: 8 kg, centre-of-mass: @\"[0.16, 0, 0] m\""),
      ("S011", "kinetic: 0.4", "kinetic: @0.6"), ("S011", "height: 0.2 m", "height: @0.41 m"),
      ("S016", "until: 2 s", "until: @0.5 s"), ("S011", "[0.3, 0.2, 0.4] m", "[0.3, 0, 0.4] m"),
      ("S003", "magnitude", "@magnitud"), ("S012", "40 N", "@40 kg"), ("S008", "0.2 m", "@0.2"),
      ("S020", "plumbline: 1", "plumbline: 1\nenvironment: { air: @standard }"),
      (
        "S020", "plumbline: 1",
        "plumbline: 1\nenvironment: { gravity: @{ parameter: 4e14 m^3/s^2, radius: 6e6 m } }"
      ),
      ("S004", "friction: { static: 0.5, kinetic: 0.4 }", "tilt: 3 deg"),
    ] as [(String, String, String)])
  func places(code: String, part: String, marked: String) throws {
    let text = BackpackDragSceneTests.base.replacing(part, with: marked)
    let lines = text.prefix { $0 != "@" }.split(separator: "\n", omittingEmptySubsequences: false)
    let first = try #require(try diagnostics(text.replacing("@", with: "")).first)
    #expect(first.code == code && first.isError, "\(first.concise)")
    if marked.contains("@") {
      #expect(
        first.mark.map { [$0.line, $0.column] } == [lines.count, (lines.last?.count ?? 0) + 1],
        "\(first.concise)")
    }
    #expect(first.help != nil || !first.label.isEmpty)
  }

  // Fails if something unusual is refused, or passes without a word.
  @Test(
    "warns",
    arguments: [("kinetic: 0.4", "kinetic: 0.45 ± 0.1"), ("40 N", "40 kN"), ("8 kg", "8 Mg")])
  func warnings(part: String, replacement: String) throws {
    let found = try diagnostics(BackpackDragSceneTests.base.replacing(part, with: replacement))
    #expect(found.map(\.code) == ["S015"] && found.allSatisfy { !$0.isError })
    #expect(try diagnostics(BackpackDragSceneTests.base).isEmpty)
  }

  // Fails if the prompt hides a number that the truth depends on: every change must show.
  @Test("the prompt tells every number", arguments: ["force", "strap", "push", "belt"])
  func prompt(kind: String) throws {
    let pulls = [
      "force":
        "{ force: { magnitude: 41 N, angle: 12 deg, azimuth: 13 deg, height: 0.21 m, from: 1 s, until: 2 s } }",
      "strap":
        "{ strap: { speed: 0.11 m/s, stiffness: 410 N/m, damping: 3 N.s/m, angle: 14 deg, azimuth: 15 deg, height: 0.22 m, length: 1.3 m, slack: 0.07 m } }",
      "push": "{ push: { velocity: \"[1.5, 2.5, 0] m/s\", spin: \"[0, 0, 3.5] rad/s\" } }",
      "belt": "{ belt: { speed: 1.7 m/s } }",
    ]
    let text = """
      plumbline: 1
      experience: backpack-drag
      environment: { gravity: 9.7 m/s^2, rotation: "[0, 0, 0.25] rad/s" }
      pack: { size: "[0.31, 0.29, 0.43] m", mass: 8.3 kg, centre-of-mass: "[0.01, 0.02, -0.03] m" }
      floor: { tilt: 0.04 rad, friction: { static: 0.52, kinetic: 0.37, stribeck-speed: 0.06 m/s, viscous: 0.08 s/m } }
      pull: \(pulls[kind] ?? "")
      duration: 33 s
      """
    let scene = try SceneFiles.scene(text)
    let prompt = scene.definition.describe(scene.section)
    func check(_ section: SceneSection, _ path: String) {
      for entry in section.entries {
        switch entry.value {
        case .quantity(let quantity, let kind):
          let number = Quantity.json(of: quantity.law, unit: kind.unit)
          let words = number.text ?? JSON.text(of: quantity.nominal)
          #expect(prompt.contains(words), "\(path)\(entry.key): \(words)")
        case .vector: #expect(prompt.contains(entry.value.json.text ?? "?"), "\(path)\(entry.key)")
        case .section(let inner): check(inner, "\(path)\(entry.key).")
        default: break
        }
      }
    }
    for key in ["environment", "pack", "floor", "pull"] {
      if let section = scene.section.section(key) { check(section, "\(key).") }
    }
    #expect(prompt.contains("33 s"))
  }

  // Fails if the closed forms of a first course are not those of the pull: each against a run in
  // which the idealisation holds. 1e-3 is far below what any wrong term would change.
  @Test(
    "a first course is right where its idealisation holds",
    arguments: [
      ("{ friction: 0.4 }", "{ push: { velocity: \"[2, 0, 0] m/s\" } }"),
      (
        "{ friction: { static: 0.5, kinetic: 0.4 } }",
        "{ force: { magnitude: 60 N, angle: 20 deg, height: 0.05 m, from: 0.5 s, until: 2 s } }"
      ),
      ("{ friction: 0.4 }", "{ force: { magnitude: 60 N, angle: 20 deg, height: 0.05 m } }"),
      ("{ friction: 0.4 }", "{ force: { magnitude: 30 N, height: 0.05 m, until: 2 s } }"),
      ("{ friction: 0.4 }", "{ belt: { speed: 1.5 m/s } }"),
    ])
  func firstCourse(floor: String, pull: String) throws {
    let scene = try SceneFiles.scene(packScene(floor: floor, pull: pull, duration: "8 s"))
    let record = try TruthRunner().truth(of: scene)
    var bound: [String: Double] = [:]
    for binding in scene.definition.bindings {
      switch scene.section.value(at: binding.path) {
      case .quantity(let quantity, _): bound[binding.symbol] = quantity.nominal
      case .vector(let parts, _):
        bound[binding.symbol] = parts.reduce(0) { $0 + $1.nominal * $1.nominal }.squareRoot()
      default: break
      }
    }
    #expect(scene.firstCourse.count > 4)
    for (name, source) in scene.firstCourse {
      let value = try Formula(source).evaluate(bound)
      switch record[outcome: name] {
      case .scalar(let scalar)?:
        #expect(abs(scalar.value - value) <= 1e-3 * abs(value) + 1e-9, "\(name): \(source)")
      case .event(let event)?: #expect(event.probability == value, "\(name): \(source)")
      case nil: #expect(["slip-time", "stop-time"].contains(name), "\(name) does not occur")
      case .classes?, .ordering?, .series?: Issue.record("a scene has no such outcome")
      }
    }
  }

  // A first course of the strap is rough (it lets the pack slip for half a swing): fails if it is not
  // even that, or names a symbol that the scene has not.
  @Test("a first course knows the order of stick-slip")
  func strapFirstCourse() throws {
    let scene = try SceneFiles.short("scenes/backpack-drag/strap-stick-slip.yaml")
    let run = try TruthRunner().truth(of: scene)
    let bound = [
      "m": 8, "g": 9.80665, "ms": 0.5, "mk": 0.35, "V": 0.05, "k": 400, "s": 0, "D": 12,
    ]
    for (name, source) in scene.firstCourse {
      let value = try Formula(source).evaluate(bound)
      if let scalar = run[outcome: name]?.scalar {
        #expect(abs(scalar.value / value - 1) < 0.15, "\(name): \(scalar.value) and \(value)")
      } else {
        #expect(run[outcome: name]?.event?.probability == value, "\(name)")
      }
    }
  }
}
