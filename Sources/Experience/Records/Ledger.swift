// What a predictor has experienced: `ledger/1`, as its makers declare it.
//
// It names instances, never their descriptors: these are read from the data sets themselves, so that
// a ledger cannot place its predictor where it has not been.
// Checked by  LedgerReaderTests, ExperienceRangeTests.

/// A declaration of generated experiences.
public struct Ledger: Sendable, Hashable {
  /// How instances were used.
  public enum Exposure: String, Sendable, Hashable, CaseIterable {
    case trained, tuned, shown, retrieved
  }

  /// What of an instance was seen.
  public enum Part: String, Sendable, Hashable, CaseIterable {
    case prompt, truth, recording, failure
  }

  /// Which instances an entry means.
  public enum Selection: Sendable, Hashable {
    case all
    case ids(Set<String>)
    /// Of `template/version`, inclusive at both ends.
    case ranges([Range])

    /// Instances first…last of `template/version`.
    public struct Range: Sendable, Hashable {
      public let base: String
      public let first: Int
      public let last: Int

      public init(base: String, first: Int, last: Int) {
        (self.base, self.first, self.last) = (base, first, last)
      }
    }

    public func contains(_ instance: String) -> Bool {
      switch self {
      case .all: return true
      case .ids(let ids): return ids.contains(instance)
      case .ranges(let ranges):
        guard let slash = instance.lastIndex(of: "/"),
          let index = Int(instance[instance.index(after: slash)...])
        else { return false }
        let base = instance[..<slash]
        return ranges.contains { $0.base == base && ($0.first...$0.last).contains(index) }
      }
    }

    /// Instances that the entry itself counts; `nil` for all of a data set.
    public var count: Int? {
      switch self {
      case .all: nil
      case .ids(let ids): ids.count
      case .ranges(let ranges): ranges.reduce(0) { $0 + $1.last - $1.first + 1 }
      }
    }
  }

  /// A group of instances.
  public struct Entry: Sendable, Hashable {
    /// SHA-256 of the data set.
    public let dataset: String
    public let name: String
    public let version: String
    public let selection: Selection
    public let exposure: Exposure
    public let saw: Set<Part>
    /// Line of the file, from 1.
    public let line: Int

    public init(
      dataset: String, name: String = "", version: String = "", selection: Selection,
      exposure: Exposure, saw: Set<Part>, line: Int = 0
    ) {
      (self.dataset, self.name, self.version) = (dataset, name, version)
      (self.selection, self.exposure, self.saw) = (selection, exposure, saw)
      self.line = line
    }

    /// Truth, recording or failure were seen: a prompt alone is no experience.
    public var isExperience: Bool { !saw.subtracting([.prompt]).isEmpty }
  }

  public var id: String
  public var predictor: String
  /// Date as written.
  public var declared: String
  public var by: String
  /// Nothing else of ours was used.
  public var isComplete: Bool
  public var otherSources: String
  public var entries: [Entry]
  /// SHA-256 of the file's bytes.
  public var hash: String

  public init(
    id: String, predictor: String = "", declared: String = "", by: String = "",
    isComplete: Bool = true, otherSources: String = "", entries: [Entry] = [], hash: String = ""
  ) {
    (self.id, self.predictor, self.declared, self.by) = (id, predictor, declared, by)
    (self.isComplete, self.otherSources) = (isComplete, otherSources)
    (self.entries, self.hash) = (entries, hash)
  }
}
