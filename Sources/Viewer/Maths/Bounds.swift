// The box that a scene fills.
//
// Endless props (planes, pipes) have no size; they count only where nothing else does.
// Checked by CameraTests.

import Experience

/// A box along the world axes, in m.
public struct Bounds: Sendable, Hashable {
  public var low: Point3
  public var high: Point3

  public init(low: Point3, high: Point3) { (self.low, self.high) = (low, high) }

  public var centre: Point3 { 0.5 * (low + high) }
  /// Radius of the ball around the box.
  public var radius: Double { 0.5 * (high - low).length }

  /// How far forms without end are drawn from the origin, in m: one and a half times the room.
  var reach: Double {
    1.5 * max(high.max(), -low.min(), 0)
  }

  var corners: [Point3] {
    (0..<8).map { n in
      Point3(
        n & 1 == 0 ? low.x : high.x, n & 2 == 0 ? low.y : high.y, n & 4 == 0 ? low.z : high.z)
    }
  }

  mutating func add(_ point: Point3, margin: Double = 0) {
    guard point.isFinite else { return }
    low = pointwiseMin(low, point - Point3(repeating: margin))
    high = pointwiseMax(high, point + Point3(repeating: margin))
  }

  static let empty = Bounds(
    low: Point3(repeating: .infinity), high: Point3(repeating: -.infinity))

  var isEmpty: Bool { low.x > high.x }

  /// What one frame fills; nil where only endless things are.
  init?(stage: Stage, frame: Frame) {
    var box = Bounds.empty
    for (prop, pose) in zip(stage.props, frame.poses) {
      for corner in stage.corners(of: prop.shape) { box.add(pose.place(corner)) }
    }
    for line in frame.lines { for point in line.points { box.add(point) } }
    for position in frame.particles.positions {
      box.add(Point3(position), margin: frame.particles.radius)
    }
    for surface in frame.surfaces { for vertex in surface.vertices { box.add(vertex) } }
    guard !box.isEmpty else { return nil }
    self = box
  }

  /// What a whole run fills, from at most 24 of its frames; a metre where it fills nothing.
  public init(of source: any FrameSource) throws {
    var box = Bounds.empty
    let count = source.times.count
    let step = max(1, count / 24)
    var chosen = Array(stride(from: 0, to: count, by: step))
    if let last = chosen.last, last != count - 1 { chosen.append(count - 1) }
    for index in chosen {
      let frame = try source.frame(index)
      guard let part = Bounds(stage: source.stage, frame: frame) else { continue }
      box.add(part.low)
      box.add(part.high)
    }
    if count == 0 {
      let start = Frame(time: 0, poses: source.stage.poses)
      if let part = Bounds(stage: source.stage, frame: start) { box = part }
    }
    if box.isEmpty {
      box = Bounds(low: Point3(-0.5, -0.5, 0), high: Point3(0.5, 0.5, 1))
      // an endless pipe is as wide as it is
      for prop in source.stage.props {
        if case .pipe(let radius) = prop.shape {
          box = Bounds(low: Point3(repeating: -2 * radius), high: Point3(repeating: 2 * radius))
        }
      }
    }
    if box.radius < 1e-6 { box.add(box.centre, margin: 1e-3) }
    self = box
  }
}

extension Stage {
  /// Points in body axes whose hull holds the shape; none for endless ones.
  func corners(of shape: PropShape) -> [Point3] {
    switch shape {
    case .sphere(let r), .bowl(let r): return Stage.box(Point3(r, r, r))
    case .box(let half): return Stage.box(half)
    case .capsule(let r, let h): return Stage.box(Point3(r, r, h + r))
    case .cylinder(let r, let h): return Stage.box(Point3(r, r, h))
    case .mesh(let index): return meshes.indices.contains(index) ? meshes[index].vertices : []
    case .plane, .pipe: return []
    }
  }

  private static func box(_ half: Point3) -> [Point3] { Bounds(low: -half, high: half).corners }

  /// Unit vector against gravity; +z where there is none.
  public var up: Point3 { (-gravity).unit() }
}
