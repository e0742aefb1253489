// Records of a data set, one JSON object a line, read one after the other or at an offset.

import Experience
import Foundation

struct RecordReader<Record> {
  /// In the folder of the data set.
  let name: String
  private let make: (JSON) throws(RecordError) -> Record
  private var lines: LineReader
  private var reader: JSONLineReader
  private var number = 0

  /// - Parameter remembering: whether lines repeat lists and objects of those before.
  init(
    _ name: String, in folder: String, remembering: Bool = false,
    _ make: @escaping (JSON) throws(RecordError) -> Record
  ) throws {
    (self.name, self.make) = (name, make)
    lines = try LineReader(ByteSource(folder + "/" + name))
    reader = JSONLineReader(remembering: remembering)
  }

  /// The next record with its offset.
  /// - Throws: the line that is none, or is damaged.
  mutating func next() throws -> (record: Record, offset: Int)? {
    while let line = try lines.next() {
      if line.bytes.isEmpty { continue }
      number += 1
      return (try record(line.bytes, "\(name) line \(number)"), line.offset)
    }
    return nil
  }

  /// The record at an offset that `next` gave.
  mutating func record(at offset: Int) throws -> Record? {
    guard let line = try lines.source.line(at: offset) else { return nil }
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
