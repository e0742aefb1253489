// Predictors over several data sets: who answers what, how well, and where trusted.
//
// Rows        only where a predictor has answered: what it does not answer is no row, and no failure.
//             Skills of different data sets have different climatologies and are never averaged.
// Checked by  StandingsTests.

import Experience

public struct Standings: Sendable {
  /// One data set and split.
  public struct Table: Sendable {
    public let experience: String
    public let dataset: String
    public let version: String
    public let hash: String
    public let split: String
    /// Best first.
    public let rows: [Standing]
  }

  /// In the order in which their data sets first appear.
  public let tables: [Table]
  /// Predictors in the order in which they first appear.
  public let predictors: [String]
  /// Entries without any answer: predictor and data set.
  public let silent: [(predictor: String, experience: String)]

  /// - Throws: when nothing was answered, or two entries are the same predictor on the same data set.
  public init(_ entries: [Standing]) throws(ScoringProblem) {
    var order: [String] = []
    var groups: [String: [Standing]] = [:]
    var names: [String] = []
    var silent: [(predictor: String, experience: String)] = []
    for entry in entries {
      guard entry.answered > 0 else {
        silent.append((entry.predictor, entry.experience))
        continue
      }
      let key = "\(entry.hash) \(entry.split)"
      if groups[key] == nil { order.append(key) }
      if groups[key]?.contains(where: { $0.predictor == entry.predictor }) == true {
        throw ScoringProblem(
          "`\(entry.predictor)` is there twice for the data set \(entry.dataset); name them apart")
      }
      groups[key, default: []].append(entry)
      if !names.contains(entry.predictor) { names.append(entry.predictor) }
    }
    guard !order.isEmpty else { throw ScoringProblem("no entry has an answer") }
    tables = order.compactMap { key in
      guard let rows = groups[key], let first = rows.first else { return nil }
      return Table(
        experience: first.experience, dataset: first.dataset, version: first.version,
        hash: first.hash, split: first.split,
        rows: rows.enumerated().sorted {
          ($1.element.value, $0.offset) < ($0.element.value, $1.offset)
        }.map(\.element))
    }
    (predictors, self.silent) = (names, silent)
  }

  /// What a reader must know before any number.
  public var statements: [String] {
    var list = [
      "Truth is simulation, not test.",
      "Skill is the share of climatology's loss that the answers save: 1 is perfect, 0 is no better than "
        + "knowing only the kind of scene. Each data set has its own climatology: compare down a table, not across.",
      "A predictor has a row only where it gave answers; handing a question to a human is no answer, but "
        + "where a row exists its handoffs count in its skill.",
    ]
    if !silent.isEmpty {
      let text = silent.map { "\($0.predictor) on \($0.experience)" }.joined(separator: "; ")
      list.append("Asked, but without any answer: \(text).")
    }
    return list
  }
}
