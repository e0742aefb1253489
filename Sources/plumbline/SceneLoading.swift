// Reads scene files for commands: from a path or standard input, with all diagnostics printed.

import Catalogue
import Experience

enum SceneLoading {
  /// The scene of a file; warnings go to standard error unless `quiet`.
  static func scene(_ path: String, _ options: GlobalOptions) throws -> Scene {
    let source = try Files.text(path)
    let scene = try Scene.parse(
      source, catalogue: Catalogue.experiences, materials: try Assets.materials())
    if !options.quiet {
      DiagnosticPrinter(usesColour: options.usesColour).print(scene.warnings)
    }
    return scene
  }
}
