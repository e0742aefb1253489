// Reads one line of a claim trace.
//
// Grammar     line     = ( given | assume | claim | so | because | order | occurs | answer ) [ "//" text ]
//             given    = "given:" binding { "," binding };    assume = "assume:" "no" mechanism
//             claim    = name ( "=" | "<" | "<=" | ">" | ">=" ) quantity [ anchor ]
//                      | name "in" "[" number "," number "]" [ unit ] [ anchor ]
//             so       = "so:" name "=" expr "=" quantity [ anchor ]
//             because  = "because:" law [ binding { "," binding } ]
//             order    = "order:" event "<" event { "<" event };  occurs = ("occurs:"|"never:") event
//             answer   = "answer:" ( name "=" expr | expr ( "<" | "<=" | ">" | ">=" ) quantity )
//             quantity = number [ unit ] [ ( "±" | "+/-" | "sd" ) number [ unit ] ]
//             anchor   = "@" ( event | "start" | "end" | "t=" number unit )
//             event    = kind "#" integer [ "(" name { "," name } ")" ]
//             expr is that of `Formula`, units and `±` those of scenes (`Quantity`).
// Deviation   bodies in an event may contain `-`, because bodies of scenes do.
// Cost        a line is at most 200 characters, and every part of it is scanned a few times.
// Checked by  TraceParserTests: the lines of the worked traces, refused lines, 100,000 random lines.

import Experience

public enum TraceParser {
  /// Characters of a line.
  public static let lineLimit = 200

  /// The line, or `nil` where it is not in the grammar.
  public static func parse(_ source: String) -> TraceLine? {
    guard source.utf8.count <= 8 * lineLimit, source.count <= lineLimit else { return nil }
    var line = source[...]
    if let comment = line.firstRange(of: "//") { line = line[..<comment.lowerBound] }
    line = trimmed(line)
    if let rest = tail(line, after: "given:") { return bindings(rest).map { .given($0) } }
    if let rest = tail(line, after: "assume:") { return assume(rest) }
    if let rest = tail(line, after: "so:") { return so(rest) }
    if let rest = tail(line, after: "because:") { return because(rest) }
    if let rest = tail(line, after: "order:") { return order(rest) }
    if let rest = tail(line, after: "occurs:") {
      return event(rest).map { .occurs($0, happens: true) }
    }
    if let rest = tail(line, after: "never:") {
      return event(rest).map { .occurs($0, happens: false) }
    }
    if let rest = tail(line, after: "answer:") { return answer(rest) }
    return claim(line)
  }

  // MARK: Lines

  private static func bindings(_ text: Substring) -> [TraceBinding]? {
    var list: [TraceBinding] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, let name = name(sides[0]), let quantity = quantity(sides[1]) else {
        return nil
      }
      list.append(TraceBinding(name: name, quantity: quantity))
    }
    return list
  }

  private static func assume(_ text: Substring) -> TraceLine? {
    guard let rest = tail(text, after: "no"), text.dropFirst(2).first.map(isBlank) ?? false,
      let mechanism = word(rest)
    else { return nil }
    return .assume(mechanism: mechanism)
  }

  private static func claim(_ line: Substring) -> TraceLine? {
    guard let (head, anchor) = anchored(line) else { return nil }
    let end = head.firstIndex { !isNameCharacter($0) } ?? head.endIndex
    guard let name = name(head[..<end]) else { return nil }
    let rest = trimmed(head[end...])
    if let interval = tail(rest, after: "in"), interval.first == "[" {
      return range(interval).map { .claim(name: name, $0, anchor) }
    }
    if let value = tail(rest, after: "="), let quantity = quantity(value) {
      return .claim(name: name, .value(quantity), anchor)
    }
    guard let (comparison, limit) = comparison(rest), let quantity = quantity(limit) else {
      return nil
    }
    return .claim(name: name, .bound(comparison, quantity), anchor)
  }

  private static func range(_ text: Substring) -> TraceRelation? {
    guard let close = text.firstIndex(of: "]") else { return nil }
    let ends = text[text.index(after: text.startIndex)..<close].split(
      separator: ",", omittingEmptySubsequences: false)
    guard ends.count == 2, let low = number(ends[0]), let high = number(ends[1]), low <= high,
      let unit = unit(text[text.index(after: close)...])
    else { return nil }
    let (bottom, top) = (unit.toSI(low), unit.toSI(high))
    return bottom.isFinite && top.isFinite ? .range(low: bottom, high: top, unit) : nil
  }

  private static func so(_ text: Substring) -> TraceLine? {
    guard let (head, anchor) = anchored(text) else { return nil }
    let parts = head.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 3, let name = name(parts[0]), let formula = formula(parts[1]),
      let quantity = quantity(parts[2])
    else { return nil }
    return .so(name: name, formula, quantity, anchor)
  }

  private static func because(_ text: Substring) -> TraceLine? {
    let end = text.firstIndex(where: isBlank) ?? text.endIndex
    guard let law = word(text[..<end]) else { return nil }
    let rest = trimmed(text[end...])
    if rest.isEmpty { return .because(law: law, []) }
    return bindings(rest).map { .because(law: law, $0) }
  }

  private static func order(_ text: Substring) -> TraceLine? {
    var events: [TraceEvent] = []
    for part in text.split(separator: "<", omittingEmptySubsequences: false) {
      guard let event = event(part) else { return nil }
      events.append(event)
    }
    return events.count > 1 ? .order(events) : nil
  }

  private static func answer(_ text: Substring) -> TraceLine? {
    if let place = text.firstIndex(where: { $0 == "<" || $0 == ">" }) {
      guard let formula = formula(text[..<place]),
        let (comparison, limit) = comparison(text[place...]), let quantity = quantity(limit)
      else { return nil }
      return .answer(.comparison(formula, comparison, quantity))
    }
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let name = name(parts[0]), let formula = formula(parts[1]) else {
      return nil
    }
    return .answer(.value(name: name, formula))
  }

  // MARK: Parts

  /// A line without its anchor, and the anchor; `nil` where one is begun and cannot be read.
  private static func anchored(_ text: Substring) -> (Substring, TraceAnchor?)? {
    guard let place = text.firstIndex(of: "@") else { return (text, nil) }
    let rest = trimmed(text[text.index(after: place)...])
    let head = trimmed(text[..<place])
    if rest == "start" { return (head, .start) }
    if rest == "end" { return (head, .end) }
    if let after = tail(rest, after: "t"), let time = tail(after, after: "=") {
      guard let quantity = quantity(time), quantity.unit.dimension.isSame(as: .time) else {
        return nil
      }
      return (head, .time(quantity.value))
    }
    return event(rest).map { (head, .event($0)) }
  }

  private static func event(_ text: Substring) -> TraceEvent? {
    var text = trimmed(text)
    var bodies: [String] = []
    if text.last == ")" {
      guard let open = text.firstIndex(of: "(") else { return nil }
      let inside = text[text.index(after: open)...].dropLast()
      for part in inside.split(separator: ",", omittingEmptySubsequences: false) {
        let body = trimmed(part)
        guard body.first.map(isLetter) ?? false,
          body.allSatisfy({ isNameCharacter($0) || $0 == "-" })
        else { return nil }
        bodies.append(String(body))
      }
      text = trimmed(text[..<open])
    }
    let parts = text.split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count == 2, let kind = word(parts[0]), !parts[1].isEmpty, parts[1].count <= 9,
      parts[1].allSatisfy({ $0.isASCII && $0.isNumber }), let ordinal = Int(parts[1]), ordinal > 0
    else { return nil }
    return TraceEvent(kind: kind, ordinal: ordinal, bodies: bodies)
  }

  private static func quantity(_ text: Substring) -> TraceQuantity? {
    let text = trimmed(text)
    if let place = spread(in: text) {
      guard let centre = quantity(text[..<place]), centre.sd == 0,
        let width = try? Quantity.parse(String(trimmed(text[place...].dropFirst(2)))),
        width.law.isExact
      else { return nil }
      let sd: Double
      if width.unit.symbol == "%", centre.unit.symbol != "%" {
        sd = abs(centre.value) * width.nominal
      } else if width.unit.dimension.isSame(as: centre.unit.dimension) {
        // a difference: the offset of degC does not enter
        sd = width.nominal - width.unit.offset
      } else {
        return nil
      }
      return sd >= 0 ? TraceQuantity(value: centre.value, unit: centre.unit, sd: sd) : nil
    }
    guard let quantity = try? Quantity.parse(String(text)) else { return nil }
    var halfWidth = 0.0
    if case .tolerance(_, let width) = quantity.law { halfWidth = width }
    return TraceQuantity(
      value: quantity.nominal, unit: quantity.unit, sd: halfWidth / 3.0.squareRoot())
  }

  /// Where the word `sd` stands between blanks.
  private static func spread(in text: Substring) -> Substring.Index? {
    guard let range = text.firstRange(of: " sd ") else { return nil }
    return text.index(after: range.lowerBound)
  }

  private static func comparison(_ text: Substring) -> (Criterion.Comparison, Substring)? {
    for comparison in Criterion.Comparison.allCases {
      if let rest = tail(text, after: comparison.rawValue) { return (comparison, rest) }
    }
    return nil
  }

  private static func formula(_ text: Substring) -> Formula? {
    try? Formula(String(trimmed(text)))
  }

  private static func number(_ text: Substring) -> Double? {
    try? NumberGrammar.parse(String(trimmed(text)))
  }

  private static func unit(_ text: Substring) -> Unit? { try? Unit.parse(String(trimmed(text))) }

  /// letter { letter | digit | "_" }
  private static func name(_ text: Substring) -> String? {
    let text = trimmed(text)
    guard text.first.map(isLetter) ?? false, text.allSatisfy(isNameCharacter) else { return nil }
    return String(text)
  }

  /// letter { letter | digit | "-" }
  private static func word(_ text: Substring) -> String? {
    let text = trimmed(text)
    guard text.first.map(isLetter) ?? false,
      text.allSatisfy({ $0 == "-" || ($0 != "_" && isNameCharacter($0)) })
    else { return nil }
    return String(text)
  }

  private static func isLetter(_ character: Character) -> Bool {
    character.isASCII && character.isLetter
  }

  private static func isNameCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "_")
  }

  private static func isBlank(_ character: Character) -> Bool {
    character == " " || character == "\t" || character == "\r"
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return text
  }

  /// What follows a word at the start, without blanks in front.
  private static func tail(_ text: Substring, after word: String) -> Substring? {
    text.hasPrefix(word) ? trimmed(text.dropFirst(word.count)) : nil
  }
}
