import Experience
import Foundation

@testable import Viewer

/// Small runs with everything that can be drawn. No physics: places are made up.
enum Samples {
  /// A box that slides for a second and rests, with contacts, forces, lines, events, outcomes.
  static func slide() -> Recording {
    var stage = Stage(scene: "slide", experience: "test", about: "A box slides & <stops>.")
    stage.props = [
      Prop(name: "floor", shape: .plane, isFixed: true),
      Prop(name: "box", shape: .box(half: Point3(0.2, 0.15, 0.25)), mass: 8),
      Prop(name: "post", shape: .cylinder(radius: 0.05, halfLength: 0.3), isFixed: true),
    ]
    stage.poses = [
      FramePose(), FramePose(position: Point3(-0.5, 0, 0.25)),
      FramePose(position: Point3(1.2, 0.5, 0.3)),
    ]
    var recording = Recording(stage: stage)
    for step in 0...60 {
      let time = Double(step) / 40
      let speed = max(0, 1 - time)
      let x = -0.5 + (time < 1 ? time - 0.5 * time * time : 0.5)
      var frame = Frame(time: time, poses: stage.poses)
      frame.poses[1].position.x = x
      frame.poses[1].velocity.x = speed
      for (index, side) in [-1.0, 1].enumerated() {
        frame.contacts.append(
          ContactMark(
            point: Point3(x + 0.2 * side, 0, 0), normal: Point3(0, 0, 1),
            force: Point3(-15, 0, 39), friction: 0.4,
            state: speed > 0 ? (index == 0 ? .sliding : .rolling) : .sticking, a: 1, b: 0))
      }
      frame.arrows = [
        ArrowMark(kind: .load, point: Point3(x, 0, 0.5), vector: Point3(30, 0, 20), prop: 1),
        ArrowMark(kind: .moment, point: Point3(x, 0, 0.25), vector: Point3(0, 3, 0), prop: 1),
      ]
      frame.lines = [
        LineMark(kind: .taut, points: [Point3(x, 0, 0.4), Point3(-1.4, 0, 0.7)]),
        LineMark(kind: .spring, points: [Point3(x, 0, 0.25), Point3(1.2, 0.5, 0.4)]),
      ]
      frame.labels = [LabelMark(text: "a < b", point: Point3(0, 0, 0.8))]
      recording.frames.append(frame)
    }
    recording.notes.events = [
      EventMark(kind: "slip", time: 0.1, text: "box slips on floor"),
      EventMark(kind: "rest", time: 1, text: "box rests"),
    ]
    recording.notes.outcomes = [
      OutcomeMark(
        name: "distance", unit: "m", value: 0.5, band: 2e-6, status: "converged", tier: "T0",
        knownAt: 1),
      OutcomeMark(
        name: "slip-time", unit: "s", value: 0.1, band: 1e-9, status: "converged", tier: "T0",
        knownAt: 0.1),
      OutcomeMark(
        name: "tips", unit: "1", value: 0, band: 0, status: "converged", tier: "T1", isEvent: true),
      OutcomeMark(
        name: "rise-height", unit: "m", value: 0.25, band: 0.01, status: "unresolved", tier: "T2"),
    ]
    recording.notes.series = [
      PlotSeries(
        name: "speed", unit: "m/s", values: recording.frames.map { $0.poses[1].velocity.x })
    ]
    recording.notes.warnings = ["friction lies outside the measured range"]
    return recording
  }
}
