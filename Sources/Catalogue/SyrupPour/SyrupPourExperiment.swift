// One syrup pour as an experiment: inputs in, outcomes out.

import Experience
import Fluid
import Foundation

struct SyrupPourExperiment: Experiment {
  let model: SyrupPourModel
  let inputs: [InputParameter]
  /// A surface that rolls over a wall is of order 1, a ball in a closed vessel of order 2.
  var designOrder: Double { if case .settle = model.pour { 2 } else { 1 } }
  var refinementRatio: Double { model.isVolume ? VolumePour.ratio : 2 }
  /// A fourth level as long as it takes no more than half a minute or so.
  var extraLevels: Int? {
    if model.isVolume { return 0 }
    let cells = model.cells(nominal)
    if model.viscosity.name != "newtonian" { return cells * 64 < 20_000 ? 1 : 0 }
    switch model.pour {
    case .slump: return cells * 64 < 200_000 ? 1 : 0
    case .settle: return cells * 64 < 60_000 ? 1 : 0
    case .stream: return 0
    }
  }
  let memberLevel: Int? = 0

  var ownOutcomes: [OutcomeDefinition]? {
    SyrupPourOutcome.definitions + model.reportAt.map(SyrupPourOutcome.spread)
  }
  var ownFirstCourse: [String: String]? { SyrupPourFirstCourse.forms(model) }

  func run(_ values: [Double], level: Int) throws(RunFailure) -> RunResult {
    if case .settle(let settle) = model.pour {
      var settling = SyrupPourSettling(model, settle, values, level: level)
      try settling.run()
      return settling.result
    }
    if model.isVolume {
      return VolumePourReading(
        model: model, values: values, run: try VolumePourRun(model, values, level: level)
      ).result
    }
    return SyrupPourReading(
      model: model, values: values, run: try SyrupPourRun(model, values, level: level),
      level: level
    ).result
  }

  /// A yield stress is regularised: what creeps below it is asked again with a stiffer liquid.
  func alternatives(
    to run: RunResult, _ inputs: [Double], level: Int
  ) throws(RunFailure) -> [(name: String, sentence: String, run: RunResult)] {
    guard case .herschelBulkley(_, _, _, let regularisation) = model.viscosity else { return [] }
    return try [4.0, 2].map { factor throws(RunFailure) in
      var stiffer = inputs
      stiffer[regularisation] *= factor
      return (
        "regularisation-times-\(Int(factor))",
        "below the yield stress the liquid is \(Int(factor)) times as stiff",
        try self.run(stiffer, level: level)
      )
    }
  }

  // MARK: What the runner asks

  private var nominal: [Double] { inputs.map(\.law.nominal) }

  var mechanisms: [String] {
    var list = ["gravity", "viscous-flow", model.pour.name]
    if model.viscosity.name != "newtonian" { list.append(model.viscosity.name) }
    if model.surfaceTension != nil { list.append("surface-tension") }
    if model.isVolume, model.fall(nominal)?.coils == true { list.append("coiling") }
    if case .stream(let stream) = model.pour { list.append(stream.cup == nil ? "plate" : "cup") }
    return list
  }

  var descriptors: [NamedNumber] { shape + (tension.map { [$0] } ?? []) }

  /// Weight over surface tension of a nozzle, or of a mound's height.
  private var tension: NamedNumber? {
    guard let index = model.surfaceTension else { return nil }
    let values = nominal
    let length =
      switch model.pour {
      case .stream(let stream): values[stream.nozzle]
      case .slump(_, let height): values[height]
      case .settle(let settle): values[settle.diameter]
      }
    return NamedNumber(
      "log10-bond",
      log10(values[model.density] * values[model.gravity] * length * length / values[index]))
  }

  private var shape: [NamedNumber] {
    let values = nominal
    let viscosity = model.law(values).viscosity(rate: 1) / values[model.density]
    let g = values[model.gravity]
    switch model.pour {
    case .stream(let stream):
      let radius = 0.5 * values[stream.nozzle]
      let speed = values[stream.rate] / (Double.pi * radius * radius)
      let length = stream.plate.map { values[$0] } ?? stream.cup.map { values[$0.diameter] } ?? 1
      return [
        NamedNumber("log10-reynolds", log10(2 * radius * speed / viscosity)),
        NamedNumber("log10-stretch", log10(g * radius * radius / (viscosity * speed))),
        NamedNumber("height-over-nozzle", values[stream.height] / (2 * radius)),
        NamedNumber("log10-width-over-nozzle", log10(length / (2 * radius))),
        NamedNumber(
          "log10-volume", log10(values[stream.volume] / (length * length * length))),
        NamedNumber(
          "log10-time",
          log10(model.duration * pow(g * g / viscosity, 1.0 / 3))),
      ]
    case .slump(let radius, let height):
      let (r, h) = (values[radius], values[height])
      return [
        NamedNumber("slenderness", h / r),
        NamedNumber("log10-galileo", log10(g * h * h * h / (viscosity * viscosity))),
        NamedNumber("log10-time", log10(model.duration * g * h / viscosity)),
      ]
    case .settle(let settle):
      let d = values[settle.diameter]
      let excess = values[settle.density] / values[model.density] - 1
      return [
        NamedNumber("diameter-ratio", d / values[settle.vessel]),
        NamedNumber(
          "log10-galileo", log10(max(abs(excess), 1e-9) * g * d * d * d / (viscosity * viscosity))),
        NamedNumber("density-ratio", excess + 1),
      ]
    }
  }

  func trust(in outcome: String, given run: RunResult) -> (tier: Tier, basis: String) {
    if model.isVolume {
      if let fall = model.fall(nominal), fall.margin > -0.5 {
        return (
          .t3, "coupled Stokes flow in three dimensions; no experiment on coils is in hand"
        )
      }
      return (
        .t1,
        "coupled Stokes flow with inertia in three dimensions, checked against closed forms and the axisymmetric flow"
      )
    }
    if outcome == SyrupPourOutcome.coils.rawValue
      || outcome == SyrupPourOutcome.coilFrequency.rawValue
    {
      let without = model.surfaceTension == nil ? "" : ", all without surface tension"
      return (
        .t3, "buckling criterion and bending rope with the stream of the thread equation" + without
      )
    }
    if let fall = model.fall(nominal), fall.coils, !model.endsAtLanding {
      return (.t3, "a symmetric stream was asked for where it would coil: \(fall.words)")
    }
    if model.surfaceTension != nil {
      return trustWithTension(outcome)
    }
    return (
      .t1,
      "converged Stokes flow with inertia, free of surface tension, checked against closed forms, similarity solutions and a second set of equations"
    )
  }

  /// What depends on where the liquid ends on a wall has no law of wetting behind it.
  private func trustWithTension(_ outcome: String) -> (tier: Tier, basis: String) {
    let isFree = [SyrupPourOutcome.landingTime, .volume].contains { $0.rawValue == outcome }
    return isFree
      ? (
        .t1,
        "converged Stokes flow with inertia and surface tension, checked against drops that rest, creep and swing"
      )
      : (
        .t3,
        "surface tension without a law of wetting: where the liquid ends on a wall is held by no slip alone"
      )
  }
}
