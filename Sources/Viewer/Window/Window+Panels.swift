// Panels over the view: side panel, help, finder, info line, messages, errors.

import CImGui
import Experience

extension Window {
  /// In pixels, for panels.
  private func pixels(_ points: Double) -> Float { Float(points * interface.scale) }

  func drawPanels(_ lens: Lens, at time: Double) {
    if session.showsPanel { drawSidePanel(lens) }
    if session.showsHelp { drawActions(lens, title: "Keys", keepsOpen: true) }
    if session.showsFinder { drawActions(lens, title: "Find an action", keepsOpen: false) }
    if session.error != nil { drawError(lens) }
    var picture = Picture()
    if session.showsInfo { addInfo(to: &picture, lens) }
    if !session.playback.isPlaying && session.error == nil { addPause(to: &picture, lens) }
    if session.messageCount != messageSeen {
      // long enough to be read
      let seconds = 1.8 + 0.04 * Double(session.message.count)
      (messageSeen, messageUntil) = (session.messageCount, time + seconds)
    }
    if time < messageUntil {
      let spot = Spot(0.5 * lens.width, lens.height - 140)
      picture.tag(session.message, spot, session.theme, face: .bold)
    }
    if movie != nil {
      picture.add(.disc(Spot(0.5 * lens.width - 52, 60), radius: 5, Palette.vermilion))
      picture.tag("recording", Spot(0.5 * lens.width, 52), session.theme, face: .bold)
    }
    interface.draw(picture)
  }

  private func addInfo(to picture: inout Picture, _ lens: Lens) {
    let pace = session.pace
    let index = Instant.index(at: session.playback.time, in: session.times)
    let words = [
      "asked \(ValueText.number(session.playback.speed))×",
      "reached \(ValueText.number(pace.reached))×",
      "\(Int((1 / frameTime).rounded())) pictures/s possible",
      "frame \(index + 1) of \(session.times.count)",
      "fineness \(ladder.shown.rung + 1) of \(Quality.rungs.count)", report.renderer,
    ].joined(separator: " · ")
    let room = lens.width - 40
    picture.tag(
      Typeface.small.fitted(words, to: room),
      Spot(0.5 * lens.width, lens.height - 114), session.theme)
  }

  /// Two bars, so that a pause is seen.
  private func addPause(to picture: inout Picture, _ lens: Lens) {
    let spot = Spot(152, lens.height - 80)
    picture.add(
      .panel(spot - Spot(44, 8), size: Spot(88, 26), session.theme.panel, radius: 13))
    for shift in [-32.0, -25] {
      picture.add(
        .panel(spot + Spot(shift, -1), size: Spot(4, 12), session.theme.text, radius: 1))
    }
    picture.text("paused", spot + Spot(-14, -4), .bold, session.theme.text)
  }

  private func drawSidePanel(_ lens: Lens) {
    guard
      ui_panel_begin(
        "side", pixels(lens.width), 0, pixels(panelWidth), pixels(lens.height), false)
    else { return ui_panel_end() }
    ui_heading("Outcomes")
    for outcome in session.notes.outcomes { drawOutcome(outcome) }
    if session.notes.outcomes.isEmpty { ui_faint("none recorded") }
    ui_separator()
    ui_heading("Series")
    for series in session.notes.series { drawSeries(series) }
    if session.notes.series.isEmpty { ui_faint("none recorded") }
    ui_separator()
    ui_heading("Audits")
    if session.notes.audits.isEmpty { ui_faint("none recorded") }
    if !session.notes.audits.isEmpty, ui_table_begin("audits", 0) {
      for audit in session.notes.audits {
        ui_table_next()
        ui_label(audit.name)
        ui_table_next()
        ui_label(ValueText.number(audit.value, digits: 2))
      }
      ui_table_end()
    }
    drawEvents()
    ui_panel_end()
  }

  private func drawOutcome(_ outcome: OutcomeMark) {
    let isKnown = outcome.isKnown(at: session.playback.time, end: session.end)
    let value =
      isKnown
      ? outcome.text : outcome.knownAt.map { "known at \(ValueText.time($0))" } ?? "at the end"
    ui_label("\(outcome.name):  \(value)")
    let colour = outcome.isSound ? session.theme.good : session.theme.warning
    ui_coloured(
      "    \(outcome.status) · \(outcome.tier)",
      (isKnown ? colour : session.theme.faint).packed)
  }

  private func drawSeries(_ series: PlotSeries) {
    let finite = series.values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), series.values.count > 1 else { return }
    let length = session.end - session.start
    let part = length > 0 ? (session.playback.time - session.start) / length : 0
    let index = min(
      series.values.count - 1, max(0, Int(part * Double(series.values.count - 1) + 0.5)))
    ui_label("\(series.name)  \(ValueText.quantity(series.values[index], series.unit))")
    // a thousand points fill the panel
    let step = max(1, series.values.count / 1000)
    let values = stride(from: 0, to: series.values.count, by: step).map {
      series.values[$0].isFinite ? Float(series.values[$0]) : Float(low)
    }
    let room = high > low ? 0.06 * (high - low) : max(1e-9, abs(high))
    ui_plot(
      "##\(series.name)", values, Int32(values.count), Float(low - room), Float(high + room),
      pixels(64), Float(part))
    ui_faint(
      "\(ValueText.quantity(low, series.unit)) … \(ValueText.quantity(high, series.unit))")
  }

  private func drawEvents() {
    guard !session.notes.events.isEmpty else { return }
    ui_separator()
    ui_heading("Events")
    for (number, event) in session.notes.events.prefix(200).enumerated() {
      let isNow = abs(event.time - session.playback.time) < 0.02
      let text = "\(ValueText.time(event.time))  \(event.text)##\(number)"
      if ui_selectable(text, isNow), event.time <= session.known {
        session.playback.go(to: event.time, start: session.start, end: session.known)
        session.playback.isPlaying = false
      }
    }
  }

  /// The key table with a field that searches it; a click, or Enter for the first row, acts.
  private func drawActions(_ lens: Lens, title: String, keepsOpen: Bool) {
    let width = min(560, lens.width - 20)
    let height = min(keepsOpen ? 620 : 320, lens.height - 20)
    let corner = Spot(0.5 * (lens.width - width), 0.5 * (lens.height - height))
    guard
      ui_panel_begin(
        title, pixels(corner.x), pixels(corner.y), pixels(width), pixels(height), takesFocus)
    else { return ui_panel_end() }
    ui_heading(title)
    let isEntered = ui_text_field(
      "##filter", "type a word", &filter, Int32(filter.count), takesFocus)
    takesFocus = false
    let bytes = filter.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
    let rows = KeyTable.search(String(decoding: bytes, as: UTF8.self))
    var chosen = isEntered ? rows.first?.action : nil
    for group in KeyBinding.Group.allCases {
      let list = rows.filter { $0.group == group }
      guard !list.isEmpty else { continue }
      ui_separator()
      ui_heading(group.rawValue)
      if ui_table_begin("keys-\(group.rawValue)", pixels(170)) {
        for row in list {
          ui_table_next()
          ui_label(row.keys)
          ui_table_next()
          if ui_selectable("\(row.title)##\(row.action.rawValue)", false) { chosen = row.action }
        }
        ui_table_end()
      }
    }
    if keepsOpen && filter[0] == 0 {
      ui_separator()
      ui_heading("Mouse")
      for row in KeyTable.mouse { ui_label("\(row.gesture): \(row.title)") }
    }
    if rows.isEmpty { ui_faint("no action has these words") }
    ui_panel_end()
    guard let chosen else { return }
    (session.showsHelp, session.showsFinder) = (false, false)
    session.perform(chosen)
  }

  func drawError(_ lens: Lens) {
    guard let text = session.error else { return }
    let (width, height) = (min(620, lens.width - 20), min(260, lens.height - 20))
    if ui_panel_begin(
      "error", pixels(0.5 * (lens.width - width)), pixels(0.5 * (lens.height - height)),
      pixels(width), pixels(height), false)
    {
      ui_heading("The run is paused")
      ui_separator()
      ui_coloured(text, session.theme.warning.packed)
      ui_separator()
      if ui_button_text("Close (any key)") { session.error = nil }
    }
    ui_panel_end()
  }
}
