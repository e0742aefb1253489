// What a first course in fluid mechanics says of poured syrup: similarity solutions and Stokes' law.
//
// Equation    puddle of constant volume: r = 0.8939 (g V³ t/(3ν))^(1/8), height 4V/(3π r²); of constant
//             flux: r = 0.7150 (g Q³/(3ν))^(1/8) √t; landing: free fall from the nozzle's mean speed;
//             cup: V/(πR²); ball: 2(ρb − ρ)g a²/(9μ) with Faxén's wall factor 1 − 2.104 d/D + 2.09 (d/D)³
// Source      Huppert 1982, J. Fluid Mech. 121, 43; Stokes 1851; Faxén 1922
// Deviation   thin films that have forgotten how they began; a Newtonian liquid

import Experience

enum SyrupPourFirstCourse {
  static let bindings: [Binding] = [
    Binding(symbol: "rho", path: "syrup.density"),
    Binding(symbol: "mu", path: "syrup.viscosity"),
    Binding(symbol: "g", path: "environment.gravity"),
    Binding(symbol: "V", path: "pour.stream.volume"),
    Binding(symbol: "Q", path: "pour.stream.rate"),
    Binding(symbol: "d", path: "pour.stream.nozzle"),
    Binding(symbol: "h", path: "pour.stream.height"),
    Binding(symbol: "P", path: "pour.stream.onto.plate"),
    Binding(symbol: "C", path: "pour.stream.onto.cup.diameter"),
    Binding(symbol: "L", path: "pour.stream.onto.cup.height"),
    Binding(symbol: "R", path: "pour.slump.radius"),
    Binding(symbol: "H", path: "pour.slump.height"),
    Binding(symbol: "b", path: "pour.settle.ball.diameter"),
    Binding(symbol: "rb", path: "pour.settle.ball.density"),
    Binding(symbol: "D", path: "pour.settle.vessel.diameter"),
    Binding(symbol: "T", path: "duration"),
  ]

  /// Closed forms by outcome, over the symbols that the scene has.
  static func forms(_ model: SyrupPourModel) -> [String: String] {
    guard case .newtonian = model.viscosity else { return [:] }
    var forms: [String: String] = [:]
    func put(_ outcome: SyrupPourOutcome, _ form: String) { forms[outcome.rawValue] = form }
    let pi = "3.141592653589793"
    /// Radius of a puddle of volume `v` after `t`.
    func still(_ v: String, _ t: String) -> String {
      "0.8939138*(g*(\(v))^3*\(t)*rho/(3*mu))^0.125"
    }
    switch model.pour {
    case .slump:
      let volume = "\(pi)*R^2*H"
      put(.spreadRadius, still(volume, "T"))
      put(.moundHeight, "4*\(volume)/(3*\(pi)*(\(still(volume, "T")))^2)")
      put(.volume, volume)
      for time in model.reportAt {
        forms[SyrupPourOutcome.spread(at: time).name] = still(volume, JSON.text(of: time))
      }
    case .stream(let stream):
      let speed = "(4*Q/(\(pi)*d^2))"
      let fall = stream.cup == nil ? "h" : "(h+L)"
      put(.landingTime, "(sqrt(\(speed)^2+2*g*\(fall))-\(speed))/g")
      put(.volume, "min(V,Q*T)")
      put(.coils, "0")
      if stream.cup != nil {
        put(.fillTime, "\(pi)*C^2/4*L/Q")
        put(.fillLevel, "min(L,min(V,Q*T)/(\(pi)*C^2/4))")
        put(.overflows, "min(1,max(0,1e9*(min(V,Q*T)-\(pi)*C^2/4*L)))")
      } else {
        /// While it runs by the constant flux, afterwards by the volume.
        func radius(_ t: String) -> String {
          let running = "0.7150160*(g*Q^3*rho/(3*mu))^0.125*sqrt(min(\(t),V/Q))"
          return "max(\(running),min(1,max(0,1e9*(\(t)-V/Q)))*\(still("V", t)))"
        }
        put(.spreadRadius, radius("T"))
        put(.moundHeight, "4*V/(3*\(pi)*(\(radius("T")))^2)")
        put(.overflows, "min(1,max(0,1e9*(\(radius("T"))-P/2)))")
        for time in model.reportAt {
          forms[SyrupPourOutcome.spread(at: time).name] = radius(JSON.text(of: time))
        }
      }
    case .settle:
      put(
        .settlingSpeed,
        "max(0,(rb-rho))*g*b^2/(18*mu)*(1-2.104*(b/D)+2.09*(b/D)^3)")
    }
    return forms
  }
}
