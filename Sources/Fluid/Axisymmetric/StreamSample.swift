// One term of the minimised functional: ½ weight·(Σ c ψ + offset)² − load·(Σ c ψ).

/// A velocity at a face or a strain, as a linear form of ψ at up to five nodes.
struct StreamSample {
  enum Kind {
    /// Diagonal strain of a cell.
    case normal(Int)
    /// Shear strain at a node.
    case shear(Int)
    /// Mass (volume weight), velocity before, force of gravity.
    case face(mass: Double, before: Double, force: Double)
  }
  var kind: Kind
  var weight = 0.0
  var load = 0.0
  /// Of a strain at a wall that moves.
  var offset = 0.0
  /// A face that is at least a third full.
  var isWet = false
  var count = 0
  var nodes = InlineArray<5, Int>(repeating: 0)
  var coefficients = InlineArray<5, Double>(repeating: 0)

  init(_ kind: Kind) { self.kind = kind }

  /// Adds c·ψ(node).
  @inline(__always)
  mutating func add(_ node: Int, _ coefficient: Double) {
    for index in 0..<count where nodes[index] == node {
      coefficients[index] += coefficient
      return
    }
    nodes[count] = node
    coefficients[count] = coefficient
    count += 1
  }

  @inline(__always)
  func value(_ psi: [Double]) -> Double {
    var sum = offset
    for index in 0..<count { sum += coefficients[index] * psi[nodes[index]] }
    return sum
  }

  /// Adds force·c to the unknowns.
  @inline(__always)
  func scatter(_ force: Double, _ unknown: [Int32], _ right: inout [Double]) {
    for index in 0..<count {
      let row = unknown[nodes[index]]
      if row >= 0 { right[Int(row)] += force * coefficients[index] }
    }
  }
}
