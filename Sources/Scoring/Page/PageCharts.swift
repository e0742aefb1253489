// Drawings of a report page, as inline SVG: intervals, reliability, a histogram.
//
// Every drawing has a title for screen readers, and its numbers stand in a table or caption as well.

import Experience

enum PageCharts {
  /// One line of an interval chart.
  struct Interval {
    let name: String
    let value: Double?
    let range: ClosedRange<Double>?
    let note: String
  }

  private static func number(_ value: Double) -> String { Wording.fixed(value, decimals: 1) }

  /// Values with their 95 % intervals, with a line at 0; the axis holds all of them, from −1 at most.
  /// Names stand above their lines, so that the drawing is as legible on a phone.
  static func intervals(_ lines: [Interval], title: String, axis: String) -> String {
    let shown = lines.filter { $0.value != nil }
    guard !shown.isEmpty else { return "" }
    var (least, most) = (0.0, 0.0)
    for line in shown {
      let value = line.value ?? 0
      least = min(least, value, line.range?.lowerBound ?? value)
      most = max(most, value, line.range?.upperBound ?? value)
    }
    let low = max(-1, least - 0.05)
    let high = max(0.2, min(1.05, most + 0.05))
    let (left, right, step) = (14.0, 406.0, 38.0)
    func x(_ value: Double) -> Double {
      let share: Double = (min(max(value, low), high) - low) / (high - low)
      return left + share * (right - left)
    }
    let height = step * Double(shown.count) + 30
    var svg =
      "<svg viewBox=\"0 0 420 \(number(height))\" width=\"420\" role=\"img\"><title>\(HTML.escape(title))</title>"
    let width: Double = high - low
    let tick: Double = width > 1 ? 0.5 : width > 0.45 ? 0.2 : 0.1
    var mark = (low / tick).rounded(.up) * tick
    while mark <= high + 1e-9 {
      let isZero = abs(mark) < 1e-9
      let label = isZero ? "\(axis) 0" : HTML.signed(mark, decimals: 1)
      svg +=
        "<line x1=\"\(number(x(mark)))\" x2=\"\(number(x(mark)))\" y1=\"2\" y2=\"\(number(height - 24))\" "
        + "stroke=\"var(--\(isZero ? "soft" : "grid"))\"/>"
        + "<text class=\"soft\" x=\"\(number(max(24, min(396, x(mark)))))\" y=\"\(number(height - 8))\" "
        + "text-anchor=\"middle\">\(HTML.escape(label))</text>"
      mark += tick
    }
    for (index, line) in shown.enumerated() {
      guard let value = line.value else { continue }
      let top = step * Double(index)
      let y = top + 27
      svg +=
        "<text x=\"0\" y=\"\(number(top + 15))\">\(HTML.escape(short(line.name)))</text>"
        + "<text class=\"soft\" x=\"420\" y=\"\(number(top + 15))\" text-anchor=\"end\">\(HTML.escape(line.note))</text>"
      if let range = line.range {
        svg +=
          "<line x1=\"\(number(x(range.lowerBound)))\" x2=\"\(number(x(range.upperBound)))\" "
          + "y1=\"\(number(y))\" y2=\"\(number(y))\" stroke=\"var(--blue)\" stroke-width=\"3\"/>"
      }
      // below the axis: an arrow instead of a dot
      if value < low {
        svg += "<path d=\"M\(number(left - 8)) \(number(y)) l9 -6 v12 z\" fill=\"var(--red)\"/>"
      } else {
        svg +=
          "<circle cx=\"\(number(x(value)))\" cy=\"\(number(y))\" r=\"5\" fill=\"var(--blue)\"/>"
      }
    }
    return svg + "</svg>"
  }

  private static func short(_ name: String) -> String {
    name.count <= 40 ? name : "…" + name.suffix(39)
  }

  /// Stated against true probability: blocks of the isotonic regression, sized by their counts.
  static func reliability(_ blocks: [JSON]) -> String {
    let (left, top, size) = (46.0, 10.0, 250.0)
    func x(_ p: Double) -> Double { left + p * size }
    func y(_ p: Double) -> Double { top + (1 - p) * size }
    var svg =
      "<svg viewBox=\"0 0 320 310\" width=\"320\" role=\"img\"><title>Reliability: stated against true probability</title>"
    for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
      svg +=
        "<line x1=\"\(number(x(tick)))\" x2=\"\(number(x(tick)))\" y1=\"\(number(top))\" y2=\"\(number(top + size))\" stroke=\"var(--grid)\"/>"
        + "<line x1=\"\(number(left))\" x2=\"\(number(left + size))\" y1=\"\(number(y(tick)))\" y2=\"\(number(y(tick)))\" stroke=\"var(--grid)\"/>"
        + "<text class=\"soft\" x=\"\(number(x(tick)))\" y=\"278\" text-anchor=\"middle\">\(Wording.number(tick))</text>"
        + "<text class=\"soft\" x=\"40\" y=\"\(number(y(tick) + 4))\" text-anchor=\"end\">\(Wording.number(tick))</text>"
    }
    svg +=
      "<line x1=\"\(number(x(0)))\" y1=\"\(number(y(0)))\" x2=\"\(number(x(1)))\" y2=\"\(number(y(1)))\" stroke=\"var(--soft)\" stroke-dasharray=\"5 4\"/>"
    let largest = blocks.compactMap { $0["n"]?.number }.max() ?? 1
    var path = ""
    var dots = ""
    for block in blocks {
      guard let low = block["low"]?.number, let high = block["high"]?.number,
        let truth = block["true"]?.number, let count = block["n"]?.number
      else { continue }
      path += (path.isEmpty ? "M" : "L") + "\(number(x(low))) \(number(y(truth)))"
      path += "L\(number(x(high))) \(number(y(truth)))"
      let radius = 3 + 6 * (count / largest).squareRoot()
      dots +=
        "<circle cx=\"\(number(x(0.5 * (low + high))))\" cy=\"\(number(y(truth)))\" r=\"\(number(radius))\" fill=\"var(--blue)\" fill-opacity=\".45\"/>"
    }
    return svg
      + "<path d=\"\(path)\" fill=\"none\" stroke=\"var(--blue)\" stroke-width=\"2.5\"/>\(dots)"
      + "<text class=\"soft\" x=\"171\" y=\"300\" text-anchor=\"middle\">stated probability</text></svg>"
  }

  /// Ten bins, with a line where an even spread would be.
  static func histogram(_ counts: [Double]) -> String {
    let total = counts.reduce(0, +)
    guard total > 0 else { return "" }
    let largest = max(counts.max() ?? 1, total / 5)
    var svg =
      "<svg viewBox=\"0 0 320 200\" width=\"320\" role=\"img\"><title>Where truths fall in the stated laws</title>"
    for (index, count) in counts.enumerated() {
      let height = 150 * count / largest
      svg +=
        "<rect x=\"\(number(10 + 30 * Double(index)))\" y=\"\(number(160 - height))\" width=\"27\" height=\"\(number(height))\" fill=\"var(--blue)\"/>"
    }
    let even = 160 - 150 * (total / Double(counts.count)) / largest
    return svg
      + "<line x1=\"6\" x2=\"312\" y1=\"\(number(even))\" y2=\"\(number(even))\" stroke=\"var(--red)\" stroke-dasharray=\"5 4\"/>"
      + "<line x1=\"6\" x2=\"312\" y1=\"160\" y2=\"160\" stroke=\"var(--soft)\"/>"
      + "<text class=\"soft\" x=\"10\" y=\"178\">low end</text>"
      + "<text class=\"soft\" x=\"308\" y=\"178\" text-anchor=\"end\">high end</text></svg>"
  }
}
