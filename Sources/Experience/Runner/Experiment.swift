// What the runner needs to know of an experience: inputs with their laws, and one run.
//
// The runner never sees a solver; an experience never sees refinement or sampling.

/// A quantity that an experience can report.
public struct OutcomeDefinition: Sendable, Hashable {
  public let name: String
  /// SI symbol, "1" for a number.
  public let unit: String
  public let dimension: Dimension
  /// One sentence: what it is, where it is measured, when it does not occur.
  public let about: String
  /// A count changes in whole steps, so its band is 0 or unknown.
  public let isCount: Bool
  /// Smallest value that the outcome can take, for the supports of questions.
  public let minimum: Double?

  public init(
    _ name: String, unit: String, _ dimension: Dimension, isCount: Bool = false,
    minimum: Double? = 0, _ about: String
  ) {
    (self.name, self.unit, self.dimension) = (name, unit, dimension)
    (self.isCount, self.minimum, self.about) = (isCount, minimum, about)
  }
}

/// A number that a run depends on, with its declared law.
public struct InputParameter: Sendable, Hashable {
  /// Path in the scene, such as `floor.restitution`; component of a vector: `start.velocity.x`.
  public let path: String
  public let law: Law
  /// What the models accept: draws of an unbounded law are cut to it.
  public let range: ClosedRange<Double>

  public init(path: String, law: Law, range: ClosedRange<Double>) {
    (self.path, self.law, self.range) = (path, law, range)
  }
}

/// What one run at one resolution gave.
public struct RunResult: Sendable {
  /// One value for each outcome definition, in SI; NaN where the outcome does not occur.
  public var values: [Double]
  /// Rounding and event noise of each value, absolute.
  public var floors: [Double]
  /// Size that a relative accuracy of each value refers to at least.
  public var scales: [Double]
  /// Dated events in order of time: name such as `contact#1`, time in s, noise in s.
  public var events: [(name: String, time: Double, floor: Double)]
  public var audits: [NamedNumber]
  /// Validity groups, such as the largest Reynolds number.
  public var range: [NamedNumber]
  public var notes: [String]

  public init(
    values: [Double], floors: [Double], scales: [Double],
    events: [(name: String, time: Double, floor: Double)] = [], audits: [NamedNumber] = [],
    range: [NamedNumber] = [], notes: [String] = []
  ) {
    (self.values, self.floors, self.scales) = (values, floors, scales)
    (self.events, self.audits, self.range, self.notes) = (events, audits, range, notes)
  }
}

/// A run that could not be finished, with when and where.
public struct RunFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// `R001` …
  public let code: String
  public let description: String
  public init(code: String, _ description: String) {
    (self.code, self.description) = (code, description)
  }
}

/// An experience set up by a scene.
public protocol Experiment: Sendable {
  /// In a fixed order; exact ones included.
  var inputs: [InputParameter] { get }
  /// Order of convergence that the method has by design.
  var designOrder: Double { get }
  var mechanisms: [String] { get }
  /// Dimensionless groups of the nominal scene.
  var descriptors: [NamedNumber] { get }
  /// What backs the value of an outcome, given what the nominal run met on its way.
  func trust(in outcome: String, given run: RunResult) -> (tier: Tier, basis: String)
  /// One run with the given inputs (SI, in the order of `inputs`); each level halves the step.
  func run(_ inputs: [Double], level: Int) throws(RunFailure) -> RunResult
}

/// An entry of the catalogue.
public struct ExperienceDefinition: Sendable {
  public let name: String
  /// One sentence.
  public let about: String
  /// Keys of a scene beside those that every scene has.
  public let fields: [Field]
  public let outcomes: [OutcomeDefinition]
  /// Relative half-width asked for when a scene does not say.
  public let defaultAccuracy: Double
  public let defaultSamples: Int
  /// Default of `duration`, in s.
  public let defaultDuration: Double
  /// Symbols of the closed forms of a first course, and the closed forms by outcome.
  public let bindings: [Binding]
  public let firstCourse: [String: String]
  /// Builds the experiment of a scene; reports what a table cannot know, and writes into the scene
  /// what materials and other defaults stand for, so that the resolved scene needs no table.
  public let compile:
    @Sendable (
      _ scene: inout SceneSection, _ materials: MaterialTable, _ reader: inout TableReader
    ) -> (any Experiment)?
  /// Describes a disclosed scene in words, for prompts.
  public let describe: @Sendable (_ scene: SceneSection) -> String

  public init(
    name: String, about: String, fields: [Field], outcomes: [OutcomeDefinition],
    defaultAccuracy: Double, defaultSamples: Int, defaultDuration: Double, bindings: [Binding],
    firstCourse: [String: String],
    compile:
      @escaping @Sendable (inout SceneSection, MaterialTable, inout TableReader) -> (
        any Experiment
      )?,
    describe: @escaping @Sendable (SceneSection) -> String
  ) {
    (self.name, self.about, self.fields, self.outcomes) = (name, about, fields, outcomes)
    (self.defaultAccuracy, self.defaultSamples) = (defaultAccuracy, defaultSamples)
    (self.defaultDuration, self.bindings) = (defaultDuration, bindings)
    (self.firstCourse, self.compile, self.describe) = (firstCourse, compile, describe)
  }

  public func outcomeIndex(_ name: String) -> Int? { outcomes.firstIndex { $0.name == name } }
}
