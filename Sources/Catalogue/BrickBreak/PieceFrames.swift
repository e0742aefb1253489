// Frames of pieces that fall on: the broken grid of the hand-over, moved with the bodies.
//
// Deviation  dust flies freely and stays where it meets the floor
// Validity   a second more than it takes the pieces to come to rest

import Experience
import Foundation
import Fracture
import RigidBody

struct PieceFrames {
  let fall: PieceFall
  let pieces: Pieces
  /// Skin and cracks at the hand-over.
  let mesh: TriangleMesh
  /// Piece that each vertex belongs to.
  private let owner: [Int]
  private let gravity: Double

  static let tail = 1.0

  init(fall: PieceFall, run: BrickBreakRun, mesh: TriangleMesh, gravity: Double) {
    (self.fall, self.pieces, self.mesh, self.gravity) = (fall, run.pieces, mesh, gravity)
    let surface = run.test.surface(visible: BrickShot.visible)
    owner = surface.element.flatMap { element in
      Array(repeating: Int(run.pieces.label[Int(element)]), count: 4)
    }
  }

  /// Times since the hand-over, and the mesh at each.
  var frames: [(time: Double, mesh: TriangleMesh)] {
    let end = fall.rest.map { $0 + PieceFrames.tail } ?? .infinity
    let shown = fall.log.frames.filter { $0.sample.state.time <= end }
    return shown.map { frame in
      (frame.sample.state.time, moved(frame.sample.state))
    }
  }

  private func moved(_ state: WorldState) -> TriangleMesh {
    var body = [Int](repeating: 0, count: pieces.pieces.count)
    for (index, number) in fall.world.numbers.enumerated() { body[number] = index + 1 }
    let turns = state.poses.indices.map { index in
      state.poses[index].orientation * fall.world.start.poses[index].orientation.conjugate
    }
    var result = mesh
    for (index, vertex) in mesh.vertices.enumerated() {
      let number = owner[index]
      let piece = pieces.pieces[number]
      let arm = PieceWorld.vector(vertex - piece.centre)
      guard body[number] > 0 else {
        let t = state.time
        var place = vertex + t * piece.velocity
        place.z -= 0.5 * gravity * t * t
        if place.z < 0 {
          // when it met the floor
          let up = piece.velocity.z
          let hit = (up + max(0, up * up + 2 * gravity * vertex.z).squareRoot()) / gravity
          place = vertex + max(0, hit) * piece.velocity
          place.z = 0
        }
        result.vertices[index] = place
        continue
      }
      let p = state.poses[body[number]].position + turns[body[number]].rotate(arm)
      result.vertices[index] = Point3(p.x, p.y, p.z)
    }
    return result
  }
}
