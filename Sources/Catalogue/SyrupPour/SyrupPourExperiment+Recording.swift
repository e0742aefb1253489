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
    if model.isVolume {
      return try VolumePourRecording(model: model).recording(values, level: level, times: times)
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
    let grid = run.flow.setup.grid
    let furniture = SyrupFurniture(model, values, height: grid.height)
    var stage = Stage(
      scene: "", experience: "", gravity: Point3(0, 0, -values[model.gravity]),
      props: furniture.props, meshes: furniture.meshes, poses: furniture.poses)
    stage.field = ScalarField(name: "speed", unit: "m/s", low: 0, high: Double(fastest))
    for index in frames.indices { frames[index].poses = stage.poses }
    let events = SyrupFurniture.events(
      landing: run.flow.landing, cutoff: run.flow.cutoff, overflow: run.flow.overflow,
      height: grid.height, edge: grid.width, rim: furniture.rim)
    let series = [
      PlotSeries(name: "height", unit: "m", values: heights),
      PlotSeries(name: "spread radius", unit: "m", values: radii),
    ]
    return Recording(
      stage: stage, frames: frames,
      notes: RecordingNotes(events: events, series: series))
  }
}
