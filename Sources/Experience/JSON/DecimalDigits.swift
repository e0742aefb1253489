// The digits of a double as JSON prints them, without a text of their own.
//
// Method      m = x·10^k, rounded, with k such that m has 15 digits. If m/10^k, rounded once, is x again,
//             m without its zeros at the end is the shortest decimal of x: two decimals of 15 digits
//             or fewer never share a double. Numbers with more digits are left to the library.
// Validity    1e-6 ≤ |x| < 1e15, where 10^|k| is exact (|k| ≤ 21) and no exponent is written.
// Checked by  JSONTests (against JSON.text(of:)).

enum DecimalDigits {
  private static let powers: [Double] = (0...22).map { power in
    (0..<power).reduce(1.0) { value, _ in value * 10 }
  }

  /// Appends the number; false, without a byte, where the library must print it.
  static func append(_ value: Double, to out: inout [UInt8]) -> Bool {
    let size = abs(value)
    guard size >= 1e-6, size < 1e15 else { return false }
    // digits in front of the point; below 1 minus the zeros behind it
    var lead = -5
    while lead < 15, size >= (lead < 0 ? 1 / powers[-lead] : powers[lead]) { lead += 1 }
    let shift = 15 - lead
    let scale = powers[shift]
    let scaled = (size * scale).rounded()
    guard scaled < 1e15, scaled / scale == size else { return false }
    var digits = UInt64(scaled)
    var decimals = shift
    while decimals > 0, digits % 10 == 0 {
      digits /= 10
      decimals -= 1
    }
    if value < 0 { out.append(UInt8(ascii: "-")) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { buffer in
      // from the last digit on; zeros in front of the point and behind it are digits too
      var (place, written) = (24, 0)
      while digits > 0 || written <= decimals {
        place -= 1
        if written == decimals, decimals > 0 {
          buffer[place] = UInt8(ascii: ".")
          place -= 1
        }
        buffer[place] = 48 + UInt8(digits % 10)
        digits /= 10
        written += 1
      }
      out.append(contentsOf: buffer[place...])
    }
    return true
  }
}
