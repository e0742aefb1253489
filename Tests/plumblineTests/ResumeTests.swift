import Experience
import Foundation
import Testing

@Suite("An interrupted generate")
struct ResumeTests {
  private static let plan = """
    plumbline: 1
    plan: resume
    version: 1.0.0
    scene: vacuum.yaml
    samples: 400
    vary:
      start.height:      { low: 0.5 m, high: 2 m, digits: 4, tolerance: 1 mm }
      floor.restitution: { low: 0.6, high: 0.9, digits: 2, tolerance: 0.01 }
    splits: { calibration: 400, public: 40, sealed: 20 }
    questions: [fall-time, rest-time, { series: [fall-time, rest-time], name: both }]

    """

  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write("vacuum.yaml", VacuumScene.text)
    try folder.write("r.plan.yaml", ResumeTests.plan)
    try folder.write("key", "a key of more than sixteen bytes")
    return folder
  }

  private static let files = [
    "templates.jsonl", "questions.jsonl", "outcomes.jsonl", "calibration.jsonl",
    "sealed/outcomes.jsonl",
  ]

  // Fails if a resumed set differs in one byte from one that was never interrupted, if nothing was kept,
  // or if the journal stays.
  @Test("goes on where it was, with the same bytes", arguments: [true, false])
  func resumes(withKeyFile: Bool) throws {
    let folder = try folder()
    let command =
      ["generate", "r.plan.yaml", "-j", "1"] + (withKeyFile ? ["--key-file", "key"] : [])
    let running = try Program.start(command + ["-o", "cut"], cwd: folder.path)
    let journal = folder.path("cut/partial.jsonl")
    for _ in 0..<600 {
      let size = (try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int) ?? 0
      if size > 200_000 { break }
      usleep(20_000)
    }
    running.send(SIGINT)
    let cut = try running.finish()
    #expect(cut.status == 130 && cut.stderr.contains("what is finished stays"))
    #expect(!folder.exists("cut/manifest.json"))
    let attributes = try FileManager.default.attributesOfItem(atPath: journal)
    #expect((attributes[.posixPermissions] as? Int) == 0o600)
    // a torn last line and a damaged one
    var text = try folder.read("cut/partial.jsonl")
    text.removeLast(40)
    var lines = text.split(separator: "\n").map(String.init)
    lines[0] = lines[0].replacing("\"truth\"", with: "\"truht\"")
    try folder.write("cut/partial.jsonl", lines.joined(separator: "\n"))

    let again = try Program.run(command + ["-o", "cut"], cwd: folder.path)
    #expect(again.status == 0, "\(again.stderr)")
    #expect(again.stderr.contains("\(lines.count - 2) instances of an interrupted run are kept"))
    #expect(!folder.exists("cut/partial.jsonl"))
    let key = withKeyFile ? "key" : "cut/sealed/key"
    var bytes = try folder.data(key)
    if !withKeyFile {
      let digits = Array(try folder.read(key).filter(\.isHexDigit))
      bytes = Data(
        stride(from: 0, to: digits.count, by: 2).compactMap {
          UInt8(String(digits[$0..<($0 + 2)]), radix: 16)
        })
    }
    try folder.write("same-key", bytes)
    let whole = try Program.run(
      ["generate", "r.plan.yaml", "-o", "whole", "--key-file", "same-key"], cwd: folder.path)
    #expect(whole.status == 0)
    for file in ResumeTests.files {
      #expect(try folder.data("cut/" + file) == folder.data("whole/" + file), "\(file)")
    }
  }

  // Fails if truths of another plan are taken over.
  @Test("starts anew when the plan has changed")
  func otherPlan() throws {
    let folder = try folder()
    try folder.write("cut/partial.jsonl", "{\"of\":\"another\",\"key\":\"x\",\"truth\":{}}\n")
    let run = try Program.run(
      ["generate", "r.plan.yaml", "-o", "cut", "--key-file", "key"], cwd: folder.path)
    #expect(run.status == 0)
    #expect(!run.stderr.contains("kept"))
    #expect(folder.exists("cut/manifest.json") && !folder.exists("cut/partial.jsonl"))
  }
}
