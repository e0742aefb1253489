// Names that claim traces may use for what an experience records: where in simulated time each
// outcome is taken, and what else it is called.
//
// Names       the outcome's own name with `_` for `-`, and the aliases below. An alias may stand for
//             several outcomes (`time`), which its anchor tells apart. A claim without anchor means the
//             outcome as defined.
// Anchors     an outcome without one here is about the whole run; a claim that anchors it cannot be
//             verified. A kind of event that an experience cannot have is absent, not unknown.
// Version     part of `TraceLaws.version`: a renamed alias is a new version.
// Checked by  TraceTruthTests.

import Experience

public enum TraceVocabulary {
  /// One outcome's name, anchors and aliases.
  struct Entry: Sendable {
    let outcome: String
    let anchors: [String]
    let aliases: [String]

    init(_ outcome: String, at anchors: [String], also aliases: [String] = []) {
      (self.outcome, self.anchors, self.aliases) = (outcome, anchors, aliases)
    }
  }

  /// By experience.
  static let outcomes: [String: [Entry]] = [
    "ball-drop": [
      Entry("fall-time", at: ["contact#1"], also: ["time", "t_fall"]),
      Entry("impact-speed", at: ["contact#1"], also: ["v_impact"]),
      Entry("rebound-speed", at: ["contact#1", "lift-off#1"], also: ["v_rebound"]),
      Entry("rebound-spin", at: ["contact#1", "lift-off#1"]),
      Entry("rebound-height", at: ["apex#1"], also: ["apex_height", "h_rebound"]),
      Entry("second-impact-time", at: ["contact#2"], also: ["time"]),
      Entry("rest-time", at: ["rest#1", "end"], also: ["time", "t_rest"]),
      Entry("first-range", at: ["contact#1"]),
      Entry("rest-position", at: ["rest#1", "end"]),
      Entry("max-speed", at: [], also: ["v_max"]),
      Entry("energy-lost", at: ["contact#1"]),
    ],
    "backpack-drag": [
      Entry("slip-time", at: ["slip#1"], also: ["time", "t_slip"]),
      Entry("distance", at: ["rest#1", "end"]),
      Entry("final-velocity-x", at: ["end"]),
      Entry("final-velocity-y", at: ["end"]),
      Entry("stop-time", at: ["rest#1"], also: ["time", "t_stop"]),
      Entry("work", at: ["end"]),
      Entry("heat", at: ["end"]),
    ],
    "brick-break": [
      Entry("peak-force", at: ["peak-force#1"], also: ["F_peak"]),
      Entry("deflection-at-peak", at: ["peak-force#1"]),
      Entry("modulus-of-rupture", at: ["peak-force#1"]),
      Entry("break-time", at: ["break#1"], also: ["time"]),
      Entry("pieces", at: ["end"]),
      Entry("largest-piece", at: ["end"]),
      Entry("crack-area", at: ["end"]),
      Entry("fracture-work", at: ["end"]),
      Entry("rest-time", at: ["rest#1"], also: ["time", "t_rest"]),
      Entry("spread", at: ["rest#1", "end"]),
    ],
    "syrup-pour": [
      Entry("landing-time", at: ["land#1"], also: ["time", "t_land"]),
      Entry("spread-radius", at: ["end"]),
      Entry("mound-height", at: ["end"]),
      Entry("coil-frequency", at: ["coil#1"]),
      Entry("fill-level", at: ["end"]),
      Entry("settling-speed", at: ["terminal#1"], also: ["v_terminal"]),
      Entry("volume", at: ["end"]),
    ],
  ]

  /// Outcomes that say whether an event happens.
  static let events: [String: [String: String]] = [
    "backpack-drag": ["tip#1": "tips"],
    "brick-break": ["break#1": "breaks"],
    "syrup-pour": ["coil#1": "coils", "overflow#1": "overflows"],
  ]

  /// Kinds of event that an experience can have; none listed: any.
  static let kinds: [String: Set<String>] = [
    "ball-drop": ["contact", "lift-off", "apex", "slip", "stick", "rest"],
    "backpack-drag": [
      "contact", "lift-off", "apex", "slip", "stick", "tip", "rest", "taut", "slack",
    ],
    "brick-break": ["contact", "lift-off", "crack", "first-crack", "peak-force", "break", "rest"],
    "syrup-pour": ["contact", "land", "coil", "overflow", "terminal", "rest"],
  ]

  /// Kinds that records call otherwise.
  static let kindAliases = ["crack": "first-crack"]

  /// What the symbols of the laws are called in the scenes of an experience, where the template's own
  /// bindings do not say.
  static let parameters: [String: [String: String]] = [
    "ball-drop": [
      "d": "ball.diameter", "rho_s": "ball.density", "mu": "floor.friction",
      "e": "floor.restitution", "h": "start.height",
    ],
    "backpack-drag": [
      "m": "pack.mass", "theta": "pull.force.angle", "pull": "pull.force.magnitude",
    ],
    "brick-break": [
      "f_r": "brick.tensile-strength", "span": "test.bend.span", "rho": "brick.density",
    ],
    "syrup-pour": [
      "eta": "syrup.viscosity", "rho_f": "syrup.density", "rho_s": "pour.settle.ball.density",
    ],
  ]

  /// What may be claimed of each experience, in a fixed order.
  public static var published:
    [(experience: String, name: String, anchors: [String], aliases: [String])]
  {
    let own = outcomes.keys.sorted().flatMap { experience in
      (outcomes[experience] ?? []).map { (experience, name($0.outcome), $0.anchors, $0.aliases) }
    }
    // what `TraceTruth` derives beside the outcomes
    return own + [
      ("ball-drop", "E_lost", ["contact#1"], ["energy_lost_share"]),
      ("every", "time", ["every dated event"], ["t"]),
    ]
  }

  /// A record's name as traces write it.
  static func name(_ record: String) -> String { String(record.map { $0 == "-" ? "_" : $0 }) }
}
