// How large things are: one square of the grid with its length, and the axes of the world.

import Experience
import Foundation

extension Overlay {
  /// A corner of the grid near the lower edge of the view, from which a square is measured.
  private var scaleEdge: (from: Point3, to: Point3)? {
    let floor = GroundGrid(stage: stage, frame: frame, camera: lens.camera)
    let step = gridStep
    // the edge that lies most across the line of sight, at the square nearest to a place in the
    // lower part of the picture
    let ray = lens.ray(
      through: Spot(0.5 * lens.width, lens.height - bottomInset - 0.14 * lens.height))
    guard let hit = floor.meets(ray) else { return nil }
    let local = floor.pose.unplace(hit)
    let (i, j) = ((local.x / step).rounded(.down), (local.y / step).rounded(.down))
    let corner = Point3(i * step, j * step, 0)
    let alongX = abs(floor.pose.turned(Point3(1, 0, 0)).dot(lens.camera.right))
    let alongY = abs(floor.pose.turned(Point3(0, 1, 0)).dot(lens.camera.right))
    let edge = alongX >= alongY ? Point3(step, 0, 0) : Point3(0, step, 0)
    return (floor.pose.place(corner), floor.pose.place(corner + edge))
  }

  func addScale(to picture: inout Picture) {
    guard let edge = scaleEdge, let (a, b) = lens.segment(edge.from, edge.to) else { return }
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
      ValueText.length(gridStep), 0.5 * (a + b) + Spot(0, 8), theme, face: .bold)
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
      let away = tip + 0.32 * (tip - origin)
      picture.text(name, away - Spot(0, 8), .small, theme.text, anchor: .middle)
    }
  }
}
