// A prediction as something to look at: a mark over what happens, with its difference in units.

import Experience

/// One predicted outcome, drawn over a run.
public struct Ghost: Sendable, Hashable {
  public enum Form: Sendable, Hashable {
    /// A level line through a point, in m; for heights.
    case height(Point3)
    /// A ring on the ground, in m; for distances and landing places.
    case place(Point3)
    /// A flag on the timeline, in s.
    case time(Double)
    /// A line through the world, in m; for trajectories.
    case path([Point3])
    /// A flag with the probability that something happens, and whether it did.
    case event(probability: Double, happened: Bool)
    /// Told in the table only.
    case number
  }
  /// Where 90 % and 50 % of the prediction lie, in the kind of `form`: two points or two times.
  public enum Zone: Sendable, Hashable {
    case points(Point3, Point3)
    case times(Double, Double)
  }

  /// When and where in the run that came about which was predicted.
  public struct Moment: Sendable, Hashable {
    /// In s.
    public var time: Double
    /// In m; nil where the run tells no place.
    public var place: Point3?
  }

  /// Of the outcome.
  public var name: String
  /// Who predicted it.
  public var model: String
  public var form: Form
  public var outer: Zone?
  public var inner: Zone?
  /// The prediction with its unit: "0.61 m", "0.58 … 0.66 m", "p = 0.8".
  public var text: String
  /// Prediction less truth with its unit: "+0.021 m"; empty where there is no truth.
  public var difference: String
  /// Of events and times; of an event that did not happen, the instant at which that was known.
  public var moment: Moment?
  /// From when on the difference can be told, in s.
  public var knownAt: Double

  public init(
    name: String, model: String, form: Form, outer: Zone? = nil, inner: Zone? = nil, text: String,
    difference: String, knownAt: Double
  ) {
    (self.name, self.model, self.form) = (name, model, form)
    (self.outer, self.inner, self.text) = (outer, inner, text)
    (self.difference, self.knownAt) = (difference, knownAt)
  }
}
