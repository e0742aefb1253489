import Experience
import Testing

@testable import Scoring

@Suite("Worked traces")
struct WorkedTraceTests {
  /// 1e-12 relative; differences of numbers of size 1 may round to 1e-15 of it.
  private func isNear(_ got: Double?, _ expected: Double?) -> Bool {
    guard let got, let expected else { return got == nil && expected == nil }
    return abs(got - expected) <= 1e-12 * max(abs(expected), 1e-3)
  }

  // The numbers of five traces worked out apart: verdict, ε, tolerance, recomputed value, law residual
  // and cause of every line. Fails if s_G has n for n − 1, the residual uses stated inputs, a cause is
  // looked for in another order, or `%` and mm are not converted.
  @Test("agrees line by line", arguments: WorkedTrace.all.map(\.id))
  func lines(_ id: String) throws {
    let worked = try #require(WorkedTrace.all.first { $0.id == id })
    let score = try worked.score()
    #expect(score.claims.count == worked.claims.count)
    for (got, expected) in zip(score.claims, worked.claims) {
      #expect(got.line == expected.line)
      #expect(got.verdict == expected.verdict, "line \(got.line)")
      #expect(got.cause == expected.cause, "line \(got.line)")
      for (one, other) in [
        (got.stated, expected.stated), (got.simulated, expected.simulated),
        (got.tolerance, expected.tolerance), (got.distance, expected.distance),
      ] where expected.verdict != .given && expected.verdict != .answer {
        #expect(isNear(one, other), "line \(got.line): \(String(describing: one))")
      }
      if let recomputed = expected.recomputed {
        #expect(isNear(got.recomputed, recomputed), "line \(got.line)")
      }
      if let residual = expected.residual {
        #expect(isNear(got.lawResidual, residual), "line \(got.line)")
      }
    }
  }

  // Fails if the answer is recomputed with simulated values, δ has another denominator, or the answer
  // counts as right by closeness instead of by its loss.
  @Test("agrees on coherence, loss and cell", arguments: WorkedTrace.all.map(\.id))
  func whole(_ id: String) throws {
    let worked = try #require(WorkedTrace.all.first { $0.id == id })
    let score = try worked.score()
    #expect(score.share == worked.share)
    #expect(score.firstWrong?.line == worked.firstWrong?.line)
    #expect(score.firstWrong?.cause == worked.firstWrong?.cause)
    #expect(isNear(score.firstWrong?.distance, worked.firstWrong?.distance))
    #expect(isNear(score.coherence?.answer, worked.implied))
    #expect(isNear(score.coherence?.delta, worked.delta))
    #expect(isNear(score.coherence?.score, worked.coherence))
    #expect(isNear(worked.loss(worked.outcome.final), worked.loss))
    #expect(isNear(score.normalisedFromClaims, worked.lossFromClaims))
    #expect(score.cell == worked.cell)
  }

  // The share of right answers that were earned, with exact intervals.
  @Test("agrees on the table")
  func table() throws {
    let table = TraceTable(counts: [
      .earned: 41, .unconnected: 2, .unfaithful: 4, .compensating: 3, .slip: 2,
      .consistentError: 6, .confused: 1, .noWorking: 1,
    ])
    #expect(table.rightWithWorking == 50)
    let earned = try #require(table.earnedShare.interval)
    #expect(table.earnedShare.value == 0.82)
    #expect(abs(earned.lowerBound - 0.6856305887143497) < 1e-8)
    #expect(abs(earned.upperBound - 0.9142379218903364) < 1e-8)
    let wrong = try #require(table.rightAnswerWrongWorking.interval)
    #expect(abs(try #require(table.rightAnswerWrongWorking.value) - 0.14) < 1e-15)
    #expect(abs(wrong.lowerBound - 0.05819170034037209) < 1e-8)
    #expect(abs(wrong.upperBound - 0.2673960024970084) < 1e-8)
  }
}
