// A law that claim traces may call, as a template publishes it.
//
// Checked by  TraceLawsTests (Scoring).

/// A relation that a template publishes for `because:` lines.
public struct ClaimLaw: Sendable, Hashable {
  public let name: String
  public let target: String
  public let expression: String

  public init(name: String, target: String, expression: String) {
    (self.name, self.target, self.expression) = (name, target, expression)
  }

  static func json(_ laws: [ClaimLaw]) -> JSON? {
    laws.isEmpty
      ? nil
      : .object(
        laws.map {
          ($0.name, .object([("target", .text($0.target)), ("expression", .text($0.expression))]))
        })
  }

  static func list(_ json: JSON?) -> [ClaimLaw] {
    (json?.object?.pairs ?? []).compactMap { name, law in
      guard let target = law["target"]?.text, let expression = law["expression"]?.text else {
        return nil
      }
      return ClaimLaw(name: name, target: target, expression: expression)
    }
  }
}
