import Experience
import Scoring
import Testing

@Suite("Event rule")
struct BrierTests {
  // Worked example `event.brier` of the scoring method: p against g, expected loss and excess.
  // Fails if the loss forgets g·(1 − g), or weighs the two outcomes the wrong way round.
  @Test("meets the worked losses and excesses")
  func workedExample() {
    let cases = [(0.8, 1.0), (0.8, 0.7), (0.7, 0.7), (0.0, 0.7), (1.0, 0.7), (0.5, 0.7)]
    let losses = [0.04, 0.22, 0.21, 0.7, 0.3, 0.25]
    let excesses = [0.04, 0.01, 0, 0.49, 0.09, 0.04]
    for (index, (p, g)) in cases.enumerated() {
      let loss = Brier.loss(p, truth: g)
      #expect(abs(loss - losses[index]) < 1e-9)
      #expect(abs(loss - Brier.ownLoss(g, members: 0) - excesses[index]) < 1e-9)
    }
  }

  // Worked example `event.log`. Fails without the clipping to [0.001, 0.999], or in other units
  // than nats.
  @Test("meets the worked logarithmic scores")
  func logarithmic() {
    #expect(abs(LogScore.loss(0.8, truth: 1) - 0.2231435513142097) < 1e-9)
    #expect(abs(LogScore.loss(0.8, truth: 0.7) - 0.6390318596501768) < 1e-9)
    #expect(abs(LogScore.loss(1, truth: 0) - 6.907755278982137) < 1e-9)
  }

  // Worked example `endtoend.event`: third apex above 0.26 m with e ~ N(0.80, 0.01); an exact law
  // has no finite-sample term. Fails if a single run decides ("yes", 0.2621 m), which costs 0.208.
  @Test("scores a knife edge by its law")
  func knifeEdge() {
    let limit = 0.7989057703421542  // 0.26^(1/6)
    let g = 1 - NormalLaw.probability((limit - 0.80) / 0.01)
    #expect(abs(g - 0.5435664904729435) < 1e-9)
    let own = Brier.ownLoss(g, members: 0)
    #expect(abs(Brier.loss(0.55, truth: g) - own - 4.139004483472764e-05) < 1e-9)
    #expect(abs(Brier.loss(1, truth: g) - own - 0.2083315486191856) < 1e-9)
  }

  // The fair excess, averaged over samples of M members, is the excess against the law itself.
  // Without the term g·(1 − g)/(M − 1) the mean is off by 0.03 here, 60 standard errors.
  @Test("is unbiased for the law behind the members")
  func unbiased() {
    var random = SplitMix64(seed: 7)
    let (p, g, members, samples) = (0.4, 0.7, 8, 20_000)
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<samples {
      var hits = 0
      for _ in 0..<members where Double.random(in: 0..<1, using: &random) < g { hits += 1 }
      let share = Double(hits) / Double(members)
      let excess = Brier.loss(p, truth: share) - Brier.ownLoss(share, members: members)
      sum += excess
      squares += excess * excess
    }
    let mean = sum / Double(samples)
    let error = ((squares / Double(samples) - mean * mean) / Double(samples)).squareRoot()
    #expect(abs(mean - (p - g) * (p - g)) < 3 * error)
  }
}
