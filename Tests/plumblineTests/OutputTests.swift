import Experience
import Foundation
import Testing

@Suite("Output, interruption and place")
struct OutputTests {
  /// A plan that takes an hour.
  static func longPlan(_ folder: Folder) throws -> String {
    try folder.read("scenes/ball-drop.plan.yaml")
      .replacing("calibration: \(SmallPlan.calibration)", with: "calibration: 900000")
  }

  // 100 questions are more than a pipe holds, so the program surely writes to a closed one. Fails
  // if it dies of the signal, or says anything.
  @Test("a closed pipe ends quietly")
  func closedPipe() throws {
    let run = try Program.shell(
      "(plumbline questions out/demo --split calibration; echo $? >&2) | head -n 1",
      cwd: try Shared.folder().path)
    #expect(run.stdout.split(separator: "\n").count == 1)
    #expect(run.stderr == "0\n")
  }

  // Fails if a full disk passes as success, or as another kind of error.
  @Test(
    "a full disk is 74",
    arguments: [
      "list units", "explain tiers", "schema scene", "questions out/demo", "--help", "--version",
      "check --format json -",
    ])
  func fullDisk(arguments: String) throws {
    let run = try Program.shell(
      "echo 'plumbline: 2' | plumbline \(arguments) > /dev/full", cwd: try Shared.folder().path)
    #expect(run.status == 74)
    #expect(run.stderr.contains("the disk is full"), "\(run.stderr)")
  }

  // `-o` through a link to the full device. Fails if the file is replaced by a rename, which for a
  // superuser would destroy the device itself.
  @Test("-o writes into a device or pipe, and never replaces it")
  func device() throws {
    let folder = try Folder()
    try folder.write("scene.yaml", VacuumScene.text)
    symlink("/dev/full", folder.path("full"))
    let run = try Program.run(["run", "scene.yaml", "-o", "full"], cwd: folder.path)
    #expect(run.status == 74)
    #expect(run.stderr.contains("the disk is full"), "\(run.stderr)")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("full")) == "/dev/full")

    let piped = try Program.shell(
      "mkfifo pipe; cat pipe & plumbline run scene.yaml -o pipe; echo $? >&2; wait",
      cwd: folder.path)
    #expect(piped.stderr == "0\n")
    #expect(piped.stdout == (try Program.run(["run", "-"], stdin: VacuumScene.text).stdout))
  }

  // Fails if a wrong place is another status, or leaves a file or a half-written one.
  @Test(
    "a place where nothing can be created is 73",
    arguments: [
      "run scene.yaml -o no/such/file", "run scene.yaml --resolved no/such/file",
      "run scene.yaml -o .", "questions demo -o no/such/file",
      "score --baseline physics-101 --against demo -o scene.yaml",
      "generate scenes/ball-drop.plan.yaml -o scene.yaml/below",
    ])
  func wrongPlace(arguments: String) throws {
    let folder = try SmallPlan.workspace()
    try folder.write("scene.yaml", VacuumScene.text)
    try folder.copy(try Shared.folder().path("out/demo"), as: "demo")
    let before = try folder.files()
    let run = try Program.run(
      arguments.split(separator: " ").map(String.init), cwd: folder.path)
    #expect(run.status == 73, "\(run.stderr)")
    #expect(run.stderr.hasPrefix("error: cannot create"), "\(run.stderr)")
    #expect(try folder.files() == before)
    #expect(try folder.read("scene.yaml") == VacuumScene.text)
  }

  // The program is stopped in the middle of a file: its neighbour name is a pipe that the test
  // opens and does not empty. Fails if the status is another, or the half-written file stays.
  @Test(
    "a signal while writing leaves no half-written file",
    arguments: [SIGINT, SIGTERM])
  func interruptedWriting(signal: Int32) throws {
    let folder = try SmallPlan.workspace()
    let pipe = folder.path("out/questions.jsonl.part")
    try folder.write("out/empty", "")
    try #require(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    let running = try Program.start(
      ["generate", "scenes/ball-drop.plan.yaml", "-o", "out"], cwd: folder.path)
    var ready = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
    try #require(poll(&ready, 1, 120_000) == 1, "nothing was written")
    running.send(signal)
    let end = try running.finish()
    #expect(end.status == 128 + signal)
    #expect(end.stderr.contains("run again: plumbline generate"), "\(end.stderr)")
    // what was computed stays for the next run, and with it the key that it belongs to
    #expect(
      try folder.files(in: "out") == ["empty", "partial.jsonl", "sealed/key", "templates.jsonl"])
  }

  /// What an interrupted `generate` leaves behind.
  private static let kept = ["partial.jsonl", "sealed/key"]

  // Fails if a signal during the computation is not obeyed at once, or leaves half a data set.
  @Test("a signal while computing is obeyed", arguments: [SIGINT, SIGTERM])
  func interruptedComputing(signal: Int32) throws {
    let folder = try SmallPlan.workspace()
    try folder.write("scenes/long.yaml", OutputTests.longPlan(folder))
    // the bar goes into a pipe, whose first byte says that the work has begun
    let pipe = folder.path("progress")
    try #require(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    let running = try Program.startShell(
      "exec plumbline generate scenes/long.yaml -o out --progress bar 2> progress", cwd: folder.path
    )
    var ready = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
    try #require(poll(&ready, 1, 120_000) == 1, "no progress")
    running.send(signal)
    #expect(try running.finish(within: 20).status == 128 + signal)
    #expect(try folder.files(in: "out") == OutputTests.kept)
  }

  // Fails if --timeout is not kept, has another status than 5, or leaves half a data set.
  @Test("--timeout ends with 5")
  func timeout() throws {
    let folder = try SmallPlan.workspace()
    try folder.write("scenes/long.yaml", OutputTests.longPlan(folder))
    let run = try Program.run(
      ["generate", "scenes/long.yaml", "-o", "out", "--timeout", "0.5"], cwd: folder.path,
      timeout: 60)
    #expect(run.status == 5)
    #expect(try folder.files(in: "out") == OutputTests.kept)
  }
}
