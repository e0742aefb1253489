// Fills the properties of a brick in from the materials table.

import Experience

enum BrickMaterial {
  /// Keys that every brick has, with what they must be.
  private static let needed: [(key: String, kind: QuantityKind)] = [
    ("density", BrickBreakFormat.density), ("youngs-modulus", BrickBreakFormat.young),
    ("poisson-ratio", BrickBreakFormat.poisson), ("tensile-strength", BrickBreakFormat.strength),
    ("fracture-energy", BrickBreakFormat.energy),
  ]

  /// Replaces `material` by the numbers that it stands for; a resolved scene needs no table.
  static func resolve(
    _ brick: inout SceneSection, _ materials: MaterialTable, _ reader: inout TableReader
  ) {
    let mark = brick.entry("material")?.mark ?? brick.mark
    var material: Material?
    if let name = brick.text("material") {
      material = materials.material(name)
      if material == nil {
        let bricks = materials.materials.filter { $0["fracture-energy"] != nil }.map(\.name)
        let suggestion = Spelling.nearest(to: name, among: bricks)
        reader.report(
          "010", "`\(name)` is not in the materials table", at: mark,
          label: suggestion.map { "did you mean `\($0)`?" } ?? "not known here",
          help: "with a fracture energy: \(bricks.joined(separator: ", "))",
          fix: suggestion.flatMap { s in mark.map { Diagnostic.Fix(mark: $0, replacement: s) } })
        return
      }
    }
    for (key, kind) in needed where brick[key] == nil {
      if let value = material?[key] {
        brick.set(key, .quantity(value.quantity(kind), kind))
      } else {
        reader.report(
          "004",
          material.map { "the materials table has no `\(key)` for `\($0.name)`" }
            ?? "`brick` does not say its `\(key)`", at: mark, label: "in this mapping",
          help: "add `\(key):`, or `material: clay-brick` for all properties")
      }
    }
    if brick["strength-cov"] == nil {
      let kind = BrickBreakFormat.covariance
      let unit = Unit(symbol: "1", factor: 1, dimension: .none)
      brick.set(
        "strength-cov",
        material?["strength-cov"].map { .quantity($0.quantity(kind), kind) }
          ?? .quantity(
            Quantity(law: .exact(BrickBreakCompiler.covariance), unit: unit, source: ""), kind))
    }
    brick.remove("material")
  }
}
