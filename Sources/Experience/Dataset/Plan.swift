// A sampling plan: which scene is varied, how, and what is asked. `plumbline generate` reads it.

import Foundation

/// One varied parameter.
public struct Variation: Sendable {
  public enum Scale: String, Sendable { case linear, log }
  /// Path in the scene, such as `start.height`.
  public let path: String
  /// In the plan's unit.
  public let low: Double
  public let high: Double
  /// Values of a `one-of` list, in the plan's unit; empty otherwise.
  public let choices: [Double]
  public let scale: Scale
  /// Significant digits of the disclosed value: rounded before it is simulated.
  public let digits: Int
  /// Half-width told to the predictor and sampled in the truth, in the plan's unit.
  public let tolerance: Double
  public let unit: Unit
  let kind: QuantityKind

  /// The disclosed value at `u` in (0, 1), as text with its unit and tolerance.
  public func text(at u: Double) -> String {
    let raw: Double
    if !choices.isEmpty {
      raw = choices[min(Int(u * Double(choices.count)), choices.count - 1)]
    } else {
      switch scale {
      case .linear: raw = low + (high - low) * u
      case .log: raw = low * pow(high / low, u)
      }
    }
    let symbol = unit.symbol == "1" ? "" : " \(unit.symbol)"
    let value = JSON.text(of: choices.isEmpty ? Variation.rounded(raw, digits: digits) : raw)
    guard tolerance > 0 else { return value + symbol }
    return "\(value)\(symbol) ± \(JSON.text(of: tolerance))\(symbol)"
  }

  static func rounded(_ value: Double, digits: Int) -> Double {
    guard value != 0 else { return 0 }
    return Quantum.round(value, places: digits - 1 - Int(Foundation.floor(log10(abs(value)))))
  }
}

/// What a plan asks of every instance.
public struct PlannedQuestion: Sendable {
  /// Slot of the question: the outcome's name, the event in words, or a name of its own.
  public let slot: String
  public let type: QuestionType
  /// Empty where it is about several.
  public let outcome: String
  public let event: Criterion?
  public let rule: Rule
  public let levels: [Double]
  public let derivation: Derivation?
  /// Significant digits of what a question backwards tells.
  public let digits: Int

  init(
    slot: String, type: QuestionType, outcome: String = "", event: Criterion? = nil, rule: Rule,
    levels: [Double], derivation: Derivation? = nil, digits: Int = 3
  ) {
    (self.slot, self.type, self.outcome, self.event) = (slot, type, outcome, event)
    (self.rule, self.levels, self.derivation, self.digits) = (rule, levels, derivation, digits)
  }

  /// Asks for all requirements of the scene.
  static let verification = "verification"

  /// `rebound-height-above-0.3-m`; of an event `moves` or `not-moves`.
  static func slot(of criterion: Criterion, _ outcomes: [OutcomeDefinition]) -> String {
    if outcomes.contains(where: { $0.name == criterion.outcome && $0.isEvent }) {
      return (criterion.comparison.isUpperLimit ? "not-" : "") + criterion.outcome
    }
    let word = criterion.comparison.isUpperLimit ? "below" : "above"
    let unit =
      criterion.unit == "1"
      ? "" : "-" + criterion.unit.replacing("/", with: "-per-").replacing("^", with: "")
    return "\(criterion.outcome)-\(word)-\(JSON.text(of: criterion.limit))\(unit)"
  }
}

public struct Plan: Sendable {
  public enum Design: String, Sendable, CaseIterable {
    case sobol
    case latinHypercube = "latin-hypercube"
    case random
    case grid
  }
  public static let defaultLevels = [0.05, 0.25, 0.5, 0.75, 0.95]

  public let name: String
  public let version: String
  public let scene: Scene
  public let variations: [Variation]
  public let design: Design
  /// Name and instances, in the order calibration, public, sealed.
  public let splits: [(name: String, count: Int)]
  public let questions: [PlannedQuestion]
  /// Elements of the scene that are taken away in turn, beside the varied inputs.
  public let ablations: [Ablation]
  /// Outcomes that are kept for claim traces although nothing asks them.
  public let channels: [String]
  public let consequence: Int
  public let samples: Int
  /// Calibration instances are one run at the coarsest level each: for scenes whose truth takes minutes.
  public let hasCoarseCalibration: Bool
  /// SHA-256 of the plan's values and its scene.
  public let hash: String
  public let parameters: JSON
  public let warnings: [Diagnostic]

  /// `name@version`.
  public var template: String { "\(name)@\(version)" }

  public func instance(_ index: Int) -> String { "\(name)/\(version)/\(Plan.digits(index))" }

  public func experience(_ index: Int) -> String {
    "\(name)/\(version)/experience/\(Plan.digits(index))"
  }

  private static func digits(_ index: Int) -> String {
    let digits = String(index)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}
