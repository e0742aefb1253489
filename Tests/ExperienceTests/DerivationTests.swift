import Foundation
import Testing

@testable import Experience

@Suite("Truths that follow from several outcomes")
struct DerivationTests {
  private static let definitions = [
    OutcomeDefinition(event: "tips", "the pack tips"),
    OutcomeDefinition("a", unit: "s", .time, "time of a"),
    OutcomeDefinition("b", unit: "s", .time, "time of b"),
  ]

  private static func record(band: Double) -> TruthRecord {
    func scalar(_ value: Double) -> Outcome {
      .scalar(
        ScalarOutcome(
          value: value, unit: "s", halfWidth: band, order: 2, status: .converged, members: [value],
          tier: .t1, basis: "a run"))
    }
    let event = EventOutcome(
      probability: 0.25, low: 0.25, high: 0.25, members: 4, status: .resolved, label: nil,
      tier: .t2, basis: "an event")
    return TruthRecord(
      sceneName: "s", experience: "e", sceneHash: "", seed: 0,
      outcomes: [("tips", .event(event)), ("a", scalar(1)), ("b", scalar(2))])
  }

  private static func run(_ tips: Double, _ a: Double, _ b: Double) -> RunResult {
    RunResult(values: [tips, a, b], floors: [0, 0, 0], scales: [1, 1, 1])
  }

  private static let members = [run(1, 1, 3), run(0, 1, 0.5), run(0, 2, 2), run(0, 0.5, 4)]

  // Joint members: tips decides first, then a < 1.5. From the laws of the single outcomes, (1/4, 3/4, …),
  // nobody could tell that the third class has one member and not none.
  @Test("counts the first criterion that a run meets")
  func classes() throws {
    let late = Criterion(
      outcome: "a", comparison: .less, limit: 1.5, unit: "s", source: "a < 1.5 s")
    let derivation = Derivation.classes(
      criteria: [Criterion(event: "tips", happens: true, source: "tips"), late],
      labels: ["tips", "early", "late"], isOrdered: false)
    let outcome = TruthRunner.outcome(
      derivation, DerivationTests.definitions, DerivationTests.members,
      DerivationTests.record(band: 0.6))
    guard case .classes(let classes)? = outcome else {
      Issue.record("no classes")
      return
    }
    #expect(classes.probabilities == [0.25, 0.5, 0.25])
    // a = 1 and a = 2 lie within 0.6 of the limit; the member that tips is decided before
    #expect(classes.halfWidth == 0.5)
    #expect(classes.tier == .t2 && classes.members == 4)
    #expect(try Outcome(json: classes.json, name: "q") == .classes(classes))
  }

  // Fails if a tie counts as an order, or the bands of the two items are not added.
  @Test("compares items within a run")
  func ordering() throws {
    let outcome = TruthRunner.outcome(
      .ordering(items: ["a", "b"]), DerivationTests.definitions, DerivationTests.members,
      DerivationTests.record(band: 0.3))
    guard case .ordering(let ordering)? = outcome else {
      Issue.record("no order")
      return
    }
    #expect(ordering.pairs == [(1 + 0 + 0.5 + 1) / 4])
    #expect(ordering.halfWidth == 0.5)
    #expect(try Outcome(json: ordering.json, name: "q") == .ordering(ordering))
  }

  // Fails if a member in which an item does not occur is left out: the others would be another law.
  @Test("needs every item in every member")
  func occurrence() {
    var members = DerivationTests.members
    members[1].values[2] = .nan
    let record = DerivationTests.record(band: 0.1)
    for derivation in [
      Derivation.series(items: ["a", "b"], times: []), .ordering(items: ["a", "b"]),
    ] {
      #expect(
        TruthRunner.outcome(derivation, DerivationTests.definitions, members, record) == nil)
    }
  }

  // Fails if values are not rounded as in the record, or a path loses its member.
  @Test("keeps the paths of a series together")
  func series() throws {
    let outcome = TruthRunner.outcome(
      .series(items: ["b", "a"], times: [1, 2]), DerivationTests.definitions,
      [DerivationTests.run(0, 1.23456, 2), DerivationTests.run(0, 3, 4)],
      DerivationTests.record(band: 0.02))
    guard case .series(let series)? = outcome else {
      Issue.record("no series")
      return
    }
    #expect(series.paths == [[2, 1.235], [4, 3]])
    #expect(series.times == [1, 2] && series.halfWidths == [0.02, 0.02])
    #expect(try Outcome(json: series.json, name: "q") == .series(series))
  }

  // Against values computed by hand, and ends where there is no root. Fails if regula falsi keeps one end
  // for ever (without the halving it needs thousands of steps for x¹⁰).
  @Test("finds the zero of a monotonic function, or the nearer end")
  func root() throws {
    var count = 0
    let tenth = try TruthRunner.root(0, 2) { x throws(RunFailure) in
      count += 1
      return pow(x, 10) - 1
    }
    #expect(abs(tenth - 1) < 1e-8)
    #expect(count < 60)
    #expect(try TruthRunner.root(1, 2) { x throws(RunFailure) in x * x } == 1)
    #expect(try TruthRunner.root(1, 2) { x throws(RunFailure) in x - 5 } == 2)
  }
}
