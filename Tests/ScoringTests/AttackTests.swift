import Attacks
import Experience
import Scoring
import Testing

@Suite("Attacks")
struct AttackTests {
  // Every strategy of the battery on two samples of scenes. Fails if one has an interval above 0, or
  // if the battery lost its teeth: broken answers must be counted as such, and the honest answer
  // must win by far.
  @Test("gain nothing beyond their interval")
  func gainNothing() throws {
    let field = AttackField()
    let scorer = try field.scorer()
    #expect(Attack.battery.count >= 40)
    #expect(Set(Attack.battery.map(\.name)).count == Attack.battery.count)
    for attack in Attack.battery {
      let scores = try scorer.scores(of: attack.predictions(field))
      #expect(scores.count == field.truths.count * AttackField.parts)
      let report = Report(scores: scores, replicates: 999)
      let skill = report.skills[0].skill
      #expect(skill.claim != .better, "\(attack.name): \(skill.value ?? 0)")
      // climatology is the best of them, up to what the sample of scenes gives
      #expect((skill.value ?? 0) < 0.04, "\(attack.name): \(skill.value ?? 0)")
    }
    let honest = Report(scores: try scorer.scores(of: field.honest()), replicates: 999)
    #expect(try #require(honest.skills[0].skill.value) > 0.9)
  }

  // What cannot be read costs more than what can: each defect is INVALID and below the honest "I know
  // nothing". Fails if a defect is mended silently.
  @Test("are named when they are broken")
  func named() throws {
    let field = AttackField(instances: 20)
    let scorer = try field.scorer()
    func report(_ name: String) throws -> Report {
      let attack = try #require(Attack.battery.first { $0.name == name })
      return Report(scores: try scorer.scores(of: attack.predictions(field)), replicates: 99)
    }
    for name in ["NaN", "1e400", "no unit", "crossing quantiles", "empty object", "own score"] {
      let report = try report(name)
      #expect(report.why != nil, "\(name) has a headline")
      #expect(report.invalidCount >= 20 * 5, "\(name): \(report.invalidCount)")
    }
    #expect(try report("everything handed over").invalidCount == 0)
    #expect(try report("no prediction at all").missing == 20 * AttackField.parts)
  }
}
