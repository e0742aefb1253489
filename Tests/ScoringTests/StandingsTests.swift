import Experience
import Scoring
import Testing

@Suite("Standings over several data sets")
struct StandingsTests {
  private func report(
    _ model: String, on experience: String, skill: Double?, n: Int = 40, abstained: Int = 0,
    missing: Int = 0, range: String = #"{"in":15,"edge":3,"out":2}"#
  ) throws -> JSON {
    let headline =
      skill.map {
        """
        {"climatology":{"skill":{"value":\($0),"ci95":[\($0 - 0.1),\($0 + 0.1)]},\
        "delta":{"value":0.5,"ci95":[0.4,0.6],"clusters":20},"claim":"better"}}
        """
      } ?? "null"
    let why = skill == nil ? #","why":"9 of 40 answers are invalid""# : ""
    return try JSON.parse(
      """
      {"schema":"report/1","dataset":{"id":"set-\(experience)","version":"1.0.0","experience":\
      "\(experience)","sha256":"hash-\(experience)","split":"public"},"predictions":{"model":\
      "\(model)","n":\(n),"abstained":\(abstained),"missing":\(missing),"invalid":{"n":\(missing)}},\
      "headline":\(headline)\(why),"range":{"instances":\(range)},"authority":[\
      {"verdict":"checkpoint","consequence":2}]}
      """)
  }

  // Fails if a predictor gets a row where it gave no answer, or loses one where it handed over a part.
  @Test("a row only where there are answers")
  func rows() throws {
    let standings = try Standings([
      Standing(report: report("a", on: "drop", skill: 0.4)),
      Standing(report: report("b", on: "drop", skill: 0.9, abstained: 10)),
      Standing(report: report("a", on: "syrup", skill: 0.2)),
      Standing(report: report("b", on: "syrup", skill: nil, abstained: 30, missing: 10)),
    ])
    #expect(standings.tables.map(\.experience) == ["drop", "syrup"])
    #expect(standings.tables[0].rows.map(\.predictor) == ["b", "a"])
    #expect(standings.tables[0].rows[0].answered == 30)
    #expect(standings.tables[1].rows.map(\.predictor) == ["a"])
    #expect(standings.silent.map(\.experience) == ["syrup"])
    #expect(standings.text.contains("b on syrup"))
    let syrup = try #require(standings.html.components(separatedBy: "<h2>syrup</h2>").last)
    #expect(!syrup.contains("<td>b</td>") && syrup.contains("<td>a</td>"))
  }

  // The words of the page, from the fields. Fails if range or authority are those of another row.
  @Test("says where each is trusted")
  func trusted() throws {
    let row = try Standing(report: report("a", on: "drop", skill: 0.4))
    #expect(row.range == "15 of 20 scenes in range, 3 at the edge, 2 outside")
    #expect(row.authority == "with a human checkpoint at consequence 2")
    #expect(row.scenes == 20)
    let undeclared = try Standing(
      report: report("a", on: "drop", skill: 0.4, range: #"{"undeclared":20}"#), name: "other")
    #expect(undeclared.range == "experience undeclared")
    #expect(undeclared.predictor == "other")
    let page = try Standings([row, undeclared]).html
    #expect(page.contains("+0.40") && page.contains("[+0.30, +0.50]"))
    #expect(!page.contains("http"))
  }

  // Fails if a report without a headline shows a figure all the same, or stands before one with.
  @Test("no headline, no figure, and the reason")
  func why() throws {
    let standings = try Standings([
      Standing(report: report("a", on: "drop", skill: nil)),
      Standing(report: report("b", on: "drop", skill: -3)),
    ])
    #expect(standings.tables[0].rows.map(\.predictor) == ["b", "a"])
    #expect(standings.text.contains("no figure: 9 of 40 answers are invalid"))
    let rows = standings.json["tables"]?.array?.first?["rows"]?.array
    #expect(rows?.last?["skill"] == nil)
  }

  // Names of models come from files: none may become markup.
  @Test("no name becomes markup")
  func escapes() throws {
    let page = try Standings([Standing(report: report("<b>x</b>", on: "<i>y", skill: 0.1))]).html
    #expect(!page.contains("<b>x") && !page.contains("<i>y"))
    #expect(page.contains("&lt;b&gt;x"))
  }

  @Test("refuses doubles, silence, and what is no report")
  func refuses() throws {
    let one = try Standing(report: report("a", on: "drop", skill: 0.4))
    #expect(throws: ScoringProblem.self) { try Standings([one, one]) }
    #expect(throws: ScoringProblem.self) { try Standings([]) }
    let silent = try Standing(report: report("a", on: "drop", skill: nil, abstained: 40))
    #expect(throws: ScoringProblem.self) { try Standings([silent]) }
    #expect(throws: RecordError.self) {
      try Standing(report: .object([("schema", .text("score/1"))]))
    }
    #expect(throws: RecordError.self) {
      try Standing(report: .object([("schema", .text("report/1"))]))
    }
  }
}
