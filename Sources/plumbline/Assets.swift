// Files of the source tree that travel inside the executable.

import EmbeddedAssets
import Experience

enum Assets {
  /// Text of an embedded file; empty if there is none, which a test excludes.
  static func text(_ path: String) -> SourceText {
    for index in 0..<plumbline_asset_count() {
      let asset = plumbline_asset_at(index)
      if String(cString: asset.path) == path {
        let bytes = UnsafeBufferPointer(start: asset.bytes, count: asset.count)
        return SourceText(path: path, text: String(decoding: bytes, as: UTF8.self))
      }
    }
    return SourceText(path: path, text: "")
  }

  static let commit = String(cString: plumbline_commit())

  /// The materials table of this release.
  static func materials() throws(DiagnosticList) -> MaterialTable { try table.get() }

  /// Read once: a command may need it for every one of its files.
  private static let table = Result { () throws(DiagnosticList) in
    try MaterialTable.parse(text("assets/materials.yaml"))
  }
}
