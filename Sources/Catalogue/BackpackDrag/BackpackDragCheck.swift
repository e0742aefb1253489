// What only several values together can tell to be wrong.

import Experience

enum BackpackDragCheck {
  static func check(_ scene: SceneSection, _ reader: inout TableReader) {
    guard let pack = scene.section("pack"), let floor = scene.section("floor"),
      let pull = scene.section("pull")
    else { return }
    checkCentre(pack, &reader)
    checkFriction(floor, &reader)
    checkHeight(pack, pull, &reader)
    checkTimes(pull, scene, &reader)
    checkMargins(pull, &reader)
  }

  /// Ends of a law; of a normal one the centre, because its tails are cut when they are drawn.
  private static func ends(_ quantity: Quantity) -> ClosedRange<Double> {
    if case .normal(let mean, _) = quantity.law { return mean...mean }
    return quantity.law.extremes
  }

  private static func figures(_ value: Double) -> String {
    JSON.text(of: Quantum.round(value, places: 6))
  }

  private static func checkCentre(_ pack: SceneSection, _ reader: inout TableReader) {
    guard let size = pack.vector("size"), let centre = pack.vector("centre-of-mass") else { return }
    for (axis, (edge, offset)) in zip(["x", "y", "z"], zip(size, centre)) {
      let half = 0.5 * ends(edge).lowerBound
      let range = ends(offset)
      let worst = max(abs(range.lowerBound), abs(range.upperBound))
      guard worst >= half else { continue }
      reader.report(
        "011",
        "the centre of mass lies outside the pack: \(figures(worst)) m from its middle along \(axis)",
        at: pack.entry("centre-of-mass")?.mark ?? pack.mark,
        label: "less than half the edge, \(figures(half)) m",
        help: "`centre-of-mass` is counted from the middle of the box, not from its underside")
      return
    }
  }

  private static func checkFriction(_ floor: SceneSection, _ reader: inout TableReader) {
    guard let law = floor.section("friction"), let held = law.quantity("static"),
      let sliding = law.quantity("kinetic")
    else { return }
    let mark = law.entry("kinetic")?.mark ?? floor.entry("friction")?.mark
    if sliding.nominal > held.nominal {
      reader.report(
        "011",
        "kinetic friction \(figures(sliding.nominal)) is above static friction \(figures(held.nominal))",
        at: mark, label: "at most \(figures(held.nominal))",
        help:
          "a pack that slides more easily held than sliding does not exist: swap them, or use `viscous`"
      )
    } else if ends(sliding).upperBound > ends(held).lowerBound,
      !(sliding.law.isExact && held.law.isExact)
    {
      reader.report(
        "015", "the tolerances of static and kinetic friction overlap", at: mark,
        label:
          "up to \(figures(ends(sliding).upperBound)), static from \(figures(ends(held).lowerBound))",
        note: "a draw with more kinetic than static friction gets that much static friction",
        severity: .warning)
    }
  }

  private static func checkHeight(
    _ pack: SceneSection, _ pull: SceneSection, _ reader: inout TableReader
  ) {
    guard let size = pack.vector("size"), size.count == 3 else { return }
    for key in ["force", "strap"] {
      guard let section = pull.section(key), let height = section.quantity("height") else {
        continue
      }
      let top = ends(size[2]).lowerBound
      guard ends(height).upperBound > top else { continue }
      reader.report(
        "011",
        "the pull holds \(figures(ends(height).upperBound)) m above the floor, over the top of the pack",
        at: section.entry("height")?.mark ?? section.mark, label: "at most \(figures(top)) m",
        help: "the height of the pack is the third edge of `size`")
    }
  }

  private static func checkTimes(
    _ pull: SceneSection, _ scene: SceneSection, _ reader: inout TableReader
  ) {
    guard let force = pull.section("force"), let from = force.quantity("from") else { return }
    if let until = force.quantity("until"), ends(until).lowerBound <= ends(from).upperBound {
      reader.report(
        "016",
        "the pull ends at \(figures(ends(until).lowerBound)) s, before it begins at \(figures(ends(from).upperBound)) s",
        at: force.entry("until")?.mark ?? force.mark, label: "must be later than `from`")
    }
    if let duration = scene.quantity("duration"), ends(from).lowerBound >= duration.nominal {
      reader.report(
        "015",
        "the pull begins at \(figures(ends(from).lowerBound)) s, after the duration of \(figures(duration.nominal)) s",
        at: force.entry("from")?.mark ?? force.mark, label: "nothing will pull",
        severity: .warning)
    }
  }

  /// A slack strap whose hand never takes the slack up within the scene is a slip of a unit.
  private static func checkMargins(_ pull: SceneSection, _ reader: inout TableReader) {
    guard let strap = pull.section("strap"), let slack = strap.quantity("slack"),
      let length = strap.quantity("length"), slack.nominal > 10 * length.nominal
    else { return }
    reader.report(
      "015",
      "`slack` is unusual: \(figures(slack.nominal)) m on a strap of \(figures(length.nominal)) m",
      at: strap.entry("slack")?.mark ?? strap.mark, label: "usual: less than the strap itself",
      severity: .warning)
  }
}
