// The bodies, the pull and the start of one backpack drag, with their numbers.
//
// Equation    pack: box with I = m/12·(b² + c², a² + c², a² + b²) about its centre of mass, which may
//             lie off the middle of the box; floor: half-space z ≤ 0, moving along x if it is a belt;
//             strap: T = max(0, k(ℓ − ℓ₀) + c·dℓ/dt), ℓ₀ = length + slack, between the pack and a hand
//             that moves along the floor at constant speed and height
// Frame       the floor's axes, so that a tilted floor is a level one under turned gravity
// Deviation   a shifted centre of mass does not change the moments about it: what is shifted inside a
//             pack is not known, and this choice holds for every offset
// Validity    a rigid pack with a flat base; no fluid; restitution 0 where it falls back or over
// Checked by  BackpackDragTests, reference cases BP01 to BP30

import Foundation
import RigidBody

struct BackpackDragWorld: Sendable {
  let setup: WorldSetup
  let start: WorldState
  /// Half edges of the pack, in m.
  let half: Vector3
  /// Centre of mass from the middle of the box, in m.
  let centre: Vector3
  let staticFriction: Double
  /// Force of the pull while it acts, floor axes, in N; nil where nothing pulls with a given force.
  let force: Vector3?
  /// In s.
  let forceBegins: Double
  let forceEnds: Double
  /// Whether a strap pulls from the start on.
  let isTautAtStart: Bool
  /// Acceleration along the floor that a strap adds each second to a pack that sticks, in m/s³.
  let jerk: Double

  /// Indices of the bodies and of the only pair.
  static let (pack, floor, hand) = (0, 1, 2)

  // MARK: Directions

  /// Cosine and sine, exact at whole quarter turns: half a turn in rad is a rounded number, whose
  /// sine of 1e-16 would turn a straight pull into one that is not quite.
  static func unit(_ angle: Double) -> (cosine: Double, sine: Double) {
    let (c, s) = (cos(angle), sin(angle))
    return (abs(c) < 1e-15 ? 0 : c, abs(s) < 1e-15 ? 0 : s)
  }

  /// From the room's axes to those of a floor that is tilted about y.
  static func inFloorAxes(_ v: Vector3, tilt: Double) -> Vector3 {
    let (c, s) = (cos(tilt), sin(tilt))
    return s == 0 ? v : Vector3(x: c * v.x - s * v.z, y: v.y, z: s * v.x + c * v.z)
  }

  /// Where a pull holds, from the middle of the box: on the side that faces the azimuth, in the plane
  /// through the middle, at a height above the underside.
  static func hold(half: Vector3, azimuth: Double, height: Double) -> Vector3 {
    let (c, s) = unit(azimuth)
    let reach = min(
      c == 0 ? .infinity : half.x / abs(c), s == 0 ? .infinity : half.y / abs(s))
    return Vector3(x: reach * c, y: reach * s, z: height - half.z)
  }

  static func direction(angle: Double, azimuth: Double) -> Vector3 {
    let (c, s) = unit(angle)
    let (cz, sz) = unit(azimuth)
    return Vector3(x: c * cz, y: c * sz, z: s)
  }

  // MARK: Building

  init(_ model: BackpackDragModel, _ values: [Double]) {
    func vector(_ indices: [Int]) -> Vector3 {
      Vector3(x: values[indices[0]], y: values[indices[1]], z: values[indices[2]])
    }
    let (size, mass, tilt) = (vector(model.size), values[model.mass], values[model.tilt])
    half = 0.5 * size
    centre = vector(model.centre)
    let box = Body(
      name: "pack", shape: .box(half: half), shapePose: Pose(position: -centre), mass: mass,
      inertia: (mass / 12)
        * Vector3(
          x: size.y * size.y + size.z * size.z, y: size.x * size.x + size.z * size.z,
          z: size.x * size.x + size.y * size.y))

    // never less than the kinetic one, which a draw of overlapping tolerances could be
    let sliding = values[model.friction.sliding ?? model.friction.held]
    let held = max(values[model.friction.held], sliding)
    staticFriction = held
    let law = ContactLaw(
      staticFriction: held, kineticFriction: sliding,
      stribeckSpeed: model.friction.stribeckSpeed.map { values[$0] } ?? 0,
      viscousFriction: model.friction.viscous.map { values[$0] } ?? 0)

    var gravity = Vector3.zero
    switch model.gravity {
    case .down(let index): gravity = Vector3(x: 0, y: 0, z: -values[index])
    case .vector(let indices): gravity = vector(indices)
    }
    gravity = BackpackDragWorld.inFloorAxes(gravity, tilt: tilt)
    var setup = WorldSetup(
      bodies: [box], gravity: gravity,
      frameSpin: BackpackDragWorld.inFloorAxes(vector(model.frameSpin), tilt: tilt))
    var floor = Body(name: "floor", shape: .plane, motion: .fixed)
    setup.pairs = [
      ContactPair(a: BackpackDragWorld.pack, b: BackpackDragWorld.floor, law: law)
    ]
    let position = Vector3(x: centre.x, y: centre.y, z: half.z + centre.z)
    var poses = [Pose(position: position), Pose(position: .zero)]
    var twists = [Twist.zero, .zero]

    var pulling: Vector3?
    var (begins, ends, isTaut, jerk) = (0.0, Double.infinity, false, 0.0)
    switch model.pull {
    case .push(let velocity, let spin):
      twists[0] = Twist(velocity: vector(velocity), spin: vector(spin))
    case .belt(let speed):
      let velocity = Vector3(x: values[speed], y: 0, z: 0)
      floor.motion = .steady(velocity: velocity, spin: .zero)
      twists[1] = Twist(velocity: velocity)
    case .force(let force):
      let direction = BackpackDragWorld.direction(
        angle: values[force.hold.angle], azimuth: values[force.hold.azimuth])
      pulling = values[force.magnitude] * direction
      (begins, ends) = (values[force.from], force.until.map { values[$0] } ?? .infinity)
      setup.loads = [
        AppliedLoad(
          body: BackpackDragWorld.pack, force: pulling ?? .zero,
          point: BackpackDragWorld.hold(
            half: half, azimuth: values[force.hold.azimuth], height: values[force.hold.height])
            - centre, from: begins, until: ends)
      ]
    case .strap(let strap):
      let hold = BackpackDragWorld.hold(
        half: half, azimuth: values[strap.hold.azimuth], height: values[strap.hold.height])
      let along = BackpackDragWorld.direction(angle: 0, azimuth: values[strap.hold.azimuth])
      let velocity = values[strap.speed] * along
      setup.bodies.append(floor)
      setup.bodies.append(
        Body(
          name: "hand", shape: .sphere(radius: 0.05),
          motion: .steady(velocity: velocity, spin: .zero)))
      poses.append(
        Pose(
          position: Vector3(x: 0, y: 0, z: half.z) + hold
            + values[strap.length]
            * BackpackDragWorld.direction(
              angle: values[strap.hold.angle], azimuth: values[strap.hold.azimuth])))
      twists.append(Twist(velocity: velocity))
      setup.joints = [
        Joint(
          name: "strap",
          kind: .strap(
            stiffness: values[strap.stiffness], damping: values[strap.damping],
            length: values[strap.length] + values[strap.slack]),
          a: BackpackDragWorld.pack, b: BackpackDragWorld.hand, anchorA: hold - centre,
          anchorB: .zero)
      ]
      isTaut = values[strap.slack] == 0
      jerk = values[strap.stiffness] * values[strap.speed] / mass
    }
    if setup.bodies.count == 1 { setup.bodies.append(floor) }
    self.setup = setup
    start = WorldState(poses: poses, twists: twists)
    (force, forceBegins, forceEnds) = (pulling, begins, ends)
    (isTautAtStart, self.jerk) = (isTaut, jerk)
  }
}
