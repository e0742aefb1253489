// Where the experience of a predictor ends.
//
// Method      1 candidates: experiences whose mechanisms contain the query's and that have all of its
//             descriptors; 2 duplicates in descriptor space (rounded to 1e-6) count once; 3 scale by
//             max(sample sd, floor) over weight; 4 dissimilarity index DI; 5 threshold by the upper
//             whisker of its leave-one-out values; 6 in: DI ≤ threshold, edge: ≤ 1.5 times, else out.
//             Fewer than 20 distinct candidates: out.
// Source      Meyer & Pebesma 2021, doi 10.1111/2041-210X.13650 (steps 4 and 5).
// Deviation   steps 1 and 2, the floors and the edge are this project's own.
// Limits      descriptors are the ones that the template publishes: what they leave out, the range
//             cannot see. The convex hull of the source is not computed: it accepts gaps.
// Checked by  ExperienceRangeTests (`range.aoa`, `range.ledger`, invariances, known families).

import Experience
import Foundation

public struct ExperienceRange: Sendable {
  public static let minimumCandidates = 20
  public static let edgeFactor = 1.5
  static let grain = 1e-6

  /// By id, so that the order of a ledger does not matter.
  public let experiences: [Experienced]
  private let weights: [String: Double]

  /// - Parameter weights: by descriptor; 1 where absent.
  public init(_ experiences: [Experienced], weights: [String: Double] = [:]) {
    var byID: [String: Experienced] = [:]
    for item in experiences { byID[item.id] = item }
    self.experiences = byID.keys.sorted().compactMap { byID[$0] }
    self.weights = weights
  }

  /// Smallest scale of a descriptor: 0.05 for logarithms of groups, 0.02 for e, µ, angles, shares.
  public static func floor(of descriptor: String) -> Double {
    descriptor.hasPrefix("log10-") || descriptor.hasPrefix("log10_") ? 0.05 : 0.02
  }

  /// What queries of one kind (mechanisms and descriptors) are compared with.
  private struct Frame: Sendable {
    let names: [String]
    let ids: [String]
    let raw: [[Double]]
    let scale: [Double]
    let index: DissimilarityIndex
    let mahalanobis: Mahalanobis?
    let limit: Double
    let spans: [ClosedRange<Double>]
  }

  private enum Kind: Sendable {
    case none(RangeFinding)
    case frame(Frame)
  }

  private struct Key: Hashable {
    let mechanisms: [String]
    let names: [String]
  }

  /// A finding for each query, in their order. Cost: n² distances for each kind of query.
  public func findings(of queries: [Experienced]) -> [RangeFinding] {
    var finder = Finder(self)
    return queries.map { finder.finding(of: $0) }
  }

  /// Finds one query after the other; what queries of one kind are compared with is prepared once.
  struct Finder: Sendable {
    private let range: ExperienceRange
    private var kinds: [Key: Kind] = [:]

    init(_ range: ExperienceRange) { self.range = range }

    mutating func finding(of query: Experienced) -> RangeFinding {
      let key = Key(
        mechanisms: query.mechanisms.sorted(), names: query.descriptors.map(\.name))
      let kind = kinds[key] ?? range.kind(of: query)
      kinds[key] = kind
      switch kind {
      case .none(let finding): return finding
      case .frame(let frame): return range.finding(query, frame)
      }
    }
  }

  public func finding(of query: Experienced) -> RangeFinding { findings(of: [query])[0] }

  private func kind(of query: Experienced) -> Kind {
    let known = experiences.reduce(into: Set<String>()) { $0.formUnion($1.mechanisms) }
    let new = query.mechanisms.subtracting(known)
    guard new.isEmpty else {
      var finding = RangeFinding(.out, .unknownMechanism)
      finding.newMechanisms = new.sorted()
      return .none(finding)
    }
    let alike = experiences.filter { $0.mechanisms.isSuperset(of: query.mechanisms) }
    guard !alike.isEmpty else {
      // without any mechanism an empty ledger is still too few, not a combination
      return .none(
        RangeFinding(.out, query.mechanisms.isEmpty ? .tooFew : .unseenCombination))
    }
    let names = query.descriptors.map(\.name)
    guard !names.isEmpty else {
      return .none(RangeFinding(.out, .noDescriptors, candidates: alike.count))
    }
    var seen: Set<[Int64]> = []
    var (ids, raw, templates): ([String], [[Double]], [String]) = ([], [], [])
    for item in alike {
      guard let values = item.values(of: names),
        seen.insert(ExperienceRange.rounded(values)).inserted
      else { continue }
      ids.append(item.id)
      raw.append(values)
      templates.append(item.template)
    }
    guard raw.count >= ExperienceRange.minimumCandidates else {
      return .none(RangeFinding(.out, .tooFew, candidates: raw.count))
    }
    let scale = names.indices.map { k -> Double in
      let column = Ensemble(raw.map { $0[k] })
      return max(column.standardDeviation, ExperienceRange.floor(of: names[k]))
        / (weights[names[k]] ?? 1)
    }
    let scaled = raw.map { zip($0, scale).map { $0 / $1 } }
    let order = Set(templates).sorted()
    let groups = templates.map { order.firstIndex(of: $0) ?? 0 }
    let spans = names.indices.map { k -> ClosedRange<Double> in
      let column = raw.map { $0[k] }
      return (column.min() ?? 0)...(column.max() ?? 0)
    }
    return .frame(
      Frame(
        names: names, ids: ids, raw: raw, scale: scale,
        index: DissimilarityIndex(scaled, groups: groups), mahalanobis: Mahalanobis(scaled),
        limit: ChiSquare.quantile(0.95, degrees: names.count), spans: spans))
  }

  private func finding(_ query: Experienced, _ frame: Frame) -> RangeFinding {
    guard let values = query.values(of: frame.names) else {
      return RangeFinding(.out, .noDescriptors, candidates: frame.ids.count)
    }
    let point = zip(values, frame.scale).map { $0 / $1 }
    let place = frame.index.place(of: point)
    let threshold = frame.index.threshold
    let label: RangeFinding.Label =
      place.di <= threshold
      ? .inside : place.di <= ExperienceRange.edgeFactor * threshold ? .edge : .out
    var finding = RangeFinding(
      label, label == .inside ? nil : .dissimilar, candidates: frame.ids.count)
    (finding.di, finding.threshold) = (place.di, threshold)
    finding.thresholdOfTransfer = frame.index.thresholdOfTransfer
    finding.nearest = place.nearest.map { frame.ids[$0] }
    if let lever = place.shares.indices.max(by: { place.shares[$0] < place.shares[$1] }),
      place.shares[lever] > 0
    {
      finding.lever = RangeFinding.Lever(
        name: frame.names[lever], share: place.shares[lever], value: values[lever],
        experienced: frame.spans[lever])
    }
    finding.mahalanobis = frame.mahalanobis?.square(point)
    finding.mahalanobisLimit = finding.mahalanobis == nil ? nil : frame.limit
    finding.scale = zip(frame.names, frame.scale).map { NamedNumber($0, $1) }
    finding.meanDistance = frame.index.meanDistance
    return finding
  }

  /// Descriptor values in grains of 1e-6; those beyond ±9e12 are clipped.
  static func rounded(_ values: [Double]) -> [Int64] {
    values.map { Int64(max(-9e18, min(9e18, ($0 / grain).rounded()))) }
  }
}
