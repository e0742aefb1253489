// From the axes that a solver computes in to those in which a scene is watched: z up in the room.
//
// Equation        a floor that is tilted by φ about y is level for the solver; in the room it is turned by
//                 φ about +y, so that its x axis points downhill

import Experience
import RigidBody

/// Turns vectors and attitudes of a solver into those of the room.
struct SceneAxes: Sendable {
  let turn: Quaternion
  private let matrix: Rotation

  /// - Parameter tilt: of the floor about y, in rad.
  init(tilt: Double = 0) {
    turn = tilt == 0 ? .identity : Quaternion(rotationVector: Vector3(x: 0, y: tilt, z: 0))
    matrix = turn.matrix
  }

  func point(_ vector: Vector3) -> Point3 {
    let v = turn == .identity ? vector : matrix.toWorld(vector)
    return Point3(v.x, v.y, v.z)
  }

  func attitude(_ orientation: Quaternion) -> Turn {
    let q = turn == .identity ? orientation : turn * orientation
    return Turn(q.x, q.y, q.z, q.w)
  }
}

extension PropShape {
  /// The shape of a body; the mesh of a hull is added to a stage.
  init(_ shape: RigidBody.Shape, _ stage: inout Stage) {
    switch shape {
    case .sphere(let radius): self = .sphere(radius: radius)
    case .box(let half): self = .box(half: Point3(half.x, half.y, half.z))
    case .capsule(let radius, let half): self = .capsule(radius: radius, halfLength: half)
    case .cylinder(let radius, let half): self = .cylinder(radius: radius, halfLength: half)
    case .plane: self = .plane
    case .bowl(let radius): self = .bowl(radius: radius)
    case .pipe(let radius): self = .pipe(radius: radius)
    case .hull(let hull):
      var mesh = TriangleMesh(vertices: hull.vertices.map { Point3($0.x, $0.y, $0.z) })
      for loop in hull.faces {
        for i in 1..<max(loop.count - 1, 1) {
          mesh.triangles.append(SIMD3(UInt32(loop[0]), UInt32(loop[i]), UInt32(loop[i + 1])))
        }
      }
      stage.meshes.append(mesh)
      self = .mesh(stage.meshes.count - 1)
    }
  }
}
