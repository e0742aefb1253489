// What a syrup pour reports.

import Experience

/// The outcomes in the order of their definitions.
enum SyrupPourOutcome: String, CaseIterable, Sendable {
  case landingTime = "landing-time"
  case spreadRadius = "spread-radius"
  case moundHeight = "mound-height"
  case coils
  case coilFrequency = "coil-frequency"
  case overflows
  case fillTime = "fill-time"
  case fillLevel = "fill-level"
  case settlingSpeed = "settling-speed"
  case volume

  /// Thickness at which the radius of a puddle is read, in m.
  static let thickness = 0.5e-3

  var definition: OutcomeDefinition {
    switch self {
    case .landingTime:
      OutcomeDefinition(
        rawValue, unit: "s", .time,
        "time from the first liquid at the nozzle to the first touch of plate or cup; absent without a stream"
      )
    case .spreadRadius:
      OutcomeDefinition(
        rawValue, unit: "m", .length,
        "largest radius at which the liquid is 0.5 mm thick, at the end of the duration; absent in cups and vessels"
      )
    case .moundHeight:
      OutcomeDefinition(
        rawValue, unit: "m", .length,
        "height of the highest point of the liquid above the plate at the end of the duration; absent while the stream runs, in cups and vessels"
      )
    case .coils:
      OutcomeDefinition(
        event: rawValue, marginUnit: "1",
        "the stream buckles and coils where it lands; margin, axisymmetric: by what share the fall exceeds 7.2 diameters of the landing stream and its Reynolds number stays below 1.2, the smaller of both; in three dimensions: by what share the foot's turns exceed two and its way the stream's width, the smaller of both"
      )
    case .coilFrequency:
      OutcomeDefinition(
        rawValue, unit: "Hz", .frequency, "turns a second of a coiling stream; absent without coils"
      )
    case .overflows:
      OutcomeDefinition(
        event: rawValue, marginUnit: "m",
        "liquid passes the rim of the cup or the edge of the plate; margin: how far beyond it stands at the end"
      )
    case .fillTime:
      OutcomeDefinition(
        rawValue, unit: "s", .time,
        "time from the first liquid at the nozzle until liquid stands at the rim of the cup; absent if it never does"
      )
    case .fillLevel:
      OutcomeDefinition(
        rawValue, unit: "m", .length,
        "height of the liquid at the wall of the cup at the end of the duration")
    case .settlingSpeed:
      OutcomeDefinition(
        rawValue, unit: "m/s", .speed,
        "largest speed of the ball on its way down; absent without a ball")
    case .volume:
      OutcomeDefinition(
        rawValue, unit: "m^3", .volume,
        "liquid on the plate, in the cup or in the vessel at the end of the duration, stream included"
      )
    }
  }

  static let definitions = allCases.map(\.definition)

  /// The outcome of a `report-at` time, named as it was written in seconds.
  static func spread(at time: Double) -> OutcomeDefinition {
    OutcomeDefinition(
      "spread-radius-at-\(JSON.text(of: time))s", unit: "m", .length,
      "largest radius at which the liquid is 0.5 mm thick, \(JSON.text(of: time)) s after the start"
    )
  }
}
