// Series of the run as small plots at the left edge, with the instant marked.

import Experience

extension Overlay {
  func addPlots(to picture: inout Picture) {
    let size = Spot(220, 82)
    let top = margin + 118
    let room = lens.height - bottomInset - 96 - top
    let count = min(notes.series.count, max(0, Int(room / (size.y + 8))))
    for (row, series) in notes.series.prefix(count).enumerated() {
      let corner = Spot(margin, top + Double(row) * (size.y + 8))
      addPlot(series, corner: corner, size: size, to: &picture)
    }
  }

  private func addPlot(
    _ series: PlotSeries, corner: Spot, size: Spot, to picture: inout Picture
  ) {
    let finite = series.values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), series.values.count > 1 else { return }
    picture.add(.panel(corner, size: size, theme.panel, radius: 6))
    let length = span.upperBound - span.lowerBound
    let part = length > 0 ? (frame.time - span.lowerBound) / length : 0
    let index = min(
      series.values.count - 1, max(0, Int((part * Double(series.values.count - 1)).rounded())))
    // rounding noise of something at rest is no value
    let value = series.values[index]
    let now = ValueText.quantity(
      abs(value) < 1e-9 * max(abs(low), abs(high)) ? 0 : value, series.unit)
    picture.text(
      Typeface.small.fitted("\(series.name)  \(now)", to: size.x - 20), corner + Spot(10, 4),
      .small, theme.text)
    let (left, wide) = (corner.x + 10, size.x - 62)
    let (base, tall) = (corner.y + size.y - 10, size.y - 36)
    // a constant is drawn in the middle, not as noise blown up to the whole height
    let isFlat = high - low <= 1e-12 * max(abs(high), abs(low), 1e-300)
    func spot(_ index: Int) -> Spot {
      let x = left + wide * Double(index) / Double(series.values.count - 1)
      let y = isFlat ? 0.5 : (series.values[index] - low) / (high - low)
      return Spot(x, base - tall * y)
    }
    picture.line(Spot(left, base), Spot(left + wide, base), theme.faint.opacity(0.5))
    let stride = max(1, series.values.count / 200)
    var path: [Spot] = []
    for index in Swift.stride(from: 0, to: series.values.count, by: stride)
    where series.values[index].isFinite {
      path.append(spot(index))
    }
    if path.count > 1 {
      picture.add(.path(path, ink(Palette.sky), width: 1.6, isClosed: false))
    }
    let x = left + wide * min(1, max(0, part))
    picture.line(Spot(x, base), Spot(x, base - tall), theme.text.opacity(0.7))
    let edge = left + wide + 6
    picture.text(
      ValueText.number(high, digits: 2), Spot(edge, base - tall - 8), .small, theme.faint)
    picture.text(ValueText.number(low, digits: 2), Spot(edge, base - 8), .small, theme.faint)
  }
}
