// Which input is which number of a syrup pour, and the flow that a set of numbers describes.

import Experience
import Fluid
import Foundation

struct SyrupPourModel: Sendable {
  /// Indices into the inputs.
  enum Viscosity: Sendable {
    case newtonian(Int)
    case power(consistency: Int, index: Int, least: Int, most: Int)
    case carreau(zero: Int, infinite: Int, time: Int, index: Int)
    case herschelBulkley(consistency: Int, index: Int, yield: Int, regularisation: Int)
    case arrhenius(viscosity: Int, at: Int, activation: Int, temperature: Int)

    var name: String {
      switch self {
      case .newtonian, .arrhenius: "newtonian"
      case .power: "power-law"
      case .carreau: "carreau"
      case .herschelBulkley: "yield-stress"
      }
    }
  }

  struct Stream: Sendable {
    var volume: Int
    var rate: Int
    var nozzle: Int
    var height: Int
    /// One of them.
    var plate: Int?
    var cup: (diameter: Int, height: Int)?
  }

  struct Settle: Sendable {
    var diameter: Int
    var density: Int
    var vessel: Int
    var height: Int
    var start: Int
  }

  enum Pour: Sendable {
    case stream(Stream)
    case slump(radius: Int, height: Int)
    case settle(Settle)

    var name: String {
      switch self {
      case .stream: "stream"
      case .slump: "slump"
      case .settle: "settle"
      }
    }
  }

  var density: Int
  var viscosity: Viscosity
  /// Nil: none.
  var surfaceTension: Int?
  var gravity: Int
  var pour: Pour
  /// Coarsest cell edge, in m.
  var resolution: Double
  /// In s.
  var duration: Double
  /// In s, ascending.
  var reportAt: [Double]
  /// The stream would coil, and the scene does not ask for a symmetric one: followed to its landing.
  var endsAtLanding = false
  /// Computed in three dimensions.
  var isVolume = false

  /// The fall of a stream to what it lands on.
  func fall(_ values: [Double]) -> StreamFall? {
    guard case .stream(let stream) = pour else { return nil }
    let speed = values[stream.rate] / (0.25 * Double.pi * pow(values[stream.nozzle], 2))
    return StreamFall(
      viscosity: law(values).viscosity(rate: speed / values[stream.nozzle]) / values[density],
      rate: values[stream.rate], nozzle: values[stream.nozzle],
      height: values[stream.height] + (stream.cup.map { values[$0.height] } ?? 0),
      gravity: values[gravity])
  }

  func law(_ values: [Double]) -> ViscosityLaw {
    switch viscosity {
    case .newtonian(let value): return .newtonian(values[value])
    case .power(let consistency, let index, let least, let most):
      return .power(
        consistency: values[consistency], index: values[index], least: values[least],
        most: values[most])
    case .carreau(let zero, let infinite, let time, let index):
      return .carreau(
        zero: values[zero], infinite: values[infinite], time: values[time], index: values[index])
    case .herschelBulkley(let consistency, let index, let yield, let regularisation):
      return .herschelBulkley(
        consistency: values[consistency], index: values[index], yield: values[yield],
        regularisation: values[regularisation])
    case .arrhenius(let viscosity, let at, let activation, let temperature):
      return .newtonian(
        values[viscosity] * exp(values[activation] * (1 / values[temperature] - 1 / values[at])))
    }
  }

  /// Where the liquid of a stream or slump can go, and with how many cells at level 0.
  struct Room: Sendable {
    /// In m.
    var width: Double
    var height: Double
    var columns: Int
    var rows: Int
    /// Rows below the rim of a cup.
    var rim: Int
    /// By how much the rim is off the grid, over its height.
    var misfit = 0.0
  }

  func room(_ values: [Double]) -> Room? {
    switch pour {
    case .slump(let radius, let height):
      // a puddle ends where the similarity solution, which is ahead of it, ends
      let (r, h) = (values[radius], values[height])
      let volume = Double.pi * r * r * h
      let viscosity = law(values).viscosity(rate: 1) / values[density]
      let reach =
        0.894
        * pow(values[gravity] * volume * volume * volume / (3 * viscosity) * duration, 0.125)
      let width = max(2 * r, 1.3 * (reach + r)) + 4 * resolution
      // surface tension may draw a flat mound up, to a ball at most
      let top = surfaceTension == nil ? 1.1 * h : max(1.1 * h, 1.1 * cbrt(6 * volume / Double.pi))
      return Room(
        width: resolution * (width / resolution).rounded(.up),
        height: resolution * (top / resolution).rounded(.up),
        columns: Int((width / resolution).rounded(.up)),
        rows: Int((top / resolution).rounded(.up)), rim: 0)
    case .stream(let stream):
      let fall = values[stream.height]
      if let plate = stream.plate {
        let width = 0.5 * values[plate]
        return Room(
          width: width, height: fall, columns: max(1, Int((width / resolution).rounded(.up))),
          rows: max(1, Int((fall / resolution).rounded(.up))), rim: 0)
      }
      guard let cup = stream.cup else { return nil }
      return room(width: 0.5 * values[cup.diameter], rim: values[cup.height], fall: fall)
    case .settle: return nil
    }
  }

  /// Rows that fit the rim of the cup and the nozzle above it together.
  private func room(width: Double, rim: Double, fall: Double) -> Room {
    let guess = max(1, Int((rim / resolution).rounded(.up)))
    var best = (misfit: Double.infinity, below: guess, above: 1)
    for below in guess...max(guess + 2, Int(1.4 * Double(guess))) {
      let above = max(1, Int((fall / rim * Double(below)).rounded()))
      let edge = (rim + fall) / Double(below + above)
      let misfit = abs(edge * Double(below) - rim) / rim
      if misfit < best.misfit - 1e-12 { best = (misfit, below, above) }
      if misfit < 1e-9 { break }
    }
    return Room(
      width: width, height: rim + fall, columns: max(1, Int((width / resolution).rounded(.up))),
      rows: best.below + best.above, rim: best.below, misfit: best.misfit)
  }

  /// Cells at level 0.
  func cells(_ values: [Double]) -> Double {
    if case .settle(let settle) = pour {
      return (0.5 * values[settle.vessel] / resolution).rounded(.up)
        * (values[settle.height] / resolution).rounded(.up)
    }
    return room(values).map { Double($0.columns) * Double($0.rows) } ?? 0
  }

  /// The flow at a level.
  func flow(_ values: [Double], level: Int) -> MeridianFlow? {
    guard let room = room(values) else { return nil }
    let factor = 1 << level
    let grid = MeridianGrid(
      nr: room.columns * factor, nz: room.rows * factor,
      hr: room.width / Double(room.columns * factor), hz: room.height / Double(room.rows * factor))
    var setup = MeridianSetup(
      grid: grid, density: values[density], law: law(values), gravity: values[gravity],
      rim: room.rim * factor)
    setup.surfaceTension = surfaceTension.map { values[$0] } ?? 0
    switch pour {
    case .slump(let radius, let height):
      let (r, h) = (values[radius], values[height])
      return MeridianFlow(
        setup: setup,
        surface: LiquidSurface(points: [
          MeridianPoint(0, h), MeridianPoint(r, h), MeridianPoint(r, 0),
        ]))
    case .stream(let stream):
      setup.nozzle = Nozzle(
        radius: 0.5 * values[stream.nozzle], rate: values[stream.rate],
        volume: values[stream.volume])
      return MeridianFlow(setup: setup)
    case .settle: return nil
    }
  }
}

extension SyrupPourModel {
  /// Coarsest cells across a landing stream from which on coils are computed unasked.
  static let fewestCells = 2.5

  /// Axisymmetric unless the stream must coil; then three-dimensional where the cells can see the stream,
  /// else followed to its landing. Surface tension is computed in axisymmetric flows only.
  mutating func choose(geometry: String, _ values: [Double]) {
    switch geometry {
    case "three-dimensional": isVolume = true
    case "axisymmetric": break
    default:
      guard let fall = fall(values), fall.coils else { return }
      isVolume =
        surfaceTension == nil
        && (fall.landing?.diameter ?? 0) >= SyrupPourModel.fewestCells * resolution
      endsAtLanding = !isVolume
    }
  }
}
