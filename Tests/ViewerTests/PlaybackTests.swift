import Experience
import Testing

@testable import Viewer

@Suite("Playback")
struct PlaybackTests {
  let times = (0...10).map { Double($0) / 10 }

  // Fails if a frame is shown before its time, or the last one never.
  @Test("the frame at an instant is the last that is not after it")
  func index() {
    #expect(Instant.index(at: -1, in: times) == 0)
    #expect(Instant.index(at: 0.0999, in: times) == 0)
    #expect(Instant.index(at: 0.1, in: times) == 1)
    #expect(Instant.index(at: 0.35, in: times) == 3)
    #expect(Instant.index(at: 7, in: times) == 10)
    #expect(Instant.index(at: 0, in: []) == 0)
  }

  // Fails if stepping back and forth drifts, or runs over the ends.
  @Test("steps go by frames and stop at the ends")
  func steps() {
    var playback = Playback()
    playback.time = 0.35
    playback.step(by: 1, times: times)
    #expect(playback.time == 0.4)
    playback.step(by: -1, times: times)
    playback.step(by: -1, times: times)
    #expect(playback.time == 0.2)
    playback.step(by: -9, times: times)
    #expect(playback.time == 0)
    playback.step(by: 99, times: times)
    #expect(playback.time == 1)
  }

  // Fails if the run goes on past its end, or a repeated part is left.
  @Test("stops at the end, repeats a part between marks")
  func loop() {
    var playback = Playback()
    playback.isPlaying = true
    playback.advance(by: 5, end: 1)
    #expect(playback.time == 1 && !playback.isPlaying)
    for mark in [0.2, 0.6] {
      playback.time = mark
      playback.toggleMark(reach: 0.01)
    }
    playback.time = 0.5
    playback.toggleLoop(start: 0, end: 1)
    #expect(playback.loop == 0.2...0.6)
    playback.isPlaying = true
    playback.advance(by: 0.2, end: 1)
    #expect(playback.time == 0.2 && playback.isPlaying)
    playback.time = 0.2005
    playback.toggleMark(reach: 0.01)
    #expect(playback.marks == [0.6])
  }

  // Fails if an event at the present instant holds the search fast.
  @Test("goes from event to event")
  func events() {
    var playback = Playback()
    let events = [0.1, 0.4, 0.4, 0.9]
    var visited: [Double] = []
    while playback.goToEvent(events, forward: true) { visited.append(playback.time) }
    #expect(visited == [0.1, 0.4, 0.9])
    playback.goToEvent(events, forward: false)
    #expect(playback.time == 0.4)
  }

  // Fails if slow and fast are not inverse to each other, or have no limit.
  @Test("speeds are powers of two")
  func speed() {
    var playback = Playback()
    for _ in 0..<20 { playback.slower() }
    #expect(playback.speed == 1.0 / 64)
    for _ in 0..<30 { playback.faster() }
    #expect(playback.speed == 64)
    playback.realTime()
    playback.isPlaying = true
    playback.faster()
    playback.advance(by: 0.1, end: 1)
    #expect(playback.time == 0.2)
  }

  // Fails if drawing goes on slowly on a fine rung, or swings up and down between two.
  @Test("the ladder steps down at once and does not come back to a slow rung")
  func ladder() {
    var ladder = QualityLadder()
    let start = ladder.quality.rung
    for _ in 0..<12 { ladder.record(0.04) }
    #expect(ladder.quality.rung == start - 1)
    for _ in 0..<1000 { ladder.record(0.005) }
    #expect(ladder.quality.rung == start - 1)
    for _ in 0..<100 { ladder.record(0.5) }
    #expect(ladder.quality.rung == 0)
    var fast = QualityLadder()
    for _ in 0..<1000 { fast.record(0.005) }
    #expect(fast.quality == .best)
  }

  // Fails if a picture at rest stays coarse, motion is drawn finely, or the long time of a refined
  // picture makes the pictures in motion coarser.
  @Test("at rest each picture is finer, up to the finest; a change goes back")
  func rest() {
    var ladder = QualityLadder(start: 2)
    var rungs: [Int] = []
    for _ in 0..<8 {
      ladder.next(isStill: true)
      rungs.append(ladder.shown.rung)
      if ladder.shown != ladder.quality { ladder.record(0.9) }
    }
    #expect(rungs == [2, 2, 3, 4, 5, 5, 5, 5])
    #expect(ladder.quality.rung == 2)
    ladder.next(isStill: false)
    #expect(ladder.shown.rung == 2)
    for _ in 0..<12 { ladder.record(0.04) }
    #expect(ladder.shown.rung == 1)
  }
}
