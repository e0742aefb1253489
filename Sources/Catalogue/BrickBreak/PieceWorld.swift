// The pieces of a brick as rigid bodies over the floor: where the grid hands over to the engine.
//
// Equation        mass, centre, velocity and moments of each piece are its own; its spin is I⁻¹·L, so that
//                 momentum and angular momentum of the grid are those of the bodies
// Discretisation  shape: convex hull of the undeformed boxes of the piece
// Source          none: conservation
// Deviation       dust (below 1 % of the mass) is left out; a hull fills the notches of a piece, which
//                 moves no mass; pieces whose hulls overlap at hand-over do not touch each other
//                 afterwards, and of more than `mostThatMeet` none does; a piece that dents the floor's pad is lifted out of it
// Validity        cracks at rest; no further breaking
// Checked by      PieceWorldTests: momenta to 1e-12, a whole brick is a box

import Experience
import Fracture
import RigidBody

struct PieceWorld {
  let setup: WorldSetup
  let start: WorldState
  /// Place in the list of pieces of each body after the floor.
  let numbers: [Int]
  /// Pairs of bodies that go through each other, because their hulls overlap or there are too many.
  let overlapping: Int
  /// Most pieces that touch each other: a heap takes the engine minutes.
  static let mostThatMeet = 4
  /// Largest way by which a piece was lifted out of the pad, in m.
  let lift: Double

  /// - Parameter floor: law of pieces on the floor and on each other.
  init(_ pieces: Pieces, of test: BrickTest, floor: ContactLaw, gravity: Double)
    throws(RunFailure)
  {
    var bodies = [Body(name: "floor", shape: .plane, motion: .fixed)]
    var poses = [Pose(position: .zero)]
    var twists = [Twist.zero]
    var numbers: [Int] = []
    var lift = 0.0
    var hulls: [[Vector3]] = []
    var normals: [[Vector3]] = []
    for (number, piece) in pieces.pieces.enumerated() where !piece.isDust {
      let turn = Quaternion(w: piece.turn.x, x: piece.turn.y, y: piece.turn.z, z: piece.turn.w)
      let hull: ConvexHull
      do {
        hull = try ConvexHull(points: PieceWorld.corners(piece, of: test.setup.lattice))
      } catch {
        throw RunFailure(
          code: "R303", "piece \(number + 1) has no volume as a rigid body: \(error.sentence)")
      }
      let i = piece.inertia
      let (moments, axes) = SymmetricTensor(
        xx: i[0], yy: i[1], zz: i[2], xy: i[3], xz: i[5], yz: i[4]
      ).principal
      var centre = PieceWorld.vector(piece.centre)
      let world = hull.vertices.map { centre + turn.rotate($0) }
      let depth = max(0, -(world.map(\.z).min() ?? 0))
      lift = max(lift, depth)
      centre.z += depth
      bodies.append(
        Body(
          name: "piece \(number + 1)", shape: .hull(hull),
          shapePose: Pose(position: .zero, orientation: axes.conjugate * turn), mass: piece.mass,
          inertia: moments))
      poses.append(Pose(position: centre, orientation: axes))
      twists.append(
        Twist(velocity: PieceWorld.vector(piece.velocity), spin: PieceWorld.vector(piece.spin)))
      numbers.append(number)
      hulls.append(hull.vertices.map { centre + turn.rotate($0) })
      normals.append(hull.normals.map { turn.rotate($0) })
    }
    var pairs = numbers.indices.map { ContactPair(a: $0 + 1, b: 0, law: floor) }
    var overlapping = 0
    for a in hulls.indices {
      for b in 0..<a {
        if hulls.count <= PieceWorld.mostThatMeet,
          PieceWorld.areApart(hulls[a], normals[a], hulls[b], normals[b])
        {
          pairs.append(ContactPair(a: a + 1, b: b + 1, law: floor))
        } else {
          overlapping += 1
        }
      }
    }
    setup = WorldSetup(bodies: bodies, pairs: pairs, gravity: Vector3(x: 0, y: 0, z: -gravity))
    start = WorldState(poses: poses, twists: twists)
    (self.numbers, self.overlapping, self.lift) = (numbers, overlapping, lift)
  }

  static func vector(_ v: SIMD3<Double>) -> Vector3 { Vector3(x: v.x, y: v.y, z: v.z) }

  /// Outermost corners of the undeformed elements on each line along x, from their common centre, in m.
  private static func corners(_ piece: Piece, of lattice: Lattice) -> [Vector3] {
    let h = lattice.edges
    var middle = SIMD3<Double>.zero
    var ends: [SIMD2<Int32>: (low: Int32, high: Int32)] = [:]
    for element in piece.elements {
      middle += lattice.centre(element: Int(element))
      let cell = lattice.cells[Int(element)]
      for corner: Int32 in 0..<4 {
        let line = SIMD2(cell.y + (corner & 1), cell.z + (corner >> 1))
        let old = ends[line] ?? (cell.x, cell.x + 1)
        ends[line] = (min(old.low, cell.x), max(old.high, cell.x + 1))
      }
    }
    middle /= Double(piece.elements.count)
    let counts = SIMD3(
      Double(lattice.counts.x), Double(lattice.counts.y), Double(lattice.counts.z))
    // in the order of the lines, so that the same piece has the same hull
    return ends.sorted { ($0.key.x, $0.key.y) < ($1.key.x, $1.key.y) }.flatMap { line, span in
      [span.low, span.high].map { x in
        let place = SIMD3(Double(x), Double(line.x), Double(line.y))
        return vector((place - 0.5 * counts) * h - middle)
      }
    }
  }

  /// Whether a face of one hull has all of the other in front of it.
  private static func areApart(
    _ a: [Vector3], _ normalsA: [Vector3], _ b: [Vector3], _ normalsB: [Vector3]
  ) -> Bool {
    func gap(_ n: Vector3, _ own: [Vector3], _ other: [Vector3]) -> Double {
      let top = own.map { n.dot($0) }.max() ?? 0
      return (other.map { n.dot($0) }.min() ?? 0) - top
    }
    return normalsA.contains { gap($0, a, b) > 0 } || normalsB.contains { gap($0, b, a) > 0 }
  }
}
