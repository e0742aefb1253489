// A workbench scene with its numbers: set-up and start of a run.
//
// The engine's body axes are principal axes at the centre of mass; those of a scene are the shape's.
// They differ for convex hulls, so each body carries the turn between the two.

import Experience
import Foundation
import RigidBody

struct WorkbenchWorld: Sendable {
  var setup: WorldSetup
  var start: WorldState
  /// For each body: principal axes in the axes that the scene uses.
  var axes: [Quaternion]
  /// For each measure: its point in principal axes.
  var points: [Vector3]

  /// A vector of the axes that the scene uses, in principal axes.
  func principal(_ vector: Vector3, of body: Int) -> Vector3 {
    axes[body].conjugate.rotate(vector)
  }

  /// Orientation of the axes that the scene uses.
  func orientation(of body: Int, in state: WorldState) -> Quaternion {
    state.poses[body].orientation * axes[body].conjugate
  }
}

extension WorkbenchModel {
  /// - Throws: `R110` for numbers that make no body; the compiler refuses such nominal ones.
  func world(_ values: [Double]) throws(RunFailure) -> WorkbenchWorld {
    func number(_ index: Int?) -> Double { index.map { values[$0] } ?? 0 }
    func vector(_ indices: Triple) -> Vector3 {
      Vector3(x: values[indices[0]], y: values[indices[1]], z: values[indices[2]])
    }
    var world = WorkbenchWorld(
      setup: WorldSetup(bodies: []), start: WorldState(poses: [], twists: []), axes: [], points: [])
    for body in bodies {
      let built = try self.body(body, values)
      world.setup.bodies.append(built.body)
      world.axes.append(built.axes)
      let turned = orientation(body.attitude, values) * built.axes
      world.start.poses.append(
        Pose(position: vector(body.position), orientation: turned.normalized))
      world.start.twists.append(twist(body, values))
    }
    let laws = laws.map { law($0, values) }
    world.setup.pairs = pairs.map { ContactPair(a: $0.a, b: $0.b, law: laws[$0.law]) }
    world.setup.joints = joints.map { joint($0, values, world) }
    world.setup.loads = loads.map { load in
      AppliedLoad(
        body: load.body, force: vector(load.force), torque: vector(load.torque),
        point: world.principal(vector(load.point), of: load.body), from: number(load.from),
        until: load.until.map { values[$0] } ?? .infinity)
    }
    world.setup.gravity =
      vector(gravity) + Vector3(x: 0, y: 0, z: -number(downwardGravity))
    world.setup.frameSpin = vector(frameSpin)
    world.setup.fluidDensity = number(fluid?.density)
    world.setup.fluidViscosity = number(fluid?.viscosity)
    (world.setup.hasBuoyancy, world.setup.hasAddedMass) = (hasBuoyancy, hasAddedMass)
    world.points = measures.map { measure in
      guard let point = measure.point, let body = measure.body else { return .zero }
      return world.principal(vector(point), of: body)
    }
    return world
  }

  // MARK: Bodies

  private func body(_ body: Body, _ values: [Double]) throws(RunFailure) -> (
    body: RigidBody.Body, axes: Quaternion
  ) {
    let shape = try shape(body, values)
    var result = RigidBody.Body(name: body.name, shape: shape, motion: motion(body, values))
    var properties: MassProperties?
    switch body.heaviness {
    case .mass(let index): properties = MassProperties(solid: shape, mass: values[index])
    case .density(let index): properties = MassProperties(solid: shape, density: values[index])
    case .none: properties = MassProperties(solid: shape, density: 1)
    }
    var axes = Quaternion.identity
    if let properties {
      result.mass = properties.mass
      if case .hull = shape {
        // the scene gives the centre of mass; the shape hangs about it in its principal axes
        let principal = properties.body
        (result.inertia, result.shapePose) = principal
        axes = principal.shapePose.orientation.conjugate
      } else {
        let tensor = properties.inertia
        result.inertia = Vector3(x: tensor.xx, y: tensor.yy, z: tensor.zz)
      }
    }
    if let inertia = body.inertia {
      // moments about the axes of the scene: they are the principal ones now
      result.inertia = Vector3(
        x: values[inertia[0]], y: values[inertia[1]], z: values[inertia[2]])
      result.shapePose = Pose(
        position: axes.rotate(result.shapePose.position), orientation: .identity)
      axes = .identity
    }
    switch body.drag {
    case .none: result.drag = .none
    case .sphere:
      if case .sphere(let radius) = shape {
        result.drag = .sphere(.morrison, diameter: 2 * radius)
      }
    case .area(let coefficient, let area):
      result.drag = .area(coefficient: values[coefficient], area: values[area])
    }
    return (result, axes)
  }

  private func shape(_ body: Body, _ values: [Double]) throws(RunFailure) -> RigidBody.Shape {
    func vector(_ indices: Triple) -> Vector3 {
      Vector3(x: values[indices[0]], y: values[indices[1]], z: values[indices[2]])
    }
    switch body.shape {
    case .sphere(let radius): return .sphere(radius: values[radius])
    case .box(let size): return .box(half: 0.5 * vector(size))
    case .capsule(let radius, let length):
      return .capsule(radius: values[radius], halfLength: 0.5 * values[length])
    case .cylinder(let radius, let length):
      return .cylinder(radius: values[radius], halfLength: 0.5 * values[length])
    case .plane: return .plane
    case .bowl(let radius): return .bowl(radius: values[radius])
    case .pipe(let radius): return .pipe(radius: values[radius])
    case .convex(let points):
      do { return .hull(try ConvexHull(points: points.map(vector))) } catch {
        throw RunFailure(code: "R110", "`\(body.name)` has no volume: \(error.sentence)")
      }
    }
  }

  private func orientation(_ attitude: Attitude, _ values: [Double]) -> Quaternion {
    switch attitude {
    case .none: return .identity
    case .angles(let indices):
      // intrinsic x, y, z: each turn about the axes as the earlier ones left them
      let turns = [
        Vector3(x: values[indices[0]], y: 0, z: 0), Vector3(x: 0, y: values[indices[1]], z: 0),
        Vector3(x: 0, y: 0, z: values[indices[2]]),
      ]
      return turns.reduce(.identity) { $0 * Quaternion(rotationVector: $1) }
    case .quaternion(let i):
      return Quaternion(w: values[i[0]], x: values[i[1]], y: values[i[2]], z: values[i[3]])
        .normalized
    }
  }

  private func twist(_ body: Body, _ values: [Double]) -> Twist {
    func vector(_ indices: Triple) -> Vector3 {
      Vector3(x: values[indices[0]], y: values[indices[1]], z: values[indices[2]])
    }
    guard let motion = body.motion else {
      return Twist(velocity: vector(body.velocity), spin: vector(body.spin))
    }
    switch motion {
    case .fixed: return .zero
    case .steady(let velocity, let spin):
      return Twist(velocity: vector(velocity), spin: vector(spin))
    case .sinusoid(let direction, let amplitude, let frequency, let phase):
      let speed = 2 * Double.pi * values[frequency] * values[amplitude] * cos(values[phase])
      return Twist(velocity: speed * direction)
    case .table(let direction, let times, let shifts):
      let rate =
        (values[shifts[1]] - values[shifts[0]]) / (values[times[1]] - values[times[0]])
      return Twist(velocity: (values[times[0]] > 0 ? 0 : rate) * direction)
    }
  }

  private func motion(_ body: Body, _ values: [Double]) -> RigidBody.Motion? {
    func vector(_ indices: Triple) -> Vector3 {
      Vector3(x: values[indices[0]], y: values[indices[1]], z: values[indices[2]])
    }
    switch body.motion {
    case nil: return nil
    case .fixed?: return .fixed
    case .steady(let velocity, let spin)?:
      return .steady(velocity: vector(velocity), spin: vector(spin))
    case .sinusoid(let direction, let amplitude, let frequency, let phase)?:
      return .sinusoid(
        direction: direction, amplitude: values[amplitude], frequency: values[frequency],
        phase: values[phase])
    case .table(let direction, let times, let shifts)?:
      return .table(
        direction: direction, times: times.map { values[$0] },
        displacements: shifts.map { values[$0] })
    }
  }

  // MARK: Contacts and joints

  private func law(_ law: Law, _ values: [Double]) -> ContactLaw {
    let compliance: ContactLaw.Compliance
    switch law.compliance {
    case .none: compliance = .rigid
    case .hertz(let modulus): compliance = .hertz(modulus: values[modulus])
    case .material(let modulus, let poisson):
      let ratio = values[poisson]
      compliance = .hertz(modulus: values[modulus] / (2 * (1 - ratio * ratio)))
    case .linear(let stiffness, let damping):
      compliance = .linear(stiffness: values[stiffness], damping: values[damping])
    }
    return ContactLaw(
      staticFriction: values[law.staticFriction],
      // draws of two tolerances must not cross
      kineticFriction: law.kineticFriction.map { min(values[$0], values[law.staticFriction]) },
      stribeckSpeed: law.stribeckSpeed.map { values[$0] } ?? 0,
      viscousFriction: law.viscousFriction.map { values[$0] } ?? 0,
      restitution: values[law.restitution], impactLaw: law.impactLaw, grip: values[law.grip],
      rollingResistance: values[law.rollingResistance],
      spinningResistance: values[law.spinningResistance], compliance: compliance)
  }
}

extension HullProblem {
  /// In words, for messages.
  var sentence: String {
    switch self {
    case .tooFewPoints(let count): "\(count) different points; four are needed"
    case .coplanar(let thickness):
      "the points lie in one plane to within \(JSON.text(of: thickness)) m"
    case .notFinite(let index): "point \(index) is not finite"
    case .unresolved(let extent):
      "the points are thinner than 1e-9 of their extent of \(JSON.text(of: extent)) m"
    }
  }
}
