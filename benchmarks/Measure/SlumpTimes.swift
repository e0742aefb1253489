// A cylinder of syrup that slumps on a plate, as CSV beside that of benchmarks/peers/splishsplash.py.
//
//   slump: 25 mL (20 mm in radius and height), 1400 kg/m³, 5 Pa·s; lines at 2 and 5 s.
//   volume N: VolumeFlow in a box of 100 mm with N³ cells; axisymmetric H: MeridianFlow with cells of H mm.
//   particle_steps sums the particles over the steps; front_mm is rms·√(7/3), which is the front of a
//   similarity profile; ring_front_mm is where the thickness of rings of 2 mm (volume over area) falls to
//   0.5 mm (axisymmetric: where the surface itself does).
// One thread. Lines are those of one process; seconds from the first step on.

import Fluid
import Foundation

struct SlumpTimes {
  private static let head =
    "program,threads,settings,size_mm,end_s,particles,steps,particle_steps,seconds,processor_s,rms_mm,front_mm,"
    + "ring_front_mm,top_mm"
  private let ends = [2.0, 5]
  private let gravity = 9.80665

  private func line(
    _ program: String, _ size: Double, _ end: Double, counts: (Int, Int, Int),
    seconds: (wall: Double, processor: Double), rms: Double, front: Double, top: Double
  ) {
    let lengths = [rms, rms * (7.0 / 3).squareRoot(), front, top].map { figures(1e3 * $0, 5) }
    print(
      ([program, "1", "default", figures(1e3 * size, 4), figures(end, 4)]
        + [counts.0, counts.1, counts.2].map(String.init) + [
          figures(seconds.wall, 4), figures(seconds.processor, 4),
        ] + lengths)
        .joined(separator: ","))
  }

  func volume(cells: Int) throws {
    let (side, middle) = (0.1, 0.05)
    let grid = try VolumeGrid(
      cells: SIMD3(cells, cells, cells), h: side / Double(cells), low: [.open, .open, .still],
      high: [.open, .open, .open])
    let setup = VolumeSetup(
      grid: grid, density: 1400, law: .newtonian(5), gravity: SIMD3(0, 0, -gravity))
    var flow = try VolumeFlow(setup: setup) { point in
      let (x, y) = (point.x - middle, point.y - middle)
      return x * x + y * y <= 0.02 * 0.02 && point.z <= 0.02
    }
    var (seconds, moved) = ((wall: 0.0, processor: 0.0), 0)
    for end in ends {
      seconds.wall += try Machine.seconds {
        seconds.processor += try Machine.processorSeconds {
          while flow.time < end {
            moved += flow.particles.count
            try flow.step(until: end)
          }
        }
      }
      let particles = flow.particles
      line(
        "volume", grid.h, end, counts: (particles.count, flow.audit.steps, moved),
        seconds: seconds, rms: particles.rmsRadius(about: middle, middle),
        front: ringFront(particles, middle),
        top: particles.positions.map(\.z).max() ?? 0)
    }
  }

  /// Where rings of 2 mm are 0.5 mm thick, between their middles.
  private func ringFront(_ particles: VolumeParticles, _ middle: Double) -> Double {
    let (width, thickness) = (2e-3, 0.5e-3)
    var volumes: [Double] = []
    for (place, volume) in zip(particles.positions, particles.volumes) {
      let (x, y) = (place.x - middle, place.y - middle)
      let ring = Int((x * x + y * y).squareRoot() / width)
      while volumes.count <= ring { volumes.append(0) }
      volumes[ring] += volume
    }
    var outer = 0.0
    for ring in volumes.indices.reversed() {
      let depth = volumes[ring] / (Double.pi * width * width * Double(2 * ring + 1))
      if depth >= thickness {
        return width * (Double(ring) + 0.5 + (depth - thickness) / (depth - outer))
      }
      outer = depth
    }
    return 0
  }

  func axisymmetric(cell: Double) throws {
    let grid = MeridianGrid(
      nr: Int((0.08 / cell).rounded()), nz: Int((0.03 / cell).rounded()), hr: cell, hz: cell)
    var flow = MeridianFlow(
      setup: MeridianSetup(grid: grid, density: 1400, law: .newtonian(5), gravity: gravity),
      surface: LiquidSurface(points: [
        MeridianPoint(0, 0.02), MeridianPoint(0.02, 0.02), MeridianPoint(0.02, 0),
      ]))
    var seconds = (wall: 0.0, processor: 0.0)
    for end in ends {
      seconds.wall += try Machine.seconds {
        seconds.processor += try Machine.processorSeconds {
          while flow.time < end { try flow.step(until: end) }
        }
      }
      line(
        "axisymmetric", cell, end, counts: (0, flow.audit.steps, 0), seconds: seconds,
        rms: flow.surface.rmsRadius, front: flow.surface.radius(atThickness: 0.5e-3),
        top: flow.surface.top)
    }
  }

  /// `kind` is `volume` (size: cells a side) or `axisymmetric` (size: mm).
  func run(kind: String?, size: Double?) throws {
    print(Self.head)
    switch (kind, size) {
    case ("volume", let size?): try volume(cells: Int(size))
    case ("axisymmetric", let size?): try axisymmetric(cell: 1e-3 * size)
    default:
      for cells in [16, 24, 32, 48] { try volume(cells: cells) }
      for cell in [2, 1, 0.5, 0.25] { try axisymmetric(cell: 1e-3 * cell) }
    }
  }
}
