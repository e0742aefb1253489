// Compression of blocks of bytes. The only pointers to zlib.
//
// Source      zlib 1.2, RFC 1950; its ratio never exceeds 1032:1, which bounds what a block may claim

import CZlib

enum Zlib {
  /// Largest ratio of raw to stored bytes.
  static let largestRatio = 1032

  /// CRC-32 of bytes behind others whose checksum is `previous`.
  static func checksum(_ bytes: UnsafeBufferPointer<UInt8>, after previous: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32_z(uLong(previous), bytes.baseAddress, bytes.count))
  }

  /// Nil if zlib has no memory.
  static func compressed(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8]? {
    var length = compressBound(uLong(bytes.count))
    var out = [UInt8](repeating: 0, count: Int(length))
    guard compress2(&out, &length, bytes, uLong(bytes.count), level) == Z_OK else { return nil }
    out.removeLast(out.count - Int(length))
    return out
  }

  /// Exactly `count` bytes, or nil.
  static func expanded(_ bytes: [UInt8], count: Int) -> [UInt8]? {
    guard count >= 0, count <= largestRatio * bytes.count + 64 else { return nil }
    var out = [UInt8](repeating: 0, count: max(count, 1))
    var length = uLong(count)
    guard uncompress(&out, &length, bytes, uLong(bytes.count)) == Z_OK, Int(length) == count else {
      return nil
    }
    out.removeLast(out.count - count)
    return out
  }
}
