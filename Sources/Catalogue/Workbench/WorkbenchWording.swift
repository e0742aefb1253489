// Measures in words, for questions and reference texts.

import Experience

struct WorkbenchWording {
  let bodies: [String]
  let joints: [String]

  private func body(_ index: Int) -> String { index < 0 ? "the world" : "`\(bodies[index])`" }

  /// Completes "NAME is the …"; of an event "it is the event that …".
  func sentence(_ measure: WorkbenchMeasure) -> String {
    let time = JSON.text(of: measure.before)
    switch measure.quantity {
    case .occurs:
      return "\(event(measure)) happens within \(time) s"
    case .count:
      return "number of times that \(kind(measure)) happens within \(time) s"
    case .time: return "time from the start to \(event(measure))"
    case .period:
      var nth = 1
      if case .event(let number, _) = measure.moment { nth = number }
      let which = nth == 1 ? "" : ", swing \(nth)"
      return "time of one whole swing of \(subject(measure))\(which)"
    default: return "\(quantity(measure)) \(moment(measure))"
    }
  }

  private func subject(_ measure: WorkbenchMeasure) -> String {
    if let joint = measure.joint { return "the joint `\(joints[joint])`" }
    if let index = measure.body { return body(index) }
    return "all bodies that move"
  }

  private func quantity(_ measure: WorkbenchMeasure) -> String {
    let component = measure.component.map { "\(["x", "y", "z"][$0]) component of the " } ?? ""
    let name = measure.quantity.rawValue.replacing("-", with: " ")
    let point = measure.point == nil ? "" : "a point of "
    switch measure.quantity {
    case .distance:
      if let other = measure.other, let index = measure.body {
        return "distance of the centres of \(body(index)) and \(body(other))"
      }
      return
        "\(component)\(component.isEmpty ? "distance" : "way") of \(point)\(subject(measure)) from its start"
    case .contactForce:
      let from = measure.other.map { " from \(body($0))" } ?? ""
      return "\(component)contact force on \(subject(measure))\(from)"
    case .jointForce:
      let on = measure.body.map { " on \(body($0))" } ?? " on its first body"
      return "\(component)force of \(subject(measure))\(on)"
    case .jointAngle: return "turn of \(subject(measure)) since the start"
    case .energy: return "energy of motion and weight of \(subject(measure))"
    case .attitude where measure.component != nil:
      return
        "turn of \(subject(measure)) about its own \(["x", "y", "z"][measure.component ?? 0]) (turns in the order x, y, z)"
    case .attitude: return "angle of the turn of \(subject(measure)) from the world's axes"
    default: return "\(component)\(name) of \(point)\(subject(measure))"
    }
  }

  private func moment(_ measure: WorkbenchMeasure) -> String {
    switch measure.moment {
    case .start: "at the start"
    case .end: "at the end"
    case .maximum: "where it is largest"
    case .minimum: "where it is smallest"
    case .time(let time): "at \(JSON.text(of: time)) s"
    case .event(_, let isBefore): "just \(isBefore ? "before" : "after") \(event(measure))"
    }
  }

  /// "the 2nd contact of `a` and `b`".
  private func event(_ measure: WorkbenchMeasure) -> String {
    guard case .event(let nth, _) = measure.moment else { return kind(measure) }
    let suffix = nth % 100 / 10 == 1 ? "th" : [1: "st", 2: "nd", 3: "rd"][nth % 10] ?? "th"
    return "the \(nth)\(suffix) \(kind(measure))"
  }

  private func kind(_ measure: WorkbenchMeasure) -> String {
    guard let filter = measure.filter else { return "event" }
    let who =
      filter.joint.map { " of the joint `\(joints[$0])`" }
      ?? (filter.bodies.isEmpty ? "" : " of " + filter.bodies.map(body).joined(separator: " and "))
    return filter.kind + who
  }
}
