// Arrows on top of everything, and the scale of forces.
//
// Scale    a force as large as the weight of its prop is 0.14 of the picture high; where no weight
//          is known, the largest force of the instant is. Never longer than a third of the
//          picture: a second head tells that an arrow was cut.

import Experience
import Foundation

/// A point of the unit circle, turned by quarters.
func unitSpot(quarters: Double) -> Spot {
  Spot(cos(0.5 * .pi * quarters), sin(0.5 * .pi * quarters))
}

extension Overlay {
  /// Points of the picture for one newton on a prop.
  func pointsPerNewton(on prop: Int) -> Double {
    let unit = 0.14 * lens.height
    if stage.props.indices.contains(prop) {
      let weight = stage.props[prop].mass * stage.gravity.length
      if weight > 0 { return unit / weight }
    }
    let weights = stage.props.map { $0.isFixed ? 0 : $0.mass * stage.gravity.length }
    if let heaviest = weights.max(), heaviest > 0 { return unit / heaviest }
    let forces =
      frame.contacts.map(\.force.length)
      + frame.arrows.filter { $0.kind != .moment }.map(\.vector.length)
    guard let largest = forces.max(), largest > 0 else { return 0 }
    return 2 * unit / largest
  }

  /// An arrow of a length in points, if it could be seen from the side; foreshortened as it lies.
  func addArrow(
    from point: Point3, along vector: Point3, points: Double, colour: Colour, text: String = "",
    to picture: inout Picture
  ) {
    let most = lens.height / 3
    let isCut = points > most
    let metres = min(points, most) / lens.pointsPerMetre(at: point)
    let tip = point + metres * vector.unit()
    guard let (from, to) = lens.segment(point, tip) else { return }
    let run = to - from
    let length = (run.x * run.x + run.y * run.y).squareRoot()
    let outline = Colour(0, 0, 0, alpha: theme.kind == .dark ? 0.55 : 0.35)
    let shown = ink(colour)
    guard length > 3 else {
      picture.add(.disc(from, radius: 3.5, outline))
      picture.add(.disc(from, radius: 2.5, shown))
      return
    }
    let along = run / length
    let side = Spot(-along.y, along.x)
    let head = min(11, 0.5 * length)
    let neck = to - along * head
    picture.line(from, neck, outline, width: 4.6)
    picture.line(from, neck, shown, width: 2.8)
    for shift in isCut ? [0, 8.0] : [0] {
      let end = to - along * shift
      let base = end - along * head
      let wing = side * (0.48 * head)
      picture.add(.area([end + along * 1.6, base + wing * 1.3, base - wing * 1.3], outline))
      picture.add(.area([end, base + wing, base - wing], shown))
    }
    if !text.isEmpty {
      let anchor: Anchor = abs(along.x) < 0.35 ? .middle : along.x > 0 ? .start : .end
      let shift = along * 9 - Spot(0, abs(along.x) < 0.35 ? (along.y < 0 ? 16 : 0) : 8)
      picture.tag(text, to + shift, theme, anchor: anchor)
    }
  }
}
