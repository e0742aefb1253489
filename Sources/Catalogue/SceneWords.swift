// Values of a disclosed scene as a reader of prose takes them.

import Experience

enum SceneWords {
  static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  static func text(_ json: JSON) -> String {
    switch json {
    case .text(let text): return text
    case .number(let value): return JSON.text(of: value)
    case .object(let object):
      if let low = object["low"], let high = object["high"] {
        return "uniform between \(text(low)) and \(text(high))"
      }
      if let value = object["value"], let sd = object["sd"] {
        return "normal with mean \(text(value)) and standard deviation \(text(sd))"
      }
      if case .array(let values)? = object["one-of"] {
        return "one of \(values.map(text).joined(separator: ", "))"
      }
      return object.pairs.map { "\($0.key) \(text($0.value))" }.joined(separator: ", ")
    case .array(let values): return "(" + values.map(text).joined(separator: ", ") + ")"
    default: return json.line
    }
  }
}
