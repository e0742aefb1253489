// A run that goes on while it is watched.
//
// Who shows it asks for time in small portions and shows the frames that come, and never sees the
// state of a solver.

/// Frames that are made when they are asked for. Earlier ones stay, so one can go back.
public protocol LiveSource: FrameSource {
  /// Last instant that the scene asks for, in s; nil if it goes on for ever.
  var duration: Double? { get }
  /// Simulates up to an instant in s and appends the frames. An earlier instant does nothing.
  /// An error pauses the window and is shown there.
  mutating func advance(to time: Double) throws
  /// Back to the start: one frame, no pulls.
  mutating func restart() throws
  /// From the newest instant on, a spring pulls; from then on `notes.isPerturbed` is true.
  mutating func pull(_ pull: Pull) throws
  mutating func release() throws
}

/// A spring with a damper along it between a point of a prop and the mouse.
public struct Pull: Sendable, Hashable {
  public var prop: Int
  /// Grasped point in the axes of the prop, in m.
  public var at: Point3
  /// Where the mouse is, in m, world axes.
  public var toward: Point3
  /// In N/m.
  public var stiffness: Double
  /// In N·s/m.
  public var damping: Double

  public init(prop: Int, at: Point3, toward: Point3, stiffness: Double, damping: Double) {
    (self.prop, self.at, self.toward) = (prop, at, toward)
    (self.stiffness, self.damping) = (stiffness, damping)
  }

  /// Scaled so that a pull over `reach` metres holds the prop against gravity, half damped.
  /// A prop of unknown mass counts as 1 kg; no gravity counts as that of the earth.
  public init(prop: Int, at: Point3, toward: Point3, mass: Double, gravity: Double, reach: Double) {
    let mass = mass > 0 ? mass : 1
    let stiffness = mass * (gravity > 0 ? gravity : 9.80665) / max(reach, 1e-9)
    self.init(
      prop: prop, at: at, toward: toward, stiffness: stiffness,
      damping: (stiffness * mass).squareRoot())
  }

  /// Force on the prop at its pose, in N, at the grasped point in m; both in world axes.
  public func force(at pose: FramePose) -> (force: Point3, point: Point3) {
    let point = pose.place(at)
    let line = (toward - point).unit(or: .zero)
    let approach = pose.velocity(at: point).dot(line)
    return (stiffness * (toward - point) - damping * approach * line, point)
  }
}
