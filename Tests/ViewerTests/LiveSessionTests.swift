import Experience
import Foundation
import Testing

@testable import Viewer

/// A body that moves at 1 m/s, a frame every 1/60 s; it can be told to be slow or to fail.
private struct LiveSample: LiveSource {
  struct Failure: Error, CustomStringConvertible {
    var description: String { "the solver did not converge at 0.200 s" }
  }
  var stage: Stage
  var notes = RecordingNotes()
  var times: [Double] = [0]
  var duration: Double?
  var failsAt = Double.infinity
  /// Seconds of sleep for a simulated second.
  var slowness = 0.0
  var held: Pull?
  /// Told by the next call, as a record that is made beside the run.
  var late: OutcomeMark?

  init() {
    stage = Stage(scene: "live", experience: "test")
    stage.props = [Prop(name: "ball", shape: .sphere(radius: 0.1), mass: 2)]
    stage.poses = [FramePose()]
  }

  func frame(_ index: Int) -> Frame {
    Frame(time: times[index], poses: [FramePose(position: Point3(times[index], 0, 0))])
  }

  mutating func advance(to time: Double) throws {
    let start = times[times.count - 1]
    if let late { notes.outcomes = [late] }
    while times[times.count - 1] + 1.0 / 60 <= time {
      if times[times.count - 1] >= failsAt { throw Failure() }
      times.append(Double(times.count) / 60)
    }
    if slowness > 0 { usleep(UInt32(1e6 * slowness * (time - start))) }
  }

  mutating func restart() { (times, held, notes.isPerturbed) = ([0], nil, false) }
  mutating func pull(_ pull: Pull) { (held, notes.isPerturbed) = (pull, true) }
  mutating func release() { held = nil }
}

@Suite("Live session")
struct LiveSessionTests {
  // Fails if a live run stops by itself, as it does when its clock waits for a frame to come.
  @Test("the clock runs though frames come less often")
  func runs() throws {
    var session = try Session(.live(LiveSample()))
    for _ in 0..<2000 { session.advance(by: 0.001) }
    #expect(session.playback.isPlaying)
    #expect(session.playback.time > 1.9 && session.playback.time < 2.0001)
    // the picture is never older than two frames
    #expect(session.playback.time - (try session.frame().time) < 2.0 / 60)
  }

  // Fails if a run goes on past the end of its scene.
  @Test("stops at the duration of the scene")
  func stops() throws {
    var sample = LiveSample()
    sample.duration = 0.5
    var session = try Session(.live(sample))
    for _ in 0..<100 { session.advance(by: 0.01) }
    #expect(session.playback.time == 0.5 && !session.playback.isPlaying)
    #expect(session.end == 0.5)
  }

  // Fails if outcomes that are known after the run has stopped are never shown.
  @Test("a late record is taken in by a run that has stopped")
  func record() throws {
    var sample = LiveSample()
    sample.late = OutcomeMark(
      name: "way", unit: "m", value: 1, band: 0, status: "converged", tier: "T0")
    var session = try Session(.live(sample))
    session.playback.isPlaying = false
    session.collect()
    #expect(session.notes.outcomes.count == 1 && session.times == [0])
  }

  // Fails if a slow solver keeps the window from answering.
  @Test("a slow solver is asked for small portions")
  func slow() throws {
    var sample = LiveSample()
    sample.slowness = 3
    var session = try Session(.live(sample))
    for _ in 0..<10 { session.advance(by: 1.0 / 60) }
    // 25 ms on the wall are 8 ms of a run that is three times slower than real time
    #expect(session.pace.portion < 0.012)
    #expect(session.playback.isPlaying)
  }

  // Fails if an error of the solver is lost, or the run goes on.
  @Test("an error of the solver pauses and is shown")
  func failure() throws {
    var sample = LiveSample()
    sample.failsAt = 0.2
    var session = try Session(.live(sample))
    for _ in 0..<100 { session.advance(by: 0.01) }
    #expect(session.error == "the solver did not converge at 0.200 s")
    #expect(!session.playback.isPlaying && session.known < 0.25)
  }

  // Fails if a pull leaves no trace, or is not let go.
  @Test("a pull marks the run; a reset makes it clean")
  func pull() throws {
    var session = try Session(.live(LiveSample()))
    for _ in 0..<50 { session.advance(by: 0.01) }
    session.playback.time = 0.1
    session.grasp(Pick(prop: 0, point: .zero, local: .zero, distance: 1))
    #expect(session.notes.isPerturbed && session.playback.time == session.known)
    session.drag(to: Point3(0, 0, 1))
    #expect(session.pull?.toward == Point3(0, 0, 1))
    session.drag(to: Point3(.nan, 0, 1))
    #expect(session.pull?.toward == Point3(0, 0, 1))
    session.letGo()
    #expect(session.pull == nil && session.pulls.count == 3)
    session.perform(.reset)
    #expect(!session.notes.isPerturbed && session.pulls.isEmpty && session.times == [0])
  }

  // Fails if a recording can be pulled: it would look like another truth.
  @Test("a recording cannot be pulled")
  func recording() throws {
    var session = try Session(.replay(Samples.slide()))
    session.grasp(Pick(prop: 1, point: .zero, local: .zero, distance: 1))
    #expect(session.pull == nil && session.pulls.isEmpty)
  }
}
