// The rows of `plumbline verify --data DIR --format json`: one fit, then one row a predictor.

import Catalogue
import Experience

extension VerifyTosses {
  func rows(_ report: CubeTossReport) -> [JSON] {
    let fit = report.fitted
    let first = JSON.object([
      ("schema", .text("verification-tosses/1")), ("case", .text("RB39")),
      ("row", .text("fit")), ("tosses", .number(Double(fit.tosses))),
      ("friction", .number(fit.model.friction)),
      ("restitution", .number(fit.model.restitution)),
      ("length-scale", .number(fit.tracking.scale)),
      ("length-scale-of-flight", .number(fit.tracking.scaleOfFlight)),
      ("length-scale-of-rest", .number(fit.tracking.scaleOfRest)),
      ("loss", .number(fit.loss)),
      (
        "impact-speeds",
        .numbers([fit.impactSpeeds.lowerBound, fit.impactSpeeds.upperBound])
      ),
      ("copies-left-out", .number(Double(report.copies))),
      ("floor-m", .number(CubeTossScore.floor)),
      ("judged", .number(Double(report.judged))),
      ("judged-in-tier-T2", .number(Double(report.inRange))),
      ("unresolved", .number(Double(report.unresolved))),
      ("beats-baselines", .bool(report.beatsBaselines)),
    ])
    let spread = report.spread
    let members = JSON.object([
      ("schema", .text("verification-tosses/1")), ("case", .text("RB39")),
      ("row", .text("spread")), ("members", .number(Double(spread.members))),
      ("best-position-m", quartiles(spread.best.position)),
      ("best-angle-deg", quartiles(spread.best.angle)),
      ("mean-position-m", quartiles(spread.meanPosition)),
      ("mean-angle-deg", quartiles(spread.meanAngle)),
      ("width-m", quartiles(spread.width)),
      ("face-probability", .number(spread.faceProbability)),
      ("face-reached", .number(spread.faceIsReached)),
    ])
    let published = PublishedTosses.all.map { item in
      JSON.object([
        ("schema", .text("verification-tosses/1")), ("case", .text("RB39")),
        ("row", .text("published")), ("predictor", .text(item.name)),
        ("position-percent", .text(item.position)), ("angle-deg", .text(item.angle)),
        ("source", .text(PublishedTosses.source)),
      ])
    }
    return [first] + report.summaries.map(row) + [members] + published
  }

  private func row(_ summary: CubeTossSummary) -> JSON {
    .object([
      ("schema", .text("verification-tosses/1")), ("case", .text("RB39")),
      ("row", .text("predictor")), ("predictor", .text(summary.predictor)),
      ("tosses", .number(Double(summary.count))),
      ("position-m", quartiles(summary.position)),
      ("position-percent", quartiles(summary.positionPercent)),
      ("angle-deg", quartiles(summary.angle)),
      ("penetration-percent", quartiles(summary.meanPenetration)),
      ("largest-penetration-percent", quartiles(summary.largestPenetration)),
      ("near-rows-percent", quartiles(summary.nearRows)), ("faces", .number(summary.faces)),
    ])
  }

  private func quartiles(_ q: CubeTossQuartiles) -> JSON {
    func number(_ value: Double) -> JSON { value.isFinite ? .number(value) : .null }
    return .object([
      ("q25", number(q.lower)), ("median", number(q.median)), ("q75", number(q.upper)),
      ("mean", number(q.mean)), ("deviation", number(q.deviation)),
    ])
  }
}
