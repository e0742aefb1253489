// Everything that lies over the view at one instant, as flat shapes.
//
// Order        members, trails, cones, arrows, marks, labels; then ghosts; then the tables at the edges, so
//              that numbers are never hidden.
// Checked by   OverlayTests.

import Experience

/// What an overlay is made from.
public struct Overlay: Sendable {
  public var stage: Stage
  public var notes: RecordingNotes
  public var frame: Frame
  /// In s; first and last instant of the run.
  public var span: ClosedRange<Double>
  public var lens: Lens
  public var theme: Theme
  public var layers: Layers
  /// Earlier places of each prop's centre of mass, oldest first.
  public var trails: [[Point3]]
  public var ghosts: [Ghost]
  /// Runs at other draws of the tolerances.
  public var members: [Member] = []
  /// Side of a square of the ground grid, in m.
  public var gridStep: Double
  /// Time that the mouse points at on the timeline.
  public var hoverTime: Double?
  public var loop: ClosedRange<Double>?
  public var marks: [Double]
  /// End of the mouse spring, in m.
  public var pullEnd: Point3?
  /// The side panel shows the outcomes already.
  public var hidesOutcomes: Bool
  /// An invitation at the lower edge, such as the key for help.
  public var hint: String

  public init(
    stage: Stage, notes: RecordingNotes, frame: Frame, span: ClosedRange<Double>, lens: Lens,
    theme: Theme = .dark, layers: Layers = .standard, trails: [[Point3]] = [],
    ghosts: [Ghost] = [], gridStep: Double = 1
  ) {
    (self.stage, self.notes, self.frame, self.span) = (stage, notes, frame, span)
    (self.lens, self.theme, self.layers, self.trails) = (lens, theme, layers, trails)
    (self.ghosts, self.gridStep) = (ghosts, gridStep)
    (hoverTime, loop, marks, hint) = (nil, nil, [], "")
    (pullEnd, hidesOutcomes) = (nil, false)
  }

  /// Pictures smaller than this carry no tables.
  var isTiny: Bool { lens.width < 320 || lens.height < 200 }

  public func picture() -> Picture {
    let tables = isTiny ? Picture() : edges()
    var picture = Picture()
    // labels look for places where no table will cover them
    picture.reserve(platesOf: tables)
    if layers.contains(.scale) && !isTiny { addScale(to: &picture) }
    if layers.contains(.members) { addMembers(to: &picture) }
    if layers.contains(.trails) { addTrails(to: &picture) }
    addDots(to: &picture)
    if layers.contains(.forces) { addForces(to: &picture) }
    addPulls(to: &picture)
    if layers.contains(.velocities) { addVelocities(to: &picture) }
    if layers.contains(.contacts) { addContacts(to: &picture) }
    if layers.contains(.centres) { addCentres(to: &picture) }
    if layers.contains(.labels) || layers.contains(.hoverLabels) { addLabels(to: &picture) }
    if layers.contains(.ghosts) { addGhosts(to: &picture) }
    return picture + tables
  }

  /// Everything at the edges of the picture.
  private func edges() -> Picture {
    var picture = Picture()
    if layers.contains(.scale) { addAxes(to: &picture) }
    addLegends(to: &picture)
    if layers.contains(.ghosts) { addGhostTable(to: &picture) }
    if layers.contains(.hud) { addHeads(to: &picture) }
    if layers.contains(.plots) { addPlots(to: &picture) }
    if layers.contains(.timeline) { addTimeline(to: &picture) }
    if notes.isPerturbed { addPerturbed(to: &picture) }
    return picture
  }

  /// Height that the timeline takes at the lower edge, in points.
  var bottomInset: Double { layers.contains(.timeline) && !isTiny ? 54 : 12 }
  var margin: Double { 14 }
}
