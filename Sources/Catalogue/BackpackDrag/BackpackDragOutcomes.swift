// What a backpack drag reports.

import Experience

/// The outcomes in the order of their definitions.
enum BackpackDragOutcome: String, CaseIterable, Sendable {
  case moves
  case slipTime = "slip-time"
  case tips
  case distance
  case finalVelocityX = "final-velocity-x"
  case finalVelocityY = "final-velocity-y"
  case stopTime = "stop-time"
  case peakPull = "peak-pull"
  case meanPull = "mean-pull"
  case stickSlip = "stick-slip"
  case stickSlipPeriod = "stick-slip-period"
  case slipPerCycle = "slip-per-cycle"
  case work
  case heat

  var definition: OutcomeDefinition {
    switch self {
    case .moves:
      OutcomeDefinition(
        event: rawValue, marginUnit: "N",
        "the pack slides on the floor or lifts off it, however little; margin: smallest force that static friction had in reserve"
      )
    case .slipTime:
      OutcomeDefinition(
        rawValue, unit: "s", .time,
        "time from the start to the first sliding of the pack on the floor; absent if it never slides"
      )
    case .tips:
      OutcomeDefinition(
        event: rawValue, marginUnit: "m",
        "the pack turns so far that its centre of mass passes over an edge of the face it stood on; margin: how far beyond, along that face"
      )
    case .distance:
      OutcomeDefinition(
        rawValue, unit: "m", .length,
        "distance along the floor, in the room, from the start of the centre of mass to where it is at rest or at the end of the duration"
      )
    case .finalVelocityX:
      OutcomeDefinition(
        rawValue, unit: "m/s", .speed, minimum: nil,
        "velocity of the centre of mass along the floor's x (downhill) at rest or at the end of the duration"
      )
    case .finalVelocityY:
      OutcomeDefinition(
        rawValue, unit: "m/s", .speed, minimum: nil,
        "velocity of the centre of mass along the floor's y (across) at rest or at the end of the duration"
      )
    case .stopTime:
      OutcomeDefinition(
        rawValue, unit: "s", .time,
        "time from the start until the pack rests on the floor (on a belt: relative to it) for good; absent if it never moves, still moves, or is still pulled by a walking hand"
      )
    case .peakPull:
      OutcomeDefinition(
        rawValue, unit: "N", .force,
        "largest force of the pull up to rest or to the end of the duration; absent for a push and a belt"
      )
    case .meanPull:
      OutcomeDefinition(
        rawValue, unit: "N", .force,
        "mean force of the pull over the time in which it acts (a strap: is taut); absent for a push and a belt"
      )
    case .stickSlip:
      OutcomeDefinition(
        event: rawValue,
        "the pack sticks and slips again at least twice after its first slip")
    case .stickSlipPeriod:
      OutcomeDefinition(
        rawValue, unit: "s", .time,
        "mean time from slip to slip over all full cycles but the first; absent without stick-slip")
    case .slipPerCycle:
      OutcomeDefinition(
        rawValue, unit: "m", .length,
        "mean distance that the pack slides in these cycles; absent without stick-slip")
    case .work:
      OutcomeDefinition(
        rawValue, unit: "J", .energy, minimum: nil,
        "work of the force, the hand or the belt on the pack, up to rest or to the end of the duration; absent for a push"
      )
    case .heat:
      OutcomeDefinition(
        rawValue, unit: "J", .energy, "heat of the friction between pack and floor up to then")
    }
  }

  static let definitions = allCases.map(\.definition)
}
