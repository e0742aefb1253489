// Which faces open now.
//
// Equation        a face opens where σ_eff = √(⟨t_n⟩² + |t_t|²) reaches its strength with t_n > 0 at two
//                 of its four corners or more; t is the mean of both sides
//                 projected: strength c·f_t and energy c·G_F with c = |n·n_p|, n_p the direction of the
//                 largest principal stress, so that a staircase costs G_F per area of the true plane
// Discretisation  stresses are recovered only where the strain energy of an element says that the
//                 strength could be reached (HexElement.tractionBound): nothing is missed
// Source          extrinsic insertion: Camacho & Ortiz 1996, Int. J. Solids Struct. 33, 2899
// Deviation       none
// Validity        called with the elastic energies of the same positions; β = 1
// Checked by      CohesiveFacesTests: bound against all faces, splitting of a pulled bar

extension CohesiveFaces {
  /// Below this share a face is nearly parallel to the tension and stays closed.
  static let leastShare = 0.2

  /// Opens all faces that have reached their strength and splits their nodes. True if one did: forces
  /// must then be evaluated again.
  mutating func insert(
    into solid: inout Solid, partition: CornerPartition, isProjected: Bool
  ) -> Bool {
    // groups of four that could matter
    let lattice = solid.lattice
    let bound = 2 * solid.element.tractionBound
    var largest = SIMD4<Double>.zero
    for energy in solid.strainEnergy { largest = pointwiseMax(largest, energy) }
    guard (bound * largest.max()).squareRoot() >= lowestStrength else { return false }
    var reach = [Double](repeating: 0, count: lattice.elementCount)
    for element in reach.indices {
      let energy = solid.strainEnergy[element >> 2][element & 3]
      reach[element] = (bound * max(energy, 0)).squareRoot()
    }
    var wanted = [Int32](repeating: -1, count: solid.groupCount)
    var near: [Int32] = []
    for face in 0..<lattice.faceCount where !isOpen[face] {
      let (low, high) = (Int(lattice.faceLow[face]), Int(lattice.faceHigh[face]))
      if 0.5 * (reach[low] + reach[high]) >= strength[face] {
        near.append(Int32(face))
        wanted[low >> 2] = 0
        wanted[high >> 2] = 0
      }
    }
    guard !near.isEmpty else { return false }
    let stresses = StressTable(solid: &solid, wanted: &wanted)

    var touched: [SIMD3<Int>] = []
    for number in near {
      let face = Int(number)
      var share = 1.0
      if isProjected {
        let axis = Int(lattice.faceAxis[face])
        share = abs(stresses.principal(of: face, in: lattice)[axis])
        if share < Self.leastShare { continue }
      }
      var count = 0
      for place in 0..<4 {
        let t = stresses.traction(of: face, place, in: lattice)
        if t.x > 0, (t * t).sum().squareRoot() >= share * strength[face] { count += 1 }
      }
      guard count >= 2 else { continue }
      open(face, share: share)
      touched += lattice.corners(of: face)
    }
    guard !touched.isEmpty else { return false }
    // all splits of a sweep at once; a place that comes twice changes nothing the second time
    for place in touched { solid.split(at: place, isOpen: isOpen, partition: partition) }
    wakePoints(in: &solid)
    return true
  }

  // points whose corners have just come apart take over the traction of both sides
  private mutating func wakePoints(in solid: inout Solid) {
    var woken: [Int] = []
    var wanted = [Int32](repeating: -1, count: solid.groupCount)
    for index in points.indices where !points[index].isActive {
      let pair = nodes(of: index, in: solid)
      guard pair.low != pair.high else { continue }
      woken.append(index)
      let face = Int(faces[index / 4])
      wanted[Int(solid.lattice.faceLow[face]) >> 2] = 0
      wanted[Int(solid.lattice.faceHigh[face]) >> 2] = 0
    }
    let stresses = StressTable(solid: &solid, wanted: &wanted)
    for index in woken {
      let t = stresses.traction(of: Int(faces[index / 4]), index % 4, in: solid.lattice)
      wake(index, traction: t, in: solid)
    }
  }
}

/// Corner stresses of the groups that were asked for.
struct StressTable {
  private let stresses: [SIMD4<Double>]
  private let slots: [Int32]

  /// `wanted` is 0 for each group that is needed, −1 for the others.
  init(solid: inout Solid, wanted: inout [Int32]) {
    var chosen: [Int32] = []
    for group in wanted.indices where wanted[group] == 0 {
      wanted[group] = Int32(chosen.count)
      chosen.append(Int32(group))
    }
    slots = wanted
    stresses = solid.cornerStresses(of: chosen)
  }

  private func stress(_ element: Int, _ corner: Int, _ part: Int) -> Double {
    stresses[48 * Int(slots[element >> 2]) + 6 * corner + part][element & 3]
  }

  /// Mean traction (Pa) of both sides at place 0 … 3 of a face; normal first, in the frame of the face.
  func traction(of face: Int, _ place: Int, in lattice: Lattice) -> SIMD3<Double> {
    let axis = Int(lattice.faceAxis[face])
    let (low, high) = (Int(lattice.faceLow[face]), Int(lattice.faceHigh[face]))
    let corner = Lattice.faceCorner(axis, place)
    func mean(_ part: Int) -> Double {
      0.5 * (stress(low, corner, part) + stress(high, corner & ~(1 << axis), part))
    }
    // tractionRows, from the normal on
    switch axis {
    case 0: return SIMD3(mean(0), mean(3), mean(5))
    case 1: return SIMD3(mean(1), mean(4), mean(3))
    default: return SIMD3(mean(2), mean(5), mean(4))
    }
  }

  /// Unit vector of the largest principal value of the mean stress on both sides of a face.
  func principal(of face: Int, in lattice: Lattice) -> SIMD3<Double> {
    let (low, high) = (Int(lattice.faceLow[face]), Int(lattice.faceHigh[face]))
    var mean = [Double](repeating: 0, count: 6)
    for part in 0..<6 {
      for corner in 0..<8 { mean[part] += stress(low, corner, part) + stress(high, corner, part) }
      mean[part] /= 16
    }
    return largestPrincipalDirection(mean)
  }
}
