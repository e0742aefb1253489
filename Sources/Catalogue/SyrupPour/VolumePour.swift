// A stream or slump in three dimensions: the box, its cells and what stands in it.
//
// Discretisation  cubes; level l has the coarsest edge over √2 to the l, fitted to the height of the box, so
//                 that three levels are a factor of 2 apart
// Validity        see VolumeFlow; the box holds what the similarity solution of the puddle reaches, and
//                 what leaves it otherwise makes the run unresolved

import Experience
import Fluid
import Foundation

struct VolumePour: Sendable {
  let model: SyrupPourModel
  /// Edge of cells from level to level.
  static let ratio = 2.0.squareRoot()
  /// Cells at the finest of three levels; a run holds about 500 bytes for each.
  static let cellLimit = 3_000_000.0

  /// Sides of the box in m, without rounding to cells.
  func box(_ values: [Double]) -> (width: Double, height: Double)? {
    let margin = 4 * model.resolution
    switch model.pour {
    case .slump(let radius, let height):
      let (r, h) = (values[radius], values[height])
      let reach = still(values, Double.pi * r * r * h)
      return (max(2.6 * (reach + r), 4 * r) + 2 * margin, 1.1 * h)
    case .stream(let stream):
      if let cup = stream.cup {
        return (
          values[cup.diameter] + margin, values[cup.height] + values[stream.height]
        )
      }
      guard let plate = stream.plate else { return nil }
      let volume = min(values[stream.volume], values[stream.rate] * model.duration)
      let wide = 2.8 * still(values, volume) + 2 * values[stream.nozzle] + margin
      return (min(wide, values[plate] + margin), values[stream.height])
    case .settle: return nil
    }
  }

  /// Radius of a puddle of constant volume at the end, by Huppert's similarity solution, in m.
  private func still(_ values: [Double], _ volume: Double) -> Double {
    let viscosity = model.law(values).viscosity(rate: 1) / values[model.density]
    return 0.894
      * pow(values[model.gravity] * pow(volume, 3) / (3 * viscosity) * model.duration, 0.125)
  }

  /// Cells along x (and y) and z at a level, and their edge.
  private func grid(_ values: [Double], level: Int) -> (wide: Int, high: Int, h: Double)? {
    guard let box = box(values) else { return nil }
    let factor = pow(VolumePour.ratio, Double(level))
    let edge = model.resolution / factor
    if case .slump = model.pour {
      return (
        max(4, Int((box.width / edge).rounded(.up))), max(2, Int((box.height / edge).rounded(.up))),
        edge
      )
    }
    let first = (box.height / model.resolution).rounded(.up)
    let high = max(2, Int((first * factor).rounded()))
    let h = box.height / Double(high)
    return (max(4, Int((box.width / h).rounded(.up))), high, h)
  }

  func cells(_ values: [Double], level: Int) -> Double {
    grid(values, level: level).map { Double($0.wide) * Double($0.wide) * Double($0.high) } ?? 0
  }

  /// Whether the box ends before the plate does.
  func isCut(_ values: [Double]) -> Bool {
    guard case .stream(let stream) = model.pour, let plate = stream.plate, let box = box(values)
    else { return false }
    return box.width < values[plate]
  }

  /// The flow at a level, and the middle of plate, cup or cylinder.
  func flow(_ values: [Double], level: Int) throws(RunFailure) -> VolumeFlow {
    guard let size = grid(values, level: level) else {
      throw RunFailure(code: "R001", "the scene has no liquid with a surface")
    }
    do throws(InvalidFlow) { return try flow(values, size) } catch {
      throw RunFailure(code: "R201", error.description)
    }
  }

  private func flow(
    _ values: [Double], _ size: (wide: Int, high: Int, h: Double)
  ) throws(InvalidFlow) -> VolumeFlow {
    let grid = try VolumeGrid(
      cells: SIMD3(size.wide, size.wide, size.high), h: size.h, low: [.open, .open, .still],
      high: [.open, .open, .open])
    // off the lattice's own axes, which a stream could balance on
    let middle =
      SIMD2(repeating: 0.5 * Double(size.wide) * size.h) + size.h * SIMD2(0.31, 0.17)
    var setup = VolumeSetup(
      grid: grid, density: values[model.density], law: model.law(values),
      gravity: SIMD3(0, 0, -values[model.gravity]))
    setup.middle = middle
    // positions follow a midpoint rule: a cell a step moves no outcome by more than half a cell a step does
    setup.stepFactor = 2
    switch model.pour {
    case .slump(let radius, let height):
      let (r, h) = (values[radius], values[height])
      return try VolumeFlow(setup: setup) { point in
        let (x, y) = (point.x - middle.x, point.y - middle.y)
        return x * x + y * y <= r * r && point.z <= h
      }
    case .stream(let stream):
      setup.inlet = VolumeInlet(
        x: middle.x, y: middle.y, radius: 0.5 * values[stream.nozzle], rate: values[stream.rate],
        volume: values[stream.volume])
      if let cup = stream.cup {
        let radius = 0.5 * values[cup.diameter]
        setup.solids = [
          .cup(x: middle.x, y: middle.y, radius: radius, rim: values[cup.height])
        ]
        setup.edge = radius
      } else if let plate = stream.plate, !isCut(values) {
        setup.edge = 0.5 * values[plate]
      }
      return try VolumeFlow(setup: setup)
    case .settle: throw InvalidFlow("balls in three dimensions", 1, expected: "0")
    }
  }
}
