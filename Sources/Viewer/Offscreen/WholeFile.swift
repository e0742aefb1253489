// A file that is there whole or not at all.

import Foundation

enum WholeFile {
  /// Writes beside the path and renames.
  /// - Throws: `ViewerError.output` with the reason in words.
  static func write(_ bytes: [UInt8], to path: String) throws(ViewerError) {
    let neighbour = path + ".part"
    guard let file = fopen(neighbour, "wb") else { throw refused(path) }
    let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
    let isFlushed = fclose(file) == 0
    guard isWritten, isFlushed, rename(neighbour, path) == 0 else {
      let error = refused(path)
      remove(neighbour)
      throw error
    }
  }

  private static func refused(_ path: String) -> ViewerError {
    let reason = String(cString: strerror(errno))
    return ViewerError(
      .output, "cannot write \(path): \(reason)",
      remedy: "choose a folder that exists and that you may write to")
  }
}
