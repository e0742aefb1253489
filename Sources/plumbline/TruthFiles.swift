// Truths of a data set by instance, read as far as they are asked for: in a data set from `generate` they
// stand in the order of the questions, and none is read twice.
//
// Memory      the last truths, and for every instance where it stands.

import Experience

final class TruthFiles {
  /// Truths that are kept; questions about an instance follow each other.
  private static let kept = 16

  private var readers: [RecordReader<TruthRecord>]
  /// The reader that is not at its end yet.
  private var current = 0
  private var places: [String: (reader: Int32, offset: Int)] = [:]
  private var recent: [(id: String, record: TruthRecord)] = []

  init(_ readers: [RecordReader<TruthRecord>]) { self.readers = readers }

  /// - Throws: a record on the way that cannot be read, or whose instance stands there twice.
  func record(_ id: String) throws -> TruthRecord? {
    if let known = recent.first(where: { $0.id == id }) { return known.record }
    if let place = places[id] {
      guard let record = try readers[Int(place.reader)].record(at: place.offset) else { return nil }
      keep(id, record)
      return record
    }
    while let (found, record) = try advance() { if found == id { return record } }
    return nil
  }

  /// Reads what is left, so that a damaged record is found whether or not it is asked for.
  func finish() throws { while try advance() != nil {} }

  /// The next record that belongs to an instance.
  private func advance() throws -> (id: String, record: TruthRecord)? {
    while current < readers.count {
      guard let (record, offset) = try readers[current].next() else {
        current += 1
        continue
      }
      guard let id = record.id else { continue }
      guard places.updateValue((Int32(current), offset), forKey: id) == nil else {
        throw RecordError("\(readers[current].name): the instance \(id) stands there twice")
      }
      keep(id, record)
      return (id, record)
    }
    return nil
  }

  private func keep(_ id: String, _ record: TruthRecord) {
    if recent.count == TruthFiles.kept { recent.removeLast() }
    recent.insert((id, record), at: 0)
  }
}
