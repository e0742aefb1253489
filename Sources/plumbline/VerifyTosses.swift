// `plumbline verify --data DIR`: recorded cube tosses against replayed ones (RB39).

import Catalogue
import Experience
import Foundation

struct VerifyTosses {
  let options: GlobalOptions
  let format: OutputFormat
  /// At most this many tosses, spread evenly.
  let sample: Int?

  /// Reads, fits, judges and prints; the status is "no" when a baseline is as good.
  func run(_ folder: String) throws {
    let file = try read(folder)
    let study = CubeTossStudy()
    let progress = Progress(total: study.work(file), noun: "rollout", options)
    let report = study.run(file, jobs: options.workers) { progress.advance("rollout", seconds: 0) }
    progress.finish()
    switch format {
    case .text: try Console.write(text(report))
    case .json: for row in rows(report) { try Console.line(row.line) }
    }
    if !report.beatsBaselines { throw Ending(status: .answerIsNo) }
  }

  // MARK: Reading

  private func read(_ folder: String) throws(Failure) -> CubeTosses {
    let path = folder + "/tosses.jsonl"
    let manager = FileManager.default
    if !manager.fileExists(atPath: path) {
      if manager.fileExists(atPath: path + ".gz") {
        throw Failure(
          .inputMissing, "`\(folder)` has tosses.jsonl.gz only", help: "`gzip -d \(path).gz` first")
      }
      throw Failure(
        .inputMissing, "cannot find `\(path)`",
        help: "no data comes with plumbline: clone github.com/DAIRLab/contact-nets, then "
          + "`python3 benchmarks/contactnets/prepare.py contact-nets/data \(folder)`")
    }
    let source = try Files.text(path)
    var file: CubeTosses
    do throws(CubeTossProblem) { file = try CubeTosses.parse(source.text) } catch {
      let place = error.line.map { ":\($0)" } ?? ""
      throw Failure(.badInput, "\(path)\(place): \(error.message)", help: error.help)
    }
    if let sample, sample < file.tosses.count {
      let all = file.tosses
      file.tosses = (0..<sample).map { all[$0 * all.count / sample] }
      guard !file.fitted.isEmpty, !file.judged.isEmpty else {
        throw Failure(
          .nothingSelected, "--sample \(sample) leaves no toss to fit or none to judge",
          help: "choose a larger number")
      }
    }
    return file
  }

  // MARK: Text

  private func text(_ report: CubeTossReport) -> String {
    func f(_ value: Double, _ count: Int = 3) -> String { TruthText.figures(value, count) }
    let fit = report.fitted
    let tracking = fit.tracking
    var out = "RB39  recorded cube tosses, github.com/DAIRLab/contact-nets, arXiv:2009.11193\n\n"
    out += "fitted on \(fit.tosses) tosses with even numbers\n"
    out += TruthText.columns([
      ["friction", f(fit.model.friction)],
      ["restitution", f(fit.model.restitution)],
      [
        "length scale",
        "\(f(tracking.scale, 5)) (fall of \(tracking.flights) free flights: "
          + "\(f(tracking.scaleOfFlight, 5)), height at rest: \(f(tracking.scaleOfRest, 5)))",
      ],
      ["mean loss", "\(f(fit.loss)) (0 exact, 1 lost)"],
      [
        "first impacts",
        "\(f(fit.impactSpeeds.lowerBound)) … \(f(fit.impactSpeeds.upperBound)) m/s (5 % … 95 %)",
      ],
    ])
    out += "\njudged on \(report.judged) tosses with odd numbers: median (quartiles) over tosses\n"
    out += TruthText.columns(
      [
        [
          "predictor", "position, mm", "% of width", "angle, °", "penetration, %",
          "largest, %", "near rows, %", "face",
        ]
      ] + report.summaries.map(cells))
    out += "\n" + spread(report)
    out += "\npublished for these data: mean ± standard deviation over tosses\n"
    out += published(report.summaries)
    return out + notes(report)
  }

  private func cells(_ summary: CubeTossSummary) -> [String] {
    func three(_ q: CubeTossQuartiles, _ factor: Double = 1) -> String {
      let (a, b, c) = (q.lower * factor, q.median * factor, q.upper * factor)
      return String(format: "%.1f (%.1f … %.1f)", b, a, c)
    }
    return [
      summary.predictor, three(summary.position, 1000), three(summary.positionPercent),
      three(summary.angle), three(summary.meanPenetration), three(summary.largestPenetration),
      three(summary.nearRows), String(format: "%.0f %%", 100 * summary.faces),
    ]
  }

  private func spread(_ report: CubeTossReport) -> String {
    let spread = report.spread
    let tracking = report.fitted.tracking
    func mm(_ q: CubeTossQuartiles) -> String {
      String(format: "%.1f (%.1f … %.1f) mm", 1000 * q.median, 1000 * q.lower, 1000 * q.upper)
    }
    func degrees(_ q: CubeTossQuartiles) -> String {
      String(format: "%.1f (%.1f … %.1f)°", q.median, q.lower, q.upper)
    }
    let start = String(
      format: "%.2f mm, %.2f°, %.1f %% of velocity and spin", 1000 * tracking.heightNoise,
      tracking.turnNoise * 180 / .pi, 100 * tracking.velocityNoise)
    return "\(spread.members) rollouts a toss from starts that the tracking cannot tell apart "
      + "(\(start))\n"
      + TruthText.columns([
        ["best member", mm(spread.best.position), degrees(spread.best.angle)],
        ["mean over members", mm(spread.meanPosition), degrees(spread.meanAngle)],
        ["distance of members from their mean path", mm(spread.width), ""],
        [
          "probability of the recorded face",
          String(format: "%.2f", spread.faceProbability),
          String(format: "some member has it: %.0f %%", 100 * spread.faceIsReached),
        ],
      ])
  }

  private func published(_ summaries: [CubeTossSummary]) -> String {
    func both(_ q: CubeTossQuartiles) -> String {
      String(format: "%.1f ± %.1f", q.mean, q.deviation)
    }
    var table = [["simulator", "position, % of width", "angle, °"]]
    for item in PublishedTosses.all { table.append([item.name, item.position, item.angle]) }
    for index in [4, 0] where index < summaries.count {
      let row = summaries[index]
      table.append([row.predictor, both(row.positionPercent), both(row.angle)])
    }
    return TruthText.columns(table) + "  \(PublishedTosses.source)\n"
  }

  private func notes(_ report: CubeTossReport) -> String {
    let deep = report.recordedPenetration
    let fit = report.fitted
    let range = 0.1...0.2
    let isKnown = range.contains(fit.model.friction) && (0...0.25).contains(fit.model.restitution)
    return """

      notes
        The tracking lets corners sink \(String(format: "%.1f", deep.median)) % of the width into \
      the board (largest of a toss, median): about 4 mm are the
        floor of these data, and smaller differences between predictors mean nothing.
        Tier T2 for the \(report.inRange) judged tosses whose first impact is as fast as 5 % … 95 % \
      of the fitted ones, T3 for the other
        \(report.judged - report.inRange) and for any other cube, board or speed.
        Friction and restitution are one number each for faces, edges and corners; they \
      \(isKnown ? "lie" : "do not lie") in the search range of RB39
        (0.1 … 0.2 and 0 … 0.25). They describe this model on these data, not acrylic.
        \(report.copies) tosses are copies of others, turned about the vertical and shifted: left out.
        Energy of the rollouts is accounted for to \(TruthText.figures(report.residual, 2)); \
      \(report.unresolved) runs are unresolved.

      """
  }
}

/// Numbers of others.
enum PublishedTosses {
  static let all: [(name: String, position: String, angle: String)] = [
    ("Drake", "13.5 ± 8.2", "16.5 ± 20.0"),
    ("Bullet", "14.9 ± 8.9", "16.5 ± 20.2"),
    ("MuJoCo", "25.1 ± 10.8", "21.7 ± 21.4"),
  ]
  static let source = """
    Acosta, Yang & Posa 2022, IEEE RA-L 7, 6471, arXiv:2110.00541: from the first row as recorded, lengths
      as recorded, parameters identified for each engine. Read in two files of a public repository that
      cites the paper, not in the paper. Of arXiv:2009.11193 itself no number was found.
    """
}
