// A ledger held against data sets: which instances it means, and which questions it has spoilt.
//
// Contaminated  its instance was seen (truth, recording or failure), by id; or an instance of the same
//               template with equal descriptors was. Metamorphic twins have equal groups, so the
//               second test finds them.
// Unknown       instances of a data set that is not at hand count as seen by id, but have no
//               descriptors and so do not widen the range; a warning says so.
// Checked by    LedgerScopeTests.

import Experience

public struct LedgerScope: Sendable {
  /// A data set that is at hand.
  public struct Known: Sendable {
    /// SHA-256 of the data set.
    public let hash: String
    public let name: String
    public let instances: [Experienced]

    public init(hash: String, name: String, instances: [Experienced]) {
      (self.hash, self.name, self.instances) = (hash, name, instances)
    }
  }

  /// `nil`: the predictor has declared nothing.
  public let ledger: Ledger?
  /// Instances that were experienced and whose descriptors are known.
  public let experiences: [Experienced]
  /// What a person should know about the ledger.
  public let warnings: [Diagnostic]
  private let seenSelections: [Ledger.Selection]
  private let seenSets: Set<String>
  private let seenPlaces: Set<Place>

  private struct Place: Hashable {
    let template: String
    let names: [String]
    let values: [Int64]

    init?(_ item: Experienced) {
      guard !item.descriptors.isEmpty else { return nil }
      let sorted = item.descriptors.sorted { $0.name < $1.name }
      template = item.template
      names = sorted.map(\.name)
      values = ExperienceRange.rounded(sorted.map(\.value))
    }
  }

  /// - Parameters:
  ///   - path: of the ledger, for messages.
  ///   - known: data sets at hand, the scored one among them.
  public init(_ ledger: Ledger?, path: String = "", known: [Known]) {
    self.ledger = ledger
    let byHash = Dictionary(known.map { ($0.hash, $0) }, uniquingKeysWith: { first, _ in first })
    var experiences: [Experienced] = []
    var warnings: [Diagnostic] = []
    for entry in ledger?.entries ?? [] where entry.isExperience {
      guard let set = byHash[entry.dataset] else {
        warnings.append(
          LedgerScope.warning(
            "Q017",
            "the data set \(entry.name) \(entry.version) of line \(entry.line) is not at hand",
            path, entry.line,
            help: "name its folder with --ledger-data; SHA-256 \(entry.dataset.prefix(12))…"))
        continue
      }
      let met = set.instances.filter { entry.selection.contains($0.id) }
      if met.count < entry.selection.count ?? 0 {
        warnings.append(
          LedgerScope.warning(
            "Q018",
            "line \(entry.line) names \(entry.selection.count ?? 0) instances, of which \(set.name) "
              + "has \(met.count)", path, entry.line,
            help: "instances are `template/version/index`; ranges include both ends"))
      }
      experiences += met
    }
    (self.experiences, self.warnings) = (experiences, warnings)
    let used = (ledger?.entries ?? []).filter(\.isExperience)
    seenSelections = used.map(\.selection).filter { $0 != .all }
    seenSets = Set(used.filter { $0.selection == .all }.map(\.dataset))
    seenPlaces = Set(experiences.compactMap(Place.init))
  }

  /// Whether the truth of an instance of the data set with this hash may be known.
  public func isContaminated(_ instance: Experienced, dataset: String) -> Bool {
    if seenSets.contains(dataset) { return true }
    if seenSelections.contains(where: { $0.contains(instance.id) }) { return true }
    return Place(instance).map(seenPlaces.contains) ?? false
  }

  private static func warning(
    _ code: String, _ message: String, _ path: String, _ line: Int, help: String
  ) -> Diagnostic {
    Diagnostic(
      .warning, code: code, message: message, path: path,
      mark: SourceMark(line: max(1, line), column: 1), help: help)
  }
}
