// Contact problems of boxes with four corners on each other, for measurements of the solver.
//
// The axes are those of the slope; a motion is an acceleration, so reactions are forces.

import Foundation
import RigidBody

/// Towers of boxes, side by side or alone, on a slope.
struct BoxStacks {
  /// Boxes of 1 kg and 0.2 m × 0.2 m in each tower.
  var height: Int
  /// Towers of one island; each box touches its neighbours in the next towers with two corners.
  var towers = 1
  /// Slope in degrees.
  var slope = 2.0
  var friction = 0.5
  /// Height of a box in m; a cube unless told.
  var rise = 0.2
  /// Points of contact are displaced by up to 1e-6 of the half side, differently for each number;
  /// 0 leaves them in the corners.
  var variant = 0

  /// Rows of all contacts; the reaction is zero.
  var problem: ContactProblem {
    var problem = ContactProblem()
    let (mass, half) = (1.0, 0.1)
    let (flat, upright) = (
      mass / 3 * (half * half + 0.25 * rise * rise), mass / 3 * 2 * half * half
    )
    let pull = (9.80665 * sin(slope * .pi / 180), 0.0, -9.80665 * cos(slope * .pi / 180))
    for _ in 0..<(height * towers) {
      problem.mass += [mass, mass, mass, flat, flat, upright]
      problem.free += [pull.0, pull.1, pull.2, 0, 0, 0]
    }
    for tower in 0..<towers {
      for level in 0..<height {
        let body = tower * height + level
        for (x, y) in [(-half, -half), (half, -half), (half, half), (-half, half)] {
          add(&problem, body, level == 0 ? -1 : body - 1, at: (x, y, -0.5 * rise), normal: 2)
        }
        guard tower > 0, level > 0 else { continue }
        for y in [-half, half] {
          add(&problem, body, body - height, at: (-half, y, 0), normal: 0)
        }
      }
    }
    return problem
  }

  // a contact at `arm` from the centre of a, with the normal along an axis
  private func add(
    _ problem: inout ContactProblem, _ a: Int, _ b: Int, at arm: (Double, Double, Double),
    normal: Int
  ) {
    let place = Double(problem.groups.count)
    let jitter = variant == 0 ? 0 : 1e-7
    let arm = (
      arm.0 + jitter * sin(place + Double(variant)), arm.1 + jitter * sin(2 * place - 1), arm.2
    )
    let other =
      normal == 2 ? (arm.0, arm.1, arm.2 + rise) : (arm.0 + 0.2, arm.1, arm.2)
    problem.groups.append(
      RowGroup(
        law: .cone(friction: friction), bodyA: a, bodyB: b, first: problem.rowCount, count: 3))
    for axis in [normal, (normal + 1) % 3, (normal + 2) % 3] {
      problem.jacobian += row(arm, axis, 1)
      problem.jacobian += b < 0 ? [0, 0, 0, 0, 0, 0] : row(other, axis, -1)
      problem.bias.append(0)
      problem.reaction.append(0)
    }
  }

  private func row(_ arm: (Double, Double, Double), _ axis: Int, _ sign: Double) -> [Double] {
    var line = [0.0, 0, 0]
    line[axis] = sign
    let lever = [
      arm.1 * line[2] - arm.2 * line[1], arm.2 * line[0] - arm.0 * line[2],
      arm.0 * line[1] - arm.1 * line[0],
    ]
    return line + lever
  }
}
