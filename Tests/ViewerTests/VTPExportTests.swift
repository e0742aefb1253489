import Experience
import Foundation
import SampleRecordings
import Testing
import Viewer

@Suite("VTP export")
struct VTPExportTests {
  /// Bytes of a named array of a file, without their head.
  static func array(_ name: String, in text: String) throws -> [UInt8] {
    let start = try #require(text.range(of: "Name=\"\(name)\""))
    let open = try #require(text.range(of: ">", range: start.upperBound..<text.endIndex))
    let close = try #require(text.range(of: "<", range: open.upperBound..<text.endIndex))
    let data = try #require(Data(base64Encoded: String(text[open.upperBound..<close.lowerBound])))
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(length == data.count - 8)
    return Array(data.dropFirst(8))
  }

  static func words(_ bytes: [UInt8], size: Int) -> [UInt64] {
    stride(from: 0, to: bytes.count, by: size).map { place in
      bytes[place..<(place + size)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
  }

  static func files(_ recording: Recording) throws -> [(file: String, text: String)] {
    var files: [(file: String, text: String)] = []
    try VTPExport.write(recording, name: "run") {
      files.append(($0, String(decoding: $1, as: UTF8.self)))
    }
    return files
  }

  // Fails if an array is shorter than what it describes, ids change, or a file is not in the collection.
  @Test("particles keep their numbers, and every file is in the collection")
  func particles() throws {
    let recording = SampleRecording.particles(50, frames: 4)
    let files = try Self.files(recording)
    #expect(files.count == 5 && files[4].file == "run.pvd")
    for (index, (file, text)) in files.dropLast().enumerated() {
      #expect(files[4].text.contains("file=\"\(file)\""))
      #expect(text.contains("NumberOfPoints=\"50\" NumberOfVerts=\"50\""))
      let ids = Self.words(try Self.array("id", in: text), size: 8)
      #expect(ids == (0..<50).map { UInt64(3 * $0) })
      let points = Self.words(try Self.array("Points", in: text), size: 4)
      #expect(points.count == 150)
      #expect(
        Float(bitPattern: UInt32(points[3])) == recording.frames[index].particles.positions[1].x)
      #expect(Self.words(try Self.array("speed", in: text), size: 4).count == 50)
      let ends = Self.words(try Self.array("offsets", in: text), size: 8)
      #expect(ends == (1...50).map { UInt64($0) })
    }
  }

  // Fails if a point is not where the pose puts it, or its velocity leaves out the spin.
  @Test("bodies are where they are, and every point has its velocity")
  func bodies() throws {
    var recording = SampleRecording.bodies(1, frames: 1)
    recording.frames[0].poses[1] = FramePose(
      position: Point3(1, 2, 3), velocity: Point3(0, 0, 5), spin: Point3(0, 0, 2))
    let text = try Self.files(recording)[0].text
    let points = Self.words(try Self.array("Points", in: text), size: 8).map {
      Double(bitPattern: $0)
    }
    let velocities = Self.words(try Self.array("velocity", in: text), size: 4).map {
      Float(bitPattern: UInt32($0))
    }
    // four corners of the floor, then six faces with four corners each
    #expect(points.count == 3 * 28 && velocities.count == points.count)
    for k in 4..<28 {
      let offset = Point3(points[3 * k] - 1, points[3 * k + 1] - 2, points[3 * k + 2] - 3)
      #expect(abs(abs(offset.x) - 0.1) < 1e-15 && abs(abs(offset.y) - 0.2) < 1e-15)
      #expect(abs(Double(velocities[3 * k]) + 2 * offset.y) < 1e-6)
      #expect(abs(Double(velocities[3 * k + 1]) - 2 * offset.x) < 1e-6)
      #expect(velocities[3 * k + 2] == 5)
    }
    let corners = Self.words(try Self.array("connectivity", in: text), size: 8)
    let props = Self.words(try Self.array("prop", in: text), size: 4)
    #expect(corners.count == 3 * 14 && corners.allSatisfy { $0 < 28 })
    #expect(props == [0, 0] + Array(repeating: 1, count: 12))
  }
}
