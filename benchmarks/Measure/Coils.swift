// Streams that coil and streams that do not, in three dimensions, beside the bending rope.
//
//   buckling: 50 Pa·s, Re below 0.3, heights of 4 and 20 diameters of the landing stream: does it coil?
//   sweep: one nozzle and height with three viscosities and three rates; frequencies and exponents beside
//   those of the rope. In the gravitational regime the frequency is (g Q³/(ν a⁸))^(1/4) times a number
//   (Ribe 2004, Proc. R. Soc. A 460, 3223), so the exponents −1/4 and 3/4 are those at a fixed width a of the
//   landing stream. It varies here, so f·a² is fitted. The case in the middle is one whose rope has these
//   exponents within 5 and 15 %. A stream falls to the top of its heap and no further (as in experiments:
//   Maleki et al. 2004, Phys. Rev. Lett. 93, 214502), so the rope is that of the mean height of fall.
//   Cells: three across the landing stream (coarse: T3), or as many as asked for.
// One thread; half an hour at three cells, hours at five.

import Fluid
import Foundation

struct Coils {
  let cells: Double
  private let density = 1400.0
  private let gravity = 9.80665

  struct Case {
    let viscosity: Double
    let rate: Double
    let nozzle: Double
    let height: Double
    let duration: Double
  }

  /// Turning of the foot from the second fifth after landing on (nil: too short), steps and seconds.
  private func coil(_ item: Case, landing: Double) throws -> (
    turning: CoilWatch.Turning?, steps: Int, seconds: Double
  ) {
    let rows = Int((item.height / landing * cells).rounded(.up))
    let h = item.height / Double(rows)
    let wide = Int((max(0.6 * item.height, 9 * landing) / h).rounded(.up))
    let grid = try VolumeGrid(
      cells: SIMD3(wide, wide, rows), h: h, low: [.open, .open, .still],
      high: [.open, .open, .open])
    let middle = SIMD2(repeating: 0.5 * Double(wide) * h) + h * SIMD2(0.31, 0.17)
    var setup = VolumeSetup(
      grid: grid, density: density, law: .newtonian(item.viscosity),
      gravity: SIMD3(0, 0, -gravity),
      inlet: VolumeInlet(
        x: middle.x, y: middle.y, radius: 0.5 * item.nozzle, rate: item.rate, volume: 1))
    setup.middle = middle
    setup.stepFactor = 2
    var flow = try VolumeFlow(setup: setup)
    var watch = CoilWatch()
    let seconds = try Machine.seconds {
      while flow.time < item.duration {
        try flow.step(until: item.duration)
        watch.look(flow.weights.layers, at: flow.time)
      }
    }
    let start = flow.landing.map { $0 + 0.4 * (item.duration - $0) } ?? item.duration
    return (watch.turning(from: start), flow.audit.steps, seconds)
  }

  /// Frequencies (NaN: no coil) and squares of the width of the stream and of the rope.
  private struct Point {
    let stream: Double
    let section: Double
    let rope: Double
    let ropeSection: Double
  }

  private func row(_ item: Case, _ table: inout TextTable) throws -> Point {
    func thread(_ height: Double) throws -> ViscousThread {
      let speed = item.rate / (0.25 * Double.pi * item.nozzle * item.nozzle)
      return try ViscousThread(
        viscosity: item.viscosity / density, inflow: item.rate, nozzleSpeed: speed,
        height: height, gravity: gravity, cells: 400)
    }
    let whole = try thread(item.height)
    let got = try coil(item, landing: whole.impactDiameter)
    let turns = got.turning.map { abs($0.turns) } ?? 0
    let radius = got.turning?.radius ?? 0
    let coiled = turns >= 2 && radius > 0.5 * whole.impactDiameter
    let fall = item.height - (got.turning?.height ?? 0)
    let rope = try? BendingThread(
      viscosity: item.viscosity / density, inflow: item.rate, nozzleDiameter: item.nozzle,
      height: fall, gravity: gravity, cells: 400)
    let expected = rope.map { $0.frequency / (2 * Double.pi) } ?? .nan
    let section = got.turning?.section ?? .nan
    let frequency = coiled ? got.turning?.frequency ?? .nan : .nan
    table.add([
      figures(item.viscosity), figures(1e6 * item.rate), figures(1e3 * item.height),
      figures(1e3 * fall, 3), figures(fall / whole.impactDiameter, 3),
      figures(whole.impactReynolds, 2), figures(turns, 3),
      coiled ? figures(frequency, 3) : "no",
      coiled ? figures(got.turning?.spread ?? .nan, 2) : "-",
      rope == nil ? "-" : figures(expected, 3),
      figures(1e3 * radius, 3), rope.map { figures(1e3 * $0.coilRadius, 3) } ?? "-",
      figures(2e3 * (section / Double.pi).squareRoot(), 3),
      rope.map { figures(2e3 * $0.impactRadius, 3) } ?? "-", "\(got.steps)",
      figures(got.seconds, 3),
    ])
    // a long table is worth reading while it grows
    FileHandle.standardError.write(Data("\(item) \(got) rope \(expected)\n".utf8))
    let ropeSection = rope.map { Double.pi * $0.impactRadius * $0.impactRadius } ?? .nan
    return Point(stream: frequency, section: section, rope: expected, ropeSection: ropeSection)
  }

  private static let head = [
    "Pa.s", "mL/s", "height mm", "fall mm", "fall/D1", "Re1", "turns", "Hz", "+-", "rope Hz",
    "radius mm", "rope mm", "width mm", "rope mm", "steps", "s",
  ]

  /// Seconds to the landing, and six turns of the rope after it.
  private func duration(_ viscosity: Double, _ rate: Double) throws -> Double {
    let speed = rate / (0.25 * Double.pi * Coils.nozzle * Coils.nozzle)
    let rope = try BendingThread(
      viscosity: viscosity / density, inflow: rate, nozzleDiameter: Coils.nozzle,
      height: Coils.height, gravity: gravity, cells: 400)
    return 0.6 * Coils.height / speed + 12 * Double.pi / rope.frequency
  }

  private static let nozzle = 0.004
  private static let height = 0.05

  func run() throws {
    print(Machine.line)
    print("\n\(figures(cells)) cells across the landing stream\n\nBuckling")
    var table = TextTable(Coils.head)
    for (height, duration) in [(0.03, 3.0), (0.1, 3.0)] {
      _ = try row(
        Case(viscosity: 50, rate: 5e-6, nozzle: 0.01, height: height, duration: duration), &table)
    }
    table.print()
    print("\nSweep")
    table = TextTable(Coils.head)
    func point(_ viscosity: Double, _ rate: Double) throws -> Point {
      try row(
        Case(
          viscosity: viscosity, rate: rate, nozzle: Coils.nozzle, height: Coils.height,
          duration: duration(viscosity, rate)), &table)
    }
    let middle = try point(30, 2e-6)
    let thin = try point(15, 2e-6)
    let thick = try point(60, 2e-6)
    let slow = try point(30, 1.4e-6)
    let fast = try point(30, 2.8e-6)
    table.print()
    func exponent(_ high: Point, _ low: Point, _ ratio: Double, isFixed: Bool) -> String {
      func power(_ frequency: (Point) -> Double, _ section: (Point) -> Double) -> Double {
        let part = frequency(high) / frequency(low)
        return log(isFixed ? part * section(high) / section(low) : part) / log(ratio)
      }
      let (ours, rope) = (power(\.stream, \.section), power(\.rope, \.ropeSection))
      return "\(figures(ours, 3)), of the rope \(figures(rope, 3))"
    }
    for isFixed in [false, true] {
      print("\nexponents of the frequency\(isFixed ? " times section" : "")")
      print("  in viscosity \(exponent(thick, thin, 4, isFixed: isFixed))")
      print("  in rate \(exponent(fast, slow, 2, isFixed: isFixed))")
    }
    let all = [middle, thin, thick, slow, fast]
    for (name, value) in [
      ("frequency", { (point: Point) in point.stream / point.rope }),
      (
        "frequency times section",
        { (point: Point) in point.stream * point.section / (point.rope * point.ropeSection) }
      ),
    ] {
      let parts = all.map(value)
      let mean = parts.reduce(0, +) / Double(parts.count)
      print(
        "\n\(name) over the rope's: \(parts.map { figures($0, 3) }.joined(separator: " ")); mean \(figures(mean, 3))"
      )
    }
  }
}
