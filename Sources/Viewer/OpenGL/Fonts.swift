// Where DejaVu lives on the systems that people use.

import Foundation

enum Fonts {
  private static let folders = [
    "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/TTF", "/usr/share/fonts/dejavu",
  ]

  /// Path of a font file; nil where it is not installed: ImGui's own font serves then.
  static func path(isBold: Bool) -> String? {
    let name = isBold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf"
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isReadableFile(atPath: $0) }
  }
}
