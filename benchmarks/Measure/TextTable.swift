// Rows of text in aligned columns.

import Foundation

/// A table for standard output: the first column to the left, numbers to the right.
struct TextTable {
  private var rows: [[String]]

  init(_ head: [String]) { rows = [head] }

  mutating func add(_ cells: [String]) { rows.append(cells) }

  func print() {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      let cells = zip(row, widths).enumerated().map { index, cell in
        let blank = String(repeating: " ", count: cell.1 - cell.0.count)
        return index == 0 ? cell.0 + blank : blank + cell.0
      }
      Swift.print(cells.joined(separator: "  "))
    }
  }
}

/// `digits` significant figures.
func figures(_ value: Double, _ digits: Int = 3) -> String {
  String(format: "%.\(digits)g", value)
}

extension [Double] {
  /// NaN if empty.
  var median: Double {
    guard !isEmpty else { return .nan }
    let sorted = self.sorted()
    return 0.5 * (sorted[(count - 1) / 2] + sorted[count / 2])
  }
}
