// Cluster tables of the scores of a sheet, without a list of paired losses between.
//
// Order       within a cluster that of the rows; clusters by template, then by instance, as
//             `ClusterTable` has them.
// Checked by  ReportTests, ScorerTests (skills of reports).

import Experience

struct SheetClusters {
  private let sheet: ScoreSheet
  /// Places of the instances in the order of their names, and of each kind's template.
  private let instanceRanks: [Int32]
  private let templateRanks: [Int32]

  init(_ sheet: ScoreSheet) {
    self.sheet = sheet
    instanceRanks = SheetClusters.ranks(sheet.instances)
    templateRanks = SheetClusters.ranks(sheet.kinds.map(\.template))
  }

  /// Equal names have equal ranks.
  private static func ranks(_ names: [String]) -> [Int32] {
    var ranks = Array(repeating: Int32(0), count: names.count)
    var (rank, previous): (Int32, Int?) = (-1, nil)
    for index in names.indices.sorted(by: { names[$0] < names[$1] }) {
      if previous.map({ names[$0] != names[index] }) ?? true { rank += 1 }
      (ranks[index], previous) = (rank, index)
    }
    return ranks
  }

  /// The loss of a reference; `nil` where it has none.
  private static func loss(
    _ entry: ScoreSheet.Entry, _ reference: Report.Reference
  ) -> Double? {
    switch reference {
    case .climatology: entry.reference
    case .physics101: ScoreSheet.number(entry.reference101)
    case .recall: ScoreSheet.number(entry.referenceRecall)
    }
  }

  /// The table of the rows that the reference answers, and how many these are.
  func table(
    _ rows: [Int32], _ reference: Report.Reference
  ) -> (table: ClusterTable, questions: Int) {
    var places: [UInt64: Int] = [:]
    var clusters: [(key: UInt64, cluster: ClusterTable.Cluster)] = []
    var questions = 0
    for row in rows {
      let entry = sheet.entry(Int(row))
      guard let loss = SheetClusters.loss(entry, reference) else { continue }
      questions += 1
      // in the order of templates, then of instances
      let key =
        UInt64(templateRanks[Int(entry.kind)]) << 32
        | UInt64(instanceRanks[Int(entry.instance)])
      var place = clusters.count - 1
      if place < 0 || clusters[place].key != key {
        if let known = places[key] {
          place = known
        } else {
          place = clusters.count
          places[key] = place
          clusters.append((key, ClusterTable.Cluster()))
        }
      }
      clusters[place].cluster.model += entry.normalised
      clusters[place].cluster.reference += loss
      clusters[place].cluster.climatology += entry.reference
      clusters[place].cluster.questions += 1
    }
    clusters.sort { $0.key < $1.key }
    var strata: [[ClusterTable.Cluster]] = []
    var template: UInt64?
    for (key, sum) in clusters {
      if template != key >> 32 { strata.append([]) }
      template = key >> 32
      strata[strata.count - 1].append(sum.mean)
    }
    return (ClusterTable(strata: strata), questions)
  }
}
