import Experience

@testable import Scoring

/// The worked traces: three members a channel, ρ = 0.02, no floors; everything in SI. The numbers were
/// computed apart from this program, in Python.
struct WorkedTrace {
  struct Claim {
    let line: Int
    let verdict: ClaimVerdict
    var stated: Double?
    var simulated: Double?
    var tolerance: Double?
    var distance: Double?
    var recomputed: Double?
    var residual: Double?
    var cause: ClaimCause?
  }

  let id: String
  let scene: [String: ([Double], String)]
  let channels: [TraceChannel]
  /// Members of the answer, its scale s and the value that was answered.
  let outcome: (name: String, members: [Double], scale: Double, unit: String, final: Double)
  let trace: [String]
  let claims: [Claim]
  let share: Double
  let firstWrong: (line: Int, cause: ClaimCause, distance: Double)?
  let implied: Double
  let delta: Double
  let coherence: Double
  let loss: Double
  let lossFromClaims: Double
  let cell: TraceCell

  static func channel(
    _ name: String, _ anchors: [String], _ unit: String, _ values: [Double]
  ) -> TraceChannel {
    TraceChannel(
      name: name, anchors: anchors, unit: (try? Unit.parse(unit)) ?? .one, values: values)
  }

  var truth: TraceTruth {
    var parameters = ["g": TraceParameter.gravity]
    for (name, (members, unit)) in scene {
      parameters[name] = TraceParameter(
        nominal: members[1], unit: (try? Unit.parse(unit)) ?? .one, members: members)
    }
    return TraceTruth(channels: channels, parameters: parameters)
  }

  func loss(_ value: Double) -> Double {
    let law = Ensemble(outcome.members)
    return (CRPS.loss(EmpiricalLaw([value]), truth: law) - CRPS.ownLoss(law)) / outcome.scale
  }

  func score() throws -> TraceScore {
    let checker = TraceChecker(
      subject: .init(outcome: outcome.name, unit: try Unit.parse(outcome.unit)), truth: truth,
      laws: try TraceLaws())
    return TraceScore(
      Trace(trace), by: checker, normalised: loss(outcome.final), answer: outcome.final,
      loss: loss)
  }
}

extension CRPS {
  /// Mean over the members.
  static func loss(_ law: EmpiricalLaw, truth: Ensemble) -> Double {
    truth.members.reduce(0) { $0 + loss(law, outcome: $1) } / Double(truth.members.count)
  }
}

extension WorkedTrace {
  private static let ball: [String: ([Double], String)] = [
    "h": ([1, 1, 1], "m"), "e": ([0.79, 0.8, 0.81], "1"),
  ]
  private static let ballChannels = [
    channel(
      "impact_speed", ["contact#1"], "m/s", Array(repeating: 4.428690551393267, count: 3)),
    channel(
      "E_lost", ["contact#1"], "1",
      [0.3758999999999999, 0.3599999999999999, 0.3438999999999999]),
    channel(
      "rebound_height", ["apex#1"], "m",
      [0.6241000000000001, 0.6400000000000001, 0.6561000000000001]),
  ]
  private static let rebound = (
    name: "rebound-height",
    members: [0.6241000000000001, 0.6400000000000001, 0.6561000000000001], scale: 0.25, unit: "m",
    final: 0.64
  )
  private static let given = Claim(line: 1, verdict: .given)
  private static let speed = Claim(
    line: 2, verdict: .right, stated: 4.43, simulated: 4.428690551393267,
    tolerance: 0.08857381102786534, distance: 0.014783699510469818)
  private static let freeFall = Claim(
    line: 3, verdict: .holds, recomputed: 4.428690551393267, residual: 0)

  static let earned = WorkedTrace(
    id: "earned", scene: ball, channels: ballChannels, outcome: rebound,
    trace: [
      "given: h = 1 m, e = 0.8", "impact_speed = 4.43 m/s @ contact#1",
      "because: free-fall h = 1 m", "E_lost = 36 % @ contact#1",
      "because: restitution-energy e = 0.8", "answer: rebound_height = h * (1 - E_lost)",
    ],
    claims: [
      given, speed, freeFall,
      Claim(
        line: 4, verdict: .right, stated: 0.36, simulated: 0.3599999999999999,
        tolerance: 0.0320002083326552, distance: 3.46942436462893e-15),
      Claim(line: 5, verdict: .holds, recomputed: 0.3599999999999999, residual: 0),
      Claim(line: 6, verdict: .answer, recomputed: 0.64),
    ], share: 1, firstWrong: nil, implied: 0.64, delta: 0, coherence: 1,
    loss: 1.457167719820518e-16, lossFromClaims: 1.457167719820518e-16, cell: .earned)

  static let unfaithful = WorkedTrace(
    id: "unfaithful", scene: ball, channels: ballChannels, outcome: rebound,
    trace: [
      "given: h = 1 m, e = 0.8", "impact_speed = 4.43 m/s @ contact#1",
      "because: free-fall h = 1 m", "so: E_lost = 1 - e = 20 % @ contact#1",
      "answer: rebound_height = h * (1 - E_lost)",
    ],
    claims: [
      given, speed, freeFall,
      Claim(
        line: 4, verdict: .wrong, stated: 0.2, simulated: 0.3599999999999999,
        tolerance: 0.0320002083326552, distance: 4.999967448234546,
        recomputed: 0.19999999999999996, residual: 4.999967448234548, cause: .law),
      Claim(line: 5, verdict: .answer, recomputed: 0.8),
    ], share: 0.5, firstWrong: (4, .law, 4.999967448234546), implied: 0.8,
    delta: 0.20000000000000004, coherence: 0, loss: 1.457167719820518e-16,
    lossFromClaims: 0.5970666666666663, cell: .unfaithful)

  static let slip = WorkedTrace(
    id: "slip",
    scene: [
      "m": ([6, 6, 6], "kg"), "mu": ([0.49, 0.5, 0.51], "1"),
      "theta": (Array(repeating: 0.5235987755982988, count: 3), "rad"),
    ],
    channels: [
      channel(
        "normal_force", ["slip#1"], "N",
        [45.864701187357056, 45.65921885231418, 45.455569502807144]),
      channel(
        "friction_force", ["slip#1"], "N",
        [22.47370358180496, 22.82960942615709, 23.182340446431645]),
    ],
    outcome: (
      "peak-pull", [25.95039762528589, 26.36136229537163, 26.768660994385712], 12, "N", 22.8
    ),
    trace: [
      "given: m = 6 kg, mu = 0.5, theta = 30 deg", "normal_force = 45.7 N @ slip#1",
      "friction_force = 22.8 N @ slip#1", "because: coulomb mu = 0.5",
      "answer: peak_pull = friction_force / cos(theta)",
    ],
    claims: [
      given,
      Claim(
        line: 2, verdict: .right, stated: 45.7, simulated: 45.65921885231418,
        tolerance: 0.9131843770462836, distance: 0.04465817496541887),
      Claim(
        line: 3, verdict: .right, stated: 22.8, simulated: 22.82960942615709,
        tolerance: 0.7086392352557936, distance: 0.04178349812426456),
      Claim(line: 4, verdict: .holds, recomputed: 22.85, residual: 0),
      Claim(line: 5, verdict: .answer, recomputed: 26.327172275046934),
    ], share: 1, firstWrong: nil, implied: 26.327172275046934, delta: 0.1339745962155613,
    coherence: 0, loss: 0.2739488207206503, lossFromClaims: 0.0009497227867971461, cell: .slip)

  static let consistentError = WorkedTrace(
    id: "consistent-error",
    scene: [
      "rho_s": ([7850, 7850, 7850], "kg/m^3"), "rho_f": ([1370, 1370, 1370], "kg/m^3"),
      "d": ([0.002, 0.002, 0.002], "m"), "eta": ([4.95, 5, 5.05], "Pa.s"),
      "L": ([0.1, 0.1, 0.1], "m"),
    ],
    channels: [
      channel(
        "settling_speed", ["terminal#1"], "m/s",
        [0.002852843636363636, 0.0028243151999999996, 0.0027963516831683165]),
      channel(
        "reynolds", ["terminal#1"], "1",
        [0.0015791498108356289, 0.0015477247295999999, 0.0015172284379962747]),
    ],
    outcome: (
      "settling-time", [35.052744821116285, 35.406812950622516, 35.76088108012874], 15, "s", 8.85
    ),
    trace: [
      "given: rho_s = 7850 kg/m^3, rho_f = 1370 kg/m^3, d = 2 mm, eta = 5 Pa.s, L = 0.1 m",
      "so: settling_speed = 2/9 * (rho_s - rho_f) * g * d^2 / eta = 0.0113 m/s @ terminal#1",
      "so: reynolds = rho_f * settling_speed * d / eta = 0.00619 @ terminal#1",
      "answer: settling_time = L / settling_speed",
    ],
    claims: [
      given,
      Claim(
        line: 2, verdict: .wrong, stated: 0.0113, simulated: 0.0028243151999999996,
        tolerance: 5.649289472002692e-05, distance: 150.0309878260733,
        recomputed: 0.011297260799999998, residual: 149.9825003124917, cause: .law),
      Claim(
        line: 3, verdict: .wrong, stated: 0.00619, simulated: 0.0015477247295999999,
        tolerance: 6.192369469250375e-05, distance: 74.96767260823628, recomputed: 0.0061924,
        residual: 0, cause: .inherited),
      Claim(line: 4, verdict: .answer, recomputed: 8.849557522123895),
    ], share: 0, firstWrong: (2, .law, 150.0309878260733), implied: 8.849557522123895,
    delta: 4.99975001248044e-05, coherence: 0.9995000249987519, loss: 1.7547178353967796,
    lossFromClaims: 1.7547473339218533, cell: .consistentError)

  static let compensating = WorkedTrace(
    id: "compensating",
    scene: [
      "b": ([0.102, 0.102, 0.102], "m"), "h": ([0.065, 0.065, 0.065], "m"),
      "L": ([0.19, 0.19, 0.19], "m"),
    ],
    channels: [
      channel("section_modulus", [], "m^3", Array(repeating: 7.182500000000001e-05, count: 3)),
      channel("modulus_of_rupture", ["break#1"], "Pa", [3_900_000, 4_000_000, 4_100_000]),
    ],
    outcome: (
      "peak-force", [5897.210526315791, 6048.42105263158, 6199.63157894737], 2000, "N", 6050
    ),
    trace: [
      "given: b = 102 mm, h = 65 mm, L = 190 mm",
      "so: section_modulus = b * h^2 / 3 = 143.7 cm^3", "modulus_of_rupture = 2 MPa @ break#1",
      "answer: peak_force = 4 * modulus_of_rupture * section_modulus / L",
    ],
    claims: [
      given,
      Claim(
        line: 2, verdict: .wrong, stated: 0.00014369999999999997,
        simulated: 7.182500000000001e-05, tolerance: 1.4365000000000003e-06,
        distance: 50.0348068221371, recomputed: 0.00014365000000000002,
        residual: 49.99999999999999, cause: .law),
      Claim(
        line: 3, verdict: .wrong, stated: 2_000_000, simulated: 4_000_000, tolerance: 200_000,
        distance: 10, cause: .value),
      Claim(line: 4, verdict: .answer, recomputed: 6050.526315789472),
    ], share: 0, firstWrong: (2, .law, 50.0348068221371), implied: 6050.526315789472,
    delta: 8.698677800952894e-05, coherence: 0.9991301322199048, loss: 0.00026315789473665063,
    lossFromClaims: 0.0003508771929820469, cell: .compensating)

  static let all = [earned, unfaithful, slip, consistentError, compensating]
}
