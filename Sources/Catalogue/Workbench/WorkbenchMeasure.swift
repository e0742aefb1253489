// One entry of the measure list, understood.

import Experience
import RigidBody

struct WorkbenchMeasure: Sendable {
  /// Which events count.
  struct Filter: Sendable, Hashable {
    var kind: String
    /// None, one or two bodies that have to take part; −1 for the world.
    var bodies: [Int]
    var joint: Int?
  }

  enum Moment: Sendable {
    case start, end, maximum, minimum
    /// In s.
    case time(Double)
    case event(nth: Int, isBefore: Bool)
  }

  var name: String
  var quantity: WorkbenchQuantity
  /// Index of the body that is measured.
  var body: Int?
  /// The other body of a distance or a contact.
  var other: Int?
  var joint: Int?
  /// 0, 1, 2 for x, y, z; nil for the length.
  var component: Int?
  /// In body axes from the centre of mass: indices of inputs.
  var point: [Int]?
  var moment: Moment
  var filter: Filter?
  /// Events count up to this time, in s.
  var before: Double
  var definition: OutcomeDefinition
}
