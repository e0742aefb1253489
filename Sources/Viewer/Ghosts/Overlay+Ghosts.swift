// Ghosts over the view: dashed and purple, so that nobody takes a prediction for the truth.

import Experience
import Foundation

extension Overlay {
  private var ghostColour: Colour { ink(Palette.purple) }

  func addGhosts(to picture: inout Picture) {
    for ghost in ghosts {
      switch ghost.form {
      case .height(let point): addHeight(ghost, point, to: &picture)
      case .place(let point): addPlace(ghost, point, to: &picture)
      case .path(let points): addPath(ghost, points, to: &picture)
      case .time(let time): addFlag(ghost, time, to: &picture)
      case .event: addEvent(ghost, to: &picture)
      case .number: break
      }
    }
  }

  /// The truth of a ghost may be told.
  private func isTold(_ ghost: Ghost) -> Bool { frame.time >= ghost.knownAt - 1e-9 }

  /// The prediction, and its difference from the moment on at which the truth is known.
  private func words(_ ghost: Ghost) -> String {
    let start = "\(ghost.name) predicted \(ghost.text)"
    guard isTold(ghost), !ghost.difference.isEmpty else { return start }
    var truth = ""
    if case .event(_, let happened) = ghost.form {
      let time = ghost.moment.map { " at \(ValueText.time($0.time))" } ?? ""
      truth = happened ? "  happened\(time)" : "  did not happen"
    }
    return "\(start)\(truth)  Δ \(ghost.difference)"
  }

  private func dashes(
    _ a: Spot, _ b: Spot, _ colour: Colour, width: Double = 2, to picture: inout Picture
  ) {
    let run = b - a
    let length = (run.x * run.x + run.y * run.y).squareRoot()
    guard length > 0, length < 1e4 else { return }
    let along = run / length
    for start in stride(from: 0, to: length, by: 14) {
      picture.line(a + along * start, a + along * min(length, start + 8), colour, width: width)
    }
  }

  /// A level line across the scene, with its zones as level bands.
  private func addHeight(_ ghost: Ghost, _ point: Point3, to picture: inout Picture) {
    let half = 0.75 * lens.camera.sceneRadius * lens.camera.right
    for (zone, alpha) in [(ghost.outer, 0.16), (ghost.inner, 0.24)] {
      guard case .points(let low, let high)? = zone else { continue }
      let corners = [low - half, low + half, high + half, high - half].compactMap(lens.spot)
      if corners.count == 4 { picture.add(.area(corners, Palette.purple.opacity(alpha))) }
    }
    guard let (a, b) = lens.segment(point - half, point + half) else { return }
    dashes(a, b, ghostColour, to: &picture)
    var top = b
    if case .points(_, let high)? = ghost.outer, let spot = lens.spot(high + half) { top = spot }
    picture.tag(words(ghost), top + Spot(-8, -22), theme, colour: ghostText, anchor: .end)
  }

  /// A ring on the ground and a post, with its zones as a strip.
  private func addPlace(_ ghost: Ghost, _ point: Point3, to picture: inout Picture) {
    let up = stage.up
    let (u, v) = (up.across, up.cross(up.across))
    let radius = 0.06 * lens.camera.sceneRadius
    for (zone, alpha) in [(ghost.outer, 0.2), (ghost.inner, 0.3)] {
      guard case .points(let low, let high)? = zone else { continue }
      let wide = 0.7 * radius * up.cross((high - low).unit(or: u)).unit(or: v)
      let corners = [low - wide, high - wide, high + wide, low + wide].compactMap(lens.spot)
      if corners.count == 4 { picture.add(.area(corners, Palette.purple.opacity(alpha))) }
    }
    let ring: [Spot] = (0..<40).compactMap { step in
      let angle = 2 * Double.pi * Double(step) / 40
      return lens.spot(point + radius * (cos(angle) * u + sin(angle) * v))
    }
    if ring.count == 40 {
      picture.add(.path(ring, ghostColour, width: 2, isClosed: true))
    }
    guard let (foot, top) = lens.segment(point, point + 0.35 * lens.camera.sceneRadius * up) else {
      return
    }
    dashes(foot, top, ghostColour, to: &picture)
    picture.tag(words(ghost), top + Spot(0, -20), theme, colour: ghostText)
  }

  private func addPath(_ ghost: Ghost, _ points: [Point3], to picture: inout Picture) {
    for (index, (a, b)) in zip(points, points.dropFirst()).enumerated() where index % 2 == 0 {
      guard let (p, q) = lens.segment(a, b) else { continue }
      picture.line(p, q, ghostColour, width: 2)
    }
    if let last = points.last, let spot = lens.spot(last) {
      picture.tag(words(ghost), spot + Spot(0, 8), theme, colour: ghostText)
    }
  }

  /// A flag on the timeline.
  private func addFlag(_ ghost: Ghost, _ time: Double, to picture: inout Picture) {
    guard layers.contains(.timeline), !isTiny else { return }
    let bar = TimelineBar(lens: lens, span: span)
    let (x, top) = (bar.x(of: time), lens.height - 54)
    for (zone, alpha) in [(ghost.outer, 0.25), (ghost.inner, 0.35)] {
      guard case .times(let low, let high)? = zone else { continue }
      let (a, b) = (bar.x(of: low), bar.x(of: high))
      picture.add(
        .panel(
          Spot(a, top - 8), size: Spot(max(2, b - a), 8), Palette.purple.opacity(alpha), radius: 2))
    }
    addBanner(Spot(x, top), form: .filled, to: &picture)
    guard isTold(ghost), let moment = ghost.moment else { return }
    // from the prediction to what happened
    let truth = bar.x(of: moment.time)
    dashes(Spot(x, top - 3), Spot(truth, top - 3), ghostColour, width: 1.5, to: &picture)
    picture.line(Spot(truth, top - 7), Spot(truth, top), ghostColour, width: 2)
    addFlag(ghost, at: moment.place, to: &picture)
  }

  /// A flag on the timeline: hollow until it is known, then filled or struck out; and one where it
  /// happened.
  private func addEvent(_ ghost: Ghost, to picture: inout Picture) {
    guard case .event(_, let happened) = ghost.form, let moment = ghost.moment else { return }
    if layers.contains(.timeline), !isTiny {
      let x = TimelineBar(lens: lens, span: span).x(of: moment.time)
      let form: BannerForm = !isTold(ghost) ? .hollow : happened ? .filled : .struck
      addBanner(Spot(x, lens.height - 54), form: form, to: &picture)
    }
    if isTold(ghost), happened { addFlag(ghost, at: moment.place, to: &picture) }
  }

  private enum BannerForm { case hollow, filled, struck }

  /// A pole of 16 points with its banner.
  private func addBanner(_ foot: Spot, form: BannerForm, to picture: inout Picture) {
    let top = foot - Spot(0, 16)
    picture.line(foot, top, ghostColour, width: 2)
    let banner = [top, top + Spot(12, 4), top + Spot(0, 8)]
    picture.add(
      form == .filled
        ? .area(banner, ghostColour) : .path(banner, ghostColour, width: 1.5, isClosed: true))
    if form == .struck {
      picture.line(top + Spot(-4, 9), top + Spot(12, -1), ghostColour, width: 1.5)
    }
  }

  /// In the scene, where what was predicted came about.
  private func addFlag(_ ghost: Ghost, at place: Point3?, to picture: inout Picture) {
    guard let place, let foot = lens.spot(place) else { return }
    picture.add(.disc(foot, radius: 3, ghostColour))
    addBanner(foot, form: .filled, to: &picture)
    picture.tag(words(ghost), foot + Spot(0, -38), theme, colour: ghostText)
  }

  private var ghostText: Colour {
    theme.kind == .dark ? Colour(hex: 0xEBB7D6) : Colour(hex: 0x7A2F5C)
  }

  /// All predictions with their differences, above the timeline.
  func addGhostTable(to picture: inout Picture) {
    guard !ghosts.isEmpty else { return }
    let line = Typeface.body.leading
    var rows: [(String, Colour)] = [("Prediction: \(ghosts[0].model)", theme.text)]
    for ghost in ghosts.prefix(6) { rows.append((words(ghost), ghostText)) }
    if ghosts.count > 6 { rows.append(("and \(ghosts.count - 6) more", theme.faint)) }
    let limit = 0.45 * lens.width
    rows = rows.map { (Typeface.body.fitted($0.0, to: limit), $0.1) }
    let width = rows.map { Typeface.body.width(of: $0.0) }.max() ?? 0
    let size = Spot(width + 24, line * Double(rows.count) + 14)
    let corner = Spot(margin + 84, lens.height - bottomInset - size.y - 26)
    picture.add(.panel(corner, size: size, theme.panel, radius: 8))
    for (row, (text, colour)) in rows.enumerated() {
      picture.text(
        text, corner + Spot(12, 7 + line * Double(row)), row == 0 ? .bold : .body, colour)
    }
  }
}
