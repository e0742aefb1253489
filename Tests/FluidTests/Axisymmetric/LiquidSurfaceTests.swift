// Volumes, fractions and readings of polygonal surfaces against closed forms.

import Foundation
import Testing

@testable import Fluid

@Suite("Liquid surface")
struct LiquidSurfaceTests {
  let grid = MeridianGrid(nr: 7, nz: 9, hr: 0.3, hz: 0.25)

  @Test("a cone has its volume, also on the grid")
  func cone() {
    let cone = LiquidSurface(points: [MeridianPoint(0, 1.9), MeridianPoint(1.7, 0)])
    let exact = 1.7 * 1.7 * 1.9 / 6
    #expect(abs(cone.volume / exact - 1) < 1e-14)
    var weights = LiquidWeights(grid: grid)
    let lost = cone.fill(&weights)
    #expect(abs(weights.volume / exact - 1) < 1e-14)
    #expect(abs(lost) < 1e-15)
    // half cells that the cone cuts hold part, those inside all
    #expect(weights.half(0, 0) == weights.full(0))
    #expect(weights.half(13, 17) == 0)
  }

  @Test("each half cell has its own integral", arguments: [0.31, 0.47, 0.6])
  func halves(_ slope: Double) {
    // a plane of the cone z = 1.9 − slope·r over one column of half cells, by the primitive of
    // (height above the row)·r
    let cone = LiquidSurface(
      points: [MeridianPoint(0, 1.9), MeridianPoint(2, 1.9 - 2 * slope), MeridianPoint(2, 0)])
    var weights = LiquidWeights(grid: grid)
    cone.fill(&weights)
    for a in 0..<13 {
      let (r0, r1) = (0.15 * Double(a), 0.15 * Double(a + 1))
      var column = 0.0
      for b in 0..<18 { column += weights.half(a, b) }
      let exact =
        1.9 * (r1 * r1 - r0 * r0) / 2 - slope * (r1 * r1 * r1 - r0 * r0 * r0) / 3
      #expect(abs(column - exact) < 1e-14)
    }
  }

  @Test("samples of each kind sum to the volume, less what lies at the ends")
  func samples() {
    var weights = LiquidWeights(grid: grid)
    LiquidSurface(points: [MeridianPoint(0, 1.5), MeridianPoint(1.2, 0.9), MeridianPoint(1.4, 0)])
      .fill(&weights)
    var (centres, faces, nodes) = (0.0, 0.0, 0.0)
    for i in 0..<grid.nr { for j in 0..<grid.nz { centres += weights.centre(i, j) } }
    for i in 0...grid.nr { for j in 0..<grid.nz { faces += weights.rFace(i, j) } }
    for i in 0...grid.nr { for j in 0...grid.nz { nodes += weights.node(i, j) } }
    for sum in [centres, faces, nodes] { #expect(abs(sum - weights.volume) < 1e-15) }
  }

  @Test("a ball's rms radius is √(2/5) of its radius")
  func rms() {
    let points = (0...4000).map { index in
      let angle = Double.pi * Double(index) / 4000
      return MeridianPoint(index % 4000 == 0 ? 0 : sin(angle), 1 + cos(angle))
    }
    #expect(abs(LiquidSurface(points: points).rmsRadius - 0.4.squareRoot()) < 1e-6)
  }

  @Test("the radius at a thickness is the outermost one, interpolated")
  func thickness() {
    let surface = LiquidSurface(points: [
      MeridianPoint(0, 2), MeridianPoint(1, 0.3), MeridianPoint(1.5, 0.8), MeridianPoint(2, 0),
    ])
    #expect(abs(surface.radius(atThickness: 0.5) - (1.5 + 0.5 * 0.3 / 0.8)) < 1e-15)
    #expect(surface.radius(atThickness: 2.5) == 0)
    #expect(abs((surface.height(atRadius: 1.25) ?? 0) - 0.55) < 1e-15)
    #expect(surface.height(atRadius: 2.5) == nil)
  }

  @Test("correction reaches its volume, and leaves lip and floor alone")
  func correction() {
    var surface = LiquidSurface(points: [
      MeridianPoint(0.2, 1), MeridianPoint(0.3, 0.6), MeridianPoint(0.5, 0.3),
      MeridianPoint(0.9, 0),
    ])
    let target = 1.01 * surface.volume
    _ = surface.correct(to: target, width: 2, keepsFirst: true)
    #expect(abs(surface.volume / target - 1) < 1e-13)
    #expect(surface.points.first == MeridianPoint(0.2, 1))
    #expect(surface.points.last == MeridianPoint(0.9, 0))
  }

  @Test("a crease closes, a thin sheet of liquid stays")
  func heal() {
    // a notch of air 0.02 wide in a mound of height 1, walls spaced by 0.05
    var points = [MeridianPoint(0, 1)]
    points += (0...12).map { MeridianPoint(0.50, 1 - 0.05 * Double($0)) }
    points += (0...12).reversed().map { MeridianPoint(0.52, 1 - 0.05 * Double($0)) }
    points += [MeridianPoint(1, 1), MeridianPoint(1, 0)]
    var crease = LiquidSurface(points: points)
    let before = crease.volume
    let swallowed = crease.heal(reach: 0.03, width: 2)
    #expect(crease.points.count < 10)
    #expect(abs(crease.volume - before - 0.02 * 0.6 * 0.51) < 1e-3)
    #expect(swallowed == 0)
    // a sheet of liquid 0.02 thick that stands up from a puddle
    var sheet = [MeridianPoint(0, 0.2), MeridianPoint(0.5, 0.2)]
    sheet += (1...12).map { MeridianPoint(0.50, 0.2 + 0.05 * Double($0)) }
    sheet += (1...12).reversed().map { MeridianPoint(0.52, 0.2 + 0.05 * Double($0)) }
    sheet += [MeridianPoint(1, 0.2), MeridianPoint(1, 0)]
    var stays = LiquidSurface(points: sheet)
    _ = stays.heal(reach: 0.03, width: 2)
    #expect(stays.points == sheet)
  }
}
