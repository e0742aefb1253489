// What a brick test reports.

import Experience

/// The outcomes in the order of their definitions.
enum BrickBreakOutcome: String, CaseIterable, Sendable {
  case breaks
  case peakForce = "peak-force"
  case deflectionAtPeak = "deflection-at-peak"
  case modulusOfRupture = "modulus-of-rupture"
  case breakTime = "break-time"
  case pieces
  case largestPiece = "largest-piece"
  case crackArea = "crack-area"
  case fractureWork = "fracture-work"
  case striker = "striker-rebound-speed"
  case restTime = "rest-time"
  case spread

  var definition: OutcomeDefinition {
    switch self {
    case .breaks:
      OutcomeDefinition(
        event: rawValue,
        "the brick comes apart into two or more pieces of at least 1 % of its mass, counted once the cracks are at rest"
      )
    case .peakForce:
      OutcomeDefinition(
        rawValue, unit: "N", .force,
        "largest force on the loading bar, the striker or the floor, before pieces bounce")
    case .deflectionAtPeak:
      OutcomeDefinition(
        rawValue, unit: "m", .length, minimum: nil,
        "sag of the middle at half depth against the places over the supports, at the peak force; absent in a fall"
      )
    case .modulusOfRupture:
      OutcomeDefinition(
        rawValue, unit: "Pa", .pressure,
        "3 F S/(2 b d^2) of the peak force in bending; absent in other tests")
    case .breakTime:
      OutcomeDefinition(
        rawValue, unit: "s", .time,
        "bending: from the first load to the peak force at the speed of the scene; strike: from the first touch, and fall: from the release, until half of the work of fracture is done; absent if it does not break"
      )
    case .pieces:
      OutcomeDefinition(
        rawValue, unit: "1", .none, isCount: true, "pieces of at least 1 % of the mass")
    case .largestPiece:
      OutcomeDefinition(
        rawValue, unit: "1", .none, "mass of the largest piece over the mass of the brick")
    case .crackArea:
      OutcomeDefinition(
        rawValue, unit: "m^2", .area,
        "area of the element faces that have lost all strength; a crack at 45 degrees in steps counts up to 1.4 times"
      )
    case .fractureWork:
      OutcomeDefinition(rawValue, unit: "J", .energy, "work that opened the cracks")
    case .striker:
      OutcomeDefinition(
        rawValue, unit: "m/s", .speed, minimum: nil,
        "velocity of the striker upward when it last leaves the brick; negative if it follows the pieces down; absent without a striker"
      )
    case .restTime:
      OutcomeDefinition(
        rawValue, unit: "s", .time,
        "fall: from the release until the brick, or the last of its pieces, stands still; absent if one does not, and in other tests"
      )
    case .spread:
      OutcomeDefinition(
        rawValue, unit: "m", .length,
        "fall: largest horizontal distance between the centre of a piece at rest and the line along which the brick's centre fell; absent if a piece does not come to rest, and in other tests"
      )
    }
  }

  static let definitions = allCases.map(\.definition)

  /// The outcome of a height (m) of `test.strike.curve`, named in millimetres.
  static func breaks(at height: Double) -> OutcomeDefinition {
    let text = JSON.text(of: (height * 1e9).rounded() / 1e6)
    return OutcomeDefinition(
      event: "breaks-at-\(text)mm",
      "the same brick, whole again, comes apart like that if the striker falls \(text) mm")
  }
}
