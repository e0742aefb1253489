// What only several values together can tell to be wrong, or out of the reach of the models.

import Experience
import Fluid
import Foundation

struct SyrupPourCheck {
  let model: SyrupPourModel
  let values: [Double]
  let scene: SceneSection

  /// Cells across the thinnest part that matters, at the finest of three levels.
  static let fewestCells = 6.0
  /// Cells at the finest level; a run holds about 200 bytes for each.
  static let cellLimit = 4_000_000.0
  /// Reynolds number of a pipe above which its flow may be turbulent.
  static let turbulence = 2000.0

  private func figures(_ value: Double) -> String { JSON.text(of: Quantum.threeFigures(value)) }
  private func millimetres(_ value: Double) -> String { "\(figures(value * 1e3)) mm" }

  func check(_ reader: inout TableReader) {
    guard let pour = scene.section("pour") else { return }
    switch model.pour {
    case .stream(let stream): check(stream, pour.section("stream"), &reader)
    case .slump(let radius, let height):
      let mark = pour.section("slump")?.mark
      thin(
        min(values[radius], values[height]), "the cylinder", "every outcome", mark, &reader)
    case .settle(let settle): check(settle, pour.section("settle"), &reader)
    }
    for time in model.reportAt where time > model.duration {
      reader.report(
        "016",
        "`report-at` has \(figures(time)) s, after the duration of \(figures(model.duration)) s",
        at: scene.entry("report-at")?.mark, label: "must lie within the duration")
    }
    checkMemory(&reader)
    checkTension(&reader)
    checkGeometry(&reader)
  }

  private func thin(
    _ size: Double, _ what: String, _ outcome: String, _ mark: SourceMark?,
    _ reader: inout TableReader
  ) {
    let finest = (model.isVolume ? 0.5 : 0.25) * model.resolution
    let cells = size / finest
    guard cells < SyrupPourCheck.fewestCells else { return }
    reader.report(
      "015",
      "\(what) of \(millimetres(size)) gets \(figures(cells)) cells at the finest of three levels: \(outcome) will be unresolved",
      at: scene.entry("resolution")?.mark ?? mark,
      label:
        "at most \(millimetres(size / SyrupPourCheck.fewestCells * model.resolution / finest))",
      severity: .warning)
  }

  private func check(
    _ stream: SyrupPourModel.Stream, _ section: SceneSection?, _ reader: inout TableReader
  ) {
    let nozzle = values[stream.nozzle]
    let onto = section?.section("onto")
    if let plate = stream.plate, nozzle >= values[plate] {
      reader.report(
        "011",
        "the nozzle of \(millimetres(nozzle)) is not smaller than the plate of \(millimetres(values[plate]))",
        at: section?.entry("nozzle")?.mark, label: "less than the plate's diameter")
    }
    if let cup = stream.cup, nozzle >= values[cup.diameter] {
      reader.report(
        "011",
        "the stream from a nozzle of \(millimetres(nozzle)) misses the cup of \(millimetres(values[cup.diameter]))",
        at: onto?.section("cup")?.entry("diameter")?.mark ?? section?.mark,
        label: "more than the nozzle's diameter")
    }
    let viscosity = model.law(values).viscosity(rate: 1) / values[model.density]
    let speed = values[stream.rate] / (0.25 * Double.pi * nozzle * nozzle)
    let reynolds = speed * nozzle / viscosity
    if reynolds > SyrupPourCheck.turbulence {
      reader.report(
        "011",
        "the stream has a Reynolds number of \(figures(reynolds)): its flow may be turbulent, and these models are laminar",
        at: section?.entry("rate")?.mark,
        label:
          "at most \(figures(values[stream.rate] * SyrupPourCheck.turbulence / reynolds * 1e6)) mL/s"
      )
    } else if reynolds > 20 {
      reader.report(
        "015",
        "the stream has a Reynolds number of \(figures(reynolds)): it may splash, and a splash takes air in",
        at: section?.entry("rate")?.mark, label: "syrups have less than 20", severity: .warning)
    }
    thin(
      nozzle, "the stream at the nozzle", "every outcome", section?.entry("nozzle")?.mark, &reader)
    if stream.plate != nil {
      let last = min(model.duration, values[stream.volume] / values[stream.rate])
      let volume = values[stream.rate] * last
      let radius =
        0.715 * pow(values[model.gravity] * pow(values[stream.rate], 3) / (3 * viscosity), 0.125)
        * last.squareRoot()
      let still =
        0.894
        * pow(values[model.gravity] * pow(volume, 3) / (3 * viscosity) * model.duration, 0.125)
      let end = max(radius, model.duration > last ? still : 0)
      let film = min(4 * volume / (3 * Double.pi * end * end), nozzle * 2)
      thin(film, "the film", "spread-radius and mound-height", section?.mark, &reader)
    }
  }

  private func check(
    _ settle: SyrupPourModel.Settle, _ section: SceneSection?, _ reader: inout TableReader
  ) {
    let (d, wide, deep) = (
      values[settle.diameter], values[settle.vessel], values[settle.height]
    )
    if d >= 0.95 * wide {
      reader.report(
        "011",
        "a ball of \(millimetres(d)) does not fit the vessel of \(millimetres(wide)) with a gap to see",
        at: section?.section("ball")?.entry("diameter")?.mark,
        label: "less than 0.95 of the vessel's diameter")
    }
    if values[settle.density] <= values[model.density] {
      reader.report(
        "011", "the ball is not heavier than the liquid: it will not sink",
        at: section?.section("ball")?.entry("density")?.mark,
        label: "more than \(figures(values[model.density])) kg/m^3")
    }
    if values[settle.start] < 0.5 * d || values[settle.start] > deep - 0.5 * d {
      reader.report(
        "011", "the ball does not start inside the liquid", at: section?.entry("start")?.mark,
        label: "between \(millimetres(0.5 * d)) and \(millimetres(deep - 0.5 * d))")
    }
    thin(
      0.5 * (wide - d), "the gap between ball and wall", "settling-speed", section?.mark, &reader)
    thin(d, "the ball", "settling-speed", section?.mark, &reader)
  }

  private func checkMemory(_ reader: inout TableReader) {
    let volume = VolumePour(model: model)
    let cells = model.isVolume ? volume.cells(values, level: 2) : 16 * model.cells(values)
    let limit = model.isVolume ? VolumePour.cellLimit : SyrupPourCheck.cellLimit
    guard cells > limit else { return }
    reader.report(
      "011",
      "the finest of three levels would have \(figures(cells)) cells, more than \(figures(limit))",
      at: scene.entry("resolution")?.mark,
      label:
        "at least \(millimetres(model.resolution * pow(cells / limit, model.isVolume ? 1.0 / 3 : 0.5)))"
    )
  }

  /// While liquid leaves the nozzle, in s.
  private var streamTime: Double {
    guard case .stream(let stream) = model.pour else { return 0 }
    return values[stream.volume] / values[stream.rate]
  }

  private func checkTension(_ reader: inout TableReader) {
    guard model.surfaceTension != nil else { return }
    var isSettling = false
    if case .settle = model.pour { isSettling = true }
    guard model.isVolume || isSettling else { return }
    reader.report(
      "020",
      isSettling
        ? "the surface above a ball that sinks is flat: surface tension does nothing there"
        : "surface tension is computed in axisymmetric flows only",
      at: scene.section("syrup")?.entry("surface-tension")?.mark, label: "must be 0 N/m",
      help: isSettling ? "leave it out" : "leave it out, or take `geometry: axisymmetric`")
  }

  private func checkGeometry(_ reader: inout TableReader) {
    let mark = scene.entry("geometry")?.mark
    if model.isVolume, case .settle = model.pour {
      reader.report(
        "020", "a ball that sinks keeps its axis: it is computed with it", at: mark,
        label: "must be axisymmetric or automatic")
    }
    guard let fall = model.fall(values), fall.coils else { return }
    if model.isVolume {
      let frequency = fall.frequency(level: 0) ?? 0
      let time = min(model.duration, streamTime) - (fall.time ?? 0)
      if 0.6 * time * frequency < VolumePourReading.fewestTurns {
        reader.report(
          "015",
          "the stream would turn \(figures(frequency)) times a second, and runs for \(figures(max(time, 0))) s after its landing: too few turns to call it a coil",
          at: scene.entry("duration")?.mark ?? mark, label: "coils will be unresolved",
          note: fall.words, severity: .warning)
      }
    } else if model.endsAtLanding {
      reader.report(
        "015",
        "the stream coils, which breaks the symmetry: spread, mound and filling are not computed",
        at: mark ?? scene.section("pour")?.section("stream")?.entry("height")?.mark,
        label: "followed to its landing only",
        note: "\(fall.words); "
          + (model.surfaceTension == nil
            ? "three dimensions need at least \(figures(SyrupPourModel.fewestCells)) of the coarsest cells across the landing stream: a resolution of \(millimetres((fall.landing?.diameter ?? 0) / SyrupPourModel.fewestCells))"
            : "three dimensions have no surface tension"),
        severity: .warning)
    } else {
      reader.report(
        "015", "a symmetric stream is asked for, but it would coil: every outcome is T3", at: mark,
        label: "symmetry is an assumption here", note: fall.words, severity: .warning)
    }
  }
}
