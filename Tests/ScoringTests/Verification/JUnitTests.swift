import Experience
import Foundation
import Scoring
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("JUnit file")
struct JUnitTests {
  private func cases(_ xml: String) throws -> [XMLElement] {
    let document = try XMLDocument(xmlString: xml, options: [])
    let root = try #require(document.rootElement())
    #expect(root.name == "testsuites")
    return root.elements(forName: "testsuite").flatMap { $0.elements(forName: "testcase") }
  }

  // Fails if a requirement that fails or needs a human is green for a server, or the counts are not those
  // of the cases. An XML parser that is not ours reads it.
  @Test("shows a failure as failed and everything open as skipped")
  func mapping() throws {
    let fixture = try VerificationTests.fixture(tests: 20)
    let answers = try VerificationTests.truthful(fixture)
    let scores = try fixture.scorer.scores(of: answers)
    let judgement = Judgement(
      scores, scope: LedgerScope(nil, known: []), questions: fixture.scorer.questions,
      truths: fixture.truths, predictions: answers, isSealed: false, attempts: 1)
    let xml = JUnitReport.xml(judgement.rows)
    let cases = try cases(xml)
    #expect(cases.count == judgement.rows.count && !cases.isEmpty)
    for (row, item) in zip(judgement.rows, cases) {
      let failed = !item.elements(forName: "failure").isEmpty
      let skipped = !item.elements(forName: "skipped").isEmpty
      #expect(item.attribute(forName: "name")?.stringValue == row.id)
      #expect(failed == (row.label == .fail && row.tier != .t3))
      // without a ledger nothing is closed, so nothing is green
      #expect(failed != skipped)
    }
    let failures = judgement.rows.count { $0.label == .fail }
    #expect(failures > 0)
    #expect(xml.contains("tests=\"20\" failures=\"\(failures)\" skipped=\"\(20 - failures)\""))
  }

  // Texts come from scenes and models. Fails if one of them can end an attribute or the file.
  @Test("keeps any text inside its attribute")
  func escapes() throws {
    let fixture = try VerificationTests.fixture(tests: 20)
    let answers = try VerificationTests.truthful(fixture)
    let scores = try fixture.scorer.scores(of: answers)
    var questions = fixture.scorer.questions
    let hostile = "a\"/><testcase name=\"b\u{1}\n& <!-- ]]>"
    for index in questions.indices {
      questions[index].requirements = questions[index].requirements.map {
        AskedRequirement(
          id: $0.id, text: hostile, criterion: $0.criterion, consequence: $0.consequence,
          margin: $0.margin, levels: $0.levels)
      }
    }
    let judgement = Judgement(
      scores, scope: LedgerScope(nil, known: []), questions: questions, truths: fixture.truths,
      predictions: answers, isSealed: false, attempts: 1)
    let cases = try cases(JUnitReport.xml(judgement.rows))
    #expect(cases.count == 20)
    let message = cases.compactMap {
      $0.elements(forName: "failure").first?.attribute(forName: "message")?.stringValue
    }.first
    #expect(message?.hasPrefix("a\"/><testcase name=\"b\u{FFFD}\n& <!-- ]]>") == true)
  }
}
