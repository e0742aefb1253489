// What the runner needs to know of an experience: inputs with their laws, and one run.
//
// The runner never sees a solver; an experience never sees refinement or sampling.

/// A quantity or an event that an experience can report.
public struct OutcomeDefinition: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case scalar
    /// Changes in whole steps, so its band is 0 or unknown.
    case count
    /// Happens or not: a run gives 1 or 0, a record the probability.
    case event
  }
  public let name: String
  /// SI symbol, "1" for a number.
  public let unit: String
  public let dimension: Dimension
  /// One sentence: what it is, where it is measured, when it does not occur.
  public let about: String
  public let kind: Kind
  /// Smallest value that the outcome can take, for the supports of questions.
  public let minimum: Double?
  /// SI symbol of the margin of an event, if runs give one.
  public let marginUnit: String?

  public init(
    _ name: String, unit: String, _ dimension: Dimension, isCount: Bool = false,
    minimum: Double? = 0, _ about: String
  ) {
    (self.name, self.unit, self.dimension) = (name, unit, dimension)
    (kind, self.minimum, self.about) = (isCount ? .count : .scalar, minimum, about)
    marginUnit = nil
  }

  /// An event; `about` completes "it happens that …" or names it: "the pack leaves its place".
  public init(event name: String, marginUnit: String? = nil, _ about: String) {
    (self.name, unit, dimension) = (name, "1", .none)
    (kind, minimum, self.about, self.marginUnit) = (.event, 0, about, marginUnit)
  }

  public var isCount: Bool { kind == .count }
  public var isEvent: Bool { kind == .event }
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

/// A run that could not be finished, with when and where.
public struct RunFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// `R` and three digits.
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
  /// Step or cell of a level over that of the next one.
  var refinementRatio: Double { get }
  var mechanisms: [String] { get }
  /// Dimensionless groups of the nominal scene.
  var descriptors: [NamedNumber] { get }
  /// Outcomes that this scene itself defines; nil for those of the experience.
  var ownOutcomes: [OutcomeDefinition]? { get }
  /// Closed forms of a first course, by outcome, for this scene; nil for those of the experience.
  var ownFirstCourse: [String: String]? { get }
  /// Halvings beyond the first three levels; nil for those of the runner.
  var extraLevels: Int? { get }
  /// Coarsest level that members may run on: they are then moved by what the nominal run differs
  /// between that level and its finest. Nil: members run on the finest.
  var memberLevel: Int? { get }
  /// Members that are also run on the level after `memberLevel`, from the first one on: for experiments whose
  /// levels differ in ways that one run cannot tell. 0: members are moved as `memberLevel` says.
  var pairedMembers: Int { get }
  /// Whether outcomes hold only as far as the levels agree on the order of events.
  var comparesEvents: Bool { get }
  /// Whether the finest level is run once more with `perturbed` inputs.
  var checksSensitivity: Bool { get }
  /// Inputs that differ from the given ones by about 1e-12 of each.
  func perturbed(_ inputs: [Double]) -> [Double]
  /// The nominal run by other models, where `run` met a question that rigid bodies leave open.
  func alternatives(
    to run: RunResult, _ inputs: [Double], level: Int
  ) throws(RunFailure) -> [(name: String, sentence: String, run: RunResult)]
  /// What backs the value of an outcome, given what the nominal run met on its way.
  func trust(in outcome: String, given run: RunResult) -> (tier: Tier, basis: String)
  /// One run with the given inputs (SI, in the order of `inputs`); each level refines by
  /// `refinementRatio`.
  func run(_ inputs: [Double], level: Int) throws(RunFailure) -> RunResult
  /// The run that `level` gives, as something to look at: stage, frames, events, series. Frames stand at
  /// those of `times` (s, ascending) that the run reaches, up to one second after it rests for good.
  /// Nil if the experience has nothing to show.
  func recording(
    _ inputs: [Double], level: Int, times: [Double]
  ) throws(RunFailure) -> Recording?
}

extension Experiment {
  public var refinementRatio: Double { 2 }
  public var ownOutcomes: [OutcomeDefinition]? { nil }
  public var ownFirstCourse: [String: String]? { nil }
  public var extraLevels: Int? { nil }
  public var memberLevel: Int? { nil }
  public var pairedMembers: Int { 0 }
  public var comparesEvents: Bool { false }
  public var checksSensitivity: Bool { false }

  public func alternatives(
    to run: RunResult, _ inputs: [Double], level: Int
  ) throws(RunFailure) -> [(name: String, sentence: String, run: RunResult)] { [] }

  public func recording(
    _ inputs: [Double], level: Int, times: [Double]
  ) throws(RunFailure) -> Recording? { nil }

  public func perturbed(_ inputs: [Double]) -> [Double] {
    // neighbours go to different sides, so that a common factor does not hide a difference
    inputs.enumerated().map { $1 * (1 + ($0.isMultiple(of: 2) ? 1e-12 : -0.7e-12)) }
  }
}

/// An entry of the catalogue.
public struct ExperienceDefinition: Sendable {
  public let name: String
  /// One sentence.
  public let about: String
  /// Keys of a scene beside those that every scene has.
  public let fields: [Field]
  /// Outcomes of every scene, or what the outcomes of a scene can be if it defines its own.
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
