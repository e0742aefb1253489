// Friction of a flat patch that slips everywhere: force and torque of a linear pressure.
//
// Equation        w(x) = u + ω k×x,  f = −∫ p w/|w|,  τ = −∫ p x×w/|w|  per unit coefficient of
//                 friction, x from the centroid, p = α + β·x
// Discretisation  about the instant centre c = k×u/ω, s = x − c, area integrals of |s|, s/|s|,
//                 (a·s)|s| and (a·s)s/|s| become boundary integrals (SlipIntegrals): edges in closed
//                 form, arcs by Gauss panels graded towards the instant centre. When c is farther
//                 than twice the patch's extent: 8 × 8 Gauss on each triangle or sector
// Source          methods/rigid.md section 2.6, derived there by the divergence theorem
// Deviation       arcs: Gauss panels instead of the trapezoid rule, which is slow near the rim
// Validity        full slip; p is not clipped here (give `WinklerPressure.loaded` as the outline).
//                 No motion gives no friction: the wrench of sticking is not determined by geometry
// Checked by      ContactPatchFrictionTests

import Foundation

/// Force in the plane (N) and torque along the normal (N·m) about the centroid.
public struct PlanarWrench: Sendable, Hashable {
  public var force: Planar
  public var torque: Double
  public init(force: Planar, torque: Double) { (self.force, self.torque) = (force, torque) }
}

/// Velocity of the centroid (m/s) relative to the ground, and spin about the normal (rad/s).
public struct PlanarTwist: Sendable, Hashable {
  public var velocity: Planar
  public var spin: Double
  public init(velocity: Planar, spin: Double) { (self.velocity, self.spin) = (velocity, spin) }
}

/// The friction of full slip for one outline and one direction of motion, linear in the pressure.
public struct ContactPatchFriction: Sendable, Hashable {
  /// Friction wrenches per unit coefficient for pressures 1, x and y about the centroid.
  public let uniform: PlanarWrench
  public let slopeX: PlanarWrench
  public let slopeY: PlanarWrench
  /// Area, and second moments about the centroid.
  private let area: Double
  private let xx: Double
  private let xy: Double
  private let yy: Double

  /// - Parameters:
  ///   - outline: convex; a part of a patch if the pressure is clipped.
  ///   - reference: point from which pressure and torque are measured and whose velocity is
  ///     `twist.velocity`; nil for the centroid of the outline.
  public init(_ outline: PlanarOutline, twist: PlanarTwist, about reference: Planar? = nil) {
    let m = outline.moments
    let origin = reference ?? m.centroid
    let shift = m.centroid - origin
    area = m.area
    (xx, xy, yy) = (
      m.xx + m.area * shift.x * shift.x, m.xy + m.area * shift.x * shift.y,
      m.yy + m.area * shift.y * shift.y
    )
    let reach = outline.reach(from: m.centroid)
    let u = twist.velocity + twist.spin * shift.turned
    let far = u.length > 4 * reach * abs(twist.spin)
    let integrals: [PlanarWrench]
    if m.area <= 0 || (u.length == 0 && twist.spin == 0) {
      integrals = [PlanarWrench](
        repeating: PlanarWrench(force: .zero, torque: 0), count: 3)
    } else if far {
      integrals = Self.gauss(outline, origin, twist)
    } else {
      let centre = origin + (1 / twist.spin) * twist.velocity.turned
      integrals = Self.closedForm(outline, origin, centre, twist.spin)
    }
    (uniform, slopeX, slopeY) = (integrals[0], integrals[1], integrals[2])
  }

  /// The wrench of a pressure α + β·x, per unit coefficient of friction.
  public func wrench(alpha: Double, beta: Planar) -> PlanarWrench {
    PlanarWrench(
      force: alpha * uniform.force + beta.x * slopeX.force + beta.y * slopeY.force,
      torque: alpha * uniform.torque + beta.x * slopeX.torque + beta.y * slopeY.torque)
  }

  /// Columns of the map from (N, Mx, My) of an unclipped pressure about the centroid to
  /// (fx, fy, torque) per unit coefficient; nil for an outline without area.
  ///
  /// Only for wrenches about the centroid of the whole outline.
  public var wrenchPerReaction: (force: PlanarWrench, momentX: PlanarWrench, momentY: PlanarWrench)?
  {
    let determinant = xx * yy - xy * xy
    guard area > 0, determinant > 0 else { return nil }
    // β = moments⁻¹·(−My, Mx)
    return (
      wrench(alpha: 1 / area, beta: .zero),
      wrench(alpha: 0, beta: Planar(x: -xy / determinant, y: xx / determinant)),
      wrench(alpha: 0, beta: Planar(x: -yy / determinant, y: xy / determinant))
    )
  }

  /// Friction of pressures 1, x, y from the integrals about the instant centre.
  private static func closedForm(
    _ outline: PlanarOutline, _ origin: Planar, _ centre: Planar, _ spin: Double
  ) -> [PlanarWrench] {
    let i = SlipIntegrals(outline, about: centre)
    let sign: Double = spin < 0 ? -1 : 1
    let arm = centre - origin
    // pressure q + a·s about the instant centre
    func wrench(_ q: Double, _ a: Planar) -> PlanarWrench {
      let sum =
        q * i.direction
        + Planar(
          x: a.x * i.spread.xx + a.y * i.spread.xy, y: a.x * i.spread.xy + a.y * i.spread.yy)
      let force = -sign * sum.turned
      let torque = -sign * (q * i.distance + a.dot(i.momentOfDistance))
      return PlanarWrench(force: force, torque: torque + arm.cross(force))
    }
    return [
      wrench(1, .zero), wrench(arm.x, Planar(x: 1, y: 0)), wrench(arm.y, Planar(x: 0, y: 1)),
    ]
  }

  /// The same by quadrature, for a field of directions that hardly turns over the patch.
  private static func gauss(
    _ outline: PlanarOutline, _ origin: Planar, _ twist: PlanarTwist
  ) -> [PlanarWrench] {
    var sums = [PlanarWrench](repeating: PlanarWrench(force: .zero, torque: 0), count: 3)
    func add(_ point: Planar, _ weight: Double) {
      let x = point - origin
      let w = twist.velocity + twist.spin * x.turned
      let direction = (-weight / w.length) * w
      for (k, p) in [1, x.x, x.y].enumerated() {
        sums[k].force = sums[k].force + p * direction
        sums[k].torque += p * x.cross(direction)
      }
    }
    let (nodes, weights) = (GaussLegendre8.nodes, GaussLegendre8.weights)
    switch outline {
    case .disc(let centre, let radius):
      let count = 32
      for (node, weight) in zip(nodes, weights) {
        let r = 0.5 * radius * (1 + node)
        let ring = 0.5 * radius * weight * r * 2 * Double.pi / Double(count)
        for k in 0..<count {
          let angle = 2 * Double.pi * Double(k) / Double(count)
          add(centre + r * Planar(x: cos(angle), y: sin(angle)), ring)
        }
      }
    case .polygon(let corners):
      for k in 1..<max(corners.count - 1, 1) {
        let (a, b) = (corners[k] - corners[0], corners[k + 1] - corners[0])
        for (i, weight) in zip(nodes, weights) {
          for (j, other) in zip(nodes, weights) {
            // a square folded to the triangle: (ξ, η) → ξ((1 − η)a + ηb), Jacobian ξ·(a×b)
            let (xi, eta) = (0.5 * (1 + i), 0.5 * (1 + j))
            add(
              corners[0] + xi * ((1 - eta) * a + eta * b),
              0.25 * weight * other * xi * a.cross(b))
          }
        }
      }
    }
    return sums
  }
}
