// How large things are: one square of the grid with its length, and the axes of the world.

import Experience
import Foundation

extension Overlay {
  /// The edge of a square of the grid that is seen best: whole, away from the tables, level.
  private func scaleEdge(in picture: Picture) -> (from: Spot, to: Spot)? {
    let floor = GroundGrid(stage: stage, frame: frame, camera: lens.camera)
    let ideal = Spot(0.5 * lens.width, lens.height - bottomInset - 0.15 * lens.height)
    let lowest = lens.height - bottomInset - 34
    guard let hit = floor.meets(lens.ray(through: ideal)) else { return nil }
    let local = floor.pose.unplace(hit)
    let (i, j) = ((local.x / gridStep).rounded(.down), (local.y / gridStep).rounded(.down))
    let taken = bodyAreas
    var best: (cost: Double, from: Spot, to: Spot)?
    for x in -5...5 {
      for y in -5...5 {
        let corner = Point3(i + Double(x), j + Double(y), 0) * gridStep
        for edge in [Point3(gridStep, 0, 0), Point3(0, gridStep, 0)] {
          guard
            let (a, b) = lens.segment(floor.pose.place(corner), floor.pose.place(corner + edge)),
            max(a.y, b.y) < lowest, min(a.x, b.x) > 100, max(a.x, b.x) < lens.width - 100
          else { continue }
          let (run, off) = (b - a, 0.5 * (a + b) - ideal)
          // an edge seen along its length tells nothing
          if abs(run.x) < 0.025 * lens.width { continue }
          let away = (off.x * off.x + off.y * off.y).squareRoot()
          let middle = 0.5 * (a + b) + Spot(0, 10)
          let isCovering = taken.contains {
            middle.x > $0.low.x - 40 && middle.x < $0.high.x + 40 && middle.y > $0.low.y - 30
              && middle.y < $0.high.y + 12
          }
          // the edge and the plate below it
          let low = pointwiseMin(pointwiseMin(a, b), middle - Spot(34, 0)) - Spot(4, 4)
          let high = pointwiseMax(pointwiseMax(a, b), middle + Spot(34, 0)) + Spot(4, 32)
          let isHidden = !picture.isFree(low, high - low)
          let cost =
            away + 1.5 * abs(run.y) - 0.5 * abs(run.x) + (isCovering ? 0.3 * lens.width : 0)
            + (isHidden ? lens.width : 0)
          if cost < best?.cost ?? .infinity { best = (cost, a, b) }
        }
      }
    }
    return best.map { ($0.from, $0.to) }
  }

  /// Where bodies are in the picture.
  private var bodyAreas: [(low: Spot, high: Spot)] {
    zip(stage.props, frame.poses).prefix(200).compactMap { prop, pose in
      let spots = stage.corners(of: prop.shape).prefix(64).compactMap { lens.spot(pose.place($0)) }
      guard let first = spots.first else { return nil }
      return spots.reduce((first, first)) { (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1)) }
    }
  }

  func addScale(to picture: inout Picture) {
    guard let (a, b) = scaleEdge(in: picture) else { return }
    let run = b - a
    let length = (run.x * run.x + run.y * run.y).squareRoot()
    guard length > 12, length < 0.8 * lens.width else { return }
    let side = Spot(-run.y, run.x) / length * 5
    for (width, colour) in [(4.5, theme.panel.opacity(0.7)), (2, theme.text)] {
      picture.line(a, b, colour, width: width)
      picture.line(a - side, a + side, colour, width: width)
      picture.line(b - side, b + side, colour, width: width)
    }
    picture.tag(
      ValueText.length(gridStep), Spot(0.5 * (a.x + b.x), max(a.y, b.y) + 6), theme, face: .bold)
  }

  /// Axes of the world, in the lower left corner.
  func addAxes(to picture: inout Picture) {
    let origin = Spot(margin + 34, lens.height - bottomInset - 40)
    let camera = lens.camera
    let axes: [(String, Point3, Colour)] = [
      ("x", Point3(1, 0, 0), Palette.vermilion), ("y", Point3(0, 1, 0), Palette.green),
      ("z", Point3(0, 0, 1), Palette.blue),
    ]
    // those that point away from the eye first
    let sorted = axes.sorted { $0.1.dot(camera.outward) < $1.1.dot(camera.outward) }
    picture.add(.disc(origin, radius: 36, theme.panel.opacity(0.45)))
    for (name, axis, colour) in sorted {
      let tip = origin + 24 * Spot(axis.dot(camera.right), -axis.dot(camera.above))
      let isNear = axis.dot(camera.outward) > -0.01
      let shown = ink(colour).opacity(isNear ? 1 : 0.55)
      picture.line(origin, tip, shown, width: 2.6)
      guard abs(axis.dot(camera.outward)) < 0.97 else { continue }
      let away = tip + 0.32 * (tip - origin)
      picture.text(name, away - Spot(0, 8), .small, theme.text, anchor: .middle)
    }
  }
}
