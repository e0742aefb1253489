// Sag of the middle of a brick on two supports, half way up, where no tool dents it.

/// Corners half way up in the middle and over the supports.
struct SagNodes: Sendable {
  private var middle: [Int32] = []
  private var ends: [Int32] = []

  init(_ setup: BrickSetup) {
    let lattice = setup.lattice
    guard let span = setup.span else { return }
    // the rows of nodes next to the three lines
    var nearest = [Double](repeating: .infinity, count: 3)
    var rows: [[Int32]] = [[], [], []]
    let lines = [0, -0.5 * span, 0.5 * span]
    for element in 0..<lattice.elementCount
    where Int(lattice.cells[element].z) == lattice.counts.z / 2 {
      for corner in 0..<4 {
        let x = lattice.reference(node: Int(lattice.corners[8 * element + corner])).x
        for (row, line) in lines.enumerated() {
          let distance = abs(x - line)
          if distance < nearest[row] - 1e-9 {
            nearest[row] = distance
            rows[row] = []
          }
          if distance < nearest[row] + 1e-9 { rows[row].append(Int32(8 * element + corner)) }
        }
      }
    }
    middle = rows[0]
    ends = rows[1] + rows[2]
  }

  /// In m, positive down.
  func sag(of solid: Solid) -> Double {
    guard !middle.isEmpty, !ends.isEmpty else { return 0 }
    func mean(_ corners: [Int32]) -> Double {
      var sum = 0.0
      for code in corners { sum += solid.position[solid.node(Int(code) >> 3, Int(code) & 7)].z }
      return sum / Double(corners.count)
    }
    return mean(ends) - mean(middle)
  }
}
