import Catalogue
import Experience
import Foundation
import Testing

@Suite("Catalogue")
struct CatalogueTests {
  // Fails if an outcome has no SI unit, no text, or a name that another one has.
  @Test("documents every outcome", arguments: Catalogue.experiences.map(\.name))
  func outcomes(name: String) throws {
    let definition = try #require(Catalogue.experience(named: name))
    #expect(!definition.outcomes.isEmpty && !definition.about.isEmpty)
    #expect(Set(definition.outcomes.map(\.name)).count == definition.outcomes.count)
    for outcome in definition.outcomes {
      let unit = try Unit.parse(outcome.unit)
      #expect(unit.dimension == outcome.dimension && unit.factor == 1, "\(outcome.name)")
      #expect(outcome.about.count > 10 && !outcome.about.hasSuffix("."), "\(outcome.name)")
      #expect(definition.outcomeIndex(outcome.name) != nil)
    }
  }

  // Fails if a key has no text, or a first-course formula names an unknown outcome or symbol.
  @Test("documents every key and formula", arguments: Catalogue.experiences.map(\.name))
  func formulas(name: String) throws {
    let definition = try #require(Catalogue.experience(named: name))
    func check(_ kind: FieldKind) {
      switch kind {
      case .section(let table): table.fields.forEach(check)
      case .list(let kind), .dictionary(let kind): check(kind)
      case .either(let kinds): kinds.forEach(check)
      default: break
      }
    }
    func check(_ field: Field) {
      #expect(field.about.count > 3, "\(field.key)")
      check(field.kind)
    }
    definition.fields.forEach(check)
    let symbols = Dictionary(uniqueKeysWithValues: definition.bindings.map { ($0.symbol, 0.5) })
    for (outcome, formula) in definition.firstCourse {
      #expect(definition.outcomeIndex(outcome) != nil, "\(outcome)")
      #expect(try Formula(formula).evaluate(symbols).isFinite, "\(formula)")
    }
  }

  // Fails if a folder is empty: the tests below would then pass without looking at anything.
  @Test("has scenes of every experience", arguments: Catalogue.experiences.map(\.name))
  func scenes(name: String) {
    #expect(SceneFiles.all.filter { $0.hasPrefix("scenes/\(name)/") }.count >= 5)
  }

  // Fails if a committed scene has an error, an unexplained warning, or another name than its file.
  @Test("reads every scene", arguments: SceneFiles.all)
  func reads(path: String) throws {
    let scene = try SceneFiles.short(path)
    #expect(path.hasSuffix("/\(scene.name).yaml"))
    #expect(!(scene.section.text("about") ?? "").isEmpty)
    #expect(!(scene.section.text("source") ?? "").isEmpty)
    #expect(!scene.requirements.isEmpty)
    let binding = try #require(scene.definition.bindings.first)
    #expect(scene.section.value(at: binding.path) != nil)
    #expect(scene.definition.describe(scene.section).count > 100)
  }

  // Fails if the resolved form of a scene is refused or means something else. It is read without the
  // table of materials: it holds the numbers themselves.
  @Test("reads every scene again from its resolved form", arguments: SceneFiles.all)
  func resolved(path: String) throws {
    let scene = try SceneFiles.short(path)
    let again = try Scene.parse(
      SourceText(path: "resolved", text: scene.resolved.line), catalogue: Catalogue.experiences,
      materials: .empty)
    #expect(again.hash == scene.hash)
    #expect(again.resolved.line == scene.resolved.line)
  }

  // Fails if the resolved scene loses a default, a digit or a law, if the record depends on the run
  // (clock, hashing, threads), or if energy is made or lost in flight. The audits compare work and
  // kinetic energy (with history: impulse and momentum) at the finest level; 1e-6 is the accuracy that
  // scenes ask for by default.
  @Test(
    "every scene gives the same bytes again, from its resolved form too",
    arguments: SceneFiles.all)
  func bytes(path: String) throws {
    let scene = try SceneFiles.short(path)
    let truth = try TruthRunner(jobs: 1).truth(of: scene)
    let line = truth.json.line

    // without the table: a resolved scene holds the numbers themselves
    let again = try Scene.parse(
      SourceText(path: "resolved", text: scene.resolved.line), catalogue: Catalogue.experiences,
      materials: .empty)
    #expect(again.hash == scene.hash)
    #expect(again.resolved.line == scene.resolved.line)
    #expect(try TruthRunner(jobs: 2).truth(of: again).json.line == line)

    #expect(try TruthRecord(json: JSON.parse(line)).json.line == line)
    #expect(!truth.outcomes.isEmpty)
    // cracks open and close in jumps: 1e-3, and a brick test that lacks more vouches for nothing
    let limit = scene.definition.name == BrickBreak.definition.name ? 1e-3 : 1e-6
    let isClosed = !truth.audits.isEmpty && truth.audits.allSatisfy { $0.value < limit }
    let isOpen = truth.notes.contains {
      $0.hasPrefix("the balance of energy lacks") || $0.hasPrefix("steps of softening took")
    }
    #expect(isClosed != isOpen)
    for (name, outcome) in truth.outcomes where isOpen {
      if let scalar = outcome.scalar { #expect(scalar.status == .unresolved, "\(name)") }
    }
  }

  // Fails if a disclosed scene shows how the truth is drawn, or hides what the physics depends on.
  @Test("discloses the physics and nothing else", arguments: SceneFiles.all)
  func disclosed(path: String) throws {
    let scene = try SceneFiles.short(path)
    let keys = try #require(scene.disclosed.object?.keys)
    #expect(keys.allSatisfy { !["seed", "samples", "requirements"].contains($0) })
    for field in scene.definition.fields { #expect(keys.contains(field.key)) }
    let seeded = try scene.replacing(
      [("seed", .integer(5))], name: scene.name, materials: try SceneFiles.materials())
    #expect(seeded.hash == scene.hash)
  }
}
