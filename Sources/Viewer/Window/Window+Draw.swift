// One picture: scene, overlay, panels, to the screen.

import CImGui
import COpenGL
import Experience

extension Window {
  func draw(at time: Double) {
    let began = Window.now
    fit(aspect: lens.width / lens.height)
    do {
      let frame = try pulled(session.frame())
      let lens = lens
      // a picture that is kept is drawn as well as it can be
      let isKept = wantsPicture
      try prepare(size, isKept ? .best : ladder.shown)
      guard let canvas else { return }
      let chosen = mode == .pull ? session.pull?.prop : held == nil ? hovered?.prop : nil
      canvas.beginScene(part: lens.width / width)
      try scene.draw(
        frame,
        SceneView(
          lens: lens, theme: session.theme, isWireframe: session.isWireframe, chosen: chosen,
          pixelHeight: canvas.sceneHeight))
      canvas.endScene()
      interface.begin(
        width: size.width, height: size.height, seconds: frameTime, theme: session.theme)
      interface.draw(try overlay(frame, lens, chosen).picture())
      drawPanels(lens, at: time)
      try interface.end()
      capture(canvas.whole, at: time)
      canvas.whole.present()
      native.show()
      if isKept { return }
    } catch {
      report.openGLErrors += error is ViewerError ? ["frame \(report.frames): \(error)"] : []
      session.fail(error)
      showErrorOnly(size)
    }
    frameTime = max(1e-4, Window.now - began)
    // the ladder counts drawing alone; waiting is no reason to draw less
    native.device.gl.Finish()
    ladder.record(Window.now - began)
    report.rungs.insert(ladder.shown.rung)
  }

  /// The scene keeps its width when the side panel takes a part of it, and fits at the start.
  private func fit(aspect: Double) {
    if hadPanel == nil {
      session.camera.frame(session.bounds, aspect: aspect)
    } else if hadPanel != session.showsPanel {
      session.camera.zoom(by: session.aspect / aspect)
    }
    (hadPanel, session.aspect) = (session.showsPanel, aspect)
  }

  private func prepare(
    _ size: (width: Int, height: Int), _ quality: Quality
  ) throws(ViewerError) {
    if scene.quality != quality { scene.quality = quality }
    if canvas?.fits(width: size.width, height: size.height, quality: quality) != true {
      canvas = nil
      canvas = try Canvas(
        native.device, width: size.width, height: size.height, quality: quality)
    }
  }

  /// The frame with the mouse spring, which no recording holds.
  private func pulled(_ frame: Frame) -> Frame {
    guard let pull = session.pull, frame.poses.indices.contains(pull.prop) else { return frame }
    var frame = frame
    let (force, point) = pull.force(at: frame.poses[pull.prop])
    frame.arrows.removeAll { $0.kind == .pull }
    frame.arrows.append(ArrowMark(kind: .pull, point: point, vector: force, prop: pull.prop))
    return frame
  }

  private func overlay(_ frame: Frame, _ lens: Lens, _ chosen: Int?) throws -> Overlay {
    var overlay = Overlay(
      stage: session.stage, notes: session.notes, frame: frame,
      span: session.start...max(session.start, session.end), lens: lens, theme: session.theme,
      layers: session.layers, ghosts: session.ghosts,
      gridStep: GroundGrid.step(for: session.camera))
    if session.layers.contains(.trails) {
      let index = Instant.index(at: session.playback.time, in: session.times)
      overlay.trails = try trails.make(
        session.run.source, times: session.times, upTo: index,
        span: max(2, 0.25 * (session.end - session.start)))
    }
    overlay.members = session.members
    overlay.hoverTime = hoverTime
    (overlay.loop, overlay.marks) = (session.playback.loop, session.playback.marks)
    overlay.hint = "F1 keys · Tab panel · Space \(session.playback.isPlaying ? "pause" : "run")"
    overlay.hidesOutcomes = session.showsPanel
    if let pull = session.pull {
      overlay.pullEnd = pull.toward
      overlay.notes.isPerturbed = true
    }
    if let chosen, !session.layers.contains(.labels), session.stage.props.indices.contains(chosen),
      frame.poses.indices.contains(chosen)
    {
      let point = frame.poses[chosen].place(session.stage.props[chosen].centreOfMass)
      let speed = ValueText.quantity(frame.poses[chosen].velocity.length, "m/s")
      overlay.frame.labels.append(
        LabelMark(text: "\(session.stage.props[chosen].name) · \(speed)", point: point))
      overlay.layers.formUnion(.hoverLabels)
    }
    return overlay
  }

  /// Where the scene cannot be drawn, the reason still can.
  private func showErrorOnly(_ size: (width: Int, height: Int)) {
    let gl = native.device.gl
    gl.BindFramebuffer(GLenum(GL_FRAMEBUFFER), 0)
    gl.Viewport(0, 0, GLsizei(size.width), GLsizei(size.height))
    let sky = session.theme.skyBottom.floats
    gl.ClearColor(sky.x, sky.y, sky.z, 1)
    gl.Clear(GLbitfield(GL_COLOR_BUFFER_BIT))
    interface.begin(
      width: size.width, height: size.height, seconds: frameTime, theme: session.theme)
    drawError(lens)
    // a second error has nowhere to go but the report
    do { try interface.end() } catch { report.openGLErrors.append("\(error)") }
    native.show()
  }
}
