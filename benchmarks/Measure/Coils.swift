// Streams that coil and streams that do not, in three dimensions, beside the bending rope.
//
//   buckling: 50 Pa·s, Re below 0.3, heights of 4 and 20 diameters of the landing stream: does it coil?
//   sweeps of five streams with three viscosities and three rates: `nozzle` keeps nozzle and height, `limit`
//   the width a where the rope lands, thick and slow, so that the rope is in the gravitational regime. There
//   the frequency is (g Q³/(ν a⁸))^(1/4) times a number (Ribe 2004, Proc. R. Soc. A 460, 3223): exponents −1/4
//   and 3/4 of f·a² at one fall. A stream falls to the top of its heap and no further, and the rope is that
//   of the mean height of fall, as in experiments (Maleki et al. 2004, Phys. Rev. Lett. 93, 214502)
//   Cells: three across the landing stream (coarse: T3), or as many as asked for.
// One thread; half an hour at three cells, hours at five.

import Fluid
import Foundation

struct Coils {
  let cells: Double
  var sweep = Sweep.nozzle
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
    /// Square of the rope's radius where it lands, in m².
    let section: Double
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
    return Point(
      stream: frequency, rope: expected,
      section: rope.map { $0.impactRadius * $0.impactRadius } ?? .nan)
  }

  private static let head = [
    "Pa.s", "mL/s", "height mm", "fall mm", "fall/D1", "Re1", "turns", "Hz", "+-", "rope Hz",
    "radius mm", "rope mm", "width mm", "rope mm", "steps", "s",
  ]

  /// A middle stream, thinner and thicker ones, slower and faster ones; in Pa·s and m³/s.
  enum Sweep: String {
    /// One nozzle: what an engineer would turn.
    case nozzle
    /// One width where the stream lands, thick and slow: the gravitational regime.
    case limit

    var height: Double { self == .nozzle ? 0.06 : 0.065 }
    /// What is left of the height over the heap, about: where widths and the rope's exponents are taken.
    var fall: Double { self == .nozzle ? 0.048 : 0.05 }
    var viscosities: [Double] { self == .nozzle ? [30, 15, 60] : [500, 250, 1000] }
    var rates: [Double] { self == .nozzle ? [2e-6, 1.4e-6, 2.8e-6] : [0.5e-6, 0.25e-6, 1e-6] }
    /// Middle, thin, thick, slow, fast.
    var pairs: [(viscosity: Double, rate: Double)] {
      let (v, q) = (viscosities, rates)
      return [(v[0], q[0]), (v[1], q[0]), (v[2], q[0]), (v[0], q[1]), (v[0], q[2])]
    }
  }

  private func rope(_ viscosity: Double, _ rate: Double, nozzle: Double, fall: Double) throws
    -> BendingThread
  {
    try BendingThread(
      viscosity: viscosity / density, inflow: rate, nozzleDiameter: nozzle, height: fall,
      gravity: gravity, cells: 400)
  }

  /// Radius of all streams of the limit where they land, in m: a twelfth of the fall across.
  private static let width = 0.05 / 24

  /// The nozzle's diameter in m; in the limit that which makes the rope as wide as the others.
  private func nozzle(_ sweep: Sweep, _ viscosity: Double, _ rate: Double) throws -> Double {
    guard sweep == .limit else { return 0.004 }
    var (low, high) = (2 * Coils.width, 4 * Coils.width)
    for _ in 0..<12 {
      let middle = (low * high).squareRoot()
      let found = try rope(viscosity, rate, nozzle: middle, fall: sweep.fall).impactRadius
      if found > Coils.width { high = middle } else { low = middle }
    }
    return (low * high).squareRoot()
  }

  /// Seconds to the landing, and ten turns of the rope after it.
  private func duration(_ sweep: Sweep, _ viscosity: Double, _ rate: Double, _ nozzle: Double)
    throws -> Double
  {
    let speed = rate / (0.25 * Double.pi * nozzle * nozzle)
    let turning = try rope(viscosity, rate, nozzle: nozzle, fall: sweep.fall).frequency
    return 0.6 * sweep.height / speed + 20 * Double.pi / turning
  }

  func run() throws {
    print(Machine.line)
    print("\n\(figures(cells)) cells across the landing stream")
    var table = TextTable(Coils.head)
    if only == nil && sweep == .nozzle {
      print("\nBuckling")
      for height in [0.03, 0.1] {
        _ = try row(
          Case(viscosity: 50, rate: 5e-6, nozzle: 0.01, height: height, duration: 3), &table)
      }
      table.print()
    }
    print(sweep == .nozzle ? "\nSweep, one nozzle" : "\nSweep, one width where the stream lands")
    table = TextTable(Coils.head)
    var all: [Point] = []
    let nozzles = try sweep.pairs.map { try nozzle(sweep, $0.viscosity, $0.rate) }
    for (index, pair) in sweep.pairs.enumerated() where only == nil || only == index {
      let (viscosity, rate) = pair
      let nozzle = nozzles[index]
      let duration = try duration(sweep, viscosity, rate, nozzle)
      all.append(
        try row(
          Case(
            viscosity: viscosity, rate: rate, nozzle: nozzle, height: sweep.height,
            duration: duration), &table))
    }
    table.print()
    if only == nil { try exponents(all, nozzles) }
  }

  /// In viscosity and rate: of f of the streams and of their ropes, each at its own fall; of f·a² of both,
  /// with the width of the rope; and of f·a² of ropes of one fall.
  private func exponents(_ all: [Point], _ nozzles: [Double]) throws {
    let fixed = try zip(sweep.pairs, nozzles).map { pair, nozzle in
      let rope = try rope(pair.viscosity, pair.rate, nozzle: nozzle, fall: sweep.fall)
      return rope.frequency * rope.impactRadius * rope.impactRadius
    }
    var table = TextTable([
      "exponent in", "f", "rope's f", "f a2", "rope's f a2", "ropes of one fall", "limit",
    ])
    let v = sweep.viscosities[2] / sweep.viscosities[1]
    let q = sweep.rates[2] / sweep.rates[1]
    for (name, high, low, ratio, limit) in [
      ("viscosity", 2, 1, v, "-1/4"), ("rate", 4, 3, q, "3/4"),
    ] {
      func power(_ value: (Int) -> Double) -> String {
        figures(log(value(high) / value(low)) / log(ratio), 3)
      }
      table.add([
        name, power { all[$0].stream }, power { all[$0].rope },
        power { all[$0].stream * all[$0].section }, power { all[$0].rope * all[$0].section },
        power { fixed[$0] }, limit,
      ])
    }
    print("")
    table.print()
    let parts = all.map { $0.stream / $0.rope }
    let mean = parts.reduce(0, +) / Double(parts.count)
    let list = parts.map { figures($0, 3) }.joined(separator: " ")
    print("\nfrequency over the rope's at the same fall: \(list); mean \(figures(mean, 3))")
  }
}
