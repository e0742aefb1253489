// Streams that coil and streams that do not, in three dimensions, beside the bending rope.
//
//   buckling: 50 Pa·s, Re below 0.3, heights of 4 and 20 diameters of the landing stream: does it coil?
//   sweep: one nozzle and height with three viscosities and three rates; frequencies and exponents beside
//   those of the rope. In the gravitational regime the frequency is (g Q³/(ν a⁸))^(1/4) times a number
//   (Ribe 2004, Proc. R. Soc. A 460, 3223), so the exponents −1/4 and 3/4 are those at a fixed width a of the
//   landing stream. It varies here, so f·a² is fitted. Cells: three across the landing stream (coarse: T3), or
//   as many as asked for.
// One thread; a quarter of an hour at three cells, hours at five.

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

  /// Frequency (0: no coil), turns, radius, and what the run took.
  private func coil(_ item: Case, landing: Double) throws -> (
    frequency: Double, turns: Double, radius: Double, steps: Int, seconds: Double
  ) {
    let rows = Int((item.height / landing * cells).rounded(.up))
    let h = item.height / Double(rows)
    let wide = Int((max(0.06, 9 * landing) / h).rounded(.up))
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
    guard let turning = watch.turning(from: start) else {
      return (0, 0, 0, flow.audit.steps, seconds)
    }
    return (
      turning.frequency, abs(turning.turns), turning.radius, flow.audit.steps, seconds
    )
  }

  /// Frequencies of the stream (NaN: no coil) and the rope, and the width of the landing stream.
  private struct Point {
    let stream: Double
    let rope: Double
    let width: Double
  }

  private func row(_ item: Case, _ table: inout TextTable) throws -> Point {
    let speed = item.rate / (0.25 * Double.pi * item.nozzle * item.nozzle)
    let thread = try ViscousThread(
      viscosity: item.viscosity / density, inflow: item.rate, nozzleSpeed: speed,
      height: item.height, gravity: gravity, cells: 400)
    let rope = try? BendingThread(
      viscosity: item.viscosity / density, inflow: item.rate, nozzleDiameter: item.nozzle,
      height: item.height, gravity: gravity, cells: 400)
    let got = try coil(item, landing: thread.impactDiameter)
    let coiled = got.turns >= 2 && got.radius > 0.5 * thread.impactDiameter
    let expected = rope.map { $0.frequency / (2 * Double.pi) }
    table.add([
      figures(item.viscosity), figures(1e6 * item.rate), figures(1e3 * item.height),
      figures(1e3 * thread.impactDiameter, 3), figures(item.height / thread.impactDiameter, 3),
      figures(thread.impactReynolds, 2), figures(got.turns, 3),
      coiled ? figures(got.frequency, 3) : "no", expected.map { figures($0, 3) } ?? "-",
      figures(1e3 * got.radius, 3), rope.map { figures(1e3 * $0.coilRadius, 3) } ?? "-",
      "\(got.steps)", figures(got.seconds, 3),
    ])
    // a long table is worth reading while it grows
    FileHandle.standardError.write(Data("\(item) \(got) rope \(expected ?? .nan)\n".utf8))
    return Point(
      stream: coiled ? got.frequency : .nan, rope: expected ?? .nan, width: thread.impactDiameter)
  }

  private static let head = [
    "Pa.s", "mL/s", "height mm", "D1 mm", "height/D1", "Re1", "turns", "Hz", "rope Hz",
    "radius mm", "rope mm", "steps", "s",
  ]

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
    func point(_ viscosity: Double, _ rate: Double, for duration: Double) throws -> Point {
      try row(
        Case(viscosity: viscosity, rate: rate, nozzle: 0.01, height: 0.1, duration: duration),
        &table)
    }
    // long enough for two turns
    let middle = try point(100, 10e-6, for: 3)
    let thin = try point(50, 10e-6, for: 3)
    let thick = try point(200, 10e-6, for: 5)
    let slow = try point(100, 7e-6, for: 4)
    let fast = try point(100, 14e-6, for: 3)
    table.print()
    func exponent(
      _ high: Point, _ low: Point, _ ratio: Double, _ value: (Point, Double) -> Double
    ) -> String {
      let ours = log(value(high, high.stream) / value(low, low.stream)) / log(ratio)
      let rope = log(value(high, high.rope) / value(low, low.rope)) / log(ratio)
      return "\(figures(ours, 3)), of the rope \(figures(rope, 3))"
    }
    for (name, value) in [
      ("of the frequency", { (_: Point, f: Double) in f }),
      (
        "of frequency times width squared",
        { (point: Point, f: Double) in
          f * point.width * point.width
        }
      ),
    ] {
      print("\nexponents \(name)")
      print("  in viscosity \(exponent(thick, thin, 4, value))")
      print("  in rate \(exponent(fast, slow, 2, value))")
    }
    let all = [middle, thin, thick, slow, fast]
    let mean = all.reduce(0) { $0 + $1.stream / $1.rope } / Double(all.count)
    print("\nmean of frequency over the rope's \(figures(mean, 3))")
  }
}
