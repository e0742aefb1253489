// What is done with a requirement.

/// An action on a requirement; cases in the order in which ties are settled, the safer first.
public enum Disposition: String, Sendable, Hashable, CaseIterable {
  case handoff, reject, accept
}
