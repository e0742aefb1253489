// Skill: the share of a reference's loss that the answers save.
//
// Equation    skill = 1 − Σ w·l_model/Σ w·l_ref, a ratio of means, never a mean of ratios;
//             Δ = Σ w·(l_ref − l_model) is always printed beside it.
// Weights     equal per template, then per instance, then per question; they never depend on an
//             outcome, which is why no constant can gain (see the rules' propriety).
// Exactness   where the reference's mean loss is below 1 % of climatology's, the ratio says nothing
//             and only Δ is given.
// Checked by  SkillTests, PropriertyTests.

/// Losses of one question, normalised.
public struct PairedLoss: Sendable, Hashable {
  public let template: String
  public let instance: String
  public let model: Double
  public let reference: Double
  /// Climatology's, which decides whether the reference is exact.
  public let climatology: Double

  public init(
    template: String, instance: String, model: Double, reference: Double, climatology: Double
  ) {
    (self.template, self.instance) = (template, instance)
    (self.model, self.reference, self.climatology) = (model, reference, climatology)
  }
}

/// Paired losses by cluster (a scene instance with all its questions), in strata (templates).
public struct ClusterTable: Sendable, Hashable {
  /// Mean losses over the questions of one instance.
  public struct Cluster: Sendable, Hashable {
    public var model = 0.0
    public var reference = 0.0
    public var climatology = 0.0
    public var questions = 0

    /// Of a sum over the questions.
    var mean: Cluster {
      let count = Double(max(questions, 1))
      return Cluster(
        model: model / count, reference: reference / count, climatology: climatology / count,
        questions: questions)
    }
  }

  /// By template name, then by instance name, both bytewise.
  public let strata: [[Cluster]]
  public let clusters: Int

  /// The order of `losses` within an instance decides the last bits; elsewhere it does not matter.
  public init(_ losses: [PairedLoss]) {
    var index: [String: [String: Cluster]] = [:]
    for loss in losses {
      var cluster = index[loss.template]?[loss.instance] ?? Cluster()
      cluster.model += loss.model
      cluster.reference += loss.reference
      cluster.climatology += loss.climatology
      cluster.questions += 1
      index[loss.template, default: [:]][loss.instance] = cluster
    }
    strata = index.keys.sorted().map { template in
      let instances = index[template] ?? [:]
      return instances.keys.sorted().map { instance in
        (instances[instance] ?? Cluster()).mean
      }
    }
    clusters = strata.reduce(0) { $0 + $1.count }
  }

  /// Mean losses in the order of `strata`.
  init(strata: [[Cluster]]) {
    self.strata = strata
    clusters = strata.reduce(0) { $0 + $1.count }
  }

  /// Σ w·l of a column.
  public func mean(_ column: (Cluster) -> Double) -> Double {
    guard clusters > 0 else { return .nan }
    var sum = 0.0
    for stratum in strata {
      var part = 0.0
      for cluster in stratum { part += column(cluster) }
      sum += part / Double(stratum.count)
    }
    return sum / Double(strata.count)
  }
}

/// Better, worse, or not shown different: nothing between.
public enum Claim: String, Sendable, Hashable {
  case better
  case worse
  case notShown = "not shown different"
}

/// Skill against one reference, with its uncertainty.
public struct Skill: Sendable, Hashable {
  public static let exactLimit = 0.01

  public enum Method: String, Sendable, Hashable {
    case bootstrap = "paired cluster bootstrap"
    case student = "Student t of the cluster differences"
    case none
  }

  public let questions: Int
  public let clusters: Int
  /// `nil` where the reference is exact.
  public let value: Double?
  public let interval: ClosedRange<Double>?
  public let delta: Double
  public let deltaInterval: ClosedRange<Double>?
  public let method: Method
  /// Exact sign-flip p of the difference, for 6 to 19 clusters.
  public let signFlip: Double?
  public let claim: Claim?
  public let replicates: Int
  public let seed: UInt64

  public init(_ losses: [PairedLoss], replicates: Int = Bootstrap.replicates, seed: UInt64 = 1) {
    self = Skill.all([losses], replicates: replicates, seed: seed)[0]
  }

  /// Skills of several sets of losses, which share the draws of the bootstrap where they can.
  public static func all(
    _ sets: [[PairedLoss]], replicates: Int = Bootstrap.replicates, seed: UInt64 = 1
  ) -> [Skill] {
    all(sets.map { (ClusterTable($0), $0.count) }, replicates: replicates, seed: seed)
  }

  /// Skills of several tables with the questions behind them.
  static func all(
    _ sets: [(table: ClusterTable, questions: Int)], replicates: Int, seed: UInt64
  ) -> [Skill] {
    let tables = sets.map(\.table)
    let large = tables.indices.filter { tables[$0].clusters >= Bootstrap.minimumClusters }
    let bootstraps = Bootstrap.run(
      large.map { tables[$0] }, replicates: replicates, seed: seed)
    let byIndex = Dictionary(uniqueKeysWithValues: zip(large, bootstraps))
    return tables.indices.map { index in
      Skill(
        tables[index], questions: sets[index].questions, byIndex[index], replicates: replicates,
        seed: seed)
    }
  }

  private init(
    _ table: ClusterTable, questions: Int, _ bootstrap: Bootstrap?, replicates: Int, seed: UInt64
  ) {
    (self.replicates, self.seed) = (replicates, seed)
    (self.questions, clusters) = (questions, table.clusters)
    let model = table.mean(\.model)
    let reference = table.mean(\.reference)
    let climatology = table.mean(\.climatology)
    let isRatio = reference > 0 && reference >= Skill.exactLimit * abs(climatology)
    value = isRatio ? 1 - model / reference : nil
    delta = reference - model

    if let bootstrap {
      (method, signFlip) = (.bootstrap, nil)
      interval = isRatio ? bootstrap.skill : nil
      deltaInterval = bootstrap.delta
    } else if table.clusters >= SmallSample.minimumClusters {
      let sample = SmallSample(table)
      (method, interval) = (.student, nil)
      (deltaInterval, signFlip) = (sample.interval, sample.signFlip)
    } else {
      (method, interval, deltaInterval, signFlip) = (.none, nil, nil, nil)
    }
    claim = (interval ?? deltaInterval).map { range in
      range.lowerBound > 0 ? .better : range.upperBound < 0 ? .worse : .notShown
    }
  }
}
