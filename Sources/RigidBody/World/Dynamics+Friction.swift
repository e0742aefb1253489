// Friction of patches that slide, and resistance to rolling and spinning.
//
// Equation    patch   force and torque of full slip under the linear pressure that has the resultant and
//                     the moments of the corner reactions (ContactPatchFriction); it is linear in the
//                     reactions, so each corner carries its share as a force of its normal row
//             rolling |τ_t| ≤ b·N along the surface, spinning |τ_n| ≤ b_n·N about the normal: against
//                     the relative spin while there is one, a held row while there is none
// Source      methods of patch friction: ContactPatchFriction; Johnson 1985, ch. 8 (rolling)
// Validity    pressures are not clipped: a patch whose centre of pressure leaves the middle third and
//             that spins at the same time is approximate
// Checked by  EnginePatchTests, EngineResistanceTests: spin-down of disc and square, rolling to rest

extension Dynamics {
  /// Friction per unit normal reaction for each sliding corner of a patch: force at the corner and
  /// torque, on A. Empty where contacts are points of their own, or slide straight.
  func patchFriction(
    _ range: Range<Int>, _ pair: Int, _ manifold: Manifold, _ geometries: [ContactGeometry?],
    _ phase: Phase
  ) -> [Int: (force: Vector3, torque: Vector3)] {
    var result: [Int: (force: Vector3, torque: Vector3)] = [:]
    let law = setup.pairs[pair].law
    for (index, patch) in manifold.patches.enumerated() {
      let members = range.filter {
        phase.contacts[$0].slides && geometries[$0]?.point.patch == index
      }
      guard members.count > 2, let head = geometries[members[0]] else { continue }
      let contact = phase.contacts[members[0]]
      // a shift without spin keeps its direction at every corner
      if contact.isStraight, abs(contact.turning) < 1e-9 * length { continue }
      let plane = PatchPlane(patch)
      let velocity =
        head.twists.a.velocity(at: plane.origin - head.positions.a)
        - head.twists.b.velocity(at: plane.origin - head.positions.b)
      let points = members.compactMap { geometries[$0]?.point.point }
      let radius = points.map { ($0 - plane.origin).length }.max() ?? 0
      var twist = PlanarTwist(
        velocity: Planar(x: velocity.dot(plane.first), y: velocity.dot(plane.second)),
        spin: head.relativeSpin.dot(head.normal))
      // along the direction of the phase; a trial beyond the stop keeps it
      let along =
        velocity.dot(contact.direction) + (radius > 0 ? contact.turning * twist.spin : 0)
      let size = (twist.velocity.dot(twist.velocity) + radius * radius * twist.spin * twist.spin)
        .squareRoot()
      let sign: Double = along < 0 ? -1 : 1
      if contact.isStraight || size == 0 {
        twist = PlanarTwist(
          velocity: Planar(
            x: contact.direction.dot(plane.first), y: contact.direction.dot(plane.second)),
          spin: radius > 0 ? contact.turning / (radius * radius) : 0)
      } else {
        twist = PlanarTwist(velocity: sign * twist.velocity, spin: sign * twist.spin)
      }
      let friction = ContactPatchFriction(plane.outline, twist: twist)
      guard let map = friction.wrenchPerReaction else { continue }
      let coefficient = law.slidingFriction(at: sign * size)
      for member in members {
        guard let point = geometries[member]?.point.point else { continue }
        let offset = point - plane.origin
        let (x, y) = (offset.dot(plane.first), offset.dot(plane.second))
        let planar =
          map.force.force + y * map.momentX.force + (-x) * map.momentY.force
        let torque = map.force.torque + y * map.momentX.torque - x * map.momentY.torque
        let force = coefficient * (planar.x * plane.first + planar.y * plane.second)
        // the force acts at the corner: its own moment about the centroid is not counted twice
        let moment = coefficient * torque - offset.cross(force).dot(head.normal)
        result[member] = (force, moment * head.normal)
      }
    }
    return result
  }

  // MARK: Rolling and spinning

  /// Torque on A per unit normal reaction against rolling and spinning that go on.
  func resistance(_ geometry: ContactGeometry, _ contact: ClosedContact, _ law: ContactLaw)
    -> Vector3
  {
    guard law.rollingResistance > 0 || law.spinningResistance > 0 else { return .zero }
    let relative = geometry.relativeSpin
    let about = relative.dot(geometry.normal)
    var torque = Vector3.zero
    if law.rollingResistance > 0, contact.rolls {
      let rolling = relative - about * geometry.normal
      let along = rolling.dot(contact.rollingAxis)
      let across = (rolling - along * contact.rollingAxis).length
      // straight rolling keeps its axis, also beyond the stop of a trial
      if across <= 1e-8 * abs(along) || along == 0 {
        torque = -law.rollingResistance * contact.rollingAxis
      } else {
        let sign: Double = along < 0 ? -1 : 1
        torque = (-law.rollingResistance * sign / rolling.length) * rolling
      }
    }
    if law.spinningResistance > 0, contact.spins {
      torque = torque - (law.spinningResistance * contact.spinSign) * geometry.normal
    }
    return torque
  }

  /// Rows that hold rolling and spinning that have stopped.
  func addResistance(
    _ geometry: ContactGeometry, _ contact: ClosedContact, _ law: ContactLaw,
    _ owner: RowBuffer.Owner, _ rows: inout RowBuffer
  ) {
    if law.rollingResistance > 0, !contact.rolls {
      rows.begin(.bilateral, geometry.a, geometry.b, owner)
      for t in [geometry.tangent1, geometry.tangent2] {
        rows.row(
          RowPart(linear: .zero, angular: t), RowPart(linear: .zero, angular: -t), rateBias: 0,
          error: .nan)
      }
    }
    if law.spinningResistance > 0, !contact.spins {
      rows.begin(.bilateral, geometry.a, geometry.b, owner)
      rows.row(
        RowPart(linear: .zero, angular: geometry.normal),
        RowPart(linear: .zero, angular: -geometry.normal), rateBias: 0, error: .nan)
    }
  }
}
