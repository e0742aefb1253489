// The closed forms of a first course for classes, orders, series and questions backwards.
//
// Joint       each draw of the disclosed tolerances, and the one error 1 + r·z of the course, is shared by
//             all closed forms of the question, so that they belong to the same run.
// Backwards   the closed form of the outcome is solved for the input by bisection on the asked range; a
//             draw without a solution there gives the end that is nearer to one.
// Checked by  Physics101Tests.

import Experience

extension Physics101 {
  /// `nil` where a first course has no closed form for all that is asked.
  func derived(
    _ derivation: Derivation, _ question: Question
  ) throws(ScoringProblem) -> Answer? {
    if case .reversal(let reversal) = derivation { return try reversed(reversal, question) }
    guard let forms = parts[question.slot] else { return nil }
    let paths = Set(forms.flatMap { $0.paths.compactMap { $0 } }).sorted()
    let laws = try laws(paths, question)
    let random = CounterRandom(seed: StableHash.fnv1a(question.id))
    var table: [[Double]] = []
    for index in 0..<UInt64(Physics101.draws) {
      let drawn = values(laws, random, index)
      let z = NormalLaw.quantile(
        random.uniform(stream: StableHash.fnv1a("model error"), index: index))
      let row = forms.map { form in
        form.evaluate { path in drawn[path] } * (1 + form.relativeSD * z)
      }
      if row.allSatisfy(\.isFinite) { table.append(row) }
    }
    guard !table.isEmpty else { return .handoff(reason: "out-of-range") }
    let count = Double(table.count)
    switch derivation {
    case .classes(let criteria, let labels, _):
      var counts = labels.map { _ in 0.0 }
      for row in table {
        counts[criteria.indices.first { criteria[$0].holds(row[$0]) } ?? criteria.count] += 1
      }
      return .probabilities(counts.map { $0 / count })
    case .ordering(let items):
      return .pairs(
        Derivation.pairs(of: items.count).map { first, second in
          table.reduce(0) {
            $0 + ($1[first] < $1[second] ? 1 : $1[first] == $1[second] ? 0.5 : 0)
          } / count
        })
    case .series(let items, _):
      guard let unit = try? Unit.parse(question.quantity.unit) else { return nil }
      let paths = table.map { $0.map(unit.fromSI) }
      guard question.rule == .wis else { return .paths(paths) }
      let columns = items.indices.map { k in Ensemble(paths.map { $0[k] }) }
      return .bands(question.levels.map { level in columns.map { $0.quantile(level) } })
    case .reversal: return nil
    }
  }

  private func reversed(
    _ reversal: Reversal, _ question: Question
  ) throws(ScoringProblem) -> Answer? {
    guard let form = form(of: question.slot), form.paths.contains(reversal.path),
      let value = reversal.value, let unit = try? Unit.parse(question.quantity.unit)
    else { return nil }
    let laws = try laws(
      Set(form.paths.compactMap { $0 }.filter { $0 != reversal.path }).sorted(), question)
    let random = CounterRandom(seed: StableHash.fnv1a(question.id))
    let (low, high) = (reversal.range.lowerBound, reversal.range.upperBound)
    var members: [Double] = []
    for index in 0..<UInt64(Physics101.draws) {
      let drawn = values(laws, random, index)
      let z = NormalLaw.quantile(
        random.uniform(stream: StableHash.fnv1a("model error"), index: index))
      func miss(_ x: Double) -> Double {
        form.evaluate { path in path == reversal.path ? x : drawn[path] }
          * (1 + form.relativeSD * z) - value
      }
      let ends = (miss(low), miss(high))
      guard ends.0.isFinite, ends.1.isFinite else { continue }
      guard (ends.0 < 0) != (ends.1 < 0) else {
        members.append(abs(ends.0) < abs(ends.1) ? low : high)
        continue
      }
      var (a, b) = (low, high)
      for _ in 0..<60 {
        let x = 0.5 * (a + b)
        if (miss(x) < 0) == (ends.0 < 0) { a = x } else { b = x }
      }
      members.append(0.5 * (a + b))
    }
    guard !members.isEmpty else { return .handoff(reason: "out-of-range") }
    let values = members.map(unit.fromSI)
    guard question.rule == .wis else { return .ensemble(values) }
    let ensemble = Ensemble(values)
    return .quantiles(question.levels.map(ensemble.quantile))
  }

  private func laws(
    _ paths: [String], _ question: Question
  ) throws(ScoringProblem) -> [(path: String, law: Law)] {
    var laws: [(path: String, law: Law)] = []
    for path in paths { laws.append((path, try DisclosedLaw.law(at: path, in: question.scene))) }
    return laws
  }

  /// One draw of each path; its stream belongs to its name.
  private func values(
    _ laws: [(path: String, law: Law)], _ random: CounterRandom, _ index: UInt64
  ) -> [String: Double] {
    var drawn: [String: Double] = [:]
    for (path, law) in laws {
      drawn[path] =
        law.isExact
        ? law.nominal
        : law.quantile(random.uniform(stream: StableHash.fnv1a(path), index: index))
    }
    return drawn
  }
}
