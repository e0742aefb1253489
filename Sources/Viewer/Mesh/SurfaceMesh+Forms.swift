// Makers of the forms that a prop can have.
//
// Rings run about z. Forms of unit size are scaled where they are drawn; capsules, whose caps must
// stay round, are made to measure.

import Experience
import Foundation

extension SurfaceMesh {
  /// A body of revolution about z: rows of (radius, height, normal), from the bottom to the top.
  /// A row of radius 0 is a pole.
  private static func revolved(
    _ rows: [(radius: Double, height: Double, normal: SIMD2<Double>)], sides: Int
  ) -> SurfaceMesh {
    var mesh = SurfaceMesh()
    for row in rows {
      for side in 0...sides {
        let angle = 2 * Double.pi * Double(side % sides) / Double(sides)
        let (c, s) = (cos(angle), sin(angle))
        mesh.add(
          Point3(row.radius * c, row.radius * s, row.height),
          Point3(row.normal.x * c, row.normal.x * s, row.normal.y))
      }
    }
    let width = UInt32(sides + 1)
    for row in 0..<UInt32(rows.count - 1) {
      let (below, over) = (rows[Int(row)], rows[Int(row) + 1])
      if below.radius == over.radius && below.height == over.height { continue }
      for side in 0..<UInt32(sides) {
        let a = row * width + side
        if below.radius > 0 { mesh.triangle(a, a + 1, a + width + 1) }
        if over.radius > 0 { mesh.triangle(a, a + width + 1, a + width) }
      }
    }
    return mesh
  }

  /// A ball of radius 1 with `sides` around and half as many from pole to pole.
  public static func sphere(sides: Int) -> SurfaceMesh {
    capsule(radius: 1, halfLength: 0, sides: sides)
  }

  /// Half a ball, a tube, half a ball.
  public static func capsule(radius: Double, halfLength: Double, sides: Int) -> SurfaceMesh {
    let steps = max(2, sides / 4)
    var rows: [(radius: Double, height: Double, normal: SIMD2<Double>)] = []
    for step in -steps...steps {
      let angle = 0.5 * Double.pi * Double(step) / Double(steps)
      let isPole = abs(step) == steps
      let normal = SIMD2(isPole ? 0 : cos(angle), isPole ? (step < 0 ? -1 : 1) : sin(angle))
      // the equator stands twice where a tube lies between the halves
      let ends = [-halfLength, halfLength]
      let shifts = step == 0 && halfLength > 0 ? ends : [ends[step < 0 ? 0 : 1]]
      for shift in shifts {
        rows.append((radius * normal.x, radius * normal.y + shift, normal))
      }
    }
    return revolved(rows, sides: sides)
  }

  /// Radius 1, from z = −1 to 1, with flat ends.
  public static func cylinder(sides: Int) -> SurfaceMesh {
    revolved(
      [
        (0, -1, SIMD2(0, -1)), (1, -1, SIMD2(0, -1)), (1, -1, SIMD2(1, 0)), (1, 1, SIMD2(1, 0)),
        (1, 1, SIMD2(0, 1)), (0, 1, SIMD2(0, 1)),
      ], sides: sides)
  }

  /// An open tube of radius 1 from z = −1 to 1.
  public static func tube(sides: Int) -> SurfaceMesh {
    revolved([(1, -1, SIMD2(1, 0)), (1, 1, SIMD2(1, 0))], sides: sides)
  }

  /// Half edges of 1.
  public static func box() -> SurfaceMesh {
    var mesh = SurfaceMesh()
    for axis in 0..<3 {
      for sign in [-1.0, 1.0] {
        var normal = Point3.zero
        normal[axis] = sign
        var u = Point3.zero
        u[(axis + 1) % 3] = 1
        let v = normal.cross(u)
        let corners = [-u - v, u - v, u + v, -u + v].map { mesh.add(normal + $0, normal) }
        mesh.quad(corners[0], corners[1], corners[2], corners[3])
      }
    }
    return mesh
  }

  /// The square from −1 to 1 in the plane z = 0, seen from above.
  public static func square() -> SurfaceMesh {
    var mesh = SurfaceMesh()
    let up = Point3(0, 0, 1)
    let corners = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { mesh.add(Point3($0, $1, 0), up) }
    mesh.quad(corners[0], corners[1], corners[2], corners[3])
    return mesh
  }

  /// The shape as it is, for pictures made of polygons and for other programs.
  /// - Parameter reach: half length of endless shapes, in m; nil gives none of them.
  static func whole(
    _ shape: PropShape, meshes: [TriangleMesh], sides: Int, reach: Double? = nil
  ) -> SurfaceMesh? {
    switch shape {
    case .sphere(let r): return sphere(sides: sides).scaled(Point3(r, r, r))
    case .box(let half): return box().scaled(half)
    case .capsule(let r, let h): return capsule(radius: r, halfLength: h, sides: sides)
    case .cylinder(let r, let h): return cylinder(sides: sides).scaled(Point3(r, r, h))
    case .mesh(let index):
      return meshes.indices.contains(index) ? SurfaceMesh(faceted: meshes[index]) : nil
    case .bowl(let r): return sphere(sides: sides).scaled(Point3(r, r, r)).inward
    case .plane: return reach.map { square().scaled(Point3($0, $0, 1)) }
    case .pipe(let r): return reach.map { tube(sides: sides).scaled(Point3(r, r, $0)).inward }
    }
  }

  /// For forms whose normals lie along axes that scale alike.
  private func scaled(_ factors: Point3) -> SurfaceMesh {
    var mesh = self
    mesh.positions = positions.map { $0 * factors }
    return mesh
  }
}
