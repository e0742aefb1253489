// Members that ran on a coarser level than the nominal scene.
//
// Equation    value = member(level) + nominal(finest) − nominal(level): the difference of the levels is
//             taken from the nominal run, so that only its dependence on the inputs is left as an error
// Source      control variates; multilevel Monte Carlo, Giles 2008, Oper. Res. 56, 607
// Validity    outcomes that occur on both levels; events follow their margins
// Checked by  MemberLevelTests

extension TruthRunner.NominalRun {
  func refined(_ member: RunResult, from level: Int, _ outcomes: [OutcomeDefinition]) -> RunResult {
    var result = member
    let coarse = levels[level]
    for index in result.values.indices {
      let margin = finest.margin(index) - coarse.margin(index)
      if outcomes[index].isEvent {
        guard margin.isFinite, result.margin(index).isFinite else { continue }
        result.margins[index] += margin
        result.values[index] = result.margins[index] > 0 ? 1 : 0
      } else {
        let shift = finest.values[index] - coarse.values[index]
        if shift.isFinite, !outcomes[index].isCount { result.values[index] += shift }
      }
    }
    return result
  }
}
