// The window under a script: every key, drags, wheel, resizing, closing. Needs a display (Xvfb will do).

import Catalogue
import Experience
import Foundation
import Viewer

struct WindowRun {
  /// In s.
  let seconds: Double

  func run() throws {
    var shows = [Show(name: "50 bodies", open: { .replay(SyntheticRuns.pile(count: 50)) })]
    for path in [
      "scenes/ball-drop/steel-on-concrete.yaml", "scenes/backpack-drag/high-pull-tips.yaml",
      "scenes/workbench/four-bar.yaml",
    ] {
      let materials = try MaterialTable.parse(
        SourceText(
          path: "assets/materials.yaml",
          text: try String(contentsOfFile: "assets/materials.yaml", encoding: .utf8)))
      let scene = try Scene.parse(
        SourceText(path: path, text: try String(contentsOfFile: path, encoding: .utf8)),
        catalogue: Catalogue.experiences, materials: materials)
      shows.append(Show(name: scene.name, open: { .live(try LiveWorld(scene)) }))
    }
    shows.append(
      Show(name: "20,000 particles", open: { .replay(SyntheticRuns.particles(count: 20_000)) }))
    var options = WindowOptions()
    options.script = .exercise(seconds: seconds)
    options.folder = NSTemporaryDirectory()
    let report = try Window(shows, options: options).run()
    Swift.print(Machine.line)
    Swift.print(
      """
      \(report.frames) pictures in \(Int(report.seconds)) s, the first after \(Int(1e3 * report.opening)) ms
      OpenGL errors: \(report.openGLErrors.isEmpty ? "none" : report.openGLErrors.joined(separator: "; "))
      errors shown: \(report.shownErrors.isEmpty ? "none" : report.shownErrors.joined(separator: "; "))
      fineness used: \(report.rungs.sorted().map { String($0 + 1) }.joined(separator: ", ")) of 6
      \(report.renderer)
      """)
  }

  /// A recording of 50 bodies over 60 s on disk: how long an instant of it takes to be shown.
  static func scrub() throws {
    let short = SyntheticRuns.pile(count: 50)
    var long = Recording(stage: short.stage)
    for step in 0..<3600 {
      var frame = short.frames[step % short.frames.count]
      frame.time = Double(step) / 60
      long.frames.append(frame)
    }
    let path = NSTemporaryDirectory() + "plumbline-scrub.plr"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let size = try RecordingFile.write(long, to: path)
    let (read, shown) = try FrameRates.scrub(try RecordingFile(path: path), instants: 200)
    func figures(_ times: [Double]) -> String {
      let sorted = times.sorted()
      return String(
        format: "%.1f ms in the median, %.1f ms at most", 1e3 * sorted[sorted.count / 2],
        1e3 * (sorted.last ?? 0))
    }
    Swift.print(
      """

      scrubbing in 60 s of 50 bodies (\(size / 1000) kB on disk), 200 instants in no order:
      read \(figures(read)); read and drawn \(figures(shown))
      """)
  }
}
