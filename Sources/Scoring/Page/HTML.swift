// Text, numbers, elements and the frame of a page; everything that comes from a file is escaped here.
//
// Checked by  ReportPageTests (no text of a scene or model becomes markup).

import Experience

enum HTML {
  /// Text with the five characters that mean something in HTML replaced.
  static func escape(_ text: String) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    for character in text.unicodeScalars {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(character)
      }
    }
    return out
  }

  /// "+0.41", with a true minus sign.
  static func signed(_ value: Double, decimals: Int = 2) -> String {
    let text = Wording.fixed(abs(value), decimals: decimals)
    return (value < 0 && Double(text) != 0 ? "−" : "+") + text
  }

  /// "+0.41 [+0.35, +0.46]" of a report's skill, or what stands in its place.
  static func skill(_ json: JSON?, interval: String = "ci95") -> String {
    guard let value = json?["value"]?.number ?? json?["skill"]?.number else { return "–" }
    guard let range = json?[interval]?.numbers, range.count == 2 else { return signed(value) }
    return "\(signed(value)) [\(signed(range[0])), \(signed(range[1]))]"
  }

  /// A table whose cells are HTML already; columns named in `numbers` stand to the right.
  static func table(
    _ head: [String], _ rows: [[String]], numbers: Set<Int> = [], id: String? = nil
  ) -> String {
    func cells(_ row: [String], _ tag: String) -> String {
      row.enumerated().map { index, cell in
        let scope = tag == "th" ? " scope=\"col\"" : ""
        return "<\(tag)\(scope)\(numbers.contains(index) ? " class=\"n\"" : "")>\(cell)</\(tag)>"
      }.joined()
    }
    // many columns keep their width and scroll, rather than become towers of words
    let name = (id.map { " id=\"\($0)\"" } ?? "") + (head.count > 5 ? " class=\"wide\"" : "")
    return
      "<div class=\"scroll\" tabindex=\"0\"><table\(name)><thead><tr>\(cells(head, "th"))</tr></thead>"
      + "<tbody>" + rows.map { "<tr>\(cells($0, "td"))</tr>" }.joined(separator: "\n")
      + "</tbody></table></div>"
  }

  static func section(_ title: String, id: String, _ body: String) -> String {
    "<section id=\"\(id)\"><h2>\(escape(title))</h2>\n\(body)\n</section>\n"
  }

  /// A whole page without any other file.
  /// - Parameters:
  ///   - title: and `sub`: plain text.
  ///   - body: and `foot`: HTML.
  static func page(
    _ title: String, sub: String, body: String, foot: String = "", script: String = ""
  ) -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(escape(title))</title>
    <style>
    \(PageStyle.sheet)
    </style>
    </head>
    <body>
    <header>
    <h1>\(escape(title))</h1>
    <p class="sub">\(escape(sub))</p>
    </header>
    <main>
    \(body)
    </main>
    \(foot)
    \(script.isEmpty ? "" : "<script>\n\(script)\n</script>")
    </body>
    </html>

    """
  }
}
