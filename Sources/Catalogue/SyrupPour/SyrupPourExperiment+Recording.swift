// Frames of a stream or slump: the surface turned about its axis, coloured by speed.

import Experience
import Fluid
import Foundation

extension SyrupPourExperiment {
  func recording(
    _ values: [Double], level: Int, times: [Double]
  ) throws(RunFailure) -> Recording? {
    let model = self.model
    if case .settle(let settle) = model.pour {
      return try SyrupPourSettling(model, settle, values, level: level).recording(times: times)
    }
    let stops = times.filter { $0 <= model.duration }
    var frames: [Frame] = []
    var heights: [Double] = []
    var radii: [Double] = []
    let run = try SyrupPourRun(model, values, level: level, times: stops) { flow, time in
      var frame = Frame(time: time)
      if let mesh = SurfaceOfRevolution.mesh(flow) { frame.surfaces = [mesh] }
      frames.append(frame)
      heights.append(flow.surface.top)
      radii.append(flow.surface.radius(atThickness: SyrupPourOutcome.thickness))
    }
    let fastest = frames.flatMap { $0.surfaces.first?.scalars ?? [] }.max() ?? 1
    let furniture = furniture(values, run.flow)
    var stage = Stage(
      scene: "", experience: "", gravity: Point3(0, 0, -values[model.gravity]),
      props: furniture.props, meshes: furniture.meshes, poses: furniture.poses)
    stage.field = ScalarField(name: "speed", unit: "m/s", low: 0, high: Double(fastest))
    for index in frames.indices { frames[index].poses = stage.poses }
    var events: [EventMark] = []
    if let time = run.flow.landing, time > 0 {
      events.append(EventMark(kind: "contact", time: time, text: "the stream lands", point: .zero))
    }
    if let time = run.flow.cutoff {
      events.append(
        EventMark(
          kind: "lift-off", time: time, text: "the stream is cut off",
          point: Point3(0, 0, run.flow.setup.grid.height)))
    }
    if let time = run.flow.overflow {
      events.append(
        EventMark(
          kind: "tip", time: time, text: "liquid passes the edge",
          point: Point3(
            run.flow.setup.grid.width, 0, Double(run.flow.setup.rim) * run.flow.setup.grid.hz)))
    }
    let series = [
      PlotSeries(name: "height", unit: "m", values: heights),
      PlotSeries(name: "spread radius", unit: "m", values: radii),
    ]
    return Recording(
      stage: stage, frames: frames,
      notes: RecordingNotes(events: events.sorted { $0.time < $1.time }, series: series))
  }

  /// The floor, what the liquid falls on, and the nozzle; the meshes in the order of their numbers.
  private func furniture(
    _ values: [Double], _ flow: MeridianFlow
  ) -> (props: [Prop], poses: [FramePose], meshes: [TriangleMesh]) {
    let grid = flow.setup.grid
    var props = [Prop(name: "floor", shape: .plane, isFixed: true)]
    var poses = [FramePose()]
    var meshes: [TriangleMesh] = []
    func add(_ name: String, _ mesh: TriangleMesh, at height: Double = 0) {
      props.append(Prop(name: name, shape: .mesh(meshes.count), isFixed: true))
      poses.append(FramePose(position: Point3(0, 0, height)))
      meshes.append(mesh)
    }
    if flow.setup.rim > 0 {
      add(
        "cup",
        SurfaceOfRevolution.shell(
          radius: grid.width, height: Double(flow.setup.rim) * grid.hz,
          thickness: 0.04 * grid.width))
    } else if case .stream = model.pour {
      let thickness = 0.02 * grid.width
      props.append(
        Prop(
          name: "plate",
          shape: .cylinder(radius: grid.width, halfLength: 0.5 * thickness), isFixed: true))
      // its upper side is the floor of the flow
      poses.append(FramePose(position: Point3(0, 0, -0.5 * thickness - 1e-4 * grid.width)))
    }
    if let nozzle = flow.setup.nozzle {
      add(
        "nozzle",
        SurfaceOfRevolution.shell(
          radius: nozzle.radius, height: nozzle.radius, thickness: 0.12 * nozzle.radius),
        at: grid.height)
    }
    // the plate lies on the floor
    if props.contains(where: { $0.name == "plate" }) {
      poses[0].position.z = -0.02 * grid.width - 2e-4 * grid.width
    }
    return (props, poses, meshes)
  }
}
