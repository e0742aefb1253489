// What stands still in the picture of a pour: floor, plate or cup, nozzle; and the marks of its events.

import Experience

struct SyrupFurniture {
  private(set) var props = [Prop(name: "floor", shape: .plane, isFixed: true)]
  private(set) var poses = [FramePose()]
  /// In the order of their numbers.
  private(set) var meshes: [TriangleMesh] = []
  /// Height of the rim of a cup, 0 without one, in m.
  let rim: Double

  /// `height`: of the nozzle, in m.
  init(_ model: SyrupPourModel, _ values: [Double], height: Double) {
    guard case .stream(let stream) = model.pour else {
      rim = 0
      return
    }
    rim = stream.cup.map { values[$0.height] } ?? 0
    if let cup = stream.cup {
      let radius = 0.5 * values[cup.diameter]
      add(
        "cup",
        SurfaceOfRevolution.shell(radius: radius, height: rim, thickness: 0.04 * radius))
    } else if let plate = stream.plate {
      let radius = 0.5 * values[plate]
      let thickness = 0.02 * radius
      props.append(
        Prop(
          name: "plate", shape: .cylinder(radius: radius, halfLength: 0.5 * thickness),
          isFixed: true))
      // its upper side is the floor of the flow, and it lies on the floor
      poses.append(FramePose(position: Point3(0, 0, -0.5 * thickness - 1e-4 * radius)))
      poses[0].position.z = -thickness - 2e-4 * radius
    }
    let bore = 0.5 * values[stream.nozzle]
    add(
      "nozzle", SurfaceOfRevolution.shell(radius: bore, height: bore, thickness: 0.12 * bore),
      at: height)
  }

  private mutating func add(_ name: String, _ mesh: TriangleMesh, at height: Double = 0) {
    props.append(Prop(name: name, shape: .mesh(meshes.count), isFixed: true))
    poses.append(FramePose(position: Point3(0, 0, height)))
    meshes.append(mesh)
  }

  /// Marks in order of time. `edge`, `rim`: where liquid passes, in m.
  static func events(
    landing: Double?, cutoff: Double?, overflow: Double?, height: Double, edge: Double,
    rim: Double
  ) -> [EventMark] {
    var events: [EventMark] = []
    if let landing, landing > 0 {
      events.append(
        EventMark(kind: "contact", time: landing, text: "the stream lands", point: .zero))
    }
    if let cutoff {
      events.append(
        EventMark(
          kind: "lift-off", time: cutoff, text: "the stream is cut off",
          point: Point3(0, 0, height)))
    }
    if let overflow {
      events.append(
        EventMark(
          kind: "tip", time: overflow, text: "liquid passes the edge", point: Point3(edge, 0, rim)))
    }
    return events.sorted { $0.time < $1.time }
  }
}
