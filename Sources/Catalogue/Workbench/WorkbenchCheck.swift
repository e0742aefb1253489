// What only the whole scene can tell to be wrong at its start.

import Experience
import RigidBody

struct WorkbenchCheck {
  private let experiment: WorkbenchExperiment
  private let scene: SceneSection

  init(_ experiment: WorkbenchExperiment, _ scene: SceneSection) {
    (self.experiment, self.scene) = (experiment, scene)
  }

  private var model: WorkbenchModel { experiment.model }

  /// Place of the entry of a list, by its number.
  private func section(_ key: String, _ index: Int) -> SceneSection? {
    guard let list = scene.list(key), index < list.count, case .section(let section) = list[index]
    else { return nil }
    return section
  }

  func report(to reader: inout TableReader) {
    let world: WorkbenchWorld
    do { world = try model.world(experiment.inputs.map(\.law.nominal)) } catch {
      let convex = model.bodies.firstIndex { if case .convex = $0.shape { true } else { false } }
      reader.report(
        "036", error.description,
        at: convex.flatMap { section("bodies", $0)?.entry("shape")?.mark },
        help: "give at least four points that do not lie in one plane")
      return
    }
    inertia(world, &reader)
    guard !reader.hasErrors else { return }
    overlaps(world, &reader)
    buoyancy(world, &reader)
    joints(world, &reader)
  }

  /// Only spheres with drag feel the fluid's weight; others are told when that matters.
  private func buoyancy(_ world: WorkbenchWorld, _ reader: inout TableReader) {
    guard world.setup.fluidDensity > 0, world.setup.hasBuoyancy else { return }
    var left: [(index: Int, share: Double)] = []
    for (index, body) in world.setup.bodies.enumerated() where !body.isPrescribed {
      if case .sphere = body.drag { continue }
      guard let volume = MassProperties(solid: body.shape, density: 1)?.volume else { continue }
      let share = world.setup.fluidDensity * volume / body.mass
      if share > 0.01 { left.append((index, share)) }
    }
    // one message: it is the fluid that is to be looked at
    guard let first = left.first else { return }
    let percent = JSON.text(of: Quantum.threeFigures(100 * first.share))
    let others = left.count > 1 ? ", and that of \(left.count - 1) more" : ""
    reader.report(
      "043",
      "the buoyancy of `\(world.setup.bodies[first.index].name)` is left out, \(percent) % of its weight\(others)",
      at: section("bodies", first.index)?.entry("drag")?.mark
        ?? section("bodies", first.index)?.mark,
      label: "not a sphere with drag",
      help:
        "give a sphere `drag: sphere`, or write `air: none` or `buoyancy: false` where it is meant",
      severity: .warning)
  }

  private func inertia(_ world: WorkbenchWorld, _ reader: inout TableReader) {
    for (index, body) in world.setup.bodies.enumerated()
    where model.bodies[index].inertia != nil && !MassProperties.isPossible(inertia: body.inertia) {
      let i = body.inertia
      reader.report(
        "033", "no body has the moments of inertia of `\(body.name)`",
        at: section("bodies", index)?.entry("inertia")?.mark,
        label: "one is above the sum of the others",
        help:
          "moments of a body obey the triangle inequality; here \(JSON.text(of: max(i.x, i.y, i.z))) against \(JSON.text(of: i.x + i.y + i.z - max(i.x, i.y, i.z))) kg.m^2"
      )
    }
  }

  private func overlaps(_ world: WorkbenchWorld, _ reader: inout TableReader) {
    for overlap in Engine.overlaps(setup: world.setup, start: world.start) {
      let (a, b) = (world.setup.bodies[overlap.a], world.setup.bodies[overlap.b])
      let size = min(a.shape.extent, b.shape.extent)
      let moved = b.isPrescribed ? overlap.a : overlap.b
      guard overlap.depth > 1e-9 * (size.isFinite ? size : 1) else { continue }
      reader.report(
        "032",
        "`\(a.name)` and `\(b.name)` overlap at the start by \(JSON.text(of: overlap.depth)) m",
        at: section("bodies", moved)?.entry("position")?.mark ?? section("bodies", moved)?.mark,
        label: "move it by that much", help: "rigid bodies may touch, not overlap")
    }
  }

  // MARK: Joints

  private func joints(_ world: WorkbenchWorld, _ reader: inout TableReader) {
    let size = max(experiment.size(of: world), 1e-12)
    for (index, joint) in world.setup.joints.enumerated() {
      let mark = section("joints", index)?.entry("at")?.mark ?? section("joints", index)?.mark
      let apart = separation(joint, world)
      let name = "`\(joint.name)`"
      if model.joints[index].pinsAnchors, apart > 1e-9 * size {
        reader.report(
          "034", "the two points of the joint \(name) are \(JSON.text(of: apart)) m apart",
          at: mark,
          label: joint.isSlider ? "across its axis" : "they have to coincide",
          help: "give one point in world axes")
      }
      switch joint.kind {
      case .rod(let length) where abs(length - apart) > 1e-9 * size:
        reader.report(
          "034",
          "the ends of the rod \(name) are \(JSON.text(of: apart)) m apart, its length is \(JSON.text(of: length)) m",
          at: mark, help: "leave `length` out, or move one end")
      case .rod(let length) where length <= 1e-9 * size:
        reader.report(
          "034", "the rod \(name) has no length", at: mark, help: "write a ball joint instead")
      case .rope(let length) where apart > length + 1e-9 * size:
        reader.report(
          "034",
          "the ends of the rope \(name) are \(JSON.text(of: apart)) m apart, it is \(JSON.text(of: length)) m long",
          at: mark, help: "make it longer, or move one end")
      default: break
      }
    }
    guard !reader.hasErrors else { return }
    let rows = WorkbenchRows(world, length: size)
    if rows.rows.count <= 600, rows.surplus > 0 {
      reader.report(
        "035", "the joints forbid \(rows.surplus) motions twice", at: scene.entry("joints")?.mark,
        label: "redundant",
        help:
          "motions and outcomes of bodies are right; the forces of single joints are not unique: the shortest ones are taken",
        severity: .warning)
    }
    let fastest = world.start.twists.map(\.velocity.length).max() ?? 0
    let speed = max(fastest, (world.setup.gravity.length * size).squareRoot(), 1e-300)
    if let mismatch = rows.mismatch, mismatch.size > 1e-9 * speed {
      reader.report(
        "041",
        "the velocities at the start do not fit the joint `\(world.setup.joints[mismatch.joint].name)`: they differ by \(JSON.text(of: mismatch.size)) m/s",
        at: section("joints", mismatch.joint)?.mark, label: "would be torn apart",
        help: "the run begins with an impact that makes them fit, and loses energy by it",
        severity: .warning)
    }
  }

  private func separation(_ joint: Joint, _ world: WorkbenchWorld) -> Double {
    func point(_ body: Int, _ anchor: Vector3) -> Vector3 {
      body < 0 ? anchor : world.start.poses[body].world(anchor)
    }
    let line = point(joint.b, joint.anchorB) - point(joint.a, joint.anchorA)
    guard joint.isSlider else { return line.length }
    // along its axis a slider may stand anywhere
    let turn = joint.a < 0 ? .identity : world.start.poses[joint.a].orientation
    let axis = turn.rotate(joint.axisA)
    return (line - line.dot(axis) * axis).length
  }
}

extension Joint {
  fileprivate var isSlider: Bool { if case .slider = kind { true } else { false } }
}

extension RigidBody.Shape {
  /// A typical size, in m; infinite for planes.
  var extent: Double {
    switch self {
    case .sphere(let radius), .bowl(let radius), .pipe(let radius): radius
    case .box(let half): max(half.x, half.y, half.z)
    case .capsule(let radius, let halfLength): radius + halfLength
    case .cylinder(let radius, let halfLength): max(radius, halfLength)
    case .plane: .infinity
    case .hull(let hull):
      hull.vertices.map { ($0 - (hull.vertices.first ?? .zero)).length }.max() ?? 0
    }
  }
}
