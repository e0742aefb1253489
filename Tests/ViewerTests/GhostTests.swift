import Experience
import Testing

@testable import Viewer

@Suite("Ghosts")
struct GhostTests {
  func reading() throws -> GhostReading { try GhostReading(of: Samples.slide()) }

  func prediction(_ slot: String, _ fields: [(String, JSON?)]) -> Prediction {
    Prediction(id: "test@1/7/\(slot)", model: "someone", answer: .object(fields))
  }

  // Fails if a unit is not converted, the difference has the wrong sign or lacks its unit.
  @Test("a distance in cm lies where it says, with its difference in m")
  func distance() throws {
    let (ghosts, skipped) = try reading().ghosts(of: [
      prediction("distance", [("value", .number(62)), ("unit", .text("cm"))])
    ])
    let ghost = try #require(ghosts.first)
    #expect(skipped.isEmpty)
    #expect(ghost.difference == "+0.12 m")
    guard case .place(let point) = ghost.form else {
      Issue.record("a distance is a place")
      return
    }
    // the box starts at x = −0.5 and goes along +x; places lie on the floor
    #expect((point - Point3(0.12, 0, 0)).length < 1e-12)
    #expect(ghost.knownAt == 1)
  }

  // Fails if the normal's quantiles are not those of its zone.
  @Test("a normal law of a height has zones of 90 % and 50 %")
  func height() throws {
    let (ghosts, _) = try reading().ghosts(of: [
      prediction(
        "rise-height",
        [("value", .number(0.3)), ("sd", .number(0.1)), ("unit", .text("m"))])
    ])
    let ghost = try #require(ghosts.first)
    guard case .height(let point) = ghost.form, case .points(let low, let high)? = ghost.outer,
      case .points(let lower, let upper)? = ghost.inner
    else {
      Issue.record("a height with zones")
      return
    }
    #expect(abs(point.z - 0.3) < 1e-12)
    // 1.644854 and 0.674490 are the 0.95 and 0.75 quantiles of the normal law (any table)
    #expect(abs(low.z - (0.3 - 0.1644854)) < 1e-9 && abs(high.z - (0.3 + 0.1644854)) < 1e-9)
    #expect(abs(lower.z - 0.232551) < 1e-9 && abs(upper.z - 0.367449) < 1e-9)
    #expect(ghost.difference == "+0.05 m")
  }

  // Fails if quantiles are taken at the wrong levels.
  @Test("quantiles of a time become a flag with its zone")
  func time() throws {
    let quantiles: JSON = .object([
      ("0.05", .number(50)), ("0.25", .number(80)), ("0.5", .number(90)), ("0.75", .number(110)),
      ("0.95", .number(150)),
    ])
    let question = Question(
      id: "test@1/7/slip-time", instance: "test@1/7", template: "test@1", slot: "slip-time",
      type: .scalar, rule: .wis, levels: [0.05, 0.25, 0.5, 0.75, 0.95], prompt: "", scene: .null,
      quantity: AnswerQuantity(
        name: "slip-time", unit: "ms", dimension: [0, 0, 1, 0, 0, 0, 0], support: 0...1000),
      consequence: 1, split: "public", canary: "")
    let (ghosts, skipped) = try reading().ghosts(
      of: [prediction("slip-time", [("quantiles", quantiles), ("unit", .text("ms"))])],
      questions: [question])
    #expect(skipped.isEmpty)
    let ghost = try #require(ghosts.first)
    guard case .time(let median) = ghost.form, case .times(let low, let high)? = ghost.outer else {
      Issue.record("a time with a zone")
      return
    }
    #expect(abs(median - 0.09) < 1e-12 && abs(low - 0.05) < 1e-12 && abs(high - 0.15) < 1e-12)
    #expect(ghost.difference == "−0.01 s")
  }

  // Fails if the difference of a probability is taken from the probability of the record.
  @Test("an event has its probability less what happened")
  func event() throws {
    let (ghosts, _) = try reading().ghosts(of: [prediction("tips", [("p", .number(0.2))])])
    let ghost = try #require(ghosts.first)
    #expect(ghost.form == .event(probability: 0.2, happened: false))
    #expect(ghost.text == "p = 0.2" && ghost.difference == "+0.2")
  }

  // Fails if a prediction that cannot be drawn vanishes without a word.
  @Test("what cannot be drawn is named with its reason")
  func skipped() throws {
    let (ghosts, skipped) = try reading().ghosts(of: [
      prediction("unheard-of", [("value", .number(1))]),
      prediction("distance", [("value", .number(1)), ("unit", .text("furlongs"))]),
      prediction("tips", [("handoff", .bool(true)), ("reason", .text("needs-test"))]),
    ])
    #expect(ghosts.isEmpty && skipped.count == 3)
    #expect(skipped[0].contains("unheard-of"))
  }

  // Fails if the picture tells the difference before the truth is known.
  @Test("the difference is told when the outcome is known")
  func patience() throws {
    let recording = Samples.slide()
    let (ghosts, _) = try reading().ghosts(of: [
      prediction("distance", [("value", .number(0.62)), ("unit", .text("m"))])
    ])
    for (time, isTold) in [(0.5, false), (1.2, true)] {
      var options = PictureOptions()
      options.ghosts = ghosts
      let text = try SVGPicture(of: recording, at: time, options: options).text
      #expect(text.contains("Δ +0.12 m") == isTold)
      #expect(text.contains("distance predicted 0.62 m"))
    }
  }
}

@Suite("Ghosts of events")
struct EventGhostTests {
  private func ghosts(_ slot: String, _ fields: [(String, JSON?)]) throws -> [Ghost] {
    var run = Samples.slide()
    run.notes.events[0].point = Point3(-0.4, 0, 0)
    run.notes.outcomes[2] = OutcomeMark(
      name: "slips", unit: "1", value: 1, band: 0, status: "resolved", tier: "T1", isEvent: true,
      knownAt: 0.1)
    let prediction = Prediction(id: "a/\(slot)", model: "someone", answer: .object(fields))
    return try GhostReading(of: run).ghosts(of: [prediction]).ghosts
  }

  private func text(_ ghosts: [Ghost], at time: Double) throws -> String {
    var options = PictureOptions()
    options.ghosts = ghosts
    return try SVGPicture(of: Samples.slide(), at: time, options: options).text
  }

  // Fails if a predicted event has no time or place, or tells before it is known whether it happened.
  @Test("an event that happened has its time and place")
  func happened() throws {
    let ghosts = try ghosts("slips", [("p", .number(0.7))])
    #expect(ghosts.first?.moment?.time == 0.1)
    #expect(ghosts.first?.moment?.place == Point3(-0.4, 0, 0))
    #expect(!(try text(ghosts, at: 0.05)).contains("happened"))
    // once in the scene, once in the table
    let told = try text(ghosts, at: 0.5)
    #expect(
      told.components(separatedBy: "slips predicted p = 0.7  happened at 0.100 s  Δ −0.3").count
        == 3)
  }

  // Fails if what did not happen gets a place, or is told as if it had happened.
  @Test("an event that did not happen has no place")
  func absent() throws {
    let prediction = Prediction(id: "a/tips", model: "", answer: .object([("p", .number(0.2))]))
    let ghosts = try GhostReading(of: Samples.slide()).ghosts(of: [prediction]).ghosts
    #expect(ghosts.first?.moment?.time == 1.5 && ghosts.first?.moment?.place == nil)
    #expect(try text(ghosts, at: 1.5).contains("tips predicted p = 0.2  did not happen  Δ +0.2"))
    #expect(!(try text(ghosts, at: 1)).contains("did not happen"))
  }

  // Fails if the time of an event is compared with another event, or its difference is not shown there.
  @Test("a predicted time stands where the event was, with its difference")
  func time() throws {
    let ghosts = try ghosts("slip-time", [("value", .number(0.4)), ("unit", .text("s"))])
    #expect(ghosts.first?.moment == Ghost.Moment(time: 0.1, place: Point3(-0.4, 0, 0)))
    let told = try text(ghosts, at: 0.5)
    #expect(
      told.components(separatedBy: "slip-time predicted 0.4 s  Δ +0.3 s").count == 3)
  }
}
