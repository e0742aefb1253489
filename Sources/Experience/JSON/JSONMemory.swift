// What stands byte by byte in several records of a file is read once, and kept once in memory.
//
//             The questions of one instance repeat its scene, and those of one slot its quantity.
// Checked by  JSONTests.

import Foundation

/// The last lists and objects of each field of the outermost object.
struct JSONMemory {
  /// Values of a field that are kept; more slots in turn than this are read anew.
  static let width = 8

  private struct Entry {
    let bytes: [UInt8]
    let value: JSON
  }
  private var keys: [String] = []
  private var entries: [[Entry]] = []
  private var next: [Int] = []

  /// The value that stands at a position, if it is known; a list or object ends itself, so nothing
  /// that follows can belong to it.
  func value(of key: String, at position: Int, in bytes: [UInt8]) -> (value: JSON, length: Int)? {
    guard position < bytes.count, let place = keys.firstIndex(of: key) else { return nil }
    for entry in entries[place] {
      let end = position + entry.bytes.count
      if end <= bytes.count, entry.bytes.elementsEqual(at: position, of: bytes) {
        return (entry.value, entry.bytes.count)
      }
    }
    return nil
  }

  mutating func keep(_ value: JSON, of key: String, _ bytes: ArraySlice<UInt8>) {
    switch value {
    case .array, .object: break
    case .null, .bool, .number, .text: return
    }
    var place = keys.firstIndex(of: key)
    if place == nil {
      place = keys.count
      keys.append(key)
      entries.append([])
      next.append(0)
    }
    guard let place else { return }
    let entry = Entry(bytes: Array(bytes), value: value)
    if entries[place].count < JSONMemory.width {
      entries[place].append(entry)
    } else {
      entries[place][next[place]] = entry
      next[place] = (next[place] + 1) % JSONMemory.width
    }
  }
}

extension [UInt8] {
  /// Whether these bytes stand in others from a position on, which must leave room for them.
  fileprivate func elementsEqual(at position: Int, of other: [UInt8]) -> Bool {
    withUnsafeBytes { mine in
      other.withUnsafeBytes { bytes in
        guard let one = mine.baseAddress, let two = bytes.baseAddress else { return isEmpty }
        return memcmp(one, two + position, count) == 0
      }
    }
  }
}
