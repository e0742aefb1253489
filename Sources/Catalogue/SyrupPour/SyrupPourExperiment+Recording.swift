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
    var stage = Stage(
      scene: "", experience: "", gravity: Point3(0, 0, -values[model.gravity]),
      props: props(values, run.flow), meshes: meshes(values, run.flow), poses: [])
    stage.poses = stage.props.map { _ in FramePose() }
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

  private func props(_ values: [Double], _ flow: MeridianFlow) -> [Prop] {
    var list: [Prop] = [Prop(name: "floor", shape: .plane, isFixed: true)]
    if flow.setup.rim > 0 { list.append(Prop(name: "cup", shape: .mesh(0), isFixed: true)) }
    return list
  }

  private func meshes(_ values: [Double], _ flow: MeridianFlow) -> [TriangleMesh] {
    guard flow.setup.rim > 0 else { return [] }
    let grid = flow.setup.grid
    return [
      SurfaceOfRevolution.shell(
        radius: grid.width, height: Double(flow.setup.rim) * grid.hz, thickness: 0.04 * grid.width)
    ]
  }
}
