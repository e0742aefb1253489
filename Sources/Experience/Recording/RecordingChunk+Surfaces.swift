// Surfaces of a chunk: meshes that change from frame to frame.
//
// Layout      of each frame: number of surfaces; each: vertices, triangles, a byte that tells whether
//             there are scalars; columns of x, y, z over the vertices, of the corners over the triangles,
//             and the scalars as floats

extension RecordingChunk {
  func writeSurfaces(_ frames: [Frame], to out: inout ByteWriter) {
    for frame in frames {
      out.count(frame.surfaces.count)
      for surface in frame.surfaces {
        let hasScalars = surface.scalars.count == surface.vertices.count
        out.count(surface.vertices.count)
        out.count(surface.triangles.count)
        out.byte(hasScalars ? 1 : 0)
        for axis in 0..<3 {
          RecordingColumn.write(
            surface.vertices.map { RecordingGrid.index($0[axis], grid.mark) }, to: &out)
        }
        for corner in 0..<3 {
          RecordingColumn.write(surface.triangles.map { Int64($0[corner]) }, to: &out)
        }
        if hasScalars { for scalar in surface.scalars { out.fixed(scalar.bitPattern) } }
      }
    }
  }

  func readSurfaces(
    _ frames: inout [Frame], _ reader: inout ByteReader
  ) throws(RecordingProblem) {
    for index in frames.indices {
      for _ in 0..<(try reader.count(each: 3)) {
        frames[index].surfaces.append(try readSurface(&reader))
      }
    }
  }

  private func readSurface(_ reader: inout ByteReader) throws(RecordingProblem) -> TriangleMesh {
    let (vertices, triangles) = (try reader.count(each: 3), try reader.count(each: 3))
    let hasScalars = try reader.byte() != 0
    var columns: [[Int64]] = []
    for _ in 0..<3 { columns.append(try RecordingColumn.read(vertices, from: &reader)) }
    var corners: [[Int64]] = []
    for _ in 0..<3 { corners.append(try RecordingColumn.read(triangles, from: &reader)) }
    var mesh = TriangleMesh(
      vertices: (0..<vertices).map { k in point([columns[0][k], columns[1][k], columns[2][k]], 0) })
    for k in 0..<triangles {
      var triangle = SIMD3<UInt32>()
      for corner in 0..<3 {
        guard corners[corner][k] >= 0, corners[corner][k] < Int64(vertices) else {
          throw .corrupt("a triangle names vertex \(corners[corner][k]) of \(vertices)")
        }
        triangle[corner] = UInt32(corners[corner][k])
      }
      mesh.triangles.append(triangle)
    }
    if hasScalars {
      guard reader.rest >= 4 * vertices else { throw .corrupt("a surface ends in its scalars") }
      for _ in 0..<vertices {
        mesh.scalars.append(Float(bitPattern: try reader.fixed(UInt32.self)))
      }
    }
    return mesh
  }
}
