// Where two runs of one scene part: their events, aligned by kind and ordinal.
//
// Equation    Δt, Δv = alternative − simulated; they part at the earliest event that one of them lacks,
//             or with |Δt| > max(0.005·t, 2·u_t), or |Δv| > tol
// Validity    a name holds kind and ordinal in simulated time; bodies do not enter, because a record
//             counts all pairs together.
// Checked by  DivergenceTests (the worked example).

/// The first difference between two timelines.
public struct Divergence: Sendable, Hashable {
  static let timeShare = 0.005

  /// A dated happening with what is known there.
  public struct Event: Sendable, Hashable {
    public let name: String
    /// In s.
    public let time: Double
    /// SI.
    public let value: Double?
    /// Of the value; 0 where the other run brings it.
    public let tolerance: Double
    /// Standard uncertainty of the time, in s.
    public let timeUncertainty: Double

    public init(
      _ name: String, time: Double, value: Double? = nil, tolerance: Double = 0,
      timeUncertainty: Double = 0
    ) {
      (self.name, self.time, self.value) = (name, time, value)
      (self.tolerance, self.timeUncertainty) = (tolerance, timeUncertainty)
    }
  }

  /// One event of both runs.
  public struct Row: Sendable, Hashable {
    public let event: String
    /// In the simulated run, in s.
    public let time: Double
    public let timeShift: Double
    public let timeShiftInTolerances: Double
    public let value: Double?
    public let alternativeValue: Double?
    public let valueShift: Double?
    public let valueShiftInTolerances: Double?

    var isApart: Bool { timeShiftInTolerances > 1 || valueIsApart }
    var valueIsApart: Bool { (valueShiftInTolerances.map { abs($0) } ?? 0) > 1 }
  }

  /// Events of both runs, in simulated time.
  public let rows: [Row]
  /// Row at which the runs part.
  public let first: Row?
  /// Earliest event that only one of them has, if it is earlier.
  public let missing: Event?

  public init(simulated: [Event], alternative: [Event]) {
    var rows: [Row] = []
    var lone: [Event] = alternative.filter { other in
      !simulated.contains { $0.name == other.name }
    }
    for event in simulated.sorted(by: { $0.time < $1.time }) {
      guard let other = alternative.first(where: { $0.name == event.name }) else {
        lone.append(event)
        continue
      }
      let timeTolerance = max(Divergence.timeShare * event.time, 2 * event.timeUncertainty)
      let shift = other.time - event.time
      let valueShift = event.value.flatMap { value in other.value.map { $0 - value } }
      rows.append(
        Row(
          event: event.name, time: event.time, timeShift: shift,
          timeShiftInTolerances: Divergence.ratio(abs(shift), timeTolerance), value: event.value,
          alternativeValue: other.value, valueShift: valueShift,
          valueShiftInTolerances: valueShift.map { Divergence.ratio($0, event.tolerance) }))
    }
    self.rows = rows
    let parted = rows.first(where: \.isApart)
    let earliest = lone.min { ($0.time, $0.name) < ($1.time, $1.name) }
    if let earliest, earliest.time < parted?.time ?? .infinity {
      (first, missing) = (nil, earliest)
    } else {
      (first, missing) = (parted, nil)
    }
  }

  private static func ratio(_ difference: Double, _ tolerance: Double) -> Double {
    tolerance > 0
      ? difference / tolerance : difference == 0 ? 0 : difference > 0 ? .infinity : -.infinity
  }
}
