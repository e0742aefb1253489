// Slides that no reaction can support: an impact without approach.
//
// Equation    where the normal acceleration of a sliding contact falls with its own reaction (1/m +
//             r_t·(r_t − μ·r_n)/I < 0), the accelerations have no solution, or not one. An impulse has:
//             the limit of the impact of a vanishing approach, which ends the slide
// Source      Painlevé 1895; Génot & Brogliato 1999, Eur. J. Mech. A 18:653; the impulse is that of
//             time stepping in the limit of small steps, Stewart 2000, SIAM Rev. 42:3
// Deviation   none
// Validity    rigid bodies. A real body bends or chatters there: outcomes behind it are not backed (T3)
// Checked by  EngineJamTests: closed form of a cube

extension Dynamics {
  /// Certificate above which a problem counts as unsolved.
  static let unsolved = 1e-8

  /// Whether the search for accelerations ended nowhere, or beyond all sizes of the scene.
  func isUnsolvable(_ evaluation: Evaluation, _ noise: NoiseLevels) -> Bool {
    // the noise is 1e-11 of what pulls: 1e14 of that is more than any ratio of masses makes
    !(evaluation.certificate <= Dynamics.unsolved
      && evaluation.reactionScale < 1e25 * noise.acceleration)
  }

  /// Ends the slides of a phase by the impulse that needs no approach; nil if there is none.
  mutating func jam(
    _ state: inout EngineState, _ phase: Phase, _ noise: NoiseLevels
  ) -> ImpactResult? {
    let (_, geometries) = rows(frames(state), phase)
    let fastest = geometries.reduce(0) { max($0, $1?.sliding.length ?? 0) }
    guard fastest > 1e3 * noise.speed else { return nil }
    var next = state
    let result = impact(
      &next, phase, active: Set(phase.contacts.indices), bounces: .infinity, press: 1e-6 * fastest)
    // a belt may give more than the jam takes: the loss is that of the relative motion
    guard result.certificate < Dynamics.unsolved, result.energy < result.workOfMotions else {
      return nil
    }
    state = next
    return result
  }
}
