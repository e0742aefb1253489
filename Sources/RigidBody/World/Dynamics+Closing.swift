// What is closed or taut at an instant: feature pairs that touch and do not leave, ropes at their length.
//
// Equation        closed: |gap| within rounding, and approach ≤ a speed; taut: the same for a rope
// Discretisation  what is struck and leaves slower than bounces of 1e-12 of the scene's size stays; what
//                 was open and is not struck goes on leaving at any speed above rounding
// Source          none: the tolerances are ours, and follow from NoiseLevels
// Validity        a point that rests open within rounding of a surface counts as closed
// Checked by      EngineAuditTests, EngineRobustnessTests; BP07, RB38 of the ladder

extension Dynamics {
  /// All feature pairs that touch, straps and ropes by their lengths, loads by the time.
  func candidates(_ state: EngineState, _ previous: Phase?, _ noise: NoiseLevels) -> Phase {
    let frames = frames(state)
    var phase = Phase()
    for pair in setup.pairs.indices {
      let (a, b) = (setup.pairs[pair].a, setup.pairs[pair].b)
      let isCompliant = setup.pairs[pair].law.compliance != .rigid
      if radii[a].isFinite, radii[b].isFinite {
        let distance =
          (frames.shapePose(a, setup).position - frames.shapePose(b, setup).position).length
        if distance - radii[a] - radii[b] > noise.gap {
          phase.pushes.append(false)
          continue
        }
      }
      let manifold = manifold(pair, frames, within: noise.gap)
      phase.pushes.append(
        isCompliant
          && manifold.points.contains {
            $0.gap <= 0 && pushMargin(pair, $0, frames, pushes: true) > 0
          })
      guard !isCompliant else { continue }
      for point in manifold.points.sorted(by: { $0.feature < $1.feature }) {
        var contact = ClosedContact(pair: pair, feature: point.feature)
        if let old = previous?.contact(pair, point.feature) {
          contact.direction = old.direction
        }
        phase.contacts.append(contact)
      }
    }
    for load in setup.loads {
      phase.acts.append(state.time >= load.from && state.time < load.until)
    }
    for joint in setup.joints {
      let geometry = JointGeometry(joint, frames)
      switch joint.kind {
      case .strap(_, _, let length):
        let (tension, now, rate, _) = geometry.tension()
        let level = 1e-13 * max(self.length, length)
        phase.isTaut.append(
          now > length + level ? tension >= 0 : now > length - level && rate >= 0)
      case .rope(let length):
        phase.isTaut.append(abs(geometry.separation.length - length) <= noise.gap)
      default: phase.isTaut.append(true)
      }
    }
    return phase
  }

  /// Drops contacts that separate. What was struck and leaves so slowly that it would come back from
  /// 1e-12 of the scene's size stays: rocking from edge to edge ends there. What was open already and
  /// was not struck goes on leaving, however slowly: a body that begins to tip is not held back.
  func keepClosed(
    _ phase: inout Phase, _ state: EngineState, _ noise: NoiseLevels, previous: Phase?,
    struck: Set<Int>
  ) {
    let (_, geometries) = rows(frames(state), phase)
    let old = phase.contacts
    phase.contacts = old.indices.compactMap { index in
      guard let geometry = geometries[index] else { return nil }
      let wasClosed =
        struck.contains(index) || previous?.contact(old[index].pair, old[index].feature) != nil
      return geometry.approach <= noise.leaving(wasClosed: wasClosed) ? old[index] : nil
    }
  }

  /// Drops ropes that shorten, by the same rule.
  func keepTaut(
    _ phase: inout Phase, _ state: EngineState, _ noise: NoiseLevels, previous: Phase?,
    jerked: [Int]
  ) {
    guard !setup.joints.isEmpty else { return }
    let frames = frames(state)
    for (joint, isTaut) in phase.isTaut.enumerated() where isTaut {
      guard case .rope = setup.joints[joint].kind else { continue }
      let geometry = JointGeometry(setup.joints[joint], frames)
      let d = geometry.separation
      let wasTaut = jerked.contains(joint) || previous?.isTaut[joint] ?? false
      phase.isTaut[joint] =
        -d.dot(geometry.separationRate) <= noise.leaving(wasClosed: wasTaut) * d.length
    }
  }

  /// Whether the state closes other feature pairs than the phase has: those that went, and those that
  /// came and do not leave.
  func hasOtherContacts(_ state: EngineState, _ phase: Phase, _ noise: NoiseLevels) -> Bool {
    let fresh = candidates(state, phase, noise)
    func isMissing(_ contact: ClosedContact, _ from: Phase) -> Bool {
      from.contact(contact.pair, contact.feature) == nil
    }
    if phase.contacts.contains(where: { isMissing($0, fresh) }) { return true }
    let came = fresh.contacts.indices.filter { isMissing(fresh.contacts[$0], phase) }
    guard !came.isEmpty else { return false }
    let (_, geometries) = rows(frames(state), fresh)
    return came.contains { (geometries[$0]?.approach ?? 0) <= noise.speed }
  }
}
