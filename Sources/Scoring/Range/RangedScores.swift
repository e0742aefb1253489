// Scores with the range of their instances and the mark of contamination.
//
// Checked by  LedgerScopeTests.

import Experience

extension LedgerScope {
  /// The scores with `detail.range` and `detail.isContaminated` filled in.
  /// - Parameter dataset: SHA-256 of the scored data set.
  public func ranged(_ scores: [Score], questions: [Question], dataset: String) -> [Score] {
    var instances: [Experienced] = []
    var places: [String: Int] = [:]
    for question in questions where places[question.instance] == nil {
      places[question.instance] = instances.count
      instances.append(Experienced(question))
    }
    let findings =
      ledger == nil
      ? instances.map { _ in RangeFinding(.undeclared, .undeclared) }
      : ExperienceRange(experiences).findings(of: instances)
    let spoilt = instances.map { isContaminated($0, dataset: dataset) }
    return scores.map { score in
      guard let place = places[score.instance] else { return score }
      var score = score
      score.detail.range = findings[place]
      score.detail.isContaminated = spoilt[place]
      return score
    }
  }
}
