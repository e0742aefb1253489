// The tables at the edges: scene and time, outcomes with their bands and tier, warnings, badge.
//
// An outcome shows its value from the instant on at which it is known; before, when it will be.

import Experience

extension OutcomeMark {
  /// Known at a time of a run that ends at `end`, in s; at the end everything is.
  public func isKnown(at time: Double, end: Double) -> Bool {
    time >= min(knownAt ?? end, end) - 1e-9
  }

  /// Value with band and unit; an event as its probability.
  public var text: String {
    isEvent
      ? (band > 0 ? ValueText.banded(100 * value, 100 * band, "%") : "\(percent) %")
      : ValueText.banded(value, band, unit)
  }

  /// Values converge, events are resolved; anything else needs a look.
  var isSound: Bool { status == "converged" || status == "resolved" }

  private var percent: String { ValueText.number(100 * value, digits: 3) }
}

extension Overlay {
  func addHeads(to picture: inout Picture) {
    let wide = min(0.46 * lens.width, 560)
    var y = margin
    var lines: [(String, Typeface, Colour)] = [(stage.scene, .title, theme.text)]
    if lens.height >= 400 {
      let about = stage.about.isEmpty ? "" : stage.experience + ": " + stage.about
      lines += Typeface.body.wrapped(about, to: wide - 24, lines: 2).map {
        ($0, .body, theme.faint)
      }
    }
    if let event = lastEvent {
      lines.append(("\(ValueText.time(event.time))  \(event.text)", .body, theme.accent))
    }
    for warning in notes.warnings.prefix(3) {
      lines += Typeface.body.wrapped("△ " + warning, to: wide - 24, lines: 2).map {
        ($0, .body, theme.warning)
      }
    }
    lines = lines.map { ($0.1.fitted($0.0, to: wide - 24), $0.1, $0.2) }
    let width = lines.map { $0.1.width(of: $0.0) }.max() ?? 0
    let height = lines.reduce(0) { $0 + $1.1.leading }
    picture.add(
      .panel(
        Spot(margin, y), size: Spot(width + 24, height + 16), theme.panel, radius: 8))
    y += 8
    for (text, face, colour) in lines {
      picture.text(text, Spot(margin + 12, y), face, colour)
      y += face.leading
    }
    addOutcomes(to: &picture)
  }

  /// The newest event within a second, or at most an eighth of the run.
  var lastEvent: EventMark? {
    let window = max(0.05, min(1, 0.125 * (span.upperBound - span.lowerBound)))
    return notes.events.last {
      $0.time <= frame.time + 1e-9 && frame.time - $0.time <= window
    }
  }

  private func addOutcomes(to picture: inout Picture) {
    guard !hidesOutcomes, !notes.outcomes.isEmpty, lens.width >= 480 else { return }
    let line = Typeface.body.leading
    let most = max(1, Int((0.5 * lens.height) / (2 * line)))
    let shown = Array(notes.outcomes.prefix(most))
    var rows: [(name: String, value: String, status: String, colour: Colour)] = []
    for outcome in shown {
      let isKnown = outcome.isKnown(at: frame.time, end: span.upperBound)
      let value =
        isKnown
        ? outcome.text : outcome.knownAt.map { "at \(ValueText.time($0))" } ?? "at the end"
      let colour =
        !isKnown ? theme.faint : outcome.isSound ? theme.good : theme.warning
      rows.append((outcome.name, value, "\(outcome.status) · \(outcome.tier)", colour))
    }
    let hidden = notes.outcomes.count - shown.count
    let names = rows.map { Typeface.body.width(of: $0.name) }.max() ?? 0
    let values = rows.map { Typeface.bold.width(of: $0.value) }.max() ?? 0
    let states = rows.map { Typeface.small.width(of: $0.status) }.max() ?? 0
    let size = Spot(
      names + values + states + 60,
      Double(rows.count) * (line + 3) + 34 + (hidden > 0 ? line : 0))
    let corner = Spot(lens.width - margin - size.x, margin)
    picture.add(.panel(corner, size: size, theme.panel, radius: 8))
    picture.text("Outcomes", corner + Spot(12, 8), .bold, theme.text)
    var y = corner.y + 29
    for row in rows {
      picture.text(row.name, Spot(corner.x + 12, y), .body, theme.text)
      picture.text(
        row.value, Spot(corner.x + 30 + names + values, y), .bold, theme.text, anchor: .end)
      picture.text(row.status, Spot(corner.x + 46 + names + values, y + 1), .small, row.colour)
      y += line + 3
    }
    if hidden > 0 {
      picture.text("and \(hidden) more", Spot(corner.x + 12, y), .small, theme.faint)
    }
  }

  /// Someone pulled at a body: the run is no truth any more.
  func addPerturbed(to picture: inout Picture) {
    let words = "PERTURBED: not a truth"
    let width = Typeface.bold.width(of: words)
    let corner = Spot(
      0.5 * (lens.width - width) - 14, lens.height < 400 ? 74 : 120)
    picture.add(
      .panel(corner, size: Spot(width + 28, 28), Colour(hex: 0x8F3200), radius: 14))
    picture.text(words, corner + Spot(14, 5), .bold, Colour(1, 1, 1))
  }
}
