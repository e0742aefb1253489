import Experience
import Foundation
import SampleRecordings
import Testing
import Viewer

@Suite("glTF export")
struct GLTFExportTests {
  /// A `.glb` taken apart.
  struct File {
    let json: JSON
    let data: [UInt8]

    init(_ bytes: [UInt8]) throws {
      func number(_ place: Int) -> Int {
        bytes[place..<(place + 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
      }
      #expect(String(decoding: bytes[..<4], as: UTF8.self) == "glTF" && number(4) == 2)
      #expect(number(8) == bytes.count && bytes.count.isMultiple(of: 4))
      let length = number(12)
      #expect(length.isMultiple(of: 4))
      #expect(String(decoding: bytes[16..<20], as: UTF8.self) == "JSON")
      json = try JSON.parse(String(decoding: bytes[20..<(20 + length)], as: UTF8.self))
      let start = 20 + length
      #expect(number(start) == bytes.count - start - 8)
      #expect(Array(bytes[(start + 4)..<(start + 8)]) == Array("BIN\0".utf8))
      data = Array(bytes[(start + 8)...])
    }

    func whole(_ json: JSON?) -> Int { Int(json?.number ?? -1) }

    /// Numbers of an accessor, as they lie in the buffer.
    func words(_ accessor: JSON) throws -> [UInt32] {
      let views = try #require(json["bufferViews"]?.array)
      let view = views[whole(accessor["bufferView"])]
      let (start, length) = (whole(view["byteOffset"]), whole(view["byteLength"]))
      #expect(start.isMultiple(of: 4) && start >= 0 && start + length <= data.count)
      let width = ["SCALAR": 1, "VEC3": 3, "VEC4": 4][accessor["type"]?.text ?? ""] ?? 0
      #expect(length == 4 * width * whole(accessor["count"]))
      return stride(from: start, to: start + length, by: 4).map { place in
        data[place..<(place + 4)].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      }
    }

    func floats(_ index: JSON?) throws -> [Float] {
      let accessors = try #require(json["accessors"]?.array)
      return try words(accessors[whole(index)]).map { Float(bitPattern: $0) }
    }
  }

  // Fails if a length, an offset, a bound, an index or a reference does not fit, or a normal or a
  // quaternion is no unit.
  @Test("every number fits the buffer it stands for")
  func structure() throws {
    let file = try File(try GLTFExport.glb(SampleRecording.everything()))
    let accessors = try #require(file.json["accessors"]?.array)
    let meshes = try #require(file.json["meshes"]?.array)
    let nodes = try #require(file.json["nodes"]?.array)
    #expect(nodes.count == 1 + 10 && nodes[0]["children"]?.array?.count == 10)
    for mesh in meshes {
      let primitive = try #require(mesh["primitives"]?.array?.first)
      let position = accessors[file.whole(primitive["attributes"]?["POSITION"])]
      let count = file.whole(position["count"])
      let floats = try file.words(position).map { Float(bitPattern: $0) }
      for axis in 0..<3 {
        let lane = stride(from: axis, to: floats.count, by: 3).map { Double(floats[$0]) }
        #expect(position["min"]?.array?[axis].number == lane.min())
        #expect(position["max"]?.array?[axis].number == lane.max())
      }
      let indices = try file.words(accessors[file.whole(primitive["indices"])])
      #expect(indices.count.isMultiple(of: 3) && indices.allSatisfy { $0 < UInt32(count) })
      let normals = try file.floats(primitive["attributes"]?["NORMAL"])
      for k in stride(from: 0, to: normals.count, by: 3) {
        let normal = SIMD3(normals[k], normals[k + 1], normals[k + 2])
        let size: Float = (normal * normal).sum()
        #expect(abs(size - 1) < 1e-6)
      }
    }
    let animation = try #require(file.json["animations"]?.array?.first)
    for channel in try #require(animation["channels"]?.array) {
      #expect(nodes.indices.contains(file.whole(channel["target"]?["node"])))
    }
  }

  // Fails if a face looks inwards: then it is dark, or not drawn at all.
  @Test("triangles look where their normals look")
  func winding() throws {
    let file = try File(try GLTFExport.glb(SampleRecording.everything()))
    let accessors = try #require(file.json["accessors"]?.array)
    for mesh in try #require(file.json["meshes"]?.array) {
      let primitive = try #require(mesh["primitives"]?.array?.first)
      let p = try file.floats(primitive["attributes"]?["POSITION"])
      let n = try file.floats(primitive["attributes"]?["NORMAL"])
      let indices = try file.words(accessors[file.whole(primitive["indices"])]).map { Int($0) }
      func vector(_ list: [Float], _ index: Int) -> Point3 {
        Point3(SIMD3(list[3 * index], list[3 * index + 1], list[3 * index + 2]))
      }
      for k in stride(from: 0, to: indices.count, by: 3) {
        let (a, b, c) = (indices[k], indices[k + 1], indices[k + 2])
        let (u, v) = (vector(p, b) - vector(p, a), vector(p, c) - vector(p, a))
        let cross = Point3(
          u.y * v.z - u.z * v.y, u.z * v.x - u.x * v.z, u.x * v.y - u.y * v.x)
        let facing = cross * (vector(n, a) + vector(n, b) + vector(n, c))
        #expect(facing.sum() > 0, "\(mesh["name"]?.text ?? "") triangle \(k / 3)")
      }
    }
  }

  func quaternion(_ values: [Float], _ index: Int) -> Turn {
    Turn(
      SIMD4(values[4 * index], values[4 * index + 1], values[4 * index + 2], values[4 * index + 3]))
  }

  // Fails if the motion is another one, or jumps between q and −q: a viewer would then turn the long way.
  @Test("the animation is the motion")
  func motion() throws {
    var recording = SampleRecording.bodies(3, frames: 200)
    // q and −q are the same attitude, and a solver may give either
    for k in stride(from: 1, to: 200, by: 3) {
      recording.frames[k].poses[1].turn = -recording.frames[k].poses[1].turn
    }
    let file = try File(try GLTFExport.glb(recording))
    let animation = try #require(file.json["animations"]?.array?.first)
    let samplers = try #require(animation["samplers"]?.array)
    let channels = try #require(animation["channels"]?.array)
    // the floor does not move
    #expect(channels.count == 6)
    for channel in channels {
      let sampler = samplers[file.whole(channel["sampler"])]
      let times = try file.floats(sampler["input"])
      #expect(times == recording.times.map { Float($0) })
      let values = try file.floats(sampler["output"])
      let prop = file.whole(channel["target"]?["node"]) - 1
      let isTurn = channel["target"]?["path"]?.text == "rotation"
      for (k, frame) in recording.frames.enumerated() {
        if isTurn {
          let turn = quaternion(values, k)
          let same = turn * frame.poses[prop].turn
          #expect(abs(abs(same.sum()) - 1) < 1e-6)
          guard k > 0 else { continue }
          let product = turn * quaternion(values, k - 1)
          #expect(product.sum() > 0)
        } else {
          let place = Point3(SIMD3(values[3 * k], values[3 * k + 1], values[3 * k + 2]))
          let error = place - frame.poses[prop].position
          let square = error * error
          #expect(square.sum() < 1e-12)
        }
      }
    }
  }

  // Fails if the two files do not name each other, or a recording without props or motion has no file.
  @Test("two files instead of one, and empty recordings")
  func twoFiles() throws {
    let files = try GLTFExport.gltf(SampleRecording.bodies(1, frames: 3), name: "drop")
    #expect(files.map(\.file) == ["drop.gltf", "drop.bin"])
    let json = try JSON.parse(String(decoding: files[0].bytes, as: UTF8.self))
    let buffer = try #require(json["buffers"]?.array?.first)
    #expect(buffer["uri"]?.text == "drop.bin")
    #expect(buffer["byteLength"]?.number == Double(files[1].bytes.count))
    let empty = try File(try GLTFExport.glb(Recording(stage: Stage(scene: "", experience: ""))))
    #expect(empty.json["animations"] == nil && empty.data.isEmpty)
  }
}
