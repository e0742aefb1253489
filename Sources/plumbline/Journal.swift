// What an interrupted `generate` had finished: `partial.jsonl` in the folder of the data set.
//
// Form        one line an instance, with its truth and a checksum, appended by one write; a torn or damaged
//             line and all lines of another plan, program or seed are passed over. It is readable by its
//             owner alone, because it holds truths of the sealed split, and goes when the data set is whole.
// Same bytes  an instance depends on nothing but plan, key and number, so a data set that was interrupted
//             has the bytes of one that was not.
// Checked by  ResumeTests.

import Experience
import Foundation
import Synchronization

final class Journal: Sendable {
  struct Entry: Sendable {
    let truth: TruthRecord
    let stated: [String: Double]
  }

  private let path: String
  private let identity: String
  private let known: [String: Entry]
  private let descriptor: Mutex<Int32>

  /// Instances that need not be run again.
  var count: Int { known.count }

  /// - Parameter identity: of plan and program; lines of others do not count.
  init(folder: String, identity: String) throws(Failure) {
    path = folder + "/partial.jsonl"
    self.identity = identity
    known = Journal.entries(path, identity)
    if known.isEmpty { unlink(path) }
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw Failure(.cannotCreate, "cannot create `\(path)`: \(String(cString: strerror(errno)))")
    }
    // a torn last line must not take the next one with it
    if !known.isEmpty { _ = Foundation.write(file, "\n", 1) }
    descriptor = Mutex(file)
  }

  private static func entries(_ path: String, _ identity: String) -> [String: Entry] {
    guard let data = FileManager.default.contents(atPath: path) else { return [:] }
    var entries: [String: Entry] = [:]
    for line in data.split(separator: 10) {
      guard let json = try? JSON.parse(String(decoding: line, as: UTF8.self)),
        json["crc32"] != nil, CRC32.isIntact(json), json["of"]?.text == identity,
        let key = json["key"]?.text, let record = json["truth"],
        let truth = try? TruthRecord(json: record)
      else { continue }
      let stated = (json["stated"]?.object?.pairs ?? []).compactMap { name, value in
        value.number.map { (name, $0) }
      }
      entries[key] = Entry(
        truth: truth, stated: Dictionary(stated, uniquingKeysWith: { first, _ in first }))
    }
    return entries
  }

  /// Id, seed and values: all that an instance depends on beside the plan.
  private static func key(_ instance: DatasetBuilder.Instance) -> String {
    let values = instance.values.map { "\($0.path)=\($0.text)" }.joined(separator: ";")
    return "\(instance.id) \(instance.seed) \(Hashes.sha256(values))"
  }

  func entry(of instance: DatasetBuilder.Instance) -> Entry? { known[Journal.key(instance)] }

  /// A line that cannot be written is lost, and its instance will be run again.
  func add(_ built: DatasetBuilder.Built) {
    let line = CRC32.sealed(
      .object([
        ("of", .text(identity)), ("key", .text(Journal.key(built.instance))),
        ("truth", built.truth.json),
        (
          "stated",
          .object(built.stated.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })
        ),
      ]))
    let bytes = Array((line + "\n").utf8)
    descriptor.withLock { file in
      _ = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
    }
  }

  /// The data set is whole.
  func finish() {
    _ = descriptor.withLock { file in close(file) }
    unlink(path)
  }
}
