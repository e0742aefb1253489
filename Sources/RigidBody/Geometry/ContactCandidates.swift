// Feature pairs of two convex bodies before the direction of contact is known.
//
// Equation        a pair is critical when its normal lies in the normal cones of both features; for
//                 bodies apart every critical gap is the distance, for overlapping bodies the
//                 largest critical gap is the shallowest way out
// Discretisation  none
// Source          Karush–Kuhn–Tucker conditions of the distance of convex sets
// Deviation       pairs that leave a cone by a small sine are kept with their own gaps, so that
//                 almost parallel lines and faces show all of their ends and corners
// Validity        convex bodies
// Checked by      ManifoldTests, ManifoldRateTests

/// Sine within which a normal counts as belonging to the direction of contact.
let directionSine = 0.2

/// Collects pairs, then keeps those around the direction of the best critical one.
struct ContactCandidates {
  struct Candidate {
    var contact: MovingContact
    /// Sine by which the normal leaves the cones.
    var violation: Double
  }

  var candidates: [Candidate] = []
  /// Distance below which points are the same, in m.
  let near: Double

  init(near: Double) { self.near = near }

  /// Takes a pair whose normal leaves the cones by no more than `limit`.
  mutating func add(
    _ contact: MovingContact, violation: Double, limit: Double = directionSine
  ) {
    guard violation <= limit, contact.gap.value.isFinite else { return }
    candidates.append(Candidate(contact: contact, violation: violation))
  }

  /// The pair that defines the direction of contact.
  var best: MovingContact? {
    let critical = candidates.filter { $0.violation <= 1e-7 }
    if let best = critical.max(by: { $0.contact.gap.value < $1.contact.gap.value }) {
      return best.contact
    }
    return candidates.min(by: { $0.violation < $1.violation })?.contact
  }

  /// Pairs within the margin and around the best direction, each point once.
  func manifold(within margin: Double) -> MovingManifold {
    var result = MovingManifold()
    guard let best, best.gap.value <= margin else { return result }
    let cosine = (1 - directionSine * directionSine).squareRoot()
    for candidate in candidates {
      let contact = candidate.contact
      guard contact.gap.value <= margin, contact.normal.value.dot(best.normal.value) >= cosine,
        !result.contacts.contains(where: { $0.feature == contact.feature }),
        !result.holds(contact.onA.value, within: 8 * near)
      else { continue }
      result.add(contact, within: margin)
    }
    return result
  }
}
