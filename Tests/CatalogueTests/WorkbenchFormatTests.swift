import Catalogue
import Experience
import Testing

/// Workbench scenes with mistakes: each has a code and a place.
@Suite("Workbench scenes with mistakes")
struct WorkbenchFormatTests {
  static let base = """
    plumbline: 1
    experience: workbench
    bodies:
      - { name: floor, shape: plane }
      - { name: bob, shape: { sphere: { radius: 50 mm } }, mass: 1 kg, position: "[0, 0, 1] m" }
      - { name: box, shape: { box: { size: "[1, 1, 1] m" } }, density: 1000 kg/m^3, position: "[5, 0, 2] m" }
      - { name: table, shape: { sphere: { radius: 10 mm } }, position: "[9, 0, 9] m" }
    contacts:
      - { between: [bob, floor], restitution: 0.5, friction: { static: 0.5, kinetic: 0.4 } }
      - { default: true, restitution: 0, friction: 0.3 }
    joints:
      - { name: pin, kind: hinge, between: [world, box], at: "[5, 0, 3] m", axis: [0, 1, 0] }
      - { kind: spring, between: [bob, box], stiffness: 400 N/m, length: 0.1 m }
    forces:
      - { on: bob, force: "[1, 0, 0] N", from: 0 s, until: 1 s }
    motions:
      - { body: table, along: [0, 0, 1], times: [0 s, 1 s, 2 s], displacements: [0 m, 1 m, 0 m] }
    measure:
      - { name: x-end, of: bob, quantity: position, component: x, at: 5 s }
      - { name: touch, event: contact, between: [bob, floor], nth: 1, quantity: time }
      - { name: stays, event: rest, of: bob, quantity: occurs, before: 5 s }
      - { name: turn, joint: pin, quantity: joint-angle }

    """

  func diagnostics(_ text: String) throws -> [Diagnostic] {
    let materials = try SceneFiles.materials()
    return onSmallStack {
      do throws(DiagnosticList) {
        return try Scene.parse(
          SourceText(path: "t.yaml", text: text), catalogue: Catalogue.experiences,
          materials: materials
        ).warnings
      } catch { return error.diagnostics }
    } ?? []
  }

  /// The base scene with one part replaced; `@` marks the expected place, if there is one.
  func expect(
    _ code: String, replacing part: String, by marked: String, isError: Bool = true,
    location: SourceLocation = #_sourceLocation
  ) throws {
    try #require(WorkbenchFormatTests.base.contains(part), sourceLocation: location)
    let text = WorkbenchFormatTests.base.replacing(part, with: marked)
    let before = text.prefix { $0 != "@" }.split(separator: "\n", omittingEmptySubsequences: false)
    let found = try diagnostics(text.replacing("@", with: ""))
    let first = try #require(
      found.first, "nothing is said about \(marked)", sourceLocation: location)
    #expect(
      first.code == code && first.isError == isError, "\(first.concise)", sourceLocation: location)
    #expect(!first.message.isEmpty && !first.message.hasSuffix("."), sourceLocation: location)
    if marked.contains("@") {
      let place = [before.count, (before.last?.count ?? 0) + 1]
      #expect(
        first.mark.map { [$0.line, $0.column] } == place, "\(first.concise)",
        sourceLocation: location)
    }
  }

  // Fails if the base scene itself has a mistake: the tests below would then prove nothing.
  @Test("the scene without a mistake is read")
  func base() throws {
    #expect(try diagnostics(WorkbenchFormatTests.base).map(\.concise) == [])
  }

  // Fails if bad numbers of a body are read, have another code, or point elsewhere.
  @Test(
    "bodies",
    arguments: [
      ("S011", "mass: 1 kg", "mass: @0 kg"), ("S011", "mass: 1 kg", "mass: @-1 kg"),
      ("S013", "mass: 1 kg", "mass: 1 kg, @density: 1 kg/m^3"),
      ("S004", "mass: 1 kg, ", ""), ("S010", "mass: 1 kg", "material: @stel"),
      ("S011", "mass: 1 kg", "mass: 1 kg, inertia: @\"[1, 1, 0] kg.m^2\""),
      ("S011", "mass: 1 kg", "mass: 1 kg, inertia: @\"[1, 1, -1] kg.m^2\""),
      ("S033", "mass: 1 kg", "mass: 1 kg, inertia: @\"[1, 1, 2.1] kg.m^2\""),
      ("S012", "mass: 1 kg", "mass: 1 kg, inertia: @\"[1, 1, 1] kg.m\""),
      ("S031", "name: bob", "name: box"), ("S031", "name: bob", "name: @world"),
      ("S031", "name: bob", "name: @Bob"), ("S031", "name: bob", "name: @\"b.ob\""),
      ("S032", "position: \"[0, 0, 1] m\"", "position: @\"[0, 0, 0.0499] m\""),
      ("S037", "mass: 1 kg", "mass: 1 kg, quaternion: @[1, 0, 0, 0.1]"),
      ("S037", "mass: 1 kg", "mass: 1 kg, quaternion: @[0, 0, 0, 0]"),
      ("S005", "mass: 1 kg", "mass: 1 kg, quaternion: @[1, 0, 0]"),
      ("S013", "mass: 1 kg", "mass: 1 kg, attitude: \"[0, 0, 0] deg\", @quaternion: [1, 0, 0, 0]"),
      (
        "S036", "{ sphere: { radius: 50 mm } }",
        "@{ convex: { points: [\"[0, 0, 0] m\", \"[1, 0, 0] m\", \"[0, 1, 0] m\", \"[1, 1, 0] m\"] } }"
      ),
      (
        "S036", "{ sphere: { radius: 50 mm } }",
        "@{ convex: { points: [\"[0, 0, 0] m\", \"[1, 0, 0] m\", \"[0, 1, 0] m\"] } }"
      ),
      ("S004", "{ sphere: { radius: 50 mm } }", "@{}"), ("S003", "sphere", "@sphare"),
      ("S011", "radius: 50 mm", "radius: @0 mm"), ("S010", "shape: plane", "shape: @plan"),
      ("S020", "density: 1000 kg/m^3", "density: 1000 kg/m^3, drag: @sphere"),
      ("S042", "shape: plane", "shape: plane, fixed: true, velocity: @\"[1, 0, 0] m/s\""),
    ] as [(String, String, String)])
  func bodies(code: String, part: String, marked: String) throws {
    try expect(code, replacing: part, by: marked)
  }

  // Fails if a contact that cannot be, or is not described, is read.
  @Test(
    "contacts",
    arguments: [
      ("S010", "between: [bob, floor]", "between: @[bob, flor]"),
      ("S005", "between: [bob, floor]", "between: @[bob]"),
      ("S020", "between: [bob, floor]", "between: @[bob, bob]"),
      ("S020", "between: [bob, floor]", "between: @[floor, table]"),
      ("S004", "- { between: [bob, floor], restitution", "- @{ restitution"),
      ("S013", "default: true", "between: @[floor, bob]"),
      ("S022", "restitution: 0.5, friction: { static: 0.5, kinetic: 0.4 }", "restitution: 0.5"),
      ("S022", "restitution: 0.5, ", ""), ("S011", "kinetic: 0.4", "kinetic: @0.6"),
      ("S011", "restitution: 0.5", "restitution: @1.5"),
      ("S013", "restitution: 0.5", "restitution: @0.5, compliance: { stiffness: 1e6 N/m }"),
      ("S004", "restitution: 0.5", "compliance: @{ law: hertz }"),
      ("S003", "restitution: 0.5", "compliance: { law: hertz, @modulus: 1 GPa }"),
      (
        "S042", "restitution: 0.5",
        "compliance: { law: hertz, effective-modulus: 1 GPa, poisson-ratio: @0.3 }"
      ),
      ("S011", "static: 0.5", "static: @-0.5"),
    ] as [(String, String, String)])
  func contacts(code: String, part: String, marked: String) throws {
    try expect(code, replacing: part, by: marked)
  }

  // Fails if a joint, a force or a motion that contradicts itself or the scene is read.
  @Test(
    "joints, forces and motions",
    arguments: [
      ("S010", "between: [world, box]", "between: @[world, bax]"),
      ("S020", "between: [world, box]", "between: @[world, floor]"),
      ("S020", "between: [world, box]", "between: @[box, box]"),
      ("S034", "at: \"[5, 0, 3] m\"", "at: @[\"[5, 0, 3] m\", \"[0, 0, 2] m\"]"),
      ("S005", "at: \"[5, 0, 3] m\"", "at: @[\"[5, 0, 3] m\"]"),
      ("S004", ", axis: [0, 1, 0]", ""), ("S011", "axis: [0, 1, 0]", "axis: @[0, 0, 0]"),
      ("S042", "axis: [0, 1, 0]", "axis: [0, 1, 0], stiffness: @1 N/m"),
      ("S004", "stiffness: 400 N/m, ", ""), ("S010", "kind: spring", "kind: @sprung"),
      (
        "S004", "kind: spring, between: [bob, box], stiffness: 400 N/m, length: 0.1 m",
        "kind: motor, between: [bob, box], at: \"[0, 0, 0] m\", axis: [0, 0, 1]"
      ),
      (
        "S034", "kind: spring, between: [bob, box], stiffness: 400 N/m, length: 0.1 m",
        "kind: rod, between: [bob, box], length: 2 m"
      ),
      (
        "S034", "kind: spring, between: [bob, box], stiffness: 400 N/m, length: 0.1 m",
        "kind: rope, between: [bob, box], length: 2 m"
      ),
      ("S005", "stiffness: 400 N/m", "at: @\"[0, 0, 0] m\", stiffness: 400 N/m"),
      ("S031", "kind: spring", "name: @pin, kind: spring"),
      ("S010", "on: bob", "on: @bub"), ("S020", "on: bob", "on: @floor"),
      ("S016", "until: 1 s", "until: @0 s"), ("S004", "force: \"[1, 0, 0] N\", ", ""),
      ("S038", "times: [0 s, 1 s, 2 s]", "times: @[0 s, 1 s, 1 s]"),
      ("S038", "times: [0 s, 1 s, 2 s]", "times: @[0 s, 2 s, 1 s]"),
      ("S038", "times: [0 s, 1 s, 2 s]", "times: @[0 s, 1 s]"),
      ("S010", "body: table", "body: @tables"),
      ("S013", "times: [0 s, 1 s, 2 s]", "amplitude: 1 m, frequency: 1 Hz, times: [0 s, 1 s, 2 s]"),
      (
        "S004", "along: [0, 0, 1], times: [0 s, 1 s, 2 s], displacements: [0 m, 1 m, 0 m]",
        "along: [0, 0, 1]"
      ),
      (
        "S012", "times: [0 s, 1 s, 2 s], displacements: [0 m, 1 m, 0 m]",
        "amplitude: 1 m, frequency: @1 rad"
      ),
    ] as [(String, String, String)])
  func joints(code: String, part: String, marked: String) throws {
    try expect(code, replacing: part, by: marked)
  }

  // Fails if a measure that lacks its subject, or says what it cannot use, is read.
  @Test(
    "measures",
    arguments: [
      ("S010", "of: bob, quantity: position", "of: @bub, quantity: position"),
      ("S040", "of: bob, quantity: position", "quantity: position"),
      ("S010", "quantity: position", "quantity: @positon"),
      ("S031", "name: x-end", "name: @X"),
      ("S031", "name: x-end", "name: x-end, of: bob, quantity: speed }\n  - { name: @x-end"),
      ("S040", "at: 5 s", "at: @50 s"), ("S040", "at: 5 s", "at: @5 s ± 1 s"),
      ("S012", "at: 5 s", "at: @5 m"), ("S006", "at: 5 s", "at: @finish"),
      ("S010", "at: 5 s", "at: @maximun"),
      ("S040", "at: 5 s", "at: 5 s, nth: @2"),
      ("S040", "component: x, at: 5 s", "component: x, at: @contact, event: contact"),
      ("S040", "event: rest, of: bob, quantity", "event: @rest, between: [bob, floor], quantity"),
      ("S040", "event: contact, between: [bob, floor], nth: 1", "event: @contact"),
      ("S040", "event: contact, between: [bob, floor], nth: 1", "of: bob"),
      ("S040", "event: contact, between: [bob, floor], nth: 1", "event: @taut"),
      ("S040", "joint: pin, quantity: joint-angle", "quantity: joint-angle"),
      ("S040", "joint: pin, quantity: joint-angle", "joint: @joint-2, quantity: joint-angle"),
      ("S010", "joint: pin", "joint: @pen"),
      ("S040", "quantity: position, component: x", "quantity: speed, component: @x"),
      ("S040", "quantity: position", "quantity: momentum, point: @\"[0, 0, 1] m\""),
      ("S018", "measure:", "requirements: [{ id: R1, that: @y-end <= 1 m }]\nmeasure:"),
      ("S018", "measure:", "requirements: [{ id: R1, that: @stays <= 1 }]\nmeasure:"),
      ("S018", "measure:", "requirements: [{ id: R1, that: x-end <= @1 s }]\nmeasure:"),
    ] as [(String, String, String)])
  func measures(code: String, part: String, marked: String) throws {
    try expect(code, replacing: part, by: marked)
  }

  // Fails if what is possible, but unusual or unwise, is refused or goes without a word.
  @Test(
    "warnings",
    arguments: [
      ("S015", "static: 0.5", "static: @1e6"),
      (
        "S035", "joints:",
        "joints: @\n  - { kind: hinge, between: [world, box], at: \"[5, 1, 3] m\", axis: [0, 1, 0] }"
      ),
      // a tenth of it is the air around it
      ("S043", "density: 1000 kg/m^3", "density: @12 kg/m^3"),
      ("S041", "density: 1000 kg/m^3", "density: 1000 kg/m^3, velocity: \"[0, 0, 1] m/s\""),
    ] as [(String, String, String)])
  func warnings(code: String, part: String, marked: String) throws {
    // the place of a list is that of its first entry
    let isPlaced = code == "S015"
    try expect(
      code, replacing: part, by: isPlaced ? marked : marked.replacing("@", with: ""),
      isError: false)
  }

  // Fails if a scene of a size that no run would end is read.
  @Test("two hundred bodies are read, one more is not")
  func limit() throws {
    func scene(_ count: Int) -> String {
      let rows = (0..<count).map {
        "  - { name: b\($0), shape: { sphere: { radius: 1 m } }, mass: 1000 kg, position: \"[\($0 * 3), 0, 0] m\" }\n"
      }.joined()
      return
        "plumbline: 1\nexperience: workbench\nbodies:\n\(rows)measure:\n  - { name: x, of: b0, quantity: speed }\n"
    }
    #expect(try diagnostics(scene(200)).map(\.concise) == [])
    #expect(try diagnostics(scene(201)).first?.code == "S039")
  }
}
