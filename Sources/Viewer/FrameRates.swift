// How many pictures a second this machine draws: the table of the benchmark.
//
// Each case is drawn off-screen at 1280×720 on every rung of the quality ladder, frame after frame
// for at least half a second, and waits for the card after each. Only the driver decides the rest,
// so the numbers hold for the machine that is named.

import Experience
import Foundation

/// Pictures a second of one case on each rung.
public struct FrameRate: Sendable, Hashable {
  public var name: String
  /// From rung 0 up.
  public var perSecond: [Double]
  /// Seconds of all processors for a picture: the same on a busy machine.
  public var work: [Double]
  /// Best rung that reaches 30 a second; nil if none does.
  public var rung: Int? { perSecond.lastIndex { $0 >= 30 } }
}

public enum FrameRates {
  /// Measures all cases; `least` is how long each goes on, in s.
  /// - Throws: `ViewerError.noOpenGL` where nothing can be drawn.
  public static func measure(
    _ cases: [(name: String, source: any FrameSource)] = [
      ("50 bodies", SyntheticRuns.pile(count: 50)),
      ("20,000 particles", SyntheticRuns.particles(count: 20_000)),
    ], width: Int = 1280, height: Int = 720, least: Double = 0.5
  ) throws -> (rates: [FrameRate], renderer: String) {
    let renderer = try OffscreenRenderer()
    var options = PictureOptions(width: width, height: height)
    options.layers = .standard
    var rates: [FrameRate] = []
    for (name, source) in cases {
      let bounds = try Bounds(of: source)
      let trails = Trails()
      var list: [Double] = []
      var work: [Double] = []
      for quality in Quality.rungs {
        renderer.setQuality(quality)
        let count = source.times.count
        // the first picture compiles shaders and uploads meshes
        try renderer.draw(source, index: 0, options: options, bounds: bounds, trails: trails)
        renderer.finish()
        let clock = ContinuousClock()
        let start = clock.now
        let before = processorTime
        var (frames, seconds) = (0, 0.0)
        while seconds < least {
          try renderer.draw(
            source, index: frames % count, options: options, bounds: bounds, trails: trails)
          renderer.finish()
          frames += 1
          seconds = (clock.now - start) / .seconds(1)
        }
        list.append(Double(frames) / seconds)
        work.append((processorTime - before) / Double(frames))
      }
      rates.append(FrameRate(name: name, perSecond: list, work: work))
    }
    return (rates, renderer.context.renderer)
  }

  /// Times in s to show single instants, spread over a run in no order, in full resolution:
  /// to read the frame, and to read and draw it.
  /// - Throws: `ViewerError.noOpenGL` where nothing can be drawn, and what the source throws.
  public static func scrub(
    _ source: any FrameSource, instants: Int, width: Int = 1280, height: Int = 720
  ) throws -> (read: [Double], shown: [Double]) {
    let renderer = try OffscreenRenderer()
    var options = PictureOptions(width: width, height: height)
    options.layers = .standard
    let bounds = try Bounds(of: source)
    let trails = Trails()
    renderer.setQuality(Quality.rungs[2])
    try renderer.draw(source, index: 0, options: options, bounds: bounds, trails: trails)
    renderer.finish()
    let (clock, count) = (ContinuousClock(), source.times.count)
    var (read, shown) = ([Double](), [Double]())
    for step in 0..<instants {
      // a stride by the golden section visits all parts
      let index = Int(
        Double(count) * (0.6180339887 * Double(step)).truncatingRemainder(dividingBy: 1))
      let start = clock.now
      _ = try source.frame(index)
      read.append((clock.now - start) / .seconds(1))
      try renderer.draw(source, index: index, options: options, bounds: bounds, trails: trails)
      renderer.finish()
      shown.append((clock.now - start) / .seconds(1))
    }
    return (read, shown)
  }

  /// Of this program on all processors, in s.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// The table in Markdown, with the driver's name.
  public static func table(_ rates: [FrameRate], renderer: String) -> String {
    var text = "| pictures a second, 1280×720 |"
    for quality in Quality.rungs { text += " rung \(quality.rung) |" }
    text += "\n|---|" + String(repeating: "---|", count: Quality.rungs.count) + "\n"
    for rate in rates {
      text += "| \(rate.name) |"
      for value in rate.perSecond { text += " \(ValueText.number(value)) |" }
      text += "\n| … processor time in ms |"
      for value in rate.work { text += " \(ValueText.number(1000 * value)) |" }
      text += "\n"
    }
    return text + "\n\(renderer)\n"
  }
}
