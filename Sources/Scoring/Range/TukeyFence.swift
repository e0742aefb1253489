// The largest value that is not an outlier.
//
// Method      hinges of the five-number summary: depth n4 = ⌊(n + 3)/2⌋/2 from either end, the mean of
//             two neighbours where it is not whole; the largest value ≤ upper hinge + 1.5·(hinge
//             spread), with a slack of 1e-12 for rounding.
// Source      Tukey 1977, Exploratory Data Analysis, 2C; used for the area of applicability by
//             Meyer & Pebesma 2021, doi 10.1111/2041-210X.13650.
// Checked by  ExperienceRangeTests (`range.aoa`: a lone outlier does not move it).

public enum TukeyFence {
  static let slack = 1e-12

  /// - Parameter values: not empty, finite.
  public static func upper(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let count = sorted.count
    let depth = Double((count + 3) / 2) / 2
    func mean(_ place: Double) -> Double {
      let low = Int(place.rounded(.down)) - 1
      let high = Int(place.rounded(.up)) - 1
      return 0.5 * (sorted[low] + sorted[high])
    }
    let (lower, upper) = (mean(depth), mean(Double(count + 1) - depth))
    let fence = upper + 1.5 * (upper - lower) + slack
    return sorted.last { $0 <= fence } ?? upper
  }
}
