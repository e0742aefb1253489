import Catalogue
import Experience
import Foundation
import Testing

@Suite("Recordings of the catalogue")
struct RecordingTests {
  /// The nominal run of a scene at a coarse level, ten frames a second.
  static func recording(_ path: String, level: Int = 0, rate: Double = 10) throws -> Recording {
    let scene = try SceneFiles.short(path)
    let times = SceneRecorder(framesPerSecond: rate).times(of: scene)
    let inputs = scene.experiment.inputs.map(\.law.nominal)
    return try #require(try scene.experiment.recording(inputs, level: level, times: times))
  }

  static func series(_ recording: Recording, _ name: String) -> [Double]? {
    recording.notes.series.first { $0.name == name }?.values
  }

  /// Lowest point of a shape over a plane, in m.
  static func lowest(
    _ shape: PropShape, _ pose: FramePose, over plane: FramePose, _ stage: Stage
  ) -> Double? {
    func turned(_ v: Point3, _ q: Turn) -> Point3 {
      let u = Point3(q.x, q.y, q.z)
      func cross(_ a: Point3, _ b: Point3) -> Point3 {
        Point3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
      }
      let t = 2 * cross(u, v)
      return v + q.w * t + cross(u, t)
    }
    func dot(_ a: Point3, _ b: Point3) -> Double { (a * b).sum() }
    let normal = turned(Point3(0, 0, 1), plane.turn)
    let height = dot(pose.position - plane.position, normal)
    let axis = dot(turned(Point3(0, 0, 1), pose.turn), normal)
    switch shape {
    case .sphere(let radius): return height - radius
    case .capsule(let radius, let half): return height - radius - half * abs(axis)
    case .cylinder(let radius, let half):
      return height - half * abs(axis) - radius * max(0, 1 - axis * axis).squareRoot()
    case .box(let half):
      return height
        - (0..<3).reduce(0.0) { sum, k in
          var unit = Point3.zero
          unit[k] = half[k]
          return sum + abs(dot(turned(unit, pose.turn), normal))
        }
    case .mesh(let index):
      return stage.meshes[index].vertices.map {
        dot(turned($0, pose.turn) + pose.position - plane.position, normal)
      }.min()
    case .plane, .bowl, .pipe: return nil
    }
  }

  // Fails if an experience makes no frames, a frame is not the scene's (first frame, order, number of
  // poses), a contact names no prop, or a series has another length than the film.
  @Test("every scene has a recording that begins with its start", arguments: SceneFiles.all)
  func isWhole(path: String) throws {
    let recording = try Self.recording(path)
    let stage = recording.stage
    #expect(recording.frames.count >= 3)
    #expect(recording.frames[0].time == 0 && recording.frames[0].poses == stage.poses)
    #expect(zip(recording.times, recording.times.dropFirst()).allSatisfy { $0 < $1 })
    #expect(
      stage.props.contains { !$0.isFixed }
        || recording.frames.contains { !$0.surfaces.isEmpty })
    #expect(stage.props.count == stage.poses.count)
    for frame in recording.frames {
      #expect(frame.poses.count == stage.props.count)
      for pose in frame.poses {
        #expect(abs((pose.turn * pose.turn).sum() - 1) < 1e-12)
      }
      for contact in frame.contacts {
        #expect(stage.props.indices.contains(contact.a) && stage.props.indices.contains(contact.b))
        #expect(abs((contact.normal * contact.normal).sum() - 1) < 1e-12)
      }
    }
    for series in recording.notes.series {
      #expect(series.values.count == recording.frames.count, "\(series.name)")
      let isFinite = series.values.allSatisfy { $0.isFinite }
      #expect(isFinite, "\(series.name)")
    }
    let times = recording.notes.events.map(\.time)
    #expect(times == times.sorted())
  }

  // A solver levels a tilted floor and turns gravity instead. Fails if the recording is in those axes, or
  // turned the wrong way: gravity then leans, or the floor's x axis does not point downhill.
  @Test(
    "a tilted floor is a slope in the room",
    arguments: [
      "ball-drop/ball-on-tilted-floor", "backpack-drag/ramp-lateral-launch",
      "backpack-drag/ramp-at-rest", "backpack-drag/uphill-drag",
    ])
  func slope(name: String) throws {
    let stage = try Self.recording("scenes/\(name).yaml").stage
    let size = (stage.gravity * stage.gravity).sum().squareRoot()
    #expect(abs(stage.gravity.z + size) < 1e-12 * size && abs(stage.gravity.x) < 1e-12 * size)
    let floor = try #require(stage.props.firstIndex { $0.shape == .plane })
    let turn = stage.poses[floor].turn
    // height of the floor's x axis: −sin of the tilt
    let fall = 2 * (turn.x * turn.z - turn.w * turn.y)
    let tilt = try SceneFiles.short("scenes/\(name).yaml").section.section("floor")?
      .quantity("tilt")?.nominal
    #expect(abs(fall + sin(try #require(tilt))) < 1e-12 && tilt != 0)
  }

  // Rigid bodies may touch a floor, not enter it. Contacts that give way do enter: they are the reason
  // for the exception. Fails if a pose is not that of the shape, or the floor is tilted the other way.
  @Test("no body is in the floor", arguments: SceneFiles.all)
  func isAboveFloor(path: String) throws {
    let scene = try SceneFiles.short(path)
    guard !scene.resolved.line.contains("stiffness\":"), !scene.resolved.line.contains("modulus\":")
    else { return }
    let recording = try Self.recording(path)
    let stage = recording.stage
    let isBall = path.contains("ball-drop")
    for (floor, prop) in stage.props.enumerated() where prop.shape == .plane {
      for frame in recording.frames {
        for (body, other) in stage.props.enumerated() where body != floor && !other.isFixed {
          // only pairs that can touch: a body that passes through a floor is none of its contacts
          let touches =
            isBall
            || recording.frames.contains {
              $0.contacts.contains { Set([$0.a, $0.b]) == Set([body, floor]) }
            }
          guard touches,
            let gap = Self.lowest(other.shape, frame.poses[body], over: frame.poses[floor], stage)
          else { continue }
          #expect(gap > -1e-9, "\(other.name) at \(frame.time) s")
        }
      }
    }
  }

  // The ledger of a run closes to its audit, so that of each frame must too. The audits of these scenes
  // are below 1e-9 of their energies at the levels that a truth uses; level 0 is coarser. Fails if a
  // frame's energy belongs to another instant than its losses.
  @Test(
    "the energy of every frame is accounted for",
    arguments: SceneFiles.all.filter {
      $0.contains("backpack-drag/") || $0.contains("workbench/")
    })
  func energy(path: String) throws {
    let recording = try Self.recording(path, level: 1)
    let balance = try #require(Self.series(recording, "energy-balance"))
    let kinetic = try #require(Self.series(recording, "kinetic-energy"))
    let potential = try #require(Self.series(recording, "potential-energy"))
    let total = try #require(Self.series(recording, "total-energy"))
    let works = ["friction-heat", "impact-loss", "work-of-drives", "work-of-loads"]
      .compactMap { Self.series(recording, $0)?.map(abs).max() }
    let span = (potential.max() ?? 0) - (potential.min() ?? 0)
    let scale = max(kinetic.max() ?? 0, span, works.max() ?? 0)
    for k in balance.indices {
      #expect(
        abs(balance[k]) <= 1e-6 * scale + 1e-13 * abs(total[k]),
        "frame \(k): \(balance[k]) of \(scale)")
      #expect(abs(kinetic[k] + potential[k] - total[k]) <= 1e-12 * (abs(total[k]) + kinetic[k]))
    }
  }

  // Between impacts, total energy and what drag has taken stay the same. Fails if a shot is not on the
  // solution (a fall that is interpolated over 0.1 s misses by 1e-3), or a term is missing.
  @Test(
    "a ball in flight keeps its energy",
    arguments: [
      "throw-up", "golf-ball-usga", "bowling-ball-100m", "hailstone", "superball-backspin",
      "ball-on-tilted-floor", "moon-drop",
    ])
  func flight(name: String) throws {
    let recording = try Self.recording("scenes/ball-drop/\(name).yaml", level: 2, rate: 60)
    let total = try #require(Self.series(recording, "total-energy"))
    let lost = Self.series(recording, "drag-loss") ?? total.map { _ in 0 }
    let impacts = recording.notes.events.filter { $0.kind == "contact" }.map(\.time)
    let end = recording.notes.events.first { $0.kind == "rest" }?.time ?? .infinity
    let scale = total.map(abs).max() ?? 0
    var checked = 0
    for k in total.indices.dropFirst() {
      let (a, b) = (recording.frames[k - 1], recording.frames[k])
      guard b.time < end, a.contacts.isEmpty, b.contacts.isEmpty,
        !impacts.contains(where: { $0 > a.time && $0 <= b.time })
      else { continue }
      #expect(abs(total[k] + lost[k] - total[k - 1] - lost[k - 1]) < 1e-9 * scale, "frame \(k)")
      checked += 1
    }
    #expect(checked > 10)
  }

  // Fails if the recording tells other outcomes than the record, or an outcome is known before it is
  // decided: the rebound height at the apex, a time at that time, the rest not before it.
  @Test("a recording tells what the record tells")
  func outcomes() throws {
    let scene = try SceneFiles.short("scenes/ball-drop/steel-on-concrete.yaml")
    let account = try TruthRunner().account(of: scene)
    let recording = try SceneRecorder(framesPerSecond: 30).recording(of: scene, account: account)
    #expect(recording.notes.outcomes.map(\.name) == account.record.outcomes.map(\.name))
    #expect(recording.notes.sceneHash == scene.hash && recording.stage.scene == scene.name)
    #expect(recording.notes.audits == account.record.audits)
    func mark(_ name: String) throws -> OutcomeMark {
      try #require(recording.notes.outcomes.first { $0.name == name })
    }
    let fall = try mark("fall-time")
    #expect(fall.value == account.record[outcome: "fall-time"]?.scalar?.value)
    #expect(abs((fall.knownAt ?? 0) - fall.value) <= fall.band)
    let second = try mark("second-impact-time")
    let rebound = try #require(try mark("rebound-height").knownAt)
    #expect(rebound > fall.value && rebound < second.value)
    #expect(try mark("max-speed").knownAt == nil)
    // the highest frame after the impact is as high as the outcome, to the time between two frames
    let heights = try #require(Self.series(recording, "ball-height"))
    let top =
      zip(recording.times, heights).filter { $0.0 > fall.value && $0.0 < second.value }
      .map(\.1).max() ?? 0
    let height = try mark("rebound-height").value
    #expect(top <= height * (1 + 1e-12) && top > height - 0.5 * 9.81 / (30 * 30))
  }

  // Fails if a strap has no line, a slack one looks taut, or its label is not its force.
  @Test("a strap is drawn as it is")
  func strap() throws {
    let recording = try Self.recording(
      "scenes/backpack-drag/strap-stick-slip.yaml", level: 0, rate: 20)
    let forces = try #require(Self.series(recording, "strap-force"))
    for (frame, force) in zip(recording.frames, forces) {
      #expect(frame.lines.count == 1)
      #expect((frame.lines[0].kind == .taut) == (force > 0) || force == 0)
      #expect(frame.labels.isEmpty == (force == 0))
      #expect(frame.arrows.contains { $0.kind == .joint } == (force > 0))
    }
    #expect(recording.notes.events.contains { $0.kind == "slip" && $0.point != nil })
  }
}
