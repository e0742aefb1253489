// Transfers, interpolation and splitting of particles, one by one.

import Foundation
import Testing

@testable import Fluid

@Suite("Volume particles")
struct VolumeParticlesTests {
  func grid(_ end: VolumeEnd = .open) throws -> VolumeGrid {
    try VolumeGrid(
      cells: SIMD3(8, 7, 6), h: 2e-3, low: [end, end, end], high: [end, end, end])
  }

  /// A body away from all ends.
  func ball(_ grid: VolumeGrid) -> VolumeParticles {
    VolumeParticles(grid: grid) { point in
      let d = point - SIMD3(0.008, 0.007, 0.006)
      return (d * d).sum() <= 0.004 * 0.004
    }
  }

  static let base = SIMD3(0.3, -0.2, 0.1)
  static let rows = [SIMD3(3.0, -5, 2), SIMD3(1.0, -4, 7), SIMD3(-6.0, 2, 1)]

  static func affine(_ point: SIMD3<Double>) -> SIMD3<Double> {
    base + SIMD3((rows[0] * point).sum(), (rows[1] * point).sum(), (rows[2] * point).sum())
  }

  @Test("a body's volume is its own")
  func volume() throws {
    let exact = 4 * Double.pi / 3 * 0.004 * 0.004 * 0.004
    // 8³ points in a half cell: two neighbours count a thirty-second of an edge wrong, at random
    #expect(abs(try ball(grid()).volume / exact - 1) < 2e-3)
  }

  // Fails for a wrong D, a wrong distance to a face, or a component read from another's faces.
  @Test("an affine flow goes to the grid and back unchanged")
  func affineRoundTrip() throws {
    let grid = try grid()
    var particles = ball(grid)
    for index in 0..<particles.count {
      particles.velocities[index] = Self.affine(particles.positions[index])
      particles.xGradients[index] = Self.rows[0]
      particles.yGradients[index] = Self.rows[1]
      particles.zGradients[index] = Self.rows[2]
    }
    var field = VolumeField(grid: grid)
    field.faces = particles.gridVelocity(grid, at: particles.positions)
    let before = particles
    particles.take(field, at: particles.positions)
    var (velocityError, gradientError) = (0.0, 0.0)
    for index in 0..<particles.count {
      let rest = particles.velocities[index] - before.velocities[index]
      velocityError = max(velocityError, abs(rest.x), abs(rest.y), abs(rest.z))
      for (now, row) in [
        (particles.xGradients[index], Self.rows[0]), (particles.yGradients[index], Self.rows[1]),
        (particles.zGradients[index], Self.rows[2]),
      ] {
        let rest = now - row
        gradientError = max(gradientError, abs(rest.x), abs(rest.y), abs(rest.z))
      }
    }
    #expect(velocityError < 1e-14)
    #expect(gradientError < 1e-11)
  }

  @Test("momentum and angular momentum survive the way to the grid")
  func momentum() throws {
    let grid = try grid()
    var particles = ball(grid)
    var (linear, angular) = (0.0, 0.0)
    for index in 0..<particles.count {
      let (n, x, volume) = (Double(index), particles.positions[index], particles.volumes[index])
      particles.velocities[index] = SIMD3(sin(n), cos(3 * n), sin(7 * n))
      particles.xGradients[index] = SIMD3(0, sin(5 * n), 0)
      particles.yGradients[index] = SIMD3(cos(2 * n), 0, 0)
      let u = particles.velocities[index]
      linear += volume * u.x
      // about z: the particle's own, and that of its gradients, D = h²/4
      let own = particles.yGradients[index].x - particles.xGradients[index].y
      angular += volume * (x.x * u.y - x.y * u.x + 0.25 * grid.h * grid.h * own)
    }
    let velocity = particles.gridVelocity(grid, at: particles.positions)
    // masses of faces: the same transfer of what has the velocity 1
    var (sumLinear, sumAngular) = (0.0, 0.0)
    for axis in 0...1 {
      for index in 0..<particles.count {
        let place = particles.positions[index] / grid.h
        let origin = axis == 0 ? SIMD3(0, 0.5, 0.5) : SIMD3(0.5, 0, 0.5)
        let nearest = (place - origin).rounded(.toNearestOrAwayFromZero)
        for a in -1...1 {
          for b in -1...1 {
            for c in -1...1 {
              let face = nearest + SIMD3(Double(a), Double(b), Double(c))
              let d = place - origin - face
              let weight = spline(d.x) * spline(d.y) * spline(d.z) * particles.volumes[index]
              let u = velocity[grid.slot(Int(face.x), Int(face.y), Int(face.z))]
              let at = grid.h * (face + origin)
              if axis == 0 { sumLinear += weight * u.x }
              sumAngular += weight * (axis == 0 ? -at.y * u.x : at.x * u.y)
            }
          }
        }
      }
    }
    let size = particles.volume
    #expect(abs(sumLinear - linear) < 1e-13 * size)
    #expect(abs(sumAngular - angular) < 1e-13 * size * 0.01)
  }

  func spline(_ d: Double) -> Double {
    let a = abs(d)
    return a < 0.5 ? 0.75 - a * a : a < 1.5 ? 0.5 * (1.5 - a) * (1.5 - a) : 0
  }

  // Fails if a component is interpolated along the wrong axis.
  @Test("between faces an affine flow is exact, and a divergence-free one stays so")
  func interpolation() throws {
    let grid = try grid()
    var field = VolumeField(grid: grid)
    for i in -1...9 {
      for j in -1...8 {
        for k in -1...7 {
          let corner = grid.h * SIMD3(Double(i), Double(j), Double(k))
          let half = 0.5 * grid.h
          field.faces[grid.slot(i, j, k)] = SIMD4(
            Self.affine(corner + SIMD3(0, half, half)).x,
            Self.affine(corner + SIMD3(half, 0, half)).y,
            Self.affine(corner + SIMD3(half, half, 0)).z, 0)
        }
      }
    }
    for n in 0..<50 {
      let share = SIMD3(Double(n * 37 % 50), Double(n * 13 % 50), Double(n * 29 % 50)) / 50
      let point = share * grid.extent
      let rest = field.velocity(point) - Self.affine(point)
      #expect(abs(rest.x) + abs(rest.y) + abs(rest.z) < 1e-14)
    }
    // faces from differences of a potential on edges have no divergence
    func potential(_ i: Int, _ j: Int) -> Double { sin(Double(7 * i + 3 * j * j)) }
    for i in -1...9 {
      for j in -1...8 {
        for k in -1...7 {
          field.faces[grid.slot(i, j, k)] = SIMD4(
            potential(i, j + 1) - potential(i, j), potential(i, j) - potential(i + 1, j), 0.3, 0)
        }
      }
    }
    let step = 1e-5 * grid.h
    for n in 0..<50 {
      let share = SIMD3(Double(n * 37 % 50), Double(n * 13 % 50), Double(n * 29 % 50)) / 50
      let point = SIMD3(repeating: 0.0021) + share * (grid.extent - SIMD3(repeating: 0.0042))
      var divergence = 0.0
      for axis in 0..<3 {
        var way = SIMD3<Double>.zero
        way[axis] = step
        divergence +=
          (field.velocity(point + way)[axis] - field.velocity(point - way)[axis]) / (2 * step)
      }
      // differences of values of order 1 over 1e-5 cells; a kink of a hat in between costs 1e-5
      #expect(abs(divergence) * grid.h < 1e-4)
    }
  }

  /// A grain in a steady flow with these gradients, for a time of 1.
  func deformed(_ rows: [SIMD3<Double>], steps: Int) throws -> VolumeParticles {
    let grid = try VolumeGrid(
      cells: SIMD3(40, 40, 40), h: 1, low: [.open, .open, .open], high: [.open, .open, .open])
    var particles = VolumeParticles()
    particles.add(at: SIMD3(20, 20, 20), velocity: .zero, volume: 0.125, spacing: 0.5)
    for _ in 0..<steps {
      for index in 0..<particles.count {
        particles.xGradients[index] = rows[0]
        particles.yGradients[index] = rows[1]
        particles.zGradients[index] = rows[2]
      }
      particles.stretch(by: 1 / Double(steps), grid: grid)
    }
    return particles
  }

  // Shear makes neighbours of others and tears nothing; without lattice reduction it splits for ever.
  @Test("shear splits no particle, however long")
  func shear() throws {
    let particles = try deformed(
      [SIMD3(0, 0, 40), SIMD3(0, 0, 0), SIMD3(0, 0, 0)], steps: 400)
    #expect(particles.count == 1)
  }

  @Test("stretch splits a particle into as many as the spacing asks for; volumes are exact")
  func stretch() throws {
    // e^1.2 = 3.3 times as long: once at 1.5, once at 3; across it shrinks
    let particles = try deformed(
      [SIMD3(1.2, 0, 0), SIMD3(0, -0.6, 0), SIMD3(0, 0, -0.6)], steps: 100)
    #expect(particles.count == 4)
    #expect(particles.volume == 0.125)
    let centre = particles.positions.reduce(.zero, +) / 4
    #expect(abs(centre.x - 20) < 1e-14)
  }
}
