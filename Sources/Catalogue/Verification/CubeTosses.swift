// Recorded tosses of a cube: what a prepared file `tosses.jsonl` holds.
//
// Source      Pfrommer, Halm & Posa, CoRL 2020, arXiv:2009.11193; github.com/DAIRLab/contact-nets,
//             folder data/tosses_processed, BSD-3-Clause. No data is part of plumbline:
//             benchmarks/contactnets/prepare.py makes the file from a copy of that folder.
// Frames      board frame with z up and the board at z = 0; lengths in the unit of the header;
//             quaternions real part first, cube to board; spins in body axes
// Validity    a cube with one moment of inertia for all axes; rows at one rate
// Checked by  CubeTossReadingTests

import RigidBody

/// One row of a toss, as recorded.
public struct CubeTossRow: Sendable, Hashable {
  /// Centre of the cube, in the length unit of the file.
  public var position: Vector3
  /// Unit quaternion, cube to board.
  public var orientation: Quaternion
  /// In the length unit of the file per second.
  public var velocity: Vector3
  /// In body axes, in rad/s.
  public var spinInBody: Vector3

  public init(
    position: Vector3, orientation: Quaternion, velocity: Vector3, spinInBody: Vector3
  ) {
    (self.position, self.orientation) = (position, orientation)
    (self.velocity, self.spinInBody) = (velocity, spinInBody)
  }
}

/// A toss from after its release to its rest.
public struct CubeToss: Sendable {
  public var number: Int
  public var rows: [CubeTossRow]

  public init(number: Int, rows: [CubeTossRow]) { (self.number, self.rows) = (number, rows) }
}

/// The cube and the tracking, from the header of the file; SI.
public struct CubeTossSetup: Sendable, Hashable {
  /// Rows per second.
  public var rate: Double
  /// Nominal length of one unit of the file, in m.
  public var lengthUnit: Double
  /// Half an edge, in m.
  public var halfWidth: Double
  /// In kg.
  public var mass: Double
  /// The same about every axis through the centre, in kg·m².
  public var inertia: Double
  /// In m/s².
  public var gravity: Double

  public init(
    rate: Double = 148, lengthUnit: Double = 0.0524, halfWidth: Double = 0.0524,
    mass: Double = 0.37, inertia: Double = 0.00081, gravity: Double = 9.81
  ) {
    (self.rate, self.lengthUnit, self.halfWidth) = (rate, lengthUnit, halfWidth)
    (self.mass, self.inertia, self.gravity) = (mass, inertia, gravity)
  }
}

/// A whole file.
public struct CubeTosses: Sendable {
  public var setup: CubeTossSetup
  public var tosses: [CubeToss]

  public init(setup: CubeTossSetup, tosses: [CubeToss]) {
    (self.setup, self.tosses) = (setup, tosses)
  }

  /// Parameters are fitted on the tosses with even numbers.
  public var fitted: [CubeToss] { tosses.filter { $0.number.isMultiple(of: 2) } }
  /// … and judged on those with odd numbers.
  public var judged: [CubeToss] { tosses.filter { !$0.number.isMultiple(of: 2) } }
}

extension Pose {
  /// Height of the lowest corner of a cube above z = 0.
  func lowestCorner(halfWidth a: Double) -> Double {
    let m = orientation.matrix
    return position.z - a * (abs(m.x.z) + abs(m.y.z) + abs(m.z.z))
  }

  /// The face of a cube that points down: 1, 2, 3 for +x, +y, +z of the body, negative for the others.
  var lowestFace: Int {
    let m = orientation.matrix
    let rises = [m.x.z, m.y.z, m.z.z]
    let index = rises.indices.max { abs(rises[$0]) < abs(rises[$1]) } ?? 2
    return rises[index] > 0 ? -(index + 1) : index + 1
  }

  /// The angle by which the nearest face is off the horizontal, in rad.
  var tiltOfNearestFace: Double {
    let m = orientation.matrix
    let steepest = max(abs(m.x.z), abs(m.y.z), abs(m.z.z))
    // acos loses half of its digits near 1
    return (2 * (1 - min(1, steepest))).squareRoot()
  }

  /// Angle of the turn between two orientations, in rad.
  func angle(to other: Pose) -> Double {
    (orientation * other.orientation.conjugate).normalized.rotationVector.length
  }
}
