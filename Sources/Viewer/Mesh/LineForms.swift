// Lines of a frame as rods of a thickness: straps, rods, springs, threads.
//
// Kinds differ by colour and by form: taut is thick, slack thin, a rod thickest, a spring coiled.

import Experience
import Foundation

/// A straight piece of a line.
struct LinePiece: Sendable, Hashable {
  var from: Point3
  var to: Point3
  /// In m.
  var radius: Double
  var colour: Colour
}

enum LineForms {
  static func colour(of kind: LineMark.Kind) -> Colour {
    switch kind {
    case .taut: Palette.orange
    case .slack: Palette.sky
    case .rod: Colour(hex: 0x9AA3AD)
    case .spring: Palette.green
    }
  }

  /// In points of the picture.
  private static func width(of kind: LineMark.Kind) -> Double {
    switch kind {
    case .taut: 4.5
    case .slack: 2.5
    case .rod: 6
    case .spring: 2.6
    }
  }

  static func pieces(of frame: Frame, lens: Lens) -> [LinePiece] {
    frame.lines.flatMap { line -> [LinePiece] in
      guard let first = line.points.first, line.points.allSatisfy(\.isFinite) else { return [] }
      let radius = 0.5 * width(of: line.kind) / lens.pointsPerMetre(at: first)
      var points = line.points
      if line.kind == .spring, points.count == 2 { points = coil(points[0], points[1], lens) }
      return zip(points, points.dropFirst()).map {
        LinePiece(from: $0, to: $1, radius: radius, colour: colour(of: line.kind))
      }
    }
  }

  /// Ten turns between two short straight ends.
  private static func coil(_ a: Point3, _ b: Point3, _ lens: Lens) -> [Point3] {
    let axis = (b - a).unit()
    let u = axis.across
    let v = axis.cross(u)
    let radius = 9 / lens.pointsPerMetre(at: a)
    let (start, end) = (a + 0.1 * (b - a), a + 0.9 * (b - a))
    let steps = 120
    let turns = (0...steps).map { step -> Point3 in
      let part = Double(step) / Double(steps)
      let angle = 20 * Double.pi * part
      let grow = min(1, min(part, 1 - part) * 20)
      return start + part * (end - start) + grow * radius * (cos(angle) * u + sin(angle) * v)
    }
    return [a] + turns + [b]
  }
}
