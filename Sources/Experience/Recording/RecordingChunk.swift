// The frames of one chunk as bytes, and back.
//
// Layout      first frame, frames; column of times (bits of doubles); of each prop that moves 13 columns:
//             position, quaternion, velocity, spin; tracks of contacts (key: props a, b; fields: state,
//             friction, point, normal, force), of arrows (kind, prop; point, vector), of lines (kind,
//             points; coordinates), of labels (text; point), the texts before them; particles
//             (RecordingChunk+Particles); surfaces (RecordingChunk+Surfaces)
// Validity    times in order; marks of a frame come back in the order of their tracks; a line without
//             points is left out

struct RecordingChunk {
  let stage: Stage
  let grid: RecordingGrid
  /// Props whose poses are stored; the others keep that of the stage.
  let moving: [Int]

  /// Most frames of a chunk, and most poses.
  static let frameLimit = 4096
  static let poseLimit = 1 << 21

  // MARK: Writing

  func write(_ frames: [Frame], first: Int) -> [UInt8] {
    var out = ByteWriter()
    out.count(first)
    out.count(frames.count)
    RecordingColumn.write(frames.map { Int64(bitPattern: $0.time.bitPattern) }, to: &out)
    for prop in moving {
      func column(_ step: Double, _ value: (FramePose) -> Double) {
        RecordingColumn.write(
          frames.map { RecordingGrid.index(value($0.poses[prop]), step) }, to: &out)
      }
      for axis in 0..<3 { column(grid.position) { $0.position[axis] } }
      for axis in 0..<4 { column(RecordingGrid.turn) { $0.turn[axis] } }
      for axis in 0..<3 { column(grid.velocity) { $0.velocity[axis] } }
      for axis in 0..<3 { column(grid.spin) { $0.spin[axis] } }
    }
    RecordingTracks.write(frames.map { $0.contacts.map(contact) }, to: &out)
    RecordingTracks.write(frames.map { $0.arrows.map(arrow) }, to: &out)
    RecordingTracks.write(
      frames.map { $0.lines.filter { !$0.points.isEmpty }.map(line) }, to: &out)
    writeLabels(frames, to: &out)
    writeParticles(frames, to: &out)
    writeSurfaces(frames, to: &out)
    return out.bytes
  }

  private func points(_ point: Point3) -> [Int64] {
    (0..<3).map { RecordingGrid.index(point[$0], grid.mark) }
  }

  private func forces(_ vector: Point3) -> [Int64] { (0..<3).map { grid.force(vector[$0]) } }

  private func contact(_ mark: ContactMark) -> RecordingTracks.Mark {
    let normal = (0..<3).map { RecordingGrid.index(mark.normal[$0], RecordingGrid.normal) }
    // a coefficient is no force: it is kept however small
    let friction = Int64((mark.friction.bitPattern &+ 0x8000_0000) >> 32)
    return (
      [Int64(mark.a), Int64(mark.b)],
      [Int64(mark.state.rawValue), friction] + points(mark.point) + normal + forces(mark.force)
    )
  }

  private func arrow(_ mark: ArrowMark) -> RecordingTracks.Mark {
    ([Int64(mark.kind.rawValue), Int64(mark.prop)], points(mark.point) + forces(mark.vector))
  }

  private func line(_ mark: LineMark) -> RecordingTracks.Mark {
    ([Int64(mark.kind.rawValue), Int64(mark.points.count)], mark.points.flatMap(points))
  }

  private func writeLabels(_ frames: [Frame], to out: inout ByteWriter) {
    var texts: [String] = []
    var numbers: [String: Int64] = [:]
    let marks = frames.map { frame in
      frame.labels.map { label -> RecordingTracks.Mark in
        let number = numbers[label.text] ?? Int64(texts.count)
        if numbers.updateValue(number, forKey: label.text) == nil { texts.append(label.text) }
        return ([number], points(label.point))
      }
    }
    out.count(texts.count)
    for text in texts { out.text(text) }
    RecordingTracks.write(marks, to: &out)
  }

  // MARK: Reading

  /// First frame and frames of a block's bytes.
  func read(_ bytes: [UInt8]) throws(RecordingProblem) -> (first: Int, frames: [Frame]) {
    var reader = ByteReader(bytes)
    let first = try reader.index(below: 1 << 40)
    let count = try reader.count()
    guard count <= RecordingChunk.frameLimit,
      count * max(stage.props.count, 1) <= max(RecordingChunk.poseLimit, stage.props.count)
    else { throw .corrupt("a chunk claims \(count) frames") }
    let times = try RecordingColumn.read(count, from: &reader)
    var frames = times.map {
      Frame(time: Double(bitPattern: UInt64(bitPattern: $0)), poses: stage.poses)
    }
    for prop in moving { try readPoses(prop, &frames, &reader) }
    try readContacts(&frames, &reader)
    try readArrows(&frames, &reader)
    try readLines(&frames, &reader)
    try readLabels(&frames, &reader)
    try readParticles(&frames, &reader)
    try readSurfaces(&frames, &reader)
    guard reader.rest == 0 else { throw .corrupt("\(reader.rest) bytes after the end of a chunk") }
    return (first, frames)
  }

  private func readPoses(
    _ prop: Int, _ frames: inout [Frame], _ reader: inout ByteReader
  ) throws(RecordingProblem) {
    var columns: [[Int64]] = []
    for _ in 0..<13 { columns.append(try RecordingColumn.read(frames.count, from: &reader)) }
    for index in frames.indices {
      func number(_ column: Int, _ step: Double) -> Double {
        RecordingGrid.value(columns[column][index], step)
      }
      func vector(_ column: Int, _ step: Double) -> Point3 {
        Point3(number(column, step), number(column + 1, step), number(column + 2, step))
      }
      let turn = RecordingGrid.turn
      frames[index].poses[prop] = FramePose(
        position: vector(0, grid.position),
        turn: Turn(number(3, turn), number(4, turn), number(5, turn), number(6, turn)),
        velocity: vector(7, grid.velocity), spin: vector(10, grid.spin))
    }
  }

  func point(_ fields: [Int64], _ first: Int) -> Point3 {
    Point3(
      RecordingGrid.value(fields[first], grid.mark),
      RecordingGrid.value(fields[first + 1], grid.mark),
      RecordingGrid.value(fields[first + 2], grid.mark))
  }

  private func force(_ fields: [Int64], _ first: Int) -> Point3 {
    Point3(
      RecordingGrid.force(fields[first]), RecordingGrid.force(fields[first + 1]),
      RecordingGrid.force(fields[first + 2]))
  }

  /// −1 for the world.
  private func prop(_ number: Int64) throws(RecordingProblem) -> Int {
    guard number >= -1, number < Int64(stage.props.count) else {
      throw .corrupt("a mark names prop \(number) of \(stage.props.count)")
    }
    return Int(number)
  }

  private func kind<Kind: RawRepresentable>(
    _ number: Int64
  ) throws(RecordingProblem) -> Kind where Kind.RawValue == UInt8 {
    guard let raw = UInt8(exactly: number), let kind = Kind(rawValue: raw) else {
      throw .corrupt("a mark has the unknown kind \(number)")
    }
    return kind
  }

  private func readContacts(
    _ frames: inout [Frame], _ reader: inout ByteReader
  ) throws(RecordingProblem) {
    let marks = try RecordingTracks.read(frames: frames.count, keyLength: 2, from: &reader) {
      _ throws(RecordingProblem) in 11
    }
    for (index, list) in marks.enumerated() {
      for (key, fields) in list {
        let normal = (5..<8).map { RecordingGrid.value(fields[$0], RecordingGrid.normal) }
        frames[index].contacts.append(
          ContactMark(
            point: point(fields, 2), normal: Point3(normal[0], normal[1], normal[2]),
            force: force(fields, 8), friction: RecordingGrid.force(fields[1]),
            state: try kind(fields[0]), a: try prop(key[0]), b: try prop(key[1])))
      }
    }
  }

  private func readArrows(
    _ frames: inout [Frame], _ reader: inout ByteReader
  ) throws(RecordingProblem) {
    let marks = try RecordingTracks.read(frames: frames.count, keyLength: 2, from: &reader) {
      _ throws(RecordingProblem) in 6
    }
    for (index, list) in marks.enumerated() {
      for (key, fields) in list {
        frames[index].arrows.append(
          ArrowMark(
            kind: try kind(key[0]), point: point(fields, 0), vector: force(fields, 3),
            prop: try prop(key[1])))
      }
    }
  }

  private func readLines(
    _ frames: inout [Frame], _ reader: inout ByteReader
  ) throws(RecordingProblem) {
    let marks = try RecordingTracks.read(frames: frames.count, keyLength: 2, from: &reader) {
      key throws(RecordingProblem) in
      guard key[1] >= 0, key[1] < 1 << 32 else { throw .corrupt("a line of \(key[1]) points") }
      return 3 * Int(key[1])
    }
    for (index, list) in marks.enumerated() {
      for (key, fields) in list {
        let points = stride(from: 0, to: fields.count, by: 3).map { point(fields, $0) }
        frames[index].lines.append(LineMark(kind: try kind(key[0]), points: points))
      }
    }
  }

  private func readLabels(
    _ frames: inout [Frame], _ reader: inout ByteReader
  ) throws(RecordingProblem) {
    var texts: [String] = []
    for _ in 0..<(try reader.count()) { texts.append(try reader.text()) }
    let marks = try RecordingTracks.read(frames: frames.count, keyLength: 1, from: &reader) {
      _ throws(RecordingProblem) in 3
    }
    for (index, list) in marks.enumerated() {
      for (key, fields) in list {
        guard key[0] >= 0, key[0] < Int64(texts.count) else {
          throw .corrupt("a label has no text")
        }
        frames[index].labels.append(
          LabelMark(text: texts[Int(key[0])], point: point(fields, 0)))
      }
    }
  }
}
