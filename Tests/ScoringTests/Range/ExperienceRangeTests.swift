import Experience
import Foundation
import Scoring
import Testing

@Suite("Experience range")
struct ExperienceRangeTests {
  static let train = [
    [0.0, 0.0], [1.1, 0.0], [0.0, 0.9], [1.0, 1.2], [0.5, 0.5], [1.8, 0.4], [4.0, 4.0],
  ]
  static let queries = [[0.6, 0.5], [2.2, 2.2], [5.0, 5.0]]

  private func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-12 * max(1, abs(b)) }

  // Worked example `range.aoa`. Fails if distances are squared, the outlier moves the threshold, or
  // the hinges are another kind of quartile.
  @Test("meets the worked area of applicability")
  func areaOfApplicability() {
    let index = DissimilarityIndex(ExperienceRangeTests.train)
    #expect(close(index.meanDistance, 2.195439395134897))
    let own = [
      0.3220798454985818, 0.35574881698917316, 0.2916557046221453, 0.3918270431926026,
      0.2916557046221453, 0.36722752475721016, 1.8691733940961246,
    ]
    for (one, expected) in zip(index.own, own) { #expect(close(one, expected)) }
    #expect(close(index.threshold, 0.3918270431926026))
    let places = ExperienceRangeTests.queries.map { index.place(of: $0).di }
    for (di, expected) in zip(
      places, [0.04554896856711253, 0.7114976339783463, 0.6441596909971636])
    {
      #expect(close(di, expected))
    }
    #expect(places.map { $0 <= index.threshold } == [true, false, false])
  }

  // Worked example `range.mahalanobis`: the second query lies in a gap and passes, which is why it is
  // only a diagnostic.
  @Test("meets the worked Mahalanobis distances")
  func mahalanobis() throws {
    let distance = try #require(Mahalanobis(ExperienceRangeTests.train))
    let expected = [0.18592127644162923, 0.7410474993943, 8.584569503175869]
    for (query, value) in zip(ExperienceRangeTests.queries, expected) {
      #expect(close(distance.square(query), value))
    }
    #expect(close(ChiSquare.quantile(0.95, degrees: 2), 5.991464547107979))
    #expect(Mahalanobis([[1, 2], [1, 3], [1, 4]]) == nil)
  }

  /// The ledger of `range.ledger`: a 5 × 5 grid, a duplicate, and one with friction instead.
  static func grid() -> [Experienced] {
    var list: [Experienced] = []
    for (i, height) in [0.6, 0.8, 1.0, 1.2, 1.4].enumerated() {
      for (j, e) in [0.3, 0.45, 0.6, 0.75, 0.9].enumerated() {
        list.append(instance("L\(5 * i + j)", height, e))
      }
    }
    list.append(instance("L25", 1.0, 0.6))
    list.append(instance("L26", 0.2, 0.4, ["gravity", "friction"]))
    return list
  }

  static func instance(
    _ id: String, _ height: Double, _ e: Double, _ mechanisms: [String] = ["gravity", "impact"]
  ) -> Experienced {
    Experienced(
      id: id, template: "ball-drop@1.0.0", mechanisms: mechanisms,
      descriptors: [NamedNumber("log10-h-over-d", height), NamedNumber("e", e)])
  }

  // Worked example `range.ledger`, all seven queries.
  @Test("meets the worked ledger")
  func ledger() throws {
    let range = ExperienceRange(ExperienceRangeTests.grid())
    let findings = range.findings(of: [
      ExperienceRangeTests.instance("q0", 1.05, 0.62),
      ExperienceRangeTests.instance("q1", 1.55, 0.9),
      ExperienceRangeTests.instance("q2", 1.62, 0.95),
      ExperienceRangeTests.instance("q3", 2.4, 0.6),
      ExperienceRangeTests.instance("q4", 1.05, 0.62, ["gravity", "impact", "drag"]),
      ExperienceRangeTests.instance("q5", 1.0, 0.6, ["gravity", "impact", "friction"]),
      ExperienceRangeTests.instance("q6", 0.2, 0.4, ["gravity", "friction"]),
    ])
    #expect(findings.map(\.label) == [.inside, .inside, .edge, .out, .out, .out, .out])
    let di = [0.10676862105442873, 0.2826228204381936, 0.43312737695690773, 1.8841521362546225]
    for (finding, expected) in zip(findings, di) {
      #expect(close(try #require(finding.di), expected))
      #expect(close(try #require(finding.threshold), 0.37683042725092447))
      #expect(close(try #require(finding.meanDistance), 1.83854665898891))
      #expect(finding.candidates == 25)
      #expect(close(finding.scale[0].value, 0.2886751345948129))
      #expect(close(finding.scale[1].value, 0.21650635094610965))
    }
    #expect(
      findings[4...].map(\.reason) == [.unknownMechanism, .unseenCombination, .tooFew])
    #expect(findings[4].newMechanisms == ["drag"])
    #expect(findings[6].candidates == 1)
    // what leads out is the height, and the nearest experience is at its end of the grid
    #expect(findings[3].lever?.name == "log10-h-over-d")
    #expect(findings[3].nearest.count == 3)
    #expect(findings[3].nearest[0] == "L22")
  }

  // Fails if repeats count twice, an order leaks in, or a duplicated experience is out of range.
  @Test("is the same for a duplicated and a shuffled ledger")
  func invariance() {
    let grid = ExperienceRangeTests.grid()
    let queries = (0..<40).map {
      ExperienceRangeTests.instance("q\($0)", 0.4 + 0.05 * Double($0), 0.5)
    }
    let findings = ExperienceRange(grid).findings(of: queries)
    let copies = grid.map {
      Experienced(
        id: $0.id + "-again", template: $0.template, mechanisms: $0.mechanisms,
        descriptors: $0.descriptors)
    }
    var random = SplitMix64(seed: 3)
    let shuffled = (grid + copies).shuffled(using: &random)
    let again = ExperienceRange(shuffled).findings(of: queries)
    #expect(again.map(\.label) == findings.map(\.label))
    #expect(again.map(\.di) == findings.map(\.di))
    for query in queries {
      let more = ExperienceRange(grid + [query]).finding(of: query)
      #expect(more.label == .inside)
      #expect(more.di == 0)
    }
  }

  // A descriptor that never varied has the floor as its scale: no division by zero, and a small
  // departure from it is seen.
  @Test("gives a constant descriptor its floor")
  func constant() throws {
    let ledger = (0..<30).map {
      ExperienceRangeTests.instance("L\($0)", 0.5 + 0.03 * Double($0), 0.7)
    }
    let range = ExperienceRange(ledger)
    let inside = range.finding(of: ExperienceRangeTests.instance("q", 0.9, 0.7))
    #expect(inside.label == .inside)
    #expect(inside.scale[1].value == 0.02)
    #expect(inside.mahalanobis == nil)
    let outside = range.finding(of: ExperienceRangeTests.instance("q", 0.9, 0.5))
    #expect(outside.label == .out)
    #expect(outside.lever?.name == "e")
  }

  @Test("finds everything out of an empty ledger")
  func empty() {
    let finding = ExperienceRange([]).finding(of: ExperienceRangeTests.instance("q", 1, 0.5))
    #expect(finding.label == .out)
    #expect(finding.reason == .unknownMechanism)
    let bare = Experienced(id: "q", template: "t", mechanisms: [String](), descriptors: [])
    #expect(ExperienceRange([]).finding(of: bare).reason == .tooFew)
  }

  // Known families: a box of three log-uniform groups and one uniform. Fails below the goals: 95 % of
  // queries outside by a factor of two flagged, at most 10 % of those inside.
  @Test("tells the inside of a known family from its outside", arguments: [50, 300, 1500])
  func families(size: Int) {
    var random = SplitMix64(seed: 11)
    func number() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    func draw(_ id: String, _ shift: [Double]) -> Experienced {
      Experienced(
        id: id, template: "family@1.0.0", mechanisms: ["gravity", "impact"],
        descriptors: [
          NamedNumber("log10-h-over-d", 0.5 + 1.3 * number() + shift[0]),
          NamedNumber("e", 0.3 + 0.6 * number()),
          NamedNumber("log10-reynolds", 3 + 2 * number() + shift[1]),
        ])
    }
    let range = ExperienceRange((0..<size).map { draw("L\($0)", [0, 0]) })
    let inside = range.findings(of: (0..<1000).map { draw("i\($0)", [0, 0]) })
    let flagged = inside.count { $0.label != .inside }
    // a factor of two beyond the end of the first group, on either side
    var outside: [Experienced] = []
    for index in 0..<1000 {
      let isAbove = index.isMultiple(of: 2)
      let beyond = 0.30103 * (1 + number())
      outside.append(
        Experienced(
          id: "o\(index)", template: "family@1.0.0", mechanisms: ["gravity", "impact"],
          descriptors: [
            NamedNumber("log10-h-over-d", isAbove ? 1.8 + beyond : 0.5 - beyond),
            NamedNumber("e", 0.3 + 0.6 * number()),
            NamedNumber("log10-reynolds", 3 + 2 * number()),
          ]))
    }
    let found = range.findings(of: outside).count { $0.label != .inside }
    #expect(flagged <= 100, "\(flagged) of 1000 inside flagged with \(size) experiences")
    if size >= 300 { #expect(found >= 950, "\(found) of 1000 outside flagged, \(size)") }
  }

  @Test("takes hinges as Tukey did")
  func hinges() {
    // depth of the hinges of 7 values: (7 + 3)/2/2 = 2.5
    #expect(TukeyFence.upper([1, 2, 3, 4, 5, 6, 100]) == 6)
    #expect(TukeyFence.upper([1, 1]) == 1)
    #expect(TukeyFence.upper([1, 2, 3, 4, 5, 6, 9]) == 9)
  }
}
