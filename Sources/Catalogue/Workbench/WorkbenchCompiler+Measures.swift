// The measure list of a workbench scene: its outcomes.

import Experience
import RigidBody

extension WorkbenchCompiler {
  mutating func addMeasures() {
    let list = items("measure")
    if list.isEmpty {
      reader.report(
        "004", "the scene measures nothing", at: scene.entry("measure")?.mark,
        help: "add an entry to `measure:`")
    }
    for (section, path) in list {
      guard let name = section.text("name") else { continue }
      check(
        name: name, at: section.entry("name")?.mark, among: model.measures.map(\.name),
        what: "the outcome")
      if let measure = measure(section, name, path) { model.measures.append(measure) }
    }
  }

  private mutating func refuse(
    _ message: String, _ section: SceneSection, _ key: String?, _ help: String
  ) {
    reader.report(
      "040", message, at: key.flatMap { section.entry($0)?.mark } ?? section.mark, help: help)
  }

  private mutating func measure(
    _ section: SceneSection, _ name: String, _ path: String
  ) -> WorkbenchMeasure? {
    guard let quantity = section.text("quantity").flatMap(WorkbenchQuantity.init) else {
      return nil
    }
    let before = reader.diagnostics.count
    let pair = section["between"] == nil ? nil : two(section, allowsWorld: true)
    let own = body(section.text("of"), at: section.entry("of")?.mark)
    let joint = joint(section)
    let body = own ?? pair?.a
    let event = eventWord(section)
    var filter: WorkbenchMeasure.Filter?
    if let event { filter = self.filter(event, section, own, pair, joint) }
    let moment = moment(section, quantity, event)
    checkSubject(section, quantity, body, pair, joint, event)
    guard reader.diagnostics.count == before || !reader.hasErrors else { return nil }

    let words = ["x", "y", "z"]
    let component = section.text("component").flatMap(words.firstIndex(of:))
    let needsComponent = quantity.isVector || quantity == .period
    if section["component"] != nil, !needsComponent {
      refuse("`\(quantity.rawValue)` has no components", section, "component", "leave it out")
    }
    if quantity == .distance, pair != nil, component != nil, own == nil {
      refuse(
        "the distance of two bodies has no components", section, "component",
        "measure two positions instead")
    }
    let takesPoint = [.position, .velocity, .speed, .distance].contains(quantity)
    if section["point"] != nil, !takesPoint {
      refuse(
        "`\(quantity.rawValue)` is not that of a point", section, "point",
        "leave it out: it is of the whole body")
    }
    let limit = section.quantity("before")?.nominal ?? model.duration
    var measure = WorkbenchMeasure(
      name: name, quantity: quantity, body: body,
      other: own == nil || quantity == .contactForce ? other(own, pair) : nil, joint: joint,
      component: component,
      point: section["point"] == nil ? nil : inputs.add(vector: section, "point", at: path),
      moment: moment, filter: filter, before: min(limit, model.duration),
      definition: quantity.definition)
    measure.definition = definition(measure, section)
    return measure
  }

  /// The body that `between` names beside the measured one.
  private func other(_ own: Int?, _ pair: (a: Int, b: Int)?) -> Int? {
    guard let pair else { return nil }
    guard let own else { return pair.b }
    return pair.a == own ? pair.b : pair.a
  }

  private mutating func joint(_ section: SceneSection) -> Int? {
    guard let name = section.text("joint") else { return nil }
    if let index = model.joints.firstIndex(where: { $0.name == name }) { return index }
    let known = model.joints.map(\.name)
    let suggestion = Spelling.nearest(to: name, among: known)
    reader.report(
      "010", "there is no joint `\(name)`", at: section.entry("joint")?.mark,
      label: suggestion.map { "did you mean `\($0)`?" } ?? "not known here",
      help: "joints: \(known.joined(separator: ", "))")
    return nil
  }

  // MARK: Moment and event

  private mutating func eventWord(_ section: SceneSection) -> String? {
    var word = section.text("event")
    if let at = section.text("at"), WorkbenchFormat.eventWords.contains(at) {
      if word != nil {
        refuse(
          "`at` and `event` both name an event", section, "at", "leave `at` out")
      }
      word = at
    }
    return word
  }

  private mutating func moment(
    _ section: SceneSection, _ quantity: WorkbenchQuantity, _ event: String?
  ) -> WorkbenchMeasure.Moment {
    let nth = section.integer("nth") ?? 1
    let isCounting = [.time, .occurs, .count].contains(quantity)
    let hasNth = section["nth"] != nil
    if hasNth, event == nil && quantity != .period || quantity == .count {
      refuse("`nth` needs an event to count", section, "nth", "name one with `event:`")
    }
    if section["before"] != nil, event == nil {
      refuse("`before` needs an event", section, "before", "name one with `event:`")
    }
    if section["side"] != nil, event == nil || isCounting {
      refuse("`side` needs a quantity at an event", section, "side", "leave it out")
    }
    if event != nil || quantity == .period {
      if section.entry("event")?.mark != nil, section.entry("at")?.mark != nil,
        !WorkbenchFormat.eventWords.contains(section.text("at") ?? "")
      {
        refuse("`event` and `at` both say when", section, "at", "leave one of them out")
      }
      return .event(nth: nth, isBefore: section.text("side") == "before")
    }
    switch section["at"] {
    case .word("start")?: return .start
    case .word("maximum")?: return .maximum
    case .word("minimum")?: return .minimum
    case .quantity(let time, _)?:
      if !time.law.isExact {
        refuse("a time of measurement has no tolerance", section, "at", "give one time")
      }
      if time.nominal > model.duration {
        refuse(
          "measured at \(JSON.text(of: time.nominal)) s, after the end", section, "at",
          "the `duration:` is \(JSON.text(of: model.duration)) s")
      }
      return .time(time.nominal)
    default: return .end
    }
  }

  private mutating func filter(
    _ event: String, _ section: SceneSection, _ own: Int?, _ pair: (a: Int, b: Int)?, _ joint: Int?
  ) -> WorkbenchMeasure.Filter {
    let bodies = pair.map { [$0.a, $0.b] } ?? own.map { [$0] } ?? []
    let needsBody = ["apex", "tip", "rest"].contains(event)
    let needsPair = ["contact", "lift-off", "stick", "slip"].contains(event)
    if needsBody, own == nil {
      refuse("the event `\(event)` is of one body", section, "event", "name it with `of:`")
    }
    if needsPair, bodies.isEmpty {
      refuse(
        "the event `\(event)` is of bodies", section, "event",
        "name them with `between:`, or one of them with `of:`")
    }
    if !needsBody, !needsPair, joint == nil, bodies.isEmpty {
      refuse(
        "the event `\(event)` is of a joint", section, "event", "name it with `joint:`")
    }
    return WorkbenchMeasure.Filter(
      kind: event, bodies: needsBody ? own.map { [$0] } ?? [] : bodies,
      joint: needsBody || needsPair ? nil : joint)
  }

  private mutating func checkSubject(
    _ section: SceneSection, _ quantity: WorkbenchQuantity, _ body: Int?,
    _ pair: (a: Int, b: Int)?, _ joint: Int?, _ event: String?
  ) {
    let name = quantity.rawValue
    switch quantity.subject {
    case .body where body == nil:
      refuse("`\(name)` is of a body", section, nil, "name it with `of:`")
    case .contact where body == nil:
      refuse(
        "`\(name)` is of a body", section, nil,
        "name it with `of:`, or the two that touch with `between:`")
    case .joint where joint == nil:
      refuse("`\(name)` is of a joint", section, nil, "name it with `joint:`")
    case .event where event == nil:
      refuse("`\(name)` is of an event", section, nil, "name it with `event:`")
    case .bodyOrTwo where body == nil:
      refuse(
        "`\(name)` is of bodies", section, nil,
        "name two with `between:`, or one with `of:` for the way from its start")
    case .swing where joint == nil && body == nil:
      refuse("`\(name)` is of a swing", section, nil, "name a body with `of:` or a `joint:`")
    case .swing where event != nil:
      refuse("`\(name)` is not measured at an event", section, "event", "leave it out")
    default: break
    }
    if quantity == .jointAngle, let joint,
      !["hinge", "motor"].contains(model.joints[joint].kind)
    {
      refuse(
        "only a hinge or motor has an angle", section, "joint",
        "measure the `attitude` of a body instead")
    }
    if [.time, .occurs, .count].contains(quantity), let at = section.entry("at"), at.mark != nil,
      !WorkbenchFormat.eventWords.contains(section.text("at") ?? "")
    {
      refuse("`\(name)` is of an event, not at a time", section, "at", "use `before:`")
    }
  }

  // MARK: Definition

  private func definition(
    _ measure: WorkbenchMeasure, _ section: SceneSection
  ) -> OutcomeDefinition {
    let words = WorkbenchWording(bodies: model.bodies.map(\.name), joints: model.joints.map(\.name))
    let about = words.sentence(measure)
    let quantity = measure.quantity
    if quantity == .occurs { return OutcomeDefinition(event: measure.name, about) }
    let (symbol, dimension) = quantity.unit
    let canBeNegative =
      quantity.isVector && measure.component != nil || [.energy, .jointAngle].contains(quantity)
    return OutcomeDefinition(
      measure.name, unit: symbol, dimension, isCount: quantity == .count,
      minimum: canBeNegative ? nil : 0, about)
  }
}
