import Experience
import Testing

@Suite("Requirement judge")
struct RequirementJudgeTests {
  let members = [0.245, 0.259, 0.2604, 0.2622, 0.2641, 0.266, 0.271, 0.28]

  func criterion(_ comparison: Criterion.Comparison, _ limit: Double) -> Criterion {
    Criterion(outcome: "x", comparison: comparison, limit: limit, unit: "m", source: "x")
  }

  func outcome(
    _ members: [Double], halfWidth: Double = 0, occurs: Double = 1,
    status: ConvergenceStatus = .converged
  ) -> Outcome {
    .scalar(
      ScalarOutcome(
        value: members.first ?? 0, unit: "m", halfWidth: halfWidth, order: nil, status: status,
        members: members, occurs: occurs, tier: .t1, basis: ""))
  }

  // Counted by hand over the eight members, each moved by the band. Fails if the band moves members
  // the wrong way, if 0.95 and 0.05 are not the limits, or if a limit itself counts as above.
  @Test(
    "counts members on each side of the band",
    arguments: [
      (0.0005, 0.26, 0.75, 0.625, 0.75, .marginal), (0.0005, 0.24, 1, 1, 1, .pass),
      (0.006, 0.24, 1, 0.875, 1, .marginal), (0.0005, 0.29, 0, 0, 0, .fail),
      (0.012, 0.29, 0, 0, 0.125, .marginal),
    ] as [(Double, Double, Double, Double, Double, Verdict)])
  func worked(
    halfWidth: Double, limit: Double, value: Double, low: Double, high: Double, label: Verdict
  ) {
    let p = RequirementJudge.probability(
      criterion(.greater, limit), members: members, halfWidth: halfWidth)
    #expect(p == (value, low, high))
    #expect(RequirementJudge.label(low: p.low, high: p.high, consequence: 1) == label)

    // the same in the mirror: −x < −limit
    let mirrored = RequirementJudge.probability(
      criterion(.less, -limit), members: members.map { -$0 }, halfWidth: halfWidth)
    #expect(mirrored == p)
  }

  // Fails if < and <= are the same.
  @Test("a limit that is met exactly")
  func equality() {
    func share(_ comparison: Criterion.Comparison) -> Double {
      RequirementJudge.probability(
        criterion(comparison, 2), members: [1, 2, 2, 3], halfWidth: 0
      ).value
    }
    #expect(
      [.less, .lessOrEqual, .greater, .greaterOrEqual].map(share) == [0.25, 0.75, 0.25, 0.75])
  }

  // Fails if a missing or unresolved outcome earns PASS, or a margin has the wrong sign.
  @Test("never passes what it cannot know")
  func unknown() {
    let requirement = Requirement(
      id: "R", text: "", criterion: criterion(.lessOrEqual, 1), consequence: 1)
    let missing = RequirementJudge.judge(requirement, outcome: nil)
    #expect(missing.label == .marginal && missing.low == 0 && missing.high == 1)
    #expect(missing.reason != nil)

    let unresolved = RequirementJudge.judge(
      requirement, outcome: outcome([0.5], status: .unresolved))
    #expect(unresolved.label == .marginal && unresolved.reason != nil)

    let good = RequirementJudge.judge(requirement, outcome: outcome([0.25], halfWidth: 0.1))
    #expect(good.label == .pass && good.margin == 0.75 && good.marginHalfWidth == 0.1)
    let bad = RequirementJudge.judge(requirement, outcome: outcome([1.25]))
    #expect(bad.label == .fail && bad.margin == -0.25 && bad.reason == nil)

    // members without the outcome can count either way: 0.9·1 … 0.9·1 + 0.1
    let partly = RequirementJudge.judge(requirement, outcome: outcome([0.5, 0.5], occurs: 0.9))
    #expect(partly.probability == 0.9 && partly.low == 0.9 && abs(partly.high - 1) < 1e-15)
    #expect(partly.label == .marginal)
  }

  // Fails if a catastrophic requirement is passed on few samples, or with 1.5 % of failures.
  @Test("severe consequences need more")
  func consequence() {
    func label(_ members: [Double]) -> Verdict {
      let requirement = Requirement(
        id: "R", text: "", criterion: criterion(.less, 1), consequence: 4)
      return RequirementJudge.judge(requirement, outcome: outcome(members)).label
    }
    #expect(label(Array(repeating: 0, count: 299)) == .marginal)
    #expect(label(Array(repeating: 0, count: 300)) == .pass)
    #expect(label(Array(repeating: 2, count: 300)) == .fail)
    // a single member is an exact scene
    #expect(label([0]) == .pass)
    #expect(RequirementJudge.label(low: 0.985, high: 1, consequence: 4) == .marginal)
    #expect(RequirementJudge.label(low: 0.985, high: 1, consequence: 3) == .pass)
    #expect(RequirementJudge.label(low: 0, high: 0.04, consequence: 5) == .marginal)
    #expect(RequirementJudge.label(low: 0, high: 0.04, consequence: 3) == .fail)
  }
}
