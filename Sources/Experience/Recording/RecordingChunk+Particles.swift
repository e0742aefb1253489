// Particles of a chunk: 16 bits a coordinate, 16 a scalar, so 8 bytes a particle and frame at most.
//
// Equation        q = round((x − origin)/step) in 0…65535 over the box of the whole recording; where
//                 the frame before has the same particles, q less the one before, modulo 2^16
// Layout          of each frame: number n; if n > 0: radius (bits of a double), a byte of flags, ids if
//                 they are new (signed varints of differences), then low bytes and high bytes of x, of
//                 y, of z, and of the scalars if there are any

extension RecordingChunk {
  private enum Flag {
    static let scalars: UInt8 = 1
    static let ids: UInt8 = 2
    /// The ids of the frame before hold.
    static let sameIds: UInt8 = 4
    /// Numbers are differences to the frame before.
    static let differences: UInt8 = 8
    static let all: UInt8 = 15
  }

  func writeParticles(_ frames: [Frame], to out: inout ByteWriter) {
    var last: (planes: [[UInt16]], ids: [UInt32])?
    for frame in frames {
      let cloud = frame.particles
      let count = cloud.positions.count
      out.count(count)
      guard count > 0 else {
        last = nil
        continue
      }
      var planes = (0..<3).map { axis in
        cloud.positions.map {
          whole((Double($0[axis]) - grid.particleOrigin[axis]) / grid.particle)
        }
      }
      if cloud.scalars.count == count {
        planes.append(cloud.scalars.map { whole((Double($0) - grid.scalarLow) / grid.scalar) })
      }
      let hasIds = cloud.ids.count == count
      let isSame = last.map { hasIds && $0.ids == cloud.ids } ?? false
      let follows =
        last.map {
          $0.planes.count == planes.count && $0.planes[0].count == count && $0.ids == cloud.ids
        } ?? false
      out.fixed(cloud.radius.bitPattern)
      out.byte(
        (planes.count == 4 ? Flag.scalars : 0) | (hasIds ? Flag.ids : 0)
          | (isSame ? Flag.sameIds : 0) | (follows ? Flag.differences : 0))
      if hasIds, !isSame {
        var previous: Int64 = -1
        for id in cloud.ids {
          out.signed(Int64(id) - previous - 1)
          previous = Int64(id)
        }
      }
      for (axis, plane) in planes.enumerated() {
        let stored =
          follows ? zip(plane, last?.planes[axis] ?? []).map { $0 &- $1 } : plane
        out.append(stored.map { UInt8(truncatingIfNeeded: $0) })
        out.append(stored.map { UInt8($0 >> 8) })
      }
      last = (planes, cloud.ids)
    }
  }

  private func whole(_ value: Double) -> UInt16 { UInt16(min(max(value.rounded(), 0), 65_535)) }

  func readParticles(
    _ frames: inout [Frame], _ reader: inout ByteReader
  ) throws(RecordingProblem) {
    var planes: [[UInt16]] = []
    var ids: [UInt32] = []
    for index in frames.indices {
      let count = try reader.count(each: 6)
      guard count > 0 else {
        (planes, ids) = ([], [])
        continue
      }
      var cloud = ParticleCloud(radius: Double(bitPattern: try reader.fixed(UInt64.self)))
      let flags = try reader.byte()
      guard flags <= Flag.all else { throw .corrupt("particles have unknown flags") }
      if flags & Flag.sameIds != 0 {
        guard ids.count == count else { throw .corrupt("particles have no numbers") }
      } else if flags & Flag.ids != 0 {
        ids = try readIds(count, &reader)
      } else {
        ids = []
      }
      let planeCount = flags & Flag.scalars != 0 ? 4 : 3
      let follows = flags & Flag.differences != 0
      guard !follows || (planes.count == planeCount && planes[0].count == count) else {
        throw .corrupt("particles follow a frame that does not fit")
      }
      var next: [[UInt16]] = []
      for axis in 0..<planeCount {
        let (low, high) = (try reader.slice(count), try reader.slice(count))
        var plane = zip(low, high).map { UInt16($0) | UInt16($1) << 8 }
        if follows { for k in plane.indices { plane[k] &+= planes[axis][k] } }
        next.append(plane)
      }
      planes = next
      cloud.positions = (0..<count).map { k in
        let steps = Point3(Double(planes[0][k]), Double(planes[1][k]), Double(planes[2][k]))
        return SIMD3<Float>(grid.particleOrigin + grid.particle * steps)
      }
      if planeCount == 4 {
        cloud.scalars = planes[3].map { Float(grid.scalarLow + grid.scalar * Double($0)) }
      }
      cloud.ids = ids
      frames[index].particles = cloud
    }
  }

  private func readIds(
    _ count: Int, _ reader: inout ByteReader
  ) throws(RecordingProblem) -> [UInt32] {
    var ids: [UInt32] = []
    ids.reserveCapacity(count)
    var previous: Int64 = -1
    for _ in 0..<count {
      let id = previous &+ 1 &+ (try reader.signed())
      guard let number = UInt32(exactly: id) else {
        throw .corrupt("a particle has the number \(id)")
      }
      ids.append(number)
      previous = id
    }
    return ids
  }
}
