// Streams that coil and streams that do not, in three dimensions, beside the bending rope.
//
//   buckling: 50 Pa·s, Re below 0.3, heights of 4 and 20 diameters of the landing stream: does it coil?
//   sweep: one nozzle and height with three viscosities and three rates; frequencies and exponents beside
//   those of the rope. A stream falls to the top of its heap and no further, and the rope is that of the
//   mean height of fall, as in experiments (Maleki et al. 2004, Phys. Rev. Lett. 93, 214502). In the
//   gravitational regime the frequency is (g Q³/(ν a⁸))^(1/4) times a number (Ribe 2004, Proc. R. Soc. A
//   460, 3223): −1/4 and 3/4 are limits of f·a² at one fall. The rope's own exponents, which
//   are not those limits here, are printed beside those of the stream.
//   Cells: three across the landing stream (coarse: T3), or as many as asked for.
// One thread; half an hour at three cells, hours at five.

import Fluid
import Foundation

struct Coils {
  let cells: Double
  /// One case of the sweep, 0 to 4: a part that can be run apart.
  var only: Int?
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
    let wide = Int((max(0.5 * item.height, 9 * landing) / h).rounded(.up))
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

  /// Frequencies of the stream (NaN: no coil) and of the rope.
  private struct Point {
    let stream: Double
    let rope: Double
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
    return Point(stream: frequency, rope: expected)
  }

  private static let head = [
    "Pa.s", "mL/s", "height mm", "fall mm", "fall/D1", "Re1", "turns", "Hz", "+-", "rope Hz",
    "radius mm", "rope mm", "width mm", "rope mm", "steps", "s",
  ]

  /// Seconds to the landing, and ten turns of the rope after it.
  private func duration(_ viscosity: Double, _ rate: Double) throws -> Double {
    let speed = rate / (0.25 * Double.pi * Coils.nozzle * Coils.nozzle)
    let rope = try BendingThread(
      viscosity: viscosity / density, inflow: rate, nozzleDiameter: Coils.nozzle,
      height: Coils.fall, gravity: gravity, cells: 400)
    return 0.6 * Coils.height / speed + 20 * Double.pi / rope.frequency
  }

  private static let nozzle = 0.004
  private static let height = 0.06
  /// What is left of the height over the heap, about: where the exponents at one width are taken.
  private static let fall = 0.048

  func run() throws {
    print(Machine.line)
    print("\n\(figures(cells)) cells across the landing stream\n\nBuckling")
    var table = TextTable(Coils.head)
    for (height, duration) in only == nil ? [(0.03, 3.0), (0.1, 3.0)] : [] {
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
    let cases = [(30.0, 2e-6), (15, 2e-6), (60, 2e-6), (30, 1.4e-6), (30, 2.8e-6)]
    if let only {
      guard cases.indices.contains(only) else { return }
      _ = try point(cases[only].0, cases[only].1)
      table.print()
      return
    }
    let all = try cases.map { try point($0.0, $0.1) }
    table.print()
    let (thin, thick, slow, fast) = (all[1], all[2], all[3], all[4])
    func power(_ high: Double, _ low: Double, _ ratio: Double) -> Double {
      log(high / low) / log(ratio)
    }
    // of the rope at one fall, times its section: the gravitational exponents at a fixed width
    func fixed(_ high: (Double, Double), _ low: (Double, Double), _ ratio: Double) throws -> Double
    {
      let values = try [high, low].map { viscosity, rate in
        let rope = try BendingThread(
          viscosity: viscosity / density, inflow: rate, nozzleDiameter: Coils.nozzle,
          height: Coils.fall, gravity: gravity, cells: 400)
        return rope.frequency * rope.impactRadius * rope.impactRadius
      }
      return power(values[0], values[1], ratio)
    }
    print(
      "\nexponents: of the stream; of the rope, each at its own fall; at one width and one fall, that is"
    )
    print("those of the rope there and the difference of the first two")
    for (name, high, low, ratio, cases) in [
      ("viscosity", thick, thin, 4.0, ((60.0, 2e-6), (15.0, 2e-6))),
      ("rate", fast, slow, 2.0, ((30.0, 2.8e-6), (30.0, 1.4e-6))),
    ] {
      let (ours, rope) = (
        power(high.stream, low.stream, ratio), power(high.rope, low.rope, ratio)
      )
      let law = try fixed(cases.0, cases.1, ratio)
      print(
        "  in \(name) \(figures(ours, 3)); \(figures(rope, 3)); \(figures(law + ours - rope, 3)), of the rope \(figures(law, 3))"
      )
    }
    let parts = all.map { $0.stream / $0.rope }
    let mean = parts.reduce(0, +) / Double(parts.count)
    let list = parts.map { figures($0, 3) }.joined(separator: " ")
    print("\nfrequency over the rope's at the same fall: \(list); mean \(figures(mean, 3))")
  }
}
