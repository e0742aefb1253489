import Experience
import Foundation
import Scoring
import Testing

@Suite("Ledger")
struct LedgerScopeTests {
  private func read(_ text: String) throws -> (ledger: Ledger, warnings: [Diagnostic]) {
    try LedgerReader.read(Array(text.utf8), path: "ledger.jsonl")
  }

  private let header =
    #"{"schema":"ledger/1","id":"demo","predictor":"demo","declared":"2026-11-23","by":"us","complete":true,"other-sources":"public text"}"#

  // The example of formats §7, read field by field.
  @Test("reads a ledger")
  func reads() throws {
    let text =
      header + "\n"
      + #"{"dataset":"9f0e","name":"drop","version":"1.0.0","ranges":[["ball-drop/1.0.0",1,2000]],"exposure":"trained","saw":["prompt","truth","recording"],"epochs":3}"#
      + "\r\n"
      + #"{"dataset":"9f0e","name":"drop","version":"1.0.0","ids":["ball-drop/1.0.0/002417"],"exposure":"shown","saw":["prompt"]}"#
    let (ledger, warnings) = try read(text)
    #expect(warnings.isEmpty)
    #expect(ledger.isComplete)
    #expect(ledger.entries.count == 2)
    #expect(ledger.entries[0].selection.contains("ball-drop/1.0.0/000001"))
    #expect(ledger.entries[0].selection.contains("ball-drop/1.0.0/002000"))
    #expect(!ledger.entries[0].selection.contains("ball-drop/1.0.0/002001"))
    #expect(!ledger.entries[0].selection.contains("ball-drop/1.0.1/000001"))
    #expect(ledger.entries[0].selection.count == 2000)
    #expect(ledger.entries[0].isExperience)
    // a prompt alone is no experience
    #expect(!ledger.entries[1].isExperience)
    #expect(ledger.entries[1].line == 3)
  }

  @Test("takes a header alone as the statement of no experience")
  func headerAlone() throws { #expect(try read(header).ledger.entries.isEmpty) }

  // Each defect has its code, its line and a remedy; fails if one is passed over.
  @Test(
    "refuses what it cannot use",
    arguments: [
      ("", "Q011", 1), ("{\"schema\":\"ledger/2\",\"id\":\"x\"}", "Q011", 1),
      ("{\"schema\":\"ledger/1\"}", "Q012", 1), ("HEADER\n{", "Q010", 2),
      ("HEADER\n[1]", "Q010", 2),
      ("HEADER\n\n{\"all\":true,\"exposure\":\"trained\",\"saw\":[\"truth\"]}", "Q013", 3),
      (
        "HEADER\n{\"dataset\":\"a\",\"all\":true,\"exposure\":\"traned\",\"saw\":[\"truth\"]}",
        "Q014", 2
      ),
      ("HEADER\n{\"dataset\":\"a\",\"all\":true,\"exposure\":\"trained\",\"saw\":[]}", "Q014", 2),
      ("HEADER\n{\"dataset\":\"a\",\"exposure\":\"trained\",\"saw\":[\"truth\"]}", "Q015", 2),
      (
        "HEADER\n{\"dataset\":\"a\",\"ranges\":[[\"b/1\",5,1]],\"exposure\":\"trained\",\"saw\":[\"truth\"]}",
        "Q015", 2
      ),
      (
        "HEADER\n{\"dataset\":\"a\",\"all\":true,\"exposure\":\"trained\",\"saw\":[\"truth\"],\"epoch\":1}",
        "Q016", 2
      ),
    ])
  func refuses(text: String, code: String, line: Int) {
    do {
      _ = try read(text.replacing("HEADER", with: header))
      Issue.record("accepted: \(text)")
    } catch let error as DiagnosticList {
      let found = error.diagnostics.first(where: \.isError)
      #expect(found?.code == code)
      #expect(found?.mark?.line == line)
    } catch { Issue.record("\(error)") }
  }

  static func known() -> LedgerScope.Known {
    LedgerScope.Known(
      hash: "9f0e", name: "drop",
      instances: (0..<60).map {
        Experienced(
          id: "ball-drop/1.0.0/\(String(format: "%06d", $0))", template: "ball-drop@1.0.0",
          mechanisms: ["gravity", "impact"],
          descriptors: [
            NamedNumber("log10-h-over-d", 0.5 + 0.02 * Double($0)), NamedNumber("e", 0.5),
          ])
      })
  }

  // By id, by equal groups under another id, by a whole set; not by a prompt, not across templates.
  @Test("finds contaminated questions")
  func contamination() {
    let known = LedgerScopeTests.known()
    func scope(_ selection: Ledger.Selection, _ saw: Swift.Set<Ledger.Part>, set: String = "9f0e")
      -> LedgerScope
    {
      LedgerScope(
        Ledger(
          id: "x",
          entries: [
            Ledger.Entry(dataset: set, selection: selection, exposure: .trained, saw: saw, line: 2)
          ]), known: [known])
    }
    let first = known.instances[0]
    let twin = Experienced(
      id: "ball-drop/1.0.0/000999", template: first.template, mechanisms: first.mechanisms,
      descriptors: first.descriptors.reversed())
    let stranger = Experienced(
      id: "other/1.0.0/000000", template: "other@1.0.0", mechanisms: first.mechanisms,
      descriptors: first.descriptors)
    let one = scope(.ids([first.id]), [.truth])
    #expect(one.isContaminated(first, dataset: "9f0e"))
    #expect(one.isContaminated(twin, dataset: "9f0e"))
    #expect(!one.isContaminated(stranger, dataset: "9f0e"))
    #expect(!one.isContaminated(known.instances[1], dataset: "9f0e"))
    #expect(!scope(.ids([first.id]), [.prompt]).isContaminated(first, dataset: "9f0e"))
    #expect(scope(.all, [.failure]).isContaminated(known.instances[1], dataset: "9f0e"))
    // a data set that is not at hand: ids still count, the range does not grow, and a warning says so
    let absent = scope(.ids([first.id]), [.truth], set: "elsewhere")
    #expect(absent.isContaminated(first, dataset: "9f0e"))
    #expect(absent.experiences.isEmpty)
    #expect(absent.warnings.map(\.code) == ["Q017"])
    let strange = scope(.ids(["ball-drop/1.0.0/777777"]), [.truth])
    #expect(strange.warnings.map(\.code) == ["Q018"])
  }

  // Half of the public instances were trained on: they have their own row, and the headline does not
  // see them. Fails if a copied truth lifts the headline.
  @Test("keeps a copied truth out of the headline")
  func copiedTruth() throws {
    let set = Sample.set(rule: .crps, tests: 60)
    var questions = set.questions
    for index in questions.indices {
      questions[index].mechanisms = ["gravity"]
      questions[index].descriptors = [NamedNumber("log10-h-over-d", 0.01 * Double(index / 2))]
    }
    let scorer = try Scorer(
      templates: [set.template], questions: questions, truths: set.truths,
      calibration: set.calibration)
    let copied = Swift.Set(set.truths.prefix(30).compactMap(\.id))
    let answers = try questions.map { question -> Prediction in
      let truth = try #require(set.truths.first { $0.id == question.instance })
      let members = try #require(truth[outcome: "impact-speed"]?.scalar).members
      let isCopied = copied.contains(question.instance)
      let share = Double(members.count { $0 > 5 }) / Double(members.count)
      return Prediction(
        id: question.id, model: "copier",
        answer: question.type == .event
          ? .object([("p", .number(isCopied ? share : 0.5))])
          : isCopied
            ? .object([("values", .numbers(members)), ("unit", .text("m/s"))])
            : .object([("handoff", .bool(true)), ("reason", .text("out-of-range"))]))
    }
    let ledger = Ledger(
      id: "copier",
      entries: [
        Ledger.Entry(
          dataset: "d", selection: .ids(copied), exposure: .trained, saw: [.prompt, .truth])
      ])
    let scope = LedgerScope(
      ledger,
      known: [
        LedgerScope.Known(hash: "d", name: "set", instances: questions.map(Experienced.init))
      ])
    let scores = scope.ranged(
      try scorer.scores(of: answers), questions: scorer.questions, dataset: "d")
    let report = Report(scores: scores, replicates: 199)
    #expect(report.contaminated == 60)
    #expect(abs(try #require(report.skills[0].skill.value)) < 0.2)
    let row = try #require(
      report.rows.first { $0.group == "range" }?.rows.first { $0.name == "contaminated" })
    #expect(try #require(row.climatology.value) > 0.9)
    #expect(try #require(report.recallGap) > 0.7)
    #expect(report.json["predictions"]?["contaminated"]?.number == 60)
  }
}
