// Drag coefficients of a sphere, as the product of coefficient and Reynolds number.
//
// Equation        F = -1/2 rho Cd(Re) A |w| w,  Re = rho |w| d / eta, w relative to the fluid
// Discretisation  none; powers of Re share one logarithm, largest error 12 ulp of one term
// Source          Stokes 1851; Schiller & Naumann and Clift & Gauvin 1971 as in Clift, Grace &
//                 Weber 1978, Bubbles, Drops and Particles; Morrison 2010, Data correlation for
//                 drag coefficient for sphere, Michigan Tech
// Deviation       Morrison's third term y^-7.94 / (1 + y^-8) is written y^0.06 / (1 + y^8), which
//                 is the same number and does not overflow. His later edition (2013) has another
//                 last term: 0.125 instead of 0.137 for Cd at Re = 1e6
// Validity        smooth rigid sphere in steady unbounded flow; `validReynolds`. Clift-Gauvin is
//                 19 % above Morrison at Re = 3e4: two valid laws span the model error
// Checked by      SphereDragTests: 18 digits from elsewhere, rest, overlap and overflow

import Foundation

/// How the drag of a sphere depends on its Reynolds number.
public enum SphereDrag: Sendable, Hashable {
  /// No drag, as in a vacuum.
  case none
  /// Creeping flow, Cd = 24/Re.
  case stokes
  /// 24/Re (1 + 0.15 Re^0.687), Re up to 800.
  case schillerNaumann
  /// Schiller-Naumann with a second term that carries it to Re = 3e5, below the drag crisis.
  case cliftGauvin
  /// One fit through the drag crisis, up to Re = 1e6.
  case morrison
  /// A coefficient, at least 0, that does not depend on Re.
  case constant(Double)

  /// Cd times Re, dimensionless; finite at rest. `reynolds` is at least 0.
  public func coefficientTimesReynolds(_ reynolds: Double) -> Double {
    switch self {
    case .none:
      return 0
    case .stokes:
      return 24
    case .schillerNaumann:
      return 24 + 3.6 * exp(0.687 * log(reynolds))
    case .cliftGauvin:
      // at rest the logarithm is -infinity, both powers are 0 and the last term is 0 / infinity
      let logarithm = log(reynolds)
      let viscous = 24 + 3.6 * exp(0.687 * logarithm)
      return viscous + 0.42 * reynolds / (1 + 4.25e4 / exp(1.16 * logarithm))
    case .morrison:
      return Self.morrison(reynolds)
    case .constant(let coefficient):
      return coefficient * reynolds
    }
  }

  private static func morrison(_ reynolds: Double) -> Double {
    // Re^1.52 = Re^0.80 (Re^0.06)^12 saves an exponential, at the cost of some 10 ulp in one term
    let logarithm = log(reynolds)
    let small = exp(0.06 * logarithm)
    let large = exp(0.8 * logarithm)
    let small2 = small * small
    let small4 = small2 * small2
    let power = large * small4 * small4 * small4

    // constants: 5^-1.52 and (2.63e5)^-0.06
    let middle = 0.086609512364497955 * power
    let y = reynolds * (1 / 2.63e5)
    let y2 = y * y
    let y4 = y2 * y2
    let crisis = 0.47293630624000613 * small / (1 + y4 * y4)
    return 24
      + reynolds
      * (0.52 * reynolds / (1 + middle) + 0.411 * crisis + large * (1 / 4.61e5))
  }

  /// Drag coefficient, dimensionless; infinite at rest for every law with a viscous term.
  public func coefficient(_ reynolds: Double) -> Double {
    switch self {
    case .none: 0
    case .constant(let coefficient): coefficient
    default: coefficientTimesReynolds(reynolds) / reynolds
    }
  }

  /// Reynolds numbers for which the law was made. At 0.1 the next term after Stokes is 1.9 %.
  public var validReynolds: ClosedRange<Double> {
    switch self {
    case .none, .constant: 0...Double.infinity
    case .stokes: 0...0.1
    case .schillerNaumann: 0...800
    case .cliftGauvin: 0...3e5
    case .morrison: 0...1e6
    }
  }

  /// Name of the law in scenes and in provenance.
  public var name: String {
    switch self {
    case .none: "none"
    case .stokes: "stokes"
    case .schillerNaumann: "schiller-naumann"
    case .cliftGauvin: "clift-gauvin"
    case .morrison: "morrison"
    case .constant: "constant"
    }
  }

  /// Whether Cd Re has all derivatives at Re = 0; fractional powers cost an integrator its order
  /// there.
  public var isSmoothAtRest: Bool {
    switch self {
    case .none, .stokes, .constant: true
    case .schillerNaumann, .cliftGauvin, .morrison: false
    }
  }
}
