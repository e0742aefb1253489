// A recording for ParaView: PolyData files (.vtp), one or two a frame, and a collection (.pvd).
//
// Layout          name-bodies-00000.vtp  surfaces of all props in world axes; at each point the velocity
//                 of the material (m/s), in each triangle the number of its prop and the prop's spin
//                 (rad/s);  name-particles-00000.vtp  vertices with ids, radius and the scalar of the
//                 stage;  name.pvd  time (s) and part of each file. Arrays are base64 with a UInt64 head.
// Source          VTK file formats, Kitware; XML PolyData, version 1.0
// Validity        ids of particles are those of the recording, or their numbers in the list where it has
//                 none. A surface without end is cut where nothing comes.
// Checked by      VTPExportTests: counts, offsets, arrays read back

import Experience
import Foundation

public enum VTPExport {
  /// Hands out the files of a recording, one after the other; the collection comes last.
  /// - Parameter name: of the files, without a folder.
  public static func write(
    _ source: some FrameSource, name: String,
    emit: (_ file: String, _ bytes: [UInt8]) throws -> Void
  ) throws {
    let stage = source.stage
    let reach = try Bounds(of: source).reach
    let meshes = stage.props.map {
      SurfaceMesh.whole(
        $0.shape, meshes: stage.meshes, sides: GLTFDocument.sides, reach: reach) ?? SurfaceMesh()
    }
    var entries: [String] = []
    func add(_ part: Int, _ kind: String, _ index: Int, _ time: Double, _ text: String) throws {
      let digits = String(index)
      let number = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
      let file = "\(name)-\(kind)-\(number).vtp"
      try emit(file, Array(text.utf8))
      entries.append(
        "<DataSet timestep=\"\(JSON.text(of: time))\" part=\"\(part)\" file=\"\(escaped(file))\"/>")
    }
    for index in source.times.indices {
      let frame = try source.frame(index)
      if !stage.props.isEmpty {
        try add(0, "bodies", index, frame.time, bodies(frame, meshes))
      }
      if !frame.particles.positions.isEmpty {
        try add(
          1, "particles", index, frame.time, particles(frame.particles, stage.field?.name))
      }
    }
    let text =
      "<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"1.0\" byte_order=\"LittleEndian\" header_type=\"UInt64\">\n<Collection>\n"
      + entries.joined(separator: "\n") + "\n</Collection>\n</VTKFile>\n"
    try emit("\(name).pvd", Array(text.utf8))
  }

  // MARK: Pieces

  private static func bodies(_ frame: Frame, _ meshes: [SurfaceMesh]) -> String {
    var (points, velocities, spins) = (ByteWriter(), ByteWriter(), ByteWriter())
    var (corners, ends, props) = (ByteWriter(), ByteWriter(), ByteWriter())
    var (pointCount, triangleCount) = (0, 0)
    for (prop, mesh) in meshes.enumerated() {
      let pose = frame.poses[prop]
      for point in mesh.positions {
        let place = pose.place(point)
        let velocity = pose.velocity(at: place)
        for axis in 0..<3 {
          points.fixed(place[axis].bitPattern)
          velocities.fixed(Float(velocity[axis]).bitPattern)
        }
      }
      for triangle in 0..<mesh.triangleCount {
        for corner in 0..<3 {
          corners.fixed(Int64(pointCount) + Int64(mesh.indices[3 * triangle + corner]))
        }
        triangleCount += 1
        ends.fixed(Int64(3 * triangleCount))
        props.fixed(Int32(prop))
        for axis in 0..<3 { spins.fixed(Float(pose.spin[axis]).bitPattern) }
      }
      pointCount += mesh.positions.count
    }
    return file(
      points: pointCount, polygons: triangleCount,
      array("Float64", "Points", 3, points, "Points"),
      "<PointData Vectors=\"velocity\">" + array("Float32", "velocity", 3, velocities)
        + "</PointData>\n<CellData Scalars=\"prop\">" + array("Int32", "prop", 1, props)
        + array("Float32", "spin", 3, spins) + "</CellData>",
      "<Polys>" + array("Int64", "connectivity", 1, corners) + array("Int64", "offsets", 1, ends)
        + "</Polys>")
  }

  private static func particles(_ cloud: ParticleCloud, _ field: String?) -> String {
    let count = cloud.positions.count
    var (points, ids, radii, scalars) = (ByteWriter(), ByteWriter(), ByteWriter(), ByteWriter())
    var (corners, ends) = (ByteWriter(), ByteWriter())
    let hasIds = cloud.ids.count == count
    for index in 0..<count {
      for axis in 0..<3 { points.fixed(cloud.positions[index][axis].bitPattern) }
      ids.fixed(hasIds ? Int64(cloud.ids[index]) : Int64(index))
      radii.fixed(Float(cloud.radius).bitPattern)
      corners.fixed(Int64(index))
      ends.fixed(Int64(index + 1))
    }
    var data = array("Int64", "id", 1, ids) + array("Float32", "radius", 1, radii)
    if cloud.scalars.count == count {
      for scalar in cloud.scalars { scalars.fixed(scalar.bitPattern) }
      data += array("Float32", field ?? "scalar", 1, scalars)
    }
    return file(
      points: count, vertices: count, array("Float32", "Points", 3, points, "Points"),
      "<PointData>" + data + "</PointData>",
      "<Verts>" + array("Int64", "connectivity", 1, corners) + array("Int64", "offsets", 1, ends)
        + "</Verts>")
  }

  private static func file(
    points: Int, vertices: Int = 0, polygons: Int = 0, _ places: String, _ data: String,
    _ cells: String
  ) -> String {
    "<?xml version=\"1.0\"?>\n<VTKFile type=\"PolyData\" version=\"1.0\" byte_order=\"LittleEndian\" header_type=\"UInt64\">\n<PolyData>\n<Piece NumberOfPoints=\"\(points)\" NumberOfVerts=\"\(vertices)\" NumberOfLines=\"0\" NumberOfStrips=\"0\" NumberOfPolys=\"\(polygons)\">\n"
      + data + "\n" + places + "\n" + cells + "\n</Piece>\n</PolyData>\n</VTKFile>\n"
  }

  private static func array(
    _ type: String, _ name: String, _ width: Int, _ values: ByteWriter, _ element: String? = nil
  ) -> String {
    var block = ByteWriter()
    block.fixed(UInt64(values.bytes.count))
    block.append(values.bytes)
    let text =
      "<DataArray type=\"\(type)\" Name=\"\(escaped(name))\" NumberOfComponents=\"\(width)\" format=\"binary\">\(Data(block.bytes).base64EncodedString())</DataArray>"
    return element.map { "<\($0)>\(text)</\($0)>" } ?? text
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }
}
