// How a window opens, and what it tells when it closes.

/// Options of a window.
public struct WindowOptions {
  /// In screen units.
  public var width = 1280
  public var height = 720
  public var theme = Theme.dark
  public var layers = Layers.standard
  /// Which of the shows opens first.
  public var first = 0
  /// Inputs in place of a user; the real ones still count.
  public var script: Script?
  /// Where pictures and videos go.
  public var folder = "."
  /// Called for `save`; returns what to show. Without it the window says that it cannot.
  public var save: ((SavedSession) throws -> String)?
  /// Where size and switches are remembered; nil forgets. `ViewMemory.standardPath` is the user's.
  public var memory: String?
  /// An embedding program may switch the keys off.
  public var listensToKeys = true
  /// Called after each frame with its number; for measuring and tests.
  public var onFrame: ((Int) -> Void)?
  /// Called after each picture with its pixels; for measuring, since reading them takes its time.
  public var onPicture: ((PixelImage) -> Void)?
  /// Called before an input of the script is handled, with the seconds since it was due.
  public var onInput: ((InputEvent, Double) -> Void)?

  public init() {}
}

/// What happened while the window was open.
public struct WindowReport: Sendable {
  public var frames = 0
  /// On the wall.
  public var seconds = 0.0
  /// Time until the first frame was shown, in s.
  public var opening = 0.0
  /// Errors that OpenGL reported, with the frame.
  public var openGLErrors: [String] = []
  /// Errors that were shown in the window.
  public var shownErrors: [String] = []
  /// Rungs of the quality ladder that were used.
  public var rungs: Set<Int> = []
  /// The name of the driver.
  public var renderer = ""

  public var framesPerSecond: Double { seconds > 0 ? Double(frames) / seconds : 0 }
}
