// Inputs that many tests share: a scene with a closed form, small plans, one data set.

import Experience
import Foundation

/// A drop in a vacuum: every number follows from g, h and the restitution.
enum VacuumScene {
  static let gravity = 9.80665
  static let height = 1.25
  static let impactSpeed = (2 * gravity * height).squareRoot()
  static let reboundHeight = 0.64 * height

  static let text = """
    # a steel ball in a vacuum
    plumbline: 1
    experience: ball-drop
    name: vacuum
    environment: { gravity: 9.80665 m/s^2, air: none }
    ball: { diameter: 40 mm, density: 7800 kg/m^3 }   # solid steel
    drag: none
    start: { height: 1.25 m }
    floor: { restitution: 0.8, friction: 0.3 }
    samples: 8

    """

  static func with(requirements: [String]) -> String {
    text + "requirements:\n"
      + requirements.enumerated().map { "  - { id: R\($0 + 1), that: \"\($1)\" }\n" }.joined()
  }
}

enum SmallPlan {
  static let calibration = 20
  /// 20 is the least for which a skill has an interval.
  static let open = 24
  static let sealed = 4
  static let samples = 8

  /// A plan of the repository with few instances and members.
  static func shrunk(_ text: String) -> String {
    let splits = "{ calibration: \(calibration), public: \(open), sealed: \(sealed) }"
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("samples:") }
      .map { $0.hasPrefix("splits:") ? "splits: \(splits)\nsamples: \(samples)" : String($0) }
      .joined(separator: "\n")
  }

  /// A folder like the repository: scenes with few members, plans made small, a key file.
  static func workspace() throws -> Folder {
    let folder = try Folder()
    try folder.copy(Program.sources + "/scenes", as: "scenes")
    for name in try folder.files(in: "scenes") {
      let text = try folder.read("scenes/" + name)
      let isPlan = name.hasSuffix(".plan.yaml")
      try folder.write("scenes/" + name, isPlan ? shrunk(text) : text + "samples: 2\n")
    }
    try folder.write("drop.key", "a key that only the tests know, 40 bytes")
    return folder
  }
}

/// The data set that most tests only read: made once, removed when the tests end.
enum Shared {
  private static let made: Result<Folder, any Error> = Result {
    let folder = try SmallPlan.workspace()
    let run = try Program.run(
      [
        "generate", "scenes/ball-drop.plan.yaml", "-o", "out/demo", "--key-file", "drop.key",
        "--quiet",
      ], cwd: folder.path)
    guard run.status == 0 else { throw ProgramError(description: "generate: \(run.stderr)") }
    try folder.write(
      "answers.jsonl", try Answers.oracle(questions(folder), truths(folder)).text)
    atexit { if case .success(let folder) = made { folder.remove() } }
    return folder
  }

  /// The workspace, with the data set in `out/demo` and answers to it in `answers.jsonl`.
  static func folder() throws -> Folder { try made.get() }

  static func questions() throws -> [JSON] { try questions(try folder()) }

  private static func questions(_ folder: Folder) throws -> [JSON] {
    try jsonLines(folder.read("out/demo/questions.jsonl")).filter { $0["split"]?.text == "public" }
  }

  private static func truths(_ folder: Folder) throws -> [JSON] {
    try jsonLines(folder.read("out/demo/outcomes.jsonl"))
  }
}

/// The objects of a JSON Lines text. Foundation reads every line too: it is the independent reader.
func jsonLines(_ text: String) throws -> [JSON] {
  try text.split(separator: "\n").map { line in
    _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
    return try JSON.parse(String(line))
  }
}

extension JSON {
  /// The same object without some keys.
  func without(_ keys: String...) -> JSON {
    guard case .object(var object) = self else { return self }
    for key in keys { object[key] = nil }
    return .object(object)
  }

  /// The value at a path of keys.
  subscript(path first: String, _ rest: String...) -> JSON? {
    rest.reduce(self[first]) { $0?[$1] }
  }
}
