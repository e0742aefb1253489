// The surface of a liquid in three dimensions as triangles.
//
// Method          a vertex in each cube between eight middles of half cells that lie on both sides of one
//                 half, at the mean of the points where its edges cross it; a quadrilateral for each edge
// Source          Gibson 1998, MICCAI, LNCS 1496, 888 (surface nets), without the relaxation
// Validity        for looking at, not for measuring

import Experience
import Fluid

struct LiquidSkin {
  private let weights: VolumeWeights
  private let size: Double
  private let counts: SIMD3<Int>
  private var mesh = TriangleMesh()
  /// Vertex of each cube, or −1.
  private var numbers: [Int32]

  /// Places relative to `origin` (m), with the speed at each vertex; nil without liquid.
  static func mesh(_ flow: VolumeFlow, origin: SIMD3<Double>) -> TriangleMesh? {
    var skin = LiquidSkin(flow.weights)
    skin.place()
    skin.join()
    guard !skin.mesh.triangles.isEmpty else { return nil }
    for index in skin.mesh.vertices.indices {
      let vertex = skin.mesh.vertices[index]
      let place = SIMD3(vertex.x, vertex.y, vertex.z)
      let u = flow.field.velocity(
        place.clamped(lowerBound: .zero, upperBound: flow.setup.grid.extent))
      skin.mesh.scalars.append(Float((u * u).sum().squareRoot()))
      skin.mesh.vertices[index] = Point3(
        vertex.x - origin.x, vertex.y - origin.y, vertex.z - origin.z)
    }
    return skin.mesh
  }

  private init(_ weights: VolumeWeights) {
    self.weights = weights
    size = 0.5 * weights.grid.h
    counts = 2 &* weights.grid.cells
    // cube (a, b, c) lies above middle (a, b, c), which may be −1
    numbers = [Int32](repeating: -1, count: (counts.x + 1) * (counts.y + 1) * (counts.z + 1))
  }

  private func cube(_ a: Int, _ b: Int, _ c: Int) -> Int {
    ((a + 1) * (counts.y + 1) + b + 1) * (counts.z + 1) + c + 1
  }

  private func share(_ a: Int, _ b: Int, _ c: Int) -> Double {
    guard a >= 0, b >= 0, c >= 0, a < counts.x, b < counts.y, c < counts.z else { return 0 }
    return weights.halves[(a * counts.y + b) * counts.z + c]
  }

  private static let edges: [(Int, Int)] = [
    (0, 1), (2, 3), (4, 5), (6, 7), (0, 2), (1, 3), (4, 6), (5, 7), (0, 4), (1, 5), (2, 6), (3, 7),
  ]

  private mutating func place() {
    for a in -1..<counts.x {
      for b in -1..<counts.y {
        for c in -1..<counts.z {
          var corners: [8 of Double] = .init(repeating: 0)
          var isIn = 0
          for n in 0..<8 {
            corners[n] = share(a + n / 4, b + n / 2 % 2, c + n % 2)
            if corners[n] >= 0.5 { isIn += 1 }
          }
          guard isIn > 0, isIn < 8 else { continue }
          var (sum, count) = (SIMD3<Double>.zero, 0.0)
          for (first, second) in LiquidSkin.edges {
            let (low, high) = (corners[first], corners[second])
            guard (low >= 0.5) != (high >= 0.5) else { continue }
            let t = (0.5 - low) / (high - low)
            let from = SIMD3(Double(first / 4), Double(first / 2 % 2), Double(first % 2))
            let to = SIMD3(Double(second / 4), Double(second / 2 % 2), Double(second % 2))
            sum += from + t * (to - from)
            count += 1
          }
          let middle = SIMD3(Double(a) + 0.5, Double(b) + 0.5, Double(c) + 0.5) + sum / count
          numbers[cube(a, b, c)] = Int32(mesh.vertices.count)
          // what rests on the floor ends there
          mesh.vertices.append(
            Point3(size * middle.x, size * middle.y, max(0, size * middle.z)))
        }
      }
    }
  }

  /// The four cubes around an edge between two middles, in order around it.
  private mutating func join() {
    for a in -1..<counts.x {
      for b in -1..<counts.y {
        for c in -1..<counts.z {
          let here = share(a, b, c) >= 0.5
          for axis in 0..<3 {
            let next = share(
              a + (axis == 0 ? 1 : 0), b + (axis == 1 ? 1 : 0), c + (axis == 2 ? 1 : 0))
            guard here != (next >= 0.5) else { continue }
            let around: [Int]
            switch axis {
            case 0:
              guard b >= 0, c >= 0 else { continue }
              around = [
                cube(a, b - 1, c - 1), cube(a, b, c - 1), cube(a, b, c), cube(a, b - 1, c),
              ]
            case 1:
              guard a >= 0, c >= 0 else { continue }
              around = [
                cube(a - 1, b, c - 1), cube(a - 1, b, c), cube(a, b, c), cube(a, b, c - 1),
              ]
            default:
              guard a >= 0, b >= 0 else { continue }
              around = [
                cube(a - 1, b - 1, c), cube(a, b - 1, c), cube(a, b, c), cube(a - 1, b, c),
              ]
            }
            let corners = around.map { numbers[$0] }
            guard corners.allSatisfy({ $0 >= 0 }) else { continue }
            let (p, q) = (UInt32(corners[0]), UInt32(corners[1]))
            let (r, s) = (UInt32(corners[2]), UInt32(corners[3]))
            // outward is from the liquid to the air
            mesh.triangles +=
              here ? [SIMD3(p, q, r), SIMD3(p, r, s)] : [SIMD3(p, r, q), SIMD3(p, s, r)]
          }
        }
      }
    }
  }
}
