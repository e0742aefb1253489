// What `view` and `render` are given: a scene, a recording, or a folder of both.

import Catalogue
import Experience
import Foundation
import Viewer

/// Finds and opens the runs that paths on the command line name.
struct RunOpening {
  let options: GlobalOptions
  /// Frames a second of a scene that is simulated now.
  var framesPerSecond = 60.0

  /// Every file that a path stands for: itself, or the scenes and recordings of a folder by name.
  func files(_ path: String) throws(Failure) -> [String] {
    var isFolder: ObjCBool = false
    guard path == "-" || FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    else {
      throw Failure(
        .inputMissing, "cannot find `\(path)`",
        help: "check the path; the current folder is \(FileManager.default.currentDirectoryPath)")
    }
    guard isFolder.boolValue else { return [path] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let found = names.sorted().map { "\(path)/\($0)" }.filter {
      !$0.hasSuffix(".plan.yaml") && (RunOpening.isScene($0) || RunOpening.isRecording($0))
    }
    guard !found.isEmpty else {
      throw Failure(
        .nothingSelected, "the folder `\(path)` holds no scene and no recording",
        help: "record one with `plumbline run SCENE --record FILE`")
    }
    return found
  }

  static func isScene(_ path: String) -> Bool {
    path == "-" || path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }

  /// By the first bytes: the name of a recording is free.
  private static func isRecording(_ path: String) -> Bool {
    (try? RecordingFile(path: path)) != nil
  }

  /// A scene is simulated to its end, with its whole record; a recording is opened.
  func source(_ path: String) throws -> any FrameSource {
    guard RunOpening.isScene(path) else {
      do throws(RecordingProblem) { return try RecordingFile(path: path) } catch {
        let status: ExitStatus = error.kind == .unreadable ? .inputMissing : .badInput
        throw Failure(status, error.description, help: error.help)
      }
    }
    let scene = try SceneLoading.scene(path, options)
    return try SceneRecording(
      scene, SceneRecorder(framesPerSecond: framesPerSecond), jobs: options.workers)
  }

  /// A scene runs while it is watched, unless its end is wanted first; a recording is opened.
  func run(_ path: String, replays: Bool) throws -> OpenRun {
    guard RunOpening.isScene(path), !replays else { return .replay(try source(path)) }
    return .live(try LiveSceneSource(try SceneLoading.scene(path, options)))
  }

  /// Ghosts of a prediction file over a run; what cannot be drawn is told on standard error.
  func ghosts(_ path: String?, over source: any FrameSource) throws -> [Ghost] {
    guard let path else { return [] }
    let bytes = Array(try Files.read(path))
    let predictions = try PredictionReader(path: path).accepted(bytes)
    let (ghosts, skipped) = try GhostReading(of: source).ghosts(of: predictions)
    if !options.quiet { for line in skipped { Console.note("note: not drawn: \(line)") } }
    return ghosts
  }

  /// Draws of the declared tolerances of a scene, the same as those of its truth.
  func members(_ count: Int, of source: any FrameSource) throws -> [Member] {
    guard let run = source as? any SceneRun else {
      throw ViewerError(
        .usage, "a recording has no scene to draw members of",
        remedy: "render the scene itself with --members")
    }
    let draws = SceneMembers(of: run.scene, framesPerSecond: framesPerSecond)
    guard !draws.isExact else {
      if !options.quiet { Console.note("note: all inputs are exact: the scene has no members") }
      return []
    }
    let results = Parallel.map(count, jobs: options.workers) { index in
      Result { () throws(RunFailure) in Member(try draws.run(index)) }
    }
    return try results.map { try $0.get() }
  }
}

extension Failure {
  /// An error of the viewer with its status.
  init(_ error: ViewerError) {
    let status: ExitStatus =
      switch error.kind {
      case .noDisplay, .noOpenGL, .openGL, .ffmpeg: .machineLacks
      case .nothingToDraw: .badInput
      case .output: .cannotCreate
      case .usage: .usage
      }
    self.init(status, error.message, help: error.remedy)
  }
}
