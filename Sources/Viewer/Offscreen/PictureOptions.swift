// What a picture of a run is to show.

import Experience

/// Size, look and eye of a picture.
public struct PictureOptions: Sendable {
  /// In pixels, 1 to 8192 each.
  public var width: Int
  public var height: Int
  /// Pixels of a point: 2 doubles all text and lines.
  public var scale: Double
  public var theme: Theme
  public var layers: Layers
  public var ghosts: [Ghost]
  /// Runs at other draws of the tolerances; they need the layer `members`.
  public var members: [Member] = []
  /// Which way to look; the whole run is framed.
  public var view: StandardView
  /// Where to look from, instead of `view`.
  public var camera: Camera?
  public var isWireframe: Bool
  /// Part of the run's span that trails reach back over, from 0 to 1.
  public var trailSpan: Double

  public init(
    width: Int = 1280, height: Int = 720, scale: Double = 1, theme: Theme = .dark,
    layers: Layers = .standard, ghosts: [Ghost] = [], view: StandardView = .corner,
    camera: Camera? = nil, isWireframe: Bool = false, trailSpan: Double = 1
  ) {
    (self.width, self.height, self.scale) = (width, height, scale)
    (self.theme, self.layers, self.ghosts) = (theme, layers, ghosts)
    (self.view, self.camera, self.isWireframe) = (view, camera, isWireframe)
    self.trailSpan = trailSpan
  }

  /// "1280x720".
  /// - Throws: `ViewerError.usage` for anything that is no size of 1 to 8192 pixels.
  public static func size(_ text: String) throws(ViewerError) -> (width: Int, height: Int) {
    let parts = text.split(whereSeparator: { $0 == "x" || $0 == "×" }).map(String.init)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]),
      (1...8192).contains(width), (1...8192).contains(height)
    else {
      throw ViewerError(
        .usage, "`\(text)` is no size", remedy: "write width x height in pixels, such as 1280x720")
    }
    return (width, height)
  }

  func checked() throws(ViewerError) {
    guard (1...8192).contains(width), (1...8192).contains(height) else {
      throw ViewerError(
        .usage, "a picture of \(width)×\(height) pixels",
        remedy: "width and height must lie between 1 and 8192")
    }
    guard scale.isFinite, scale >= 0.25, scale <= 8 else {
      throw ViewerError(
        .usage, "a scale of \(scale)", remedy: "the scale must lie between 0.25 and 8")
    }
  }
}
