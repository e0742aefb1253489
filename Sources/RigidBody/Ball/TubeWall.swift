// Slowing of a creeping sphere on the axis of a tube.
//
// Equation        v / v_unbounded = 1 - 2.104 k + 2.09 k^3 - 0.95 k^5,  k = d / D
// Discretisation  none
// Source          Faxen 1922, as in Happel & Brenner 1965, Low Reynolds Number Hydrodynamics
//                 (numbers quoted from memory of these sources, not read again)
// Deviation       none; the same factor divides the drag at a given speed
// Validity        Re << 1, sphere on the axis, long tube, k <= 0.3
// Checked by      TubeWallTests: steel in glycerin, the limit of a wide tube, refused ratios

/// Effect of a coaxial tube on the creeping motion of a sphere.
public enum TubeWall {
  /// A ratio of diameters for which the polynomial was not made.
  public struct OutOfRange: Error, Sendable, Hashable {
    /// Diameter of the sphere over diameter of the tube.
    public let diameterRatio: Double
  }

  /// Ratios of sphere to tube diameter for which the factor holds.
  public static let validRatio: ClosedRange<Double> = 0...0.3

  /// Speed in the tube over speed without walls, for the same force; 1 in a wide tube.
  ///
  /// `diameterRatio` is sphere over tube, 0 to 0.3.
  public static func speedFactor(diameterRatio k: Double) throws(OutOfRange) -> Double {
    guard validRatio.contains(k) else { throw OutOfRange(diameterRatio: k) }
    let square = k * k
    return 1 - k * (2.104 - square * (2.09 - 0.95 * square))
  }
}
