// What an instance would have given without an element of its scene, and which questions do not care.
//
// Method      one run of the nominal scene for each ablation, at the level of its members. An outcome that moves by
//             more than its numerical band is stored as an alternative; failures are explained with it.
// Shortcut    a question of which no ablation changes the answer: a predictor that looks at nothing gets it
//             right. It is asked and scored, and reported apart. Scalars change when they move by more than
//             their band; events, classes and orders when the nominal run answers otherwise.
// Checked by  AblationTests.

extension DatasetBuilder {
  /// Events kept of an alternative.
  private static let eventLimit = 4

  /// - Returns: alternatives with all outcomes that they move, and the slots that no one moves.
  func ablated(
    _ scene: Scene, _ account: TruthRunner.Account
  ) throws(Problem) -> (alternatives: [Alternative], shortcuts: [String]) {
    let nominal = account.nominal.finest.values
    let level = min(
      account.nominal.level, scene.experiment.memberLevel ?? account.nominal.level)
    var alternatives: [Alternative] = []
    var runs: [[Double]] = []
    for ablation in plan.allAblations {
      let changed: Scene
      do {
        changed = try scene.replacing(
          ablation.values.map { ($0.path, .quantity($0.quantity, $0.kind)) }, name: scene.name,
          materials: materials)
      } catch { throw .scene(error) }
      let run: RunResult
      do {
        let found = try changed.experiment.run(
          changed.experiment.inputs.map(\.law.nominal), level: level)
        run =
          level == account.nominal.level
          ? found : account.nominal.refined(found, from: level, scene.outcomes)
      } catch {
        // a scene that cannot be run without the element says nothing about it
        continue
      }
      runs.append(run.values)
      let outcomes = zip(scene.outcomes, zip(nominal, run.values)).compactMap {
        definition, pair -> NamedNumber? in
        guard pair.1.isFinite, moves(definition, pair.0, pair.1, account.record) else { return nil }
        return NamedNumber(definition.name, Quantum.sixFigures(pair.1))
      }
      let events = run.events.prefix(DatasetBuilder.eventLimit).map {
        AlternativeEvent(name: $0.name, time: Quantum.sixFigures($0.time))
      }
      alternatives.append(
        Alternative(
          name: ablation.name, sentence: ablation.sentence, outcomes: outcomes, events: events))
    }
    let shortcuts = plan.questions.filter { question in
      !runs.contains { changes(question, scene, nominal, $0, account.record) }
    }.map(\.slot)
    return (alternatives, shortcuts)
  }

  private func moves(
    _ definition: OutcomeDefinition, _ value: Double, _ other: Double, _ record: TruthRecord
  ) -> Bool {
    if definition.isEvent { return (value > 0.5) != (other > 0.5) }
    if value.isNaN || other.isNaN { return value.isNaN != other.isNaN }
    let band = record[outcome: definition.name]?.scalar?.halfWidth ?? 0
    return abs(other - value) > band
  }

  /// Whether the nominal answer to a question differs between two runs.
  private func changes(
    _ question: PlannedQuestion, _ scene: Scene, _ one: [Double], _ other: [Double],
    _ record: TruthRecord
  ) -> Bool {
    func index(_ name: String) -> Int? { scene.outcomes.firstIndex { $0.name == name } }
    func moves(_ name: String) -> Bool {
      index(name).map { self.moves(scene.outcomes[$0], one[$0], other[$0], record) } ?? false
    }
    func differs(_ criterion: Criterion) -> Bool {
      index(criterion.outcome).map {
        criterion.holds(one[$0]) != criterion.holds(other[$0])
      } ?? false
    }
    if question.type == .verification {
      return scene.requirements.contains { moves($0.criterion.outcome) }
    }
    if let event = question.event { return differs(event) }
    switch question.derivation {
    case .classes(let criteria, _, _):
      func first(_ values: [Double]) -> Int? {
        criteria.firstIndex { criterion in
          index(criterion.outcome).map { criterion.holds(values[$0]) } ?? false
        }
      }
      return first(one) != first(other)
    case .ordering(let items):
      let places = items.compactMap(index)
      return Derivation.pairs(of: places.count).contains { first, second in
        (one[places[first]] < one[places[second]])
          != (other[places[first]] < other[places[second]])
      }
    case .series(let items, _): return items.contains(where: moves)
    // the answer is the hidden input itself
    case .reversal: return true
    case nil: return moves(question.outcome)
    }
  }
}
