// Files with errors in plain words: what, where, and what to do.

import Experience
import Foundation

enum Files {
  /// Largest input that is read as a whole.
  static let sizeLimit = 1 << 30

  /// A whole file, or standard input for `-`.
  static func read(_ path: String) throws(Failure) -> Data {
    if path == "-" { return FileHandle.standardInput.readDataToEndOfFile() }
    _ = try kind(of: path)
    try checkSize(path)
    guard let data = FileManager.default.contents(atPath: path) else { throw unreadable(path) }
    return data
  }

  static func unreadable(_ path: String) -> Failure {
    Failure(
      .inputMissing, "cannot read `\(path)`: \(String(cString: strerror(errno)))",
      help: "check the permissions (`ls -l`)")
  }

  /// Whether the path is a regular file or a pipe.
  static func kind(of path: String) throws(Failure) -> mode_t {
    var information = stat()
    guard stat(path, &information) == 0 else {
      throw Failure(
        .inputMissing, "cannot find `\(path)`",
        help: "check the path; the current folder is \(FileManager.default.currentDirectoryPath)")
    }
    guard information.st_mode & S_IFMT != S_IFDIR else {
      throw Failure(.inputMissing, "`\(path)` is a folder, not a file", help: "name a file in it")
    }
    guard information.st_mode & S_IFMT == S_IFREG || information.st_mode & S_IFMT == S_IFIFO else {
      throw Failure(.inputMissing, "`\(path)` is not a regular file")
    }
    return information.st_mode & S_IFMT
  }

  /// - Throws: that a file is too large to be read as a whole.
  static func checkSize(_ path: String) throws(Failure) {
    var information = stat()
    guard path != "-", stat(path, &information) == 0 else { return }
    guard information.st_size <= sizeLimit else {
      throw Failure(.badInput, "`\(path)` has more than 1 GiB")
    }
  }

  /// The text of bytes from a file.
  /// - Throws: that they are none in UTF-8.
  @discardableResult
  static func text(
    of bytes: some Collection<UInt8>, from path: String
  ) throws(Failure) -> String {
    if bytes.contains(0) {
      throw Failure(.badInput, "`\(path)` is a binary file", help: "a scene is a UTF-8 text")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.badInput, "`\(path)` is not UTF-8", help: "save it as UTF-8 and try again")
    }
    return text
  }

  /// A text file in UTF-8, with its lines.
  static func text(_ path: String) throws(Failure) -> SourceText {
    SourceText(path: path, text: try string(path))
  }

  /// The text of a file in UTF-8, for files too large to look for their lines by character.
  static func string(_ path: String) throws(Failure) -> String {
    var text = try Files.text(of: try read(path), from: path)
    if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
    return text
  }

  /// Writes a whole file beside its place, flushes it and renames it: never half a file. What is
  /// there and no regular file (a device, a pipe) is written as it is: a rename would replace it.
  /// - Parameter mode: permissions, before the user's mask; narrower ones hold from the first byte.
  static func replace(_ path: String, with data: Data, mode: mode_t = 0o644) throws(Failure) {
    try replace(path, mode: mode) { descriptor, name throws(Failure) in
      try Console.write(data, to: descriptor, name: name)
    }
  }

  /// The same with a file that is written line by line.
  static func replace(
    _ path: String, lines: (inout LineWriter) throws -> Void
  ) throws {
    // what stops the lines is thrown as it is
    var stopped: (any Error)?
    do throws(Failure) {
      try replace(path, mode: 0o644) { descriptor, name throws(Failure) in
        var writer = LineWriter(to: descriptor, name: name)
        do {
          try lines(&writer)
          try writer.flush()
        } catch {
          stopped = error
          throw Failure(.inputOutput, "cannot write \(name)")
        }
      }
    } catch {
      throw stopped ?? error
    }
  }

  private static func replace(
    _ path: String, mode: mode_t, body: (Int32, String) throws(Failure) -> Void
  ) throws(Failure) {
    var information = stat()
    let kind = stat(path, &information) == 0 ? information.st_mode & S_IFMT : S_IFREG
    guard kind == S_IFREG else {
      guard kind != S_IFDIR else {
        throw Failure(
          .cannotCreate, "cannot create `\(path)`: it is a folder", help: "name a file in it")
      }
      return try fill(path, flags: O_WRONLY, mode: mode, for: path, body)
    }
    let temporary = path + ".part"
    Interruption.inFlight.withLock { $0 = temporary }
    defer { Interruption.inFlight.withLock { $0 = nil } }
    do throws(Failure) {
      try fill(temporary, flags: O_WRONLY | O_CREAT | O_TRUNC, mode: mode, for: path, body)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      throw Failure(.cannotCreate, "cannot create `\(path)`: \(reason)")
    }
  }

  /// Opens, writes and flushes; `path` is what messages name.
  private static func fill(
    _ file: String, flags: Int32, mode: mode_t, for path: String,
    _ body: (Int32, String) throws(Failure) -> Void
  ) throws(Failure) {
    let descriptor = open(file, flags, mode)
    guard descriptor >= 0 else {
      throw Failure(
        .cannotCreate, "cannot create `\(path)`: \(String(cString: strerror(errno)))",
        help: "check that the folder exists and may be written")
    }
    defer { close(descriptor) }
    // a file left by a crash keeps its old permissions when it is opened again
    if mode == 0o600 { fchmod(descriptor, mode) }
    try body(descriptor, "`\(path)`")
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw Failure(.inputOutput, "cannot flush `\(path)`: \(String(cString: strerror(errno)))")
    }
  }

  static func createFolder(_ path: String) throws(Failure) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        .cannotCreate, "cannot create the folder `\(path)`",
        help: "check that the parent folder may be written and that no file has this name")
    }
  }
}
