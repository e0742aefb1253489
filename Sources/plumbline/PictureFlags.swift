// Options that `view` and `render` share.

import ArgumentParser
import Viewer

extension Theme.Kind: ExpressibleByArgument {}
extension StandardView: ExpressibleByArgument {}

struct PictureFlags: ParsableArguments {
  @Option(help: "Width and height in pixels.")
  var size = "1280x720"

  @Option(help: "dark or light.")
  var theme: Theme.Kind?

  @Option(
    help: ArgumentHelp(
      "What lies over the view, with commas: all, none, standard, or names.",
      discussion: Layers.names.map(\.name).joined(separator: ", ")))
  var overlays: String?

  @Option(help: "Predictions (JSON Lines) that are drawn as ghosts with their differences.")
  var prediction: String?

  @Option(help: "Frames a second of a scene that is simulated now.")
  var fps = 60.0

  func validate() throws {
    guard fps.isFinite, fps > 0, fps <= 10_000 else {
      throw ValidationError("--fps must lie between 0 and 10000, not \(fps)")
    }
    do throws(ViewerError) {
      _ = try PictureOptions.size(size)
      _ = try layers
    } catch { throw ValidationError("\(error)") }
  }

  var layers: Layers? {
    get throws(ViewerError) {
      guard let overlays else { return nil }
      return try Layers(words: overlays)
    }
  }
}
