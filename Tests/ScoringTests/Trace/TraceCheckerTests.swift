import Experience
import Testing

@testable import Scoring

@Suite("Trace checker")
struct TraceCheckerTests {
  /// A ball from 1 m: contact at 0.4516 s, apex at 0.8129 s in 60 % of the runs.
  private let truth = TraceTruth(
    channels: [
      TraceChannel(
        name: "impact_speed", aliases: ["v_impact"], anchors: ["contact#1"],
        unit: Unit(symbol: "m/s", factor: 1, dimension: .speed),
        values: [4.42, 4.43, 4.43, 4.43, 4.44]),
      TraceChannel(
        name: "time", anchors: ["contact#1"],
        unit: Unit(symbol: "s", factor: 1, dimension: .time), values: [0.4516]),
      TraceChannel(
        name: "time", anchors: ["apex#1"],
        unit: Unit(symbol: "s", factor: 1, dimension: .time), values: [0.8129], occurs: 0.6),
      TraceChannel(
        name: "drag_work", anchors: ["contact#1"],
        unit: Unit(symbol: "J", factor: 1, dimension: .energy), values: [1], isUnresolved: true),
    ],
    parameters: [
      "h": TraceParameter(
        nominal: 1, unit: Unit(symbol: "m", factor: 1, dimension: .length)),
      "g": .gravity,
    ],
    events: [
      DatedEvent(
        name: "contact#1", bodies: ["ball", "floor"], time: 0.4516, halfWidth: 1e-6, occurs: 1),
      DatedEvent(
        name: "apex#1", bodies: ["ball"], time: 0.8129, halfWidth: 1e-6, occurs: 0.6),
      DatedEvent(
        name: "apex#2", bodies: ["ball"], time: 1.3, halfWidth: 1e-6, occurs: 0.02),
    ], mechanisms: ["gravity", "impact", "drag"], experience: "ball-drop")

  private func check(
    _ lines: [String], outcome: String = "rebound-height", event: Criterion? = nil,
    calibration: [TraceTruth] = []
  ) throws -> [ClaimCheck] {
    let checker = TraceChecker(
      subject: .init(outcome: outcome, event: event, unit: try Unit.parse("m")), truth: truth,
      calibration: calibration, laws: try TraceLaws())
    return checker.check(Trace(lines)).checks
  }

  // One line for each verdict of the table. Fails if a rule is applied in another order.
  @Test(
    "gives every verdict",
    arguments: [
      ("impact_speed = 4.43 m/s @ contact#1", ClaimVerdict.right),
      ("v_impact = 15.95 km/h", .right), ("impact_speed = 5 m/s", .wrong),
      // three of five members, all, none
      ("impact_speed > 4.425 m/s @ contact#1", .unresolved),
      ("impact_speed > 4.4 m/s @ contact#1", .right), ("impact_speed > 4.5 m/s", .wrong),
      ("impact_speed in [4.4, 4.5] m/s", .right), ("impact_speed in [4.5, 4.6] m/s", .wrong),
      ("impact_speed = 4.43 m @ contact#1", .wrong),
      // in 2 % of the members, in 60 %, of a kind that a ball cannot have
      ("speed = 1 m/s @ apex#2", .eventAbsent), ("time = 0.8129 s @ apex#1", .right),
      ("force = 1 N @ break#1", .eventAbsent),
      ("drag_work = 1 J @ contact#1", .unresolved),
      ("momentum = 1 N.s @ contact#1", .unverifiable),
      ("impact_speed = 4.43 m/s @ apex#1", .unverifiable),
      ("impact_speed = 4.43 m/s @ t=0.4 s", .unverifiable), ("time = 0.4516 s", .unverifiable),
      ("rebound_height = 0.6 m", .restates), ("the ball falls", .unparseable),
      ("given: h = 1 m", .given), ("h = 1.0005 m", .given), ("h = 1.01 m", .wrong),
      ("occurs: contact#1", .right), ("never: contact#1", .wrong), ("never: apex#2", .right),
      ("occurs: apex#1", .unresolved), ("occurs: contact#7", .unverifiable),
      ("never: break#1", .right), ("occurs: contact#1(ball, wall)", .unverifiable),
      ("order: contact#1 < apex#1", .right), ("order: apex#1 < contact#1", .wrong),
      ("order: contact#1 < apex#2", .eventAbsent), ("order: contact#1 < rest#1", .unverifiable),
      ("assume: no spin", .right), ("assume: no drag", .unverifiable),
      ("because: free-fall h = 1 m", .unverifiable), ("answer: rebound_height = h", .answer),
    ])
  func verdicts(_ line: String, _ verdict: ClaimVerdict) throws {
    #expect(try check([line])[0].verdict == verdict)
  }

  // A claim that is true of every calibration instance says nothing of this scene.
  @Test("calls vacuous what is true everywhere")
  func vacuous() throws {
    let slow = TraceTruth(
      channels: [
        TraceChannel(
          name: "impact_speed", anchors: ["contact#1"],
          unit: Unit(symbol: "m/s", factor: 1, dimension: .speed), values: [2])
      ], experience: "ball-drop")
    let others = Array(repeating: slow, count: 10)
    let checks = try check(
      ["impact_speed > 0 m/s @ contact#1", "v_impact = 4.43 m/s", "never: break#1"],
      calibration: others)
    #expect(checks.map(\.verdict) == [.vacuous, .restates, .vacuous])
    let value = try check(["impact_speed = 4.43 m/s @ contact#1"], calibration: others)
    #expect(value[0].verdict == .right)
    // one of eleven is another scene: 10/11 < 0.95
    let mixed = try check(
      ["impact_speed < 4 m/s @ contact#1"], calibration: others + [truth])
    #expect(mixed[0].verdict == .wrong)
  }

  // A second statement of the same thing earns nothing, and does not replace the first.
  @Test("lets the first statement stand")
  func first() throws {
    let checker = TraceChecker(
      subject: .init(outcome: "rebound-height", unit: try Unit.parse("m")), truth: truth,
      laws: try TraceLaws())
    let trace = Trace([
      "impact_speed = 4.43 m/s @ contact#1", "v_impact = 3 m/s",
      "answer: rebound_height = v_impact^2/(2*g)",
    ])
    let (checks, statements) = checker.check(trace)
    #expect(checks.map(\.verdict) == [.right, .restates, .answer])
    #expect(statements.value("v_impact")?.value == 4.43)
    #expect(abs(try #require(checks[2].recomputed) - 4.43 * 4.43 / (2 * 9.80665)) < 1e-12)
  }

  // Every cause. Fails if arithmetic is not looked at first, or a law is blamed for a wrong input.
  @Test("finds the cause")
  func causes() throws {
    let checks = try check([
      "given: h = 2 m",
      "so: impact_speed = sqrt(2*g*h) = 6.26 m/s @ contact#1",
      "so: time = h/impact_speed = 0.9 s @ contact#1",
      "time = 3 s @ apex#1",
    ])
    #expect(checks.map(\.cause) == [.scene, .inherited, .arithmetic, .value])
    #expect(try check(["so: impact_speed = g*h = 9.8 m/s @ contact#1"])[0].cause == .arithmetic)
    #expect(
      try check(["so: impact_speed = sqrt(g*h) = 3.13 m/s @ contact#1"])[0].cause == .law)
    // the law below a bare claim decides like an expression
    let supported = try check([
      "impact_speed = 3.13 m/s @ contact#1", "because: free-fall h = 1 m",
    ])
    #expect(supported.map(\.verdict) == [.wrong, .fails])
    #expect(supported[0].cause == .arithmetic)
    // an input that nobody recorded
    #expect(
      try check(["so: impact_speed = sqrt(2*lost/mass) = 3 m/s"])[0].cause == .value)
  }

  // Of an event question the outcome may be claimed, the asked comparison may not.
  @Test("knows the answer of an event question")
  func event() throws {
    let fast = Criterion(
      outcome: "impact-speed", comparison: .greater, limit: 5, unit: "m/s", source: "")
    let checks = try check(
      ["impact_speed > 5 m/s", "v_impact = 4.43 m/s @ contact#1"], outcome: "impact-speed",
      event: fast)
    #expect(checks[0].verdict == .restates)
    let value = try check(
      ["v_impact = 4.43 m/s @ contact#1"], outcome: "impact-speed", event: fast)
    #expect(value[0].verdict == .right)
  }
}

@Suite("Laws of claim traces")
struct TraceLawsTests {
  // Fails if a law is written with a wrong power: its dimension would not be that of its target.
  @Test("have the dimension of what they give")
  func dimensions() throws {
    let units = [
      "g": "m/s^2", "h": "m", "e": "1", "mu": "1", "m": "kg", "theta": "rad", "pull": "N",
      "normal_force": "N", "friction_force": "N", "distance": "m", "impact_speed": "m/s",
      "rho_s": "kg/m^3", "rho_f": "kg/m^3", "d": "m", "eta": "Pa.s", "b": "m", "t": "m",
      "span": "m", "f_r": "Pa", "peak_force": "N", "settling_speed": "m/s", "E_lost": "1",
      "fall_time": "s", "rebound_speed": "m/s", "rebound_height": "m",
      "second_impact_time": "s", "rest_time": "s", "peak_pull": "N", "heat": "J",
      "reynolds": "1", "section_modulus": "m^3", "modulus_of_rupture": "Pa",
    ]
    let laws = try TraceLaws().laws
    #expect(laws.count == 17)
    for law in laws {
      let value = try law.formula.evaluate { name in
        units[name].flatMap { try? Unit.parse($0) }.map { DimensionedValue(0.5, $0.dimension) }
      }
      let target = try Unit.parse(try #require(units[law.target], "\(law.target)"))
      #expect(value.hasDimension(target.dimension), "\(law.name)")
    }
  }

  @Test("refuse a law of a template that is no formula")
  func refuses() {
    #expect(throws: ScoringProblem.self) {
      try TraceLaws([ClaimLaw(name: "x", target: "y", expression: "1 +")])
    }
  }
}
