// The window: a loop of inputs, time, picture.
//
// It draws frames of recordings and of live runs alike. One thread. Errors of a run are shown and
// pause it; an error of OpenGL is shown too and noted in the report.

import CImGui
import Experience
import Foundation

/// Opens a window on runs. It stays until it is released.
public final class Window {
  let native: NativeWindow
  let shows: [Show]
  let options: WindowOptions
  var session: Session
  var scene: SceneRenderer
  var interface: Interface
  var ladder = QualityLadder()
  var canvas: Canvas?
  var report = WindowReport()
  var current: Int
  var trails = Trails()
  var isClosing = false
  /// Of the framebuffer in pixels, asked for once a picture: asking waits for the display.
  var size = (width: 0, height: 0)
  // the mouse, in pixels
  var mouse = Spot(-1, -1)
  var held: Int?
  var mode = DragMode.none
  // panels
  var filter = [CChar](repeating: 0, count: 64)
  var takesFocus = false
  var messageSeen = 0
  var messageUntil = 0.0
  var movie: Movie?
  var movieTime = 0.0
  var wantsPicture = false
  var frameTime = 0.016
  private var noted: String?
  /// What else than inputs changes a picture, as it was in the last one.
  private var lastSight: Sight?

  private struct Sight: Hashable {
    var width: Int
    var height: Int
    var members: Int
    var outcomes: Int
    var message: Int
    var showsMessage: Bool
    var error: String?
  }
  /// Whether the side panel was open in the last picture; nil before the first.
  var hadPanel: Bool?

  enum DragMode { case none, orbit, pan, scrub, pull }

  /// - Throws: `ViewerError.noDisplay` without a display or OpenGL 3.3 on it; `.nothingToDraw`
  ///   without shows; what opening the first show throws.
  public init(_ shows: [Show], options: WindowOptions = WindowOptions()) throws {
    guard shows.indices.contains(options.first) else {
      throw ViewerError(
        .nothingToDraw, "there is nothing to show",
        remedy: "name a scene, a recording or a folder that holds some")
    }
    let show = shows[options.first]
    let memory = options.memory.flatMap(ViewMemory.init(path:))
    (self.shows, self.options, current) = (shows, options, options.first)
    // without a display nothing is simulated in vain
    native = try NativeWindow(
      width: memory?.width ?? options.width, height: memory?.height ?? options.height,
      title: "Plumbline: \(show.name)")
    var session = try show.session(theme: memory.map { .named($0.theme) } ?? options.theme)
    session.layers = memory?.layers ?? options.layers
    session.showsPanel = memory?.showsPanel ?? false
    session.showsInfo = memory?.showsInfo ?? false
    scene = try SceneRenderer(native.device, stage: session.stage)
    interface = try Interface(native.device, scale: native.scale)
    self.session = session
    if interface.usesFallbackFont {
      self.session.message = "install fonts-dejavu-core for all characters"
    }
    report.renderer = native.device.renderer
  }

  /// Until the window is closed.
  public func run() -> WindowReport {
    let start = Window.now
    var last = start
    var steps = options.script?.steps[...] ?? []
    var isFirst = true
    size = native.size
    while !isClosing {
      let now = Window.now
      let spent = now - last
      let isMinimised = size.width == 0
      // sixty pictures a second while something moves, twelve while nothing does
      let period = session.playback.isPlaying || held != nil || isFirst ? 1.0 / 60 : 1.0 / 12
      var wait = isMinimised ? 0.05 : max(0, period - spent)
      // a script wakes the window as a person does
      if let next = steps.first { wait = min(wait, max(0, next.at - (now - start))) }
      let events = native.events(waiting: isFirst ? 0 : wait)
      var hasInput = !events.isEmpty
      for event in events { handle(event) }
      while let step = steps.first, case let late = Window.now - start - step.at, late >= 0 {
        steps.removeFirst()
        hasInput = true
        options.onInput?(step.input, late)
        handle(step.input)
      }
      fulfil()
      session.collect()
      let moment = Window.now
      session.advance(by: moment - last)
      last = moment
      size = native.size
      note()
      // what stands still is refined, then left alone
      let wasFinest = ladder.shown == .best
      let isStill = isStill(hasInput: hasInput, at: moment - start)
      ladder.next(isStill: isStill)
      if size.width > 0, !(isStill && wasFinest) {
        draw(at: moment - start)
        if isFirst { report.opening = Window.now - start }
        isFirst = false
        report.frames += 1
        options.onFrame?(report.frames)
        if let onPicture = options.onPicture, let canvas { onPicture(canvas.whole.pixels()) }
      }
    }
    session.cancelWork()
    stopMovie()
    remember()
    report.seconds = Window.now - start
    return report
  }

  /// Nothing has changed since the last picture that could be seen in the next.
  private func isStill(hasInput: Bool, at time: Double) -> Bool {
    let sight = Sight(
      width: size.width, height: size.height, members: session.members.count,
      outcomes: session.notes.outcomes.count,
      message: session.messageCount, showsMessage: time < messageUntil, error: session.error)
    defer { lastSight = sight }
    let isIdle =
      !session.playback.isPlaying && held == nil && movie == nil && !session.showsHelp
      && !session.showsFinder
    return isIdle && !hasInput && sight == lastSight
  }

  /// For the next window; that it cannot be written is no reason to stop.
  private func remember() {
    guard let path = options.memory else { return }
    let extent = native.extent
    let memory = ViewMemory(
      width: extent.width, height: extent.height, theme: session.theme.kind,
      layers: session.layers, showsPanel: session.showsPanel, showsInfo: session.showsInfo)
    try? memory.write(to: path)
  }

  /// In s, from an arbitrary start.
  static var now: Double { ProcessInfo.processInfo.systemUptime }

  /// Of the window, in points.
  var width: Double { Double(max(1, size.width)) / interface.scale }

  /// The eye over the view, in points: the window without the side panel.
  var lens: Lens {
    session.camera.lens(
      width: width - panelWidth, height: Double(max(1, size.height)) / interface.scale)
  }

  /// Of the side panel, in points; 0 while it is closed.
  var panelWidth: Double { session.showsPanel ? min(360, 0.4 * width) : 0 }

  /// Every error that is shown stands in the report once.
  private func note() {
    if let error = session.error, error != noted { report.shownErrors.append(error) }
    noted = session.error
  }

  func turn(to index: Int) {
    guard !shows.isEmpty else { return }
    current = ((index % shows.count) + shows.count) % shows.count
    session.open(shows[current])
    scene.show(session.stage)
    trails = Trails()
    held = nil
    mode = .none
    native.setTitle("Plumbline: \(shows[current].name)")
  }

  /// What only the window can do.
  private func fulfil() {
    let requests = session.requests
    session.requests = []
    for request in requests {
      switch request {
      case .scene(let step):
        if shows.count > 1 { turn(to: current + step) } else { session.message = "the only scene" }
      case .picture: wantsPicture = true
      case .video: toggleMovie()
      case .save: save()
      case .close: isClosing = true
      }
    }
  }
}
