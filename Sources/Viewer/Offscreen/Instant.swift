// One instant of a run, ready to draw: the same for pixels, vectors and the window.

import Experience

/// Puts together frame, eye, trails and overlay.
struct Instant {
  let frame: Frame
  let overlay: Overlay

  /// The frame shown at a time: the last that is not after it; the first before all.
  static func index(at time: Double, in times: [Double]) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= time + 1e-9 { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// - Throws: `ViewerError.nothingToDraw` for a run without frames, and what the source throws.
  init(
    _ source: any FrameSource, index: Int, options: PictureOptions, bounds: Bounds,
    memory: Trails
  ) throws {
    let times = source.times
    guard times.indices.contains(index) else {
      throw ViewerError(
        .nothingToDraw, "the recording has no frame \(index): it has \(times.count)",
        remedy: "record the run again with `plumbline run --record`")
    }
    frame = try source.frame(index)
    let (width, height) = (Double(options.width), Double(options.height))
    var camera = Camera(up: source.stage.up)
    if let chosen = options.camera {
      camera = chosen
    } else {
      camera.look(options.view)
      camera.frame(bounds, aspect: width / height)
    }
    let lens = camera.lens(width: width / options.scale, height: height / options.scale)
    var trails: [[Point3]] = []
    if options.layers.contains(.trails) {
      let span = options.trailSpan * (times[times.count - 1] - times[0])
      trails = try memory.make(source, times: times, upTo: index, span: span)
    }
    var overlay = Overlay(
      stage: source.stage, notes: source.notes, frame: frame,
      span: times[0]...max(times[0], times[times.count - 1]), lens: lens, theme: options.theme,
      layers: options.layers, trails: trails, ghosts: options.ghosts,
      gridStep: GroundGrid.step(for: camera))
    overlay.members = options.members
    self.overlay = overlay
  }
}
