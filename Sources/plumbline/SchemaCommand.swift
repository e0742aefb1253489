// `plumbline schema`: JSON Schemas, generated from the tables that the readers use.

import ArgumentParser
import Catalogue
import Experience

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema (draft-07) of a file format.",
    discussion: """
      Formats: \(SchemaCommand.names.joined(separator: ", ")).

      EXAMPLES
        plumbline schema scene > scene.schema.json
        plumbline schema prediction

      \(ExitStatus.table([.done, .usage, .inputOutput]))
      """)

  static var names: [String] { ["scene", "plan"] + RecordSchemas.all.map(\.name) }

  @OptionGroup var options: GlobalOptions

  @Argument(help: "Name of the format.")
  var name: String

  @Option(help: "Experience of a scene's schema.")
  var experience = "ball-drop"

  func validate() throws {
    guard SchemaCommand.names.contains(name) else {
      let near = Spelling.nearest(to: name, among: SchemaCommand.names)
      throw ValidationError(
        "unknown format `\(name)`" + (near.map { "; did you mean `\($0)`?" } ?? "")
          + "; known: \(SchemaCommand.names.joined(separator: ", "))")
    }
    guard Catalogue.experience(named: experience) != nil else {
      throw ValidationError("unknown experience `\(experience)`")
    }
  }

  func run() throws {
    switch name {
    case "scene":
      guard let definition = Catalogue.experience(named: experience) else { return }
      let table = SceneFormat.table(of: definition)
      try Console.line(SchemaGenerator.schema(table, title: "scene of \(experience)").line)
    case "plan": try Console.line(SchemaGenerator.schema(PlanFormat.table, title: "plan").line)
    default:
      if let schema = RecordSchemas.all.first(where: { $0.name == name })?.schema {
        try Console.line(schema.line)
      }
    }
  }
}
