import Experience
import Foundation
import Testing

@testable import Viewer

@Suite("Flat pictures")
struct PictureTests {
  // Fails if a number gets digits that its band does not allow, or loses its unit or its sign.
  @Test("numbers as people read them")
  func values() {
    #expect(ValueText.banded(0.64, 1e-6, "m") == "0.64 ± 1e−6 m")
    #expect(ValueText.banded(0.123456, 0.002, "m/s") == "0.123 ± 0.002 m/s")
    #expect(ValueText.banded(31.38, 0.6, "N") == "31.4 ± 0.6 N")
    #expect(ValueText.banded(7, 0, "1") == "7")
    #expect(ValueText.difference(0.0213, "m") == "+0.021 m")
    #expect(ValueText.difference(-0.5, "1") == "−0.5")
    #expect(ValueText.quantity(1_234_567, "Pa") == "1.23e6 Pa")
    #expect(ValueText.quantity(.nan, "m") == "no number m")
    #expect(ValueText.length(0.2) == "20 cm" && ValueText.length(0.005) == "5 mm")
    #expect(ValueText.length(2000) == "2 km" && ValueText.length(2e-5) == "20 µm")
  }

  // Fails if a square of the grid has a length that nobody can count in.
  @Test("grid steps are 1, 2 or 5 times a power of ten", arguments: [0.03, 0.2, 1, 4.99, 7e3])
  func gridSteps(limit: Double) {
    let step = ValueText.roundStep(below: limit)
    #expect(step <= limit * 1.000001 && step > 0.4 * limit * 0.999)
    let mantissa = step / pow(10, floor(log10(step) + 1e-9))
    #expect([1, 2, 5].contains { abs($0 - mantissa) < 1e-6 })
  }

  // Fails if text is cut by its plate: widths come from a table, not from the font.
  @Test("widths follow the font, long text is shortened")
  func widths() {
    // 0.612 + 0.634 em, from the font file
    #expect(abs(Typeface.body.width(of: "ab") - 13 * 1.246) < 0.2)
    let short = Typeface.body.fitted("a long line of words", to: 60)
    #expect(short.hasSuffix("…") && Typeface.body.width(of: short) <= 60)
    let lines = Typeface.body.wrapped("one two three four five six seven", to: 70, lines: 2)
    #expect(lines.count == 2 && lines.allSatisfy { Typeface.body.width(of: $0) <= 70 })
  }

  // Fails if two labels hide each other.
  @Test("plates of text do not overlap")
  func plates() {
    var picture = Picture()
    for _ in 0..<5 { picture.tag("12.3 N", Spot(100, 100), .dark) }
    let plates = picture.items.compactMap { item -> (Spot, Spot)? in
      if case .panel(let corner, let size, _, _) = item { (corner, corner + size) } else { nil }
    }
    #expect(plates.count == 5)
    for (index, one) in plates.enumerated() {
      for other in plates.dropFirst(index + 1) {
        #expect(one.1.y <= other.0.y || one.0.y >= other.1.y)
      }
    }
  }

  // Fails if someone cannot read a text on what lies behind it (WCAG 2.1 asks for 4.5).
  @Test("text has a contrast of 4.5", arguments: Theme.Kind.allCases)
  func contrast(kind: Theme.Kind) {
    let theme = Theme.named(kind)
    for ground in [theme.skyTop, theme.skyBottom, theme.floor] {
      // a plate lets a little of the ground through
      let plate = ground.mixed(with: theme.panel.opacity(1), theme.panel.alpha)
      for ink in [theme.text, theme.faint, theme.warning, theme.good, theme.accent] {
        #expect(ink.contrast(to: plate) >= 4.5, "\(ink.hex) on \(plate.hex)")
      }
    }
  }

  // Fails if a state or a kind is told by colour alone.
  @Test("states of contacts differ by colour and by shape")
  func states() throws {
    var forms: [String] = []
    var colours: Set<Colour> = []
    for state in ContactMark.State.allCases {
      let overlay = try overlay(of: Samples.slide(), at: 0.5)
      var picture = Picture()
      overlay.addMark(state, at: Spot(50, 50), to: &picture)
      forms.append(picture.items.map { "\($0)".prefix(5) }.joined())
      colours.insert(state.colour)
    }
    #expect(Set(forms).count == 3 && colours.count == 3)
  }

  // Fails if an outcome is told before it is known, or its band or tier is left out.
  @Test("outcomes appear when they are known")
  func outcomes() throws {
    let recording = Samples.slide()
    let before = words(try overlay(of: recording, at: 0.5))
    let after = words(try overlay(of: recording, at: 1.5))
    #expect(before.contains("at 1.000 s") && !before.contains("0.5 ± 2e−6 m"))
    #expect(after.contains("0.5 ± 2e−6 m") && after.contains("converged · T0"))
    #expect(after.contains("0.25 ± 0.01 m") && after.contains("unresolved · T2"))
    #expect(before.contains { $0.contains("friction lies outside") })
  }

  // Fails if a pulled run can be taken for a truth.
  @Test("a perturbed run says so")
  func perturbed() throws {
    var recording = Samples.slide()
    #expect(!words(try overlay(of: recording, at: 0)).contains { $0.contains("PERTURBED") })
    recording.notes.isPerturbed = true
    #expect(words(try overlay(of: recording, at: 0)).contains { $0.contains("PERTURBED") })
  }

  // Fails if a force is drawn off the picture or invisibly small.
  @Test("a weight is a seventh of the picture, an arrow never longer than a third")
  func forceScale() throws {
    let overlay = try overlay(of: Samples.slide(), at: 0.5)
    let weight = 8 * 9.80665
    #expect(abs(overlay.pointsPerNewton(on: 1) * weight - 0.14 * 720) < 1e-9)
    var picture = Picture()
    overlay.addArrow(
      from: overlay.lens.camera.target, along: overlay.lens.camera.above, points: 1e9,
      colour: Palette.orange, to: &picture)
    for item in picture.items {
      guard case .path(let spots, _, _, _) = item else { continue }
      // perspective makes a metre at the tip at most a little longer than at the foot
      #expect(abs(spots[1].y - spots[0].y) <= 720 / 3 * 1.1)
    }
  }

  private func overlay(of recording: Recording, at time: Double) throws -> Overlay {
    try Instant(
      recording, index: Instant.index(at: time, in: recording.times),
      options: PictureOptions(layers: .all), bounds: Bounds(of: recording), memory: Trails()
    ).overlay
  }

  private func words(_ overlay: Overlay) -> [String] {
    overlay.picture().items.compactMap {
      if case .text(let text, _, _, _, _) = $0 { text } else { nil }
    }
  }
}
