// The clock of the window: where in the run we are, how fast it goes, which part repeats.
//
// Knows the instants of the frames only; a live run adds to them. Checked by PlaybackTests.

public struct Playback: Sendable, Hashable {
  /// In s.
  public var time = 0.0
  public var isPlaying = false
  /// Seconds of the run for a second on the wall: 1/64 to 64, by factors of 2.
  public private(set) var speed = 1.0
  public private(set) var loop: ClosedRange<Double>?
  /// In s, ascending.
  public private(set) var marks: [Double] = []

  public init() {}

  public mutating func slower() { speed = max(1.0 / 64, speed / 2) }
  public mutating func faster() { speed = min(64, speed * 2) }
  public mutating func realTime() { speed = 1 }

  /// Where the next frame on the wall, `seconds` later, is. At the end the run stops, or begins
  /// again where a part repeats.
  public mutating func advance(by seconds: Double, end: Double) {
    guard isPlaying, seconds > 0 else { return }
    time += seconds * speed
    if let loop, time >= loop.upperBound {
      time = loop.lowerBound
    } else if time >= end {
      time = end
      isPlaying = false
    }
  }

  /// By whole frames, forwards or backwards.
  public mutating func step(by count: Int, times: [Double]) {
    guard !times.isEmpty else { return }
    isPlaying = false
    let now = Instant.index(at: time, in: times)
    time = times[min(times.count - 1, max(0, now + count))]
  }

  /// By seconds of the run.
  public mutating func jump(by seconds: Double, start: Double, end: Double) {
    isPlaying = false
    time = min(end, max(start, time + seconds))
  }

  public mutating func go(to instant: Double, start: Double, end: Double) {
    time = min(end, max(start, instant))
  }

  /// To the next event, or the one before; instants nearer than a microsecond are the same.
  /// - Returns: whether there is one.
  @discardableResult
  public mutating func goToEvent(_ events: [Double], forward: Bool) -> Bool {
    let found =
      forward
      ? events.filter { $0 > time + 1e-6 }.min() : events.filter { $0 < time - 1e-6 }.max()
    guard let found else { return false }
    (time, isPlaying) = (found, false)
    return true
  }

  /// Sets a mark, or takes one within `reach` seconds away.
  public mutating func toggleMark(reach: Double) {
    if let near = marks.firstIndex(where: { abs($0 - time) <= reach }) {
      marks.remove(at: near)
    } else {
      marks.append(time)
      marks.sort()
    }
  }

  /// Repeats from the mark before to the mark after; the ends of the run serve where there is none.
  public mutating func toggleLoop(start: Double, end: Double) {
    if loop != nil { return loop = nil }
    let low = marks.last { $0 <= time } ?? start
    let high = marks.first { $0 > time } ?? end
    if high > low { loop = low...high }
  }

  /// For another run; the speed stays.
  public mutating func restart(at start: Double) {
    (time, loop, marks) = (start, nil, [])
  }
}
