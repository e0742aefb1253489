import Experience
import Testing

@Suite("Spelling")
struct SpellingTests {
  // Worked by hand. Fails if an exchange of neighbours counts as two substitutions, or if the
  // restricted form is replaced by the unrestricted one (`ca` to `abc` would be 2).
  @Test(
    "counts edits",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("heihgt", "height", 1),
      ("ca", "abc", 3),
      ("abcd", "badc", 2), ("µm", "um", 1),
    ])
  func distance(a: String, b: String, expected: Int) {
    #expect(Spelling.distance(a, b) == expected)
    #expect(Spelling.distance(b, a) == expected)
  }

  // Fails if a far word is offered, or if the order of a dictionary decides a tie.
  @Test("offers a near word only")
  func nearest() {
    let keys = ["height", "weight", "velocity", "spin", "kg"]
    #expect(Spelling.nearest(to: "heihgt", among: keys) == "height")
    #expect(Spelling.nearest(to: "eight", among: keys) == "height")
    #expect(Spelling.nearest(to: "VELOCITY", among: keys) == "velocity")
    #expect(Spelling.nearest(to: "colour", among: keys) == nil)
    // short words: two edits of three letters are another word
    #expect(Spelling.nearest(to: "lbs", among: keys) == nil)
    #expect(Spelling.nearest(to: "kgs", among: keys) == "kg")
    #expect(Spelling.nearest(to: "x", among: []) == nil)
  }
}
