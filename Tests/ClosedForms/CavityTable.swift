// Velocities on the centre lines of the lid-driven square cavity, from two other computations.
//
// Equation        u·∇u = −∇p + ∇²u/Re, ∇·u = 0 in the unit square, u = (1, 0) on y = 1, else 0
// Source          `refined`: stream-function biharmonic equation by Newton's method, central
//                 differences, 128² and 256² cells, extrapolated, read by cubic splines; computed
//                 for this project by a program that shares nothing with it. `spectral`: Botella &
//                 Peyret 1998, Computers & Fluids 27, 421, Tables 9 and 10, from transcriptions;
//                 theirs has the lid moving towards −x
// Validity        `refined` is within 1.2e-4 of `spectral` at Re 1000, expected within 3e-4 at 100
//                 and 400. Ghia, Ghia & Shin 1982 (J. Comput. Phys. 48, 387) is off by up to 0.018

/// Speeds on the centre lines, in units of the lid's; places in sides.
public struct CavityTable: Sendable {
  /// Largest error to expect of an entry.
  public let accuracy: Double
  /// Heights on x = 1/2 and the speeds along the lid's direction there.
  public let heights: [Double]
  public let horizontal: [Double]
  /// Places on y = 1/2 and the upward speeds there.
  public let places: [Double]
  public let vertical: [Double]

  /// Table of a Reynolds number of 100, 400 or 1000; nil for any other.
  public static func refined(reynolds: Int) -> CavityTable? {
    guard let u = horizontal[reynolds], let v = vertical[reynolds] else { return nil }
    return CavityTable(
      accuracy: 3e-4, heights: heights, horizontal: u, places: places, vertical: v)
  }

  /// Botella & Peyret at Re = 1000, inner points.
  public static let spectral = CavityTable(
    accuracy: 1e-6,
    heights: [
      0.0547, 0.0625, 0.0703, 0.1016, 0.1719, 0.2813, 0.4531, 0.5, 0.6172, 0.7344, 0.8516,
      0.9531, 0.9609, 0.9688, 0.9766,
    ],
    horizontal: [
      -0.1812881, -0.20233, -0.2228955, -0.3004561, -0.3885691, -0.2803696, -0.1081999,
      -0.0620561, 0.0570178, 0.1886747, 0.3372212, 0.4723329, 0.5169277, 0.5808359, 0.6644227,
    ],
    places: [
      0.9688, 0.9609, 0.9531, 0.9453, 0.9063, 0.8594, 0.8047, 0.5, 0.2344, 0.2266, 0.1563,
      0.0938, 0.0781, 0.0703, 0.0625,
    ],
    vertical: [
      -0.2279225, -0.2936869, -0.3553213, -0.4103754, -0.5264392, -0.4264545, -0.3202137,
      0.0257995, 0.3253592, 0.3339924, 0.3769189, 0.3330442, 0.3099097, 0.2962703, 0.2807056,
    ])

  private static let heights = [
    0.9766, 0.9688, 0.9609, 0.9531, 0.8516, 0.7344, 0.6172, 0.5, 0.4531, 0.2813, 0.1719,
    0.1016, 0.0703, 0.0625, 0.0547,
  ]
  private static let places = [
    0.9688, 0.9609, 0.9531, 0.9453, 0.9063, 0.8594, 0.8047, 0.5, 0.2344, 0.2266, 0.1563,
    0.0938, 0.0781, 0.0703, 0.0625,
  ]
  private static let horizontal: [Int: [Double]] = [
    100: [
      0.84373, 0.79194, 0.74047, 0.69103, 0.23655, 0.00419, -0.1388, -0.20915, -0.21398,
      -0.15767, -0.10174, -0.06443, -0.04662, -0.04198, -0.03723,
    ],
    400: [
      0.7607, 0.68724, 0.61996, 0.56161, 0.29205, 0.16257, 0.02103, -0.11505, -0.17148,
      -0.32874, -0.24379, -0.1462, -0.10331, -0.0926, -0.08183,
    ],
    1000: [
      0.66454, 0.58094, 0.51701, 0.4724, 0.33722, 0.18866, 0.057, -0.06207, -0.10822, -0.28038,
      -0.38864, -0.30041, -0.22283, -0.20227, -0.18123,
    ],
  ]
  private static let vertical: [Int: [Double]] = [
    100: [
      -0.06219, -0.07798, -0.09339, -0.10853, -0.17708, -0.23369, -0.25354, 0.05754, 0.17956,
      0.17936, 0.16483, 0.12643, 0.11175, 0.10359, 0.09481,
    ],
    400: [
      -0.12515, -0.1616, -0.19822, -0.23473, -0.38971, -0.45386, -0.38567, 0.05205, 0.30347,
      0.30384, 0.28356, 0.23174, 0.21098, 0.19881, 0.18515,
    ],
    1000: [
      -0.22785, -0.29361, -0.35525, -0.41032, -0.52649, -0.4265, -0.32021, 0.02579, 0.32539,
      0.33402, 0.37695, 0.33305, 0.30991, 0.29627, 0.2807,
    ],
  ]
}
