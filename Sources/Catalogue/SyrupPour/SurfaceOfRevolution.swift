// A polygon of the half plane turned about the axis, as triangles.

import Experience
import Fluid
import Foundation

enum SurfaceOfRevolution {
  static let sectors = 48
  /// Most points of the polygon that are drawn.
  static let rings = 90

  /// The surface of a flow with the speed at each vertex; nil without liquid.
  static func mesh(_ flow: MeridianFlow) -> TriangleMesh? {
    let points = thinned(flow.surface.points)
    guard points.count > 1 else { return nil }
    let speeds = points.map { point -> Float in
      let u = flow.field.velocity(point)
      return Float((u.x * u.x + u.y * u.y).squareRoot())
    }
    return turned(points, speeds)
  }

  /// Every k-th point, and both ends.
  private static func thinned(_ points: [MeridianPoint]) -> [MeridianPoint] {
    guard points.count > rings else { return points }
    return (0..<rings).map { points[$0 * (points.count - 1) / (rings - 1)] }
  }

  /// Outward normals for a polygon that runs down its outer side.
  static func turned(_ points: [MeridianPoint], _ scalars: [Float]) -> TriangleMesh {
    var mesh = TriangleMesh()
    for (index, point) in points.enumerated() {
      for sector in 0..<sectors {
        let angle = 2 * Double.pi * Double(sector) / Double(sectors)
        mesh.vertices.append(Point3(point.r * cos(angle), point.r * sin(angle), point.z))
        if !scalars.isEmpty { mesh.scalars.append(scalars[index]) }
      }
    }
    for ring in 0..<(points.count - 1) {
      for sector in 0..<sectors {
        let next = (sector + 1) % sectors
        let (a, b) = (UInt32(ring * sectors + sector), UInt32(ring * sectors + next))
        let (c, d) = (a + UInt32(sectors), b + UInt32(sectors))
        if points[ring].r > 0 { mesh.triangles.append(SIMD3(a, c, b)) }
        if points[ring + 1].r > 0 { mesh.triangles.append(SIMD3(b, c, d)) }
      }
    }
    return mesh
  }

  /// The foot of a vessel, so that one can look into it.
  static func ring(radius: Double, height: Double, thickness: Double) -> TriangleMesh {
    shell(radius: radius, height: 0.05 * height, thickness: thickness)
  }

  /// A straight cup: its outside, its rim and its inside.
  static func shell(radius: Double, height: Double, thickness: Double) -> TriangleMesh {
    turned(
      [
        MeridianPoint(radius, 0), MeridianPoint(radius, height),
        MeridianPoint(radius + thickness, height), MeridianPoint(radius + thickness, 0),
      ], [])
  }
}
