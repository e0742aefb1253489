// What the window can be turned to: scenes that run, recordings that replay.

import Experience

/// A run that is open.
public enum OpenRun {
  case replay(any FrameSource)
  case live(any LiveSource)

  var source: any FrameSource {
    switch self {
    case .replay(let source): source
    case .live(let source): source
    }
  }
}

/// A run that can be opened; nothing is read or simulated before.
public struct Show {
  public var name: String
  public var open: () throws -> OpenRun
  /// Predictions over it; called with the run that was opened.
  public var predictions: (any FrameSource) throws -> [Ghost]

  public init(
    name: String, open: @escaping () throws -> OpenRun,
    predictions: @escaping (any FrameSource) throws -> [Ghost] = { _ in [] }
  ) {
    (self.name, self.open, self.predictions) = (name, open, predictions)
  }

  /// Opens it for a window.
  func session(theme: Theme) throws -> Session {
    let run = try open()
    return try Session(run, ghosts: predictions(run.source), theme: theme)
  }
}

/// What `save` gets: everything that makes the session again.
public struct SavedSession {
  /// A free name in the window's folder: scene-001.plr.
  public var path: String
  public var source: any FrameSource
  /// In s.
  public var marks: [Double]
  /// Pulls with the instants at which they began to hold; nil is a release.
  public var pulls: [(time: Double, pull: Pull?)]
}
