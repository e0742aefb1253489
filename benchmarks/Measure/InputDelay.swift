// From an input to the screen: after how many pictures does what is shown change?
//
// Method   a script presses a key, the pixels of every picture are compared with those of the one before.
//          Of a run that is paused every pixel counts, since nothing else changes; while it runs, the
//          colour of the sky, which only the theme changes. Counted are the pictures that come to the screen
//          after the press, up to the one that shows it: a picture that was begun before it is one of them.
//          The time holds reading the pixels back, which a window does not do otherwise.

import Experience
import Foundation
import Viewer

struct InputDelay {
  /// Presses of each case.
  let presses = 40

  func run() throws {
    Swift.print("\nfrom a press to the picture that shows it (\(presses) presses each):")
    for (name, source) in [
      ("50 bodies", SyntheticRuns.pile(count: 50)),
      ("20,000 particles", SyntheticRuns.particles(count: 20_000)),
    ] {
      Swift.print("\(name), paused: \(try measure(source, isPaused: true))")
      Swift.print("\(name), running: \(try measure(source, isPaused: false))")
    }
  }

  /// What happened since the last press.
  private final class Tally {
    var shown: [UInt8]?
    /// When the press came; nil once it is answered.
    var due: ContinuousClock.Instant?
    /// When the latest pictures were on the screen.
    var ends: [ContinuousClock.Instant] = []
    var counts: [Int] = []
    var times: [Double] = []
  }

  private func measure(_ source: any FrameSource, isPaused: Bool) throws -> String {
    let tally = Tally()
    var options = WindowOptions()
    options.script = script(isPaused: isPaused)
    options.onInput = { input, late in
      guard case .key(let chord, true) = input, chord.key == .b else { return }
      tally.due = .now - .seconds(late)
    }
    options.onPicture = { image in
      let now = isPaused ? image.bytes : Array(image.bytes[..<4])
      tally.ends = tally.ends.suffix(20) + [.now]
      defer { tally.shown = now }
      guard let due = tally.due, now != tally.shown else { return }
      tally.counts.append(tally.ends.count { $0 > due })
      tally.times.append((.now - due) / .seconds(1))
      tally.due = nil
    }
    _ = try Window([Show(name: "delay", open: { .replay(source) })], options: options).run()
    let mean = Double(tally.counts.reduce(0, +)) / Double(max(1, tally.counts.count))
    return String(
      format: "%d seen, %.2f pictures in the mean, %d at most; %.0f ms in the median, %.0f at most",
      tally.counts.count, mean, tally.counts.max() ?? 0, 1e3 * tally.times.median,
      1e3 * (tally.times.max() ?? 0))
  }

  private func script(isPaused: Bool) -> Script {
    var steps: [Script.Step] = []
    func press(_ key: Key, at time: Double) {
      for isDown in [true, false] {
        steps.append(Script.Step(at: time, .key(Chord(key), isDown: isDown)))
      }
    }
    if isPaused { press(.space, at: 0.2) }
    // repeats, so that it runs on
    press(.o, at: 0.3)
    for number in 0..<presses {
      // at no fixed place within a picture
      let part = (0.618 * Double(number)).truncatingRemainder(dividingBy: 1)
      press(.b, at: 3 + 0.6 * Double(number) + 0.1 * part)
    }
    steps.append(Script.Step(at: 3 + 0.6 * Double(presses), .close))
    return Script(steps)
  }
}
