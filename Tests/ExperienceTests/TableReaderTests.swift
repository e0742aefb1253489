import Experience
import Testing

@Suite("Typed reader")
struct TableReaderTests {
  static let length = QuantityKind.positive(.length, "m", plausible: 0.01...10, source: "desks")
  static let table = SectionTable(
    "thing",
    fields: [
      Field("size", .quantity(length), required: true, "how long"),
      Field("spin", .vector(QuantityKind(.angularSpeed, unit: "rad/s")), "how it turns"),
      Field("count", .integer(1...5), default: "3", "how many"),
      Field("on", .flag, default: "true", "whether"),
      Field("mode", .word(["slow", "fast"]), default: "slow", "how"),
      Field("share", .quantity(QuantityKind(.none, unit: "1", range: 0...1)), "a part"),
      Field("mass", .quantity(.positive(.mass, "kg")), "mass"),
      Field("density", .quantity(.positive(.density, "kg/m^3")), "density"),
      Field("warmth", .quantity(QuantityKind(.temperature, unit: "K")), "temperature"),
      Field("toward", .direction, "where to"),
      Field(
        "bounce",
        .either([
          .quantity(QuantityKind(.none, unit: "1", range: 0...1)),
          .section(
            SectionTable(
              "bounce",
              fields: [
                Field("law", .word(["constant"]), required: true, "which law"),
                Field("value", .quantity(QuantityKind(.none, unit: "1")), "its number"),
              ])),
        ]), "a number or a law"),
    ], groups: [KeyGroup(["mass", "density"], required: false, fact: "how heavy it is")])

  func read(_ text: String) throws -> (section: SceneSection, diagnostics: [Diagnostic]) {
    let source = SourceText(path: "t.yaml", text: text)
    var reader = TableReader(source)
    let section = reader.section(try SourceNode.parse(source), TableReaderTests.table)
    return (section, reader.diagnostics)
  }

  func only(_ text: String, location: SourceLocation = #_sourceLocation) throws -> Diagnostic {
    let found = try read(text).diagnostics
    #expect(found.count == 1, "\(found.map(\.concise))", sourceLocation: location)
    return try #require(found.first, sourceLocation: location)
  }

  // Fails if a default is not read, or a law is not in SI.
  @Test("reads values, laws and defaults")
  func reads() throws {
    let text =
      "size: {low: 1 ft, high: 2 ft}\nspin: \"[0, 1, -2] rpm\"\nshare: {one-of: [0.1, 0.5]}\n"
    let (section, diagnostics) = try read(
      text + "warmth: {value: 25 degC, sd: 1 K}\ntoward: [1, 0, 0]")
    #expect(diagnostics.isEmpty)
    #expect(section.quantity("size")?.law == .uniform(low: 0.3048, high: 0.6096))
    let turn = 2 * Double.pi / 60
    #expect(section.vector("spin")?.map(\.nominal) == [0, turn, -2 * turn])
    #expect(section.quantity("share")?.law == .oneOf([0.1, 0.5]))
    #expect(section.quantity("warmth")?.law == .normal(mean: 298.15, sd: 1))
    #expect(section.integer("count") == 3 && section.flag("on") == true)
    #expect(section.text("mode") == "slow" && section.entry("mode")?.isDefault == true)
  }

  // Fails if a wrong input has another code, or the place is not the part that is wrong.
  @Test(
    "names what is wrong and where",
    arguments: [
      ("size: 5 s", "S012", 7, 3), ("size: 5", "S008", 7, 1), ("size: 5 mm ± 1 s", "S016", 14, 3),
      ("size: 5 mm ± -1 mm", "S016", 14, 5), ("size: 0 m", "S011", 7, 3),
      ("size: -1 m", "S011", 7, 4),
      ("size: 1 m ± 2 m", "S011", 7, 9), ("size: 1e400 m", "S007", 7, 7),
      ("size: .nan", "S007", 7, 4),
      ("size: 1:30", "S006", 7, 4), ("size: 2,5 m", "S006", 7, 5), ("size: 5 metrs", "S009", 9, 5),
      ("size: \"5 metrs\"", "S009", 10, 5), ("size: [1 m]", "S005", 7, 1),
      ("size: tall", "S006", 7, 4),
      ("size: {low: 2 m, high: 1 m}", "S016", 13, 3), ("size: {low: 1 m}", "S016", 7, 1),
      ("size: {value: 1 m, sd: -1 m}", "S016", 24, 4),
      ("size: {value: 1 m, ds: 1 m}", "S003", 20, 2),
      ("size: {one-of: []}", "S005", 16, 1), ("size: {value: 1 m, sd: 1 s}", "S012", 24, 3),
    ] as [(String, String, Int, Int)])
  func places(text: String, code: String, column: Int, length: Int) throws {
    let diagnostic = try only(text)
    #expect(diagnostic.code == code, "\(diagnostic.concise)")
    #expect(diagnostic.mark == SourceMark(line: 1, column: column, length: length))
    #expect(diagnostic.isError && diagnostic.path == "t.yaml" && diagnostic.line == text)
  }

  @Test(
    "names what is wrong in other kinds",
    arguments: [
      ("spin: \"[0, 1] rad/s\"", "S005"), ("spin: [0 rad/s, 1 rad/s]", "S005"),
      ("spin: \"[0, 0, 1] Hz\"", "S012"), ("spin: \"[0, 0, 1]\"", "S008"),
      ("spin: 1 rad/s", "S005"),
      ("spin: \"[0, 0, x] rad/s\"", "S006"), ("count: 6", "S011"), ("count: 2.5", "S006"),
      ("count: many", "S006"), ("on: yes", "S005"), ("mode: fats", "S010"),
      ("mode: [slow]", "S005"),
      ("share: 1.2", "S011"), ("toward: [0, 0, 0]", "S011"), ("toward: [1, 0]", "S005"),
      ("siez: 1 m", "S003"), ("density: 1 kg", "S012"), ("mass: 1 kg\ndensity: 1 kg/m^3", "S013"),
      ("spin: {a: 1}", "S005"),
    ] as [(String, String)])
  func codes(text: String, code: String) throws {
    let diagnostic = try only("size: 1 m\n" + text)
    #expect(diagnostic.code == code, "\(diagnostic.concise)")
    #expect(diagnostic.mark?.line == (code == "S013" ? 3 : 2))
  }

  // Fails if a fix replaces other characters than the misspelt ones.
  @Test(
    "a fix turns the line into a right one",
    arguments: [
      ("size: 5 cmm", "size: 5 cm"), ("siez: 5 m", "size: 5 m"),
      ("size: 5 m\nmode: fats", "mode: fast"),
      ("size: \"5 cmm\"", "size: \"5 cm\""), ("size: 5 m\nmode: 'fats'", "mode: fast"),
    ])
  func fixes(text: String, expected: String) throws {
    let all = try read(text).diagnostics
    let fix = try #require(all.compactMap(\.fix).first, "\(all.map(\.concise))")
    let line = Array(text.split(separator: "\n")[fix.mark.line - 1])
    let start = fix.mark.column - 1
    let fixed =
      String(line[..<start]) + fix.replacement + String(line[(start + fix.mark.length)...])
    #expect(fixed == expected)
  }

  // Fails if a mapping is taken for a law of tolerances because one of its keys is `value`.
  @Test("tells a tolerance law from a section")
  func either() throws {
    let section = try read("size: 1 m\nbounce: { value: 0.5, law: constant }").section
    #expect(section.section("bounce")?.quantity("value")?.nominal == 0.5)
    let law = try read("size: 1 m\nbounce: { value: 0.5, sd: 0.1 }").section
    #expect(law.quantity("bounce")?.law == .normal(mean: 0.5, sd: 0.1))
    #expect(try only("size: 1 m\nbounce: { value: 0.5, ds: 0.1 }").code == "S003")
    let misspelt = try read("size: 1 m\nbounce: { lawn: constant }").diagnostics
    #expect(misspelt.map(\.code) == ["S003", "S004"])
  }

  // Fails if a part of a vector or a text with escapes gets a fix at a guessed place.
  @Test(
    "offers no fix where it does not know the place",
    arguments: ["size: 5 m\nspin: \"[0, 0, 12] rpn\"", "size: \"5 \\x63mm\""])
  func noFix(text: String) throws {
    let diagnostic = try only(text)
    #expect(diagnostic.code == "S009" && diagnostic.fix == nil)
    #expect(diagnostic.mark?.column == 7)
  }

  // Fails if reading stops at the first error, or an error hides the rest of its mapping.
  @Test("reports every error of a file")
  func every() throws {
    let found = try read("spin: 1\ncuont: 3\nmode: x\nshare: 2\non: maybe\n").diagnostics
    #expect(found.map(\.code) == ["S005", "S003", "S010", "S011", "S005", "S004"])
    #expect(found.map { $0.mark?.line } == [1, 2, 3, 4, 5, 1])
  }

  // Fails if an unusual value is an error, or says nothing.
  @Test("warns about unusual values")
  func warnings() throws {
    let diagnostic = try only("size: 500 m")
    #expect(diagnostic.code == "S015" && diagnostic.severity == .warning)
    #expect(diagnostic.label.contains("0.01 to 10 m") && diagnostic.note?.contains("desks") == true)
    #expect(try read("size: 500 m").section.quantity("size")?.nominal == 500)
    #expect(try read("size: {value: 1 m, sd: 5 m}").diagnostics.isEmpty)
  }

  // Fails if a code that can appear has no long text, or a code is given twice.
  @Test("every code is explained once")
  func explained() {
    let codes = DiagnosticCodes.all.map(\.code)
    #expect(Set(codes).count == codes.count)
    for number in ["001", "003", "008", "012", "014", "020"] {
      #expect(codes.contains("S" + number))
    }
    #expect(DiagnosticCodes.all.allSatisfy { !$0.title.isEmpty && $0.text.hasSuffix(".") })
  }
}
