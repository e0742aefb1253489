// Structural similarity of two pictures.
//
// Source     Wang, Bovik, Sheikh & Simoncelli 2004, IEEE Trans. Image Process. 13, 600, eq. 13.
// Deviation  windows of 8×8 pixels side by side with equal weights, on the mean of the colours.

@testable import Viewer

enum Similarity {
  /// 1 for the same picture; both must have the same size.
  static func mean(_ one: PixelImage, _ other: PixelImage) -> Double {
    guard one.width == other.width, one.height == other.height else { return 0 }
    var (sum, count) = (0.0, 0.0)
    for y in stride(from: 0, to: one.height - 7, by: 8) {
      for x in stride(from: 0, to: one.width - 7, by: 8) {
        sum += window(one, other, x, y)
        count += 1
      }
    }
    return count > 0 ? sum / count : 1
  }

  private static func window(_ one: PixelImage, _ other: PixelImage, _ x: Int, _ y: Int) -> Double {
    var (a, b, aa, bb, ab) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for row in 0..<8 {
      for column in 0..<8 {
        let (p, q) = (grey(one, x + column, y + row), grey(other, x + column, y + row))
        (a, b) = (a + p, b + q)
        (aa, bb, ab) = (aa + p * p, bb + q * q, ab + p * q)
      }
    }
    (a, b) = (a / 64, b / 64)
    let (va, vb, cov) = (aa / 64 - a * a, bb / 64 - b * b, ab / 64 - a * b)
    // constants of the paper for values up to 255
    let (c1, c2) = (6.5025, 58.5225)
    return (2 * a * b + c1) * (2 * cov + c2) / ((a * a + b * b + c1) * (va + vb + c2))
  }

  private static func grey(_ image: PixelImage, _ x: Int, _ y: Int) -> Double {
    let p = image.pixel(x, y)
    return (Double(p.x) + Double(p.y) + Double(p.z)) / 3
  }
}
