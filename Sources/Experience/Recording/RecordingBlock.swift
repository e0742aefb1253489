// One block of a recording file: a tag, two lengths, a checksum, compressed bytes.
//
// Layout      4 ASCII bytes of tag | u32 stored bytes | u32 raw bytes | u32 CRC-32 of the tag, both
//             lengths and the stored bytes | stored bytes (zlib, RFC 1950). All little-endian.

struct RecordingBlock {
  enum Tag: String, CaseIterable {
    /// Stage, errors, steps: JSON.
    case stage = "STGE"
    /// Notes: JSON.
    case notes = "NOTE"
    /// A chunk of frames.
    case frames = "FRMS"
    /// Where the chunks are, and all times.
    case index = "INDX"

    /// Most raw bytes: a text grows about thirtyfold when it is parsed.
    var rawLimit: Int {
      switch self {
      case .stage, .notes: 1 << 24
      case .frames, .index: 1 << 26
      }
    }
  }

  static let headLength = 16
  let tag: Tag
  let storedLength: Int
  let rawLength: Int
  let sum: UInt32

  /// The bytes of a block. Nil if it would be too large.
  static func bytes(_ tag: Tag, _ raw: [UInt8]) -> [UInt8]? {
    guard raw.count <= tag.rawLimit, let stored = Zlib.compressed(raw) else { return nil }
    var out = ByteWriter()
    out.append(Array(tag.rawValue.utf8))
    out.fixed(UInt32(stored.count))
    out.fixed(UInt32(raw.count))
    let head = out.bytes
    out.fixed(CRC32.checksum(stored, after: CRC32.checksum(head)))
    out.append(stored)
    return out.bytes
  }

  /// The head of a block at a place of the file.
  init(head: [UInt8], at offset: Int) throws(RecordingProblem) {
    var reader = ByteReader(head)
    guard let tag = Tag(rawValue: String(decoding: try reader.slice(4), as: UTF8.self)) else {
      throw .corrupt("no block begins at byte \(offset)")
    }
    self.tag = tag
    storedLength = Int(try reader.fixed(UInt32.self))
    rawLength = Int(try reader.fixed(UInt32.self))
    sum = try reader.fixed(UInt32.self)
    guard rawLength <= tag.rawLimit, storedLength <= tag.rawLimit + (tag.rawLimit >> 8)
    else { throw .corrupt("the block at byte \(offset) claims \(rawLength) bytes") }
  }

  /// The raw bytes of a block whose head is at `offset`.
  func raw(_ stored: [UInt8], at offset: Int) throws(RecordingProblem) -> [UInt8] {
    var head = ByteWriter()
    head.append(Array(tag.rawValue.utf8))
    head.fixed(UInt32(storedLength))
    head.fixed(UInt32(rawLength))
    guard CRC32.checksum(stored, after: CRC32.checksum(head.bytes)) == sum,
      let raw = Zlib.expanded(stored, count: rawLength)
    else { throw .corrupt("the checksum of the block at byte \(offset) does not match") }
    return raw
  }
}
