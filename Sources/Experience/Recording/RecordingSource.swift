// The bytes of a recording: of a file, read where they are asked for, or in memory.

import Foundation
import Synchronization

final class RecordingSource: Sendable {
  private enum Storage: Sendable {
    case memory([UInt8])
    case file(Int32)
  }
  private let storage: Storage
  /// In bytes, when it was opened.
  let length: Int
  private let counter = Atomic<Int>(0)

  init(bytes: [UInt8]) { (storage, length) = (.memory(bytes), bytes.count) }

  init(path: String) throws(RecordingProblem) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw RecordingProblem(
        .unreadable, "cannot be opened: \(String(cString: strerror(errno)))",
        help: "check the path and the permissions (`ls -l`)")
    }
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw RecordingProblem(
        .unreadable, "is not a regular file", help: "a recording is read from a file")
    }
    (storage, length) = (.file(descriptor), Int(information.st_size))
  }

  deinit { if case .file(let descriptor) = storage { close(descriptor) } }

  var bytesRead: Int { counter.load(ordering: .relaxed) }

  /// Exactly `count` bytes from `offset` on.
  func read(_ offset: Int, _ count: Int) throws(RecordingProblem) -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= length, count <= length - offset else {
      throw RecordingProblem(
        .truncated, "the file ends at byte \(length), before byte \(offset) + \(count)",
        help: "record the scene again: `plumbline run --record FILE SCENE`")
    }
    counter.add(count, ordering: .relaxed)
    switch storage {
    case .memory(let bytes): return Array(bytes[offset..<(offset + count)])
    case .file(let descriptor):
      var out = [UInt8](repeating: 0, count: count)
      var done = 0
      while done < count {
        let got = out.withUnsafeMutableBytes { buffer in
          pread(
            descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
        }
        if got < 0, errno == EINTR { continue }
        guard got > 0 else {
          throw RecordingProblem(
            .unreadable,
            got == 0
              ? "became shorter while it was read"
              : "cannot be read: \(String(cString: strerror(errno)))",
            help: "is the file being written, or the disk failing?")
        }
        done += got
      }
      return out
    }
  }
}
