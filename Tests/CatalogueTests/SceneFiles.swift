import Catalogue
import Experience
import Foundation

private final class Box<Value>: @unchecked Sendable { var value: Value? }

/// The scene files and the materials table of the source tree.
enum SceneFiles {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> SourceText {
    SourceText(
      path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
  }

  static func materials() throws -> MaterialTable {
    try MaterialTable.parse(try text("assets/materials.yaml"))
  }

  /// Paths of every scene of every experience, from the root of the tree.
  static let all: [String] = Catalogue.experiences.flatMap { definition -> [String] in
    let folder = "scenes/\(definition.name)"
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: folder).path)
    return (names ?? []).filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
  }

  static func scene(_ text: String) throws -> Scene {
    try Scene.parse(
      SourceText(path: "test.yaml", text: text), catalogue: Catalogue.experiences,
      materials: try materials())
  }

  /// A scene file with so few members, and cells so large, that a test may run it several times.
  static func short(_ path: String) throws -> Scene {
    let materials = try materials()
    let scene = try Scene.parse(
      try text(path), catalogue: Catalogue.experiences, materials: materials)
    var changes: [(path: String, value: SceneValue)] = [("samples", .integer(3))]
    if let edge = scene.section.quantity("resolution"),
      case .quantity(_, let kind)? = scene.section["resolution"]
    {
      // grids whose finest level is what the scene's coarsest is
      var coarsest = 4 * edge.nominal
      // a brick has two elements in the depth at least
      if let depth = scene.section.section("brick")?.vector("size")?.last?.nominal {
        coarsest = 0.5 * depth
      }
      let coarse = Quantity(law: .exact(coarsest), unit: edge.unit, source: "")
      changes.append(("resolution", .quantity(coarse, kind)))
    }
    return try scene.replacing(changes, name: scene.name, materials: materials)
  }
}

/// Runs something on a thread with the 512 KiB stack of a secondary thread.
func onSmallStack<Value: Sendable>(_ work: @escaping @Sendable () -> Value) -> Value? {
  let (box, done) = (Box<Value>(), DispatchSemaphore(value: 0))
  let thread = Thread {
    box.value = work()
    done.signal()
  }
  thread.stackSize = 512 << 10
  thread.start()
  done.wait()
  return box.value
}
