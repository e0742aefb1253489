import Foundation
import RigidBody
import Testing

@Suite("Drag of a sphere")
struct SphereDragTests {
  // Cd Re by mpmath 1.3 with 30 digits, from the formulas as their authors print them
  static let references: [(SphereDrag, Double, Double)] = [
    (.schillerNaumann, 1e-3, 24.0312825754543069), (.schillerNaumann, 100, 109.173109109487296),
    (.cliftGauvin, 1e-3, 24.0312825754575792), (.cliftGauvin, 1, 27.6000098821204207),
    (.cliftGauvin, 100, 109.37857067991491), (.cliftGauvin, 5e4, 24364.9577307675579),
    (.cliftGauvin, 3e5, 144543.839197509485),
    (.morrison, 1e-3, 24.0001289435000458), (.morrison, 1, 24.6729317683780257),
    (.morrison, 100, 103.818663878734031), (.morrison, 5e4, 20329.9005812846304),
    (.morrison, 3e5, 50394.8124873788581), (.morrison, 1e6, 141455.764377847613),
  ]

  // Fails if an exponent or a constant has a wrong digit, or the shared powers lose accuracy.
  // A power from exp(p ln Re), p ln Re < 21, is good to 1.8e-15 and the twelfth power adds as
  // much; 5e-15 is their sum rounded up.
  @Test("meets 18 digits", arguments: references)
  func meetsReference(law: SphereDrag, reynolds: Double, expected: Double) {
    let computed = law.coefficientTimesReynolds(reynolds)
    #expect(abs(computed - expected) < 5e-15 * expected)
    #expect(abs(law.coefficient(reynolds) * reynolds - computed) <= 2 * computed.ulp)
  }

  // Fails if rest is not a number, or is not the limit of Stokes.
  @Test("is 24 at rest", arguments: [SphereDrag.stokes, .schillerNaumann, .cliftGauvin, .morrison])
  func rest(law: SphereDrag) {
    #expect(law.coefficientTimesReynolds(0) == 24)
    #expect(law.coefficient(0) == .infinity)
    #expect(abs(law.coefficientTimesReynolds(1e-300) - 24) < 1e-12)
  }

  // Fails if the third term of Morrison or a power of Clift and Gauvin overflows to no number.
  @Test("stays a number", arguments: [SphereDrag.schillerNaumann, .cliftGauvin, .morrison])
  func overflow(law: SphereDrag) {
    for exponent in stride(from: -320.0, through: 150, by: 10) {
      #expect(law.coefficientTimesReynolds(pow(10, exponent)).isFinite)
    }
    #expect(law.coefficientTimesReynolds(1e308) > 0)
  }

  // Fails if none or constant are not what they say.
  @Test("has two trivial laws")
  func trivial() {
    #expect(SphereDrag.none.coefficientTimesReynolds(1e4) == 0)
    #expect(SphereDrag.none.coefficient(0) == 0)
    #expect(SphereDrag.constant(0.5).coefficientTimesReynolds(1e4) == 5e3)
    #expect(SphereDrag.constant(0.5).coefficient(0) == 0.5)
    #expect(SphereDrag.constant(0.5).validReynolds.upperBound == .infinity)
  }

  // Fails if a range or a name moves: scenes and provenance depend on both.
  @Test("declares its range and name")
  func declares() {
    let laws: [SphereDrag] = [
      .none, .stokes, .schillerNaumann, .cliftGauvin, .morrison, .constant(1),
    ]
    #expect(
      laws.map(\.name) == [
        "none", "stokes", "schiller-naumann", "clift-gauvin", "morrison", "constant",
      ])
    #expect(laws.map(\.validReynolds.upperBound) == [.infinity, 0.1, 800, 3e5, 1e6, .infinity])
    #expect(laws.map(\.isSmoothAtRest) == [true, true, false, false, false, true])
  }

  // Fails if a term of one law is lost where two are valid. They differ by up to 19 % (Re = 3e4).
  @Test("agrees with the other valid law", arguments: [1.0, 30, 300, 3e3, 3e4, 1e5])
  func overlap(reynolds: Double) {
    let clift = SphereDrag.cliftGauvin.coefficient(reynolds)
    let morrison = SphereDrag.morrison.coefficient(reynolds)
    #expect(abs(clift / morrison - 1) < 0.2)
  }
}
