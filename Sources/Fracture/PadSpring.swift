// One corner of a surface against a pad: when it touches, how hard it presses, when it lets go.
//
// Equation        p = ε·(g − g₀) while closed, at most p_c; energy e = p²/2ε for each area
// Discretisation  leapfrog works ½(p + p')(g' − g) in a step. A spring that begins or ends within the
//                 step stores or gives back something else, up to ⅛ε(v·Δt)². So it begins at the last gap
//                 before the touch, g₀ = g, which is exact; and in the last step before it lets go the
//                 pressure is the one that spends what is stored: with d = g_last − g behind and
//                 d' = d₀' + c·p ahead, ½(p_last + p)d + ½p·d' = e_last, a quadratic in p
// Source          a force from the difference of an energy: Simo & Tarnow 1992, Z. angew. Math. Phys. 43,
//                 757; Gonzalez 1996, J. Nonlinear Sci. 6, 449; here explicit, because the next place of
//                 a node of leapfrog is known from the force
// Deviation       the touch is early by less than one step, that is by less than v·Δt
// Validity        one contact at a node; a shape whose normal turns little within a step
// Checked by      PadSpringTests, BrickTestTests: flat falls on pads of three stiffnesses

/// State of a corner at one time.
struct PadSpring: Sendable {
  /// Where the spring begins, in m of penetration.
  var origin = 0.0
  /// How far the layer has been crushed, in m.
  var dent = 0.0
  /// Penetration, in m.
  var gap = 0.0
  /// In Pa.
  var pressure = 0.0
  /// In J/m².
  var energy = 0.0
  var isClosed = false

  /// A corner that is in touch from the start if it penetrates.
  init(gap: Double) {
    self.gap = gap
    isClosed = gap > 0
  }

  /// From the state `last` of the last step to the gap `next` (m). `lead`: how far the corner will back
  /// off in the coming step without pressure (m), and by how much more for each Pa; nil: nobody knows.
  /// Returns the crushed part of the way, in m.
  @inline(__always)
  mutating func move(
    to next: Double, from last: PadSpring, pad: Pad, lead: (way: Double, rate: Double)?
  ) -> Double {
    self = last
    gap = next
    if !pad.isGlue, !isClosed, last.pressure == 0, next > dent, next > last.gap {
      isClosed = true
      origin = last.gap
    }
    let way = next - origin
    if pad.isGlue {
      pressure = pad.stiffness * way
      energy = 0.5 * pressure * way
      return 0
    }
    guard isClosed, way > 0 else {
      (isClosed, pressure, energy) = (false, 0, 0)
      return 0
    }
    pressure = pad.stiffness * way
    if pressure > pad.cap {
      let crush = way - pad.cap / pad.stiffness
      origin += crush
      dent += crush
      (pressure, energy) = (pad.cap, 0.5 * pad.cap * pad.cap / pad.stiffness)
      return crush
    }
    energy = 0.5 * pressure * way
    guard let lead, way <= lead.way + lead.rate * pressure else { return 0 }
    // the last step with pressure
    let back = last.gap - next
    let held = max(0, 2 * last.energy - last.pressure * back)
    let b = back + lead.way
    let root = (b * b + 4 * lead.rate * held).squareRoot()
    let found = b > 0 ? 2 * held / (b + root) : (root - b) / (2 * lead.rate)
    pressure = min(max(found, 0), pressure)
    energy = max(0, last.energy - 0.5 * (last.pressure + pressure) * back)
    isClosed = false
    return 0
  }
}
