// Writes a recording: as bytes chunk by chunk, or as a whole file beside its place that is flushed and
// then renamed, so that half a recording never has its name.

import Foundation

extension RecordingFile {
  /// Frames of a chunk, and raw bytes after which a chunk is closed.
  private static let chunkFrames = 64
  private static let chunkBytes = 2 << 20

  /// Hands the bytes of a recording out, piece by piece.
  /// - Throws: `RecordingProblem.unfit` for numbers that are not finite, and what `source` and `emit`
  ///   throw.
  public static func encode(
    _ source: some FrameSource, emit: ([UInt8]) throws -> Void
  ) throws {
    try checkTexts(source)
    let (grid, moving) = try RecordingGrid.survey(source)
    let times = source.times
    let coder = RecordingChunk(stage: source.stage, grid: grid, moving: moving)
    var place = 0
    func send(_ bytes: [UInt8]) throws {
      place += bytes.count
      try emit(bytes)
    }
    func send(_ tag: RecordingBlock.Tag, _ raw: [UInt8]) throws {
      guard let bytes = RecordingBlock.bytes(tag, raw) else {
        throw RecordingProblem(
          .unfit,
          "a block `\(tag.rawValue)` has \(raw.count) bytes, more than a recording can hold",
          help: "record fewer frames, or fewer particles")
      }
      try send(bytes)
    }
    var start = ByteWriter()
    start.append(magic)
    start.fixed(version)
    try send(start.bytes)
    let header = JSON.object([
      ("schema", .text(schema)), ("frames", .number(Double(times.count))),
      ("stage", RecordingText.json(source.stage)),
      ("moving", .numbers(moving.map { Double($0) })), ("steps", grid.json),
      ("errors", .object(grid.errors.map { ($0.name, JSON.number($0.value)) })),
    ])
    try send(.stage, Array(header.line.utf8))
    try send(.notes, Array(RecordingText.json(source.notes).line.utf8))

    var index = ByteWriter()
    var chunks: [(place: Int, count: Int)] = []
    var first = 0
    while first < times.count {
      let frames = try chunk(source, from: first, count: times.count)
      chunks.append((place, frames.count))
      try send(.frames, coder.write(frames, first: first))
      first += frames.count
    }
    let indexPlace = place
    index.count(chunks.count)
    for chunk in chunks {
      index.count(chunk.place)
      index.count(chunk.count)
    }
    RecordingColumn.write(times.map { Int64(bitPattern: $0.bitPattern) }, to: &index)
    try send(.index, index.bytes)
    var footer = ByteWriter()
    footer.fixed(UInt64(indexPlace))
    footer.fixed(CRC32.checksum(footer.bytes))
    footer.append(endMagic)
    try send(footer.bytes)
  }

  /// Stage and notes have to be readable again.
  private static func checkTexts(_ source: some FrameSource) throws(RecordingProblem) {
    do {
      _ = try RecordingText.stage(RecordingText.json(source.stage))
      _ = try RecordingText.notes(RecordingText.json(source.notes))
    } catch {
      throw RecordingProblem(
        .unfit, "stage or notes cannot be kept: \(error.description)",
        help: "numbers of props and events are finite, colours from 0, meshes named by their index")
    }
  }

  /// The frames of the next chunk: at most 64, fewer of large ones.
  private static func chunk(
    _ source: some FrameSource, from first: Int, count total: Int
  ) throws -> [Frame] {
    let props = max(source.stage.props.count, 1)
    let most = min(chunkFrames, max(1, RecordingChunk.poseLimit / props), total - first)
    var frames: [Frame] = []
    var (size, marks) = (0, 0)
    while frames.count < most {
      let frame = try source.frame(first + frames.count)
      let more = frame.contacts.count + frame.arrows.count + frame.lines.count + frame.labels.count
      guard more <= RecordingTracks.markLimit else {
        throw RecordingProblem(
          .unfit, "frame \(first + frames.count) has \(more) marks",
          help: "a frame holds at most \(RecordingTracks.markLimit)")
      }
      size += frame.rawSize
      marks += more
      guard frames.isEmpty || (size <= chunkBytes && marks <= RecordingTracks.markLimit) else {
        break
      }
      frames.append(frame)
    }
    return frames
  }

  /// The bytes of a recording in memory.
  public static func bytes(of source: some FrameSource) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try encode(source) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// The file that is written before it is renamed to `path`.
  public static func neighbour(of path: String) -> String { path + ".part" }

  /// Writes a file and tells its size in bytes. What is at `path` is replaced only when all is written.
  /// - Throws: `RecordingProblem`, or what `source` throws.
  @discardableResult
  public static func write(_ source: some FrameSource, to path: String) throws -> Int {
    let neighbour = neighbour(of: path)
    func failure(_ what: String) -> RecordingProblem {
      RecordingProblem(
        .unwritable, "cannot write `\(path)`: \(what): \(String(cString: strerror(errno)))",
        help: "check that the folder exists, may be written and has room")
    }
    var information = stat()
    if stat(path, &information) == 0, information.st_mode & S_IFMT != S_IFREG {
      throw RecordingProblem(
        .unwritable, "cannot write `\(path)`: it is no regular file", help: "name a file")
    }
    let descriptor = open(neighbour, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("no file can be made there") }
    var size = 0
    do {
      defer { close(descriptor) }
      try encode(source) { bytes in
        var done = 0
        while done < bytes.count {
          let written = bytes.withUnsafeBytes { buffer in
            Foundation.write(
              descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done)
          }
          if written < 0, errno == EINTR { continue }
          guard written > 0 else { throw failure("after \(size + done) bytes") }
          done += written
        }
        size += bytes.count
      }
      guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("flushing") }
    } catch {
      unlink(neighbour)
      throw error
    }
    guard rename(neighbour, path) == 0 else {
      let problem = failure("renaming")
      unlink(neighbour)
      throw problem
    }
    return size
  }
}

extension Frame {
  /// Bytes that a frame takes before compression, about.
  fileprivate var rawSize: Int {
    let marks = 40 * contacts.count + 25 * arrows.count + 16 * labels.count
    let points = lines.reduce(0) { $0 + $1.points.count }
    let meshes = surfaces.reduce(0) { $0 + 12 * $1.vertices.count + 6 * $1.triangles.count }
    return 60 * poses.count + marks + 12 * points + 10 * particles.positions.count + meshes
  }
}
