// Reads plan files for commands, with the scenes that lie beside them.

import Catalogue
import Experience
import Foundation

/// Plans with the scenes beside them.
enum PlanLoading {
  static func plan(_ path: String, _ materials: MaterialTable) throws -> Plan {
    let source = try Files.text(path)
    let folder = path == "-" ? "." : (path as NSString).deletingLastPathComponent
    return try Plan.parse(source, catalogue: Catalogue.experiences, materials: materials) { scene in
      let full = folder.isEmpty ? scene : folder + "/" + scene
      // a link must not lead out of the plan's folder tree
      let root = URL(fileURLWithPath: folder.isEmpty ? "." : folder).resolvingSymlinksInPath().path
      let target = URL(fileURLWithPath: full).resolvingSymlinksInPath().path
      guard target.hasPrefix(root + "/") else {
        throw Failure(.badInput, "the scene `\(scene)` of the plan lies outside its folder tree")
      }
      return try Files.text(full)
    }
  }
}
