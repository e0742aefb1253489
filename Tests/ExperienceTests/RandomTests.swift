import Experience
import Foundation
import Testing

@Suite("Random numbers")
struct RandomTests {
  // First outputs of SplitMix64 for seed 0, as published with the reference code (Vigna 2015).
  // Fails if a constant or a shift is wrong.
  @Test("SplitMix64 gives its published numbers")
  func published() {
    var generator = SplitMix64(seed: 0)
    let first = (0..<3).map { _ in generator.next() }
    #expect(first == [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F])
  }

  // Fails if a draw depends on what was drawn before, or two streams share their numbers.
  @Test("a number needs no other number")
  func counter() {
    let random = CounterRandom(seed: 42)
    let forward = (0..<64).map { random.bits(stream: 5, index: $0) }
    let backward = (0..<64).reversed().map { random.bits(stream: 5, index: UInt64($0)) }
    #expect(forward == backward.reversed())
    var seen = Set(forward)
    for stream in [0, 1, 4, 6, UInt64.max] as [UInt64] {
      for index in 0..<64 { seen.insert(random.bits(stream: stream, index: UInt64(index))) }
    }
    for index in 0..<64 {
      seen.insert(CounterRandom(seed: 43).bits(stream: 5, index: UInt64(index)))
    }
    #expect(seen.count == 7 * 64)
  }

  // Fails if 0 or 1 can occur, or if the numbers are not uniform: the statistic of Kolmogorov and
  // Smirnov exceeds 1.95/√n with a probability of 1e-3 (once: the seed is fixed).
  @Test("uniform numbers are uniform on the open interval")
  func uniform() {
    let random = CounterRandom(seed: 1)
    let count = 10_000
    let values = (0..<count).map { random.uniform(stream: 9, index: UInt64($0)) }.sorted()
    #expect(values[0] > 0 && values[count - 1] < 1)
    let distance = values.enumerated().reduce(0.0) { largest, item in
      let step = Double(item.offset) / Double(count)
      return max(largest, abs(item.element - step), abs(item.element - step - 1 / Double(count)))
    }
    #expect(distance < 1.95 / Double(count).squareRoot())
  }
}

@Suite("Sampling")
struct SamplingTests {
  let a = InputParameter(path: "a", law: .tolerance(centre: 1, halfWidth: 0.5), range: 0...10)
  let b = InputParameter(path: "b", law: .normal(mean: 0.95, sd: 0.1), range: 0...1)
  let c = InputParameter(path: "c", law: .exact(7), range: 0...10)

  // Fails if a parameter more, or another order, shifts the draws of the others.
  @Test("draws of a parameter do not depend on the others")
  func independent() {
    let (alone, together) = (Sampling(seed: 5, inputs: [a]), Sampling(seed: 5, inputs: [c, b, a]))
    for index in [0, 1, 2, 1000, 99] {
      #expect(alone.member(index)[0] == together.member(index)[2])
      #expect(together.member(index)[0] == 7)
    }
    #expect(Sampling(seed: 6, inputs: [a]).member(0) != alone.member(0))
    #expect(alone.member(0) != alone.member(1))
  }

  // Fails if the tail of a normal law is clamped (draws pile up on the end) instead of cut off.
  @Test("a normal law is cut at what the models accept")
  func truncated() {
    let sampling = Sampling(seed: 1, inputs: [b])
    let draws = (0..<4000).map { sampling.member($0)[0] }
    #expect(draws.allSatisfy { $0 > 0 && $0 <= 1 })
    #expect(Set(draws).count == draws.count)
    // mean of the cut law: m − s·φ(t)/Φ(t), t = 0.5; four standard errors of 0.075/√4000
    let t = 0.5
    let expected = 0.95 - 0.1 * NormalLaw.density(t) / NormalLaw.probability(t)
    #expect(abs(Ensemble(draws).mean - expected) < 4 * 0.075 / 4000.0.squareRoot())
  }

  // Fails if the centre of a law is not what the nominal run sees.
  @Test("the nominal member has every law at its centre")
  func nominal() {
    let sampling = Sampling(seed: 5, inputs: [a, b, c])
    #expect(sampling.nominal == [1, 0.95, 7])
    #expect(!sampling.isExact && Sampling(seed: 5, inputs: [c]).isExact)
  }

  // Published values of FNV-1a, 64 bits. Fails with a wrong prime or offset.
  @Test("stream numbers are FNV-1a")
  func hash() {
    #expect(StableHash.fnv1a("") == 0xcbf2_9ce4_8422_2325)
    #expect(StableHash.fnv1a("a") == 0xaf63_dc4c_8601_ec8c)
    #expect(StableHash.fnv1a("foobar") == 0x8594_4171_f739_67e8)
  }
}

@Suite("Parallel work")
struct ParallelTests {
  // Fails if stripes overlap, leave a gap, or come back in the order of completion.
  @Test("gives the same list for any number of jobs", arguments: [0, 1, 2, 7, 100])
  func order(count: Int) {
    let expected = (0..<count).map { $0 * $0 }
    for jobs in [-1, 0, 1, 2, 3, 64] {
      #expect(Parallel.map(count, jobs: jobs) { $0 * $0 } == expected)
    }
  }
}
