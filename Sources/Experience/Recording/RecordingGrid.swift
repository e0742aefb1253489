// How exactly a recording keeps its numbers: the steps to which they are rounded.
//
// Equation        q = round(v / step), |v − q·step| ≤ step/2, steps are powers of two, so that q·step
//                 is exact;  positions 1e-9 of the extent of what moves;  quaternions 2^-30;
//                 velocities and spins 2^-27 of the largest;  points of contacts, arrows, lines and
//                 labels 64 steps of positions;  normals 2^-24;  forces keep 21 binary digits
//                 (5e-7), and what is below 1e-12 of the largest force is 0
// Validity        finite numbers; a step is never finer than a double at the largest coordinate

import Foundation

struct RecordingGrid: Sendable, Hashable {
  var position = 1.0
  var velocity = 1.0
  var spin = 1.0
  var mark = 1.0
  /// In N: forces below this are 0.
  var smallestForce = 0.0
  /// Box of all particles: origin, and 1/65535 of its longest edge.
  var particleOrigin = Point3.zero
  var particle = 1.0
  /// Scalars of particles: lowest, and 1/65535 of the range.
  var scalarLow = 0.0
  var scalar = 1.0

  static let turn = 0x1p-30
  static let normal = 0x1p-24
  /// Nothing that moves is as large as this, in SI.
  static let largest = 1e100

  /// The power of two at or below a size.
  static func step(_ size: Double) -> Double {
    size > 0 && size.isFinite ? exp2(Foundation.floor(log2(size))) : 1
  }

  static func index(_ value: Double, _ step: Double) -> Int64 { Int64((value / step).rounded()) }
  static func value(_ index: Int64, _ step: Double) -> Double { Double(index) * step }

  /// The upper half of the bits of a double, rounded.
  func force(_ value: Double) -> Int64 {
    guard abs(value) > smallestForce else { return 0 }
    return Int64((value.bitPattern &+ 0x8000_0000) >> 32)
  }

  static func force(_ index: Int64) -> Double {
    Double(bitPattern: UInt64(UInt32(truncatingIfNeeded: index)) << 32)
  }

  /// The largest errors, as the header of a file states them.
  var errors: [NamedNumber] {
    [
      NamedNumber("position-m", 0.5 * position),
      NamedNumber("quaternion", 0.5 * RecordingGrid.turn),
      NamedNumber("velocity-m/s", 0.5 * velocity), NamedNumber("spin-rad/s", 0.5 * spin),
      NamedNumber("point-m", 0.5 * mark), NamedNumber("normal", 0.5 * RecordingGrid.normal),
      NamedNumber("force-relative", 0x1p-21), NamedNumber("force-N", smallestForce),
      NamedNumber("particle-m", 0.5 * particle), NamedNumber("scalar", 0.5 * scalar),
    ]
  }
}

// MARK: Survey

extension RecordingGrid {
  /// Looks through all frames for the sizes that the steps refer to, and for props that never move.
  static func survey(
    _ source: some FrameSource
  ) throws -> (grid: RecordingGrid, moving: [Int]) {
    let stage = source.stage
    guard stage.poses.count == stage.props.count else {
      throw RecordingProblem(
        .unfit, "the stage has \(stage.props.count) props and \(stage.poses.count) poses",
        help: "give each prop the pose of its start")
    }
    let times = source.times
    var sizes = Sizes()
    var moves = Array(repeating: false, count: stage.props.count)
    var last = -Double.infinity
    for index in times.indices {
      let frame = try source.frame(index)
      guard frame.time >= last, frame.time == times[index] else {
        throw RecordingProblem(
          .unfit, "frame \(index) at \(frame.time) s stands after one at \(last) s",
          help: "frames stand in the order of time")
      }
      last = frame.time
      guard frame.poses.count == stage.props.count else {
        throw RecordingProblem(
          .unfit, "frame \(index) has \(frame.poses.count) poses for \(stage.props.count) props",
          help: "give one pose for each prop of the stage")
      }
      for prop in moves.indices where moves[prop] || frame.poses[prop] != stage.poses[prop] {
        moves[prop] = true
        sizes.add(frame.poses[prop])
      }
      sizes.add(frame)
      guard sizes.isFinite else {
        throw RecordingProblem(
          .unfit,
          "frame \(index) at \(frame.time) s has a number that is not finite, or a turn or a normal that is no unit",
          help: "the run has diverged: see its notes")
      }
    }
    for (prop, shape) in stage.props.map(\.shape).enumerated() where moves[prop] {
      sizes.add(stage.poses[prop])
      sizes.extent = max(sizes.extent, stage.size(of: shape))
    }
    return (sizes.grid, moves.indices.filter { moves[$0] })
  }

  private struct Sizes {
    var low = Point3(repeating: .infinity)
    var high = Point3(repeating: -.infinity)
    var extent = 0.0
    var coordinate = 0.0
    var velocity = 0.0
    var spin = 0.0
    var mark = 0.0
    var force = 0.0
    var particleLow = Point3(repeating: .infinity)
    var particleHigh = Point3(repeating: -.infinity)
    var scalarLow = Double.infinity
    var scalarHigh = -Double.infinity
    /// Everything else that was seen, added up: finite as long as all of it is.
    var other = 0.0

    mutating func add(_ pose: FramePose) {
      low = pointwiseMin(low, pose.position)
      high = pointwiseMax(high, pose.position)
      coordinate = largest(coordinate, pose.position)
      velocity = largest(velocity, pose.velocity)
      spin = largest(spin, pose.spin)
      let norm = (pose.turn * pose.turn).sum()
      if !(norm > 0.5 && norm < 2) { other = .infinity }
    }

    mutating func add(_ frame: Frame) {
      other += abs(frame.time) + abs(frame.particles.radius)
      for contact in frame.contacts {
        mark = largest(mark, contact.point)
        force = largest(force, contact.force)
        other += abs(contact.friction)
        if !((contact.normal * contact.normal).sum() < 2) { other = .infinity }
      }
      for arrow in frame.arrows {
        mark = largest(mark, arrow.point)
        force = largest(force, arrow.vector)
      }
      for line in frame.lines { for point in line.points { mark = largest(mark, point) } }
      for label in frame.labels { mark = largest(mark, label.point) }
      for surface in frame.surfaces {
        for vertex in surface.vertices { mark = largest(mark, vertex) }
      }
      for position in frame.particles.positions {
        particleLow = pointwiseMin(particleLow, Point3(position))
        particleHigh = pointwiseMax(particleHigh, Point3(position))
        other += 0 * Double(position.sum())
      }
      for scalar in frame.particles.scalars {
        (scalarLow, scalarHigh) = (min(scalarLow, Double(scalar)), max(scalarHigh, Double(scalar)))
        other += 0 * Double(scalar)
      }
    }

    /// Keeps what is not a number, so that it is found.
    private func largest(_ size: Double, _ vector: Point3) -> Double {
      let other = max(abs(vector.x), abs(vector.y), abs(vector.z))
      return (size + vector.sum()).isNaN ? .nan : max(size, other)
    }

    var isFinite: Bool {
      coordinate + velocity + spin + mark + force + other < RecordingGrid.largest
    }

    var grid: RecordingGrid {
      var grid = RecordingGrid()
      let span = low.x <= high.x ? (high - low).max() : 0
      let extent = max(span, extent)
      grid.position = RecordingGrid.step(
        max(extent > 0 ? 1e-9 * extent : 1e-9, 0x1p-51 * coordinate))
      grid.velocity = RecordingGrid.step(0x1p-26 * velocity)
      grid.spin = RecordingGrid.step(0x1p-26 * spin)
      grid.mark = max(64 * grid.position, RecordingGrid.step(0x1p-51 * mark))
      grid.smallestForce = 1e-12 * force
      if particleLow.x <= particleHigh.x {
        grid.particleOrigin = particleLow
        let edge = (particleHigh - particleLow).max()
        grid.particle = edge > 0 ? edge / 65_535 : 1
      }
      if scalarLow <= scalarHigh {
        grid.scalarLow = scalarLow
        grid.scalar = scalarHigh > scalarLow ? (scalarHigh - scalarLow) / 65_535 : 1
      }
      return grid
    }
  }
}

extension Stage {
  /// Largest distance of a point of a shape from its origin along an axis, in m; 0 without an end.
  func size(of shape: PropShape) -> Double {
    switch shape {
    case .sphere(let radius), .bowl(let radius), .pipe(let radius): return radius
    case .box(let half): return half.max()
    case .capsule(let radius, let halfLength): return radius + halfLength
    case .cylinder(let radius, let halfLength): return max(radius, halfLength)
    case .plane: return 0
    case .mesh(let index):
      guard meshes.indices.contains(index) else { return 0 }
      return meshes[index].vertices.reduce(0) {
        max($0, abs($1.x), abs($1.y), abs($1.z))
      }
    }
  }
}
