// A video of a run: raw pictures into ffmpeg.
//
// ffmpeg is a program on the PATH, not a library; where it is missing the error says so. Width and
// height are made even, which H.264 needs.

import Experience
import Foundation

/// A video file that is being written.
public final class Movie {
  private let process = Process()
  private let input = Pipe()
  private let log: URL
  public let path: String
  public let width: Int
  public let height: Int
  private var isOpen = true
  /// What the program did on a broken pipe before.
  private var whenPipeBreaks: (@convention(c) (Int32) -> Void)?

  /// - Throws: `ViewerError.ffmpeg` where it is not installed, `.output` where the folder is
  ///   missing.
  public init(path: String, width: Int, height: Int, rate: Int) throws(ViewerError) {
    (self.path, self.width, self.height) = (path, width & ~1, height & ~1)
    guard self.width > 0, self.height > 0 else {
      throw ViewerError(
        .usage, "a video of \(width)×\(height) pixels", remedy: "ask for at least 2×2")
    }
    guard let program = Movie.find("ffmpeg") else {
      throw ViewerError(
        .ffmpeg, "ffmpeg is not on the PATH, and a video needs it",
        remedy: "install it (Debian: apt install ffmpeg), or write a PNG or a contact sheet")
    }
    let folder = (path as NSString).deletingLastPathComponent
    guard FileManager.default.isWritableFile(atPath: folder.isEmpty ? "." : folder) else {
      throw ViewerError(
        .output, "cannot write \(path): the folder is missing or closed",
        remedy: "choose a folder that exists and that you may write to")
    }
    log = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-\(UUID().uuidString).log")
    _ = FileManager.default.createFile(atPath: log.path, contents: nil)
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [
      "-y", "-loglevel", "error", "-f", "rawvideo", "-pixel_format", "rgba", "-video_size",
      "\(self.width)x\(self.height)", "-framerate", "\(rate)", "-i", "-", "-an", "-c:v", "libx264",
      "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p", "-movflags", "+faststart", path,
    ]
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = (try? FileHandle(forWritingTo: log)) ?? FileHandle.nullDevice
    // a closed pipe has to be an error here, not the end of the program
    whenPipeBreaks = signal(SIGPIPE, SIG_IGN)
    do { try process.run() } catch {
      throw ViewerError(
        .ffmpeg, "\(program) does not start: \(error.localizedDescription)",
        remedy: "check that it can be run")
    }
  }

  static func find(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Adds a picture of at least the video's size; what is larger is cut.
  public func add(_ image: PixelImage) throws(ViewerError) {
    var bytes = image.bytes
    if image.width != width || image.height != height {
      var cut = PixelImage(width: width, height: height)
      cut.paste(image, x: 0, y: 0)
      bytes = cut.bytes
    }
    let handle = input.fileHandleForWriting
    do { try handle.write(contentsOf: Data(bytes)) } catch { throw failed() }
  }

  /// Waits until the file is written.
  public func close() throws(ViewerError) {
    guard isOpen else { return }
    isOpen = false
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    signal(SIGPIPE, whenPipeBreaks)
    if process.terminationStatus != 0 { throw failed() }
    try? FileManager.default.removeItem(at: log)
  }

  private func failed() -> ViewerError {
    if isOpen {
      isOpen = false
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
      signal(SIGPIPE, whenPipeBreaks)
    }
    let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    try? FileManager.default.removeItem(at: log)
    let line = text.split(separator: "\n").first.map(String.init) ?? "no reason given"
    return ViewerError(
      .ffmpeg, "ffmpeg could not write \(path): \(line)",
      remedy: "check the folder and the free space, and that ffmpeg has libx264")
  }

  /// A whole run, or a part of it. `speed` 1 is real time, 0.1 ten times slower.
  /// - Throws: `ViewerError`, and what the source throws. `progress` gets done and total.
  public static func write(
    _ source: any FrameSource, to path: String, with renderer: OffscreenRenderer,
    options: PictureOptions, rate: Int = 30, speed: Double = 1, span: ClosedRange<Double>? = nil,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws {
    let times = source.times
    guard let first = times.first, let last = times.last else {
      throw ViewerError(
        .nothingToDraw, "the recording has no frames",
        remedy: "record the run again with `plumbline run --record`")
    }
    guard speed.isFinite, speed > 0, (1...240).contains(rate) else {
      throw ViewerError(
        .usage, "a video with \(rate) pictures a second at speed \(speed)",
        remedy: "the rate must lie between 1 and 240, the speed above 0")
    }
    let (start, end) = (span?.lowerBound ?? first, span?.upperBound ?? last)
    let total = min(200_000, max(1, Int(((end - start) / speed * Double(rate)).rounded()) + 1))
    let movie = try Movie(path: path, width: options.width, height: options.height, rate: rate)
    let bounds = try Bounds(of: source, options.members)
    let trails = Trails()
    do {
      for number in 0..<total {
        let time = start + Double(number) * speed / Double(rate)
        let index = Instant.index(at: time, in: times)
        try movie.add(
          renderer.image(
            of: source, index: index, options: options, bounds: bounds, trails: trails))
        progress(number + 1, total)
      }
    } catch {
      try? movie.close()
      throw error
    }
    try movie.close()
  }
}
