// Traction between two sides of a crack: secant softening, contact and friction.
//
// Equation        D = [[u]] + s₀, s₀ = t₀/k; δ = √(⟨D_n⟩² + |D_t|²), δ_m its running maximum
//                 k_s = σ_c(d_f − δ_m)/((d_f − d₀)δ_m), 0 beyond d_f; d₀ = σ_c/k, d_f = d₀ + 2G_F/σ_c
//                 T_n = k_s·D_n, T_t = k_s·D_t + (1 − k_s/k)·Coulomb; in compression T_n rises to slope
//                 k over the width w = 2(1 − k_s/k)d₀ (0.75 µm at most for f_t = 3 MPa, h = 10 mm)
//                 ψ = ½k_s·δ² (+ ½k·D_n²), G = ½σ_c·d_f(δ_m − d₀)/(d_f − d₀) = ½σ_c·d_f − ½k_s·δ_m·d_f
// Discretisation  friction by return to its cone. A step of leapfrog takes the trapezoid of the traction,
//                 which is not ψ and G where it crosses the peak: d_f then moves so that the triangle under
//                 the rest of the law, ½k_s·δ_m·d_f, is what of G_F is left. A point takes G_F in all, within
//                 0.4 % for cracks that tremble open in 25 to 1,000 steps; what the rest of the law cannot
//                 pay (little traction is left near its end) is `excess`
// Source          opening of insertion at work of σ_c: Camacho & Ortiz 1996, Int. J. Solids Struct.
//                 33, 2899; continuity in time by a shift of the opening: Papoulia, Sam & Vavasis
//                 2003, Int. J. Numer. Methods Eng. 58, 679
// Deviation       the shift lets a finite stiffness k stand for the rigid start of an extrinsic law
// Validity        β = 1 (shear counts as tension); work on [[u]] = ψ − ψ₀ + G exactly
// Checked by      CohesiveLawTests: closed loops, full opening in few steps, continuity, friction

/// Constants of one face.
struct CohesiveLaw {
  /// k, in Pa/m.
  let stiffness: Double
  /// G_F, in J/m².
  let fractureEnergy: Double
  /// Coulomb coefficient of the debonded part.
  let friction: Double

  /// Traction that pulls the two sides together, in Pa, for an opening `jump` (m; normal first, then
  /// two tangential parts); moves the state of the point along.
  @inline(__always)
  func traction(_ jump: SIMD3<Double>, _ point: inout CohesivePoint) -> SIMD3<Double> {
    let d = jump + point.preStretch
    let k = stiffness
    let start = point.ceiling / k
    let tangential = d.y * d.y + d.z * d.z
    let pull = max(d.x, 0)
    let separation = (pull * pull + tangential).squareRoot()
    let before = point
    if separation > point.peak {
      // the line from the crest of the law down to its end
      let crest = (1 - point.damage) * point.peak
      point.damage =
        separation >= (1 - 1e-12) * point.end
        ? 1 : 1 - crest * (point.end - separation) / ((point.end - point.peak) * separation)
      point.peak = separation
    }
    let secant = k * (1 - point.damage)
    var result = SIMD3(secant * d.x, secant * d.y, secant * d.z)
    var stored = 0.5 * secant * separation * separation
    if d.x < 0 {
      let closed = closing(d.x, width: Self.seat * point.damage * start)
      result.x = closed.traction
      stored += closed.energy
    }

    if friction > 0, point.damage > 0 {
      if d.x < 0 {
        // stick, or slide at the cone; the debonded part of the area carries it
        var shear = SIMD2(k * (d.y - point.slip.x), k * (d.z - point.slip.y))
        let size = (shear * shear).sum().squareRoot()
        // the spring that a newly debonded part takes over is paid by the friction itself
        point.heat -= 0.5 * (point.damage - before.damage) * point.spring
        let limit = -friction * result.x
        if size > limit {
          shear *= limit / size
          let slip = SIMD2(d.y, d.z) - shear / k
          let way = slip - point.slip
          point.heat += point.damage * (shear * way).sum()
          point.slip = slip
        }
        point.spring = (shear * shear).sum() / k
        stored += 0.5 * point.damage * point.spring
        result.y += point.damage * shear.x
        result.z += point.damage * shear.y
      } else {
        // contact lost: what the stick had stored is gone
        point.heat += 0.5 * point.damage * point.spring
        point.spring = 0
        point.slip = SIMD2(d.y, d.z)
      }
    }
    point.stored = stored
    if point.damage > before.damage {
      let work = 0.5 * ((before.traction + result) * (jump - before.jump)).sum()
      let spent = dissipated(point) - dissipated(before) + point.heat - before.heat
      point.excess += work - spent - (stored - before.stored)
      settle(&point)
    }
    (point.jump, point.traction) = (jump, result)
    return result
  }

  // moves the end of softening so that what steps took beside the law is paid by what is left of it
  private func settle(_ point: inout CohesivePoint) {
    let crest = stiffness * (1 - point.damage) * point.peak
    guard crest > Self.least * point.ceiling else { return }
    let furthest = Self.stretch * nominalEnd(point)
    let end = min(max(point.end - 2 * point.excess / crest, point.peak), furthest)
    point.excess += 0.5 * crest * (end - point.end)
    point.end = end
  }

  /// Most that softening may go on beyond d_f, as a part of it: near its end little traction is left to
  /// pay with.
  static let stretch = 1.25
  /// Part of the strength below which traction pays nothing: rounding would move the end.
  static let least = 1e-3

  // d_f of the law without steps, in m
  private func nominalEnd(_ point: CohesivePoint) -> Double {
    point.ceiling / stiffness + 2 * fractureEnergy / point.ceiling
  }

  // compression: full stiffness k, reached over a width so that a chattering contact has no kink,
  // whose discrete work is off by ½k|D||D'| at each crossing
  private func closing(_ d: Double, width: Double) -> (traction: Double, energy: Double) {
    let k = stiffness
    if d > -width {
      guard d < 0 else { return (0, 0) }
      let part = d * d / width
      return (-0.5 * k * part, -k * part * d / 6)
    }
    return (k * (d + 0.5 * width), 0.5 * k * (d * d + width * d + width * width / 3))
  }

  /// Width over which a debonded point takes up compression, in d₀.
  static let seat = 2.0

  /// Energy that softening has used by the law, in J/m²: all but the triangle that is left.
  func dissipated(_ point: CohesivePoint) -> Double {
    let whole = 0.5 * point.ceiling * nominalEnd(point)
    guard point.damage < 1 else { return whole }
    return whole - 0.5 * stiffness * (1 - point.damage) * point.peak * point.end
  }

  /// Opening fraction ω: 0 at insertion, 1 without strength.
  func opening(_ point: CohesivePoint) -> Double {
    guard point.damage < 1 else { return 1 }
    let start = point.ceiling / stiffness
    return min(1, (point.peak - start) / (point.end - start))
  }

  /// The point that carries the traction `t` (Pa) now, on a face of the given strength (Pa).
  func insert(_ t: SIMD3<Double>, strength: Double) -> CohesivePoint {
    var point = CohesivePoint()
    let pull = max(t.x, 0)
    point.ceiling = max(strength, (pull * pull + t.y * t.y + t.z * t.z).squareRoot())
    point.preStretch = t / stiffness
    point.peak = point.ceiling / stiffness
    point.end = nominalEnd(point)
    point.traction = t
    point.slip = SIMD2(point.preStretch.y, point.preStretch.z)
    point.stored = 0.5 * (t * t).sum() / stiffness
    point.storedAtStart = point.stored
    return point
  }
}

/// State of one of the four points of a face.
public struct CohesivePoint: Sendable, Hashable {
  /// s₀, in m; normal first.
  var preStretch = SIMD3<Double>.zero
  /// σ_c, in Pa; 0 while both sides still share a node.
  var ceiling = 0.0
  /// δ_m, in m.
  var peak = 0.0
  /// d_f, moved by what steps took beside the law, in m.
  var end = 0.0
  /// 1 − k_s/k.
  var damage = 0.0
  /// Where the friction sticks, in m.
  var slip = SIMD2<Double>.zero
  /// [[u]] (m) and traction (Pa) at the last evaluation.
  var jump = SIMD3<Double>.zero
  var traction = SIMD3<Double>.zero
  /// |τ|²/k of the friction, in J/m².
  var spring = 0.0
  /// Slip heat, in J/m².
  var heat = 0.0
  /// What steps of softening took from the body beside what the law says, and the law has not paid, in J/m².
  var excess = 0.0
  /// ψ, in J/m².
  var stored = 0.0
  /// ψ₀, in J/m².
  var storedAtStart = 0.0

  var isActive: Bool { ceiling > 0 }
}
