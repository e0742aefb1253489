import Experience
import Scoring
import Testing

@Suite("Questions as flat tables")
struct QuestionTableTests {
  private let record = Sample.record(7, height: 1, members: 8, spread: 0.2)

  private func questions(split: String) -> [Question] {
    Sample.questions(Sample.template(), record, height: 1).map { question in
      var question = question
      question.split = split
      return question
    }
  }

  // A caller that knows the sealed truth and hands it over all the same. Fails if a row takes it.
  @Test("a sealed truth never becomes a row", arguments: ["sealed", "hidden", ""])
  func sealed(split: String) throws {
    let secret = JSON.object([("outcomes", .text("4.4287"))])
    for question in questions(split: split) {
      let row = QuestionTable.row(of: question, truth: secret)
      #expect(row["truth"] == .null)
      #expect(!row.line.contains("4.4287"))
    }
    var asked = 0
    let parts = QuestionTable.parts(of: questions(split: split)) { _ in
      asked += 1
      return secret
    }
    #expect(asked == 0)
    #expect(!parts.map(\.text).joined().contains("4.4287"))
  }

  // Fails if a key of a row is no column, a column has no key, or their order differs: readers go by both.
  @Test("every row has every column, in their order")
  func columns() {
    let names = QuestionTable.columns.map(\.name)
    #expect(Set(names).count == names.count)
    for split in ["public", "sealed"] {
      for question in questions(split: split) {
        #expect(QuestionTable.row(of: question, truth: nil).object?.keys == names)
      }
    }
  }

  // One file a type; its truth is that of the record. The share above 5 m/s is counted by hand here.
  @Test("an open truth is what the record says of the question")
  func open() throws {
    let parts = QuestionTable.parts(of: questions(split: "public")) {
      AskedTruth.json($0, in: record)
    }
    #expect(parts.map(\.path) == ["export/scalar.jsonl", "export/event.jsonl"])
    func truth(_ part: Int) throws -> JSON {
      let row = try JSON.parse(try #require(parts[part].lines.first))
      return try JSON.parse(try #require(row["truth"]?.text))
    }
    let members = try #require(record[outcome: "impact-speed"]?.scalar?.members)
    let scalar = try truth(0)
    #expect(scalar["outcomes"]?["impact-speed"]?["input"]?["values"]?.numbers == members)
    #expect(scalar["probability"] == nil)
    let share = Double(members.count { $0 > 5 }) / Double(members.count)
    #expect(try truth(1)["probability"]?.number == share)
    #expect(try truth(1)["members"]?.number == 8)
  }

  // Fails if a record that lacks the outcome makes an empty truth, which would read as "known".
  @Test("what the record lacks is null")
  func lacking() throws {
    var empty = record
    empty.outcomes = []
    for question in questions(split: "public") {
      #expect(AskedTruth.json(question, in: empty) == nil)
      #expect(QuestionTable.row(of: question, truth: nil)["truth"] == .null)
    }
  }
}
