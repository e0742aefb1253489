// From inputs to actions: keys through the table, the mouse by what lies under it.

import CImGui
import Experience

extension Window {
  func handle(_ event: InputEvent) {
    let ui = interface.ui
    switch event {
    case .key(let chord, let isDown): key(chord, isDown: isDown)
    case .character(let scalar): ui_character(ui, scalar)
    case .move(let spot):
      ui_mouse(ui, Float(spot.x), Float(spot.y))
      move(to: spot)
    case .button(let button, let isDown, let shift):
      ui_button(ui, Int32(button), isDown)
      if isDown { press(button, shift: shift) } else { release() }
    case .wheel(let steps):
      ui_wheel(ui, Float(steps))
      if !ui_wants_mouse(ui) {
        session.camera.zoom(by: steps > 0 ? 0.88 : 1 / 0.88)
        session.followsScene = false
      }
    case .resize(let width, let height): native.resize(width, height)
    case .minimise: native.minimise()
    case .restore: native.restore()
    case .refresh: break
    case .close: isClosing = true
    }
  }

  private func key(_ chord: Chord, isDown: Bool) {
    let ui = interface.ui
    ui_modifiers(ui, chord.shift, chord.control)
    if let key = Window.editing[chord.key] { ui_key(ui, key, isDown) }
    guard isDown, options.listensToKeys, let action = KeyTable.action(of: chord) else { return }
    // letters that go into a text field are no commands; what closes the field is
    let isTyping = ui_wants_text(ui) || session.showsHelp || session.showsFinder
    let closes = action == .escape || action == .find || chord.key == .f1
    if isTyping && !closes { return }
    session.perform(action)
    if action == .help || action == .find {
      takesFocus = true
      filter[0] = 0
    }
  }

  private static let editing: [Key: UIKey] = [
    .tab: UIKeyTab, .left: UIKeyLeft, .right: UIKeyRight, .up: UIKeyUp, .down: UIKeyDown,
    .home: UIKeyHome, .end: UIKeyEnd, .delete: UIKeyDelete, .backspace: UIKeyBackspace,
    .enter: UIKeyEnter, .escape: UIKeyEscape, .a: UIKeyA, .c: UIKeyC, .v: UIKeyV, .x: UIKeyX,
  ]

  /// Point of the picture under the mouse.
  var pointer: Spot { mouse / interface.scale }

  var timelineBar: TimelineBar? {
    guard session.layers.contains(.timeline) else { return nil }
    return TimelineBar(lens: lens, span: session.start...session.end)
  }

  /// Time under the mouse, while it is over the bar or drags on it.
  var hoverTime: Double? {
    guard let bar = timelineBar else { return nil }
    if mode == .scrub { return bar.time(x: pointer.x) }
    return held == nil ? bar.time(at: pointer) : nil
  }

  /// Prop under the mouse while nothing is pressed; not told where looking for it would cost
  /// more than drawing.
  var hovered: Pick? {
    let triangles = session.stage.meshes.reduce(0) { $0 + $1.triangles.count }
    return triangles * session.stage.props.count < 200_000 ? picked : nil
  }

  var picked: Pick? {
    guard mouse.x >= 0, !ui_wants_mouse(interface.ui), let frame = try? session.frame() else {
      return nil
    }
    return lens.ray(through: pointer).pick(in: session.stage, poses: frame.poses)
  }

  private func press(_ button: Int, shift: Bool) {
    guard held == nil, !ui_wants_mouse(interface.ui) else { return }
    held = button
    if button == 0, let time = timelineBar?.time(at: pointer) {
      mode = .scrub
      scrub(to: time)
    } else if button != 0 || shift {
      mode = .pan
    } else if session.isLive, let pick = picked {
      mode = .pull
      session.grasp(pick)
    } else {
      mode = .orbit
    }
  }

  private func release() {
    if mode == .pull { session.letGo() }
    (held, mode) = (nil, .none)
  }

  private func scrub(to time: Double) {
    session.playback.go(to: time, start: session.start, end: session.known)
    session.playback.isPlaying = false
  }

  private func move(to spot: Spot) {
    let run = (spot - mouse) / interface.scale
    mouse = spot
    switch mode {
    case .none: break
    case .orbit: session.camera.orbit(by: -0.008 * run.x, 0.008 * run.y)
    case .pan:
      session.camera.pan(by: run.x, run.y, height: lens.height)
      session.followsScene = false
    case .scrub: if let bar = timelineBar { scrub(to: bar.time(x: pointer.x)) }
    case .pull: if let point = pullPoint { session.drag(to: point) }
    }
  }

  /// Where the mouse is at the depth of the grasped point.
  private var pullPoint: Point3? {
    guard let pull = session.pull, let frame = try? session.frame(),
      frame.poses.indices.contains(pull.prop)
    else { return nil }
    let grasped = frame.poses[pull.prop].place(pull.at)
    let ray = lens.ray(through: pointer)
    let forward = -session.camera.outward
    let rate = ray.direction.dot(forward)
    guard rate > 1e-6 else { return nil }
    return ray.point(at: (grasped - ray.origin).dot(forward) / rate)
  }
}
