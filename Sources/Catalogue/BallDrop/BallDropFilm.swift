// A ball drop that was filmed, as a recording.

import Experience
import Foundation
import RigidBody

struct BallDropFilm {
  let setup: BallDropExperiment.Setup
  let log: BallLog
  let shots: [BallShot]
  let axes: SceneAxes

  private var radius: Double { 0.5 * setup.diameter }
  private var flight: BallFlight { setup.ball.flight }
  /// With added mass, in kg.
  private var mass: Double { setup.mass * flight.inertiaRatio }

  var recording: Recording {
    let frames = shots.map(frame)
    let floor = FramePose(turn: axes.attitude(.identity))
    var gravity = flight.drive * flight.inertiaRatio
    if let central = flight.central {
      gravity.z -= central.parameter / (central.radius * central.radius)
    }
    let start = FramePose(
      position: centre(setup.start), velocity: axes.point(setup.start.velocity),
      spin: axes.point(setup.spin))
    let stage = Stage(
      scene: "", experience: "", gravity: axes.point(gravity),
      props: [
        Prop(name: "floor", shape: .plane, isFixed: true),
        Prop(name: "ball", shape: .sphere(radius: radius), mass: setup.mass, colour: 1),
      ], poses: frames.first?.poses ?? [floor, start])
    return Recording(
      stage: stage, frames: frames, notes: RecordingNotes(events: events, series: series))
  }

  // MARK: Frames

  private func centre(_ state: BallState) -> Point3 {
    axes.point(Vector3(x: state.x, y: state.y, z: state.gap + radius))
  }

  private func frame(_ shot: BallShot) -> Frame {
    let turn = axes.attitude(shot.turn * axes.turn.conjugate)
    var frame = Frame(
      time: shot.state.time,
      poses: [
        FramePose(turn: axes.attitude(.identity)),
        FramePose(
          position: centre(shot.state), turn: turn, velocity: axes.point(shot.state.velocity),
          spin: axes.point(shot.spin)),
      ])
    guard shot.support != .flight else { return frame }
    let state: ContactMark.State =
      switch shot.support {
      case .sliding: .sliding
      case .rolling: .rolling
      case .flight, .rest: .sticking
      }
    frame.contacts = [
      ContactMark(
        point: axes.point(Vector3(x: shot.state.x, y: shot.state.y, z: 0)),
        normal: axes.point(Vector3(x: 0, y: 0, z: 1)), force: mass * axes.point(shot.push),
        friction: setup.ball.friction.along, state: state, a: 1, b: 0)
    ]
    return frame
  }

  // MARK: Events

  private func floorPoint(_ state: BallState) -> Point3 {
    axes.point(Vector3(x: state.x, y: state.y, z: 0))
  }

  private func figures(_ value: Double) -> String { JSON.text(of: Quantum.threeFigures(value)) }

  private var events: [EventMark] {
    var list: [EventMark] = []
    for impact in log.impacts {
      list.append(
        EventMark(
          kind: "contact", time: impact.before.time,
          text: "the ball hits the floor at \(figures(impact.before.velocity.length)) m/s",
          point: floorPoint(impact.before)))
    }
    for apex in log.apexes where apex.gap > 0 {
      list.append(
        EventMark(
          kind: "apex", time: apex.time,
          text: "the ball is at its apex, \(figures(apex.gap / setup.cosine)) m"))
    }
    if let rest = log.rest {
      list.append(
        EventMark(
          kind: "rest", time: rest.time, text: "the ball rests", point: floorPoint(rest)))
    }
    return list.sorted { $0.time < $1.time }
  }

  // MARK: Series

  private func plot(
    _ name: String, _ unit: String, _ value: (BallShot) -> Double
  ) -> PlotSeries { PlotSeries(name: name, unit: unit, values: shots.map(value)) }

  private func kinetic(_ shot: BallShot) -> Double {
    let inertia = setup.ball.impact.inertiaFactor * setup.mass * radius * radius
    return 0.5 * mass * shot.state.velocity.dot(shot.state.velocity)
      + 0.5 * inertia * shot.spin.dot(shot.spin)
  }

  private func potential(_ shot: BallShot) -> Double {
    let (s, drive) = (shot.state, flight.drive)
    var height = -(drive.x * s.x + drive.y * s.y + drive.z * s.gap)
    if let central = flight.central {
      let distance = (s.x * s.x + s.y * s.y + pow(central.radius + s.gap, 2)).squareRoot()
      // as a difference that keeps its digits
      height +=
        central.parameter * (distance - central.radius) / (central.radius * distance)
    }
    return mass * height
  }

  private var series: [PlotSeries] {
    var list = [
      plot("kinetic-energy", "J", kinetic), plot("potential-energy", "J", potential),
      plot("total-energy", "J") { kinetic($0) + potential($0) },
    ]
    if flight.drag != .none, setup.history == nil {
      list.append(plot("drag-loss", "J") { mass * $0.state.dissipated })
    }
    list.append(plot("ball-height", "m") { $0.state.gap / setup.cosine })
    list.append(plot("ball-speed", "m/s") { $0.state.velocity.length })
    if setup.spin != .zero || log.impacts.contains(where: { $0.spinAfter != .zero }) {
      list.append(plot("ball-spin", "rad/s") { $0.spin.length })
    }
    list.append(plot("ball-on-floor", "N") { mass * $0.push.length })
    return list
  }
}
