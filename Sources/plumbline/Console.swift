// Standard output and standard error. Data goes to the first, everything else to the second.

import Foundation

enum Console {
  /// Writes data to standard output. A closed pipe ends the program quietly; a full disk says so.
  static func write(_ text: String) throws(Failure) {
    try write(Data(text.utf8), to: 1, name: "standard output")
  }

  static func line(_ text: String) throws(Failure) { try write(text + "\n") }

  /// Writes a message to standard error; nothing can be done if that fails.
  static func note(_ text: String) {
    try? write(Data((text + "\n").utf8), to: 2, name: "standard error")
  }

  static func write(_ data: Data, to descriptor: Int32, name: String) throws(Failure) {
    var offset = 0
    while offset < data.count {
      let written = data.withUnsafeBytes { buffer in
        Foundation.write(descriptor, buffer.baseAddress.map { $0 + offset }, data.count - offset)
      }
      if written >= 0 {
        offset += written
        continue
      }
      switch errno {
      case EINTR: continue
      case EPIPE: exit(ExitStatus.done.rawValue)  // `| head` has seen enough
      case ENOSPC, EDQUOT:
        throw Failure(.inputOutput, "the disk is full while writing \(name)")
      default:
        throw Failure(.inputOutput, "cannot write \(name): \(String(cString: strerror(errno)))")
      }
    }
  }

  static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Text on standard error as it is, without a line feed.
  static func raw(_ text: String) { try? write(Data(text.utf8), to: 2, name: "standard error") }
}
