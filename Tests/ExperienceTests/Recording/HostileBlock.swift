@testable import Experience

/// A block of a recording that is taken apart to be put together wrongly, with right checksums.
struct HostileBlock {
  let offset: Int
  let length: Int
  let tag: RecordingBlock.Tag
  let raw: [UInt8]

  static func all(of bytes: [UInt8]) throws -> [HostileBlock] {
    var place = 12
    var blocks: [HostileBlock] = []
    while place < bytes.count - 20 {
      let head = try RecordingBlock(
        head: Array(bytes[place..<(place + RecordingBlock.headLength)]), at: place)
      let start = place + RecordingBlock.headLength
      let stored = Array(bytes[start..<(start + head.storedLength)])
      blocks.append(
        HostileBlock(
          offset: place, length: RecordingBlock.headLength + head.storedLength, tag: head.tag,
          raw: try head.raw(stored, at: place)))
      place = start + head.storedLength
    }
    return blocks
  }

  /// The file with other bytes in this block. The footer still points to the old index, so that the
  /// file is read as one that was cut off unless the lengths agree.
  func replaced(by raw: [UInt8], in bytes: [UInt8]) throws -> [UInt8] {
    let block = RecordingBlock.bytes(tag, raw) ?? []
    var file = Array(bytes[..<offset]) + block + Array(bytes[(offset + length)...])
    // the index moves with the length of what stands before it
    var footer = ByteWriter()
    let old = bytes.suffix(20).prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    let shift = offset < Int(old) ? block.count - length : 0
    footer.fixed(UInt64(Int(old) + shift))
    footer.fixed(CRC32.checksum(footer.bytes))
    footer.append(RecordingFile.endMagic)
    file.replaceSubrange((file.count - 20)..., with: footer.bytes)
    return file
  }
}
