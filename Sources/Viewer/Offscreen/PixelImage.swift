// A picture in memory.

/// Red, green, blue, opacity; rows from the top.
public struct PixelImage: Sendable, Hashable {
  public let width: Int
  public let height: Int
  /// 4 · width · height.
  public var bytes: [UInt8]

  public init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    bytes = [UInt8](repeating: 0, count: 4 * width * height)
  }

  /// Red, green, blue of a pixel.
  public func pixel(_ x: Int, _ y: Int) -> SIMD3<UInt8> {
    let place = 4 * (y * width + x)
    return SIMD3(bytes[place], bytes[place + 1], bytes[place + 2])
  }

  /// Copies another picture in, its upper left corner at a place; what does not fit is left out.
  mutating func paste(_ other: PixelImage, x: Int, y: Int) {
    let columns = min(other.width, width - x)
    guard columns > 0 else { return }
    for row in 0..<other.height where y + row < height {
      let from = 4 * row * other.width
      let to = 4 * ((y + row) * width + x)
      bytes.replaceSubrange(to..<to + 4 * columns, with: other.bytes[from..<from + 4 * columns])
    }
  }
}
