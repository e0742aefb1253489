// Loops of links: which scenes have them, and whether a step kept its energy.
//
// Equation    |ΔE − work − heat| of one step; a loop loses rank where its links line up, and a stage that
//             lands there by chance spoils the step: seen as 5e-5 of the energy at once, where 1e-9 is usual
// Source      none: ours; the mechanism is that of IFToMM benchmark A02 (RB15)
// Validity    the bound follows order 6 with a wide margin; a step that exceeds it is made again, shorter
// Checked by  EngineJointTests (a double four-bar)

import Foundation

extension WorldSetup {
  /// Whether joints close loops: there are more of them than bodies that move freely.
  var hasLoops: Bool {
    let held = joints.count { joint in
      switch joint.kind {
      case .spring, .strap, .rope: false
      default: true
      }
    }
    return held > bodies.count { !$0.isPrescribed }
  }
}

extension Engine {
  /// What the balance of energy misses over a step, in J.
  func energyGap(
    from old: EngineState, _ first: Evaluation, to new: EngineState, _ last: Evaluation
  ) -> Double {
    let change =
      setup.energy(new, phase, last.rows.frames) - setup.energy(old, phase, first.rows.frames)
    let (a, b) = (old.ledger, new.ledger)
    return abs(
      change - (b.loads - a.loads) - (b.motions - a.motions) + (b.friction - a.friction)
        + (b.damping - a.damping))
  }

  /// Error of energy that a step of this level may have, in J; independent of where the origin lies.
  func tolerableGap(_ state: EngineState) -> Double {
    var scale = dynamics.kineticEnergy(dynamics.motion(of: state))
    for body in setup.bodies where !body.isPrescribed {
      scale += body.mass * setup.gravity.length * dynamics.length
    }
    return (1e-7 * exp2(-7 * Double(options.level)) + 1e-13) * scale
  }
}
