// A run as something to look at: stage, frames, events, plotted series, and what the record says.
//
// Frames are asked for by index: a recording in memory holds them, one on disk reads and unpacks
// the chunk they are in (RecordingFile), a live run makes them.

/// Something that happened at an instant.
public struct EventMark: Sendable, Hashable {
  /// Word of the record: impact, lift-off, slip, stick, tip, rest …
  public var kind: String
  /// In s.
  public var time: Double
  /// What a hover shows: "pack slips on floor".
  public var text: String
  /// Where, in m, if it has a place.
  public var point: Point3?

  public init(kind: String, time: Double, text: String, point: Point3? = nil) {
    (self.kind, self.time, self.text, self.point) = (kind, time, text, point)
  }
}

/// A number over time, one for each frame.
public struct PlotSeries: Sendable, Hashable {
  public var name: String
  /// SI symbol, "1" for a number.
  public var unit: String
  public var values: [Double]

  public init(name: String, unit: String, values: [Double] = []) {
    (self.name, self.unit, self.values) = (name, unit, values)
  }
}

/// An outcome as the panel shows it.
public struct OutcomeMark: Sendable, Hashable {
  public var name: String
  /// SI symbol, "1" for a number or an event.
  public var unit: String
  /// Value; of an event its probability.
  public var value: Double
  /// Half-width of the numerical band.
  public var band: Double
  /// converged, unresolved … and T0 … T3, in the words of the record.
  public var status: String
  public var tier: String
  public var isEvent: Bool
  /// When it becomes known, in s; nil at the end of the run.
  public var knownAt: Double?

  public init(
    name: String, unit: String, value: Double, band: Double, status: String, tier: String,
    isEvent: Bool = false, knownAt: Double? = nil
  ) {
    (self.name, self.unit, self.value, self.band) = (name, unit, value, band)
    (self.status, self.tier, self.isEvent, self.knownAt) = (status, tier, isEvent, knownAt)
  }
}

/// What a recording tells beside its frames.
public struct RecordingNotes: Sendable, Hashable {
  public var events: [EventMark]
  public var series: [PlotSeries]
  public var outcomes: [OutcomeMark]
  /// Name, relative size, of each audit.
  public var audits: [NamedNumber]
  public var warnings: [String]
  /// Someone pulled at a body: not a truth.
  public var isPerturbed: Bool
  /// SHA-256 of the resolved scene, as in the truth record; empty if there is none.
  public var sceneHash: String

  public init(
    events: [EventMark] = [], series: [PlotSeries] = [], outcomes: [OutcomeMark] = [],
    audits: [NamedNumber] = [], warnings: [String] = [], isPerturbed: Bool = false,
    sceneHash: String = ""
  ) {
    (self.events, self.series, self.outcomes) = (events, series, outcomes)
    (self.audits, self.warnings) = (audits, warnings)
    (self.isPerturbed, self.sceneHash) = (isPerturbed, sceneHash)
  }
}

/// A source of frames in the order of time.
public protocol FrameSource {
  var stage: Stage { get }
  var notes: RecordingNotes { get }
  /// In s, ascending.
  var times: [Double] { get }
  func frame(_ index: Int) throws -> Frame
}

/// A recording in memory.
public struct Recording: FrameSource, Sendable, Hashable {
  public var stage: Stage
  public var notes: RecordingNotes
  public var frames: [Frame]

  public init(stage: Stage, frames: [Frame] = [], notes: RecordingNotes = RecordingNotes()) {
    (self.stage, self.frames, self.notes) = (stage, frames, notes)
  }

  public var times: [Double] { frames.map(\.time) }
  public func frame(_ index: Int) -> Frame { frames[index] }
}
