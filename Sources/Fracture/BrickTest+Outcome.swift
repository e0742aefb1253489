// What a run has come to.
//
// Equation        none
// Discretisation  none
// Source          none
// Deviation       none
// Validity        counts of cut faces before the cracks are at rest change with the rule
// Checked by      BrickTestTests

extension BrickTest {
  /// Two transits of a wave along the brick, in s.
  public var quietTime: Double {
    let size = setup.lattice.size
    return 2 * max(size.x, size.y, size.z) / setup.material.barSpeed
  }

  /// Nothing has softened or touched the tool for two transits.
  var isQuiet: Bool {
    switch setup.loading {
    case .bend, .pull: false
    case .strike, .fall, .free: time - max(lastSoftening, lastTouch) > quietTime
    }
  }

  /// True if the cracks are at rest, so that pieces can be counted and handed on: quiet, or nothing
  /// has softened for ten times as long while the tool lies on the brick.
  public var isSettled: Bool { isQuiet || time - lastSoftening > 10 * quietTime }

  /// Work that the cracks have taken from the brick so far, in J: softening, less what the stretch at
  /// insertion gave. A face that has lost all strength has taken G_F times its area.
  public var fractureWork: Double { cracks.dissipated + cracks.excess + cracks.stored }

  /// Number of faces that have opened, and of those without strength.
  public var openFaces: Int { cracks.faces.count }

  /// Area without strength (at least `cutOpening`), in m²: staircase and all.
  public var crackArea: Double { area { _ in 1 } }

  /// The same, each face by its share c: the true area of a plane that runs in steps.
  /// Equal to `crackArea` unless the law is projected.
  public var projectedCrackArea: Double { area { cracks.shares[$0] } }

  /// ∫ω dA, in m².
  public var meanOpenArea: Double {
    var sum = 0.0
    for index in cracks.faces.indices {
      sum += faceArea(index) * cracks.opening(of: index, in: solid)
    }
    return sum
  }

  /// Area of the points (a quarter of a face each) without any strength, in m².
  public var separatedArea: Double {
    var sum = 0.0
    for index in cracks.faces.indices { sum += separatedArea(index) }
    return sum
  }

  /// The same in one plane across `axis` at `place` (m from the middle), in m².
  public func separatedArea(axis: Int, at place: Double) -> Double {
    let lattice = setup.lattice
    var sum = 0.0
    for (index, face) in cracks.faces.enumerated() where Int(lattice.faceAxis[Int(face)]) == axis {
      if abs(lattice.centre(face: Int(face))[axis] - place) < 0.25 * lattice.edges[axis] {
        sum += separatedArea(index)
      }
    }
    return sum
  }

  private func separatedArea(_ index: Int) -> Double {
    let quarter = 0.25 * faceArea(index)
    return cracks.points[(4 * index)..<(4 * index + 4)].reduce(0) {
      $0 + ($1.isActive && $1.damage >= 1 ? quarter : 0)
    }
  }

  /// Area in one plane across `axis` at `place` (m from the middle) whose mean opening is at least
  /// `opening`, in m².
  public func cutArea(axis: Int, at place: Double, opening: Double = 0.95) -> Double {
    let lattice = setup.lattice
    var sum = 0.0
    for (index, face) in cracks.faces.enumerated() where Int(lattice.faceAxis[Int(face)]) == axis {
      guard abs(lattice.centre(face: Int(face))[axis] - place) < 0.25 * lattice.edges[axis] else {
        continue
      }
      if cracks.opening(of: index, in: solid) >= opening { sum += faceArea(index) }
    }
    return sum
  }

  /// Work that softening took from the body in one plane, in J.
  public func fractureWork(axis: Int, at place: Double) -> Double {
    let lattice = setup.lattice
    var sum = 0.0
    for (index, face) in cracks.faces.enumerated() where Int(lattice.faceAxis[Int(face)]) == axis {
      guard abs(lattice.centre(face: Int(face))[axis] - place) < 0.25 * lattice.edges[axis] else {
        continue
      }
      let law = cracks.law(of: index, in: solid)
      for point in cracks.points[(4 * index)..<(4 * index + 4)] where point.isActive {
        let taken = law.dissipated(point) + point.excess + point.stored - point.storedAtStart
        sum += 0.25 * faceArea(index) * taken
      }
    }
    return sum
  }

  /// Modulus of rupture 3PS/(2bd²) of a force (N), in Pa; nil without supports.
  public func modulusOfRupture(_ force: Double) -> Double? {
    guard let span = setup.span else { return nil }
    let size = setup.lattice.size
    return 1.5 * force * span / (size.y * size.z * size.z)
  }

  private func faceArea(_ index: Int) -> Double {
    setup.lattice.faceArea(axis: Int(setup.lattice.faceAxis[Int(cracks.faces[index])]))
  }

  private func area(_ weight: (Int) -> Double) -> Double {
    var sum = 0.0
    for index in cracks.faces.indices
    where cracks.opening(of: index, in: solid) >= setup.cutOpening {
      sum += weight(index) * faceArea(index)
    }
    return sum
  }
}
