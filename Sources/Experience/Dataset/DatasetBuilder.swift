// From a plan to truth records and questions: instances, keyed seeds, prompts.
//
// An instance depends on the plan, the key of its split and its index; not on workers or order.

import Foundation

/// The instances of a plan.
public struct DatasetBuilder: Sendable {
  public let plan: Plan
  public let materials: MaterialTable
  /// 32 bytes a split.
  public let keys: [String: [UInt8]]

  public init(plan: Plan, materials: MaterialTable, sealedKey: [UInt8]?) {
    (self.plan, self.materials) = (plan, materials)
    var keys: [String: [UInt8]] = [:]
    for (name, _) in plan.splits {
      // open splits: anyone can derive the key; the sealed one is the keeper's
      keys[name] = name == "sealed" ? sealedKey : DatasetBuilder.openKey(plan, split: name)
    }
    self.keys = keys
  }

  static func openKey(_ plan: Plan, split: String) -> [UInt8] {
    // of name and version alone: recorded answers stay valid as long as the version does
    let text = Hashes.sha256("plumbline open split \(split) of \(plan.template)")
    return stride(from: 0, to: 64, by: 2).compactMap { offset in
      UInt8(text.dropFirst(offset).prefix(2), radix: 16)
    }
  }

  /// One instance to be simulated.
  public struct Instance: Sendable {
    public let id: String
    public let split: String
    public let seed: UInt64
    public let values: [(path: String, text: String)]
  }

  /// All instances of all splits, numbered through.
  public var instances: [Instance] {
    var list: [Instance] = []
    var index = 0
    for (split, count) in plan.splits where count > 0 {
      let key = keys[split] ?? []
      let design = DesignPoints(
        plan.design, count: count, dimensions: plan.variations.count, key: key)
      for number in 0..<count {
        let id = plan.instance(index)
        let point = design.point(number)
        list.append(
          Instance(
            id: id, split: split, seed: Hashes.seed(key: key, message: id),
            values: zip(plan.variations, point).map { ($0.path, $0.text(at: $1)) }))
        index += 1
      }
    }
    return list
  }

  /// The scene of an instance, as disclosed and simulated.
  public func scene(of instance: Instance) throws(DiagnosticList) -> Scene {
    var reader = TableReader(SourceText(path: instance.id, text: ""))
    var values: [(path: String, value: SceneValue)] = [("samples", .integer(plan.samples))]
    for (variation, value) in zip(plan.variations, instance.values) {
      let node = SourceNode(
        content: .scalar(value.text, isQuoted: true), mark: SourceMark(line: 1, column: 1))
      var kind = variation.kind
      kind.plausible = nil
      guard let quantity = reader.quantity(node, kind, name: value.path) else { continue }
      values.append((value.path, .quantity(quantity, kind)))
    }
    guard !reader.hasErrors else { throw DiagnosticList(reader.diagnostics) }
    let number = instance.id.split(separator: "/").last.map(String.init) ?? ""
    return try plan.scene.replacing(values, name: "\(plan.name)-\(number)", materials: materials)
  }

  /// What an instance gave.
  public struct Built: Sendable {
    public let instance: Instance
    public let truth: TruthRecord
    public let disclosed: JSON
    public let description: String
    /// Of what is disclosed: without those that a hidden input moves.
    public let descriptors: [NamedNumber]
    /// What questions backwards tell, by slot, in SI.
    public var stated: [String: Double] = [:]
  }

  public enum Problem: Error, Sendable {
    case scene(DiagnosticList)
    case run(RunFailure)
  }

  /// Simulates one instance; only the outcomes that the plan asks are kept.
  public func build(_ instance: Instance) throws(Problem) -> Built {
    let scene: Scene
    do { scene = try self.scene(of: instance) } catch { throw .scene(error) }
    if isCoarse(instance) { return try built(instance, try glimpse(instance, scene)) }
    var truth: TruthRecord
    let stated: [String: Double]
    let finished: TruthRunner.Account
    do {
      let runner = TruthRunner()
      let account = try runner.account(
        of: scene, id: instance.id, template: plan.template, seed: instance.seed,
        derived: plan.derived)
      (truth, stated) = try reversed(scene, account, runner)
      finished = account
    } catch { throw .run(error) }
    if instance.split != "calibration" {
      let (alternatives, shortcuts) = try ablated(scene, finished)
      truth.alternatives += alternatives
      truth.shortcuts = shortcuts
    }
    let asked = askedOutcomes(scene)
    truth.channels = plan.channels.compactMap { truth.channel(of: $0) }
    truth.outcomes.removeAll { !asked.contains($0.name) }
    let known = asked.union(plan.questions.flatMap { $0.derivation?.outcomes ?? [] })
    truth.alternatives = truth.alternatives.map { $0.keeping(known) }
    // unless they are asked, the limits of the lone scene mean nothing for varied ones
    if !asksVerification { truth.requirements = [] }
    truth.events = Array(truth.events.prefix(4))
    return try built(instance, truth, stated)
  }

  /// What an instance gave, of a truth that is known already.
  public func built(
    _ instance: Instance, _ truth: TruthRecord, _ stated: [String: Double] = [:]
  ) throws(Problem) -> Built {
    let shown: Scene
    let descriptors: [NamedNumber]
    do {
      let scene = try scene(of: instance)
      shown = try hidden(scene)
      descriptors = try shownDescriptors(scene, shown)
    } catch { throw .scene(error) }
    return Built(
      instance: instance, truth: truth, disclosed: shown.disclosed,
      description: PromptNumbers.rounded(shown.definition.describe(shown.section)),
      descriptors: descriptors, stated: stated)
  }

  /// Outcomes that a record keeps.
  func askedOutcomes(_ scene: Scene) -> Set<String> {
    var asked = Set(plan.questions.map { $0.outcome.isEmpty ? $0.slot : $0.outcome })
    if asksVerification { asked.formUnion(scene.requirements.map(\.criterion.outcome)) }
    return asked
  }

  /// Whether an instance only serves climatology, with one run at the coarsest level.
  func isCoarse(_ instance: Instance) -> Bool {
    plan.hasCoarseCalibration && instance.split == "calibration"
  }

  // MARK: Slots and questions

  /// The slots with supports that the calibration instances (or, without them, all) suggest.
  public func slots(from built: [Built]) -> [Slot] {
    let calibration = built.filter { $0.instance.split == "calibration" }
    let basis = calibration.isEmpty ? built : calibration
    return plan.questions.map { question in
      if question.rule == .verification { return verificationSlot(question, basis) }
      if let derivation = question.derivation {
        return derivedSlot(question, derivation, basis)
      }
      let definition = plan.scene.outcomes.first { $0.name == question.outcome }
      let dimension = definition?.dimension.exponents ?? Array(repeating: 0, count: 7)
      if let event = question.event {
        return Slot(
          name: question.slot, type: .event, rule: .brier, levels: [],
          quantity: AnswerQuantity(
            name: event.source, unit: "1", dimension: Array(repeating: 0, count: 7),
            support: 0...1),
          event: event, physics101: plan.scene.firstCourse[question.outcome])
      }
      var (low, high) = (Double.infinity, -Double.infinity)
      for item in basis {
        for member in item.truth[outcome: question.outcome]?.scalar?.members ?? [] {
          (low, high) = (min(low, member), max(high, member))
        }
      }
      return Slot(
        name: question.slot, type: question.type, rule: question.rule, levels: question.levels,
        quantity: AnswerQuantity(
          name: question.outcome.replacing("-", with: " "), unit: definition?.unit ?? "1",
          dimension: dimension, support: support(low, high, minimum: definition?.minimum)),
        physics101: plan.scene.firstCourse[question.outcome])
    }
  }

  /// Half as wide again as what was seen, with two figures, and never below the smallest value
  /// that the outcome can take.
  func support(_ low: Double, _ high: Double, minimum: Double?) -> ClosedRange<Double> {
    guard low <= high else { return 0...1 }
    let top = Quantum.twoFigures(max(high + 0.5 * abs(high), 1e-12))
    if let minimum { return minimum...max(top, minimum) }
    let bottom = -Quantum.twoFigures(max(0.5 * abs(low) - low, 1e-12))
    return min(bottom, top)...top
  }

  /// The questions of one instance. Outcomes that do not occur or are unresolved are not asked, nor is
  /// anything of an instance that was run once.
  public func questions(of built: Built, slots: [Slot], canary: String) -> [Question] {
    guard !isCoarse(built.instance) else { return [] }
    return slots.compactMap { slot in
      if slot.type == .verification { return verificationQuestion(built, slot, canary: canary) }
      let outcome = slot.event?.outcome ?? slot.name
      switch built.truth[outcome: outcome] {
      case .scalar(let truth)?:
        guard truth.occurs == 1, truth.status != .unresolved else { return nil }
      case .classes?, .ordering?, .series?, .event?:
        guard built.truth[outcome: outcome]?.standing.status != .unresolved else { return nil }
      case nil: return nil
      }
      var derivation = slot.derivation
      if case .reversal(let reversal)? = derivation {
        guard let value = built.stated[slot.name] else { return nil }
        derivation = .reversal(reversal.asking(value))
      }
      return Question(
        id: "\(built.instance.id)/\(slot.name)", instance: built.instance.id,
        template: plan.template, slot: slot.name, type: slot.type, rule: slot.rule,
        levels: slot.levels,
        prompt: derivation.map { derivedPrompt(built.description, slot, $0) }
          ?? prompt(built.description, slot), scene: built.disclosed,
        quantity: slot.quantity, event: slot.event, consequence: plan.consequence,
        split: built.instance.split, mechanisms: built.truth.mechanisms,
        descriptors: built.descriptors, canary: canary, derivation: derivation)
    }
  }

  /// A mark whose presence in a corpus shows a leak; the same for every file of a data set.
  public var canary: String {
    let text = Hashes.sha256("canary \(plan.template) \(plan.hash)")
    let parts = [8, 4, 4, 4, 12].reduce(into: (rest: text[...], list: [Substring]())) {
      $0.list.append($0.rest.prefix($1))
      $0.rest = $0.rest.dropFirst($1)
    }
    return "plumbline-canary-" + parts.list.joined(separator: "-")
  }
}
