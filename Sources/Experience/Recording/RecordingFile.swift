// A recording on disk, `recording/1`: any frame costs one read of its chunk, wherever it is.
//
// Layout, little-endian:
//   12 bytes   89 50 4C 52 0D 0A 1A 0A ("PLR" in the manner of PNG), u32 version = 1
//   blocks     tag, lengths, checksum, zlib bytes: see RecordingBlock. In this order:
//     STGE     JSON: schema, stage, moving (numbers of the props whose poses are stored), steps,
//              errors (the largest of each kind), frames. Layout of the stage: RecordingText
//     NOTE     JSON: events, series, outcomes, audits, warnings: RecordingText
//     FRMS …   chunks of consecutive frames: RecordingChunk, RecordingColumn, RecordingTracks
//     INDX     number of chunks; each: byte of its block, frames; then the times of all frames as one
//              column of the bits of doubles
//   20 bytes   u64 byte of INDX, u32 CRC-32 of these 8 bytes, 52 4C 50 0A 0D 45 4E 44 ("RLP..END")
//
// Discretisation  rounding to the steps in STGE (RecordingGrid): positions to 5e-10 of the extent of
//                 what moves, quaternions to 5e-10, velocities to 1e-8 of the largest, forces to 5e-7,
//                 particles to 1/131070 of their box in at most 8 bytes a particle and frame
// Validity        props that never move keep the pose of the stage, bit for bit. Without an end the file
//                 is read up to its last whole chunk, and `cutOff` says so.
// Checked by      RecordingFileTests, RecordingHostileTests

import Foundation
import Synchronization

/// A recording file that is open for reading. Frames come chunk by chunk; the last chunk is kept.
public final class RecordingFile: FrameSource, Sendable {
  public static let schema = "recording/1"
  static let version: UInt32 = 1
  static let magic: [UInt8] = [0x89, 0x50, 0x4c, 0x52, 0x0d, 0x0a, 0x1a, 0x0a]
  static let endMagic: [UInt8] = [0x52, 0x4c, 0x50, 0x0a, 0x0d, 0x45, 0x4e, 0x44]
  static let footerLength = 20

  public let stage: Stage
  public let notes: RecordingNotes
  public let times: [Double]
  /// Largest errors of what the file holds, by kind and unit.
  public let errors: [NamedNumber]
  /// A sentence if the end of the file is missing; also among the warnings of the notes.
  public let cutOff: String?
  private let source: RecordingSource
  private let coder: RecordingChunk
  private let chunks: [Chunk]
  private let cache = Mutex<Cache>(Cache())

  struct Chunk: Sendable {
    var offset: Int
    var first: Int
    var count: Int
  }

  private struct Cache {
    var chunk = -1
    var frames: [Frame] = []
  }

  /// Opens a file. - Throws: `RecordingProblem`.
  public convenience init(path: String) throws(RecordingProblem) {
    do { try self.init(source: RecordingSource(path: path)) } catch { throw error.at(path) }
  }

  /// A recording whose bytes are in memory. - Throws: `RecordingProblem`.
  public convenience init(bytes: [UInt8]) throws(RecordingProblem) {
    try self.init(source: RecordingSource(bytes: bytes))
  }

  init(source: RecordingSource) throws(RecordingProblem) {
    self.source = source
    var place = RecordingFile.magic.count + 4
    try RecordingFile.checkStart(source)
    let header = try RecordingFile.json(source, .stage, &place)
    guard let stageText = header["stage"], let steps = header["steps"] else {
      throw .corrupt("the header has no stage")
    }
    let stage = try RecordingText.stage(stageText)
    var moving: [Int] = []
    for item in try RecordingText.list(header, "moving") {
      moving.append(try RecordingText.index(item, below: stage.props.count, "moving"))
    }
    guard moving.count <= stage.props.count else { throw .corrupt("too many props move") }
    let coder = RecordingChunk(
      stage: stage, grid: try RecordingGrid(json: steps), moving: moving)
    errors = coder.grid.errors
    (self.stage, self.coder) = (stage, coder)
    let promised = try RecordingText.index(header["frames"], below: 1 << 40, "frames")

    var notes: RecordingNotes
    if let index = try RecordingFile.footer(source) {
      notes = try RecordingText.notes(try RecordingFile.json(source, .notes, &place))
      (chunks, times) = try RecordingFile.index(source, at: index, from: place)
      guard times.count == promised else {
        throw .corrupt("the index has \(times.count) of \(promised) frames")
      }
      cutOff = nil
    } else {
      var words = "the file was cut off"
      do {
        notes = try RecordingText.notes(try RecordingFile.json(source, .notes, &place))
        (chunks, times) = RecordingFile.scan(source, coder, from: place)
      } catch {
        (notes, chunks, times) = (RecordingNotes(), [], [])
        words += " in its notes"
      }
      guard !times.isEmpty || promised == 0 else {
        throw RecordingProblem(
          .truncated, "\(words) before its first frame",
          help: "record the scene again: `plumbline run --record FILE SCENE`")
      }
      let sentence = "\(words): \(times.count) of \(promised) frames can be read"
      notes.warnings.append(sentence)
      cutOff = sentence
    }
    self.notes = notes
  }

  // MARK: Frames

  /// One frame. - Throws: `RecordingProblem` if its chunk is damaged or cannot be read.
  public func frame(_ index: Int) throws(RecordingProblem) -> Frame {
    guard times.indices.contains(index) else {
      throw RecordingProblem(
        .unfit, "there is no frame \(index): the recording has \(times.count)",
        help: "ask for a frame from 0 on")
    }
    // the chunk whose first frame is the last one at or before it
    var (low, high) = (0, chunks.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if chunks[middle].first <= index { low = middle } else { high = middle }
    }
    let chunk = chunks[low]
    let result = cache.withLock { cache -> Result<Frame, RecordingProblem> in
      do throws(RecordingProblem) {
        if cache.chunk != low {
          cache.frames = try RecordingFile.frames(source, coder, chunk)
          cache.chunk = low
        }
        return .success(cache.frames[index - chunk.first])
      } catch {
        cache = Cache()
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Bytes that were read from the file so far.
  public var bytesRead: Int { source.bytesRead }

  private static func frames(
    _ source: RecordingSource, _ coder: RecordingChunk, _ chunk: Chunk
  ) throws(RecordingProblem) -> [Frame] {
    var place = chunk.offset
    let raw = try block(source, .frames, &place)
    let (first, frames) = try coder.read(raw)
    guard first == chunk.first, frames.count == chunk.count else {
      throw .corrupt("the chunk at byte \(chunk.offset) is not the one of the index")
    }
    return frames
  }

  // MARK: Parts

  private static func checkStart(_ source: RecordingSource) throws(RecordingProblem) {
    let start = try source.read(0, min(source.length, magic.count + 4))
    guard start.starts(with: magic) else {
      guard !magic.starts(with: start) else {
        throw RecordingProblem(
          .truncated, "the file ends in its first \(start.count) bytes",
          help: "record the scene again: `plumbline run --record FILE SCENE`")
      }
      throw RecordingProblem(
        .notARecording, "this is not a recording",
        help: "`plumbline run --record FILE SCENE` makes one")
    }
    guard start.count == magic.count + 4 else {
      throw RecordingProblem(
        .truncated, "the file ends in its first \(start.count) bytes",
        help: "record the scene again: `plumbline run --record FILE SCENE`")
    }
    var reader = ByteReader(Array(start.dropFirst(magic.count)))
    let found = try reader.fixed(UInt32.self)
    guard found == version else {
      throw RecordingProblem(
        .otherVersion, "this is a recording of version \(found), and this release reads \(version)",
        help: "record the scene again with this release, or open it with the one that made it")
    }
  }

  /// Byte of the index block, or nil if the file has no end.
  private static func footer(_ source: RecordingSource) throws(RecordingProblem) -> Int? {
    guard source.length >= magic.count + 4 + footerLength else { return nil }
    let bytes = try source.read(source.length - footerLength, footerLength)
    guard bytes.suffix(8) == endMagic[...] else { return nil }
    var reader = ByteReader(bytes)
    let (place, sum) = (try reader.fixed(UInt64.self), try reader.fixed(UInt32.self))
    guard CRC32.checksum(bytes.prefix(8)) == sum, place < UInt64(source.length) else { return nil }
    return Int(place)
  }

  static func block(
    _ source: RecordingSource, _ tag: RecordingBlock.Tag, _ place: inout Int
  ) throws(RecordingProblem) -> [UInt8] {
    let offset = place
    let head = try RecordingBlock(
      head: try source.read(offset, RecordingBlock.headLength), at: offset)
    guard head.tag == tag else {
      throw .corrupt("the block at byte \(offset) is `\(head.tag.rawValue)`, not `\(tag.rawValue)`")
    }
    let stored = try source.read(offset + RecordingBlock.headLength, head.storedLength)
    place = offset + RecordingBlock.headLength + head.storedLength
    return try head.raw(stored, at: offset)
  }

  private static func json(
    _ source: RecordingSource, _ tag: RecordingBlock.Tag, _ place: inout Int
  ) throws(RecordingProblem) -> JSON {
    let text = String(decoding: try block(source, tag, &place), as: UTF8.self)
    do { return try JSON.parse(text) } catch {
      throw .corrupt("the block `\(tag.rawValue)` is no JSON: \(error.message)")
    }
  }

  private static func index(
    _ source: RecordingSource, at offset: Int, from start: Int
  ) throws(RecordingProblem) -> (chunks: [Chunk], times: [Double]) {
    var place = offset
    var reader = ByteReader(try block(source, .index, &place))
    var chunks: [Chunk] = []
    var total = 0
    for _ in 0..<(try reader.count(each: 2)) {
      let place = try reader.index(below: source.length)
      let count = try reader.index(below: RecordingChunk.frameLimit + 1)
      guard place >= start, count > 0 else { throw .corrupt("the index has an empty chunk") }
      chunks.append(Chunk(offset: place, first: total, count: count))
      total += count
    }
    let bits = try RecordingColumn.read(total, from: &reader)
    let times = bits.map { Double(bitPattern: UInt64(bitPattern: $0)) }
    guard zip(times, times.dropFirst()).allSatisfy(<=), times.allSatisfy(\.isFinite) else {
      throw .corrupt("the times of the index do not ascend")
    }
    return (chunks, times)
  }

  /// Whole chunks of a file without an end.
  private static func scan(
    _ source: RecordingSource, _ coder: RecordingChunk, from start: Int
  ) -> (chunks: [Chunk], times: [Double]) {
    var chunks: [Chunk] = []
    var times: [Double] = []
    var place = start
    while true {
      let offset = place
      guard let raw = try? block(source, .frames, &place),
        let (first, frames) = try? coder.read(raw),
        first == times.count, !frames.isEmpty, frames.allSatisfy({ $0.time.isFinite }),
        zip(frames, frames.dropFirst()).allSatisfy({ $0.time <= $1.time }),
        times.last ?? -.infinity <= frames[0].time
      else { return (chunks, times) }
      chunks.append(Chunk(offset: offset, first: first, count: frames.count))
      times += frames.map(\.time)
    }
  }
}
