// Calibration of event probabilities: the part of the Brier score that relabelling would save.
//
// Equation    p* = isotonic regression of g on p (pool adjacent violators, equal p pooled first);
//             MCB = S(p) − S(p*), DSC = S(ḡ) − S(p*), UNC = S(ḡ);  S(p) = MCB − DSC + UNC.
// Source      Dimitriadis, Gneiting & Jordan 2021, Proc. Natl. Acad. Sci. 118, e2016191118.
// Checked by  CalibrationTests.

public struct Corp: Sendable, Hashable {
  /// Miscalibration, discrimination, uncertainty.
  public let miscalibration: Double
  public let discrimination: Double
  public let uncertainty: Double
  /// S(p).
  public let score: Double
  /// In ascending order of p.
  public let blocks: [Block]

  /// A block of the isotonic regression: events with p in [low, high], which happen with `truth`.
  public struct Block: Sendable, Hashable {
    public let low: Double
    public let high: Double
    public let truth: Double
    public let count: Int
  }

  /// Forecast and true probability of each event; not empty.
  public init(_ pairs: [(p: Double, g: Double)]) {
    let sorted = pairs.sorted { ($0.p, $0.g) < ($1.p, $1.g) }
    var blocks: [(sum: Double, count: Double)] = []
    var previous = Double.nan
    for pair in sorted {
      if pair.p == previous {
        blocks[blocks.count - 1].sum += pair.g
        blocks[blocks.count - 1].count += 1
      } else {
        Corp.pool(&blocks)
        blocks.append((pair.g, 1))
        previous = pair.p
      }
    }
    Corp.pool(&blocks)

    var first = 0
    self.blocks = blocks.map { block in
      let count = Int(block.count)
      defer { first += count }
      return Block(
        low: sorted[first].p, high: sorted[first + count - 1].p, truth: block.sum / block.count,
        count: count)
    }
    let count = Double(sorted.count)
    let base = sorted.reduce(0) { $0 + $1.g } / count
    var (score, recalibrated, climatology) = (0.0, 0.0, 0.0)
    var (block, left) = (0, blocks.first?.count ?? 0)
    for pair in sorted {
      if left == 0 {
        block += 1
        left = blocks[block].count
      }
      left -= 1
      score += Brier.loss(pair.p, truth: pair.g)
      recalibrated += Brier.loss(blocks[block].sum / blocks[block].count, truth: pair.g)
      climatology += Brier.loss(base, truth: pair.g)
    }
    self.score = score / count
    miscalibration = (score - recalibrated) / count
    discrimination = (climatology - recalibrated) / count
    uncertainty = climatology / count
  }

  /// Joins the last blocks while their means do not increase.
  private static func pool(_ blocks: inout [(sum: Double, count: Double)]) {
    while blocks.count > 1 {
      let (last, before) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
      guard before.sum * last.count >= last.sum * before.count else { return }
      blocks.removeLast()
      blocks[blocks.count - 1] = (before.sum + last.sum, before.count + last.count)
    }
  }
}
