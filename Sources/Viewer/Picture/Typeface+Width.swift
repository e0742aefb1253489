// How wide a text is, without a font at hand.
//
// Source    advance widths of DejaVu Sans and DejaVu Sans Bold 2.37, characters 32 to 126, read
//           from the fonts with FreeType, in thousandths of an em. Everything else counts as 0.65.
// Checked by PictureTests: a text fits the plate behind it.

extension Typeface {
  /// In points.
  public func width(of text: String) -> Double {
    let table = isBold ? Typeface.boldAdvances : Typeface.advances
    var sum = 0
    for scalar in text.unicodeScalars {
      let index = Int(scalar.value) - 32
      sum += table.indices.contains(index) ? table[index] : Typeface.other(scalar)
    }
    return Double(sum) * size / 1000
  }

  private static func other(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x2212, 0xB1, 0xD7, 0xF7, 0x2190...0x22FF: 838
    case 0x2026, 0x2014: 1000
    case 0xB0, 0xB2, 0xB3, 0xB9, 0x2013: 450
    case 0xB7: 318
    default: 650
    }
  }

  /// The text, shortened with an ellipsis to a width in points.
  public func fitted(_ text: String, to limit: Double) -> String {
    if width(of: text) <= limit { return text }
    var short = text
    while !short.isEmpty, width(of: short + "…") > limit { short.removeLast() }
    while short.last == " " { short.removeLast() }
    return short + "…"
  }

  /// Lines of at most a width, broken at spaces.
  public func wrapped(_ text: String, to limit: Double, lines most: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if width(of: longer) <= limit || line.isEmpty {
        line = longer
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    if !line.isEmpty { lines.append(line) }
    if lines.count > most {
      lines = Array(lines.prefix(most))
      lines[most - 1] = fitted(lines[most - 1] + "………", to: limit)
    }
    return lines.map { fitted($0, to: limit) }
  }

  private static let advances = [
    317, 400, 459, 837, 636, 950, 779, 274, 390, 390, 500, 837, 317, 360, 317, 336, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 336, 336, 837, 837, 837, 530, 1000, 684, 686, 698, 770, 631,
    575, 774, 751, 294, 294, 655, 557, 862, 748, 787, 603, 787, 694, 634, 610, 731, 684, 988, 685,
    610, 685, 390, 336, 390, 837, 500, 500, 612, 634, 549, 634, 615, 352, 634, 633, 277, 277, 579,
    277, 974, 633, 611, 634, 634, 411, 520, 392, 633, 591, 817, 591, 591, 524, 636, 336, 636, 837,
  ]

  private static let boldAdvances = [
    348, 456, 520, 837, 695, 1001, 872, 306, 457, 457, 522, 837, 379, 415, 379, 365, 695, 695, 695,
    695, 695, 695, 695, 695, 695, 695, 399, 399, 837, 837, 837, 580, 1000, 773, 762, 733, 830, 683,
    683, 820, 836, 372, 372, 774, 637, 995, 836, 850, 732, 850, 770, 720, 682, 812, 773, 1103, 770,
    724, 725, 457, 365, 457, 837, 500, 500, 674, 715, 592, 715, 678, 435, 715, 711, 342, 342, 665,
    342, 1041, 711, 687, 715, 715, 493, 595, 478, 711, 651, 923, 645, 651, 582, 711, 365, 711, 837,
  ]
}
