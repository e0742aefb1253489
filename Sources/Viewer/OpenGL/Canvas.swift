// The scene at the fineness that the machine allows, and over it text at full size.

/// A picture that is being drawn: a framebuffer, and a coarser one for the scene if need be.
final class Canvas {
  let whole: Framebuffer
  private let coarse: Framebuffer?
  let quality: Quality

  /// Size in pixels.
  init(_ device: GraphicsDevice, width: Int, height: Int, quality: Quality) throws(ViewerError) {
    self.quality = quality
    whole = try Framebuffer(device, width: width, height: height, samples: quality.samples)
    coarse =
      quality.scale == 1
      ? nil
      : try Framebuffer(
        device, width: max(1, Int(Double(width) * quality.scale)),
        height: max(1, Int(Double(height) * quality.scale)), samples: 0)
  }

  /// Height of what the scene is drawn into, in pixels.
  var sceneHeight: Double { Double(coarse?.height ?? whole.height) }

  /// The scene fills a part of the width, from the left; the rest belongs to a panel.
  func beginScene(part: Double = 1) { (coarse ?? whole).begin(part: part) }

  /// What follows lies over the scene.
  func endScene() {
    if let coarse { coarse.stretch(to: whole) } else { whole.resolve() }
  }

  func fits(width: Int, height: Int, quality: Quality) -> Bool {
    whole.width == max(1, width) && whole.height == max(1, height) && self.quality == quality
  }
}
