// Where the predictions of a file stand, by question: for files too large to keep what they say.
//
// Accepts      what `PredictionReader.accepted` accepts, and refuses the rest in the same words.
// Memory       32 bytes a prediction and what the table of hashes needs; ids are read again where their
//              hashes agree.
// Checked by   PredictionIndexTests.

public struct PredictionIndex: Sendable {
  private struct Entry: Sendable {
    let offset: Int
    /// Of the file, from 1.
    let line: Int
  }

  private let path: String
  private let hash: @Sendable (String) -> Int
  private var scanner = RecordScanner()
  private var entries: [Entry] = []
  /// Entry by hash of the id; lookups alone, so that nothing depends on the order of hashes.
  private var places: [Int: Int32] = [:]
  /// Entries of ids whose hash another one has.
  private var clashes: [String: Int32] = [:]
  private var number = 0
  private var file = PredictionFile()
  /// Of the first prediction.
  public private(set) var model = ""
  public private(set) var track = ""
  /// The largest of any prediction.
  public private(set) var attempts = 1

  /// - Parameter path: as given on the command line, for messages.
  public init(path: String) { self.init(path: path) { $0.hashValue } }

  /// - Parameter hash: equal for equal ids; a test gives one that clashes.
  package init(path: String, hash: @escaping @Sendable (String) -> Int) {
    (self.path, self.hash) = (path, hash)
  }

  public var count: Int { entries.count }
  /// Lines that cannot be attributed to a question.
  public var refusals: [Diagnostic] { file.refusals }

  private func line(_ bytes: [UInt8], _ number: Int, isClosed: Bool) -> PredictionLine {
    PredictionLine(bytes: bytes, number: number, path: path, isClosed: isClosed)
  }

  /// Reads the next line.
  /// - Parameters:
  ///   - offset: by which `again` finds it.
  ///   - again: the bytes of an earlier line.
  public mutating func add(
    _ bytes: [UInt8], at offset: Int, isClosed: Bool, again: (Int) throws -> [UInt8]
  ) throws {
    number += 1
    let line = line(bytes, number, isClosed: isClosed)
    if line.isBlank { return }
    guard let prediction = try envelope(line, again) else { return }
    if entries.isEmpty { (model, track) = (prediction.model, prediction.track) }
    attempts = max(attempts, prediction.attempt)
    entries.append(Entry(offset: offset, line: number))
    let place = Int32(entries.count - 1)
    let hash = hash(prediction.id)
    if places[hash] == nil { places[hash] = place } else { clashes[prediction.id] = place }
  }

  /// The prediction of a line without its answer; `nil` where the file now has one refusal more.
  private mutating func envelope(
    _ line: PredictionLine, _ again: (Int) throws -> [UInt8]
  ) throws -> Prediction? {
    // taken out, so that earlier entries can be looked for meanwhile
    var (scanner, file) = (self.scanner, self.file)
    (self.scanner, self.file) = (RecordScanner(), PredictionFile())
    defer { (self.scanner, self.file) = (scanner, file) }
    func earlier(_ id: String) throws -> Int? { try entry(of: id, again)?.line }
    if let known = try scanner.envelope(line, earlier: earlier, into: &file) { return known }
    guard let json = line.parse(into: &file) else { return nil }
    return try line.prediction(json, withAnswer: false, earlier: earlier, into: &file)
  }

  private func entry(of id: String, _ again: (Int) throws -> [UInt8]) throws -> Entry? {
    guard let place = places[hash(id)] else { return nil }
    if let clash = clashes[id] { return entries[Int(clash)] }
    let entry = entries[Int(place)]
    var scanner = RecordScanner()
    return try read(entry, &scanner, again)?.id == id ? entry : nil
  }

  private func read(
    _ entry: Entry, _ scanner: inout RecordScanner, _ again: (Int) throws -> [UInt8]
  ) throws -> Prediction? {
    let line = line(try again(entry.offset), entry.line, isClosed: true)
    if let known = scanner.prediction(line) { return known }
    var file = PredictionFile()
    return line.parse(into: &file).flatMap {
      line.prediction($0, earlier: { _ in nil }, into: &file)
    }
  }

  /// The prediction for a question.
  public func prediction(
    _ id: String, again: (Int) throws -> [UInt8]
  ) throws -> Prediction? {
    var scanner = RecordScanner()
    return try prediction(id, by: &scanner, again: again)
  }

  /// The same for many questions in turn.
  public func prediction(
    _ id: String, by scanner: inout RecordScanner, again: (Int) throws -> [UInt8]
  ) throws -> Prediction? {
    guard let place = places[hash(id)] else { return nil }
    if let clash = clashes[id] { return try read(entries[Int(clash)], &scanner, again) }
    let prediction = try read(entries[Int(place)], &scanner, again)
    return prediction?.id == id ? prediction : nil
  }
}
