// What a first course in mechanics says of a dragged pack: a block on a level floor.
//
// Equation    N = mg − F sin α;  a = (F cos α − μ_k N)/m once F cos α > μ_s N;  stop: v²/(2μ_k g)
//             strap (hand at speed V):  slips at μ_s mg/(kV);  period ≈ 2D/V + π√(m/k),
//             D = (μ_s − μ_k)mg/k;  belt: slides for V/(μ_k g)
// Deviation   a block that does not tip, on a level floor, pulled along x
// Checked by  BackpackDragFirstCourseTests: each against a run in which it is exact, or the case that
//             shows by how much it is not

import Experience

enum BackpackDragFirstCourse {
  static let bindings: [Binding] = [
    Binding(symbol: "m", path: "pack.mass"),
    Binding(symbol: "g", path: "environment.gravity"),
    Binding(symbol: "mu", path: "floor.friction"),
    Binding(symbol: "ms", path: "floor.friction.static"),
    Binding(symbol: "mk", path: "floor.friction.kinetic"),
    Binding(symbol: "v", path: "pull.push.velocity"),
    Binding(symbol: "F", path: "pull.force.magnitude"),
    Binding(symbol: "a", path: "pull.force.angle"),
    Binding(symbol: "t0", path: "pull.force.from"),
    Binding(symbol: "t1", path: "pull.force.until"),
    Binding(symbol: "V", path: "pull.strap.speed"),
    Binding(symbol: "k", path: "pull.strap.stiffness"),
    Binding(symbol: "s", path: "pull.strap.slack"),
    Binding(symbol: "b", path: "pull.belt.speed"),
    Binding(symbol: "D", path: "duration"),
  ]

  /// 1 where an expression is above 0, else 0.
  private static func step(_ expression: String) -> String {
    "min(1,max(0,1e9*(\(expression))))"
  }

  /// Closed forms by outcome, over the symbols that the scene has.
  static func forms(_ model: BackpackDragModel) -> [String: String] {
    let names: (held: String, sliding: String)
    if model.friction.stribeckSpeed == nil {
      names = ("mu", "mu")
    } else {
      names = ("ms", model.friction.sliding == nil ? "ms" : "mk")
    }
    var forms: [BackpackDragOutcome: String]
    switch model.pull {
    case .push: forms = push(names.sliding)
    case .force(let force): forms = self.force(names, ends: force.until != nil)
    case .strap: forms = strap(names)
    case .belt: forms = belt(names.sliding)
    }
    forms[.finalVelocityY] = nil
    return Dictionary(uniqueKeysWithValues: forms.map { ($0.key.rawValue, $0.value) })
  }

  private static func push(_ mk: String) -> [BackpackDragOutcome: String] {
    [
      .moves: step("v"), .slipTime: "0", .distance: "v^2/(2*\(mk)*g)",
      .finalVelocityX: "0", .stopTime: "v/(\(mk)*g)", .heat: "0.5*m*v^2",
    ]
  }

  private static func force(
    _ mu: (held: String, sliding: String), ends: Bool
  ) -> [BackpackDragOutcome: String] {
    let normal = "(m*g-F*sin(a))"
    let starts = step("F*cos(a)-\(mu.held)*\(normal)")
    let rate = "(\(starts)*max(0,(F*cos(a)-\(mu.sliding)*\(normal))/m))"
    let time = ends ? "(t1-t0)" : "(D-t0)"
    let pulled = "0.5*\(rate)*\(time)^2"
    var forms: [BackpackDragOutcome: String] = [
      .moves: starts, .slipTime: "t0", .peakPull: "F", .meanPull: "F",
      .work: "F*cos(a)*\(pulled)",
    ]
    if ends {
      forms[.distance] = "\(pulled)+(\(rate)*\(time))^2/(2*\(mu.sliding)*g)"
      forms[.stopTime] = "t1+\(rate)*\(time)/(\(mu.sliding)*g)"
      forms[.finalVelocityX] = "0"
      forms[.heat] = "F*cos(a)*\(pulled)"
    } else {
      forms[.distance] = pulled
      forms[.finalVelocityX] = "\(rate)*\(time)"
      forms[.heat] = "\(mu.sliding)*\(normal)*\(pulled)"
    }
    return forms
  }

  private static func strap(
    _ mu: (held: String, sliding: String)
  ) -> [BackpackDragOutcome: String] {
    let drop = "(\(mu.held)-\(mu.sliding))*m*g/k"
    let period = "2*\(drop)/V+3.14159265358979*sqrt(m/k)"
    let distance = "max(0,V*D-s-\(mu.sliding)*m*g/k)"
    return [
      .moves: step("k*(V*D-s)-\(mu.held)*m*g"), .slipTime: "s/V+\(mu.held)*m*g/(k*V)",
      .distance: distance, .peakPull: "\(mu.held)*m*g", .meanPull: "\(mu.sliding)*m*g",
      .stickSlip: step("\(mu.held)-\(mu.sliding)"), .stickSlipPeriod: period,
      .slipPerCycle: "V*(\(period))", .work: "\(mu.sliding)*m*g*\(distance)",
      .heat: "\(mu.sliding)*m*g*\(distance)",
    ]
  }

  private static func belt(_ mk: String) -> [BackpackDragOutcome: String] {
    [
      .moves: step("abs(b)"), .slipTime: "0", .distance: "abs(b)*D-b^2/(2*\(mk)*g)",
      .finalVelocityX: "b", .stopTime: "abs(b)/(\(mk)*g)", .work: "m*b^2", .heat: "0.5*m*b^2",
    ]
  }
}
