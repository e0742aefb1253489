// What a first course in strength of materials says of a brick test.
//
// Equation    bending: F = 2 f_t b d²/(3 S), the sag of Timoshenko's beam F S³/(48 E I)·(1 + 2.4 (1 + ν)
//             (d/S)²/κ'), κ' = (12 + 11 ν)^-1·10 (1 + ν); strike: the energy m g H against G_F b d and
//             the elastic energy F²/(2 k) at fracture
// Source      Timoshenko 1921; Cowper 1966, J. Appl. Mech. 33, 335 (shear coefficient)
// Deviation   fracture at the strength of the surface; a massless brick

import Experience

enum BrickBreakFirstCourse {
  static let bindings: [Binding] = [
    Binding(symbol: "ft", path: "brick.tensile-strength"),
    Binding(symbol: "E", path: "brick.youngs-modulus"),
    Binding(symbol: "nu", path: "brick.poisson-ratio"),
    Binding(symbol: "G", path: "brick.fracture-energy"),
    Binding(symbol: "rho", path: "brick.density"),
    Binding(symbol: "L", path: "brick.size.x"),
    Binding(symbol: "b", path: "brick.size.y"),
    Binding(symbol: "d", path: "brick.size.z"),
    Binding(symbol: "g", path: "environment.gravity"),
    Binding(symbol: "Sb", path: "test.bend.span"),
    Binding(symbol: "v", path: "test.bend.speed"),
    Binding(symbol: "S", path: "test.strike.span"),
    Binding(symbol: "m", path: "test.strike.striker.mass"),
    Binding(symbol: "H", path: "test.strike.height"),
    Binding(symbol: "h", path: "test.fall.height"),
  ]

  /// Closed forms by outcome, over the symbols that the scene has.
  static func forms(_ model: BrickBreakModel) -> [String: String] {
    var forms: [String: String] = [:]
    func put(_ outcome: BrickBreakOutcome, _ form: String) { forms[outcome.rawValue] = form }
    func force(_ span: String) -> String { "(2*ft*b*d^2/(3*\(span)))" }
    /// Sag per force: bending and shear.
    func yield(_ span: String) -> String {
      "(\(span)^3/(4*E*b*d^3)+\(span)*2*(1+nu)*(12+11*nu)/(40*(1+nu)*E*b*d))"
    }
    func step(_ form: String) -> String { "min(1,max(0,1e9*(\(form))))" }
    switch model.test {
    case .bend:
      put(.breaks, "1")
      put(.peakForce, force("Sb"))
      put(.deflectionAtPeak, "\(force("Sb"))*\(yield("Sb"))")
      put(.modulusOfRupture, "ft")
      put(.breakTime, "\(force("Sb"))*\(yield("Sb"))/v")
      put(.pieces, "2")
      put(.largestPiece, "0.5")
      put(.crackArea, "b*d")
      put(.fractureWork, "G*b*d")
    case .strike:
      func lack(_ height: String) -> String {
        "(m*g*\(height)-G*b*d-0.5*\(force("S"))^2*\(yield("S")))"
      }
      let excess = lack("H")
      for height in model.curve {
        forms[BrickBreakOutcome.breaks(at: height).name] = step(
          lack(JSON.text(of: height)))
      }
      put(.breaks, step(excess))
      put(.peakForce, "min(\(force("S")),sqrt(2*m*g*H/\(yield("S"))))")
      put(.deflectionAtPeak, "min(\(force("S"))*\(yield("S")),sqrt(2*m*g*H*\(yield("S"))))")
      put(.pieces, "1+\(step(excess))")
      put(.largestPiece, "1-0.5*\(step(excess))")
      put(.crackArea, "b*d*\(step(excess))")
      put(.fractureWork, "G*b*d*\(step(excess))")
      put(.striker, "sqrt(2*g*H)*(1-\(step(excess)))")
    case .fall:
      put(.breaks, step("rho*L*g*h-G"))
      put(.pieces, "1+\(step("rho*L*g*h-G"))")
      put(.breakTime, "sqrt(2*h/g)")
    }
    return forms
  }
}
