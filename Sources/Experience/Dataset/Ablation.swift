// An element of a plan's scenes that can be taken away: what would happen without it?
//
// Named       by the plan, which sets quantities to other values ("no friction": its coefficient to 0).
// By itself   every varied input at the middle of its law: what somebody predicts who does not look at it.
// Checked by  AblationTests.

import Foundation

/// A change to a scene, with its name.
public struct Ablation: Sendable {
  /// Such as `no-friction` or `typical-start.height`.
  public let name: String
  public let sentence: String
  /// Path in the scene and value.
  public let values: [(path: String, quantity: Quantity, kind: QuantityKind)]

  /// The varied input at the middle of what it takes.
  init(typical variation: Variation) {
    let middle =
      variation.choices.isEmpty
      ? variation.scale == .log
        ? (variation.low * variation.high).squareRoot() : 0.5 * (variation.low + variation.high)
      : variation.choices[variation.choices.count / 2]
    let value = Variation.rounded(middle, digits: variation.digits)
    let symbol = variation.unit.symbol == "1" ? "" : " \(variation.unit.symbol)"
    let text = "\(JSON.text(of: value))\(symbol)"
    name = "typical-\(variation.path)"
    sentence = "\(variation.path) at \(text), the middle of its range"
    values = [
      (
        variation.path,
        Quantity(law: .exact(variation.unit.toSI(value)), unit: variation.unit, source: text),
        variation.kind
      )
    ]
  }

  init(
    name: String, sentence: String,
    values: [(path: String, quantity: Quantity, kind: QuantityKind)]
  ) {
    (self.name, self.sentence, self.values) = (name, sentence, values)
  }
}

extension Plan {
  /// Changes that the plan names, then those of its varied inputs, but not of a hidden one.
  var allAblations: [Ablation] {
    let hidden = questions.compactMap { question -> String? in
      if case .reversal(let reversal)? = question.derivation { reversal.path } else { nil }
    }
    return ablations
      + variations.filter { !hidden.contains($0.path) }.map(Ablation.init(typical:))
  }

  static func ablations(
    _ section: SceneSection, _ scene: Scene, _ reader: inout TableReader
  ) -> [Ablation] {
    (section.section("ablations")?.entries ?? []).compactMap { entry in
      guard case .section(let spec) = entry.value else { return nil }
      var values: [(path: String, quantity: Quantity, kind: QuantityKind)] = []
      for item in spec.section("set")?.entries ?? [] {
        guard case .quantity(_, var kind) = scene.section.value(at: item.key) else {
          let known = SceneValue.section(scene.section).paths(prefix: "")
          reader.report(
            "003", "`\(item.key)` is not a quantity of the scene", at: item.mark,
            label: Spelling.nearest(to: item.key, among: known).map { "did you mean `\($0)`?" }
              ?? "not known")
          continue
        }
        guard case .text(let text) = item.value, let mark = item.mark else { continue }
        kind.plausible = nil
        let node = SourceNode(content: .scalar(text, isQuoted: true), mark: mark)
        if let quantity = reader.quantity(node, kind, name: item.key) {
          values.append((item.key, quantity, kind))
        }
      }
      if values.isEmpty, !reader.hasErrors {
        reader.report("004", "the ablation `\(entry.key)` sets nothing", at: entry.mark)
      }
      return Ablation(
        name: entry.key, sentence: spec.text("about") ?? entry.key, values: values)
    }
  }
}
