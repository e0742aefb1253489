// `plumbline verify DIR`: the records of a data set, simulated again from what it publishes.
//
// Again       scene, seed, members and what the templates derive from them: outcomes, classes, orders, series,
//             channels, requirements, events, audits, range. Not again: alternatives and shortcuts, which need
//             the plan, and records of questions backwards, whose scene hides the answer.
// Checked by  VerifyTests, ExperiencesTests.

import Catalogue
import Experience
import Foundation
import Scoring

extension Verify {
  func dataset(_ folder: String) throws {
    let set = try Dataset.read(folder)
    let materials = try Assets.materials()
    let backwards = Set(set.templates.filter(Verify.isBackwards).map(\.id))
    // what was run once at the coarsest level is no truth to hold against one
    let all = (set.hasCoarseCalibration ? [] : set.calibration) + set.outcomes
    var records = all.filter { !backwards.contains($0.template ?? "") }
    if records.count < all.count {
      Console.note(
        "note: \(all.count - records.count) records answer questions backwards; their scenes hide an input and are not simulated again"
      )
    }
    if let sample, sample > 0, sample < records.count {
      let all = records
      records = (0..<sample).map { all[$0 * all.count / sample] }
    }
    let scenes = Dictionary(
      set.questions.map { ($0.instance, $0.scene) }, uniquingKeysWith: { first, _ in first })
    let templates = Dictionary(
      set.templates.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let checked = records
    let verdicts = Parallel.map(checked.count, jobs: options.workers) { index -> String? in
      Verify.difference(
        checked[index], scenes, templates[checked[index].template ?? ""], materials)
    }
    let wrong = zip(checked, verdicts).filter { $0.1 != nil }
    for (record, difference) in wrong.prefix(20) {
      Console.note("error[R004]: \(record.id ?? ""): \(difference ?? "")")
    }
    try Console.line(
      "\(folder): \(checked.count - wrong.count) of \(checked.count) records are reproduced byte for byte"
    )
    if !wrong.isEmpty { throw Ending(status: .answerIsNo) }
  }

  private static func isBackwards(_ template: Template) -> Bool {
    template.slots.contains { slot in
      if case .reversal? = slot.derivation { true } else { false }
    }
  }

  /// What differs when a record is simulated again from what the data set publishes.
  private static func difference(
    _ record: TruthRecord, _ scenes: [String: JSON], _ template: Template?,
    _ materials: MaterialTable
  ) -> String? {
    guard let id = record.id, let json = scenes[id] else {
      return "no question discloses its scene"
    }
    do {
      var object = json.object ?? JSONObject()
      object["samples"] = .number(Double(template?.members ?? 1))
      let scene = try Scene.parse(
        SourceText(path: id, text: JSON.object(object).line), catalogue: Catalogue.experiences,
        materials: materials)
      let derived = (template?.slots ?? []).compactMap { slot in
        slot.derivation.map { (slot.name, $0) }
      }
      var again = try TruthRunner().account(
        of: scene, id: id, template: record.template, seed: record.seed, derived: derived
      ).record
      if !record.requirements.isEmpty {
        again.requirements = (template?.slots ?? []).flatMap(\.requirements).map { asked in
          RequirementJudge.judge(
            Requirement(
              id: asked.id, text: asked.text, criterion: asked.criterion,
              consequence: asked.consequence),
            outcome: again[outcome: asked.criterion.outcome])
        }
      }
      again.channels = record.channels.compactMap { again.channel(of: $0.name) }
      let kept = Set(record.outcomes.map(\.name))
      again.outcomes.removeAll { !kept.contains($0.name) }
      again.events = Array(again.events.prefix(record.events.count))
      (again.alternatives, again.shortcuts) = (record.alternatives, record.shortcuts)
      if again.json.canonical == record.json.canonical { return nil }
      for (name, outcome) in record.outcomes where again[outcome: name] != outcome {
        return "`\(name)` differs"
      }
      return "the record differs outside its outcomes"
    } catch let list as DiagnosticList {
      return list.diagnostics.first?.message ?? "the scene is refused"
    } catch { return "\(error)" }
  }
}
