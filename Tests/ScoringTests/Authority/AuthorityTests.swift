import Experience
import Scoring
import Testing

@Suite("Authority")
struct AuthorityTests {
  private func close(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(b))
  }

  // Worked example `authority.upper-bound`. Fails if the bound is two-sided or k counts from 1.
  @Test("meets the worked bounds and sizes")
  func bounds() {
    let cases = [
      (0, 59, 0.04950760988822693), (1, 93, 0.049993978387988317), (1, 59, 0.0778979215188183),
      (2, 200, 0.031142599414083726), (0, 22, 0.1273054316548387),
    ]
    for (k, n, expected) in cases {
      #expect(close(FalseAccepts(k, of: n).upperBound(confidence: 0.95), expected, 1e-11))
    }
    #expect(FalseAccepts(0, of: 0).upperBound(confidence: 0.95) == 1)
    #expect(FalseAccepts(7, of: 7).upperBound(confidence: 0.95) == 1)
    func needed(_ wrong: ClosedRange<Int>, _ rate: Double) -> [Int] {
      wrong.map { FalseAccepts.needed(wrong: $0, rate: rate, confidence: 0.95) }
    }
    #expect(needed(0...3, 0.05) == [59, 93, 124, 153])
    #expect(needed(0...2, 0.01) == [299, 473, 628])
    #expect(needed(0...2, 0.10) == [29, 46, 61])
  }

  // Worked example `authority.operating`: what a design lets through, and what five tries do to it.
  @Test("meets the worked operating characteristic")
  func operating() {
    let rows: [(Int, Int, [Double])] = [
      (0, 59, [0.9426789411643325, 0.5526834771623853, 0.04849452524942322]),
      (1, 93, [0.995972976925041, 0.7616213883302889, 0.04997579524261633]),
      (2, 124, [0.9997167124012107, 0.8715535097463498, 0.04952977767868684]),
      (3, 153, [0.9999805135673608, 0.931492652662822, 0.049444798043019975]),
    ]
    for (k, n, expected) in rows {
      for (p, value) in zip([0.001, 0.01, 0.05], expected) {
        #expect(close(FalseAccepts.passes(wrong: k, accepted: n, trueRate: p), value, 1e-11))
      }
      #expect(FalseAccepts.allowed(accepted: n, rate: 0.05, confidence: 0.95) == k)
    }
    let once = FalseAccepts.passes(wrong: 0, accepted: 59, trueRate: 0.05)
    var none = 1.0
    for _ in 0..<5 { none *= 1 - once }
    #expect(close(1 - none, 0.22006850670176537, 1e-11))
    let policy = AuthorityPolicy()
    #expect(close(policy.confidence(attempts: 5), 0.99))
    #expect(
      FalseAccepts.needed(wrong: 0, rate: 0.05, confidence: policy.confidence(attempts: 5)) == 90)
  }

  // Worked example `authority.verdict`, all ten cases. Fails if two tests change places.
  @Test("meets the worked verdicts")
  func verdicts() {
    typealias Case = (Bool, Int, Int, Int, Double, Bool, AuthorityVerdict)
    let cases: [Case] = [
      (true, 0, 59, 3, 0.01, true, .acceptAlone), (true, 0, 58, 3, 0.01, true, .checkpoint),
      (true, 1, 59, 3, 0.01, true, .checkpoint), (true, 1, 93, 3, 0.01, true, .acceptAlone),
      (false, 0, 500, 3, 0.001, true, .notAuthorised), (false, 0, 500, 2, 0.001, true, .checkpoint),
      (true, 0, 5000, 5, 0.001, true, .checkpoint), (true, 0, 59, 3, 0.03, true, .checkpoint),
      (true, 0, 299, 4, 0.005, true, .acceptAlone), (true, 0, 59, 3, 0.01, false, .notAuthorised),
    ]
    let policy = AuthorityPolicy()
    for (isIn, wrong, accepted, consequence, failure, isCredible, expected) in cases {
      let evidence = AuthorityEvidence(
        counts: FalseAccepts(wrong, of: accepted), consequence: consequence,
        range: isIn ? .inside : .out, statedFailure: failure, tier: isCredible ? .t1 : .t3)
      #expect(policy.verdict(evidence).verdict == expected)
    }
    var evidence = AuthorityEvidence(
      counts: FalseAccepts(0, of: 59), consequence: 3, range: .inside, statedFailure: 0.01,
      tier: .t1)
    evidence.range = .undeclared
    #expect(policy.verdict(evidence).verdict == .notAuthorised)
    evidence.range = .edge
    #expect(policy.verdict(evidence).verdict == .checkpoint)
    evidence.range = .inside
    evidence.isSealed = false
    #expect(policy.verdict(evidence).verdict == .checkpoint)
    evidence.isSealed = true
    evidence.isUnresolved = true
    #expect(policy.verdict(evidence).verdict == .notAuthorised)
    evidence.isUnresolved = false
    evidence.statedFailure = nil
    #expect(policy.verdict(evidence).verdict == .checkpoint)
    evidence.statedFailure = 0.01
    evidence.attempts = 2
    #expect(policy.verdict(evidence).verdict == .checkpoint)
  }

  // Worked example `verification.decision-loss`.
  @Test("meets the worked decision losses")
  func decisionLoss() {
    let cases: [(Disposition, Double, Double)] = [
      (.accept, 0.99, 0.10000000000000009), (.accept, 0, 10), (.reject, 1, 1),
      (.handoff, 0.5, 0.25), (.accept, 0.5, 5), (.reject, 0.5, 0.5),
    ]
    for (action, g, expected) in cases {
      #expect(close(AuthorityPolicy().loss(action, truth: g, consequence: 3), expected))
    }
  }

  // Honest probabilities imply the best action for every g; ties go to the safer one. Fails if the
  // order of the cases or a cost changes.
  @Test("implies the best action", arguments: 1...5)
  func implied(consequence: Int) {
    let policy = AuthorityPolicy()
    for step in 0...1000 {
      let g = Double(step) / 1000
      let action = policy.implied(g, consequence: consequence)
      let loss = policy.loss(action, truth: g, consequence: consequence)
      #expect(loss <= policy.leastLoss(truth: g, consequence: consequence) + 1e-12)
    }
    // at P(fail) = C_H/C_FA accepting and asking cost the same: a human is asked
    let even = 1 - policy.handoff / policy.falseAcceptCost(consequence)
    #expect(policy.implied(even, consequence: consequence) == .handoff)
    #expect(policy.implied(0.25, consequence: consequence) == .handoff)
    #expect(policy.implied(1, consequence: consequence) == .accept)
    #expect(policy.implied(0, consequence: consequence) == .reject)
  }

  /// A decision on one instance.
  static func decision(
    _ index: Int, action: Disposition = .accept, label: Verdict = .pass,
    range: RangeFinding.Label = .inside, tier: Tier = .t1, isContaminated: Bool = false,
    requirement: String = "R1"
  ) -> Decision {
    Decision(
      id: "i\(index)/\(requirement)", instance: "i\(index)", template: "ball-drop@1.0.0",
      requirement: requirement, consequence: 3, action: action, statedPass: 0.99,
      isInconsistent: false, truth: label == .pass ? 1 : 0, label: label, tier: tier,
      isUnresolved: false, range: RangeFinding(range), isContaminated: isContaminated)
  }

  // The printed sentence of the method, word by word; only what counts is counted. Fails if edge,
  // contaminated, rejected or T3 decisions enter n, or two requirements of an instance count twice.
  @Test("prints the sentence over what counts")
  func table() {
    var decisions = (0..<59).map { AuthorityTests.decision($0) }
    decisions += (0..<59).map { AuthorityTests.decision($0, requirement: "R2") }
    decisions += (100..<120).map { AuthorityTests.decision($0, label: .fail, range: .edge) }
    decisions += (200..<220).map { AuthorityTests.decision($0, label: .fail, isContaminated: true) }
    decisions += (300..<320).map { AuthorityTests.decision($0, action: .reject, label: .fail) }
    decisions += (400..<420).map { AuthorityTests.decision($0, label: .fail, tier: .t3) }
    let table = AuthorityTable(decisions, isSealed: true, attempts: 1)
    #expect(table.rows.count == 2)
    #expect(table.rows[0].counts == FalseAccepts(0, of: 59))
    #expect(table.rows[0].verdict == .acceptAlone)
    #expect(
      table.rows[0].sentence
        == "95 % confidence: among scenes drawn like ball-drop@1.0.0, in range, that this model accepts, at most 4.95 % fail in the simulator (0 of 59, one attempt, n fixed in advance). Truth tier T1. It says nothing about hardware, other templates or other releases."
    )
    #expect(table.rows[1].tier == .t3)
    #expect(table.rows[1].verdict == .notAuthorised)
    #expect(table.verdict(on: decisions[0]).verdict == .acceptAlone)
    // an accepted MARGINAL one is a false accept, and spoils the sample of 59
    let spoilt = AuthorityTable(
      decisions.dropFirst(118) + (1..<59).map { AuthorityTests.decision($0) }
        + [AuthorityTests.decision(0, label: .marginal)], isSealed: true, attempts: 1)
    #expect(spoilt.rows[0].counts == FalseAccepts(1, of: 59))
    #expect(spoilt.rows[0].verdict == .checkpoint)
    #expect(spoilt.rows[0].checkpoints[0].contains("93 accepted instances"))
  }
}

@Suite("Simulated campaigns")
struct CampaignTests {
  // 10,000 campaigns: a model with a true rate of false accepts draws its accepted instances, tries
  // the split r times and reports the best try. The stated bound must hold in at least 95 % of them.
  // Fails if the confidence is not raised with the attempts (then 5 tries hold in about 78 %).
  @Test("states bounds that hold in 95 % of campaigns", arguments: [1, 5])
  func coverage(attempts: Int) {
    let policy = AuthorityPolicy()
    var random = SplitMix64(seed: UInt64(attempts))
    func number() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    var bounds: [FalseAccepts: Double] = [:]
    var (holds, campaigns) = (0, 0)
    for rate in [0.002, 0.01, 0.03, 0.05, 0.1] {
      for accepted in [59, 93, 153, 299] {
        for _ in 0..<500 {
          var best = accepted
          for _ in 0..<attempts {
            best = min(best, (0..<accepted).count { _ in number() < rate })
          }
          let counts = FalseAccepts(best, of: accepted)
          let bound =
            bounds[counts] ?? counts.upperBound(confidence: policy.confidence(attempts: attempts))
          bounds[counts] = bound
          campaigns += 1
          if bound >= rate { holds += 1 }
        }
      }
    }
    #expect(campaigns == 10_000)
    #expect(Double(holds) >= 0.95 * Double(campaigns), "\(holds) of \(campaigns)")
  }
}
