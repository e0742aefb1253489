// One brick test run to its end, with what is watched on the way.
//
// Discretisation  the grid runs until the cracks are at rest and strict and lenient counting of pieces
//                 (mean opening 0.95 and 0.5) agree, at most for 15 transits back and forth;
//                 bending ends when the force has fallen to a twentieth of its peak and the brick is
//                 in two, counted leniently, because the bar holds the last row of faces shut
// Checked by      BrickBreakSceneTests

import Experience
import Foundation
import Fracture
import LinearAlgebra

struct BrickBreakRun {
  private(set) var test: BrickTest
  /// Work of fracture on the way: s, J.
  private(set) var work: [(time: Double, work: Double)] = []
  private(set) var pieces: Pieces
  /// Pieces by lenient counting.
  private(set) var lenient: Pieces
  private(set) var isSettled = false
  /// Largest lack of the balance of energy, in J.
  private(set) var residual = 0.0

  /// Steps between two looks.
  static let stride = 32
  /// Transits, there and back, after which a run ends in any case.
  static let transits = 15.0
  /// After a fall, whose pieces would bounce on.
  static let fallTransits = 8.0
  static let lenientOpening = 0.5
  /// Part of the peak at which bending is over.
  static let fallen = 0.05

  /// `look`: called after each stride.
  init(
    _ model: BrickBreakModel, _ values: [Double], level: Int,
    look: (BrickTest) -> Void = { _ in }
  ) throws(RunFailure) {
    BLAS.useOneThread()
    do {
      test = try BrickTest(setup: model.setup(values, level: level))
    } catch {
      throw RunFailure(code: "R301", "\(error)")
    }
    pieces = test.pieces()
    lenient = pieces
    let platen = model.platen(values)
    let limit =
      model.bendingLimit(values)
      ?? (model.test.name == "fall" ? BrickBreakRun.fallTransits : BrickBreakRun.transits)
      * test.quietTime
    var next = 0.0
    look(test)
    while test.time < limit {
      test.runSteps(BrickBreakRun.stride)
      work.append((test.time, test.fractureWork))
      residual = max(residual, abs(test.ledger.residual))
      look(test)
      guard test.solid.position[0].x.isFinite else {
        throw RunFailure(
          code: "R302", "the elements have lost their way at \(JSON.text(of: test.time)) s")
      }
      if platen != nil {
        guard test.firstOpening != nil, test.toolForce < BrickBreakRun.fallen * test.peak.force,
          test.time - test.lastSoftening > test.quietTime
        else { continue }
        count()
        guard lenient.count >= 2 else { continue }
        isSettled = true
        break
      }
      guard test.isSettled, test.time >= next else { continue }
      count()
      if pieces.count == lenient.count {
        isSettled = true
        break
      }
      // another look after a transit, not after each stride
      next = test.time + test.quietTime
    }
    count()
    if platen != nil { pieces = lenient }
  }

  private mutating func count() {
    pieces = test.pieces()
    lenient = test.pieces(cut: BrickBreakRun.lenientOpening)
  }

  /// When half of the work of fracture was done, in s; nil without cracks.
  var halfWork: Double? {
    let half = 0.5 * test.fractureWork
    guard half > 0, let index = work.firstIndex(where: { $0.work >= half }) else { return nil }
    guard index > 0 else { return work[0].time }
    let (a, b) = (work[index - 1], work[index])
    return a.time + (b.time - a.time) * (half - a.work) / max(b.work - a.work, 1e-300)
  }
}
