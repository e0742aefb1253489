// The bar of time at the lower edge: where we are, what happened when.
//
// Kinds of event differ by colour and by shape; the window also reads clicks with `TimelineBar`.

import Experience

/// Geometry of the bar, shared with the mouse.
public struct TimelineBar: Sendable, Hashable {
  public let left: Double
  public let width: Double
  public let y: Double
  public let span: ClosedRange<Double>

  public init(lens: Lens, span: ClosedRange<Double>) {
    left = 110
    width = max(10, lens.width - 2 * 110)
    y = lens.height - 26
    self.span = span
  }

  public func x(of time: Double) -> Double {
    let length = span.upperBound - span.lowerBound
    let part = length > 0 ? (time - span.lowerBound) / length : 0
    return left + width * min(1, max(0, part))
  }

  /// Time under a point; nil away from the bar.
  public func time(at spot: Spot) -> Double? {
    guard abs(spot.y - y) < 18, spot.x > left - 12, spot.x < left + width + 12 else { return nil }
    return time(x: spot.x)
  }

  public func time(x: Double) -> Double {
    let part = min(1, max(0, (x - left) / width))
    return span.lowerBound + part * (span.upperBound - span.lowerBound)
  }
}

extension Overlay {
  func addTimeline(to picture: inout Picture) {
    let bar = TimelineBar(lens: lens, span: span)
    picture.add(
      .panel(
        Spot(0, lens.height - 54), size: Spot(lens.width, 54), theme.panel, radius: 0))
    picture.text(
      ValueText.time(frame.time), Spot(bar.left - 14, bar.y - 9), .bold, theme.text, anchor: .end)
    picture.text(
      ValueText.time(span.upperBound), Spot(bar.left + bar.width + 14, bar.y - 9), .body,
      theme.faint)
    picture.add(
      .panel(
        Spot(bar.left, bar.y - 3), size: Spot(bar.width, 6), theme.faint.opacity(0.35), radius: 3))
    if let loop {
      let (a, b) = (bar.x(of: loop.lowerBound), bar.x(of: loop.upperBound))
      picture.add(
        .panel(
          Spot(a, bar.y - 7), size: Spot(max(2, b - a), 14), Palette.purple.opacity(0.35),
          radius: 3))
    }
    let now = bar.x(of: frame.time)
    picture.add(
      .panel(
        Spot(bar.left, bar.y - 3), size: Spot(max(6, now - bar.left), 6), theme.accent, radius: 3))
    addEventMarks(bar, to: &picture)
    for mark in marks {
      let x = bar.x(of: mark)
      picture.line(Spot(x, bar.y - 11), Spot(x, bar.y + 11), Palette.purple, width: 2)
    }
    picture.add(.disc(Spot(now, bar.y), radius: 8, theme.panel.opacity(1)))
    picture.add(.disc(Spot(now, bar.y), radius: 6, theme.text))
    if !hint.isEmpty {
      picture.text(
        hint, Spot(bar.left + bar.width, bar.y + 8), .small, theme.faint, anchor: .end)
    }
    if let hoverTime { addHover(hoverTime, bar, to: &picture) }
  }

  private func addEventMarks(_ bar: TimelineBar, to picture: inout Picture) {
    var last = -Double.infinity
    for event in notes.events {
      let spot = Spot(bar.x(of: event.time), bar.y - 14)
      // a hundred bounces within a point of the bar are one mark
      guard spot.x - last >= 1 else { continue }
      last = spot.x
      let colour = ink(Overlay.colour(ofEvent: event.kind))
      switch Overlay.form(ofEvent: event.kind) {
      case 0:
        picture.add(
          .area([-1, 1.0 / 3, 5.0 / 3].map { spot - 5 * unitSpot(quarters: $0) }, colour))
      case 1: picture.add(.area((0..<4).map { spot + 5 * unitSpot(quarters: Double($0)) }, colour))
      case 2: picture.add(.panel(spot - Spot(3.5, 3.5), size: Spot(7, 7), colour, radius: 0.5))
      default: picture.add(.disc(spot, radius: 3.6, colour))
      }
      picture.line(Spot(spot.x, bar.y - 9), Spot(spot.x, bar.y + 3), colour, width: 1.4)
    }
  }

  private func addHover(_ time: Double, _ bar: TimelineBar, to picture: inout Picture) {
    let x = bar.x(of: time)
    picture.line(Spot(x, bar.y - 20), Spot(x, bar.y + 8), theme.text.opacity(0.8))
    let reach = 8 * (span.upperBound - span.lowerBound) / bar.width
    let near = notes.events.filter { abs($0.time - time) <= reach }
      .min { abs($0.time - time) < abs($1.time - time) }
    let words = near.map { "\(ValueText.time($0.time))  \($0.text)" } ?? ValueText.time(time)
    let half = 0.5 * Typeface.small.width(of: words) + 12
    let centre = min(lens.width - half, max(half, x))
    picture.tag(words, Spot(centre, lens.height - 54 - 26), theme)
  }

  static func form(ofEvent kind: String) -> Int {
    switch kind {
    case "impact", "contact", "bounce": 0
    case "slip", "slide", "lift-off": 1
    case "stick", "rest", "stop": 2
    default: 3
    }
  }

  static func colour(ofEvent kind: String) -> Colour {
    switch form(ofEvent: kind) {
    case 0: Palette.orange
    case 1: Palette.vermilion
    case 2: Palette.green
    default: Palette.sky
    }
  }
}
