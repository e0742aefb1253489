// Records of a data set, one JSON object a line, read one after the other or at an offset.

import Experience
import Foundation

struct RecordReader<Record> {
  /// In the folder of the data set.
  let name: String
  private let make: (JSON) throws(RecordError) -> Record
  /// The fast way; `nil`: the general reader decides.
  private let scan: (inout RecordScanner, [UInt8]) -> Record?
  private var scanner = RecordScanner()
  private var lines: LineReader
  private var reader: JSONLineReader
  private var number = 0

  /// - Parameters:
  ///   - remembering: whether lines repeat lists and objects of those before.
  ///   - scan: makes a record of a line that is as usual, the same as `make` does.
  init(
    _ name: String, in folder: String, remembering: Bool = false,
    scan: @escaping (inout RecordScanner, [UInt8]) -> Record? = { _, _ in nil },
    _ make: @escaping (JSON) throws(RecordError) -> Record
  ) throws {
    (self.name, self.scan, self.make) = (name, scan, make)
    lines = try LineReader(ByteSource(folder + "/" + name))
    reader = JSONLineReader(remembering: remembering)
  }

  /// The next record with its offset.
  /// - Throws: the line that is none, or is damaged.
  mutating func next() throws -> (record: Record, offset: Int)? {
    while let line = try lines.next() {
      if line.bytes.isEmpty { continue }
      number += 1
      if let record = scan(&scanner, line.bytes) { return (record, line.offset) }
      return (try record(line.bytes, "\(name) line \(number)"), line.offset)
    }
    return nil
  }

  /// The record at an offset that `next` gave.
  /// - Parameter scan: instead of the reader's own.
  mutating func record(
    at offset: Int, scan other: ((inout RecordScanner, [UInt8]) -> Record?)? = nil
  ) throws -> Record? {
    guard let line = try lines.source.line(at: offset) else { return nil }
    if let record = (other ?? scan)(&scanner, line.bytes) { return record }
    return try record(line.bytes, "\(name) at byte \(offset)")
  }

  private mutating func record(_ bytes: [UInt8], _ place: String) throws -> Record {
    let json: JSON
    do { json = try reader.read(bytes) } catch {
      try Files.text(of: bytes, from: lines.source.path)
      throw RecordError("\(place): \(error.message)")
    }
    guard CRC32.isIntact(json) else {
      throw RecordError("\(place) is damaged: its checksum does not match")
    }
    do { return try make(json) } catch { throw RecordError("\(place): \(error.description)") }
  }

  /// All records from here on.
  mutating func rest() throws -> [Record] {
    var list: [Record] = []
    while let next = try next() { list.append(next.record) }
    return list
  }
}
