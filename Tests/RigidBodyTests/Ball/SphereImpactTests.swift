import ClosedForms
import Foundation
import RigidBody
import Testing

@Suite("Impact of a sphere")
struct SphereImpactTests {
  let ball = SphereImpact(mass: 0.045, radius: 0.025, inertiaFactor: 0.4)

  // Fails if spin or grip have a wrong sign. Superball with backspin (Garwin 1969; Cross 2002):
  // velocity 1 m/s and spin -100 rad/s both turn round, and no energy is lost.
  @Test("turns a superball round")
  func backspin() {
    let after = ball.outcome(
      velocity: Vector3(x: 1, y: 0, z: -4), spin: Vector3(x: 0, y: -100, z: 0), restitution: 1,
      friction: .isotropic(10), grip: 1)
    #expect(abs(after.velocity.x + 1) < 1e-15 && after.velocity.z == 4)
    #expect(abs(after.spin.y - 100) < 1e-13)
    #expect(after.energyChange == 0 && after.mode == .grip)
  }

  // Fails if the map is not exact: floor, underside of a table, floor give -333/343 (Garwin 1969).
  @Test("throws a superball back from under a table")
  func table() {
    // the underside is the floor seen upside down: a half turn about x
    func turned(_ v: Vector3) -> Vector3 { Vector3(x: v.x, y: -v.y, z: -v.z) }
    let ball = SphereImpact(mass: 1, radius: 1, inertiaFactor: 0.4)
    var velocity = Vector3(x: 1, y: 0, z: -1)
    var spin = Vector3.zero
    for bounce in 0..<3 {
      let isTable = bounce == 1
      let after = ball.outcome(
        velocity: isTable ? turned(velocity) : velocity, spin: isTable ? turned(spin) : spin,
        restitution: 1, friction: .isotropic(100), grip: 1)
      velocity = isTable ? turned(after.velocity) : after.velocity
      spin = isTable ? turned(after.spin) : after.spin
      // on the way to the other plane the ball moves away from this one
      #expect(abs(velocity.z) == 1)
    }
    #expect(abs(velocity.x + 333.0 / 343) < 1e-15)
    #expect(abs(spin.y + 130.0 / 343) < 1e-15)
  }

  // Fails if grip in between, another inertia, or motion across is wrong.
  @Test("meets Garwin's map in both directions", arguments: [-1.0, -0.3, 0, 0.5, 1])
  func garwin(grip: Double) {
    let shell = SphereImpact(mass: 2, radius: 0.5, inertiaFactor: 2 / 3)
    let map = GarwinBounce(inertiaFactor: 2 / 3, grip: grip)
    let after = shell.outcome(
      velocity: Vector3(x: 3, y: -2, z: -1), spin: Vector3(x: 5, y: 4, z: 7), restitution: 0.5,
      friction: .isotropic(1e3), grip: grip)
    // across, rolling along +y needs spin along -x
    let x = map.floor(velocity: 3, surfaceSpeed: 0.5 * 4)
    let y = map.floor(velocity: -2, surfaceSpeed: -0.5 * 5)
    #expect(abs(after.velocity.x - x.velocity) < 2e-15)
    #expect(abs(after.velocity.y - y.velocity) < 2e-15)
    #expect(abs(after.spin.y - x.surfaceSpeed / 0.5) < 4e-15)
    #expect(abs(after.spin.x + y.surfaceSpeed / 0.5) < 4e-15)
    #expect(after.spin.z == 7 && after.velocity.z == 0.5)
  }

  // Fails if the slip impulse is not mu r_N against u, or the cone has the wrong size.
  @Test("slides with Coulomb's impulse below the cone")
  func slip() {
    // u = (3, 4) m/s; r_N/m = 1.5 * 2 = 3 m/s; sliding ends at mu = 2/7 * 5 / 3
    let limit = 10.0 / 21
    let velocity = Vector3(x: 3, y: 4, z: -2)
    func outcome(_ mu: Double) -> SphereImpact.Outcome {
      ball.outcome(
        velocity: velocity, spin: .zero, restitution: 0.5, friction: .isotropic(mu), grip: 0)
    }
    let after = outcome(0.2)
    #expect(after.mode == .slip)
    #expect(abs(after.velocity.x - (3 - 0.6 * 0.6)) < 1e-15)
    #expect(abs(after.velocity.y - (4 - 0.6 * 0.8)) < 1e-15)
    #expect(abs(after.impulse.z - 0.045 * 3) < 1e-16)
    #expect(outcome(limit * (1 - 1e-12)).mode == .slip)
    #expect(outcome(limit * (1 + 1e-12)).mode == .grip)
    let rolling = outcome(1)
    #expect(ball.slipVelocity(velocity: rolling.velocity, spin: rolling.spin).length < 4e-15)
  }

  // Fails if sliding under an ellipse loses its direction. References: p(z) by adaptive
  // quadrature and root in mpmath 1.3 with 30 digits, per unit mass, m_t = 2/7.
  @Test(
    "follows the friction ellipse",
    arguments: [
      [0.4, 0.2, 1, 2, 1.0, 0.251028191505321767, 1.41566540749704056],
      [0.3, 0.05, 1, 0.5, 0.9, 0.0864345070441894151, 0.467125457865446801],
    ])
  func ellipse(numbers: [Double]) {
    let n = numbers
    for direction in [0, 0.7, -2] {
      let (c, s) = (cos(direction), sin(direction))
      let velocity = Vector3(x: c * n[2] - s * n[3], y: s * n[2] + c * n[3], z: -n[4])
      let friction = PlanarFriction(along: n[0], across: n[1], direction: direction)
      let after = ball.outcome(
        velocity: velocity, spin: .zero, restitution: 0, friction: friction, grip: 0)
      let u = ball.slipVelocity(velocity: after.velocity, spin: after.spin)
      #expect(after.mode == .slip)
      #expect(abs(c * u.x + s * u.y - n[5]) < 4e-15)
      #expect(abs(-s * u.x + c * u.y - n[6]) < 4e-15)
    }
  }

  // Fails if swapping the axes matters, if a nearly circular ellipse differs from the circle by
  // more than its excentricity, or if an axis without friction gets an impulse.
  @Test("has the right limits of the ellipse")
  func limits() {
    let velocity = Vector3(x: 3, y: 4, z: -2)
    func after(_ friction: PlanarFriction) -> Vector3 {
      ball.outcome(
        velocity: velocity, spin: Vector3(x: 1, y: 2, z: 3), restitution: 0.5,
        friction: friction, grip: 0
      ).velocity
    }
    let one = after(PlanarFriction(along: 0.3, across: 0.1, direction: 0.2))
    let other = after(PlanarFriction(along: 0.1, across: 0.3, direction: 0.2 + .pi / 2))
    #expect((one - other).length < 4e-15)
    let circle = after(.isotropic(0.2))
    let nearly = after(PlanarFriction(along: 0.2, across: 0.2 * (1 + 1e-9), direction: 0))
    #expect((circle - nearly).length < 1e-9)
    let rail = after(PlanarFriction(along: 0, across: 0.3, direction: 0))
    #expect(rail.x == 3 && abs(rail.y - (4 - 0.3 * 3)) < 1e-15)
    // with 1e-6 along the rail the impulse there is below 1e-6 r_N
    let almost = after(PlanarFriction(along: 1e-6, across: 0.3, direction: 0))
    #expect((almost - rail).length < 3e-6)
  }

  // Fails if energy is created, if its change is not the difference of the states, or if angular
  // momentum about the contact point changes. Terms are below 40 J: 1e-14 is some roundings.
  @Test("never gains energy and keeps the moment about the contact")
  func energy() {
    let ball = SphereImpact(mass: 1, radius: 0.5, inertiaFactor: 0.4)
    func kinetic(_ v: Vector3, _ w: Vector3) -> Double { 0.5 * v.dot(v) + 0.05 * w.dot(w) }
    var modes: Set<SphereImpact.Mode> = []
    for i in 0..<2_000 {
      // a lattice with irrational steps fills the box of states
      func number(_ k: Double) -> Double { (Double(i) * k).truncatingRemainder(dividingBy: 1) }
      let velocity = Vector3(
        x: 6 * number(0.618) - 3, y: 6 * number(0.414) - 3, z: -3 * number(0.732))
      let spin = Vector3(x: 8 * number(0.236) - 4, y: 8 * number(0.646) - 4, z: 1)
      let friction = PlanarFriction(
        along: number(0.303), across: i % 5 == 0 ? number(0.303) : number(0.875),
        direction: 6 * number(0.162))
      let after = ball.outcome(
        velocity: velocity, spin: spin, restitution: number(0.57), friction: friction,
        grip: 2 * number(0.81) - 1)
      modes.insert(after.mode)

      let change = kinetic(after.velocity, after.spin) - kinetic(velocity, spin)
      #expect(after.energyChange <= 0)
      #expect(abs(after.energyChange - change) < 2e-14)
      let arm = Vector3(x: 0, y: 0, z: 0.5)
      let before = arm.cross(velocity) + 0.1 * spin
      #expect((arm.cross(after.velocity) + 0.1 * after.spin - before).length < 4e-15)

      // the impulse stays in the cone |M^-1 r| <= r_N
      let (c, s) = (cos(friction.direction), sin(friction.direction))
      let r = after.impulse
      let along = (c * r.x + s * r.y) / friction.along
      let across = (c * r.y - s * r.x) / friction.across
      if friction.along > 1e-3, friction.across > 1e-3 {
        #expect(hypot(along, across) <= r.z * (1 + 1e-12) + 1e-12)
      }
    }
    #expect(modes.count == 2)
  }
}
