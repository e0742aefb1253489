import Experience
import Testing

@Suite("Ensemble")
struct EnsembleTests {
  // Type 1 of Hyndman & Fan 1996: the member at rank ⌈τM⌉. Fails if members are interpolated, or if
  // 0.07·100, which is 7.000000000000001 in doubles, gives rank 8.
  @Test("quantiles are members")
  func quantiles() {
    let four = Ensemble([4, 1, 3, 2])
    #expect([0.001, 0.25, 0.2501, 0.5, 0.75, 0.76, 1].map(four.quantile) == [1, 1, 2, 2, 3, 4, 4])
    let hundred = Ensemble((1...100).map(Double.init))
    #expect([0.05, 0.07, 0.29, 0.57, 0.95].map(hundred.quantile) == [5, 7, 29, 57, 95])
    #expect(Ensemble([5]).quantile(0.9) == 5)
    #expect(Ensemble([]).quantile(0.5).isNaN)
  }

  // Fails if the sorted form differs from the double sum over pairs, or if the divisors are swapped.
  @Test("half the mean difference is the sum over pairs", arguments: [2, 3, 8, 101])
  func halfMeanDifference(count: Int) {
    let random = CounterRandom(seed: 3)
    let members = (0..<count).map { 1000 + random.uniform(stream: 0, index: UInt64($0)) }
    var sum = 0.0
    for a in members { for b in members { sum += abs(a - b) } }
    let law = Ensemble(members)
    // members have an ulp of 1.1e-13, and each pair contributes at most two of them
    let (n, tolerance) = (Double(count), 2.3e-13)
    #expect(abs(law.halfMeanDifference(fair: false) - 0.5 * sum / (n * n)) < tolerance)
    #expect(abs(law.halfMeanDifference(fair: true) - 0.5 * sum / (n * (n - 1))) < tolerance)
  }

  // Fails if a mean of equal members is not that number, or the divisor is n instead of n − 1.
  @Test("mean and standard deviation")
  func moments() {
    let law = Ensemble([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(law.mean == 5)
    #expect(abs(law.standardDeviation - (32.0 / 7).squareRoot()) < 1e-15)
    let equal = Ensemble(Array(repeating: 0.1, count: 7))
    #expect(equal.mean == 0.1 && equal.standardDeviation == 0)
    #expect(equal.halfMeanDifference(fair: true) == 0)
    #expect(Ensemble([3]).standardDeviation == 0)
  }
}
