import Experience
import Foundation
import Testing

@Suite("Materials table")
struct MaterialTableTests {
  // Fails if a number has no source, lies outside its own range, or has another unit than its kind.
  @Test("every number has a source and lies in its range")
  func sourced() throws {
    let table = try SceneFiles.materials()
    #expect(table.materials.count >= 10 && table.fluids.count >= 2 && table.pairs.count >= 5)
    let units = [
      "density": "kg/m^3", "youngs-modulus": "Pa", "viscosity": "Pa.s", "poisson-ratio": "1",
      "restitution": "1", "friction": "1",
    ]
    let named =
      (table.materials + table.fluids).flatMap { item in
        item.properties.map { ("\(item.name).\($0.name)", $0.name, $0.value) }
      }
      + table.pairs.flatMap { pair in
        pair.properties.map { ("\(pair.first)-\(pair.second).\($0.name)", $0.name, $0.value) }
      }
    for (path, property, value) in named {
      #expect(value.source.count > 5, "\(path)")
      #expect(value.range.contains(value.value) && value.tolerance >= 0, "\(path)")
      if let unit = units[property] {
        let (found, expected) = (try Unit.parse(value.unit), try Unit.parse(unit))
        #expect(found.dimension == expected.dimension, "\(path)")
      }
      // a number that was only remembered says so
      if value.source.hasPrefix("estimate") { #expect(!value.isChecked, "\(path)") }
    }
    #expect(table.materials.allSatisfy { $0["density"] != nil && !$0.about.isEmpty })
    #expect(table.fluids.allSatisfy { $0["density"] != nil && $0["viscosity"] != nil })
    let names = (table.materials + table.fluids).map(\.name)
    #expect(Set(names).count == names.count)
  }

  // Fails if the order of two surfaces matters, or a pair names a material that is not there.
  @Test("finds a pair in either order")
  func pairs() throws {
    let table = try SceneFiles.materials()
    for pair in table.pairs {
      for name in [pair.first, pair.second] { #expect(table.material(name) != nil, "\(name)") }
      let forward = try #require(table.pair(pair.first, pair.second))
      let backward = try #require(table.pair(pair.second, pair.first))
      #expect((forward.first, forward.second) == (backward.first, backward.second))
      #expect(forward["restitution"] == pair["restitution"], "listed twice: \(pair.first)")
    }
    #expect(table.pair("steel", "nothing") == nil && table.material("unobtainium") == nil)
  }

  // Fails if a broken table is read in part.
  @Test(
    "refuses a number without value, range or source",
    arguments: [
      "{ value: 1 kg/m^3, low: 1 kg/m^3, high: 2 kg/m^3 }",
      "{ value: 1 kg/m^3, low: 2 kg/m^3, high: 1 kg/m^3, source: x }",
      "{ value: 1 kgs/m^3, low: 1 kg/m^3, high: 2 kg/m^3, source: x }",
    ])
  func refuses(property: String) {
    let text = "materials:\n  a:\n    density: \(property)\n"
    #expect(throws: DiagnosticList.self) {
      try MaterialTable.parse(SourceText(path: "m.yaml", text: text))
    }
  }
}
