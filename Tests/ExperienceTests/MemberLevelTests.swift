import Testing

@testable import Experience

/// Members that run on a coarser level than the nominal scene.
@Suite("Members on a coarser level")
struct MemberLevelTests {
  let outcomes = [
    OutcomeDefinition("depth", unit: "m", .length, "a length that is read"),
    OutcomeDefinition(event: "spills", marginUnit: "m", "it runs over"),
    OutcomeDefinition("drops", unit: "1", .none, isCount: true, "a number of drops"),
  ]

  func run(_ depth: Double, margin: Double, drops: Double) -> RunResult {
    RunResult(
      values: [depth, margin > 0 ? 1 : 0, drops], floors: [0, 0, 0], scales: [0, 0, 0],
      margins: [.nan, margin, .nan])
  }

  func nominal() -> TruthRunner.NominalRun {
    let levels = [
      run(1.2, margin: -0.3, drops: 4), run(1.1, margin: -0.15, drops: 5),
      run(1.05, margin: 0.05, drops: 6),
    ]
    return TruthRunner.NominalRun(
      refinements: [], margins: [], finest: levels[2], level: 2, levels: levels, notes: [])
  }

  // Fails if the shift has the wrong sign, moves a count, or an event does not follow its margin.
  @Test("a value moves by what the nominal run differs between the levels")
  func moves() {
    let member = nominal().refined(run(1.4, margin: -0.2, drops: 3), from: 0, outcomes)
    #expect(abs(member.values[0] - 1.25) < 1e-15)
    #expect(abs(member.margins[1] - 0.15) < 1e-15 && member.values[1] == 1)
    #expect(member.values[2] == 3)
    let low = nominal().refined(run(1.4, margin: -0.4, drops: 3), from: 0, outcomes)
    #expect(low.values[1] == 0)
  }

  // Fails if an outcome that does not occur becomes a number.
  @Test("what does not occur stays absent")
  func absent() {
    var member = run(.nan, margin: .nan, drops: 3)
    member.values[1] = 1
    let moved = nominal().refined(member, from: 1, outcomes)
    #expect(moved.values[0].isNaN && moved.values[1] == 1)
  }
}
