// One self-contained page for people, drawn from report/1 alone.
//
//             No network, no external file: it opens from a mail attachment. The first screen answers
//             how good, compared with what, where trusted, where not, what a human must do.
// Checked by  ReportPageTests; looked at in a browser at desktop and phone widths, light and dark.

import Experience

public enum ReportPage {
  /// Rows of the verification table that the page shows; `vcrm.csv` has all.
  static let shownRows = 200

  /// - Parameter json: a report/1.
  public static func html(of json: JSON) -> String {
    let model = text(json, "predictions", "model")
    let name = model.isEmpty ? "this predictor" : model
    let title = "How far can \(name) be trusted?"
    let dataset = "\(text(json, "dataset", "id")) \(text(json, "dataset", "version"))"
    let split = text(json, "dataset", "split")
    let count = Int(json["predictions"]?["n"]?.number ?? 0)
    let body =
      cards(json) + limits(json) + headline(json) + groups(json) + calibration(json)
      + failures(json) + authority(json) + verification(json) + provenance(json)
    return HTML.page(
      title,
      sub: "\(count) questions of \(dataset), split \(split). Truth is simulation, not test.",
      body: body,
      foot:
        "<footer><p>Written by plumbline \(HTML.escape(text(json, "scorer", "version"))). Keys: <code>j</code> and <code>k</code> go between sections, <code>/</code> filters the verification table.</p></footer>",
      script: PageStyle.script)
  }

  private static func text(_ json: JSON, _ first: String, _ second: String) -> String {
    json[first]?[second]?.text ?? ""
  }

  // MARK: First screen

  private static func cards(_ json: JSON) -> String {
    let signs = ["good": "✓", "mixed": "!", "bad": "✗"]
    let cards = (json["summary"]?.array ?? []).map { entry -> String in
      let mood = entry["mood"]?.text ?? "mixed"
      let known = signs[mood] == nil ? "mixed" : mood
      return "<div class=\"card \(known)\"><h2>\(HTML.escape(entry["question"]?.text ?? "")) "
        + "<span class=\"tag \(known)\" aria-hidden=\"true\">\(signs[known] ?? "")</span></h2>"
        + "<p>\(HTML.escape(entry["answer"]?.text ?? ""))</p></div>"
    }
    return cards.isEmpty ? "" : "<div class=\"cards five\">\(cards.joined(separator: "\n"))</div>\n"
  }

  private static func limits(_ json: JSON) -> String {
    let list = json["statements"]?.texts ?? []
    guard !list.isEmpty else { return "" }
    let items = list.map { "<li>\(HTML.escape($0))</li>" }.joined()
    return "<div class=\"limit\"><strong>What this does not say</strong><ul>\(items)</ul></div>\n"
  }

  // MARK: Skill

  private static func headline(_ json: JSON) -> String {
    guard let headline = json["headline"]?.object, !headline.isEmpty else {
      let why = json["why"]?.text ?? "nothing was scored"
      return HTML.section("Skill", id: "skill", "<p>No headline: \(HTML.escape(why)).</p>")
    }
    let lines = headline.pairs.map { name, entry -> PageCharts.Interval in
      let range = entry["skill"]?["ci95"]?.numbers ?? []
      return PageCharts.Interval(
        name: "against \(name)", value: entry["skill"]?["value"]?.number,
        range: range.count == 2 ? range[0]...max(range[0], range[1]) : nil,
        note: entry["claim"]?.text ?? "no claim")
    }
    let rows = headline.pairs.map { name, entry in
      [
        HTML.escape(name), HTML.skill(entry["skill"]), HTML.skill(entry["delta"]),
        HTML.escape(entry["claim"]?.text ?? "no claim"),
        HTML.escape(entry["delta"]?["method"]?.text ?? "–"),
        Wording.number(entry["delta"]?["clusters"]?.number ?? 0),
      ]
    }
    let predictions = json["predictions"]
    func count(_ key: String) -> Int { Int(predictions?[key]?.number ?? 0) }
    let invalid = Int(predictions?["invalid"]?["n"]?.number ?? 0)
    var counts =
      "\(invalid) invalid (\(count("missing")) without a prediction), \(count("abstained")) handed to a human"
    if count("contaminated") > 0 {
      counts += ", \(count("contaminated")) with a truth that may be known, left out here"
      if let gap = predictions?["recall-gap"]?.number {
        counts += " (recall gap \(HTML.signed(gap)))"
      }
    }
    return HTML.section(
      "Skill", id: "skill",
      "<p>Share of a reference's loss that the answers save: 1 is perfect, 0 no better, below 0 worse.</p>"
        + "<figure>\(PageCharts.intervals(lines, title: "Skill against each reference", axis: "skill"))</figure>"
        + HTML.table(
          [
            "reference", "skill [95 %]", "difference of losses [95 %]", "claim", "method", "scenes",
          ],
          rows, numbers: [1, 2, 5]) + "<p>Of all questions: \(counts).</p>")
  }

  private static func groups(_ json: JSON) -> String {
    let names = [
      ("range", "By experience range"), ("template", "By template"), ("slot", "By question"),
      ("tier", "By tier of the truth"), ("label", "By label of the truth"),
    ]
    var body = ""
    for (key, title) in names {
      guard let rows = json["by"]?[key]?.object, !rows.isEmpty else { continue }
      // a single row says what the headline says
      if rows.keys.count == 1, key != "range" { continue }
      let lines = rows.pairs.map { name, row -> PageCharts.Interval in
        let range = row["ci95"]?.numbers ?? []
        return PageCharts.Interval(
          name: name, value: row["skill"]?.number,
          range: range.count == 2 ? range[0]...max(range[0], range[1]) : nil,
          note: "n = \(Int(row["n"]?.number ?? 0))")
      }
      let table = rows.pairs.map { name, row in
        [
          HTML.escape(name), Wording.number(row["n"]?.number ?? 0),
          HTML.skill(.object([("value", row["skill"]), ("ci95", row["ci95"])])),
          HTML.skill(
            .object([
              ("value", row["physics-101"]?["skill"]), ("ci95", row["physics-101"]?["ci95"]),
            ])),
          row["mean-loss"]?.number.map {
            HTML.escape(Wording.quantity($0, row["unit"]?.text ?? "1"))
          } ?? "–",
        ]
      }
      body +=
        "<h3>\(title)</h3><figure>\(PageCharts.intervals(lines, title: title, axis: "skill"))</figure>"
        + "<details><summary>Numbers</summary>"
        + HTML.table(
          ["", "n", "skill [95 %]", "against physics-101", "mean loss"], table,
          numbers: [1, 2, 3, 4])
        + "</details>"
    }
    return body.isEmpty ? "" : HTML.section("Where it is good", id: "groups", body)
  }

  // MARK: Calibration

  private static func calibration(_ json: JSON) -> String {
    var figures: [String] = []
    if let events = json["calibration"]?["events"],
      let blocks = events["reliability"]?.array, !blocks.isEmpty
    {
      func value(_ key: String) -> String { Wording.number(events[key]?.number ?? 0) }
      figures.append(
        "<figure>\(PageCharts.reliability(blocks))<figcaption>Probabilities of \(value("n")) events: "
          + "on the dashed line they mean what they say. Miscalibration \(value("mcb")), "
          + "discrimination \(value("dsc")), uncertainty \(value("unc")) (CORP).</figcaption></figure>"
      )
    }
    if let scalars = json["calibration"]?["scalars"] {
      func coverage(_ key: String) -> String? {
        guard let range = scalars[key]?.numbers, range.count == 3 else { return nil }
        return
          "\(Wording.percent(range[0])) [\(Wording.percent(range[1])), \(Wording.percent(range[2]))]"
      }
      var caption =
        "Where truths fall in the stated laws; even is right, a hollow middle is overconfident."
      if let half = coverage("coverage50") { caption += " 50 % intervals hold \(half)." }
      if let most = coverage("coverage90") { caption += " 90 % intervals hold \(most)." }
      figures.append(
        "<figure>\(PageCharts.histogram(scalars["pit"]?.numbers ?? []))<figcaption>\(HTML.escape(caption))</figcaption></figure>"
      )
    }
    guard !figures.isEmpty else { return "" }
    return HTML.section(
      "Do its probabilities mean what they say?", id: "calibration",
      "<div class=\"figures\">\(figures.joined())</div>")
  }

  // MARK: Failures

  private static func failures(_ json: JSON) -> String {
    let list = json["worst"]?.array ?? []
    guard !list.isEmpty else { return "" }
    let rows = list.map { entry -> [String] in
      let prompt = entry["prompt"]?.text ?? ""
      let id = "<code>\(HTML.escape(entry["id"]?.text ?? ""))</code>"
      let first =
        prompt.isEmpty
        ? id : "<details><summary>\(id)</summary><p>\(HTML.escape(prompt))</p></details>"
      return [
        first, HTML.escape(entry["answer"]?.text ?? ""),
        HTML.escape(entry["explanation"]?.text ?? ""),
        Wording.number(entry["normalised"]?.number ?? 0),
        Wording.number(entry["reference"]?.number ?? 0), HTML.escape(entry["range"]?.text ?? "–"),
      ]
    }
    return HTML.section(
      "Worst answers", id: "worst",
      "<p>Losses in units of climatology's mean loss. Open a line for the question.</p>"
        + HTML.table(
          ["question", "answer", "cost and truth", "loss", "climatology", "range"], rows,
          numbers: [3, 4]))
  }

  // MARK: Authority and verification

  static func verdictTag(_ verdict: String) -> String {
    switch verdict {
    case "accept-alone": "<span class=\"tag good\">✓ accept alone</span>"
    case "not-authorised": "<span class=\"tag bad\">✗ not authorised</span>"
    default: "<span class=\"tag mixed\">! checkpoint</span>"
    }
  }

  private static func authority(_ json: JSON) -> String {
    let list = json["authority"]?.array ?? []
    guard !list.isEmpty else { return "" }
    let rows = list.map { row -> [String] in
      let accepted = Int(row["accepted"]?.number ?? 0)
      return [
        HTML.escape(row["template"]?.text ?? ""), Wording.number(row["consequence"]?.number ?? 0),
        verdictTag(row["verdict"]?.text ?? ""),
        "\(Int(row["false-accepts"]?.number ?? 0)) of \(accepted)",
        Wording.percent(row["upper95"]?.number ?? 1),
        row["p-max"]?.number.map(Wording.percent) ?? "never alone",
        HTML.escape(row["tier"]?.text ?? ""),
        "<ul>"
          + (row["checkpoints"]?.texts ?? []).map { "<li>\(HTML.escape($0))</li>" }.joined()
          + "</ul>",
      ]
    }
    let sentences = list.compactMap { $0["sentence"]?.text }.map {
      "<blockquote>\(HTML.escape($0))</blockquote>"
    }.joined()
    return HTML.section(
      "Who may decide", id: "authority",
      "<p>False accepts among accepted instances, with their exact 95 % upper bound, against the largest share that this project's own policy allows.</p>"
        + HTML.table(
          [
            "template", "consequence", "verdict", "false accepts", "at most", "allowed", "tier",
            "a human looks at",
          ], rows, numbers: [1, 3, 4, 5]) + sentences)
  }

  private static func verification(_ json: JSON) -> String {
    let list = json["vcrm"]?.array ?? []
    guard !list.isEmpty else { return "" }
    let totals = json["vcrm-totals"]
    func total(_ key: String) -> Int { Int(totals?[key]?.number ?? 0) }
    // what needs a person comes first
    let order = ["not-authorised": 0, "checkpoint": 1, "accept-alone": 2]
    let sorted = list.enumerated().sorted {
      (order[$0.element["authority"]?.text ?? ""] ?? 1, $0.offset)
        < (order[$1.element["authority"]?.text ?? ""] ?? 1, $1.offset)
    }.map(\.element)
    let rows = sorted.prefix(shownRows).map { row -> [String] in
      let unit = row["unit"]?.text ?? "1"
      let margin = row["margin"]?.number ?? 0
      let half = row["margin-half-width"]?.number ?? 0
      let band = half > 5e-4 * abs(margin) ? " ± \(Wording.number(half, digits: 2))" : ""
      let label = row["label"]?.text ?? ""
      let mood = label == "PASS" ? "good" : label == "FAIL" ? "bad" : "mixed"
      let text = row["text"]?.text ?? ""
      let look = (row["human"]?["look-at"]?.texts ?? []).map { "<li>\(HTML.escape($0))</li>" }
      return [
        "<code>\(HTML.escape(row["id"]?.text ?? ""))</code>"
          + (text.isEmpty ? "" : "<br>\(HTML.escape(text))"),
        HTML.escape(row["criterion"]?.text ?? ""),
        "<span class=\"tag \(mood)\">\(HTML.escape(label))</span>",
        Wording.number(row["probability"]?.number ?? 0),
        HTML.escape(
          unit == "1" ? Wording.number(margin) + band : Wording.number(margin) + band + " " + unit),
        HTML.escape(row["tier"]?.text ?? ""), HTML.escape(row["disposition"]?.text ?? ""),
        row["stated-pass"]?.number.map { Wording.number($0) } ?? "–",
        verdictTag(row["authority"]?.text ?? ""), "<ul>\(look.joined())</ul>", "",
      ]
    }
    let more =
      list.count > shownRows
      ? "<p>\(shownRows) of \(list.count) rows are shown, those that need a human first; vcrm.csv has all.</p>"
      : ""
    return HTML.section(
      "Verification report", id: "vcrm",
      "<p>\(total("rows")) rows: \(total("compliant")) compliant, \(total("not-compliant")) not compliant, \(total("partial")) that the simulator cannot call; \(total("open")) open. The last column is for a person: no program fills it.</p>"
        + more
        + "<label class=\"hide\">Filter <input id=\"filter\" type=\"search\" placeholder=\"any word\"></label>"
        + HTML.table(
          [
            "requirement", "criterion", "truth", "P(pass)", "margin", "tier", "decision",
            "stated P(pass)", "who decides", "look at", "name, date, decision",
          ], rows, numbers: [3, 4, 7], id: "vcrm-table"))
  }

  // MARK: Provenance

  private static func provenance(_ json: JSON) -> String {
    var rows: [[String]] = []
    func add(_ name: String, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      rows.append([HTML.escape(name), "<code>\(HTML.escape(value))</code>"])
    }
    add("data set", text(json, "dataset", "id") + " " + text(json, "dataset", "version"))
    add("data set SHA-256", json["dataset"]?["sha256"]?.text)
    add("seed commitment", json["dataset"]?["seed-commitment"]?.text)
    add("predictions SHA-256", json["predictions"]?["sha256"]?.text)
    add("track", json["predictions"]?["track"]?.text)
    add("attempts", json["predictions"]?["attempts"]?.number.map { Wording.number($0) })
    let ledger = json["predictions"]?["ledger"]
    add("ledger", ledger?["id"]?.text ?? "none: experience undeclared")
    add("ledger SHA-256", ledger?["sha256"]?.text)
    add(
      "experiences compared with",
      ledger?["instances"]?.number.map { Wording.number($0, digits: 9) })
    if ledger?["complete"]?.bool == false { add("ledger complete", "not declared to be") }
    add("other sources", ledger?["other-sources"]?.text)
    add("scorer", text(json, "scorer", "version") + " " + text(json, "scorer", "commit"))
    for (name, range) in json["range"]?["templates"]?.object?.pairs ?? [] {
      add(
        "range of \(name)",
        "\(Int(range["candidates"]?.number ?? 0)) distinct experiences, threshold "
          + Wording.number(range["threshold"]?.number ?? 0)
          + (range["threshold-transfer"]?.number.map { ", for transfer \(Wording.number($0))" }
            ?? ""))
    }
    let policy =
      json["policy"].map {
        "<p>Policy, the project's own: <code>\(HTML.escape($0.line))</code></p>"
      } ?? ""
    return HTML.section(
      "Where this comes from", id: "provenance", HTML.table(["", ""], rows) + policy)
  }
}
