import Experience
import Foundation
import SampleRecordings
import Testing

@Suite("Recording file")
struct RecordingFileTests {
  /// Largest difference of any number of two frames, by kind.
  struct Difference {
    var (position, turn, velocity, point, force) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var (particle, scalar) = (0.0, 0.0)

    static func size(_ a: Point3, _ b: Point3) -> Double {
      let d = a - b
      return max(abs(d.x), abs(d.y), abs(d.z))
    }

    mutating func add(_ a: Frame, _ b: Frame) {
      for (p, q) in zip(a.poses, b.poses) {
        position = max(position, Difference.size(p.position, q.position))
        let d = p.turn - q.turn
        turn = max(turn, abs(d.x), abs(d.y), abs(d.z), abs(d.w))
        velocity = max(velocity, Difference.size(p.velocity, q.velocity))
        velocity = max(velocity, Difference.size(p.spin, q.spin))
      }
      for (p, q) in zip(a.contacts, b.contacts) {
        point = max(point, Difference.size(p.point, q.point))
        force = max(force, Difference.size(p.force, q.force))
      }
      for (p, q) in zip(a.particles.positions, b.particles.positions) {
        particle = max(particle, Difference.size(Point3(p), Point3(q)))
      }
      for (p, q) in zip(a.particles.scalars, b.particles.scalars) {
        scalar = max(scalar, Double(abs(p - q)))
      }
    }
  }

  static func error(_ file: RecordingFile, _ name: String) -> Double {
    file.errors.first { $0.name == name }?.value ?? .nan
  }

  // Fails if a stated error is not kept, or is above 1e-9 of the extent (6.3 m here) for positions and
  // 1e-9 for quaternions. A double of this size adds 1e-15, a float of a particle 3e-8.
  @Test("comes back within the errors that it states")
  func errors() throws {
    let recording = SampleRecording.bodies(10, frames: 300)
    let file = try RecordingFile(bytes: try RecordingFile.bytes(of: recording))
    var difference = Difference()
    for index in recording.frames.indices {
      difference.add(recording.frames[index], try file.frame(index))
    }
    #expect(difference.position <= Self.error(file, "position-m") + 1e-15)
    #expect(Self.error(file, "position-m") <= 1e-9 * 6)
    #expect(difference.turn <= Self.error(file, "quaternion") + 1e-15)
    #expect(Self.error(file, "quaternion") <= 1e-9)
    #expect(
      difference.velocity <= Self.error(file, "velocity-m/s") + Self.error(file, "spin-rad/s"))
    #expect(difference.point <= Self.error(file, "point-m") + 1e-15)
    #expect(difference.force <= 6 * Self.error(file, "force-relative"))

    let swirl = SampleRecording.particles(500, frames: 40)
    let particles = try RecordingFile(bytes: try RecordingFile.bytes(of: swirl))
    for index in swirl.frames.indices {
      difference.add(swirl.frames[index], try particles.frame(index))
    }
    #expect(difference.particle <= Self.error(particles, "particle-m") + 6e-8)
    #expect(difference.scalar <= Self.error(particles, "scalar") + 1e-7)
    // the cube of 1 m sweeps a box of √2 m
    #expect(Self.error(particles, "particle-m") < 1.415 / 131_070)
  }

  // Fails if anything but a rounded number is lost: names, shapes, kinds, texts, numbers of particles,
  // poses of what never moves, marks that come and go, notes.
  @Test("keeps one of everything")
  func everything() throws {
    let recording = SampleRecording.everything()
    let file = try RecordingFile(bytes: try RecordingFile.bytes(of: recording))
    #expect(file.stage == recording.stage)
    #expect(file.notes == recording.notes)
    #expect(file.times == recording.times)
    #expect(file.cutOff == nil)
    for (index, before) in recording.frames.enumerated() {
      let after = try file.frame(index)
      #expect(after.time == before.time)
      #expect(after.poses.suffix(6) == before.poses.suffix(6) && after.poses[0] == before.poses[0])
      #expect(after.contacts.map(\.a) == before.contacts.map(\.a))
      #expect(after.contacts.map(\.state) == before.contacts.map(\.state))
      #expect(after.arrows.map(\.kind) == before.arrows.map(\.kind))
      #expect(after.arrows.map(\.prop) == before.arrows.map(\.prop))
      #expect(after.lines.map(\.kind) == before.lines.map(\.kind))
      #expect(after.lines.map(\.points.count) == before.lines.map(\.points.count))
      #expect(after.labels.map(\.text) == before.labels.map(\.text))
      #expect(after.particles.ids == before.particles.ids)
      #expect(after.particles.radius == before.particles.radius)
      #expect(after.surfaces.map(\.triangles) == before.surfaces.map(\.triangles))
      #expect(after.surfaces.map(\.scalars) == before.surfaces.map(\.scalars))
    }
  }

  // What a file gives is a recording like any other. Fails if rounding drifts when it is written again.
  @Test("is the same when it is written again")
  func again() throws {
    let file = try RecordingFile(
      bytes: try RecordingFile.bytes(of: SampleRecording.bodies(4, frames: 100)))
    let copy = try RecordingFile(bytes: try RecordingFile.bytes(of: file))
    for index in file.times.indices {
      #expect(try copy.frame(index).poses == file.frame(index).poses)
    }
  }

  // The goal: 60 s at 60 frames a second of 50 bodies in contact stay under 20 MB, particles under
  // 8 bytes each and frame. Fails if compression gets worse.
  @Test("is small")
  func size() throws {
    let bodies = try RecordingFile.bytes(of: SampleRecording.bodies(50, frames: 3600))
    #expect(bodies.count < 20_000_000, "\(bodies.count) bytes")
    let frames = 24
    let swirl = try RecordingFile.bytes(of: SampleRecording.particles(5000, frames: frames))
    #expect(swirl.count < 8 * 5000 * frames, "\(swirl.count) bytes")
  }

  // Fails if a frame late in the file costs more reading than an early one, or if opening reads the
  // frames. Chunks differ in size by what moves in them, here by less than 2.
  @Test("costs the same reading wherever the frame is")
  func seek() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "seek-\(UUID().uuidString).plr").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let size = try RecordingFile.write(SampleRecording.bodies(20, frames: 2000), to: path)
    let file = try RecordingFile(path: path)
    let opening = file.bytesRead
    #expect(opening < size / 20)
    var costs: [Int] = []
    for index in [1999, 3, 1000, 500, 1500] {
      let before = file.bytesRead
      _ = try file.frame(index)
      costs.append(file.bytesRead - before)
    }
    let (low, high) = (try #require(costs.min()), try #require(costs.max()))
    #expect(low > 0 && high < 2 * size / (2000 / 64), "\(costs) of \(size)")
    let before = file.bytesRead
    _ = try file.frame(1501)
    #expect(file.bytesRead == before)
  }

  // Fails if a number that is no number is written, or a frame of another stage.
  @Test("refuses what it cannot hold")
  func unfit() throws {
    func kind(_ change: (inout Recording) -> Void) -> RecordingProblem.Kind? {
      var recording = SampleRecording.bodies(2, frames: 5)
      change(&recording)
      do {
        _ = try RecordingFile.bytes(of: recording)
        return nil
      } catch { return (error as? RecordingProblem)?.kind }
    }
    #expect(kind { _ in } == nil)
    #expect(kind { $0.frames[3].poses[1].position.x = .nan } == .unfit)
    #expect(kind { $0.frames[3].poses[1].spin.z = .infinity } == .unfit)
    #expect(kind { $0.frames[3].contacts[0].force.y = -.infinity } == .unfit)
    #expect(kind { $0.frames[3].time = .nan } == .unfit)
    #expect(kind { $0.frames[2].poses.removeLast() } == .unfit)
    #expect(kind { $0.frames[4].particles.positions = [SIMD3(.nan, 0, 0)] } == .unfit)
    #expect(kind { $0.frames[3].poses[1].position.x = 1e300 } == .unfit)
    #expect(kind { $0.frames[3].poses[1].position.x = 1e30 } == nil)
    #expect(kind { $0.frames[3].poses[1].turn = Turn(0, 0, 0, 1e200) } == .unfit)
    #expect(kind { $0.frames[3].contacts[0].normal = Point3(0, 0, 1e20) } == .unfit)
    #expect(kind { $0.frames[3].time = 0 } == .unfit)
    #expect(kind { $0.stage.props[1].mass = .infinity } == .unfit)
    #expect(kind { $0.stage.props[1].shape = .mesh(0) } == .unfit)
    #expect(
      kind { $0.notes.events = [EventMark(kind: "rest", time: .nan, text: "")] } == .unfit)
    #expect(kind { $0.frames = [] } == nil)
  }

  // Fails if an unwritable place is not named, or if half a file has its name.
  @Test("says where it cannot write, and leaves nothing behind")
  func unwritable() throws {
    let recording = SampleRecording.bodies(1, frames: 3)
    for path in ["/nowhere/at/all.plr", "/", "/dev/null"] {
      do {
        try RecordingFile.write(recording, to: path)
        Issue.record("\(path) was written")
      } catch {
        let problem = try #require(error as? RecordingProblem)
        #expect(problem.kind == .unwritable && problem.description.contains(path))
      }
    }
    let path = FileManager.default.temporaryDirectory
      .appending(path: "half-\(UUID().uuidString).plr").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try RecordingFile.write(recording, to: path)
    var broken = recording
    broken.frames[2].poses[1].position.x = .nan
    #expect(throws: RecordingProblem.self) { try RecordingFile.write(broken, to: path) }
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
    #expect(try RecordingFile(path: path).times.count == 3)
  }
}
