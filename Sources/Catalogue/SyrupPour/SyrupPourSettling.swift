// A ball in a vessel: its run, its outcomes, its frames.

import Experience
import Fluid
import Foundation

struct SyrupPourSettling {
  let model: SyrupPourModel
  let settle: SyrupPourModel.Settle
  let values: [Double]
  private(set) var ball: SettlingBall

  init(_ model: SyrupPourModel, _ settle: SyrupPourModel.Settle, _ values: [Double], level: Int) {
    (self.model, self.settle, self.values) = (model, settle, values)
    let (radius, depth) = (0.5 * values[settle.vessel], values[settle.height])
    let factor = 1 << level
    let columns = max(1, Int((radius / model.resolution).rounded(.up))) * factor
    let rows = max(1, Int((depth / model.resolution).rounded(.up))) * factor
    ball = SettlingBall(
      grid: MeridianGrid(
        nr: columns, nz: rows, hr: radius / Double(columns), hz: depth / Double(rows)),
      radius: 0.5 * values[settle.diameter], height: depth - values[settle.start],
      ballDensity: values[settle.density], density: values[model.density], law: model.law(values),
      gravity: values[model.gravity])
  }

  /// Runs to the floor or the duration; without frames only until the largest speed is known.
  mutating func run(
    times: [Double] = [], look: (SettlingBall, Double) -> Void = { _, _ in }
  ) throws(RunFailure) {
    var next = 0
    // speed a diameter higher up, below the middle of the vessel
    var (before, height) = (0.0, ball.height)
    while !ball.isDown, ball.time < model.duration * (1 - 1e-13) {
      let stop = next < times.count ? min(times[next], model.duration) : model.duration
      if ball.time < stop {
        do { try ball.step(until: stop) } catch {
          throw RunFailure(code: "R201", error.description)
        }
      }
      while next < times.count, times[next] <= ball.time * (1 + 1e-13) {
        look(ball, times[next])
        next += 1
      }
      guard times.isEmpty, height - ball.height > 2 * ball.radius else { continue }
      let gain = ball.fastest - before
      (before, height) = (ball.fastest, ball.height)
      if ball.height < 0.5 * ball.grid.height, gain < 1e-5 * ball.fastest { break }
    }
    // a second in which nothing moves
    let end = ball.time + 1
    while next < times.count, times[next] <= min(end, model.duration) {
      look(ball, times[next])
      next += 1
    }
  }

  /// Whether the ball still gains speed at the end.
  private var isGaining: Bool { abs(ball.speed) > 0.999 * ball.fastest && !ball.isDown }

  var result: RunResult {
    var sheet = SyrupPourSheet(model)
    sheet.put(.settlingSpeed, ball.fastest, floor: 1e-9 * ball.fastest)
    let radius = 0.5 * values[settle.vessel]
    let liquid =
      Double.pi * radius * radius * values[settle.height]
      - 4 / 3 * Double.pi * ball.radius * ball.radius * ball.radius
    sheet.put(.volume, liquid, floor: 1e-12 * liquid)
    var result = sheet.result
    result.audits = [NamedNumber("solve", ball.refinement)]
    let viscosity = ball.law.viscosity(rate: ball.fastest / ball.radius) / ball.density
    let reynolds = 2 * ball.radius * ball.fastest / viscosity
    result.range = [
      NamedNumber("steps", Double(ball.steps)), NamedNumber("reynolds", reynolds),
    ]
    if reynolds > 200 {
      result.isUnresolved = true
      result.notes.append(
        "the ball's Reynolds number of \(JSON.text(of: Quantum.threeFigures(reynolds))) is beyond 200, where wakes leave the axis"
      )
    }
    return result
  }

  // MARK: Frames

  private func pose(_ ball: SettlingBall) -> FramePose {
    FramePose(
      position: Point3(0, 0, ball.height), velocity: Point3(0, 0, ball.speed))
  }

  func recording(times: [Double]) throws(RunFailure) -> Recording {
    var copy = self
    var frames: [Frame] = []
    var speeds: [Double] = []
    try copy.run(times: times.filter { $0 <= model.duration }) { ball, time in
      frames.append(Frame(time: time, poses: [FramePose(), FramePose(), pose(ball)]))
      speeds.append(abs(ball.speed))
    }
    let mass = 4 / 3 * Double.pi * pow(ball.radius, 3) * ball.ballDensity
    let stage = Stage(
      scene: "", experience: "", gravity: Point3(0, 0, -ball.gravity),
      props: [
        Prop(name: "floor", shape: .plane, isFixed: true),
        Prop(name: "vessel", shape: .mesh(0), isFixed: true),
        Prop(name: "ball", shape: .sphere(radius: ball.radius), mass: mass, colour: 1),
      ],
      meshes: [
        SurfaceOfRevolution.ring(
          radius: ball.grid.width, height: ball.grid.height, thickness: 0.04 * ball.grid.width)
      ],
      poses: [FramePose(), FramePose(), pose(ball)])
    return Recording(
      stage: stage, frames: frames,
      notes: RecordingNotes(series: [PlotSeries(name: "speed", unit: "m/s", values: speeds)]))
  }
}
