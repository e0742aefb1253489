// Friction of patches that slide, and resistance to rolling and spinning.

extension Dynamics {
  /// Friction per unit normal reaction for each sliding corner of a patch: force at the corner and
  /// torque, on A. Empty where contacts are points of their own.
  func patchFriction(
    _ range: Range<Int>, _ pair: Int, _ manifold: Manifold, _ geometries: [ContactGeometry?],
    _ phase: Phase
  ) -> [Int: (force: Vector3, torque: Vector3)] {
    [:]
  }

  func addResistance(
    _ geometry: ContactGeometry, _ contact: ClosedContact, _ law: ContactLaw,
    _ owner: RowBuffer.Owner, _ rows: inout RowBuffer
  ) {}
}
