// From an input to the screen: after how many pictures does what is shown change?
//
// Method   a script presses a key, the pixels of every picture are compared with those of the one before.
//          Of a run that is paused every pixel counts, since nothing else changes; while it runs, the
//          colour of the sky, which only the theme changes. A press counts from the last picture that was
//          shown before it. The time holds reading the pixels back, which a window does not do otherwise.

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
    var pictures: Int?
    var begun = ContinuousClock.now
    var counts: [Int] = []
    var times: [Double] = []
  }

  private func measure(_ source: any FrameSource, isPaused: Bool) throws -> String {
    let tally = Tally()
    var steps: [Script.Step] = []
    func press(_ key: Key, at time: Double) {
      steps.append(Script.Step(at: time, .key(Chord(key), isDown: true)))
      steps.append(Script.Step(at: time, .key(Chord(key), isDown: false)))
    }
    if isPaused { press(.space, at: 0.2) }
    press(.o, at: 0.3)  // repeats, so that it runs on
    // at no fixed place within a picture
    for number in 0..<presses {
      let part = (0.618 * Double(number)).truncatingRemainder(dividingBy: 1)
      press(.b, at: 3 + 0.6 * Double(number) + 0.1 * part)
    }
    let end = 3 + 0.6 * Double(presses)
    steps.append(Script.Step(at: end, .close))
    var options = WindowOptions()
    options.script = Script(steps)
    options.onInput = { input in
      guard case .key(let chord, true) = input, chord.key == .b else { return }
      (tally.pictures, tally.begun) = (0, .now)
    }
    options.onPicture = { image in
      let now = isPaused ? image.bytes : Array(image.bytes[..<4])
      defer { tally.shown = now }
      guard let waited = tally.pictures else { return }
      guard now != tally.shown else { return tally.pictures = waited + 1 }
      tally.counts.append(waited + 1)
      tally.times.append((ContinuousClock.now - tally.begun) / .seconds(1))
      tally.pictures = nil
    }
    _ = try Window([Show(name: "delay", open: { .replay(source) })], options: options).run()
    let most = tally.counts.max() ?? 0
    let mean = Double(tally.counts.reduce(0, +)) / Double(max(1, tally.counts.count))
    let sorted = tally.times.sorted()
    return String(
      format: "%d seen, %.2f pictures in the mean, %d at most; %.0f ms in the median, %.0f at most",
      tally.counts.count, mean, most, 1e3 * sorted.median, 1e3 * (sorted.last ?? 0))
  }
}
