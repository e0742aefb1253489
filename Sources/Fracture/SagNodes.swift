// Sag of the lower side of a brick on two supports.

/// Corners of the lower side in the middle and over the supports.
struct SagNodes: Sendable {
  private var middle: [Int32] = []
  private var ends: [Int32] = []
  private let start: Double

  init(_ setup: BrickSetup) {
    let lattice = setup.lattice
    start = -0.5 * lattice.size.z
    guard let span = setup.span else { return }
    // the rows of nodes next to the three lines
    var nearest = [Double](repeating: .infinity, count: 3)
    var rows: [[Int32]] = [[], [], []]
    let lines = [0, -0.5 * span, 0.5 * span]
    for element in 0..<lattice.elementCount where lattice.cells[element].z == 0 {
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
