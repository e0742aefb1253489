// An instance as the range sees it: what acts in it, and its dimensionless groups.

import Experience

/// A generated instance: its mechanisms and descriptors, from its data set and never from a ledger.
public struct Experienced: Sendable, Hashable {
  public let id: String
  /// `name@version`.
  public let template: String
  public let mechanisms: Set<String>
  /// In the order of the record.
  public let descriptors: [NamedNumber]

  public init(
    id: String, template: String, mechanisms: some Sequence<String>, descriptors: [NamedNumber]
  ) {
    (self.id, self.template, self.descriptors) = (id, template, descriptors)
    self.mechanisms = Set(mechanisms)
  }

  public init(_ question: Question) {
    self.init(
      id: question.instance, template: question.template, mechanisms: question.mechanisms,
      descriptors: question.descriptors)
  }

  public init?(_ truth: TruthRecord) {
    guard let id = truth.id, let template = truth.template else { return nil }
    self.init(
      id: id, template: template, mechanisms: truth.mechanisms, descriptors: truth.descriptors)
  }

  public init(_ record: ExperienceRecord) {
    self.init(
      id: record.id, template: record.template, mechanisms: record.mechanisms,
      descriptors: record.descriptors)
  }

  /// Values of the named descriptors; `nil` if one is absent or not finite.
  func values(of names: [String]) -> [Double]? {
    var values: [Double] = []
    for name in names {
      guard let value = descriptors.first(where: { $0.name == name })?.value, value.isFinite else {
        return nil
      }
      values.append(value)
    }
    return values
  }
}
