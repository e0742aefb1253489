// Quantities, laws and vectors in the typed reader.

extension TableReader {
  /// `1 m ± 5 mm`, `{ value: 1 m, sd: 5 mm }`, `{ low:, high: }` or `{ one-of: [...] }`.
  mutating func quantity(_ node: SourceNode, _ kind: QuantityKind, name: String) -> Quantity? {
    switch node.content {
    case .scalar(let text, _): return scalar(text, node.mark, kind, name: name)
    case .mapping(let pairs): return lawMapping(pairs, node.mark, kind, name: name)
    case .sequence:
      report(
        "005", "`\(name)` needs one quantity, found a list", at: node.mark,
        help: "write it as `\(example(of: kind))`")
      return nil
    }
  }

  func example(of kind: QuantityKind) -> String {
    kind.unit == "1" ? "0.5" : "1 \(kind.unit)"
  }

  private mutating func scalar(
    _ text: String, _ mark: SourceMark, _ kind: QuantityKind, name: String
  ) -> Quantity? {
    let quantity: Quantity
    do { quantity = try Quantity.parse(text) } catch {
      report(error, text, mark, kind, name: name)
      return nil
    }
    guard accept(quantity.unit, text, mark, kind, name: name) else { return nil }
    guard accept(quantity.law, mark, kind, name: name, source: text) else { return nil }
    return quantity
  }

  private mutating func report(
    _ failure: Quantity.Failure, _ text: String, _ mark: SourceMark, _ kind: QuantityKind,
    name: String
  ) {
    // a part of a text that the file has in another form is marked as a whole, and gets no fix
    let start = column(of: text, mark)
    let place =
      start.map {
        SourceMark(line: mark.line, column: $0 + failure.offset, length: failure.length)
      } ?? mark
    switch failure.reason {
    case .number:
      report(
        "006", "`\(name)` needs a number, found `\(text)`", at: place, label: "not a number",
        help: "write digits with a decimal point, such as `\(example(of: kind))`")
    case .nonfinite:
      report(
        "007", "`\(name)` is not a finite number", at: place,
        label: "infinite, too large or not a number")
    case .unit(let unknown):
      // a unit that fits the key is the better guess
      let fitting = UnitTable.symbols.filter { symbol in
        (try? Unit.parse(symbol))?.dimension.isSame(as: kind.dimension) ?? false
      }
      let suggestion =
        Spelling.nearest(to: unknown.part, among: fitting) ?? unknown.suggestion
      report(
        "009", "`\(unknown.part)` is not a unit that is known", at: place,
        label: suggestion.map { "did you mean `\($0)`?" } ?? "expected \(kind.unit)",
        help: "`plumbline list units` shows them",
        fix: suggestion.flatMap {
          start != nil && unknown.part.count == failure.length
            ? Diagnostic.Fix(mark: place, replacement: $0) : nil
        })
    case .toleranceDimension(let unit):
      report(
        "016", "the tolerance of `\(name)` has another dimension than its value", at: place,
        label: "has \(unit.dimension); expected \(kind.unit) or %")
    case .negativeTolerance:
      report("016", "the tolerance of `\(name)` is negative", at: place, label: "below zero")
    }
  }

  /// Column of a text whose value begins at `mark`, in or without quotation marks; nil if the line
  /// does not hold it letter by letter, as with escapes or the components of a vector.
  private func column(of text: String, _ mark: SourceMark) -> Int? {
    let line = Array(source.line(mark.line))
    return [mark.column, mark.column + 1].first { column in
      let end = column - 1 + text.count
      return end <= line.count && line[(column - 1)..<end].elementsEqual(text)
    }
  }

  /// Whether the unit fits; reports why not.
  private mutating func accept(
    _ unit: Unit, _ text: String, _ mark: SourceMark, _ kind: QuantityKind, name: String
  ) -> Bool {
    if unit.symbol == "1", !kind.dimension.isDimensionless || kind.dimension.angle != 0 {
      report(
        "008", "`\(name)` needs a unit, found the bare number `\(text)`", at: mark,
        label: "expected \(kind.unit)", help: "write `\(text) \(kind.unit)` if that is meant")
      return false
    }
    let (found, expected) = (unit.dimension, kind.dimension)
    if found.isSame(as: expected) {
      if found.angle == expected.angle || expected.angle == 0 { return true }
      if unit.symbol.contains("Hz") {
        report(
          "012", "`\(name)` needs an angular speed, found a frequency", at: mark,
          label: "has \(unit.symbol); expected rad/s",
          help: "1 Hz is one turn a second: write rev/s, rpm, deg/s or rad/s")
        return false
      }
      return true
    }
    report(
      "012", wrongDimension(name, expected, found), at: mark,
      label: "has \(unit.symbol) (\(found)); expected \(kind.unit)",
      help: remedy(expected, found), note: "more with `plumbline explain \(letter)012`")
    return false
  }

  private func wrongDimension(_ name: String, _ expected: Dimension, _ found: Dimension) -> String {
    if expected == .dynamicViscosity, found.isSame(as: .kinematicViscosity) {
      return "`\(name)` needs a dynamic viscosity, found a kinematic one"
    }
    return "`\(name)` has the wrong dimension"
  }

  private func remedy(_ expected: Dimension, _ found: Dimension) -> String? {
    if expected == .dynamicViscosity, found.isSame(as: .kinematicViscosity) {
      return "multiply by the density: 1 m^2/s times 1000 kg/m^3 is 1000 Pa.s"
    }
    if expected == .density, found.isSame(as: .mass) { return "write `mass:` for a mass" }
    if expected == .mass, found.isSame(as: .density) { return "write `density:` for a density" }
    return nil
  }

  /// Whether all values of a law are allowed; warns about implausible ones.
  private mutating func accept(
    _ law: Law, _ mark: SourceMark, _ kind: QuantityKind, name: String, source text: String
  ) -> Bool {
    let ends = law.extremes
    let isNormal = if case .normal = law { true } else { false }
    // tails of a normal law are cut at the range when drawn, so only its centre must lie inside
    let (low, high) = isNormal ? (law.nominal, law.nominal) : (ends.lowerBound, ends.upperBound)
    let belowRange =
      kind.excludesLowerEnd ? low <= kind.range.lowerBound : low < kind.range.lowerBound
    if belowRange || high > kind.range.upperBound {
      let lower = JSON.text(of: kind.range.lowerBound)
      let upper = JSON.text(of: kind.range.upperBound)
      let unit = kind.unit == "1" ? "" : " \(kind.unit)"
      let allowed =
        kind.range.upperBound >= 1e300
        ? (kind.excludesLowerEnd
          ? "must be above \(lower)\(unit)" : "must be at least \(lower)\(unit)")
        : kind.range.lowerBound <= -1e300
          ? "must be at most \(upper)\(unit)" : "allowed: \(lower) to \(upper)\(unit)"
      report(
        "011", "`\(name)` is outside what the models accept: \(text)", at: mark, label: allowed)
      return false
    }
    if let plausible = kind.plausible, low < plausible.lowerBound || high > plausible.upperBound {
      let unit = kind.unit == "1" ? "" : " \(kind.unit)"
      report(
        "015", "`\(name)` is unusual: \(text)", at: mark,
        label:
          "usual: \(JSON.text(of: plausible.lowerBound)) to \(JSON.text(of: plausible.upperBound))\(unit)",
        note: kind.plausibleSource.isEmpty ? nil : "range: \(kind.plausibleSource)",
        severity: .warning)
    }
    return true
  }

  private mutating func lawMapping(
    _ pairs: [(key: SourceNode, value: SourceNode)], _ mark: SourceMark, _ kind: QuantityKind,
    name: String
  ) -> Quantity? {
    var parts: [String: SourceNode] = [:]
    for (key, value) in pairs {
      let word = key.scalar ?? ""
      guard ["value", "sd", "low", "high", "one-of"].contains(word) else {
        report(
          "003", "unknown key `\(word)` in the law of `\(name)`", at: key.mark,
          help: "a law is { value, sd }, { low, high } or { one-of }")
        return nil
      }
      parts[word] = value
    }
    var unbounded = kind
    unbounded.range = -1e300...1e300
    unbounded.excludesLowerEnd = false
    unbounded.plausible = nil
    if let list = parts["one-of"], parts.count == 1 {
      guard case .sequence(let nodes) = list.content, !nodes.isEmpty else {
        report("005", "`one-of` needs a list of at least one value", at: list.mark)
        return nil
      }
      let values = nodes.compactMap { quantity($0, kind, name: name)?.nominal }
      guard values.count == nodes.count else { return nil }
      return law(.oneOf(values), mark, kind, name: name)
    }
    if let value = parts["value"], let sd = parts["sd"], parts.count == 2 {
      guard let mean = quantity(value, kind, name: name),
        let spread = quantity(sd, unbounded, name: "sd")
      else { return nil }
      // a spread is a difference: degC would add its offset
      guard spread.nominal >= 0 else {
        report("016", "the standard deviation of `\(name)` is negative", at: sd.mark)
        return nil
      }
      return law(.normal(mean: mean.nominal, sd: spread.nominal), mark, kind, name: name)
    }
    if let low = parts["low"], let high = parts["high"], parts.count == 2 {
      guard let bottom = quantity(low, kind, name: name), let top = quantity(high, kind, name: name)
      else { return nil }
      guard bottom.nominal <= top.nominal else {
        report("016", "`low` of `\(name)` is above `high`", at: low.mark)
        return nil
      }
      return law(.uniform(low: bottom.nominal, high: top.nominal), mark, kind, name: name)
    }
    report(
      "016", "the law of `\(name)` is incomplete or mixed", at: mark,
      help: "write { value, sd }, { low, high } or { one-of }")
    return nil
  }

  private mutating func law(
    _ law: Law, _ mark: SourceMark, _ kind: QuantityKind, name: String
  ) -> Quantity? {
    let unit = Unit(symbol: kind.unit, factor: 1, dimension: kind.dimension)
    let text = Quantity.json(of: law, unit: kind.unit).line
    guard accept(law, mark, kind, name: name, source: text) else { return nil }
    return Quantity(law: law, unit: unit, source: text)
  }

  /// `"[0, 0, 1.2] m"`, or a list of three quantities.
  mutating func vector(_ node: SourceNode, _ kind: QuantityKind, name: String) -> [Quantity]? {
    let shape = "`\(name)` needs three components, such as \"[0, 0, 1] \(kind.unit)\""
    switch node.content {
    case .sequence(let nodes):
      guard nodes.count == 3 else {
        report("005", shape, at: node.mark, label: "found \(nodes.count)")
        return nil
      }
      let components = nodes.compactMap { quantity($0, kind, name: name) }
      return components.count == 3 ? components : nil
    case .scalar(let text, _):
      let trimmed = text.drop { $0 == " " }
      guard trimmed.first == "[", let close = trimmed.firstIndex(of: "]") else {
        report("005", shape, at: node.mark, label: "found `\(text)`")
        return nil
      }
      let numbers = trimmed[trimmed.index(after: trimmed.startIndex)..<close]
        .split(separator: ",", omittingEmptySubsequences: false)
      let unit = trimmed[trimmed.index(after: close)...].drop { $0 == " " }
      guard numbers.count == 3 else {
        report("005", shape, at: node.mark, label: "found \(numbers.count) components")
        return nil
      }
      let before = diagnostics.count
      var components: [Quantity] = []
      for number in numbers {
        let part = number.filter { $0 != " " } + (unit.isEmpty ? "" : " \(unit)")
        // one message for the unit of all three components is enough
        if diagnostics.count > before { break }
        if let component = quantity(
          SourceNode(content: .scalar(part, isQuoted: true), mark: node.mark), kind, name: name)
        {
          components.append(component)
        }
      }
      return components.count == 3 ? components : nil
    case .mapping:
      report("005", shape, at: node.mark, label: "found a mapping")
      return nil
    }
  }

  /// Three plain numbers, not all zero.
  mutating func direction(_ node: SourceNode, name: String) -> [Double]? {
    let kind = QuantityKind(.none, unit: "1")
    guard let components = vector(node, kind, name: name) else { return nil }
    let numbers = components.map(\.nominal)
    guard numbers.contains(where: { $0 != 0 }) else {
      report("011", "`\(name)` is the zero vector, which points nowhere", at: node.mark)
      return nil
    }
    return numbers
  }
}
