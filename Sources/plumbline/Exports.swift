// Recordings for other programs: glTF 2.0 (animation) and VTP (ParaView).

import Experience
import Foundation
import Viewer

enum Exports {
  static let endings = ["glb", "gltf", "vtp"]

  /// The ending of a path, if it is one of an export.
  static func ending(of path: String) -> String? {
    endings.first { path.lowercased().hasSuffix(".\($0)") }
  }

  /// Writes what the ending says: one file, or several beside it. Returns all paths.
  static func write(_ source: any FrameSource, to path: String) throws -> [String] {
    let (folder, file) = (
      (path as NSString).deletingLastPathComponent, (path as NSString).lastPathComponent
    )
    let name = (file as NSString).deletingPathExtension
    var written: [String] = []
    func put(_ file: String, _ bytes: [UInt8]) throws {
      let place = folder.isEmpty ? file : "\(folder)/\(file)"
      try Files.replace(place, with: Data(bytes))
      written.append(place)
    }
    switch ending(of: path) {
    case "glb": try put(file, GLTFExport.glb(source))
    case "gltf":
      for file in try GLTFExport.gltf(source, name: name) { try put(file.file, file.bytes) }
    default: try VTPExport.write(source, name: name) { try put($0, $1) }
    }
    return written
  }
}
