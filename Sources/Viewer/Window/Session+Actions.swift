// What each action does. The switch has every case: an action without a handler does not compile.

import Experience

extension Session {
  public mutating func perform(_ action: Action) {
    if error != nil {
      // the first key only takes the message away
      error = nil
      return
    }
    switch action {
    case .playPause: togglePlay()
    case .stepForward: stepForward()
    case .stepBack: playback.step(by: -1, times: times)
    case .jumpForward: playback.jump(by: 0.1, start: start, end: known)
    case .jumpBack: playback.jump(by: -0.1, start: start, end: known)
    case .nextEvent: goToEvent(forward: true)
    case .previousEvent: goToEvent(forward: false)
    case .goToStart: playback.go(to: start, start: start, end: known)
    case .goToEnd: playback.go(to: known, start: start, end: known)
    case .reset: reset()
    case .slower: changeSpeed { $0.slower() }
    case .faster: changeSpeed { $0.faster() }
    case .realTime: changeSpeed { $0.realTime() }
    case .mark: playback.toggleMark(reach: 0.004 * (end - start))
    case .loop: toggleLoop()
    case .previousScene: requests.append(.scene(-1))
    case .nextScene: requests.append(.scene(1))
    case .showAll: showAll()
    case .viewFront: look(.front)
    case .viewBack: look(.back)
    case .viewLeft: look(.left)
    case .viewRight: look(.right)
    case .viewTop: look(.top)
    case .viewBottom: look(.bottom)
    case .viewCorner: look(.corner)
    case .contacts: toggle(.contacts)
    case .forces: toggle(.forces)
    case .velocities: toggle(.velocities)
    case .trails: toggle(.trails)
    case .centres: toggle(.centres)
    case .labels: toggle(.labels)
    case .ghosts: toggle(.ghosts)
    case .members: toggleMembers()
    case .runAgain: runAgain()
    case .plots: toggle(.plots)
    case .wireframe: isWireframe.toggle()
    case .theme: theme = .named(theme.kind == .dark ? .light : .dark)
    case .panel: showsPanel.toggle()
    case .info: showsInfo.toggle()
    case .help: showsHelp.toggle()
    case .find: showsFinder.toggle()
    case .picture: requests.append(.picture)
    case .video: requests.append(.video)
    case .save: requests.append(.save)
    case .escape: escape()
    }
  }

  private mutating func togglePlay() {
    // at the end of a recording, running means from the start
    if !playback.isPlaying, !isLive, playback.time >= known { playback.time = start }
    playback.isPlaying.toggle()
    message = playback.isPlaying ? "running" : "paused"
  }

  /// A live run makes its next frame.
  private mutating func stepForward() {
    if playback.time >= known - 1e-12, isLive {
      playback.isPlaying = true
      let speed = playback.speed
      advance(by: 1 / (60 * speed))
      playback.isPlaying = false
      return
    }
    playback.step(by: 1, times: times)
  }

  private mutating func goToEvent(forward: Bool) {
    let events = notes.events.map(\.time)
    if playback.goToEvent(events, forward: forward) {
      message = notes.events.first { $0.time == playback.time }?.text ?? ""
    } else {
      message = forward ? "no later event" : "no earlier event"
    }
  }

  private mutating func changeSpeed(_ change: (inout Playback) -> Void) {
    change(&playback)
    message = Session.speedText(playback.speed)
  }

  static func speedText(_ speed: Double) -> String {
    speed >= 1 ? "\(Int(speed))× real time" : "1/\(Int(1 / speed)) of real time"
  }

  private mutating func toggleLoop() {
    playback.toggleLoop(start: start, end: known)
    message =
      playback.loop.map {
        "repeats \(ValueText.time($0.lowerBound)) to \(ValueText.time($0.upperBound))"
      } ?? "repeats no more"
  }

  mutating func toggle(_ layer: Layers) {
    layers.formSymmetricDifference(layer)
    let name = Layers.names.first { $0.layer == layer }?.name ?? ""
    message = "\(name) \(layers.contains(layer) ? "on" : "off")"
  }

  private mutating func look(_ view: StandardView) {
    camera.look(view)
    showAll()
  }

  /// Frames what the run has filled so far.
  private mutating func showAll() {
    do {
      var box = try Bounds(of: run.source, layers.contains(.members) ? members : [])
      if let now = Bounds(stage: stage, frame: try frame()) {
        box.add(now.low)
        box.add(now.high)
      }
      (bounds, followsScene) = (box, true)
      camera.frame(box, aspect: aspect)
    } catch { fail(error) }
  }

  private mutating func escape() {
    if showsFinder || showsHelp {
      (showsFinder, showsHelp) = (false, false)
    } else {
      requests.append(.close)
    }
  }
}
