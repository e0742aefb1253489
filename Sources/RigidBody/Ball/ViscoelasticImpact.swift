// Restitution of a viscoelastic sphere.
//
// Equation        x'' + k (x^1.5 + 1.5 A sqrt(x) x') = 0, from x = 0 to force = 0; scaled by
//                 (v^2/k)^0.4 and v it holds one number, d = 1.5 A k^0.4 v^0.2. With y = sqrt(x)
//                 and dt = 2 y ds:  y' = v,  v' = -2 y^2 (y^2 + d v),  e = -v at y^2 + d v = 0
// Discretisation  the root in x is gone, so Taylor series of order 20 in s converge: error 1e-15
//                 per step. Table: e and de/dd (same series) at equal steps of sqrt(d), in which
//                 e is smooth; cubic Hermite between, error below 1e-9
// Source          Ramirez, Poeschel, Brilliantov & Schwager 1999, Phys. Rev. E 60, 4465;
//                 end at force = 0: Schwager & Poeschel 2007, Granular Matter 9, 465
// Deviation       neither series nor Pade form: those differ from this by up to 9e-3
// Validity        no adhesion, no plasticity, quasi-static; d >= 0
// Checked by      ViscoelasticImpactTests: 18 digits from elsewhere, series at small d, table

import Foundation

/// Impact with the Hertz force and a dissipation that is proportional to its rate.
public struct ViscoelasticImpact: Sendable, Hashable {
  /// Elastic stiffness over effective mass, in m^-0.5 s^-2: 4 E* sqrt(R) / (3 m).
  public let stiffness: Double
  /// Dissipative time A, in s, at least 0.
  public let dissipation: Double

  /// `stiffness` in m^-0.5 s^-2, at least 0; `dissipation` in s, at least 0.
  public init(stiffness: Double, dissipation: Double) {
    self.stiffness = stiffness
    self.dissipation = dissipation
  }

  /// Stiffness over mass, in m^-0.5 s^-2, from E* in Pa, radius in m and mass in kg.
  public static func stiffness(
    effectiveModulus: Double, effectiveRadius: Double, effectiveMass: Double
  ) -> Double {
    4 * effectiveModulus * effectiveRadius.squareRoot() / (3 * effectiveMass)
  }

  /// The number d = 1.5 A k^0.4 v^0.2 that alone decides the restitution; speed in m/s.
  public func dissipationNumber(approachSpeed: Double) -> Double {
    1.5 * dissipation * pow(stiffness * stiffness * approachSpeed, 0.2)
  }

  /// Coefficient of restitution at a speed in m/s, from the table: error below 1e-9.
  public func coefficient(approachSpeed: Double) -> Double {
    Self.table.coefficient(dissipationNumber(approachSpeed: approachSpeed))
  }

  /// Coefficient of restitution for a number d >= 0, integrated anew: error 1e-14, some 0.1 ms.
  public static func integrated(dissipationNumber d: Double) -> Double {
    solve(d).coefficient
  }

  /// The table that all impacts share; made at first use, in some 30 ms.
  public static let table = Table()

  /// Coefficients of restitution at equal steps of sqrt(d).
  public struct Table: Sendable, Hashable {
    private static let step = 1.0 / 96
    private static let last = 288
    private let coefficients: [Double]
    private let slopes: [Double]

    fileprivate init() {
      // the derivative that Hermite's cubic needs is with respect to z = sqrt(d)
      let nodes = (0...Self.last).map { i -> (Double, Double) in
        let z = Double(i) * Self.step
        let node = ViscoelasticImpact.solve(z * z)
        return (node.coefficient, node.slope * 2 * z * Self.step)
      }
      coefficients = nodes.map(\.0)
      slopes = nodes.map(\.1)
    }

    /// Coefficient of restitution for a number d >= 0; beyond d = 9 it is integrated.
    public func coefficient(_ d: Double) -> Double {
      let position = d.squareRoot() / Self.step
      guard position < Double(Self.last) else { return integrated(dissipationNumber: d) }

      let i = Int(position)
      let t = position - Double(i)
      let rise = coefficients[i + 1] - coefficients[i]
      let left = slopes[i] - rise
      let right = rise - slopes[i + 1]
      return coefficients[i] + t * (rise + (1 - t) * (left * (1 - t) + right * t))
    }
  }

  // e(d) and its derivative; d = infinity gives 0, not-a-number is passed on
  private static func solve(_ d: Double) -> (coefficient: Double, slope: Double) {
    guard !d.isNaN else { return (d, d) }
    // de/dd = -1.153449 at d = 0: sqrt(pi) G(3/5) / (2^0.2 5^0.4 G(21/10)), Ramirez et al. 1999
    guard d > 0 else { return (1, -1.1534488580952888) }
    guard d < 1e30 else { return (0, 0) }

    var path = ViscoelasticPath(d)
    while true {
      let step = path.expand()
      guard path.isOver(after: step) else {
        path.advance(step)
        continue
      }

      // v and its derivative with respect to d are stationary at the end: force = 0 there
      var (low, high) = (0.0, step)
      for _ in 0..<60 {
        let middle = 0.5 * (low + high)
        if path.isOver(after: middle) { high = middle } else { low = middle }
      }
      path.advance(0.5 * (low + high))
      return (-path.v, -path.vByD)
    }
  }
}

// the scaled motion with its derivative by d, and Taylor series about the present state
private struct ViscoelasticPath {
  private static let order = 20
  private let d: Double
  private var ySeries: [Double]
  private var vSeries: [Double]
  private var yByDSeries: [Double]
  private var vByDSeries: [Double]
  private var square: [Double]
  private var force: [Double]
  private var squareByD: [Double]
  private var forceByD: [Double]

  init(_ d: Double) {
    let empty = [Double](repeating: 0, count: Self.order + 1)
    self.d = d
    (ySeries, vSeries, yByDSeries, vByDSeries) = (empty, empty, empty, empty)
    (square, force, squareByD, forceByD) = (empty, empty, empty, empty)
    vSeries[0] = 1
  }

  var v: Double { vSeries[0] }
  var vByD: Double { vByDSeries[0] }

  // fills the series and returns a step within which their last terms are below rounding
  mutating func expand() -> Double {
    for n in 0..<Self.order {
      // square = y^2, force = y^2 + d v, and their derivatives by d
      square[n] = Self.product(ySeries, ySeries, n)
      squareByD[n] = 2 * Self.product(ySeries, yByDSeries, n)
      force[n] = square[n] + d * vSeries[n]
      forceByD[n] = squareByD[n] + d * vByDSeries[n] + vSeries[n]

      let next = 1 / Double(n + 1)
      ySeries[n + 1] = vSeries[n] * next
      yByDSeries[n + 1] = vByDSeries[n] * next
      vSeries[n + 1] = -2 * next * Self.product(square, force, n)
      vByDSeries[n + 1] =
        -2 * next * (Self.product(squareByD, force, n) + Self.product(square, forceByD, n))
    }

    // radius of convergence from the last two terms; exp(-2)^20 = 4e-18 (Jorba & Zou 2005);
    // the derivatives by d have the same singularities
    var radius = Double.infinity
    for series in [ySeries, vSeries] {
      let scale = max(abs(series[0]), abs(series[1]))
      for n in [Self.order - 1, Self.order] where series[n] != 0 {
        radius = min(radius, pow(abs(series[n]) / scale, -1 / Double(n)))
      }
    }
    return radius * exp(-2)
  }

  // on the way back the force ends at y^2 = -d v; past it y only falls, so nothing is missed
  func isOver(after step: Double) -> Bool {
    let v = Self.value(vSeries, step)
    guard v < 0 else { return false }
    let y = Self.value(ySeries, step)
    return y <= 0 || y * y + d * v <= 0
  }

  mutating func advance(_ step: Double) {
    ySeries[0] = Self.value(ySeries, step)
    vSeries[0] = Self.value(vSeries, step)
    yByDSeries[0] = Self.value(yByDSeries, step)
    vByDSeries[0] = Self.value(vByDSeries, step)
  }

  private static func value(_ series: [Double], _ step: Double) -> Double {
    series.reversed().reduce(0) { $0 * step + $1 }
  }

  private static func product(_ a: [Double], _ b: [Double], _ n: Int) -> Double {
    var sum = 0.0
    for i in 0...n { sum += a[i] * b[n - i] }
    return sum
  }
}
