// Nodes that come apart where faces have opened.
//
// Equation        none: mass, momentum and energy stay, since a copy moves as its original
// Discretisation  the set that holds the lowest corner keeps the node, every other one gets a copy;
//                 a node weighs as many eighths of an element as it has corners
// Source          see CornerPartition
// Deviation       none
// Validity        faces only open, never close again
// Checked by      SolidSplitTests

extension Solid {
  /// Separates the corners at a place of the grid as far as open faces allow.
  mutating func split(at place: SIMD3<Int>, isOpen: [Bool], partition: CornerPartition) {
    var owners = [Int](repeating: -1, count: 8)
    for octant in 0..<8 {
      let cell = SIMD3(
        place.x - (octant & 1 == 0 ? 1 : 0), place.y - (octant & 2 == 0 ? 1 : 0),
        place.z - (octant & 4 == 0 ? 1 : 0))
      owners[octant] = lattice.element(at: cell) ?? -1
    }
    var mask = 0
    for (face, pair) in CornerPartition.pairs.enumerated() {
      let (low, high) = (owners[pair.low], owners[pair.high])
      if low < 0 || high < 0 || isOpen[Int(lattice.faceAbove[3 * low + face / 4])] {
        mask |= 1 << face
      }
    }

    // sets in the order of their lowest octant; the first one to ask keeps the node
    var nodeOfSet = [Int](repeating: -1, count: 8)
    var kept: [Int] = []
    for octant in 0..<8 where owners[octant] >= 0 {
      let set = partition.label(mask: mask, octant: octant)
      let corner = 7 - octant
      let old = node(owners[octant], corner)
      if nodeOfSet[set] < 0 {
        if kept.contains(old) {
          nodeOfSet[set] = position.count
          position.append(position[old])
          velocity.append(velocity[old])
          force.append(.zero)
          mass.append(0)
        } else {
          kept.append(old)
          nodeOfSet[set] = old
        }
      }
      setNode(owners[octant], corner, nodeOfSet[set])
    }
    for set in 0..<8 where nodeOfSet[set] >= 0 {
      var share = 0
      for octant in 0..<8 where owners[octant] >= 0 {
        if nodeOfSet[partition.label(mask: mask, octant: octant)] == nodeOfSet[set] { share += 1 }
      }
      mass[nodeOfSet[set]] = Double(share) * cornerMass
    }
  }

  private mutating func setNode(_ element: Int, _ corner: Int, _ node: Int) {
    corners[8 * (element >> 2) + corner][element & 3] = Int32(node)
    // the last group is filled up with copies of the last element
    if element == lattice.elementCount - 1 {
      for lane in (element & 3)..<4 { corners[8 * (element >> 2) + corner][lane] = Int32(node) }
    }
  }
}
