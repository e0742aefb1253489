// Several instants of a run in one picture, each with its time: for reports.

import Experience

public struct ContactSheet: Sendable {
  /// Number of instants, at least 1.
  public var count: Int
  /// Pictures in a row; nil makes the sheet about as wide as a page.
  public var columns: Int?
  /// Of each picture, in pixels.
  public var width: Int
  public var height: Int

  public init(count: Int = 6, columns: Int? = nil, width: Int = 480, height: Int = 320) {
    (self.count, self.columns, self.width, self.height) = (count, columns, width, height)
  }

  /// The instants: evenly from the first to the last frame, in s.
  public func times(of source: any FrameSource) -> [Double] {
    let times = source.times
    guard let first = times.first, let last = times.last else { return [] }
    guard count > 1 else { return [first] }
    return (0..<count).map { first + (last - first) * Double($0) / Double(count - 1) }
  }

  /// - Throws: `ViewerError`, and what the source throws.
  public func image(
    of source: any FrameSource, with renderer: OffscreenRenderer, options: PictureOptions
  ) throws -> PixelImage {
    let instants = times(of: source)
    guard !instants.isEmpty, count <= 100 else {
      throw ViewerError(
        .nothingToDraw, "a contact sheet of \(instants.count) instants",
        remedy: "ask for 1 to 100 instants of a recording that has frames")
    }
    let perRow = max(1, min(columns ?? (count <= 3 ? count : count <= 8 ? 3 : 4), count))
    let rows = (instants.count + perRow - 1) / perRow
    let gap = 6
    var sheet = PixelImage(
      width: perRow * (width + gap) + gap, height: rows * (height + gap) + gap)
    let ground = options.theme.skyBottom
    let pixel = [ground.red, ground.green, ground.blue, 1].map { UInt8($0 * 255 + 0.5) }
    for index in 0..<sheet.width * sheet.height {
      sheet.bytes.replaceSubrange(4 * index..<4 * index + 4, with: pixel)
    }
    var tile = options
    (tile.width, tile.height) = (width, height)
    // the time stands on every picture; tables would cover what is to be seen
    tile.layers.subtract([.hud, .plots])
    tile.layers.insert(.timeline)
    let bounds = try Bounds(of: source, options.members)
    for (number, time) in instants.enumerated() {
      let index = Instant.index(at: time, in: source.times)
      let image = try renderer.image(of: source, index: index, options: tile, bounds: bounds)
      sheet.paste(
        image, x: gap + number % perRow * (width + gap), y: gap + number / perRow * (height + gap))
    }
    return sheet
  }
}
