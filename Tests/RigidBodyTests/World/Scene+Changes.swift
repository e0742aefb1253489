import RigidBody

// Whole scenes turned, shifted, mirrored, in other units, renumbered: nothing of the engine is used.
extension Scene {
  /// Every vector of the scene turned, then shifted. Given motions are fixed or steady.
  func turned(by q: Quaternion, about shift: Vector3) -> Scene {
    var scene = self
    scene.setup.gravity = q.rotate(setup.gravity)
    for i in setup.bodies.indices {
      let pose = start.poses[i]
      scene.start.poses[i] = Pose(
        position: q.rotate(pose.position) + shift, orientation: q * pose.orientation)
      let twist = start.twists[i]
      scene.start.twists[i] = Twist(velocity: q.rotate(twist.velocity), spin: q.rotate(twist.spin))
      if case .steady(let velocity, let spin) = setup.bodies[i].motion {
        scene.setup.bodies[i].motion = .steady(velocity: q.rotate(velocity), spin: q.rotate(spin))
      }
    }
    for i in setup.joints.indices where setup.joints[i].b < 0 {
      scene.setup.joints[i].anchorB = q.rotate(setup.joints[i].anchorB) + shift
      scene.setup.joints[i].axisB = q.rotate(setup.joints[i].axisB)
    }
    for i in setup.loads.indices {
      scene.setup.loads[i].force = q.rotate(setup.loads[i].force)
      scene.setup.loads[i].torque = q.rotate(setup.loads[i].torque)
    }
    return scene
  }

  /// y → −y; shapes have to be their own mirror images.
  func mirrored() -> Scene {
    func polar(_ v: Vector3) -> Vector3 { Vector3(x: v.x, y: -v.y, z: v.z) }
    func axial(_ v: Vector3) -> Vector3 { Vector3(x: -v.x, y: v.y, z: -v.z) }
    var scene = self
    scene.setup.gravity = polar(setup.gravity)
    for i in setup.bodies.indices {
      let (pose, twist) = (start.poses[i], start.twists[i])
      let q = pose.orientation
      scene.start.poses[i] = Pose(
        position: polar(pose.position), orientation: Quaternion(w: q.w, x: -q.x, y: q.y, z: -q.z))
      scene.start.twists[i] = Twist(velocity: polar(twist.velocity), spin: axial(twist.spin))
    }
    for i in setup.joints.indices {
      scene.setup.joints[i].anchorA = polar(setup.joints[i].anchorA)
      scene.setup.joints[i].anchorB = polar(setup.joints[i].anchorB)
    }
    for i in setup.loads.indices {
      let load = setup.loads[i]
      scene.setup.loads[i].force = polar(load.force)
      scene.setup.loads[i].torque = axial(load.torque)
      scene.setup.loads[i].point = polar(load.point)
    }
    return scene
  }

  /// The same scene with `length` units to the metre and `mass` units to the kilogram.
  func scaled(length: Double, mass: Double) -> Scene {
    var scene = self
    scene.setup.gravity = length * setup.gravity
    for i in setup.bodies.indices {
      scene.setup.bodies[i].shape = setup.bodies[i].shape.scaled(length)
      scene.setup.bodies[i].mass = mass * setup.bodies[i].mass
      scene.setup.bodies[i].inertia = (mass * length * length) * setup.bodies[i].inertia
      scene.start.poses[i].position = length * start.poses[i].position
      scene.start.twists[i].velocity = length * start.twists[i].velocity
    }
    for i in setup.joints.indices {
      scene.setup.joints[i].anchorA = length * setup.joints[i].anchorA
      scene.setup.joints[i].anchorB = length * setup.joints[i].anchorB
      switch setup.joints[i].kind {
      case .rod(let l): scene.setup.joints[i].kind = .rod(length: length * l)
      case .rope(let l): scene.setup.joints[i].kind = .rope(length: length * l)
      case .strap(let k, let c, let l):
        scene.setup.joints[i].kind = .strap(
          stiffness: mass * k, damping: mass * c, length: length * l)
      default: break
      }
    }
    for i in setup.loads.indices {
      scene.setup.loads[i].force = (mass * length) * setup.loads[i].force
      scene.setup.loads[i].torque = (mass * length * length) * setup.loads[i].torque
      scene.setup.loads[i].point = length * setup.loads[i].point
    }
    return scene
  }

  /// Body i gets the number order[i]; pairs and joints are listed backwards.
  func renumbered(_ order: [Int]) -> Scene {
    var scene = self
    for (old, new) in order.enumerated() {
      scene.setup.bodies[new] = setup.bodies[old]
      scene.start.poses[new] = start.poses[old]
      scene.start.twists[new] = start.twists[old]
    }
    func new(_ body: Int) -> Int { body < 0 ? body : order[body] }
    scene.setup.pairs = setup.pairs.reversed().map {
      ContactPair(a: new($0.b), b: new($0.a), law: $0.law)
    }
    scene.setup.joints = setup.joints.reversed().map {
      var joint = $0
      (joint.a, joint.b) = (new($0.a), new($0.b))
      return joint
    }
    scene.setup.loads = setup.loads.map {
      var load = $0
      load.body = new($0.body)
      return load
    }
    return scene
  }
}

extension Shape {
  func scaled(_ s: Double) -> Shape {
    switch self {
    case .sphere(let r): .sphere(radius: s * r)
    case .box(let h): .box(half: s * h)
    case .capsule(let r, let h): .capsule(radius: s * r, halfLength: s * h)
    case .cylinder(let r, let h): .cylinder(radius: s * r, halfLength: s * h)
    case .bowl(let r): .bowl(radius: s * r)
    case .pipe(let r): .pipe(radius: s * r)
    case .plane, .hull: self
    }
  }
}
