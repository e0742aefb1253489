// What a window remembers from one time to the next: its size, its look, its overlays.
//
// A file of the user's; one that is missing or cannot be read is as good as none.
// Checked by ViewMemoryTests.

import Experience
import Foundation

/// Size and switches of the last window.
public struct ViewMemory: Sendable, Hashable {
  /// In screen units.
  public var width: Int
  public var height: Int
  public var theme: Theme.Kind
  public var layers: Layers
  public var showsPanel: Bool
  public var showsInfo: Bool

  public init(
    width: Int, height: Int, theme: Theme.Kind, layers: Layers, showsPanel: Bool, showsInfo: Bool
  ) {
    (self.width, self.height, self.theme, self.layers) = (width, height, theme, layers)
    (self.showsPanel, self.showsInfo) = (showsPanel, showsInfo)
  }

  /// `view.json` in the configuration folder of the user: XDG_CONFIG_HOME, or ~/.config.
  public static var standardPath: String? {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      return folder + "/plumbline/view.json"
    }
    return environment["HOME"].map { $0 + "/.config/plumbline/view.json" }
  }

  var json: JSON {
    let names = Layers.names.filter { layers.contains($0.layer) }.map(\.name)
    return .object([
      ("schema", .text("view/1")), ("width", .number(Double(width))),
      ("height", .number(Double(height))), ("theme", .text(theme.rawValue)),
      ("overlays", .texts(names)), ("panel", .bool(showsPanel)), ("info", .bool(showsInfo)),
    ])
  }

  /// Nil for anything that no window wrote.
  init?(json: JSON) {
    guard json["schema"]?.text == "view/1", let width = json["width"]?.number,
      let height = json["height"]?.number, (64...16_384).contains(width),
      (64...16_384).contains(height), let theme = json["theme"]?.text.flatMap(Theme.Kind.init),
      let names = json["overlays"]?.texts,
      let layers = try? Layers(words: names.joined(separator: ","))
    else { return nil }
    self.init(
      width: Int(width), height: Int(height), theme: theme, layers: layers,
      showsPanel: json["panel"]?.bool ?? false, showsInfo: json["info"]?.bool ?? false)
  }

  public init?(path: String) {
    guard let bytes = FileManager.default.contents(atPath: path), bytes.count < 65_536,
      let json = try? JSON.parse(String(decoding: bytes, as: UTF8.self))
    else { return nil }
    self.init(json: json)
  }

  /// Makes the folder if need be.
  /// - Throws: `ViewerError.output`; a window goes on without.
  public func write(to path: String) throws(ViewerError) {
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try WholeFile.write(Array((json.line + "\n").utf8), to: path)
  }
}
