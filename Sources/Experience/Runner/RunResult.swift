// What one run at one resolution gave.

/// A dated happening of a run.
public struct RunEvent: Sendable, Hashable {
  /// Kind and ordinal, such as `contact#1`.
  public var name: String
  /// In s.
  public var time: Double
  /// Noise of the time, in s.
  public var floor: Double
  public var bodies: [String]

  public init(_ name: String, time: Double, floor: Double, bodies: [String]) {
    (self.name, self.time, self.floor, self.bodies) = (name, time, floor, bodies)
  }

  /// The name without its ordinal, such as `contact`.
  public var kind: Substring { name.prefix { $0 != "#" } }
}

/// What one run at one resolution gave.
public struct RunResult: Sendable {
  /// One value for each outcome definition, in SI; NaN where the outcome does not occur; 1 or 0 for
  /// an event.
  public var values: [Double]
  /// Rounding and event noise of each value, absolute.
  public var floors: [Double]
  /// Size that a relative accuracy of each value refers to at least.
  public var scales: [Double]
  /// How far each event outcome is from the other answer, in its margin's unit, positive where it
  /// happens; NaN where there is none. Empty: no outcome has one.
  public var margins: [Double]
  /// When each outcome is decided, in s; NaN: unknown, or at the end. Empty: unknown for all.
  public var decisionTimes: [Double]
  /// In order of time.
  public var events: [RunEvent]
  public var audits: [NamedNumber]
  /// Validity groups, such as the largest Reynolds number.
  public var range: [NamedNumber]
  public var notes: [String]
  /// The solver itself does not vouch for this run.
  public var isUnresolved: Bool
  /// Indices of events whose answer in this run depends on a rule of counting: they do not happen, but
  /// by another rule would, or the other way round.
  public var undecided: Set<Int> = []
  /// Half-width below which this run cannot tell values of an outcome apart, by the outcome's index: the
  /// band is at least that, however well the levels happen to agree.
  public var grains: [Int: Double] = [:]
  /// The same where the levels do not shrink as they should, so that their agreement may be chance.
  public var chanceGrains: [Int: Double] = [:]

  public init(
    values: [Double], floors: [Double], scales: [Double], margins: [Double] = [],
    decisionTimes: [Double] = [], events: [RunEvent] = [], audits: [NamedNumber] = [],
    range: [NamedNumber] = [], notes: [String] = [], isUnresolved: Bool = false
  ) {
    (self.values, self.floors, self.scales) = (values, floors, scales)
    (self.margins, self.decisionTimes, self.events) = (margins, decisionTimes, events)
    (self.audits, self.range, self.notes) = (audits, range, notes)
    self.isUnresolved = isUnresolved
  }

  func margin(_ index: Int) -> Double { index < margins.count ? margins[index] : .nan }

  func decisionTime(_ index: Int) -> Double {
    index < decisionTimes.count ? decisionTimes[index] : .nan
  }
}
