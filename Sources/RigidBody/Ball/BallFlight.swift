// Acceleration of a sphere in free flight through a fluid, in the axes of the floor.
//
// Equation    (m + ½ρV)·dv/dt = (m − ρV)·g − ½·ρ·A·C_D(Re)·|v|·v − 2·m·Ω×v
// Source      drag laws: SphereDrag; buoyancy and the added mass of a sphere: Batchelor 1967,
//             An Introduction to Fluid Dynamics, §6.8; Coriolis term: Landau & Lifshitz,
//             Mechanics, §39. Central gravity: g(r) = −GM·r/r³.
// Deviation   the fluid is at rest in the frame of the floor; the measured g already contains the
//             centrifugal term, so it is not added again.
// Validity    smooth rigid sphere far from walls, Re inside the range of the drag law.
// Checked by  BallFlightTests, BallPieceTests.

import Foundation

/// What acts on a ball between two contacts. Axes: x downhill, y across, z along the floor's normal.
public struct BallFlight: Sendable, Hashable {
  /// Gravity less buoyancy, over the mass with its added mass, in m/s².
  public let drive: Vector3
  public let drag: SphereDrag
  /// Drag acceleration per (C_D·Re) and per speed, in 1/s: π·d·η/(8·m_eff).
  public let viscousRate: Double
  /// Reynolds number per speed, in s/m: ρ·d/η.
  public let reynoldsPerSpeed: Double
  /// Drag acceleration per speed squared and per C_D, in 1/m: ½·ρ·A/m_eff.
  public let inertialRate: Double
  /// Twice the frame's angular velocity times m/m_eff, in rad/s.
  public let coriolis: Vector3
  /// Gravitational parameter GM, in m³/s², and distance of the floor from the centre, in m.
  public let central: CentralGravity?
  /// Mass with added mass over mass, at least 1.
  public let inertiaRatio: Double

  /// - Parameters (SI): `gravity` in the axes of the floor; `fluidDensity` and `viscosity` 0 for
  ///   a vacuum; `frameSpin` of the frame against the stars, in the axes of the floor.
  public init(
    mass: Double, diameter: Double, gravity: Vector3, drag: SphereDrag, fluidDensity: Double,
    viscosity: Double, hasBuoyancy: Bool, hasAddedMass: Bool,
    frameSpin: Vector3 = .zero, central: CentralGravity? = nil
  ) {
    let volume = Double.pi / 6 * diameter * diameter * diameter
    let displaced = fluidDensity * volume
    let effective = mass + (hasAddedMass ? 0.5 * displaced : 0)
    drive = gravity * ((mass - (hasBuoyancy ? displaced : 0)) / effective)
    self.drag = fluidDensity > 0 ? drag : .none
    viscousRate = Double.pi * diameter * viscosity / (8 * effective)
    reynoldsPerSpeed = viscosity > 0 ? fluidDensity * diameter / viscosity : 0
    inertialRate = 0.5 * fluidDensity * (Double.pi / 4 * diameter * diameter) / effective
    coriolis = frameSpin * (2 * mass / effective)
    self.central = central
    inertiaRatio = effective / mass
  }

  /// Whether a piece of flight is a parabola.
  public var isParabolic: Bool { drag == .none && coriolis == .zero && central == nil }

  /// Rate of the drag, in 1/s: the drag acceleration is −rate·v.
  @inline(__always)
  public func dragRate(speed: Double) -> Double {
    switch drag {
    case .none: 0
    case .constant(let coefficient): inertialRate * coefficient * speed
    default: viscousRate * drag.coefficientTimesReynolds(reynoldsPerSpeed * speed)
    }
  }

  /// Acceleration in m/s² at height `gap` above the floor (m), off the vertical by x and y (m).
  public func acceleration(x: Double, y: Double, gap: Double, velocity v: Vector3) -> Vector3 {
    acceleration(x: x, y: y, gap: gap, velocity: v, dragRate: dragRate(speed: v.length))
  }

  /// The same with the rate of the drag (1/s) at hand.
  @inline(__always)
  func acceleration(
    x: Double, y: Double, gap: Double, velocity v: Vector3, dragRate rate: Double
  ) -> Vector3 {
    var ax = drive.x - rate * v.x
    var ay = drive.y - rate * v.y
    var az = drive.z - rate * v.z
    if coriolis.x != 0 || coriolis.y != 0 || coriolis.z != 0 {
      ax -= coriolis.y * v.z - coriolis.z * v.y
      ay -= coriolis.z * v.x - coriolis.x * v.z
      az -= coriolis.x * v.y - coriolis.y * v.x
    }
    if let central {
      // the drive then only holds buoyancy: gravity comes from the distance to the centre
      let r = central.radius + gap
      let distance = (x * x + y * y + r * r).squareRoot()
      let strength = central.parameter / (distance * distance * distance)
      ax -= strength * x
      ay -= strength * y
      az -= strength * r
    }
    return Vector3(x: ax, y: ay, z: az)
  }

  /// Acceleration towards the floor, in m/s², that the reference parabola of a piece uses.
  func referencePull(gap: Double) -> Double {
    var pull = -drive.z
    if let central { pull += central.parameter / ((central.radius + gap) * (central.radius + gap)) }
    return pull
  }
}

/// Gravity of a distant centre below the floor.
public struct CentralGravity: Sendable, Hashable {
  /// GM in m³/s².
  public let parameter: Double
  /// Distance of the floor from the centre, in m.
  public let radius: Double
  public init(parameter: Double, radius: Double) {
    (self.parameter, self.radius) = (parameter, radius)
  }
}
