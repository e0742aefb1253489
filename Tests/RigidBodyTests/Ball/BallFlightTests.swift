import Foundation
import RigidBody
import Testing

@Suite("Ball in flight")
struct BallFlightTests {
  let down = Vector3(x: 0, y: 0, z: -10)

  func flight(
    _ drag: SphereDrag, density: Double = 1000, viscosity: Double = 1e-3, buoyancy: Bool = false,
    addedMass: Bool = false, frameSpin: Vector3 = .zero
  ) -> BallFlight {
    BallFlight(
      mass: 0.002, diameter: 0.01, gravity: down, drag: drag, fluidDensity: density,
      viscosity: viscosity, hasBuoyancy: buoyancy, hasAddedMass: addedMass, frameSpin: frameSpin)
  }

  // Fails if buoyancy or added mass is lost, or uses another volume: m = 2 g, ρV = π/6 g.
  @Test("buoyancy lightens, added mass slows")
  func fluid() {
    let displaced = Double.pi / 6 * 1e-3
    let (m, g) = (0.002, 10.0)
    func pull(_ buoyancy: Bool, _ addedMass: Bool) -> Double {
      -flight(.none, buoyancy: buoyancy, addedMass: addedMass).drive.z
    }
    #expect(pull(false, false) == 10)
    #expect(abs(pull(true, false) - (m - displaced) * g / m) < 4e-15)
    #expect(abs(pull(false, true) - m * g / (m + displaced / 2)) < 4e-15)
    #expect(abs(pull(true, true) - (m - displaced) * g / (m + displaced / 2)) < 4e-15)
    #expect(flight(.none, addedMass: true).inertiaRatio == (m + 0.5 * displaced) / m)
    #expect(flight(.none).isParabolic && !flight(.constant(0.4)).isParabolic)
  }

  // ½·ρ·A·C_D·v²/m against the motion. Fails with a wrong area, factor or direction.
  @Test("drag opposes the motion")
  func drag() {
    let v = Vector3(x: 3, y: -4, z: 12)
    let strength = 0.5 * 1000 * Double.pi / 4 * 1e-4 * 0.4 / 0.002
    let a = flight(.constant(0.4)).acceleration(x: 0, y: 0, gap: 1, velocity: v)
    let expected = down - 13 * strength * v
    #expect((a - expected).length < 1e-14 * expected.length)

    // every law with a coefficient agrees with its own C_D(Re), Re = 1000·13·0.01/1e-3
    for law in [SphereDrag.schillerNaumann, .cliftGauvin, .morrison] {
      let rate = flight(law).dragRate(speed: 13)
      let area = 0.5 * 1000 * Double.pi / 4 * 1e-4 / 0.002
      #expect(abs(rate - area * law.coefficient(130_000) * 13) < 1e-13 * rate)
    }
  }

  // 3πηd/m, also at rest. Fails if the rate is taken as C_D·speed, which is 0·∞ there.
  @Test("creeping drag is finite at rest")
  func creeping() {
    let rate = 3 * Double.pi * 1e-3 * 0.01 / 0.002
    for law in [SphereDrag.stokes, .schillerNaumann, .cliftGauvin, .morrison] {
      #expect(abs(flight(law).dragRate(speed: 0) - rate) < 1e-14 * rate, "\(law)")
    }
    #expect(flight(.stokes, density: 0).drag == .none)
  }

  // −2Ω×v: a body that falls on a planet turning eastwards (y north, z up) is deflected east (x).
  // Fails with the other sign, or without the share of the added mass.
  @Test("the Coriolis force deflects to the east")
  func coriolis() {
    let spin = Vector3(x: 0, y: 7e-5, z: 0)
    let a = flight(.none, frameSpin: spin).acceleration(
      x: 0, y: 0, gap: 0, velocity: Vector3(x: 0, y: 0, z: -20))
    #expect(abs(a.x - 2 * 7e-5 * 20) < 1e-18 && a.y == 0 && a.z == -10)
    let v = Vector3(x: 1, y: 2, z: 3)
    let turning = flight(.none, addedMass: true, frameSpin: Vector3(x: 0.1, y: -0.2, z: 0.3))
    let force = turning.acceleration(x: 0, y: 0, gap: 0, velocity: v) - turning.drive
    let exact = (-2 / turning.inertiaRatio) * Vector3(x: 0.1, y: -0.2, z: 0.3).cross(v)
    #expect((force - exact).length < 1e-15 && abs(force.dot(v)) < 1e-15)
  }

  // GM/r² towards the centre, below the floor. Fails if the gap is taken for the distance.
  @Test("central gravity points to the centre")
  func central() {
    let field = CentralGravity(parameter: 4e14, radius: 6.4e6)
    let flight = BallFlight(
      mass: 1, diameter: 0.1, gravity: .zero, drag: .none, fluidDensity: 0, viscosity: 0,
      hasBuoyancy: true, hasAddedMass: true, central: field)
    let a = flight.acceleration(x: 3e6, y: -4e6, gap: 5.6e6, velocity: .zero)
    // r = (3, −4, 12)·1e6, |r| = 13e6
    #expect(abs(a.length - 4e14 / 169e12) < 1e-14)
    #expect(abs(a.x / a.z - 0.25) < 1e-15 && abs(a.y / a.z + 1 / 3.0) < 1e-15 && a.z < 0)
    #expect(!flight.isParabolic)
  }
}
