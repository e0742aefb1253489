import Catalogue
import Experience
import Testing

/// Wrong scene files: each has a code, a place and no crash, on a small stack too.
@Suite("Scene files with mistakes")
struct SceneFileTests {
  static let base = """
    plumbline: 1
    experience: ball-drop
    ball: { diameter: 40 mm, mass: 2.7 g }
    start: { height: 1 m }
    floor: { restitution: 0.8 }

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

  /// The base scene with one part replaced; `@` marks the expected place.
  func expect(
    _ code: String, replacing part: String, by marked: String,
    location: SourceLocation = #_sourceLocation
  ) throws {
    try #require(SceneFileTests.base.contains(part), sourceLocation: location)
    let text = SceneFileTests.base.replacing(part, with: marked)
    let before = text.prefix { $0 != "@" }.split(separator: "\n", omittingEmptySubsequences: false)
    let found = try diagnostics(text.replacing("@", with: ""))
    let first = try #require(found.first, sourceLocation: location)
    #expect(first.code == code, "\(first.concise)", sourceLocation: location)
    let (line, column) = (before.count, (before.last?.count ?? 0) + 1)
    #expect(
      first.mark.map { [$0.line, $0.column] } == [line, column], "\(first.concise)",
      sourceLocation: location)
    #expect(!first.message.isEmpty && !first.message.hasSuffix("."), sourceLocation: location)
  }

  // Fails if one of these is read, has another code, or points elsewhere.
  @Test(
    "names code and place",
    arguments: [
      ("S009", "40 mm", "40 @millimetres"), ("S012", "40 mm", "@40 s"), ("S008", "40 mm", "@40"),
      ("S013", "mass: 2.7 g", "mass: 2.7 g, @density: 7800 kg/m^3"), ("S011", "40 mm", "@-40 mm"),
      ("S011", "40 mm", "@0 mm"), ("S011", "40 mm", "@40 mm ± 40 mm"),
      ("S003", "diameter", "@diametre"),
      ("S019", "ball-drop", "@ball-dorp"), ("S003", "experience", "@experiense"),
      ("S002", "40 mm", "@&a 40 mm"), ("S002", "40 mm", "@*a"), ("S002", "40 mm", "@!!float 40"),
      ("S002", "plumbline: 1", "plumbline: 1\n@<<: {}"), ("S007", "40 mm", "@1e400 mm"),
      ("S007", "40 mm", "@.nan"), ("S006", "40 mm", "\"@4,0 mm\""), ("S006", "40 mm", "@1:30"),
      ("S001", "plumbline: 1", "@plumbline: 1\nplumbline: 1"), ("S004", "{ height: 1 m }", "@{}"),
      ("S004", "{ diameter: 40 mm, mass: 2.7 g }", "@{ diameter: 40 mm }"),
      ("S016", "1 m", "1 m ± @1 s"), ("S016", "1 m", "1 m ± @-1 mm"),
      ("S005", "1 m", "1 m, velocity: @\"[1, 2] m/s\""), ("S005", "1 m", "1 m, velocity: @[0 m/s]"),
      ("S012", "1 m", "1 m, spin: @\"[0, 10, 0] Hz\""),
      ("S010", "restitution", "material: @concret, restitution"),
      ("S011", "0.8", "@1.2"), ("S010", "2.7 g", "2.7 g, fill: @hollow"),
      ("S005", "{ restitution: 0.8 }", "@hard"),
      ("S022", "{ restitution: 0.8 }", "@{}"),
      ("S005", "plumbline: 1", "plumbline: 1\nenvironment: @[]"),
      ("S011", "plumbline: 1", "plumbline: @2"),
      ("S012", "plumbline: 1", "plumbline: 1\nduration: @60 m"),
    ] as [(String, String, String)])
  func places(code: String, part: String, marked: String) throws {
    try expect(code, replacing: part, by: marked)
  }

  // Fails (crashes, hangs, or reads on) at texts that are no scene at all.
  @Test("survives texts that are no scene", .timeLimit(.minutes(1)))
  func hostile() throws {
    let deep = String(repeating: "[", count: 10_000)
    let block = (0..<1400).map { String(repeating: " ", count: $0) + "a:" }
    var bomb = "a0: &a0 [x, x]\n"
    for level in 1...30 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    let cases: [(text: String, code: String)] = [
      ("", "S014"), ("# nothing\n\n# here\n", "S014"), (deep, "S014"),
      (block.joined(separator: "\n"), "S014"), (bomb, "S002"), ("[1, 2]", "S005"), ("text", "S005"),
      (SceneFileTests.base + "about: \"\(String(repeating: "x", count: 2 << 20))\"", "S014"),
      ("plumbline: 1\n\texperience: ball-drop\n", "S001"), ("name: x\n", "S004"),
      (
        SceneFileTests.base.replacing("40 mm", with: "1 " + String(repeating: "(", count: 200_000)),
        "S009"
      ),
      (
        SceneFileTests.base.replacing("40 mm", with: String(repeating: "9", count: 10_000) + " m"),
        "S007"
      ),
    ]
    for (text, code) in cases { #expect(try diagnostics(text).first?.code == code) }
  }

  // Fails if the first error hides the others, or their order is not that of the file.
  @Test("reports all errors of a file")
  func several() throws {
    let text = """
      plumbline: 1
      experience: ball-drop
      ball: { diameter: -40 mm, mass: 2.7 kgs }
      start: { heigth: 1 m }
      floor: { restitution: 1.2, tilt: 95 deg }
      requirements:
        - { id: R1, that: rebound-height <= 1 s }
      """
    let found = try diagnostics(text)
    #expect(found.map(\.code) == ["S011", "S009", "S003", "S004", "S011", "S011"])
    #expect(found.map { $0.mark?.line } == [3, 3, 4, 4, 5, 5])

    // requirements and materials are looked at once the values can be read
    let later =
      SceneFileTests.base + """
        requirements:
          - { id: R1, that: rebound-height <= 1 s }
          - { id: R1, that: "rebound-heigth <= 1 m" }
          - { id: R3, that: rebound-height 1 m }
        """
    let requirements = try diagnostics(later)
    #expect(requirements.map(\.code) == ["S018", "S018", "S018", "S018"])
    #expect(requirements.map { $0.mark?.line } == [7, 8, 8, 9])
    // the limit, the second id, the misspelt outcome inside its quotation marks, the whole text
    #expect(requirements.map { $0.mark?.column } == [39, 11, 22, 21])
  }

  // Fails if an unusual value is refused, or is not mentioned.
  @Test(
    "warns about implausible values",
    arguments: [
      ("40 mm", "40 m"), ("2.7 g", "2.7e9 kg"), ("1 m", "1 m, velocity: \"[0, 0, -5000] m/s\""),
      ("0.8", "0.8, friction: 3"),
      ("plumbline: 1", "plumbline: 1\nenvironment: { gravity: 98 m/s^2 }"),
    ])
  func warnings(part: String, replacement: String) throws {
    let found = try diagnostics(SceneFileTests.base.replacing(part, with: replacement))
    #expect(found.map(\.code) == ["S015"] && found.allSatisfy { !$0.isError })
    #expect(found.first?.label.contains("usual") == true)
  }

  // Fails if the base scene itself has a mistake: the tests above would then prove nothing.
  @Test("the scene without a mistake is read")
  func base() throws {
    #expect(try diagnostics(SceneFileTests.base).isEmpty)
    #expect(try diagnostics(SceneFileTests.base.replacing("\n", with: "\r\n")).isEmpty)
    #expect(try diagnostics("\n---\n" + SceneFileTests.base + "...\n").isEmpty)
  }
}
