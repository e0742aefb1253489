// A scene: a file that has been read, checked and set up as an experiment.

import Crypto
import Foundation

/// A scene that can be run.
public struct Scene: Sendable {
  public let definition: ExperienceDefinition
  /// Every key with its value or default.
  public let section: SceneSection
  public let experiment: any Experiment
  public let requirements: [Requirement]
  /// Warnings of the reader.
  public let warnings: [Diagnostic]

  public var name: String { section.text("name") ?? "" }
  public var accuracy: Double {
    section.quantity("accuracy")?.nominal ?? definition.defaultAccuracy
  }
  public var samples: Int { section.integer("samples") ?? definition.defaultSamples }
  /// What the scene reports: outcomes of its own, or those of its experience.
  public var outcomes: [OutcomeDefinition] { experiment.ownOutcomes ?? definition.outcomes }
  /// Closed forms of a first course, by outcome.
  public var firstCourse: [String: String] {
    experiment.ownFirstCourse ?? definition.firstCourse
  }
  public var seed: UInt64 { UInt64(section.integer("seed") ?? 0) }

  /// The scene with all defaults, in SI: a file that reproduces the run.
  public var resolved: JSON { section.json }

  /// What a predictor may see: no seed, no requirements, nothing about how the truth is computed.
  public var disclosed: JSON {
    var object = resolved.object ?? JSONObject()
    for key in ["seed", "samples", "requirements", "source", "about"] { object[key] = nil }
    return .object(object)
  }

  /// SHA-256 of the canonical disclosed scene: everything that the physics depends on, in SI.
  public var hash: String { Hashes.sha256(disclosed.canonical) }
}

extension Scene {
  /// Reads a scene file.
  public static func parse(
    _ source: SourceText, catalogue: [ExperienceDefinition], materials: MaterialTable
  ) throws(DiagnosticList) -> Scene {
    let tree = try SourceNode.parse(source)
    var reader = TableReader(source)
    guard let definition = definition(of: tree, in: catalogue, &reader) else {
      throw DiagnosticList(reader.diagnostics)
    }
    let section = reader.section(tree, SceneFormat.table(of: definition))
    return try build(section, definition, materials, &reader)
  }

  /// Sets up a scene from values that were read before and then changed.
  public static func build(
    _ section: SceneSection, _ definition: ExperienceDefinition, _ materials: MaterialTable,
    _ reader: inout TableReader
  ) throws(DiagnosticList) -> Scene {
    guard !reader.hasErrors else { throw DiagnosticList(reader.diagnostics) }
    var section = section
    let experiment = definition.compile(&section, materials, &reader)
    let requirements = self.requirements(
      section, experiment?.ownOutcomes ?? definition.outcomes, &reader)
    guard !reader.hasErrors, let experiment else { throw DiagnosticList(reader.diagnostics) }
    return Scene(
      definition: definition, section: section, experiment: experiment,
      requirements: requirements, warnings: reader.diagnostics)
  }

  /// A copy with other values at some paths, set up anew.
  public func replacing(
    _ values: [(path: String, value: SceneValue)], name: String, materials: MaterialTable
  ) throws(DiagnosticList) -> Scene {
    var section = section
    section.set("name", .text(name))
    var reader = TableReader(SourceText(path: name, text: ""))
    for (path, value) in values where !section.replace(at: path, by: value) {
      reader.report("003", "the scene has no value at `\(path)`", at: nil)
    }
    return try Scene.build(section, definition, materials, &reader)
  }

  private static func definition(
    of tree: SourceNode, in catalogue: [ExperienceDefinition], _ reader: inout TableReader
  ) -> ExperienceDefinition? {
    guard case .mapping(let pairs) = tree.content else {
      reader.report(
        "005", "a scene is a mapping of keys, found \(tree.kindName)", at: tree.mark,
        help: "start with `plumbline: 1` and `experience: ball-drop`")
      return nil
    }
    let names = catalogue.map(\.name)
    guard let entry = pairs.first(where: { $0.key.scalar == "experience" })?.value else {
      let near = pairs.compactMap { pair in
        pair.key.scalar.flatMap {
          Spelling.nearest(to: $0, among: ["experience"]) != nil ? pair.key : nil
        }
      }.first
      if let near, let word = near.scalar {
        reader.report(
          "003", "unknown key `\(word)`", at: near.mark, label: "did you mean `experience`?",
          fix: Diagnostic.Fix(mark: near.mark, replacement: "experience"))
      } else {
        reader.report(
          "004", "the scene does not say which experience it is", at: tree.mark,
          help: "add `experience:` with one of \(names.joined(separator: ", "))")
      }
      return nil
    }
    if let definition = catalogue.first(where: { $0.name == entry.scalar }) { return definition }
    let suggestion = Spelling.nearest(to: entry.scalar ?? "", among: names)
    reader.report(
      "019", "\(entry.kindName) is not an experience of this release", at: entry.mark,
      label: suggestion.map { "did you mean `\($0)`?" } ?? "not known here",
      help: "known: \(names.joined(separator: ", "))",
      fix: suggestion.map { Diagnostic.Fix(mark: entry.mark, replacement: $0) })
    return nil
  }

  private static func requirements(
    _ section: SceneSection, _ outcomes: [OutcomeDefinition], _ reader: inout TableReader
  ) -> [Requirement] {
    var seen: Set<String> = []
    var list: [Requirement] = []
    for case .section(let item) in section.list("requirements") ?? [] {
      let id = item.text("id") ?? "R\(list.count + 1)"
      if !seen.insert(id).inserted {
        reader.report("018", "the requirement `\(id)` stands twice", at: item.entry("id")?.mark)
      }
      guard let entry = item.entry("that"), let text = item.text("that") else { continue }
      do {
        list.append(
          Requirement(
            id: id, text: item.text("text") ?? text,
            criterion: try Criterion.parse(text, outcomes: outcomes),
            consequence: item.integer("consequence") ?? 1))
      } catch {
        let mark = entry.mark.map {
          // a text in quotation marks begins after the first of them
          let start = $0.column + ($0.length == text.count + 2 ? 1 : 0)
          return SourceMark(line: $0.line, column: start + error.offset, length: error.length)
        }
        reader.report("018", error.message, at: mark, help: error.help)
      }
    }
    return list
  }
}

/// SHA-256 and keyed seeds.
public enum Hashes {
  /// Lower-case hexadecimal SHA-256 of a text's UTF-8.
  public static func sha256(_ text: String) -> String { sha256(Data(text.utf8)) }

  public static func sha256(_ data: Data) -> String {
    hexadecimal(SHA256.hash(data: data))
  }

  /// Seed of an instance: the first 8 bytes, little-endian, of HMAC-SHA256(key, message).
  public static func seed(key: [UInt8], message: String) -> UInt64 {
    let code = HMAC<SHA256>.authenticationCode(
      for: Data(message.utf8), using: SymmetricKey(data: key))
    return code.prefix(8).enumerated().reduce(UInt64(0)) {
      $0 | UInt64($1.element) << (8 * $1.offset)
    }
  }

  static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
