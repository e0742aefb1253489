// What strategies gain that do not look at the scene: the table in benchmarks/results/attacks.txt.

import Attacks
import Experience
import Foundation
import Scoring

enum AttackTable {
  static func print() throws {
    let field = AttackField()
    let scorer = try field.scorer()
    var rows = [["strategy", "skill", "95 % interval", "invalid", "verdict"]]
    func row(_ name: String, _ predictions: [Prediction]) throws {
      let scores = try scorer.scores(of: predictions)
      let report = Report(scores: scores)
      let skill = report.skills[0].skill
      let interval = skill.interval.map {
        String(format: "[%+.3f, %+.3f]", $0.lowerBound, $0.upperBound)
      }
      rows.append([
        name, String(format: "%+.3f", skill.value ?? .nan), interval ?? "-",
        "\(report.invalidCount)", skill.claim?.rawValue ?? "-",
      ])
    }
    for attack in Attack.battery { try row(attack.name, attack.predictions(field)) }
    try row("(the truth's own law, for contrast)", field.honest())
    Swift.print(
      """
      Skill against climatology on 200 drops with 13 questions each (speed by quantiles, by ensemble, on a
      logarithmic scale and as an interval, an event, three classes with and without their order, an order,
      a series by quantiles and as paths, a requirement with probability, margin and decision); 1,000
      calibration instances; paired cluster bootstrap, 9,999 replicates, seed 1.

      """)
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      let cells = row.enumerated().map { column, cell in
        cell + String(repeating: " ", count: widths[column] - cell.count)
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      Swift.print(line)
    }
  }
}
