// Runs the built executable as a user would: arguments in; status and two streams out.
//
// Streams go to files, so that no pipe can fill up, and the wait ends with the process or with the
// time allowed: nothing here sleeps.

import Dispatch
import Foundation

/// What a program left behind.
struct Finished: Sendable {
  /// Exit status, or minus the signal that ended it.
  let status: Int32
  let stdout: String
  let stderr: String
}

struct ProgramError: Error, CustomStringConvertible {
  let description: String
}

enum Program {
  /// The `plumbline` beside the test bundle.
  static let path: String = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let candidate = folder.appendingPathComponent("plumbline").path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder),
        !isFolder.boolValue, FileManager.default.isExecutableFile(atPath: candidate)
      {
        return candidate
      }
    }
    return "/no/plumbline/beside/the/test/bundle"
  }()

  /// Folder of the sources, found from this file.
  static let sources = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Runs `plumbline` to its end.
  /// - Parameters:
  ///   - environment: changes to the environment of the tests; `nil` removes a variable.
  ///   - timeout: seconds after which the program is killed and an error thrown.
  static func run(
    _ arguments: [String], stdin: String = "", environment: [String: String?] = [:],
    cwd: String? = nil, timeout: Double = 300
  ) throws -> Finished {
    try start(arguments, stdin: stdin, environment: environment, cwd: cwd).finish(within: timeout)
  }

  /// Runs a line of `/bin/sh`, in which `plumbline` is this program.
  static func shell(_ line: String, cwd: String? = nil, timeout: Double = 300) throws -> Finished {
    try startShell(line, cwd: cwd).finish(within: timeout)
  }

  static func startShell(_ line: String, cwd: String? = nil) throws -> Running {
    let folder = (path as NSString).deletingLastPathComponent
    let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try start(
      ["-c", line], environment: ["PATH": "\(folder):\(search)"], cwd: cwd, executable: "/bin/sh")
  }

  static func start(
    _ arguments: [String], stdin: String = "", environment: [String: String?] = [:],
    cwd: String? = nil, executable: String = path
  ) throws -> Running {
    try Running(executable, arguments, stdin: stdin, environment: environment, cwd: cwd)
  }
}

/// A program that has been started.
final class Running {
  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  private let folder: Folder

  fileprivate init(
    _ executable: String, _ arguments: [String], stdin: String, environment: [String: String?],
    cwd: String?
  ) throws {
    folder = try Folder()
    try folder.write("in", stdin)
    try folder.write("out", "")
    try folder.write("err", "")
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    var variables = ProcessInfo.processInfo.environment
    // what a user may have set must not reach the expectations
    for name in ["NO_COLOR", "COLUMNS", "PLUMBLINE_KERNEL_PINNED"] { variables[name] = nil }
    for (name, value) in environment { variables[name] = value }
    process.environment = variables
    process.currentDirectoryURL = URL(fileURLWithPath: cwd ?? folder.path)
    process.standardInput = FileHandle(forReadingAtPath: folder.path("in"))
    process.standardOutput = FileHandle(forWritingAtPath: folder.path("out"))
    process.standardError = FileHandle(forWritingAtPath: folder.path("err"))
    process.terminationHandler = { [ended] _ in ended.signal() }
    try process.run()
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the end of the program; kills it after `seconds`.
  func finish(within seconds: Double = 300) throws -> Finished {
    guard ended.wait(timeout: .now() + seconds) == .success else {
      send(SIGKILL)
      ended.wait()
      let command = ([process.executableURL?.path ?? ""] + (process.arguments ?? []))
      throw ProgramError(description: "no end within \(seconds) s: \(command)")
    }
    let isSignal = process.terminationReason == .uncaughtSignal
    return Finished(
      status: isSignal ? -process.terminationStatus : process.terminationStatus,
      stdout: try folder.read("out"), stderr: try folder.read("err"))
  }
}
