// What colours and shapes mean: states of contacts, and the scale of a field with its unit.

import Experience

extension Overlay {
  func addLegends(to picture: inout Picture) {
    var bottom = lens.height - bottomInset - 6
    let right = lens.width - margin
    if let field = stage.field, hasScalars {
      addField(field, right: right, bottom: bottom, to: &picture)
      bottom -= 56
    }
    bottom = addMemberLegend(right: right, bottom: bottom, to: &picture)
    guard layers.contains(.contacts), !frame.contacts.isEmpty else { return }
    let states = ContactMark.State.allCases.filter { state in
      frame.contacts.contains { $0.state == state }
    }
    let width = 24 + (states.map { Typeface.small.width(of: $0.word) }.max() ?? 0)
    let height = Double(states.count) * 18 + 8
    let corner = Spot(right - width - 12, bottom - height)
    picture.add(.panel(corner, size: Spot(width + 12, height), theme.panel, radius: 6))
    for (row, state) in states.enumerated() {
      let y = corner.y + 4 + 18 * Double(row)
      addMark(state, at: Spot(corner.x + 15, y + 9), to: &picture)
      picture.text(state.word, Spot(corner.x + 28, y + 1.5), .small, theme.text)
    }
  }

  private var hasScalars: Bool {
    !frame.particles.scalars.isEmpty || frame.surfaces.contains { !$0.scalars.isEmpty }
      || stage.meshes.contains { !$0.scalars.isEmpty }
  }

  private func addField(
    _ field: ScalarField, right: Double, bottom: Double, to picture: inout Picture
  ) {
    let size = Spot(230, 50)
    let corner = Spot(right - size.x, bottom - size.y)
    picture.add(.panel(corner, size: size, theme.panel, radius: 6))
    let unit = field.unit == "1" || field.unit.isEmpty ? "" : " in \(field.unit)"
    picture.text(
      Typeface.small.fitted(field.name + unit, to: size.x - 20), corner + Spot(10, 4), .small,
      theme.text)
    let (left, wide) = (corner.x + 10, size.x - 20)
    let steps = 42
    for step in 0..<steps {
      let colour = Palette.field((Double(step) + 0.5) / Double(steps))
      picture.add(
        .panel(
          Spot(left + wide * Double(step) / Double(steps), corner.y + 21),
          size: Spot(wide / Double(steps) + 0.6, 10), colour, radius: 0))
    }
    let values = [field.low, 0.5 * (field.low + field.high), field.high]
    for (value, (part, anchor)) in zip(values, [(0.0, Anchor.start), (0.5, .middle), (1, .end)]) {
      picture.text(
        ValueText.number(value), Spot(left + part * wide, corner.y + 32), .small, theme.text,
        anchor: anchor)
    }
  }
}
