// A plane cut into a body before a test: faces that are open and have no strength.
//
// Equation        none
// Discretisation  whole faces; both sides press on each other as those of any debonded crack do
// Source          none
// Deviation       none
// Validity        a plane between elements
// Checked by      PullTests, BK14

/// Part of a plane between elements.
public struct Notch: Sendable, Hashable {
  /// Across this axis (0, 1, 2), at a place along it (m from the middle).
  public let axis: Int
  public let place: Double
  /// From the lower end of this other axis up to `end` (m from the middle).
  public let along: Int
  public let end: Double

  public init(axis: Int, at place: Double, along: Int, to end: Double) {
    (self.axis, self.place, self.along, self.end) = (axis, place, along, end)
  }

  func contains(_ face: Int, of lattice: Lattice) -> Bool {
    guard Int(lattice.faceAxis[face]) == axis else { return false }
    let centre = lattice.centre(face: face)
    return abs(centre[axis] - place) < 0.5 * lattice.edges[axis] && centre[along] < end
  }
}
