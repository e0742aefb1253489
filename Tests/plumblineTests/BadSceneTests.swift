import Experience
import Foundation
import Testing

/// A file that is not a scene, and the code that says why.
struct BadScene: Sendable, CustomTestStringConvertible {
  let name: String
  let code: String
  let data: Data
  var testDescription: String { name }

  init(_ name: String, _ code: String, _ text: String) {
    (self.name, self.code, data) = (name, code, Data(text.utf8))
  }

  /// The scene in a vacuum with one text replaced.
  init(_ name: String, _ code: String, _ old: String, by new: String) {
    precondition(VacuumScene.text.contains(old))
    self.init(name, code, VacuumScene.text.replacing(old, with: new))
  }

  init(_ name: String, _ code: String, bytes: [UInt8]) {
    (self.name, self.code, data) = (name, code, Data(bytes))
  }

  /// Nine levels of ten aliases each: a billion values.
  static let bomb =
    "a0: &a0 [x]\n"
    + (1...9).map { level in
      let row = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      return "a\(level): &a\(level) [\(row)]\n"
    }.joined()

  static let all = [
    BadScene("unknown unit", "S009", "40 mm", by: "40 mmm"),
    BadScene("wrong dimension", "S012", "1.25 m }", by: "1.25 kg }"),
    BadScene(
      "angular speed as a frequency", "S012", "1.25 m }", by: "1 m, spin: \"[0, 1, 0] Hz\" }"),
    BadScene("missing unit", "S008", "1.25 m }", by: "1.25 }"),
    BadScene(
      "mass and density", "S013", "density: 7800 kg/m^3", by: "density: 7800 kg/m^3, mass: 1 g"),
    BadScene("neither mass nor density", "S004", ", density: 7800 kg/m^3", by: ""),
    BadScene("negative height", "S011", "1.25 m }", by: "-1.25 m }"),
    BadScene("size zero", "S011", "40 mm", by: "0 mm"),
    BadScene("restitution above 1", "S011", "restitution: 0.8", by: "restitution: 1.2"),
    BadScene("tolerance across zero", "S011", "40 mm", by: "40 mm ± 50 mm"),
    BadScene("negative tolerance", "S016", "40 mm", by: "40 mm ± -1 mm"),
    BadScene("misspelt key", "S003", "restitution:", by: "restituton:"),
    BadScene("missing key", "S004", "start: { height: 1.25 m }\n", by: ""),
    BadScene("misspelt experience", "S019", "ball-drop", by: "bal-drop"),
    BadScene("no experience", "S004", "experience: ball-drop\n", by: ""),
    BadScene("key twice", "S001", "drag: none\n", by: "drag: none\ndrag: none\n"),
    BadScene("not YAML", "S001", "drag: none", by: "drag: [none"),
    BadScene("a list", "S005", "- a\n- b\n"),
    BadScene("empty", "S014", ""),
    BadScene("only a comment", "S014", "# nothing\n"),
    BadScene("10,000 levels", "S014", String(repeating: "[", count: 10_000)),
    BadScene(
      "10,000 levels of mappings", "S014", "a: " + String(repeating: "{a: ", count: 10_000)),
    BadScene("10,000 levels of dashes", "S014", String(repeating: "- ", count: 10_000) + "a\n"),
    BadScene("alias bomb", "S002", bomb),
    BadScene("tag", "S002", "drag: none", by: "drag: !!binary none"),
    BadScene("merge key", "S002", "drag: none", by: "<<: { drag: none }"),
    BadScene("1e400", "S007", "1.25 m }", by: "1e400 m }"),
    BadScene("a bare 1e400", "S007", "restitution: 0.8", by: "restitution: 1e400"),
    BadScene(".nan", "S007", "restitution: 0.8", by: "restitution: .nan"),
    BadScene(".nan with a unit", "S007", "1.25 m }", by: ".nan m }"),
    BadScene("decimal comma", "S006", "1.25 m }", by: "\"1,25 m\" }"),
    BadScene("base 60", "S006", "samples: 8", by: "samples: 1:30"),
    BadScene(
      "2 MiB", "S014", "# " + String(repeating: "x", count: 2 << 20) + "\n" + VacuumScene.text),
    BadScene("200,000 values", "S014", "a: [" + String(repeating: "1,", count: 200_000) + "1]\n"),
    BadScene("zero bytes", "S014", bytes: [0x70, 0x6c, 0, 0, 0x75]),
    BadScene("not UTF-8", "S014", bytes: [0x61, 0x3a, 0x20, 0xff, 0xfe, 0x0a]),
  ]
}

@Suite("Bad scenes")
struct BadSceneTests {
  // Fails if a bad file crashes or hangs, is accepted, has another status or code, or writes data.
  @Test("are refused by run with their code", arguments: BadScene.all)
  func refusedByRun(scene: BadScene) throws {
    let folder = try Folder()
    try folder.write("scene.yaml", scene.data)
    // ten seconds is far more than any refusal needs and far less than an alias bomb
    let run = try Program.run(["run", "scene.yaml"], cwd: folder.path, timeout: 60)
    #expect(run.status == 65)
    #expect(run.stdout == "")
    // a file that is no text has no line to point at and no code
    let isText = String(validating: scene.data, as: UTF8.self) != nil && !scene.data.contains(0)
    #expect(run.stderr.contains(isText ? "error[\(scene.code)]: " : "error: "), "\(run.stderr)")
    #expect(run.stderr.contains("scene.yaml"), "\(run.stderr)")
  }

  // Fails if check overlooks one, gives it another code, or calls all this anything but "no".
  @Test("are refused by check, all in one call")
  func refusedByCheck() throws {
    let folder = try Folder()
    for (index, scene) in BadScene.all.enumerated() {
      try folder.write("\(index).yaml", scene.data)
    }
    try folder.write("good.yaml", VacuumScene.text)
    let names = BadScene.all.indices.map { "\($0).yaml" } + ["good.yaml"]
    let run = try Program.run(
      ["check", "--format", "concise"] + names, cwd: folder.path, timeout: 120)
    #expect(run.status == 1)
    let lines = run.stdout.split(separator: "\n")
    for (index, scene) in BadScene.all.enumerated() {
      let own = lines.filter { $0.hasPrefix("\(index).yaml:") }
      #expect(own.contains { $0.contains("error[\(scene.code)]") }, "\(scene.name): \(own)")
    }
    #expect(!lines.contains { $0.hasPrefix("good.yaml") })
  }

  // Fails if the place is not the line and column of the wrong text, or the near key is not
  // offered.
  @Test("the message points at the place and helps")
  func pointsAtPlace() throws {
    let text = VacuumScene.text.replacing("restitution:", with: "restituton:")
    let run = try Program.run(["run", "-"], stdin: text)
    #expect(run.stderr.contains(" --> -:9:10\n"), "\(run.stderr)")
    #expect(run.stderr.contains("did you mean `restitution`?"))
    #expect(run.stderr.contains("^^^^^^^^^^ "))
  }
}
