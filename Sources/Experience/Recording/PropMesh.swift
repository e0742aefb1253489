// The surface of a prop as triangles, for exports.
//
// Discretisation  sphere 32×16, other round forms 48 around: within 0.5 % of the radius
// Validity        surfaces without end (plane, pipe) are cut at `reach`; bowls and pipes face inwards

import Foundation

/// Triangles with a normal at every vertex, in the axes of the prop.
struct PropMesh {
  private(set) var points: [Point3] = []
  private(set) var normals: [Point3] = []
  private(set) var triangles: [SIMD3<UInt32>] = []

  /// - Parameters: `reach`: half length of what has no end, in m; `meshes` of the stage.
  init(_ shape: PropShape, reach: Double, meshes: [TriangleMesh]) {
    switch shape {
    case .sphere(let radius): addProfile(PropMesh.arc(radius))
    case .bowl(let radius): addProfile(PropMesh.arc(radius), isHollow: true)
    case .capsule(let radius, let half): addProfile(PropMesh.arc(radius, stretchedBy: half))
    case .cylinder(let radius, let half):
      addProfile([(radius, -half, 1, 0), (radius, half, 1, 0)])
      addProfile([(0, -half, 0, -1), (radius, -half, 0, -1)])
      addProfile([(radius, half, 0, 1), (0, half, 0, 1)])
    case .pipe(let radius):
      addProfile([(radius, -reach, 1, 0), (radius, reach, 1, 0)], isHollow: true)
    case .box(let half): addBox(half)
    case .plane:
      let corners = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)]
      addFace(corners.map { Point3($0.0 * reach, $0.1 * reach, 0) }, Point3(0, 0, 1))
    case .mesh(let index):
      guard meshes.indices.contains(index) else { return }
      let mesh = meshes[index]
      for triangle in mesh.triangles {
        let corners = (0..<3).map { mesh.vertices[Int(triangle[$0])] }
        let normal = PropMesh.cross(corners[1] - corners[0], corners[2] - corners[0])
        let size = (normal * normal).sum().squareRoot()
        addFace(corners, size > 0 ? normal / size : Point3(0, 0, 1))
      }
    }
  }

  private static func cross(_ a: Point3, _ b: Point3) -> Point3 {
    Point3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }

  /// Radius, height and both components of the normal, from the lower pole to the upper one.
  private typealias Profile = [(radius: Double, height: Double, outwards: Double, up: Double)]

  private static func arc(_ radius: Double, stretchedBy half: Double = 0) -> Profile {
    let count = 16
    var profile: Profile = []
    for k in 0...count {
      let angle = Double.pi * (Double(k) / Double(count) - 0.5)
      // exact at the poles
      let (c, s) = (k == 0 || k == count ? 0 : cos(angle), sin(angle))
      if half > 0, 2 * k == count { profile.append((radius, -half, 1, 0)) }
      profile.append((radius * c, radius * s + (2 * k < count ? -half : half), c, s))
    }
    return profile
  }

  /// A surface of revolution about z.
  private mutating func addProfile(_ profile: Profile, isHollow: Bool = false) {
    let around = 48
    let base = UInt32(points.count)
    let sign: Double = isHollow ? -1 : 1
    for ring in profile {
      for k in 0...around {
        let angle = 2 * Double.pi * Double(k % around) / Double(around)
        let (c, s) = (cos(angle), sin(angle))
        points.append(Point3(ring.radius * c, ring.radius * s, ring.height))
        normals.append(sign * Point3(ring.outwards * c, ring.outwards * s, ring.up))
      }
    }
    let row = UInt32(around + 1)
    for ring in 0..<UInt32(profile.count - 1) {
      for k in 0..<UInt32(around) {
        let (a, b) = (base + ring * row + k, base + ring * row + k + 1)
        let (c, d) = (a + row, b + row)
        // no triangles without area at the poles
        if profile[Int(ring)].radius > 0 {
          triangles.append(isHollow ? SIMD3(a, d, b) : SIMD3(a, b, d))
        }
        if profile[Int(ring) + 1].radius > 0 {
          triangles.append(isHollow ? SIMD3(a, c, d) : SIMD3(a, d, c))
        }
      }
    }
  }

  /// A convex face, counter-clockwise about its normal.
  private mutating func addFace(_ corners: [Point3], _ normal: Point3) {
    let base = UInt32(points.count)
    points += corners
    normals += Array(repeating: normal, count: corners.count)
    for k in 1..<UInt32(corners.count - 1) { triangles.append(SIMD3(base, base + k, base + k + 1)) }
  }

  private mutating func addBox(_ half: Point3) {
    for axis in 0..<3 {
      let (u, v) = ((axis + 1) % 3, (axis + 2) % 3)
      for sign in [-1.0, 1.0] {
        var normal = Point3.zero
        normal[axis] = sign
        let corners = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { pair in
          var corner = Point3.zero
          corner[axis] = sign * half[axis]
          corner[u] = sign * pair.0 * half[u]
          corner[v] = pair.1 * half[v]
          return corner
        }
        addFace(corners, normal)
      }
    }
  }
}

extension FramePose {
  /// A vector of the prop's axes in world axes.
  func turned(_ vector: Point3) -> Point3 {
    let u = Point3(turn.x, turn.y, turn.z)
    func cross(_ a: Point3, _ b: Point3) -> Point3 {
      Point3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    }
    let t = 2 * cross(u, vector)
    return vector + turn.w * t + cross(u, t)
  }

  /// Velocity of the material at an offset from the origin, world axes, in m/s.
  func velocity(at offset: Point3) -> Point3 {
    velocity
      + Point3(
        spin.y * offset.z - spin.z * offset.y, spin.z * offset.x - spin.x * offset.z,
        spin.x * offset.y - spin.y * offset.x)
  }
}

extension FrameSource {
  /// How far surfaces without end are drawn, in m: one and a half times the room that everything takes.
  func reach() throws -> Double {
    var far = 0.0
    let bodies = stage.props.indices.filter {
      switch stage.props[$0].shape {
      case .plane, .pipe: false
      default: true
      }
    }
    for index in times.indices {
      let frame = try frame(index)
      for body in bodies {
        let place = frame.poses[body].position
        let size = stage.size(of: stage.props[body].shape)
        far = max(far, abs(place.x) + size, abs(place.y) + size, abs(place.z) + size)
      }
      for position in frame.particles.positions {
        far = max(far, Double(abs(position.x)), Double(abs(position.y)), Double(abs(position.z)))
      }
    }
    return far > 0 ? 1.5 * far : 1
  }
}
