// Where props touch, and what acts there: marks by state, forces with their friction cone.
//
// States differ by shape and by colour: sticking a square, sliding a triangle, rolling a ring.

import Experience
import Foundation

extension ContactMark.State {
  var word: String {
    switch self {
    case .sticking: "sticking"
    case .sliding: "sliding"
    case .rolling: "rolling"
    }
  }

  var colour: Colour {
    switch self {
    case .sticking: Palette.green
    case .sliding: Palette.vermilion
    case .rolling: Palette.sky
    }
  }
}

extension Overlay {
  func addContacts(to picture: inout Picture) {
    for contact in frame.contacts {
      guard let spot = lens.spot(contact.point) else { continue }
      addMark(contact.state, at: spot, to: &picture)
    }
  }

  func addMark(_ state: ContactMark.State, at spot: Spot, to picture: inout Picture) {
    let rim = Colour(1, 1, 1)
    switch state {
    case .sticking:
      for (half, colour) in [(6.0, rim), (4.5, state.colour)] {
        picture.add(
          .panel(spot - Spot(half, half), size: Spot(2 * half, 2 * half), colour, radius: 0.5))
      }
    case .sliding:
      for (size, colour) in [(9.0, rim), (6.2, state.colour)] {
        picture.add(
          .area([-1, 1.0 / 3, 5.0 / 3].map { spot + size * unitSpot(quarters: $0) }, colour))
      }
    case .rolling:
      picture.add(.disc(spot, radius: 6.5, rim))
      picture.add(.disc(spot, radius: 5.2, state.colour))
      picture.add(.disc(spot, radius: 2, rim))
    }
  }

  /// The prop that a contact force is drawn on, and the force on it: the one that moves.
  private func acting(_ contact: ContactMark) -> (prop: Int, force: Point3, normal: Point3) {
    let isFixed = stage.props.indices.contains(contact.a) ? stage.props[contact.a].isFixed : true
    return isFixed
      ? (contact.b, -contact.force, -contact.normal)
      : (contact.a, contact.force, contact.normal)
  }

  func addForces(to picture: inout Picture) {
    let isCrowded = frame.contacts.count > 12
    for contact in frame.contacts where contact.force.length > 0 {
      let (prop, force, normal) = acting(contact)
      let points = force.length * pointsPerNewton(on: prop)
      guard points > 1 else { continue }
      if !isCrowded { addCone(contact, normal: normal, points: points, to: &picture) }
      addArrow(
        from: contact.point, along: force, points: points, colour: Palette.orange,
        text: isCrowded ? "" : ValueText.quantity(force.length, "N"), to: &picture)
    }
    for arrow in frame.arrows where arrow.kind != .pull {
      guard arrow.vector.length > 0 else { continue }
      if arrow.kind == .moment {
        addMoment(arrow, to: &picture)
        continue
      }
      addArrow(
        from: arrow.point, along: arrow.vector,
        points: arrow.vector.length * pointsPerNewton(on: arrow.prop),
        colour: arrow.kind == .joint ? Palette.purple : Palette.yellow,
        text: ValueText.quantity(arrow.vector.length, "N"), to: &picture)
    }
  }

  /// Directions that friction allows: a cone about the normal, as high as the arrow is long.
  private func addCone(
    _ contact: ContactMark, normal: Point3, points: Double, to picture: inout Picture
  ) {
    guard contact.friction > 0, contact.friction.isFinite else { return }
    let axis = normal.unit()
    let long = min(points, lens.height / 3) / lens.pointsPerMetre(at: contact.point)
    let height = long / (1 + contact.friction * contact.friction).squareRoot()
    let (u, apex) = (axis.across, contact.point)
    let v = axis.cross(u)
    let radius = contact.friction * height
    let ring: [Spot] = (0..<32).compactMap { step in
      let angle = 2 * Double.pi * Double(step) / 32
      return lens.spot(apex + height * axis + radius * (cos(angle) * u + sin(angle) * v))
    }
    guard ring.count == 32, let foot = lens.spot(apex) else { return }
    let colour = contact.state.colour
    picture.add(.area(ring, colour.opacity(0.18)))
    picture.add(.path(ring, ink(colour).opacity(0.9), width: 1.3, isClosed: true))
    // the outline from the apex touches the ring where the angle seen from the apex is extreme
    if let (left, right) = tangents(of: ring, from: foot) {
      picture.add(.area([foot, left, right], colour.opacity(0.14)))
      picture.line(foot, left, ink(colour).opacity(0.9), width: 1.3)
      picture.line(foot, right, ink(colour).opacity(0.9), width: 1.3)
    }
  }

  private func tangents(of ring: [Spot], from foot: Spot) -> (Spot, Spot)? {
    let middle = ring.reduce(.zero, +) / Double(ring.count) - foot
    var extremes = (low: 0.0, high: 0.0, left: foot, right: foot)
    for spot in ring {
      let run = spot - foot
      let angle = atan2(middle.x * run.y - middle.y * run.x, middle.x * run.x + middle.y * run.y)
      if abs(angle) > 0.5 * .pi { return nil }  // seen from inside the cone
      if angle < extremes.low { (extremes.low, extremes.left) = (angle, spot) }
      if angle > extremes.high { (extremes.high, extremes.right) = (angle, spot) }
    }
    return (extremes.left, extremes.right)
  }

  /// Three quarters of a circle about the axis, with a head.
  private func addMoment(_ arrow: ArrowMark, to picture: inout Picture) {
    let axis = arrow.vector.unit()
    let u = axis.across
    let v = axis.cross(u)
    let radius = 34 / lens.pointsPerMetre(at: arrow.point)
    func spot(_ angle: Double) -> Spot? {
      lens.spot(arrow.point + radius * (cos(angle) * u + sin(angle) * v))
    }
    let arc = (0...24).compactMap { spot(1.5 * .pi * Double($0) / 24) }
    guard arc.count == 25 else { return }
    let colour = ink(Palette.purple)
    picture.add(.path(arc, colour, width: 2.6, isClosed: false))
    let run = arc[24] - arc[22]
    let length = max(1e-9, (run.x * run.x + run.y * run.y).squareRoot())
    let (along, end) = (run / length, arc[24])
    let side = Spot(-along.y, along.x)
    picture.add(.area([end + along * 9, end + side * 5, end - side * 5], colour))
    picture.tag(
      ValueText.quantity(arrow.vector.length, "N·m"), end + Spot(0, -26), theme)
  }

  /// The mouse spring, always drawn: a zigzag with its force; in a recording an arrow.
  func addPulls(to picture: inout Picture) {
    for arrow in frame.arrows where arrow.kind == .pull {
      let text = ValueText.quantity(arrow.vector.length, "N")
      if let pullEnd, let (from, to) = lens.segment(arrow.point, pullEnd) {
        addZigzag(from, to, to: &picture)
        picture.tag(text, to + Spot(0, -30), theme, face: .bold)
        continue
      }
      let points = arrow.vector.length * pointsPerNewton(on: arrow.prop)
      addArrow(
        from: arrow.point, along: arrow.vector, points: max(points, 14), colour: Palette.yellow,
        text: text, to: &picture)
    }
  }

  private func addZigzag(_ from: Spot, _ to: Spot, to picture: inout Picture) {
    let run = to - from
    let length = (run.x * run.x + run.y * run.y).squareRoot()
    guard length > 2 else { return }
    let side = Spot(-run.y, run.x) / length * 7
    var path = [from]
    for step in 1..<20 {
      let shift = step < 3 || step > 17 ? 0 : step % 2 == 0 ? 1.0 : -1
      path.append(from + run * (Double(step) / 20) + side * shift)
    }
    path.append(to)
    picture.add(.path(path, Colour(0, 0, 0, alpha: 0.6), width: 4.5, isClosed: false))
    picture.add(.path(path, ink(Palette.yellow), width: 2.4, isClosed: false))
    picture.add(.disc(from, radius: 5, Colour(0, 0, 0, alpha: 0.6)))
    picture.add(.disc(from, radius: 3.6, ink(Palette.yellow)))
    picture.add(.ring(to, radius: 6, ink(Palette.yellow), width: 2))
  }
}
