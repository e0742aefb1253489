// From a prediction file to ghosts over a recording.
//
// Which outcome   a prediction's id ends in the slot of its question, which is the outcome's name;
//                 a question at hand says it better (`event.outcome`), and gives the unit.
// Where           a length called height, rise or depth is a level above the ground; another length
//                 is a way from the start of the first body that moves, in the direction it went;
//                 a time is a flag on the timeline; the rest stands in the table.
// When, where     an event of the run at the time of the outcome, by preference of the kind that the
//                 outcome is named after: slip of slip-time and slips.
// Difference      the median of the prediction less the recorded value; of an event p less 1 or 0.
// Checked by      GhostTests.

import Experience
import Foundation

/// Makes ghosts for one recording.
public struct GhostReading: Sendable {
  public var stage: Stage
  public var notes: RecordingNotes
  /// Last instant in s.
  public var end: Double
  /// Level that heights are counted from, in m: a point of the ground.
  public var ground: Point3
  /// Where the first moving body starts, and the unit vector along which it goes.
  public var start: Point3
  public var heading: Point3

  public init(of source: any FrameSource) throws {
    (stage, notes) = (source.stage, source.notes)
    let times = source.times
    end = times.last ?? 0
    let up = source.stage.up
    var floor = 0 * up
    for (prop, pose) in zip(stage.props, stage.poses) {
      if case .plane = prop.shape { floor = pose.position }
    }
    ground = floor
    (start, heading) = (floor, Point3(1, 0, 0))
    guard !times.isEmpty, let body = stage.props.firstIndex(where: { !$0.isFixed }) else { return }
    let (first, last) = (try source.frame(0), try source.frame(times.count - 1))
    guard first.poses.indices.contains(body), last.poses.indices.contains(body) else { return }
    start = first.poses[body].place(stage.props[body].centreOfMass)
    let way = last.poses[body].place(stage.props[body].centreOfMass) - start
    heading = (way - up * way.dot(up)).unit(or: up.across)
  }

  /// One ghost for each prediction that can be read and belongs to an outcome of the recording;
  /// the others are named with the reason.
  public func ghosts(
    of predictions: [Prediction], questions: [Question] = []
  ) -> (ghosts: [Ghost], skipped: [String]) {
    var ghosts: [Ghost] = []
    var skipped: [String] = []
    for prediction in predictions {
      let question = questions.first { $0.id == prediction.id }
      let slot = prediction.id.split(separator: "/").last.map(String.init) ?? prediction.id
      let name = question?.event?.outcome ?? question?.slot ?? slot
      guard let outcome = notes.outcomes.first(where: { $0.name == name }) else {
        skipped.append("\(prediction.id): the recording has no outcome `\(name)`")
        continue
      }
      let reading = Answer.read(prediction, for: question)
      guard let answer = reading.answer else {
        skipped.append("\(prediction.id): \(reading.problems.first?.message ?? "no answer")")
        continue
      }
      let symbol = question?.quantity.unit ?? prediction.answer?["unit"]?.text
      guard
        let ghost = ghost(
          of: answer, model: prediction.model, outcome: outcome, unit: symbol, question: question)
      else {
        skipped.append("\(prediction.id): a prediction of this form is not drawn")
        continue
      }
      ghosts.append(ghost)
    }
    return (ghosts, skipped)
  }

  /// A ghost of one answer; `unit` is what its numbers are in, SI where nil.
  public func ghost(
    of answer: Answer, model: String, outcome: OutcomeMark, unit symbol: String? = nil,
    question: Question? = nil
  ) -> Ghost? {
    let known = outcome.knownAt ?? end
    if case .probability(let p) = answer {
      let happened = question?.event.map { $0.holds(outcome.value) } ?? (outcome.value >= 0.5)
      var ghost = Ghost(
        name: outcome.name, model: model, form: .event(probability: p, happened: happened),
        text: "p = \(ValueText.number(p))",
        difference: ValueText.difference(p - (happened ? 1 : 0), "1"), knownAt: known)
      ghost.moment = moment(of: outcome, at: known)
      if !happened { ghost.moment?.place = nil }
      return ghost
    }
    guard let spread = Spread(of: answer, levels: question?.levels ?? []) else { return nil }
    let unit = symbol.flatMap { try? Unit.parse($0) }
    let si = spread.mapped { unit?.toSI($0) ?? $0 }
    var ghost = Ghost(
      name: outcome.name, model: model, form: .number, text: text(of: si, outcome.unit),
      difference: ValueText.difference(si.median - outcome.value, outcome.unit), knownAt: known)
    place(&ghost, si, outcome)
    return ghost
  }

  private func text(of spread: Spread, _ unit: String) -> String {
    guard let outer = spread.outer else { return ValueText.quantity(spread.median, unit) }
    let range = "\(ValueText.number(outer.lowerBound)) … \(ValueText.number(outer.upperBound))"
    return "\(ValueText.quantity(spread.median, unit)) (\(range))"
  }

  private func place(_ ghost: inout Ghost, _ spread: Spread, _ outcome: OutcomeMark) {
    switch outcome.unit {
    case "s":
      ghost.form = .time(spread.median)
      ghost.outer = spread.outer.map { .times($0.lowerBound, $0.upperBound) }
      ghost.inner = spread.inner.map { .times($0.lowerBound, $0.upperBound) }
      ghost.moment = moment(of: outcome, at: outcome.value)
    case "m":
      let isHeight = ["height", "rise", "depth", "apex"].contains { outcome.name.contains($0) }
      let point: (Double) -> Point3 = { value in
        if isHeight { return onGround(start) + value * stage.up }
        return onGround(start + value * heading)
      }
      ghost.form = isHeight ? .height(point(spread.median)) : .place(point(spread.median))
      ghost.outer = spread.outer.map { .points(point($0.lowerBound), point($0.upperBound)) }
      ghost.inner = spread.inner.map { .points(point($0.lowerBound), point($0.upperBound)) }
    default: break
    }
  }

  /// The event of the run that an outcome speaks of.
  private func moment(of outcome: OutcomeMark, at time: Double) -> Ghost.Moment {
    // the record rounds its times to what their bands allow
    let reach = max(outcome.unit == "s" ? outcome.band : 0, 1e-6 * end, 1e-9)
    let near = notes.events.filter { abs($0.time - time) <= reach }
    let found =
      near.first { outcome.name.contains($0.kind) }
      ?? near.min { abs($0.time - time) < abs($1.time - time) }
    return Ghost.Moment(time: time, place: found?.point)
  }

  /// Straight down to the level of the ground.
  private func onGround(_ point: Point3) -> Point3 {
    point - stage.up * (point - ground).dot(stage.up)
  }
}
