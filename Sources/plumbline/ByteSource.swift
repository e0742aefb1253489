// Bytes of an input, read in blocks from a file, or held in memory where it can be read once only.
//
// Memory      of a regular file one block, however large it is; a pipe and standard input are kept whole.

import Foundation

final class ByteSource {
  private static let block = 1 << 18

  let path: String
  /// -1: everything is in `bytes`.
  private let descriptor: Int32
  private var bytes: [UInt8]
  /// Of the first byte of `bytes`.
  private var start = 0
  /// Bytes that are there.
  private var length = 0
  private var isAtEnd = false

  /// - Throws: why the path cannot be read, in the words of `Files.read`.
  init(_ path: String) throws(Failure) {
    self.path = path
    guard path != "-", try Files.kind(of: path) == S_IFREG else {
      (descriptor, bytes) = (-1, [UInt8](try Files.read(path)))
      (length, isAtEnd) = (bytes.count, true)
      return
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Files.unreadable(path) }
    (self.descriptor, bytes) = (descriptor, [])
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Makes bytes from an offset on available, `count` of them if there are as many.
  private func fill(_ offset: Int, _ count: Int) throws(Failure) {
    let end = start + length
    guard descriptor >= 0, offset < start || offset + count > end,
      offset < start || offset > end || !isAtEnd
    else { return }
    if bytes.count < count { bytes = [UInt8](repeating: 0, count: max(ByteSource.block, count)) }
    (start, length, isAtEnd) = (offset, 0, false)
    while length < bytes.count {
      let read = bytes.withUnsafeMutableBytes { buffer in
        pread(
          descriptor, buffer.baseAddress.map { $0 + length }, buffer.count - length,
          off_t(offset + length))
      }
      if read == 0 {
        isAtEnd = true
        return
      }
      if read < 0 {
        if errno == EINTR { continue }
        throw Files.unreadable(path)
      }
      length += read
    }
  }

  /// The line that starts at an offset, without its line feed; `nil` behind the end.
  func line(at offset: Int) throws(Failure) -> (bytes: [UInt8], isClosed: Bool)? {
    var wanted = 1
    while true {
      try fill(offset, wanted)
      let first = offset - start
      guard first < length else { return nil }
      let end = bytes.withUnsafeBytes { buffer -> Int? in
        guard let base = buffer.baseAddress else { return nil }
        return memchr(base + first, 0x0a, length - first).map {
          UnsafeRawPointer($0) - base
        }
      }
      if let end { return (Array(bytes[first..<end]), true) }
      if isAtEnd { return (Array(bytes[first..<length]), false) }
      // the line is longer than what was read of it
      wanted = 2 * max(length - first, ByteSource.block / 2)
    }
  }

  /// Calls a closure with all bytes in turn.
  func forEachBlock(_ body: ([UInt8]) -> Void) throws(Failure) {
    var offset = 0
    while true {
      try fill(offset, ByteSource.block)
      let rest = offset - start
      guard rest < length else { return }
      let part = Array(bytes[rest..<length])
      body(part)
      offset += part.count
    }
  }
}

/// The lines of an input, one after the other.
struct LineReader {
  let source: ByteSource
  private var offset = 0

  init(_ source: ByteSource, skippingMark: Bool = true) throws(Failure) {
    self.source = source
    // some editors put a byte order mark in front
    if skippingMark, let first = try source.line(at: 0),
      first.bytes.starts(with: [0xef, 0xbb, 0xbf])
    {
      offset = 3
    }
  }

  /// The next line with its offset; `nil` at the end.
  mutating func next() throws(Failure) -> (bytes: [UInt8], offset: Int, isClosed: Bool)? {
    guard let line = try source.line(at: offset) else { return nil }
    defer { offset += line.bytes.count + 1 }
    return (line.bytes, offset, line.isClosed)
  }
}
