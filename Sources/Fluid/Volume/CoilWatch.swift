// Whether the foot of a falling stream goes round, and how fast.
//
// Method          The foot is the lowest layer, from the nozzle down, in which the stream is still thinner
//                 than one and a half times its thinnest: below it lies the heap. Turns are the area that
//                 its middle sweeps about the mean of its ways; the frequency is the slope of the unwrapped
//                 angle, by least squares. Both over the longest way round in one sense
// Validity        steps much shorter than a turn; a stream that stands clear of its heap
// Checked by      CoilWatchTests: a foot that goes round, one that turns back, one that goes to and
//                 fro, one that stands

import Foundation

/// The track of the foot of a stream.
public struct CoilWatch: Sendable, Hashable {
  /// In s.
  public private(set) var times: [Double] = []
  /// Of the middle of the foot, in m.
  public private(set) var places: [SIMD2<Double>] = []
  /// Height of the foot, that is of the heap, and section of the stream where it is thinnest, in m and m².
  public private(set) var heights: [Double] = []
  public private(set) var sections: [Double] = []

  public init() {}

  /// Adds the foot of a stream with these layers, if it has one: fewer than four layers are none.
  public mutating func look(_ layers: [VolumeLayer], at time: Double) {
    guard layers.count > 4 else { return }
    var thinnest = Double.infinity
    var foot: VolumeLayer?
    for layer in layers {
      if layer.area > 1.5 * thinnest { break }
      thinnest = min(thinnest, layer.area)
      foot = layer
    }
    // a stream that reaches the lowest layer at its own width has not landed
    guard let foot, foot.height > (layers.last?.height ?? 0) else { return }
    add(SIMD2(foot.x, foot.y), at: time, height: foot.height, section: thinnest)
  }

  public mutating func add(
    _ place: SIMD2<Double>, at time: Double, height: Double = 0, section: Double = 0
  ) {
    times.append(time)
    places.append(place)
    heights.append(height)
    sections.append(section)
  }

  /// What a span of the track does.
  public struct Turning: Sendable, Hashable {
    /// Area that was swept over that of the circle of `radius`: full turns of a round way, against the
    /// clock positive; a fold to and fro sweeps next to none.
    public let turns: Double
    /// Turns a second, and by how much its halves differ from it.
    public let frequency: Double
    public let spread: Double
    /// Root of the mean square of the distance from the middle, in m.
    public let radius: Double
    /// Means by time of `heights` (m) and `sections` (m²): a stream falls no further than to its heap.
    public let height: Double
    public let section: Double
  }

  /// From a time on; nil with fewer than ten looks.
  public func turning(from start: Double) -> Turning? {
    let first = times.firstIndex { $0 >= start } ?? times.count
    let count = times.count - first
    guard count >= 10 else { return nil }
    let span = times[first...]
    let ways = places[first...]
    // the middle by time, for steps differ
    var (middle, whole) = (SIMD2<Double>.zero, 0.0)
    var (height, section) = (0.0, 0.0)
    for index in (first + 1)..<times.count {
      let half = 0.5 * (times[index] - times[index - 1])
      middle += half * (places[index] + places[index - 1])
      height += half * (heights[index] + heights[index - 1])
      section += half * (sections[index] + sections[index - 1])
      whole += 2 * half
    }
    guard whole > 0 else { return nil }
    middle /= whole
    var angles: [Double] = []
    for place in ways {
      let way = place - middle
      let angle = atan2(way.y, way.x)
      let last = angles.last ?? angle
      angles.append(last + (angle - last).remainder(dividingBy: 2 * Double.pi))
    }
    // a coil may turn its sense round, and goes on as fast as before
    let stretch = CoilWatch.longest(angles)
    let clock = Array(span)
    var (square, swept) = (0.0, 0.0)
    var last: SIMD2<Double>?
    for place in ways[(first + stretch.lowerBound)..<(first + stretch.upperBound)] {
      let way = place - middle
      square += (way * way).sum()
      if let last { swept += 0.5 * (last.x * way.y - last.y * way.x) }
      last = way
    }
    let size = Double(stretch.count)
    let half = stretch.lowerBound + stretch.count / 2
    let all = CoilWatch.slope(clock, angles, stretch.lowerBound, stretch.upperBound)
    let parts = [
      CoilWatch.slope(clock, angles, stretch.lowerBound, half),
      CoilWatch.slope(clock, angles, half, stretch.upperBound),
    ]
    return Turning(
      turns: square > 0 ? swept * size / (Double.pi * square) : 0,
      frequency: abs(all) / (2 * Double.pi),
      spread: parts.map { abs($0 - all) }.max().map { $0 / (2 * Double.pi) } ?? 0,
      radius: (square / size).squareRoot(), height: height / whole, section: section / whole)
  }

  /// The part over which unwrapped angles go furthest in one sense; all of them if that is below four looks.
  private static func longest(_ angles: [Double]) -> Range<Int> {
    var (best, way) = (0..<angles.count, 0.0)
    var (lowest, highest) = (0, 0)
    for (index, angle) in angles.enumerated() {
      if angle < angles[lowest] { lowest = index }
      if angle > angles[highest] { highest = index }
      for start in [lowest, highest] where abs(angle - angles[start]) > way && index - start > 2 {
        (best, way) = (start..<(index + 1), abs(angle - angles[start]))
      }
    }
    return best
  }

  /// Least squares, in rad/s.
  private static func slope(
    _ times: [Double], _ angles: [Double], _ first: Int, _ end: Int
  ) -> Double {
    let count = Double(end - first)
    let t = times[first..<end].reduce(0, +) / count
    let a = angles[first..<end].reduce(0, +) / count
    var (top, bottom) = (0.0, 0.0)
    for index in first..<end {
      top += (times[index] - t) * (angles[index] - a)
      bottom += (times[index] - t) * (times[index] - t)
    }
    return bottom > 0 ? top / bottom : 0
  }
}
