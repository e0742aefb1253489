// Why a data set cannot be scored. A prediction never causes one: it is scored, or INVALID.

/// A defect of a data set, in one sentence that names the record.
public struct ScoringProblem: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}
