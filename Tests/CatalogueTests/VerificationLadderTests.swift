import Catalogue
import Experience
import Testing

@Suite("Verification ladder")
struct VerificationLadderTests {
  /// The slow cases of the contact engine take tens of seconds: `verify --full` runs them.
  static let judged = VerificationLadder.cases.filter { item in
    item.waits == nil && (!item.isSlow || item.id.hasPrefix("BD"))
  }.map(\.id)

  // Fails if the models miss a reference value, or if a case would also pass with a wrong one: each
  // computed number is moved by three times its tolerance and band, and must then fail.
  @Test("every case passes, and fails when perturbed", arguments: judged)
  func passes(id: String) throws {
    let item = try #require(VerificationLadder.cases.first { $0.id == id })
    let rows = try item.rows()
    #expect(!rows.isEmpty && !item.source.isEmpty)
    for row in rows {
      #expect(row.verdict == .pass, "\(id) \(row.quantity): \(row.got), expected \(row.expected)")
      // a value that is exactly zero has no relative error
      guard row.got != 0 else { continue }
      let shift = 3 * (row.allowed + row.band) / abs(row.got)
      #expect(row.perturbed(by: shift).verdict == .fail, "\(id) \(row.quantity)")
      #expect(row.perturbed(by: -shift).verdict == .fail, "\(id) \(row.quantity)")
      #expect(row.perturbed(by: .nan).verdict == .fail)
    }
  }

  // Fails if a case is registered twice or waits without a reason.
  @Test("cases have one id each, and a reason to wait")
  func ids() {
    let ids = VerificationLadder.cases.map(\.id)
    #expect(Set(ids).count == ids.count && ids == ids.sorted())
    #expect(VerificationLadder.cases.allSatisfy { $0.waits.map { $0.count > 20 } ?? true })
  }

  // Fails if a wide band counts as agreement: only the width of the band would let it pass.
  @Test("a band wider than the tolerance is no pass")
  func unresolved() {
    func verdict(_ got: Double, band: Double) -> VerificationRow.Verdict {
      VerificationRow("x", "m", expected: 1, got: got, band: band, within: .relative(1e-3)).verdict
    }
    #expect(verdict(1.0005, band: 1e-6) == .pass && verdict(1.0015, band: 6e-4) == .pass)
    #expect(verdict(1.0017, band: 6e-4) == .fail && verdict(1, band: 2e-3) == .unresolved)
  }
}
