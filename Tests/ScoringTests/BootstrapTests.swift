import Experience
import Scoring
import Testing

@Suite("Uncertainty of a skill")
struct BootstrapTests {
  static let model = [0.17, 0.67, 0.07, 0.3, 0.22, 0.41, 0.05, 0.33]
  static let reference = [0.93, 1.03, 0.63, 1.1, 0.88, 1.2, 0.71, 0.95]

  private func losses(_ template: String = "a@1.0.0") -> [PairedLoss] {
    zip(BootstrapTests.model, BootstrapTests.reference).enumerated().map { index, pair in
      PairedLoss(
        template: template, instance: "\(template)/\(index)", model: pair.0, reference: pair.1,
        climatology: 1)
    }
  }

  // Worked example `bootstrap.skill`: 8 clusters, seed 1, 9,999 replicates. Every digit of the
  // interval depends on the generator, the index formula, the order of draws and quantiles of type
  // 7; any other choice fails.
  @Test("meets the worked percentile interval")
  func percentile() throws {
    let bootstrap = Bootstrap(ClusterTable(losses()), seed: 1)
    let skill = try #require(bootstrap.skill)
    #expect(abs(skill.lowerBound - 0.5820138459158416) < 1e-9)
    #expect(abs(skill.upperBound - 0.811927290154731) < 1e-9)
  }

  // Tables share draws only where they would have drawn the same: one alone and one among six, of
  // two shapes, have the same bits. Fails if a lane or a block of replicates is mixed up.
  @Test("does not depend on what else is resampled")
  func company() {
    let tables = (0..<6).map { copy in
      ClusterTable(
        losses().dropLast(copy % 2).map {
          PairedLoss(
            template: $0.template, instance: $0.instance, model: $0.model * Double(copy + 1),
            reference: $0.reference, climatology: 1)
        })
    }
    let together = Bootstrap.run(tables, replicates: 501, seed: 3)
    for (table, result) in zip(tables, together) {
      let alone = Bootstrap(table, replicates: 501, seed: 3)
      #expect(alone.skill == result.skill)
      #expect(alone.delta == result.delta)
    }
  }

  // A resampling as the header of `Bootstrap` says it, with checks at every step. Fails if a tile, a block
  // of replicates, a lane or a stratum is left out or counted twice where its size is not a whole one.
  @Test("is a plain resampling, around the sizes of its blocks", arguments: [1, 15, 16, 17, 33])
  func plain(replicates: Int) throws {
    var random = SplitMix64(seed: 9)
    let tables = [[511], [512], [513], [1025, 20], [3, 1, 512, 7]].map { sizes in
      // more columns than a group has lanes
      (0..<9).map { _ in
        ClusterTable(
          sizes.enumerated().flatMap { template, size in
            (0..<size).map { index in
              PairedLoss(
                template: "\(template)", instance: "\(10_000 + index)",
                model: Double.random(in: 0...1, using: &random),
                reference: Double.random(in: 1...2, using: &random), climatology: 1)
            }
          })
      }
    }
    for list in tables {
      let results = Bootstrap.run(list, replicates: replicates, seed: 4)
      for (table, result) in zip(list, results) {
        let (skill, delta) = BootstrapTests.resampled(table, replicates: replicates, seed: 4)
        #expect(result.skill == skill && result.delta == delta)
      }
    }
  }

  private static func resampled(
    _ table: ClusterTable, replicates: Int, seed: UInt64
  ) -> (skill: ClosedRange<Double>, delta: ClosedRange<Double>) {
    var random = SplitMix64(seed: seed)
    var (skills, deltas): ([Double], [Double]) = ([], [])
    for _ in 0..<replicates {
      var (model, reference) = (0.0, 0.0)
      for stratum in table.strata {
        var counts = stratum.map { _ in 0 }
        for _ in stratum {
          let fraction = Double(random.next() >> 11) * 0x1p-53
          counts[Int(Double(stratum.count) * fraction)] += 1
        }
        var (one, two) = (0.0, 0.0)
        for (count, cluster) in zip(counts, stratum) {
          one += cluster.model * Double(count)
          two += cluster.reference * Double(count)
        }
        let weight = Double(table.strata.count) * Double(stratum.count)
        model += one / weight
        reference += two / weight
      }
      skills.append(1 - model / reference)
      deltas.append(reference - model)
    }
    func interval(_ values: [Double]) -> ClosedRange<Double> {
      let sorted = values.sorted()
      return Bootstrap.quantile(sorted, 0.025)...Bootstrap.quantile(sorted, 0.975)
    }
    return (interval(skills), interval(deltas))
  }

  // The same example has fewer than 20 clusters, so what is printed is the t interval of the
  // difference and the sign-flip p.
  @Test("uses Student's t below 20 clusters")
  func student() throws {
    let skill = Skill(losses())
    #expect(abs(try #require(skill.value) - 0.7012113055181696) < 1e-9)
    let delta = try #require(skill.deltaInterval)
    #expect(abs(delta.lowerBound - 0.5298983368060209) < 1e-9)
    #expect(abs(delta.upperBound - 0.7726016631939793) < 1e-9)
    #expect(skill.signFlip == 0.0078125)
    #expect(skill.interval == nil)
    #expect(skill.method == .student)
    #expect(skill.claim == .better)
  }

  // Worked examples `bootstrap.exact` (t interval and all 4^4 resamples) and `bootstrap.sign-flip`.
  // Fails if the percentile interval were used for few clusters: it is four times too short.
  @Test("meets the worked small sample")
  func smallSample() {
    let differences = [0.1, 0.2, -0.04, 0.15]
    let sample = SmallSample(differences: differences)
    #expect(abs(sample.interval.lowerBound - -0.06203329472807234) < 1e-9)
    #expect(abs(sample.interval.upperBound - 0.26703329472807236) < 1e-9)
    #expect(sample.signFlip == 0.25)
    var means: [Double] = []
    for code in 0..<256 {
      let sum = (0..<4).reduce(0.0) { $0 + differences[code >> (2 * $1) & 3] }
      means.append(sum / 4)
    }
    means.sort()
    #expect(abs(Bootstrap.quantile(means, 0.025) - 0.0075) < 1e-9)
    #expect(abs(Bootstrap.quantile(means, 0.975) - 0.175) < 1e-9)
  }

  // Below 6 clusters there is neither an interval nor a claim.
  @Test("says nothing about five scenes")
  func few() {
    let skill = Skill(Array(losses().prefix(5)))
    #expect(skill.claim == nil)
    #expect(skill.deltaInterval == nil)
    #expect(skill.method == .none)
  }

  // Strata: two templates with the same clusters have the skill of one; a template with 40 clusters
  // does not outweigh one with 8. Fails if clusters are pooled.
  @Test("weighs templates equally")
  func strata() throws {
    var pooled = losses("a@1.0.0")
    for copy in 0..<5 {
      pooled += losses("b@1.0.0").map {
        PairedLoss(
          template: $0.template, instance: "\($0.instance)/\(copy)", model: $0.reference,
          reference: $0.reference, climatology: 1)
      }
    }
    let skill = Skill(pooled, replicates: 99)
    // template b has skill 0 with the same reference losses, so the mean is half of template a's
    #expect(abs(try #require(skill.value) - 0.5 * 0.7012113055181696) < 1e-12)
    #expect(skill.method == .bootstrap)
    #expect(Skill(pooled.reversed(), replicates: 99).interval == skill.interval)
  }
}

@Suite("Skill")
struct SkillTests {
  // Worked example `skill.scale`: a ratio of means. The mean of ratios would be 0.69957.
  @Test("meets the worked skill")
  func scale() throws {
    let scale = [0.3, 0.22, 0.41, 0.27].reduce(0, +) / 4
    #expect(abs(scale - 0.3) < 1e-9)
    let losses = zip([0.05, 0.2, 0.02, 0.09], [0.28, 0.31, 0.19, 0.33]).enumerated().map {
      PairedLoss(
        template: "t", instance: "\($0)", model: $1.0 / scale, reference: $1.1 / scale,
        climatology: 1)
    }
    #expect(abs(try #require(Skill(losses).value) - 0.6756756756756757) < 1e-9)
  }

  // Worked example `skill.constant-event`: no constant probability beats the mean of g.
  @Test("gives no constant probability a positive skill")
  func constantEvent() throws {
    let g = [1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.7, 0.3]
    let excess = [0.358, 0.198, 0.208, 0.558]
    let skills = [-0.808080808080808, 0, -0.05050505050505061, -1.8181818181818183]
    for (index, constant) in [0.0, 0.4, 0.5, 1.0].enumerated() {
      let losses = g.enumerated().map { place, truth in
        let own = Brier.ownLoss(truth, members: 0)
        return PairedLoss(
          template: "t", instance: "\(place)", model: Brier.loss(constant, truth: truth) - own,
          reference: Brier.loss(0.4, truth: truth) - own, climatology: 0.198)
      }
      let skill = Skill(losses)
      #expect(abs(skill.delta - (0.198 - excess[index])) < 1e-9)
      #expect(abs(try #require(skill.value) - skills[index]) < 1e-9)
    }
  }

  // Worked example `abstain.coverage`: abstaining costs climatology's loss; all questions stay in
  // the denominator. Over the answered ones alone it would read 0.911.
  @Test("keeps abstained questions in the denominator")
  func abstain() throws {
    let losses = [0.01, 0.02, 0.05, 0.3, 0.3].enumerated().map {
      PairedLoss(
        template: "t", instance: "\($0)", model: $1, reference: 0.3, climatology: 0.3)
    }
    #expect(abs(try #require(Skill(losses).value) - 0.5466666666666666) < 1e-9)
  }

  // A reference that is exact to 1 % of climatology gives no ratio, only the difference.
  @Test("prints only the difference against an exact reference")
  func exact() {
    let losses = (0..<30).map {
      PairedLoss(
        template: "t", instance: "\($0)", model: 0.02, reference: 0.009, climatology: 1)
    }
    let skill = Skill(losses, replicates: 99)
    #expect(skill.value == nil)
    #expect(skill.interval == nil)
    #expect(abs(skill.delta - -0.011) < 1e-12)
    #expect(skill.claim == .worse)
  }
}
