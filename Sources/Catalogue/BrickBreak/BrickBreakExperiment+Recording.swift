// Frames of a brick test: skin and crack faces coloured by how far the cracks are open.
//
// Deviation  displacements are not exaggerated. A test lasts milliseconds: where fewer than
//            `fewestFrames` of the times that are asked for lie in it, frames stand at even times of
//            their own instead. Bending is shown at the simulated speed.

import Experience
import Foundation
import Fracture

extension BrickBreakExperiment {
  static let fewestFrames = 40
  /// Frames of their own choice: between half of this and this.
  static let frameLimit = 160

  func recording(
    _ values: [Double], level: Int, times: [Double]
  ) throws(RunFailure) -> Recording? {
    let model = self.model
    var shots: [BrickShot] = []
    var gap = 0.0
    let asked = times.filter { $0 > 0 }
    var next = 0
    let offset = model.freeFall(values)
    var taken: [BrickShot] = []
    let run = try BrickBreakRun(model, values, level: level) { test in
      if next < asked.count, test.time + offset >= asked[next] {
        taken.append(BrickShot(test))
        while next < asked.count, test.time + offset >= asked[next] { next += 1 }
      }
      // thinned to every second one when there are too many
      guard shots.isEmpty || test.time >= shots[shots.count - 1].time + gap else { return }
      shots.append(BrickShot(test))
      if shots.count > BrickBreakExperiment.frameLimit {
        shots = shots.indices.filter { $0.isMultiple(of: 2) }.map { shots[$0] }
        gap = shots[1].time - shots[0].time
      }
    }
    if taken.count >= BrickBreakExperiment.fewestFrames { shots = [shots[0]] + taken }
    let props = BrickProps(model: model, values: values)
    var stage = Stage(
      scene: "", experience: "", gravity: Point3(0, 0, -values[model.gravity]),
      props: props.props)
    stage.field = ScalarField(name: "crack opening", unit: "1", low: 0, high: 1)
    var frames = falling(shots[0], values, props)
    frames += shots.map { shot in
      var frame = Frame(time: offset + shot.time, poses: props.poses(shot))
      frame.surfaces = [shot.mesh]
      return frame
    }
    // what was shot ends where the engine takes over
    let fall = try PieceFall(model, values, run: run, level: level, frameTimes: times)
    let last = BrickShot(run.test)
    var rest: [Frame] = []
    if let fall {
      let film = PieceFrames(
        fall: fall, run: run, mesh: last.mesh, gravity: values[model.gravity])
      rest = film.frames.map { time, mesh in
        var frame = Frame(time: offset + fall.handOver + time, poses: props.poses(last))
        frame.surfaces = [mesh]
        return frame
      }.filter { $0.time > frames[frames.count - 1].time }
    }
    let count = rest.count
    frames += rest
    stage.poses = frames[0].poses
    let events = [
      run.test.firstOpening.map {
        EventMark(kind: "contact", time: offset + $0, text: "the first crack opens", point: .zero)
      },
      run.test.peak.force > 0
        ? EventMark(
          kind: "contact", time: offset + run.test.peak.time, text: "the force is at its peak",
          point: .zero) : nil,
      fall?.rest.map {
        EventMark(
          kind: "rest", time: offset + (fall?.handOver ?? 0) + $0, text: "all pieces rest",
          point: .zero)
      },
    ].compactMap { $0 }
    let still = Array(repeating: 0.0, count: frames.count - shots.count - count)
    func after(_ value: Double) -> [Double] { Array(repeating: value, count: count) }
    let series = [
      PlotSeries(
        name: "force on the grid", unit: "N", values: still + shots.map(\.force) + after(0)),
      PlotSeries(
        name: "crack area", unit: "m^2", values: still + shots.map(\.area) + after(last.area)),
    ]
    return Recording(
      stage: stage, frames: frames,
      notes: RecordingNotes(events: events.sorted { $0.time < $1.time }, series: series))
  }

  /// Forty frames on the way down.
  private func falling(_ first: BrickShot, _ values: [Double], _ props: BrickProps) -> [Frame] {
    guard case .fall(let height, _, _, _) = model.test else { return [] }
    let end = model.freeFall(values)
    return (0..<40).map { index in
      let time = end * Double(index) / 40
      let lift = values[height] - 0.5 * values[model.gravity] * time * time
      var mesh = first.mesh
      for vertex in mesh.vertices.indices { mesh.vertices[vertex].z += lift }
      var frame = Frame(time: time, poses: props.poses(first))
      frame.surfaces = [mesh]
      return frame
    }
  }
}

/// What is kept of a test for a frame.
struct BrickShot: Sendable {
  let time: Double
  let force: Double
  let area: Double
  /// Tip of the tool, in m.
  let tool: Double
  let mesh: TriangleMesh
  /// Smallest opening of a crack face that is drawn.
  static let visible = 0.05

  init(_ test: BrickTest) {
    (time, force, area, tool) = (test.time, test.toolForce, test.crackArea, test.toolHeight)
    let lattice = test.setup.lattice
    // the skin of an element shows its widest crack
    var widest = [Float](repeating: 0, count: lattice.elementCount)
    for (index, face) in test.cracks.faces.enumerated() {
      let opening = Float(test.cracks.opening(of: index, in: test.solid))
      for element in [lattice.faceLow[Int(face)], lattice.faceHigh[Int(face)]] {
        widest[Int(element)] = max(widest[Int(element)], opening)
      }
    }
    let surface = test.surface(visible: BrickShot.visible)
    var mesh = TriangleMesh(vertices: surface.corners)
    mesh.triangles.reserveCapacity(2 * surface.count)
    mesh.scalars.reserveCapacity(4 * surface.count)
    for quad in 0..<surface.count {
      let base = UInt32(4 * quad)
      mesh.triangles.append(SIMD3(base, base + 1, base + 2))
      mesh.triangles.append(SIMD3(base, base + 2, base + 3))
      let opening = surface.opening[quad]
      let shown = opening < 0 ? widest[Int(surface.element[quad])] : Float(opening)
      for _ in 0..<4 { mesh.scalars.append(min(1, max(0, shown))) }
    }
    self.mesh = mesh
  }
}

/// Supports, floor and tool.
struct BrickProps: Sendable {
  private(set) var props: [Prop] = []
  private var fixed: [FramePose] = []
  /// Centre of the tool over its tip, in m; nil without a tool.
  private var lift: Double?
  private let turn: Turn

  init(model: BrickBreakModel, values: [Double]) {
    let size = model.size(values)
    let radius = 0.12 * size.z
    // the axis of a cylinder, z, along y
    turn = Turn(-0.5.squareRoot(), 0, 0, 0.5.squareRoot())
    let span: Double
    switch model.test {
    case .bend(let index, _): span = values[index]
    case .strike(let strike): span = values[strike.span]
    case .fall:
      props = [Prop(name: "floor", shape: .plane, isFixed: true)]
      fixed = [FramePose()]
      return
    }
    props = [Prop(name: "floor", shape: .plane, isFixed: true)]
    fixed = [FramePose(position: Point3(0, 0, -2 * radius))]
    for (name, end) in [("left support", -0.5), ("right support", 0.5)] {
      props.append(
        Prop(
          name: name, shape: .cylinder(radius: radius, halfLength: 0.55 * size.y), isFixed: true))
      fixed.append(FramePose(position: Point3(end * span, 0, -radius), turn: turn))
    }
    var mass = 0.0
    var shape = PropShape.box(
      half: Point3(0.5 * values[model.strip], 0.52 * size.y, 0.35 * size.z))
    lift = 0.35 * size.z
    if case .strike(let strike) = model.test {
      mass = values[strike.mass]
      if let round = strike.radius.map({ values[$0] }) {
        shape =
          strike.isBall
          ? .sphere(radius: round) : .cylinder(radius: round, halfLength: 0.52 * size.y)
        lift = round
      }
    }
    props.append(Prop(name: mass > 0 ? "striker" : "bar", shape: shape, mass: mass, colour: 1))
  }

  func poses(_ shot: BrickShot) -> [FramePose] {
    guard let lift, let tool = props.last else { return fixed }
    let isRound = if case .cylinder = tool.shape { true } else { false }
    return fixed + [
      FramePose(
        position: Point3(0, 0, shot.tool + lift), turn: isRound ? turn : Turn(0, 0, 0, 1))
    ]
  }
}
