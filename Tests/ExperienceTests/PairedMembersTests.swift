// What members on two levels say, from numbers written down by hand.

import Testing

@testable import Experience

@Suite("Paired members")
struct PairedMembersTests {
  func pairs(_ coarse: [Double], _ fine: [Double]) -> PairedMembers {
    func results(_ values: [Double]) -> [RunResult] {
      values.map { RunResult(values: [$0], floors: [0], scales: [0]) }
    }
    return PairedMembers(coarse: results(coarse), fine: results(fine))
  }

  // Differences 0, 0, 1, 0: mean 1/4, standard error √(3/4 / (4·3)) = 1/4.
  @Test("a flip in four moves the probability by its mean, and widens it by its error")
  func flips() throws {
    let pairs = pairs([0, 0, 0, 1], [0, 0, 1, 1])
    let shift = try #require(pairs.shift(0))
    #expect(abs(shift.mean - 0.25) < 1e-15 && abs(shift.error - 0.25) < 1e-15)
    let ends = pairs.ends(0, probability: 0.3, members: 20)
    #expect(ends.low == 0 && ends.high == 1)
    // two standard errors of sampling are 0.227
    #expect(ends.isUnresolved)
    // of four members they are 0.68
    #expect(!pairs.ends(0, probability: 0.3, members: 4).isUnresolved)
  }

  // Fails if agreement of all pairs is taken for a probability without sampling error.
  @Test("pairs that agree leave the interval of sampling: 16 of 16 is no certainty")
  func agree() {
    let pairs = pairs([0, 1, 1], [0, 1, 1])
    let ends = pairs.ends(0, probability: 1, members: 16)
    #expect(abs(ends.low - 0.856815862069) < 1e-9 && ends.high == 1 && !ends.isUnresolved)
    #expect(RequirementJudge.label(low: ends.low, high: ends.high, consequence: 1) == .marginal)
    let many = pairs.ends(0, probability: 1, members: 64)
    #expect(RequirementJudge.label(low: many.low, high: many.high, consequence: 1) == .pass)
    // Jeffreys, 6 of 20, by another program: quantiles of Beta(6.5, 14.5)
    let some = pairs.ends(0, probability: 0.3, members: 20)
    #expect(abs(some.low - 0.136116229) < 1e-8 && abs(some.high - 0.517228249) < 1e-8)
    let none = pairs.ends(0, probability: 0, members: 64)
    #expect(abs(none.high - 0.038341228894) < 1e-9 && none.low == 0)
  }

  @Test("an outcome that no pair has twice says nothing")
  func absent() {
    let pairs = pairs([.nan, 1], [1, .nan])
    #expect(pairs.shift(0) == nil)
    let ends = pairs.ends(0, probability: 0.5, members: 2)
    #expect(ends.low == 0 && ends.high == 1 && ends.isUnresolved)
    // one pair has no spread: its own size stands for it
    let one = self.pairs([1, .nan], [1.5, 2]).shift(0)
    #expect(one?.mean == 0.5 && one?.error == 0.5)
  }
}
