// Reads a plan and the scene it varies, with every error of the file at once (codes G…).

import Foundation

extension Plan {
  /// Reads a plan. `load` fetches the scene's text by its path relative to the plan.
  public static func parse(
    _ source: SourceText, catalogue: [ExperienceDefinition], materials: MaterialTable,
    load: (String) throws -> SourceText
  ) throws -> Plan {
    let tree = try SourceNode.parse(source)
    var reader = TableReader(source, letter: "G")
    let section = reader.section(tree, PlanFormat.table)
    guard !reader.hasErrors else { throw DiagnosticList(reader.diagnostics) }
    let name = section.text("plan") ?? ""
    let version = section.text("version") ?? ""
    check(name: name, version: version, section, &reader)
    let path = section.text("scene") ?? ""
    guard isInside(path) else {
      reader.report(
        "023", "the scene of a plan lies in the plan's own folder tree",
        at: section.entry("scene")?.mark, label: "no `..`, no absolute path")
      throw DiagnosticList(reader.diagnostics)
    }
    let scene = try Scene.parse(try load(path), catalogue: catalogue, materials: materials)
    let variations = variations(section, scene, &reader)
    let questions = questions(section, scene, variations, &reader)
    let channels = channels(section, scene, questions, &reader)
    let ablations = ablations(section, scene, &reader)
    guard !reader.hasErrors else { throw DiagnosticList(reader.diagnostics) }

    let splits = section.section("splits")
    let parts = ["calibration", "public", "sealed"].map { ($0, splits?.integer($0) ?? 0) }
    let design = section.text("design").flatMap(Design.init) ?? .sobol
    if design == .sobol, variations.count > Sobol.dimensions {
      reader.report(
        "024", "the Sobol design has at most \(Sobol.dimensions) dimensions here",
        at: section.entry("design")?.mark, help: "write `design: latin-hypercube`")
      throw DiagnosticList(reader.diagnostics)
    }
    return Plan(
      name: name, version: version, scene: scene, variations: variations, design: design,
      splits: parts, questions: questions, ablations: ablations, channels: channels,
      consequence: section.integer("consequence") ?? 1,
      samples: section.integer("samples") ?? scene.samples,
      hasCoarseCalibration: section.text("calibration-runs") == "coarse",
      hash: Hashes.sha256(section.json.canonical + "\n" + scene.hash),
      parameters: section["vary"]?.json ?? .object([]),
      warnings: reader.diagnostics + scene.warnings)
  }

  private static func check(
    name: String, version: String, _ section: SceneSection, _ reader: inout TableReader
  ) {
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789._-")
    if name.isEmpty || name.count > 80 || !name.allSatisfy(allowed.contains) {
      reader.report(
        "025", "`\(name)` is not a template name", at: section.entry("plan")?.mark,
        label: "lower-case letters, digits, . _ -")
    }
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count != 3 || !parts.allSatisfy({ Int($0) != nil }) {
      reader.report(
        "025", "`\(version)` is not a version", at: section.entry("version")?.mark,
        label: "expected MAJOR.MINOR.PATCH, such as 1.0.0")
    }
  }

  private static func isInside(_ path: String) -> Bool {
    !path.hasPrefix("/") && !path.split(separator: "/").contains("..") && !path.isEmpty
  }

  // MARK: Variations

  private static func variations(
    _ section: SceneSection, _ scene: Scene, _ reader: inout TableReader
  ) -> [Variation] {
    guard let vary = section.section("vary") else { return [] }
    if vary.entries.isEmpty {
      reader.report("004", "`vary` names no parameter", at: vary.mark)
    }
    return vary.entries.compactMap { entry in
      guard case .section(let spec) = entry.value else { return nil }
      guard case .quantity(_, let kind) = scene.section.value(at: entry.key) else {
        let known = SceneValue.section(scene.section).paths(prefix: "")
        let suggestion = Spelling.nearest(to: entry.key, among: known)
        reader.report(
          "003", "`\(entry.key)` is not a quantity of the scene", at: spec.mark,
          label: suggestion.map { "did you mean `\($0)`?" } ?? "not known",
          help: "quantities: \(known.prefix(60).joined(separator: ", "))")
        return nil
      }
      return variation(entry.key, spec, kind, &reader)
    }
  }

  private static func variation(
    _ path: String, _ spec: SceneSection, _ kind: QuantityKind, _ reader: inout TableReader
  ) -> Variation? {
    var kind = kind
    kind.plausible = nil
    func quantity(_ key: String, _ kind: QuantityKind) -> Quantity? {
      guard let entry = spec.entry(key), let text = spec.text(key), let mark = entry.mark else {
        return nil
      }
      return reader.quantity(
        SourceNode(content: .scalar(text, isQuoted: true), mark: mark), kind, name: key)
    }
    var choices: [Quantity] = []
    for case .text(let text) in spec.list("one-of") ?? [] {
      let node = SourceNode(
        content: .scalar(text, isQuoted: true),
        mark: spec.entry("one-of")?.mark ?? SourceMark(line: 1, column: 1))
      if let choice = reader.quantity(node, kind, name: "one-of") { choices.append(choice) }
    }
    let low = quantity("low", kind) ?? choices.first
    let high = quantity("high", kind) ?? choices.last
    var widthKind = kind
    widthKind.range = 0...1e300
    widthKind.excludesLowerEnd = false
    let width = quantity("tolerance", widthKind)
    guard let low, let high else {
      if spec["high"] == nil, choices.isEmpty {
        reader.report("004", "`\(path)` lacks `high`", at: spec.mark)
      }
      return nil
    }
    let scale = spec.text("scale").flatMap(Variation.Scale.init) ?? .linear
    guard choices.isEmpty == false || low.nominal < high.nominal else {
      reader.report("016", "`low` of `\(path)` is not below `high`", at: spec.mark)
      return nil
    }
    guard scale == .linear || low.nominal > 0 else {
      reader.report("016", "a log scale of `\(path)` needs `low` above zero", at: spec.mark)
      return nil
    }
    let unit = low.unit
    return Variation(
      path: path, low: unit.fromSI(low.nominal), high: unit.fromSI(high.nominal),
      choices: choices.map { unit.fromSI($0.nominal) }, scale: scale,
      digits: spec.integer("digits") ?? 4, tolerance: (width?.nominal ?? 0) / unit.factor,
      unit: unit, kind: kind)
  }

  // MARK: Questions

  /// Scalar outcomes of the scene that no question asks.
  private static func channels(
    _ section: SceneSection, _ scene: Scene, _ questions: [PlannedQuestion],
    _ reader: inout TableReader
  ) -> [String] {
    let mark = section.entry("channels")?.mark
    let names = scene.outcomes.filter { !$0.isEvent }.map(\.name)
    var list: [String] = []
    for case .text(let name) in section.list("channels") ?? [] {
      if !names.contains(name) {
        let suggestion = Spelling.nearest(to: name, among: names)
        reader.report(
          "010", "`\(name)` is not a scalar outcome of \(scene.definition.name)", at: mark,
          label: suggestion.map { "did you mean `\($0)`?" } ?? "not known",
          help: "outcomes: \(names.joined(separator: ", "))")
      } else if list.contains(name) {
        reader.report("013", "the channel `\(name)` stands twice", at: mark)
      } else if !questions.contains(where: { $0.outcome == name }) {
        // what is asked is in the truth anyway
        list.append(name)
      }
    }
    return list
  }
}
