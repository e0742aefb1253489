// A recording as glTF 2.0: the props as meshes, their motion as an animation.
//
// Layout          a root node turns z up into y up; below it a node for each prop with its name; one
//                 animation with translation and rotation of what moves, one key a frame, linear
// Source          Khronos glTF 2.0 specification, 2021
// Discretisation  single precision: places to 6e-8 of their distance from the origin
// Validity        metres and seconds. Particles, surfaces, contacts and arrows are not part of it
//                 (VTPExport has particles). A surface without end is cut where nothing comes.
// Checked by      GLTFExportTests: bounds, lengths, alignment, the motion read back

import Experience
import Foundation

public enum GLTFExport {
  /// One binary file, `.glb`.
  public static func glb(_ source: some FrameSource) throws -> [UInt8] {
    let document = try GLTFDocument(source)
    var json = Array(document.json(buffer: nil).line.utf8)
    while !json.count.isMultiple(of: 4) { json.append(0x20) }
    let data = document.data
    var out = ByteWriter()
    out.append(Array("glTF".utf8))
    out.fixed(UInt32(2))
    out.fixed(UInt32(12 + 8 + json.count + 8 + data.count))
    out.fixed(UInt32(json.count))
    out.append(Array("JSON".utf8))
    out.append(json)
    out.fixed(UInt32(data.count))
    out.append(Array("BIN\0".utf8))
    out.append(data)
    return out.bytes
  }

  /// Two files: `name.gltf` and its buffer `name.bin`.
  public static func gltf(
    _ source: some FrameSource, name: String
  ) throws -> [(file: String, bytes: [UInt8])] {
    let document = try GLTFDocument(source)
    return [
      (name + ".gltf", Array((document.json(buffer: name + ".bin").line + "\n").utf8)),
      (name + ".bin", document.data),
    ]
  }
}

/// The parts of a glTF file.
struct GLTFDocument {
  private(set) var data: [UInt8] = []
  private var views: [JSON] = []
  private var accessors: [JSON] = []
  private var meshes: [JSON] = []
  private var nodes: [JSON] = []
  private var channels: [JSON] = []
  private var samplers: [JSON] = []
  private let materials: [JSON]
  private let extras: JSON
  private let name: String

  private static let (float, unsigned) = (5126.0, 5125.0)
  /// Sides of round forms: within 0.3 % of the radius.
  static let sides = 48
  /// The first is for what is fixed.
  private static let colours = [Colour(0.7, 0.7, 0.7)] + Palette.bodies

  init(_ source: some FrameSource) throws {
    let stage = source.stage
    name = stage.scene
    materials = GLTFDocument.colours.map { colour in
      .object([
        (
          "pbrMetallicRoughness",
          .object([
            ("baseColorFactor", .numbers(colour.linear)),
            ("metallicFactor", .number(0)), ("roughnessFactor", .number(0.7)),
          ])
        )
      ])
    }
    extras = .object([
      ("scene", .text(stage.scene)), ("experience", .text(stage.experience)),
      ("scene-hash", .text(source.notes.sceneHash)), ("perturbed", .bool(source.notes.isPerturbed)),
    ])
    let reach = try Bounds(of: source).reach
    // the root: (x, y, z) becomes (x, z, −y)
    let half = 0.5.squareRoot()
    nodes.append(
      .object([
        ("name", .text("z-up")), ("rotation", .numbers([-half, 0, 0, half])),
        (
          "children",
          stage.props.isEmpty ? nil : .numbers(stage.props.indices.map { Double($0 + 1) })
        ),
      ]))
    var known: [String: Int] = [:]
    for (prop, pose) in zip(stage.props, stage.poses) {
      let colour =
        prop.isFixed ? 0 : 1 + abs(prop.colour) % (GLTFDocument.colours.count - 1)
      let key = "\(prop.shape) \(colour)"
      let surface =
        SurfaceMesh.whole(
          prop.shape, meshes: stage.meshes, sides: GLTFDocument.sides, reach: reach)
        ?? SurfaceMesh()
      let mesh = known[key] ?? addMesh(surface, prop.name, colour)
      known[key] = mesh
      nodes.append(
        .object([
          ("name", .text(prop.name)), ("mesh", .number(Double(mesh))),
          ("translation", .numbers([pose.position.x, pose.position.y, pose.position.z])),
          ("rotation", .numbers(GLTFDocument.unit(pose.turn))),
        ]))
    }
    try addAnimation(source)
  }

  private static func unit(_ turn: Turn) -> [Double] {
    let size = (turn * turn).sum().squareRoot()
    return size > 0 ? (0..<4).map { turn[$0] / size } : [0, 0, 0, 1]
  }

  // MARK: Buffers

  /// A view and an accessor of floats; `width` numbers an element.
  private mutating func addFloats(
    _ values: [Double], width: Int, target: Double? = nil, hasBounds: Bool = false
  ) -> Int {
    let floats = values.map { Float($0) }
    var out = ByteWriter()
    for value in floats { out.fixed(value.bitPattern) }
    let count = floats.count / width
    func bound(_ choose: (Float, Float) -> Float, _ start: Float) -> JSON {
      .numbers(
        (0..<width).map { lane in
          Double(
            stride(from: lane, to: floats.count, by: width).reduce(start) { choose($0, floats[$1]) }
          )
        })
    }
    let types = [1: "SCALAR", 3: "VEC3", 4: "VEC4"]
    return add(
      out.bytes, type: types[width] ?? "SCALAR", component: GLTFDocument.float, count: count,
      target: target,
      bounds: hasBounds
        ? (bound(min, .greatestFiniteMagnitude), bound(max, -.greatestFiniteMagnitude)) : nil)
  }

  private mutating func add(
    _ bytes: [UInt8], type: String, component: Double, count: Int, target: Double?,
    bounds: (low: JSON, high: JSON)?
  ) -> Int {
    // every number has four bytes, so that all views are aligned
    views.append(
      .object([
        ("buffer", .number(0)), ("byteOffset", .number(Double(data.count))),
        ("byteLength", .number(Double(bytes.count))), ("target", target.map { .number($0) }),
      ]))
    data.append(contentsOf: bytes)
    accessors.append(
      .object([
        ("bufferView", .number(Double(views.count - 1))), ("componentType", .number(component)),
        ("count", .number(Double(count))), ("type", .text(type)), ("min", bounds?.low),
        ("max", bounds?.high),
      ]))
    return accessors.count - 1
  }

  private mutating func addMesh(_ mesh: SurfaceMesh, _ name: String, _ colour: Int) -> Int {
    let positions = addFloats(
      mesh.positions.flatMap { [$0.x, $0.y, $0.z] }, width: 3, target: 34_962, hasBounds: true)
    let normals = addFloats(
      mesh.normals.flatMap { [$0.x, $0.y, $0.z] }, width: 3, target: 34_962)
    var out = ByteWriter()
    for corner in mesh.indices { out.fixed(corner) }
    let indices = add(
      out.bytes, type: "SCALAR", component: GLTFDocument.unsigned, count: mesh.indices.count,
      target: 34_963, bounds: nil)
    let attributes = JSON.object([
      ("POSITION", .number(Double(positions))), ("NORMAL", .number(Double(normals))),
    ])
    meshes.append(
      .object([
        ("name", .text(name)),
        (
          "primitives",
          .array([
            .object([
              ("attributes", attributes), ("indices", .number(Double(indices))),
              ("material", .number(Double(colour))),
            ])
          ])
        ),
      ]))
    return meshes.count - 1
  }

  // MARK: Animation

  private mutating func addAnimation(_ source: some FrameSource) throws {
    let (stage, times) = (source.stage, source.times)
    guard times.count > 1 else { return }
    var places: [[Double]] = Array(repeating: [], count: stage.props.count)
    var turns = places
    var last = stage.poses.map(\.turn)
    var moves = Array(repeating: false, count: stage.props.count)
    for index in times.indices {
      let frame = try source.frame(index)
      for (prop, pose) in frame.poses.enumerated() {
        let start = stage.poses[prop]
        if pose.position != start.position || pose.turn != start.turn { moves[prop] = true }
        places[prop] += [pose.position.x, pose.position.y, pose.position.z]
        // the nearer of q and −q, so that keys are joined by the shorter turn
        let turn = (pose.turn * last[prop]).sum() < 0 ? -pose.turn : pose.turn
        turns[prop] += GLTFDocument.unit(turn)
        last[prop] = turn
      }
    }
    guard moves.contains(true) else { return }
    let input = addFloats(times, width: 1, hasBounds: true)
    for prop in moves.indices where moves[prop] {
      for (path, values, width) in [("translation", places[prop], 3), ("rotation", turns[prop], 4)]
      {
        let output = addFloats(values, width: width)
        samplers.append(
          .object([
            ("input", .number(Double(input))), ("output", .number(Double(output))),
            ("interpolation", .text("LINEAR")),
          ]))
        channels.append(
          .object([
            ("sampler", .number(Double(samplers.count - 1))),
            ("target", .object([("node", .number(Double(prop + 1))), ("path", .text(path))])),
          ]))
      }
    }
  }

  // MARK: JSON

  /// - Parameter buffer: file of the buffer; nil for the one inside a `.glb`.
  func json(buffer: String?) -> JSON {
    func list(_ items: [JSON]) -> JSON? { items.isEmpty ? nil : .array(items) }
    let animation = JSON.object([
      ("name", .text(name)), ("channels", .array(channels)), ("samplers", .array(samplers)),
    ])
    return .object([
      (
        "asset",
        .object([
          ("version", .text("2.0")), ("generator", .text("plumbline")), ("extras", extras),
        ])
      ),
      ("scene", .number(0)),
      ("scenes", .array([.object([("name", .text(name)), ("nodes", .numbers([0]))])])),
      ("nodes", .array(nodes)), ("meshes", list(meshes)), ("materials", .array(materials)),
      ("accessors", list(accessors)), ("bufferViews", list(views)),
      (
        "buffers",
        data.isEmpty
          ? nil
          : .array([
            .object([
              ("uri", buffer.map { .text($0) }), ("byteLength", .number(Double(data.count))),
            ])
          ])
      ),
      ("animations", channels.isEmpty ? nil : .array([animation])),
    ])
  }
}
