// Trails, centres of mass, velocities and labels.

import Experience

extension Overlay {
  /// Colour of a prop: quiet where it never moves.
  func colour(of prop: Int) -> Colour {
    guard stage.props.indices.contains(prop) else { return theme.faint }
    return stage.props[prop].isFixed ? theme.fixed : Palette.body(stage.props[prop].colour)
  }

  /// On dark ground a colour is lifted, on light ground lowered, so that a line is seen.
  func ink(_ colour: Colour) -> Colour {
    theme.kind == .dark
      ? colour.mixed(with: Colour(1, 1, 1), 0.35) : colour.mixed(with: Colour(0, 0, 0), 0.25)
  }

  func centre(of prop: Int) -> Point3? {
    guard frame.poses.indices.contains(prop), stage.props.indices.contains(prop) else { return nil }
    return frame.poses[prop].place(stage.props[prop].centreOfMass)
  }

  func addTrails(to picture: inout Picture) {
    for (prop, trail) in trails.enumerated() where trail.count > 1 {
      let colour = ink(colour(of: prop))
      // in eight pieces, older ones fainter
      let size = max(1, (trail.count + 7) / 8)
      for start in stride(from: 0, to: trail.count - 1, by: size) {
        let piece = trail[start...min(trail.count - 1, start + size)]
        let age = Double(start + size) / Double(trail.count)
        for (a, b) in zip(piece, piece.dropFirst()) {
          guard let (p, q) = lens.segment(a, b) else { continue }
          picture.line(p, q, colour.opacity(0.15 + 0.65 * min(1, age)), width: 1.8)
        }
      }
    }
  }

  /// Bodies that are too small to be seen get a dot: a point mass is a body too.
  func addDots(to picture: inout Picture) {
    for (index, (prop, pose)) in zip(stage.props, frame.poses).enumerated() where !prop.isFixed {
      let corners = stage.corners(of: prop.shape).prefix(64)
      guard let size = corners.map(\.length).max(), let point = centre(of: index),
        size * lens.pointsPerMetre(at: pose.position) < 5, let spot = lens.spot(point)
      else { continue }
      picture.add(.disc(spot, radius: 5, Colour(0, 0, 0, alpha: 0.6)))
      picture.add(.disc(spot, radius: 4, ink(colour(of: index))))
    }
  }

  /// The engineer's sign: a disc in quarters.
  func addCentres(to picture: inout Picture) {
    for (index, prop) in stage.props.enumerated() where !prop.isFixed {
      guard let point = centre(of: index), let spot = lens.spot(point) else { continue }
      let radius = 6.0
      picture.add(.disc(spot, radius: radius, Colour(1, 1, 1)))
      for start in [0.0, 2.0] {
        var wedge = [spot]
        for step in 0...4 {
          wedge.append(spot + radius * unitSpot(quarters: start + 0.25 * Double(step)))
        }
        picture.add(.area(wedge, Colour(0.05, 0.06, 0.08)))
      }
      picture.add(.ring(spot, radius: radius, Colour(0.05, 0.06, 0.08), width: 1.5))
    }
  }

  func addVelocities(to picture: inout Picture) {
    let moving = stage.props.indices.filter {
      !stage.props[$0].isFixed && frame.poses.indices.contains($0)
    }
    let speeds = moving.map { frame.poses[$0].velocity.length }
    guard let fastest = speeds.max(), fastest > 1e-9 else { return }
    // a fall through the scene gives the scale, so that arrows can be compared between instants
    let natural = (stage.gravity.length * lens.camera.sceneRadius).squareRoot()
    let scale = 0.16 * lens.height / (natural > 0 ? natural : fastest)
    for prop in moving {
      let pose = frame.poses[prop]
      guard pose.velocity.length * scale > 2, let point = centre(of: prop) else { continue }
      let text =
        moving.count <= 8 ? ValueText.quantity(pose.velocity(at: point).length, "m/s") : ""
      addArrow(
        from: point, along: pose.velocity(at: point), points: pose.velocity.length * scale,
        colour: Palette.sky, text: text, to: &picture)
    }
  }

  func addLabels(to picture: inout Picture) {
    for label in frame.labels {
      guard let spot = lens.spot(label.point) else { continue }
      picture.tag(label.text, spot + Spot(0, -24), theme)
    }
    guard layers.contains(.labels), stage.props.count <= 24 else { return }
    for (index, prop) in stage.props.enumerated() where !prop.isFixed && !prop.name.isEmpty {
      guard let point = centre(of: index), let spot = lens.spot(point) else { continue }
      let speed = frame.poses[index].velocity.length
      let mass = prop.mass > 0 ? " · \(ValueText.quantity(prop.mass, "kg"))" : ""
      picture.tag(
        "\(prop.name)\(mass) · \(ValueText.quantity(speed, "m/s"))", spot + Spot(0, 12), theme)
    }
  }
}
