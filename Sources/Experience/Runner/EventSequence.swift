// Whether runs at several resolutions see the same things happen in the same order.
//
// Two events of one run whose times differ by less than their noise have no order: they are compared
// as a set. Ordinals are left out, because they follow from the order.

enum EventSequence {
  /// Where sequences part.
  struct Split: Sendable, Hashable {
    /// Earliest time, in s, of the events that differ.
    let time: Double
    let sentence: String
  }

  /// The first difference between the levels, or nil.
  static func split(of levels: [RunResult]) -> Split? {
    let sequences = levels.map { sequence($0.events) }
    let count = sequences.map(\.count).max() ?? 0
    for position in 0..<count {
      let events = sequences.map { position < $0.count ? $0[position] : nil }
      if events.allSatisfy({ $0?.key == events[0]?.key && $0 != nil }) { continue }
      let present = events.compactMap { $0 }
      let time = present.map(\.time).min() ?? 0
      let words = events.map { event in
        event.map { "\($0.name) at \(JSON.text(of: Quantum.threeFigures($0.time))) s" } ?? "nothing"
      }
      return Split(
        time: time,
        sentence:
          "the resolutions do not agree on what happens from event \(position + 1) on: \(words.joined(separator: ", ")); outcomes that are decided later count only as far as they agree"
      )
    }
    return nil
  }

  private struct Item {
    let key: String
    let name: String
    let time: Double
  }

  /// Events in order of time; those at one instant in order of their names.
  private static func sequence(_ events: [RunEvent]) -> [Item] {
    var list: [Item] = []
    var group: [Item] = []
    var last: RunEvent?
    func flush() {
      list += group.sorted { $0.key < $1.key }
      group = []
    }
    for event in events {
      if let last, event.time - last.time > event.floor + last.floor { flush() }
      let bodies = event.bodies.joined(separator: ", ")
      group.append(
        Item(
          key: "\(event.kind) \(bodies)",
          name: bodies.isEmpty ? event.name : "\(event.name) (\(bodies))", time: event.time))
      last = event
    }
    flush()
    return list
  }
}
