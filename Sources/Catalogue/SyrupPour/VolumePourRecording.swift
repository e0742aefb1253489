// Frames of a pour in three dimensions: the skin of the liquid, coloured by speed.

import Experience
import Fluid

struct VolumePourRecording {
  let model: SyrupPourModel

  func recording(
    _ values: [Double], level: Int, times: [Double]
  ) throws(RunFailure) -> Recording {
    var frames: [Frame] = []
    var heights: [Double] = []
    var radii: [Double] = []
    let stops = times.filter { $0 <= model.duration }
    let run = try VolumePourRun(model, values, level: level, times: stops) { flow, time in
      var frame = Frame(time: time)
      let middle = flow.setup.middle
      if let mesh = LiquidSkin.mesh(flow, origin: SIMD3(middle.x, middle.y, 0)) {
        frame.surfaces = [mesh]
      }
      frames.append(frame)
      heights.append(flow.topHeight)
      radii.append(VolumePourRun.radius(flow))
    }
    let flow = run.flow
    let fastest = frames.flatMap { $0.surfaces.first?.scalars ?? [] }.max() ?? 1
    let furniture = SyrupFurniture(model, values, height: flow.setup.grid.extent.z)
    var stage = Stage(
      scene: "", experience: "", gravity: Point3(0, 0, -values[model.gravity]),
      props: furniture.props, meshes: furniture.meshes, poses: furniture.poses)
    stage.field = ScalarField(name: "speed", unit: "m/s", low: 0, high: Double(fastest))
    for index in frames.indices { frames[index].poses = stage.poses }
    let events = SyrupFurniture.events(
      landing: flow.landing, cutoff: flow.cutoff, overflow: flow.overflow,
      height: flow.setup.grid.extent.z, edge: flow.setup.edge ?? 0, rim: furniture.rim)
    let series = [
      PlotSeries(name: "height", unit: "m", values: heights),
      PlotSeries(name: "spread radius", unit: "m", values: radii),
    ]
    return Recording(
      stage: stage, frames: frames, notes: RecordingNotes(events: events, series: series))
  }
}
