// The verification rows as a JUnit file, for servers that collect test results.
//
// Mapping     one suite a template, one case a requirement and instance. Closed by `accept alone`: passed.
//             FAIL: failure. Everything else is skipped with its reason, because a human has to look:
//             MARGINAL, unresolved, out of range, not authorised. A green server never stands for a person.
// Form        the subset that Jenkins, GitLab and GitHub read: testsuites, testsuite, testcase, failure,
//             skipped; no times and no host, so that bytes compare.
// Checked by  JUnitTests (xmllint where it is installed, an XML parser anyway).

import Experience

public enum JUnitReport {
  public static func xml(_ rows: [VerificationRow]) -> String {
    var suites: [(name: String, rows: [VerificationRow])] = []
    for row in rows {
      let name = row.template
      if suites.last?.name == name {
        suites[suites.count - 1].rows.append(row)
      } else {
        suites.append((name, [row]))
      }
    }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites\(counts(rows))>\n"
    for (name, rows) in suites {
      text += "  <testsuite name=\"\(escaped(name))\"\(counts(rows))>\n"
      for row in rows { text += testCase(row, of: name) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func counts(_ rows: [VerificationRow]) -> String {
    let failures = rows.count { isFailure($0) }
    let skipped = rows.count { !isFailure($0) && !$0.isClosed }
    return " tests=\"\(rows.count)\" failures=\"\(failures)\" skipped=\"\(skipped)\""
  }

  /// The simulator excludes that it holds, and vouches for that.
  private static func isFailure(_ row: VerificationRow) -> Bool {
    row.label == .fail && row.tier != .t3
  }

  private static func testCase(_ row: VerificationRow, of suite: String) -> String {
    let start = "    <testcase classname=\"\(escaped(suite))\" name=\"\(escaped(row.id))\""
    let value =
      "\(row.criterion); probability \(Wording.number(row.probability)), margin "
      + "\(Wording.quantity(row.margin, row.unit)) ± \(Wording.number(row.marginHalfWidth, digits: 2))"
    if isFailure(row) {
      return
        "\(start)>\n      <failure message=\"\(escaped(row.text)) \(escaped(value))\"/>\n    </testcase>\n"
    }
    if row.isClosed { return "\(start)/>\n" }
    return
      "\(start)>\n      <skipped message=\"\(escaped("\(row.label.rawValue): \(row.closeOut)"))\"/>\n    </testcase>\n"
  }

  /// Attribute text: breaks of lines as references, and what XML 1.0 cannot hold as U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in HTML.escape(text).unicodeScalars {
      switch scalar.value {
      case 0x9, 0xA, 0xD: result += "&#\(scalar.value);"
      case ..<0x20, 0xFFFE, 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
