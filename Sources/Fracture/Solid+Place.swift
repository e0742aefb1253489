// A solid put into a given shape, and what it stores there.

extension Solid {
  /// Puts each node where `map` sends its reference place (m from the middle of the lattice) and finds
  /// the rotations and strain energies of the elements from those of before.
  public mutating func place(_ map: (SIMD3<Double>) -> SIMD3<Double>) {
    precondition(nodeCount == lattice.nodeCount, "a solid is placed before its nodes come apart")
    for node in 0..<nodeCount {
      position[node] = SIMD4(map(lattice.reference(node: node)), 0)
      force[node] = .zero
    }
    addElasticForces()
  }
}
