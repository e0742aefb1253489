// Answers about classes, intervals, orders and series.
//
//             classes   {"probs": {"tips": 0.1, "slides": 0.9}}; a class that is left out is missing
//             interval  {"low": 4.3, "high": 4.5, "unit": "m/s"}
//             ordering  {"order": ["A", "C", "B"]}, smallest first, or {"pairs": {"A<B": 0.97, …}}
//             series    {"quantiles": {"0.05": […], …}} (rule wis), {"values": […]} or
//                       {"paths": [[…], …]}, one number for each item, with a unit
// Checked by  DerivedAnswerTests.

extension AnswerReader {
  /// Probabilities of classes may miss 1 by this.
  private static let sumTolerance = 1e-6

  mutating func classes(_ json: JSON?) {
    guard let object = json?.object else {
      return refuse(
        .form, "`probs` must be an object from class to probability", key: "probs",
        label: "such as {\"\(labels.first ?? "class")\": 0.5, …}")
    }
    var given: [String: Double] = [:]
    for (key, item) in object.pairs {
      guard question == nil || labels.contains(key) else {
        refuse(
          .form, "`\(key)` is not a class of the question", key: key,
          label: Spelling.nearest(to: key, among: labels).map { "did you mean `\($0)`?" }
            ?? "not one of them",
          help: "classes: \(labels.joined(separator: ", "))")
        continue
      }
      given[key] = number(item, key: key)
    }
    guard reading.problems.isEmpty else { return }
    let names = question == nil ? object.pairs.map(\.0) : labels
    if let lost = names.first(where: { given[$0] == nil }) {
      return refuse(
        .missing, "the class `\(lost)` is missing", key: "probs",
        help: "give every class, if need be 0"
      )
    }
    let list = names.compactMap { given[$0] }
    guard !list.isEmpty else { return refuse(.missing, "`probs` is empty", key: "probs") }
    guard finite(list, key: "probs"), probabilities(list, names) else { return }
    let sum = list.reduce(0, +)
    guard abs(sum - 1) <= AnswerReader.sumTolerance else {
      return refuse(
        .probability, "the probabilities sum to \(JSON.text(of: sum))", key: "probs",
        label: "must sum to 1")
    }
    reading.answer = .probabilities(list.map { $0 / sum })
  }

  mutating func interval(_ fields: AnswerFields, _ convert: Conversion) {
    guard fields["high"] != nil, fields["low"] != nil else {
      return refuse(
        .missing, "an interval needs `low` and `high`",
        key: fields["low"] == nil ? "high" : "low", label: "the other end is missing")
    }
    let ends = ["low", "high"].compactMap { key in
      number(fields[key], key: key).map(convert.value)
    }
    guard ends.count == 2, finite(ends, key: ends[0].isFinite ? "high" : "low") else { return }
    guard ends[0] <= ends[1] else {
      return refuse(.crossing, "`low` is above `high`", key: "low", label: "ends must not cross")
    }
    reading.answer = .quantiles(ends)
  }

  mutating func order(_ json: JSON?) {
    guard let names = json?.texts else {
      return refuse(.form, "`order` must be a list of names", key: "order")
    }
    let items = question == nil ? names : labels
    guard names.count == items.count, Set(names) == Set(items) else {
      let lost = items.filter { !names.contains($0) }
      return refuse(
        lost.isEmpty ? .form : .missing, "`order` must name each item once", key: "order",
        label: lost.isEmpty ? "an item is unknown or stands twice" : "missing: \(lost[0])",
        help: "items: \(items.joined(separator: ", "))")
    }
    let rank = items.map { names.firstIndex(of: $0) ?? 0 }
    reading.answer = .pairs(
      Derivation.pairs(of: items.count).map { rank[$0.first] < rank[$0.second] ? 1 : 0 })
  }

  mutating func pairs(_ json: JSON?) {
    guard let object = json?.object else {
      return refuse(
        .form, "`pairs` must be an object from pair to probability", key: "pairs",
        label: "such as {\"A<B\": 0.97}")
    }
    guard question != nil else { return reading.answer = .pairs([]) }
    var list: [Double] = []
    var names: [String] = []
    var used: Set<String> = []
    for pair in Derivation.pairs(of: labels.count) {
      let (one, other) = (labels[pair.first], labels[pair.second])
      let (name, mirror) = (Derivation.name(one, other), Derivation.name(other, one))
      // either way round, but not both
      guard (object[name] == nil) != (object[mirror] == nil) else {
        return refuse(
          object[name] == nil ? .missing : .form,
          object[name] == nil
            ? "the pair `\(name)` is missing" : "the pair `\(name)` stands in both directions",
          key: "pairs")
      }
      let key = object[name] == nil ? mirror : name
      guard let p = number(object[key], key: key) else { return }
      used.insert(key)
      list.append(key == name ? p : 1 - p)
      names.append(key)
    }
    for (key, _) in object.pairs where !used.contains(key) { reading.unknownKeys.append(key) }
    if finite(list, key: "pairs"), probabilities(list, names) { reading.answer = .pairs(list) }
  }

  mutating func series(_ form: String, _ fields: AnswerFields, _ convert: Conversion) {
    let count = labels.count
    func path(_ json: JSON?, _ key: String) -> [Double]? {
      guard let items = json?.array else {
        refuse(.form, "`\(key)` must hold lists of numbers", key: key)
        return nil
      }
      guard items.count == count || question == nil else {
        refuse(
          .missing, "\(items.count) numbers for \(count) items", key: key,
          label: "one number for each of \(labels.joined(separator: ", "))")
        return nil
      }
      let numbers = items.compactMap { number($0, key: key).map(convert.value) }
      return numbers.count == items.count && finite(numbers, key: key) ? numbers : nil
    }
    switch form {
    case "values":
      if let only = path(fields["values"], "values") { reading.answer = .paths([only]) }
    case "paths":
      guard let list = fields["paths"]?.array, !list.isEmpty else {
        return refuse(.missing, "`paths` must hold at least one path", key: "paths")
      }
      let paths = list.compactMap { path($0, "paths") }
      if paths.count == list.count { reading.answer = .paths(paths) }
    default:
      guard let object = fields["quantiles"]?.object else {
        return refuse(.form, "`quantiles` must be an object from level to list", key: "quantiles")
      }
      var given: [(level: Double, key: String, values: [Double])] = []
      for (key, item) in object.pairs {
        guard let level = try? NumberGrammar.parse(key) else {
          reading.unknownKeys.append(key)
          continue
        }
        guard let values = path(item, key) else { return }
        given.append((level, key, values))
      }
      var chosen: [[Double]] = []
      for level in question?.levels ?? given.map(\.level).sorted() {
        guard let found = given.first(where: { abs($0.level - level) < 1e-9 }) else {
          return refuse(
            .missing, "the quantile \(JSON.text(of: level)) is missing", key: "quantiles")
        }
        chosen.append(found.values)
      }
      guard !chosen.isEmpty else {
        return refuse(.missing, "`quantiles` is empty", key: "quantiles")
      }
      for (one, next) in zip(chosen, chosen.dropFirst())
      where zip(one, next).contains(where: { $0 > $1 }) {
        return refuse(
          .crossing, "quantiles decrease at an item of the series", key: "quantiles",
          label: "quantiles must not decrease")
      }
      reading.answer = .bands(chosen)
    }
  }

  /// Labels or items of the question.
  private var labels: [String] { question?.derivation?.labels ?? [] }

  private mutating func probabilities(_ list: [Double], _ names: [String]) -> Bool {
    guard let index = list.firstIndex(where: { $0 < 0 || $0 > 1 }) else { return true }
    refuse(
      .probability, "a probability of \(JSON.text(of: list[index]))", key: names[index],
      label: "outside [0, 1]")
    return false
  }
}
