// A report in five answers, in plain words: what the terminal and the page say first.
//
// Every sentence is built from fields by fixed templates.
// Checked by  VerificationTests.

import Experience

struct Summary {
  struct Answer {
    let question: String
    let text: String
    /// good, mixed, bad: shown as a word and a sign as well, never by colour alone.
    let mood: String
    var json: JSON {
      .object([("question", .text(question)), ("answer", .text(text)), ("mood", .text(mood))])
    }
  }

  let answers: [Answer]

  init(_ report: Report, _ judgement: Judgement) {
    answers = [
      Summary.good(report), Summary.compared(report), Summary.trusted(report, judgement),
      Summary.notTrusted(report, judgement), Summary.human(judgement),
    ]
  }

  private static func signed(_ value: Double) -> String {
    (value >= 0 ? "+" : "−") + Wording.fixed(abs(value), decimals: 2)
  }

  /// "skill +0.41 (95 %: +0.35 to +0.46)".
  private static func figure(_ skill: Skill) -> String {
    if let value = skill.value {
      let interval =
        skill.interval.map { " (95 %: \(signed($0.lowerBound)) to \(signed($0.upperBound)))" }
        ?? skill.deltaInterval.map {
          " (difference of losses \(signed($0.lowerBound)) to \(signed($0.upperBound)))"
        } ?? ""
      return "skill \(signed(value))\(interval)"
    }
    return "difference of losses \(signed(skill.delta))"
  }

  private static func good(_ report: Report) -> Answer {
    let question = "How good is it?"
    if let why = report.why {
      return Answer(question: question, text: "No figure: \(why).", mood: "bad")
    }
    guard let skill = report.skills.first(where: { $0.reference == .climatology })?.skill else {
      return Answer(question: question, text: "Nothing was scored.", mood: "bad")
    }
    let (start, mood) =
      switch skill.claim {
      case .better?: ("Better than knowing only the kind of scene", "good")
      case .worse?: ("Worse than knowing only the kind of scene", "bad")
      case .notShown?: ("Not shown better than knowing only the kind of scene", "mixed")
      case nil: ("Too few scenes for a claim", "mixed")
      }
    return Answer(
      question: question,
      text:
        "\(start): \(figure(skill)) over \(skill.clusters) scenes; 1 is perfect, 0 is no better.",
      mood: mood)
  }

  private static func compared(_ report: Report) -> Answer {
    let question = "Compared with what?"
    let recalled = recall(report)
    guard let skill = report.skills.first(where: { $0.reference == .physics101 })?.skill else {
      return Answer(
        question: question,
        text: "A first course in physics has no closed form here.\(recalled)", mood: "mixed")
    }
    let (start, mood) =
      switch skill.claim {
      case .better?: ("Better than the closed forms of a first course", "good")
      case .worse?: ("Worse than the closed forms of a first course", "bad")
      case .notShown?: ("Not shown different from the closed forms of a first course", "mixed")
      case nil: ("Too few scenes to compare it with a first course", "mixed")
      }
    let fresh = report.questions - report.contaminated
    let part =
      skill.questions < fresh
      ? ", on the \(skill.questions) of \(fresh) questions that have one" : ""
    return Answer(
      question: question, text: "\(start): \(figure(skill))\(part).\(recalled)", mood: mood)
  }

  /// Whether it does more than remember.
  private static func recall(_ report: Report) -> String {
    guard let skill = report.skills.first(where: { $0.reference == .recall })?.skill else {
      return ""
    }
    let verdict =
      switch skill.claim {
      case .better?: "Better than recalling the five nearest known scenes"
      case .worse?: "Worse than recalling the five nearest known scenes"
      case .notShown?: "Not shown different from recalling the five nearest known scenes"
      case nil: "Too few scenes to compare it with recall"
      }
    return " \(verdict): \(figure(skill))."
  }

  private static func trusted(_ report: Report, _ judgement: Judgement) -> Answer {
    let question = "Where is it trusted?"
    guard !judgement.authority.rows.isEmpty else {
      return Answer(
        question: question,
        text: "Nothing is decided here: the questions hold no requirement and no event.",
        mood: "mixed")
    }
    let alone = judgement.authority.rows.filter { $0.verdict == .acceptAlone }
    guard !alone.isEmpty else {
      return Answer(
        question: question,
        text: "Nowhere without a human: no template and consequence has passed.",
        mood: "bad")
    }
    let list = alone.map {
      "\($0.template) at consequence \($0.consequence) (at most \(Wording.percent($0.upper)) wrong)"
    }
    return Answer(
      question: question,
      text: "May accept alone, inside its experience: "
        + list.joined(separator: "; ") + ".", mood: "good")
  }

  private static func notTrusted(_ report: Report, _ judgement: Judgement) -> Answer {
    let question = "Where not?"
    var parts: [String] = []
    func instances(_ label: RangeFinding.Label) -> Int {
      judgement.labels.first { $0.label == label }?.instances ?? 0
    }
    let total = judgement.labels.reduce(0) { $0 + $1.instances }
    if judgement.ledger == nil {
      parts.append("anywhere beyond consequence 2, because its experience is undeclared")
    } else {
      if instances(.out) > 0 {
        parts.append("\(instances(.out)) of \(total) scenes lie outside its experience")
      }
      if instances(.edge) > 0 {
        parts.append("\(instances(.edge)) of \(total) at its edge")
      }
    }
    let refused = judgement.authority.rows.filter {
      $0.verdict == .notAuthorised && $0.tier == .t3
    }
    if !refused.isEmpty {
      let names = Set(refused.map(\.template)).sorted()
      parts.append(
        "outcomes of \(names.joined(separator: ", ")) whose truth is of tier T3 (not validated)")
    }
    if report.contaminated > 0 {
      parts.append(
        "\(report.contaminated) questions whose truth it may know, left out of all figures")
    }
    guard !parts.isEmpty else {
      return Answer(
        question: question,
        text: "No scene of this split lies outside its experience; other scenes may.", mood: "good")
    }
    let text = parts.joined(separator: "; ")
    return Answer(
      question: question, text: text.prefix(1).uppercased() + text.dropFirst() + ".", mood: "mixed")
  }

  private static func human(_ judgement: Judgement) -> Answer {
    let question = "What must a human do?"
    let rows = judgement.verdicts
    guard !rows.isEmpty else {
      return Answer(
        question: question, text: "Treat every answer as advice: no decision was asked.",
        mood: "mixed")
    }
    let open = rows.count { $0.verdict == .checkpoint }
    let refused = rows.count { $0.verdict == .notAuthorised }
    if open + refused == 0 {
      return Answer(
        question: question,
        text: "Nothing for these \(rows.count) decisions; sample some of them all the same.",
        mood: "good")
    }
    var reasons: [String: Int] = [:]
    for row in rows where row.verdict != .acceptAlone {
      // the counts in a reason are the same for all rows of a class
      reasons[row.reason, default: 0] += 1
    }
    let top = reasons.max { ($0.value, $1.key) < ($1.value, $0.key) }
    var text = "Look at \(open) of \(rows.count) decisions"
    if refused > 0 { text += " and make \(refused) without it" }
    if let top { text += "; most often because: \(top.key)" }
    return Answer(question: question, text: text + ".", mood: "mixed")
  }
}
