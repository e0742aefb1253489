import Experience
import Foundation
import Testing

@Suite("plumbline verify")
struct VerifyTests {
  // Fails if a reference case no longer agrees with its closed form, or the last line miscounts.
  @Test("the reference cases pass")
  func casesPass() throws {
    let run = try Program.run(["verify", "--format", "json"])
    #expect(run.status == 0)
    let rows = try jsonLines(run.stdout)
    let judged = rows.filter { $0["verdict"]?.text != "not judged" }
    #expect(judged.count >= 50)
    for row in judged {
      #expect(row["verdict"]?.text == "pass", "\(row.line)")
      // the verdict again, from the numbers of the row alone
      let numbers = try ["got", "expected", "allowed", "half-width"].map {
        try #require(row[$0]?.number)
      }
      #expect(abs(numbers[0] - numbers[1]) <= numbers[2] + numbers[3], "\(row.line)")
    }
    let text = try Program.run(["verify"])
    #expect(text.status == 0)
    #expect(text.stdout.contains("\(judged.count) rows pass, 0 fail"), "\(text.stdout)")
  }

  // Fails if the ladder cannot fail: a part in a thousand is far outside the closed forms'
  // tolerances.
  @Test("a perturbed result fails")
  func perturbedFails() throws {
    let run = try Program.run(["verify", "--perturb", "1e-3"])
    #expect(run.status == 1)
    #expect(!run.stdout.contains(" 0 fail"))
  }

  // Fails if --case selects other cases, or an unknown one passes as nothing to do.
  @Test("--case selects")
  func caseSelects() throws {
    let run = try Program.run(["verify", "--case", "BD33", "--format", "json"])
    #expect(run.status == 0)
    let rows = try jsonLines(run.stdout)
    #expect(!rows.isEmpty)
    #expect(rows.allSatisfy { $0["case"]?.text == "BD33" })
    let none = try Program.run(["verify", "--case", "nothing"])
    #expect(none.status == 4)
    #expect(none.stdout == "")
  }

  // Fails if a recorded instance, also a sealed one, gives other bytes when it is simulated again.
  @Test("a data set is reproduced byte for byte")
  func datasetReproduced() throws {
    let folder = try Shared.folder()
    let count = SmallPlan.calibration + SmallPlan.open + SmallPlan.sealed
    let run = try Program.run(["verify", "out/demo"], cwd: folder.path)
    #expect(run.status == 0)
    #expect(run.stdout.contains("\(count) of \(count) records"), "\(run.stdout)\(run.stderr)")
    let some = try Program.run(["verify", "out/demo", "--sample", "5"], cwd: folder.path)
    #expect(some.stdout.contains("5 of 5 records"), "\(some.stdout)")
  }

  // Fails if a flipped digit or a torn line passes any command that reads the data set.
  @Test("damage is found", arguments: ["digit", "torn", "manifest"])
  func damageIsFound(kind: String) throws {
    let shared = try Shared.folder()
    let folder = try Folder()
    try folder.copy(shared.path("out/demo"), as: "demo")
    switch kind {
    case "digit":
      var data = try folder.data("demo/outcomes.jsonl")
      let place = try #require(data.firstRange(of: Data("\"value\":".utf8))).upperBound
      data[place + 4] = data[place + 4] == 0x31 ? 0x32 : 0x31
      try folder.write("demo/outcomes.jsonl", data)
    case "torn":
      let data = try folder.data("demo/calibration.jsonl")
      try folder.write("demo/calibration.jsonl", data.prefix(data.count - 100))
    default: try folder.write("demo/manifest.json", "{\"schema\":\"manifest/9\"}\n")
    }
    for command in [
      ["verify", "demo"], ["score", "--baseline", "physics-101", "--against", "demo"],
      ["questions", "demo"],
    ] {
      let run = try Program.run(command, cwd: folder.path)
      #expect(run.status == 65, "\(command)")
      #expect(run.stdout == "")
      #expect(run.stderr.contains("error[Q001]"), "\(run.stderr)")
    }
  }

  // A forger who mends the checksum is found by simulating again. Fails if verify trusts the
  // record.
  @Test("a forged record is found")
  func forgeryIsFound() throws {
    let shared = try Shared.folder()
    let folder = try Folder()
    try folder.copy(shared.path("out/demo"), as: "demo")
    var lines = try jsonLines(folder.read("demo/outcomes.jsonl")).map { $0.without("crc32") }
    let text = lines[0].line
    let value = try #require(lines[0][path: "outcomes", "impact-speed", "value"]?.number)
    lines[0] = try JSON.parse(
      text.replacing(
        "\"value\":\(JSON.text(of: value))", with: "\"value\":\(JSON.text(of: value * 1.001))"))
    #expect(lines[0].line != text)
    try folder.write(
      "demo/outcomes.jsonl", lines.map { CRC32.sealed($0) + "\n" }.joined())
    let run = try Program.run(["verify", "demo"], cwd: folder.path)
    #expect(run.status == 1)
    #expect(run.stderr.contains("error[R004]"), "\(run.stderr)")
    #expect(run.stderr.contains("impact-speed"), "\(run.stderr)")
  }

  // Fails if a folder that is none, or no data set, is anything but a missing input.
  @Test("a folder without a data set is 66")
  func noDataset() throws {
    let folder = try Folder()
    #expect(try Program.run(["verify", "nothing"], cwd: folder.path).status == 66)
    #expect(try Program.run(["verify", "."], cwd: folder.path).status == 66)
  }
}
