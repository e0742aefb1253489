// All that the window knows, without a window: runs, clock, eye, switches, what to tell.
//
// Handlers change this and nothing else, so tests can press every key. Errors of a run pause it
// and are shown; they end nothing.

import Experience

/// State of one window.
public struct Session {
  /// Something that only the window itself can do.
  public enum Request: Sendable, Hashable {
    case picture, video, save, close
    case scene(Int)
  }

  public internal(set) var run: OpenRun
  public private(set) var times: [Double]
  public var playback = Playback()
  public var camera: Camera
  public var layers: Layers = .standard
  public var theme: Theme
  public var ghosts: [Ghost]
  public var isWireframe = false
  public var showsHelp = false
  public var showsPanel = false
  public var showsInfo = false
  public var showsFinder = false
  /// Shown in the middle until a key is pressed; the run is paused.
  public var error: String?
  /// Shown for a moment at the lower edge.
  public var message = "" { didSet { messageCount += 1 } }
  /// Grows with every message, also with one that says the same again.
  private(set) var messageCount = 0
  public var requests: [Request] = []
  public private(set) var pulls: [(time: Double, pull: Pull?)] = []
  public private(set) var pull: Pull?
  public internal(set) var bounds: Bounds
  /// The eye steps back when a live run leaves the picture, until someone moves it.
  public var followsScene = true
  /// Width over height of the view.
  public var aspect = 16.0 / 9
  var pace = Pace()
  /// Runs at draws of the tolerances, as far as they are made.
  public internal(set) var members: [Member] = []
  /// Of the last run that was made again.
  public internal(set) var comparison: RunComparison?
  var memberWork: Background<Member?>?
  var rerunWork: Background<RunComparison>?
  var hasAskedForMembers = false

  /// - Throws: `ViewerError.nothingToDraw` for a run without frames, and what the source throws.
  public init(_ run: OpenRun, ghosts: [Ghost] = [], theme: Theme = .dark) throws {
    (self.run, self.ghosts, self.theme) = (run, ghosts, theme)
    times = run.source.times
    bounds = try Bounds(of: run.source)
    camera = Camera(framing: bounds, up: run.source.stage.up, aspect: aspect)
    guard let first = times.first else {
      throw ViewerError(
        .nothingToDraw, "the run has no frames",
        remedy: "record it again with `plumbline run --record`")
    }
    playback.time = first
    playback.isPlaying = true
  }

  public var stage: Stage { run.source.stage }
  public var notes: RecordingNotes { run.source.notes }
  public var start: Double { times.first ?? 0 }
  /// Last instant that there is a frame of.
  public var known: Double { times.last ?? 0 }
  public var isLive: Bool {
    if case .live = run { true } else { false }
  }

  /// Last instant of the timeline.
  public var end: Double {
    if case .live(let source) = run { return max(known, source.duration ?? known) }
    return known
  }

  public func frame() throws -> Frame {
    let index = Instant.index(at: playback.time, in: times)
    return try run.source.frame(index)
  }

  /// Time passes on the wall, in s.
  public mutating func advance(by seconds: Double) {
    let before = playback.time
    let limit = min(seconds, 0.1)
    guard playback.isPlaying, error == nil else { return }
    if case .live(var source) = run {
      // a slow solver gets smaller portions, so that the window goes on answering
      let portion = min(limit * playback.speed, max(pace.portion, 1e-6))
      let wanted = playback.time + portion
      let end = source.duration ?? .infinity
      if wanted > known {
        // one owner while it changes: no copy of what it holds
        run = .replay(Recording(stage: Stage(scene: "", experience: "")))
        let clock = ContinuousClock()
        let began = clock.now
        do { try source.advance(to: min(wanted, end)) } catch { self.fail(error) }
        pace.record(simulated: portion, taken: clock.now - began)
        run = .live(source)
        times = source.times
        followScene()
      }
      // the newest frame may be older than the clock by less than the distance of two frames
      playback.advance(by: portion / playback.speed, end: end)
    } else {
      playback.advance(by: limit, end: known)
    }
    pace.show(advanced: playback.time - before, in: seconds)
  }

  /// Pauses and shows what went wrong.
  public mutating func fail(_ error: any Error) {
    playback.isPlaying = false
    self.error = "\(error)"
  }

  /// Turns to another run; look and switches stay.
  public mutating func open(_ show: Show) {
    do {
      var fresh = try show.session(theme: theme)
      fresh.layers = layers
      (fresh.showsPanel, fresh.showsInfo) = (showsPanel, showsInfo)
      (fresh.isWireframe, fresh.aspect) = (isWireframe, aspect)
      fresh.camera.frame(fresh.bounds, aspect: aspect)
      fresh.message = show.name
      fresh.requests = requests
      self = fresh
    } catch { fail(error) }
  }

  /// Takes in what the newest frame of a live run fills, with room for a while.
  private mutating func followScene() {
    guard followsScene, pull == nil, error == nil, let last = times.indices.last,
      let newest = try? run.source.frame(last), let now = Bounds(stage: stage, frame: newest)
    else { return }
    var wider = bounds
    wider.add(now.low)
    wider.add(now.high)
    guard wider != bounds else { return }
    let room = 0.2 * (wider.high - wider.low).length
    for axis in 0..<3 {
      if wider.high[axis] > bounds.high[axis] { wider.high[axis] += room }
      if wider.low[axis] < bounds.low[axis] { wider.low[axis] -= room }
    }
    bounds = wider
    camera.frame(bounds, aspect: aspect)
  }

  mutating func reset() {
    pulls = []
    pull = nil
    if case .live(var source) = run {
      do { try source.restart() } catch { fail(error) }
      run = .live(source)
      times = source.times
    }
    playback.restart(at: start)
  }
}

extension Session {
  /// Grasps a prop; the run goes on from its newest instant. Only a live run can be pulled.
  public mutating func grasp(_ pick: Pick) {
    guard case .live = run, stage.props.indices.contains(pick.prop) else { return }
    playback.time = known
    playback.isPlaying = true
    let new = Pull(
      prop: pick.prop, at: pick.local, toward: pick.point, mass: stage.props[pick.prop].mass,
      gravity: stage.gravity.length, reach: 0.15 * camera.sceneRadius)
    hold(new)
  }

  /// Moves the end of the spring.
  public mutating func drag(to point: Point3) {
    guard var moved = pull, point.isFinite else { return }
    moved.toward = point
    hold(moved)
  }

  public mutating func letGo() {
    guard pull != nil else { return }
    pull = nil
    pulls.append((known, nil))
    guard case .live(var source) = run else { return }
    do { try source.release() } catch { fail(error) }
    run = .live(source)
  }

  private mutating func hold(_ new: Pull) {
    guard case .live(var source) = run else { return }
    pull = new
    pulls.append((known, new))
    do { try source.pull(new) } catch { fail(error) }
    run = .live(source)
  }
}
