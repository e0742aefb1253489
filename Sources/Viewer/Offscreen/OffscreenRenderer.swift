// Pictures of a run without a display.
//
// Never looks at DISPLAY. One thread, one renderer; shadows and smooth edges at their best, since
// nobody waits for the next frame.

import Experience

/// Draws instants of runs into memory.
public final class OffscreenRenderer {
  public let context: OffscreenContext
  private let device: GraphicsDevice
  private var scene: SceneRenderer?
  private var shown: Stage?
  private var interface: Interface?
  private var canvas: Canvas?
  private var quality = Quality.best

  /// - Throws: `ViewerError.noOpenGL` where neither EGL nor OSMesa gives OpenGL 3.3.
  public init(paths: [OffscreenContext.Path] = OffscreenContext.Path.allCases)
    throws(ViewerError)
  {
    context = try OffscreenContext(paths: paths)
    device = context.device
  }

  /// The frame shown at a time in s: the last that is not after it.
  public static func index(at time: Double, in source: any FrameSource) -> Int {
    Instant.index(at: time, in: source.times)
  }

  /// - Throws: `ViewerError`, and what the source throws.
  public func image(
    of source: any FrameSource, at time: Double, options: PictureOptions = PictureOptions()
  ) throws -> PixelImage {
    let index = Instant.index(at: time, in: source.times)
    return try image(
      of: source, index: index, options: options, bounds: Bounds(of: source, options.members))
  }

  /// With bounds at hand, so that a video frames every picture alike, and trails of the same run.
  public func image(
    of source: any FrameSource, index: Int, options: PictureOptions, bounds: Bounds,
    trails: Trails = Trails()
  ) throws -> PixelImage {
    try draw(source, index: index, options: options, bounds: bounds, trails: trails)
    return canvas?.whole.pixels() ?? PixelImage(width: 0, height: 0)
  }

  /// Draws and leaves the pixels on the card; for measuring.
  func draw(
    _ source: any FrameSource, index: Int, options: PictureOptions, bounds: Bounds, trails: Trails
  ) throws {
    try options.checked()
    let instant = try Instant(
      source, index: index, options: options, bounds: bounds, memory: trails)
    try context.makeCurrent()
    try prepare(source.stage, options)
    guard let scene, let interface, let canvas else { return }
    canvas.beginScene()
    try scene.draw(
      instant.frame,
      SceneView(
        lens: instant.overlay.lens, theme: options.theme, isWireframe: options.isWireframe,
        pixelHeight: canvas.sceneHeight))
    canvas.endScene()
    interface.begin(
      width: options.width, height: options.height, seconds: 1.0 / 60, theme: options.theme)
    interface.draw(instant.overlay.picture())
    try interface.end()
  }

  /// Waits until everything is drawn.
  func finish() { device.gl.Finish() }

  /// Another rung of the ladder than the best; for measuring.
  func setQuality(_ quality: Quality) {
    self.quality = quality
    scene?.quality = quality
  }

  private func prepare(_ stage: Stage, _ options: PictureOptions) throws(ViewerError) {
    if scene == nil {
      let made = try SceneRenderer(device, stage: stage)
      made.quality = quality
      scene = made
      shown = stage
    } else if shown != stage {
      scene?.show(stage)
      shown = stage
    }
    if interface?.scale != options.scale {
      interface = nil
      interface = try Interface(device, scale: options.scale)
    }
    if canvas?.fits(width: options.width, height: options.height, quality: quality) != true {
      canvas = nil
      canvas = try Canvas(
        device, width: options.width, height: options.height, quality: quality)
    }
  }
}
