import Experience
import Foundation
import Testing

@Suite("Refinement")
struct RefinementTests {
  func assess(
    _ values: [Double], floor: Double = 1e-16, order: Double = 6, allowed: Double = 1e-6
  ) -> Refinement {
    Refinement.assess(
      coarse: values[0], middle: values[1], fine: values[2], floor: floor, designOrder: order,
      allowed: allowed)
  }

  // Exact model f = 1 + c·h^p. Fails if the order is not found, if the band does not cover the
  // error of the finest value, or if it is wider than the safety factor of 2 says.
  @Test("covers the error of an exact model", arguments: [2.0, 4, 6])
  func exactModel(order: Double) throws {
    let levels = [0.2, 0.1, 0.05].map { 1 + 0.5 * pow($0, order) }
    let result = assess(levels, order: order, allowed: 1)
    let error = levels[2] - 1
    let observed = try #require(result.order)
    // differences of the two finest levels carry 2 ulp of 1 each
    #expect(abs(observed - order) < 8 * 1.1e-16 / (levels[1] - levels[2]))
    #expect(result.halfWidth > error && result.halfWidth < 2 * error * 1.0001 + 1e-16)
    #expect(result.status == .converged && result.value == levels[2])
  }

  // Fails if a ratio other than 2 is taken for 2: the order would come out half as large, the band half.
  @Test("levels whose steps have another ratio", arguments: [1.4142135623730951, 4.0 / 3])
  func otherRatio(_ ratio: Double) throws {
    let levels = (0..<3).map { 1 + 0.5 * 0.2 / pow(ratio, Double($0)) }
    let result = Refinement.assess(
      coarse: levels[0], middle: levels[1], fine: levels[2], floor: 0, designOrder: 1, allowed: 1,
      ratio: ratio)
    #expect(abs(try #require(result.order) - 1) < 1e-10)
    let error = levels[2] - 1
    #expect(abs(result.halfWidth / (2 * error) - 1) < 1e-10)
  }

  // A mesh that is not yet asymptotic: order 4 observed, 6 designed. Fails if the optimistic design
  // order is used (the band would be 1/63 of the difference; the truth is 1/15 of it).
  @Test("uses the smaller order where the mesh is not asymptotic")
  func preasymptotic() throws {
    let levels = [0.2, 0.1, 0.05].map { (h: Double) in 1 + 1e-4 * h * h * h * h }
    let result = assess(levels)
    #expect(result.status == .converged)
    #expect(result.halfWidth > 2 * (levels[2] - 1))
  }

  // Fails if differences at rounding level are read as an order.
  @Test("rounding noise gives the floor")
  func noise() {
    let result = assess([1, 1 + 0x1p-52, 1 - 0x1p-52])
    #expect(result.order == nil && result.status == .converged)
    #expect(result.halfWidth == 0x1p-51)
    #expect(assess([1, 1, 1]).halfWidth == 1e-16)
    // a floor above what was asked for is not converged
    #expect(assess([1, 1, 1], floor: 1e-3).status == .unresolved)
  }

  // A method of order 1 whose differences shrink by a factor of 5: the fine difference may be small by
  // chance. Fails if the band is taken from it alone, or an infinite order reaches a record.
  @Test("a low order that comes out higher keeps the coarse difference in its band")
  func lowOrder() {
    let quick = assess([1.5, 1.1, 1.02], order: 1, allowed: 1)
    #expect(quick.status == .converged && abs(quick.halfWidth - 2.5 * 0.2) < 1e-12)
    let equal = assess([1.5, 1, 1], order: 1, allowed: 0.1)
    #expect(equal.order == nil && equal.status == .unresolved)
    #expect(abs(equal.halfWidth - 2.5 * 0.25) < 1e-12)
    // growing differences are no order at all
    let worse = assess([1.1, 1.2, 1.4], order: 1, allowed: 10)
    #expect(worse.status == .unresolvedOrder && worse.halfWidth > 0.899)
  }

  // Fails if a jump between levels is smoothed over. The band must reach every level.
  @Test("a jump is not converged")
  func jump() {
    let result = assess([1, 2, 2])
    #expect(result.status == .unresolved && result.halfWidth >= 3)
    let wide = assess([1, 2, 1.5], allowed: 10)
    #expect(wide.status == .unresolvedOrder && wide.halfWidth >= 3)
    let growing = assess([1, 1.1, 1.3], allowed: 1e-6)
    #expect(growing.status == .unresolved && growing.halfWidth >= 0.9)
  }

  // Fails if an outcome that occurs on some levels only gets a finite band.
  @Test("levels that disagree about what happens are unresolved")
  func nonfinite() {
    for values in [[.nan, 1, 1], [1, .nan, 1], [1, 1, .nan], [1, 1, .infinity]] as [[Double]] {
      let result = assess(values)
      #expect(result.status == .unresolved && result.halfWidth == .infinity)
    }
  }
}

@Suite("Rounding of records")
struct QuantumTests {
  // Fails if the last digit kept is not the second figure of the band, digits are made up beyond
  // twelve, or a value whose band is not known looks sharp.
  @Test(
    "keeps two figures of the band",
    arguments: [
      (4.42869, 3.2e-6, 7), (0.001234, 1e-9, 10), (1234.5, 0.5, 2), (1e6, 3e4, -3), (1.0, 0, 11),
      (123.0, 1e-30, 9), (0, 0, 12), (0, 1e-3, 4), (5.0, .infinity, 1), (0.0123, .infinity, 3),
    ] as [(Double, Double, Int)])
  func places(value: Double, halfWidth: Double, places: Int) {
    #expect(Quantum.places(value: value, halfWidth: halfWidth) == places)
  }

  // Fails if the result is not the double nearest to its decimal: bytes would differ from text.
  @Test(
    "rounds to the nearest decimal",
    arguments: [
      (1.23456789, 4, 1.2346), (-1.23456789, 4, -1.2346), (0.1 + 0.2, 12, 0.3), (1234.5, -2, 1200),
      (1.5e-30, 31, 1.5e-30), (2.5, 0, 3), (1e300, 3, 1e300), (7, 25, 7),
    ] as [(Double, Int, Double)])
  func rounds(value: Double, places: Int, expected: Double) {
    #expect(Quantum.round(value, places: places) == expected)
  }

  // Fails if rounding twice changes a value: a record that is read and written again must not move.
  @Test("rounding again changes nothing")
  func idempotent() {
    let random = CounterRandom(seed: 11)
    for index in 0..<(2000 as UInt64) {
      let value = pow(10, 16 * random.uniform(stream: 0, index: index) - 8)
      // up to the twelve significant digits that a record keeps
      let digits = 1 + Int(12 * random.uniform(stream: 1, index: index))
      let places = digits - 1 - Int(floor(log10(value)))
      let once = Quantum.round(value, places: places)
      #expect(Quantum.round(once, places: places) == once)
      // the product value·10^places rounds by 1e12·2^-53 = 1.1e-4 units
      let half = 0.5002 * pow(10, -Double(places))
      #expect(abs(once - value) <= half)
    }
    #expect(
      Quantum.round(.nan, places: 3).isNaN && Quantum.round(.infinity, places: 3) == .infinity)
  }
}
