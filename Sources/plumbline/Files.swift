// Files with errors in plain words: what, where, and what to do.

import Experience
import Foundation

enum Files {
  /// Largest input that is read as a whole.
  static let sizeLimit = 1 << 30

  /// A whole file, or standard input for `-`.
  static func read(_ path: String) throws(Failure) -> Data {
    if path == "-" { return FileHandle.standardInput.readDataToEndOfFile() }
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
    guard information.st_size <= sizeLimit else {
      throw Failure(.badInput, "`\(path)` has more than 1 GiB")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        .inputMissing, "cannot read `\(path)`: \(String(cString: strerror(errno)))",
        help: "check the permissions (`ls -l`)")
    }
    return data
  }

  /// A text file in UTF-8.
  static func text(_ path: String) throws(Failure) -> SourceText {
    let data = try read(path)
    if data.contains(0) {
      throw Failure(.badInput, "`\(path)` is a binary file", help: "a scene is a UTF-8 text")
    }
    guard var text = String(validating: data, as: UTF8.self) else {
      throw Failure(.badInput, "`\(path)` is not UTF-8", help: "save it as UTF-8 and try again")
    }
    if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
    return SourceText(path: path, text: text)
  }

  /// Writes a whole file beside its place, flushes it and renames it: never half a file.
  static func replace(_ path: String, with data: Data) throws(Failure) {
    let temporary = path + ".part"
    Interruption.inFlight.withLock { $0 = temporary }
    defer { Interruption.inFlight.withLock { $0 = nil } }
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else {
      throw Failure(
        .cannotCreate, "cannot create `\(path)`: \(String(cString: strerror(errno)))",
        help: "check that the folder exists and may be written")
    }
    do throws(Failure) {
      try Console.write(data, to: descriptor, name: "`\(path)`")
      guard fsync(descriptor) == 0 || errno == EINVAL else {
        throw Failure(.inputOutput, "cannot flush `\(path)`: \(String(cString: strerror(errno)))")
      }
      close(descriptor)
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      throw Failure(.cannotCreate, "cannot create `\(path)`: \(reason)")
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
