// What readings of syrup pours write into: one place for each outcome, empty at first.

import Experience

struct SyrupPourSheet {
  var result: RunResult
  private let reportAt: [Double]

  init(_ model: SyrupPourModel) {
    reportAt = model.reportAt
    let count = SyrupPourOutcome.allCases.count + reportAt.count
    result = RunResult(
      values: Array(repeating: .nan, count: count), floors: Array(repeating: 0, count: count),
      scales: Array(repeating: 0, count: count), margins: Array(repeating: .nan, count: count),
      decisionTimes: Array(repeating: .nan, count: count))
  }

  mutating func put(
    _ outcome: SyrupPourOutcome, _ value: Double, floor: Double = 0, scale: Double = 0,
    margin: Double = .nan, at time: Double = .nan, grain: Double = 0, chanceGrain: Double = 0
  ) {
    guard let index = SyrupPourOutcome.allCases.firstIndex(of: outcome) else { return }
    result.values[index] = value
    result.floors[index] = floor
    result.scales[index] = scale
    result.margins[index] = margin
    result.decisionTimes[index] = time
    if grain > 0 { result.grains[index] = grain }
    if chanceGrain > 0 { result.chanceGrains[index] = chanceGrain }
  }

  /// Part of a cell within which no grid tells where a front stands: three levels that agree better do so by
  /// chance (of 25 random slumps and pours one lay 3.3 bands off, by 0.29 cells).
  static let frontGrain = 0.4
  /// The same of the top of a heap whose levels are not of the method's order (one of ten heights under streams
  /// lay 2.9 bands off, by 0.2 cells). Where the order is seen, low mounds are known better than that.
  static let topGrain = 0.4

  /// Spread radii at the reported times, on a grid with cells of an edge in m; 0 is none.
  mutating func put(radii: [Double], edge: Double) {
    for (offset, radius) in radii.enumerated() where radius > 0 {
      let index = SyrupPourOutcome.allCases.count + offset
      result.values[index] = radius
      result.decisionTimes[index] = reportAt[offset]
      result.grains[index] = SyrupPourSheet.frontGrain * edge
    }
  }

  mutating func put(landing: Double?, cutoff: Double?, overflow: Double?) {
    var list: [RunEvent] = []
    func add(_ name: String, _ time: Double?, _ noise: Double) {
      guard let time else { return }
      list.append(RunEvent(name, time: time, floor: noise * time, bodies: []))
    }
    add("landing#1", landing, 1e-3)
    add("cutoff#1", cutoff, 1e-12)
    add("overflow#1", overflow, 1e-3)
    result.events = list.sorted { $0.time < $1.time }
  }
}
