// What is read from rows that have been solved: normal rows, held moments, rates along a row.

extension RowBuffer {
  /// Row of the normal of a closed contact.
  func normalRow(of contact: Int) -> Int? {
    groups.indices.first { owners[$0] == .contact(contact) && groups[$0].law != .bilateral }
      .map { groups[$0].first }
  }

  /// Held rolling and spinning of a closed contact: largest moment of the rows (N·m) and its vector.
  func heldMoment(of contact: Int, count: Int) -> Vector3? {
    for (g, group) in groups.enumerated()
    where owners[g] == .contact(contact) && group.law == .bilateral && group.count == count {
      var sum = Vector3.zero
      for row in group.first..<(group.first + count) {
        sum = sum + reaction[row] * momentOnA[row]
      }
      return sum
    }
    return nil
  }

  /// J·v of a row for 6 numbers a body.
  func measure(_ row: Int, _ motion: [Double]) -> Double {
    var sum = 0.0
    guard let group = groups.last(where: { $0.first <= row }) else { return 0 }
    for (offset, body) in [(0, group.bodyA), (6, group.bodyB)]
    where body >= 0 && !frames.isPrescribed[body] {
      for c in 0..<6 { sum += jacobian[12 * row + offset + c] * motion[6 * body + c] }
    }
    return sum
  }
}
