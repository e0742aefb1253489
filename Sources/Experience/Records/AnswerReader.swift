// Reads one answer object and collects everything that is wrong with it.
//
// Reading      numbers are JSON numbers or texts in the grammar of `NumberGrammar`; `_` may stand
//              for `-` in a key; any unit of the right dimension is converted to the question's.
// Checked by   PredictionReaderTests.

/// Reads one answer object and collects everything that is wrong with it.
struct AnswerReader {
  let question: Question?
  var reading = Answer.Reading()

  init(question: Question?) { self.question = question }

  mutating func refuse(
    _ reason: InvalidReason, _ message: String, key: String = "", label: String = "",
    help: String? = nil
  ) {
    reading.problems.append(
      AnswerProblem(reason: reason, message: message, key: key, label: label, help: help))
  }

  mutating func read(_ json: JSON?) {
    guard let json, json != .null else {
      return refuse(.missing, "the prediction has no `answer`", help: "add \(shape)")
    }
    guard let object = json.object else {
      return refuse(
        .unparseable, "`answer` is \(json.kindName), not an object", key: "answer",
        label: "expected an object", help: "write \(shape)")
    }
    // models write `_` for `-`, and two older names
    var fields = AnswerFields()
    for (key, value) in object.pairs {
      // the byte alone decides nothing: an underscore with a mark above it is another character
      var name =
        key.utf8.contains(0x5f) ? String(key.map { $0 == "_" ? "-" : $0 }) : key
      if name == "u-std" { name = "sd" }
      if !AnswerReader.keys.contains(name) { reading.unknownKeys.append(key) }
      fields[name] = value
    }
    if fields["handoff"]?.bool == true { return handoff(fields) }

    var forms = AnswerReader.forms.filter { fields[$0] != nil }
    // the two ends are one form
    if forms.contains("low") { forms.removeAll { $0 == "high" } }
    guard let form = forms.first else {
      return refuse(.missing, "the answer has no value", key: "answer", help: "write \(shape)")
    }
    guard forms.count == 1 else {
      return refuse(
        .form, "the answer has more than one form: \(forms.joined(separator: ", "))", key: forms[1],
        label: "leave out all but one")
    }
    if let question, !AnswerReader.reads(form, question) {
      return refuse(
        .form, "a question of type \(question.type.rawValue) does not read `\(form)`", key: form,
        label: "expected \(shape)", help: "write \(shape)")
    }
    value(form, fields)
  }

  private static let keys = [
    "p", "value", "sd", "values", "quantiles", "unit", "handoff", "reason", "note", "disposition",
    "requirements", "probs", "low", "high", "order", "pairs", "paths",
  ]
  private static let forms = [
    "p", "value", "values", "quantiles", "disposition", "requirements", "probs", "low", "high",
    "order", "pairs", "paths",
  ]

  private static func reads(_ form: String, _ question: Question) -> Bool {
    if question.type == .series {
      return form == "values" || form == "paths" || (question.rule == .wis && form == "quantiles")
    }
    return switch question.rule {
    case .brier where question.type == .category: form == "probs"
    case .rps: form == "probs"
    case .pairs: form == "order" || form == "pairs"
    case .interval: form == "low" || form == "high"
    case .energy: false
    case .brier: form == "p"
    case .crps: form == "value" || form == "values"
    case .wis: ["value", "values", "quantiles"].contains(form)
    case .decision: form == "disposition"
    case .verification: form == "requirements"
    }
  }

  /// The answer that the question asks for, for messages.
  private var shape: String {
    guard let question else { return "an answer object" }
    let unit = question.quantity.unit
    if question.type == .series {
      let numbers =
        question.rule == .wis ? "\"quantiles\": {\"0.5\": [...], ...}" : "\"values\": [...]"
      return "{\(numbers), \"unit\": \"\(unit)\"}"
    }
    switch question.rule {
    case .brier where question.type == .category: return "{\"probs\": {...}}"
    case .rps: return "{\"probs\": {...}}"
    case .pairs: return "{\"order\": [...]} or {\"pairs\": {...}}"
    case .interval: return "{\"low\": ..., \"high\": ..., \"unit\": \"\(unit)\"}"
    case .energy: return "{\"paths\": [[...]], \"unit\": \"\(unit)\"}"
    case .brier: return "{\"p\": 0.5}"
    case .crps: return "{\"value\": ..., \"unit\": \"\(question.quantity.unit)\"}"
    case .wis: return "{\"quantiles\": {...}, \"unit\": \"\(question.quantity.unit)\"}"
    case .decision: return "{\"disposition\": \"accept\", \"reject\" or \"handoff\"}"
    case .verification: return "{\"requirements\": [...]}"
    }
  }

  private mutating func handoff(_ fields: AnswerFields) {
    if let form = AnswerReader.forms.first(where: { fields[$0] != nil }) {
      return refuse(
        .form, "a handoff cannot carry `\(form)` too", key: form, label: "answer or hand off")
    }
    guard let reason = fields["reason"]?.text else {
      return refuse(
        .missing, "a handoff needs a `reason`", key: "handoff",
        help: "one of \(Answer.handoffReasons.joined(separator: ", "))")
    }
    reading.answer = .handoff(reason: reason)
  }

  private mutating func value(_ form: String, _ fields: AnswerFields) {
    let pure = ["p", "disposition", "requirements", "probs", "order", "pairs"]
    let convert = unit(fields["unit"], isProbability: pure.contains(form))
    if question?.type == .series || form == "paths" { return series(form, fields, convert) }
    switch form {
    case "probs": classes(fields["probs"])
    case "low", "high": interval(fields, convert)
    case "order": order(fields["order"])
    case "pairs": pairs(fields["pairs"])
    case "p":
      guard let p = number(fields["p"], key: "p").map(convert.value) else { return }
      guard finite([p], key: "p") else { return }
      guard p >= 0, p <= 1 else {
        return refuse(
          .probability, "a probability of \(JSON.text(of: p))", key: "p", label: "outside [0, 1]",
          help: p > 1 && p <= 100 ? "per cent? then write \(JSON.text(of: p / 100))" : nil)
      }
      reading.answer = .probability(p)
    case "value":
      let mean = number(fields["value"], key: "value").map(convert.value)
      let sd = fields["sd"].flatMap { number($0, key: "sd") }.map { $0 * convert.ratio }
      let isFinite = [
        mean.map { finite([$0], key: "value") } ?? false,
        sd.map { finite([$0], key: "sd") } ?? true,
      ]
      if let sd, sd < 0 {
        refuse(.crossing, "a negative standard deviation", key: "sd", label: "must be >= 0")
      }
      guard let mean, !isFinite.contains(false) else { return }
      guard let sd else { return reading.answer = .point(mean) }
      reading.answer = sd > 0 ? .normal(mean: mean, sd: sd) : .point(mean)
    case "values":
      guard let list = fields["values"]?.array else {
        return refuse(.form, "`values` must be a list of numbers", key: "values")
      }
      guard !list.isEmpty else { return refuse(.missing, "`values` is empty", key: "values") }
      var members: [Double] = []
      members.reserveCapacity(list.count)
      for item in list {
        guard let member = number(item, key: "values") else { return }
        members.append(convert.value(member))
      }
      if finite(members, key: "values") { reading.answer = .ensemble(members) }
    case "disposition":
      guard let action = fields["disposition"]?.text.flatMap(Disposition.init) else {
        return refuse(
          .form, "a disposition is accept, reject or handoff", key: "disposition",
          label: "not one of them")
      }
      reading.answer = .disposition(action)
    case "requirements":
      guard fields["requirements"]?.array != nil else {
        return refuse(.form, "`requirements` must be a list", key: "requirements")
      }
      reading.answer = .verification
    default: quantiles(fields["quantiles"], convert)
    }
  }

  private mutating func quantiles(_ json: JSON?, _ convert: Conversion) {
    guard let object = json?.object else {
      return refuse(
        .form, "`quantiles` must be an object from level to value", key: "quantiles",
        label: "such as {\"0.5\": ...}")
    }
    var given: [(level: Double, key: String, value: Double)] = []
    given.reserveCapacity(8)
    for (key, item) in object.pairs {
      guard let level = try? NumberGrammar.parse(key) else {
        reading.unknownKeys.append(key)
        continue
      }
      guard let value = number(item, key: key) else { continue }
      given.append((level, key, convert.value(value)))
    }
    if !reading.problems.isEmpty { return }
    given.sort { $0.level < $1.level }
    for (one, next) in zip(given, given.dropFirst()) where next.level - one.level < 1e-9 {
      return refuse(.form, "the level \(next.key) stands twice", key: next.key)
    }
    // the question's levels decide; a level more is not an error, one less is
    if let levels = question?.levels {
      var chosen: [(level: Double, key: String, value: Double)] = []
      chosen.reserveCapacity(levels.count)
      for level in levels {
        guard let found = given.first(where: { abs($0.level - level) < 1e-9 }) else {
          return refuse(
            .missing, "the quantile \(JSON.text(of: level)) is missing", key: "quantiles",
            help: "the question asks for \(levels.map(JSON.text(of:)).joined(separator: ", "))")
        }
        chosen.append(found)
      }
      for item in given where !chosen.contains(where: { $0.level == item.level }) {
        reading.unknownKeys.append(item.key)
      }
      given = chosen
    }
    guard !given.isEmpty else { return refuse(.missing, "`quantiles` is empty", key: "quantiles") }
    guard finite(given.map(\.value), key: "quantiles") else { return }
    for (one, next) in zip(given, given.dropFirst()) where next.value < one.value {
      return refuse(
        .crossing, "the quantile \(next.key) is below the quantile \(one.key)", key: next.key,
        label: "quantiles must not decrease")
    }
    reading.answer = .quantiles(given.map(\.value))
  }

  mutating func finite(_ values: [Double], key: String) -> Bool {
    if values.allSatisfy(\.isFinite) { return true }
    refuse(.nonfinite, "`\(key)` is not finite", key: key, label: "NaN, infinity or overflow")
    return false
  }

  /// A number, or `nil` after saying why there is none; a NaN written as a word is a number here.
  mutating func number(_ json: JSON?, key: String) -> Double? {
    switch json {
    case .number(let value): return value
    case .text(let text):
      do { return try NumberGrammar.parse(text) } catch {
        if error == .nonfinite { return .nan }
        let help =
          text.contains(",")
          ? "write a decimal point" : "write the number alone and the unit as `unit`"
        refuse(.unparseable, "`\(text)` is not a number", key: key, label: "no number", help: help)
        return nil
      }
    default:
      refuse(
        .unparseable, "`\(key)` is \((json ?? .null).kindName), not a number", key: key,
        label: "expected a number")
      return nil
    }
  }

  /// From the answer's unit to the question's.
  struct Conversion {
    var from: Unit?
    var to: Unit?
    /// Factor of a difference, so that offsets do not enter.
    var ratio: Double { from.flatMap { from in to.map { from.factor / $0.factor } } ?? 1 }
    func value(_ x: Double) -> Double {
      guard let from, let to else { return x }
      return to.fromSI(from.toSI(x))
    }
  }

  private mutating func unit(_ json: JSON?, isProbability: Bool) -> Conversion {
    let expected = isProbability ? "1" : question?.quantity.unit
    guard let json, json != .null, json.text != "" else {
      // nothing written: right for a pure number only; a bare angle could be degrees or radians
      if let expected, expected != "1", let unit = try? Unit.parse(expected),
        unit.dimension != .none
      {
        refuse(
          .unitMissing, "the answer has no unit", key: "answer", label: "expected \(expected)",
          help: "add \"unit\": \"\(expected)\"")
      }
      return scaled(from: .one, to: expected)
    }
    guard let symbol = json.text else {
      refuse(.unitUnknown, "`unit` is \(json.kindName), not a text", key: "unit")
      return Conversion()
    }
    if symbol == expected { return Conversion() }
    let unit: Unit
    do { unit = try Unit.parse(symbol) } catch {
      refuse(
        .unitUnknown, "unknown unit `\(error.part)`", key: "unit",
        label: error.suggestion.map { "did you mean `\($0)`?" } ?? "not in the table of units",
        help: "`plumbline list units` shows the table")
      return Conversion()
    }
    guard let expected else { return Conversion() }
    let target = try? Unit.parse(expected)
    let dimension =
      (question?.quantity.dimension).flatMap(Dimension.init(exponents:)) ?? target?.dimension
    if !isProbability, let dimension, !dimension.isSame(as: unit.dimension) {
      refuse(
        .dimension, "`\(symbol)` has the wrong dimension", key: "unit",
        label: "has \(unit.dimension); expected \(expected) (\(dimension))")
    } else if isProbability, !unit.dimension.isDimensionless {
      refuse(
        .dimension, "a probability has no unit `\(symbol)`", key: "unit", label: "leave it out")
    }
    return Conversion(from: unit, to: target)
  }

  /// A bare number for a dimensionless quantity that the question measures in `%` is meant in 1.
  private func scaled(from: Unit, to expected: String?) -> Conversion {
    guard let expected, expected != "1", let target = try? Unit.parse(expected),
      target.dimension.isDimensionless
    else { return Conversion() }
    return Conversion(from: from, to: target)
  }
}
