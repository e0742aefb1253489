// The same scene once more, compared with what was shown.

import Experience

/// What a run is compared with, taken when the comparison begins.
struct Rerun: Sendable {
  let stage: Stage
  let frames: [Frame]
  /// With the instants at which they began to hold; nil is a release.
  let pulls: [(time: Double, pull: Pull?)]
  let again: @Sendable () throws -> any FrameSource

  /// Runs from the start, with the same pulls at the same instants.
  func compare(_ isCancelled: () -> Bool) throws -> RunComparison? {
    let source = try again()
    guard !isCancelled() else { return nil }
    var comparison = RunComparison(of: stage)
    if var live = source as? any LiveSource {
      try follow(&live, &comparison, isCancelled)
    } else {
      for (index, frame) in frames.enumerated() {
        guard source.times.indices.contains(index) else {
          comparison.end(at: frame.time)
          break
        }
        guard !isCancelled(), comparison.add(frame, try source.frame(index)) else { break }
      }
    }
    return isCancelled() ? nil : comparison
  }

  private func follow(
    _ live: inout some LiveSource, _ comparison: inout RunComparison, _ isCancelled: () -> Bool
  ) throws {
    var next = 0
    for (index, frame) in frames.enumerated() {
      guard !isCancelled() else { return }
      try live.advance(to: frame.time)
      guard live.times.indices.contains(index) else { return comparison.end(at: frame.time) }
      guard comparison.add(frame, try live.frame(index)) else { return }
      while next < pulls.count, pulls[next].time <= frame.time {
        if let pull = pulls[next].pull { try live.pull(pull) } else { try live.release() }
        next += 1
      }
    }
  }
}
