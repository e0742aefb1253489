// Laws that a `because:` line may call, each with what it gives: the published table.
//
// Symbols     SI. h drop height, e restitution, mu friction, m mass, theta angle of the pull above the
//             floor, pull its force, rho_s and rho_f densities of ball and fluid, d a diameter, eta
//             dynamic viscosity, b width, t depth, span distance of the supports, f_r flexural strength.
// Source      any first course in mechanics; Stokes 1851 for `stokes-settling` (2ρ_f·v·(d/2)/η below
//             about 0.1); Euler–Bernoulli bending for the last three.
// Deviation   that a law stands here does not say that it holds in a scene: the checker finds that out.
// Checked by  TraceLawsTests: dimensions of every law; the worked traces.

import Experience

/// A relation that has a name.
public struct TraceLaw: Sendable, Hashable {
  public let name: String
  /// The quantity that it gives, as traces write it.
  public let target: String
  public let formula: Formula

  public init(name: String, target: String, formula: Formula) {
    (self.name, self.target, self.formula) = (name, target, formula)
  }
}

/// The laws of a template: the published ones and its own.
public struct TraceLaws: Sendable, Hashable {
  public static let version = "claim-laws/1"

  private static let published: [(name: String, target: String, expression: String)] = [
    ("free-fall", "impact_speed", "sqrt(2*g*h)"),
    ("free-fall-time", "fall_time", "sqrt(2*h/g)"),
    ("restitution-energy", "E_lost", "1 - e^2"),
    ("restitution-speed", "rebound_speed", "e*impact_speed"),
    ("restitution-height", "rebound_height", "e^2*h"),
    ("second-impact", "second_impact_time", "sqrt(2*h/g)*(1 + 2*e)"),
    ("bounce-series", "rest_time", "sqrt(2*h/g)*(1 + e)/(1 - e)"),
    ("coulomb", "friction_force", "mu*normal_force"),
    ("normal-on-level", "normal_force", "m*g"),
    ("normal-under-pull", "normal_force", "m*g - pull*sin(theta)"),
    ("pull-to-slide", "peak_pull", "mu*m*g/(cos(theta) + mu*sin(theta))"),
    ("friction-heat", "heat", "friction_force*distance"),
    ("stokes-settling", "settling_speed", "(rho_s - rho_f)*g*d^2/(18*eta)"),
    ("reynolds", "reynolds", "rho_f*settling_speed*d/eta"),
    ("section-modulus", "section_modulus", "b*t^2/6"),
    ("three-point-bend", "peak_force", "2*b*t^2*f_r/(3*span)"),
    ("flexural-strength", "modulus_of_rupture", "3*peak_force*span/(2*b*t^2)"),
  ]

  public private(set) var laws: [TraceLaw]

  /// The published laws, then those of a template (`laws` of its record); the template's win.
  /// - Throws: a law of the template that is no formula.
  public init(_ template: [ClaimLaw] = []) throws(ScoringProblem) {
    laws = TraceLaws.published.compactMap { name, target, expression in
      (try? Formula(expression)).map { TraceLaw(name: name, target: target, formula: $0) }
    }
    for law in template {
      do {
        let formula = try Formula(law.expression)
        laws.removeAll { $0.name == law.name }
        laws.append(TraceLaw(name: law.name, target: law.target, formula: formula))
      } catch {
        throw ScoringProblem(
          "claim law `\(law.name)`: \(error.message) at byte \(error.offset) of `\(law.expression)`"
        )
      }
    }
  }

  public subscript(name: String) -> TraceLaw? { laws.first { $0.name == name } }
}
