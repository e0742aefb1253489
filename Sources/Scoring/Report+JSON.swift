// `report/1` as JSON. What follows from a ledger and from decisions is added by `Judgement`.

import Experience

extension Report {
  public var json: JSON {
    var object = base.object ?? JSONObject()
    for (key, value) in judgement?.fields(of: self) ?? [] { object[key] = value }
    // limits last in the file, first on the page
    let statements = object["statements"]
    object["statements"] = nil
    object["statements"] = statements
    return .object(object)
  }

  private var base: JSON {
    .object([
      ("schema", .text("report/1")),
      (
        "dataset",
        .object([
          ("id", .text(source.dataset)), ("version", .text(source.version)),
          ("experience", source.experience.isEmpty ? nil : .text(source.experience)),
          ("sha256", .text(source.datasetHash)), ("split", .text(source.split)),
          ("seed-commitment", source.seedCommitment.map { .text($0) }),
        ])
      ),
      (
        "scorer",
        .object([("version", .text(source.release)), ("commit", .text(source.commit))])
      ),
      ("predictions", predictionsJSON), ("headline", headlineJSON),
      ("why", why.map { .text($0) }),
      (
        "by",
        .object(rows.map { ($0.group, .object($0.rows.map { ($0.name, Report.json($0)) })) })
      ),
      ("calibration", calibration.json),
      (
        "selective",
        selective.map {
          .array([.object([("coverage", .number($0.coverage)), ("risk", .number($0.risk))])])
        }
      ),
      ("traces", traces?.json),
      (
        "resolution",
        .object([
          ("marginal", .number(Double(marginal))), ("unresolved", .number(Double(unresolved))),
          ("ties", .number(Double(ties))),
        ])
      ),
      ("statements", .texts(statements)),
    ])
  }

  private var predictionsJSON: JSON {
    .object([
      ("sha256", .text(source.predictionsHash)), ("model", .text(source.model)),
      ("track", .text(source.track)), ("attempts", .number(Double(source.attempts))),
      ("n", .number(Double(questions))),
      (
        "invalid",
        .object([
          ("n", .number(Double(invalidCount))),
          (
            "by-reason",
            .object(invalid.map { ($0.reason.rawValue, .number(Double($0.count))) })
          ),
        ])
      ),
      ("abstained", .number(Double(abstained))), ("missing", .number(Double(missing))),
      ("contaminated", .number(Double(contaminated))),
      ("recall-gap", recallGap.map { .number($0) }),
      ("ledger", judgement?.ledgerJSON ?? .null),
    ])
  }

  private var headlineJSON: JSON {
    if why != nil { return .null }
    return .object(
      skills.map { reference, skill in
        (
          reference.rawValue,
          .object([
            ("skill", Report.estimate(skill.value, skill.interval, skill)),
            ("delta", Report.estimate(skill.delta, skill.deltaInterval, skill)),
            ("sign-flip-p", skill.signFlip.map { .number($0) }),
            ("claim", skill.claim.map { .text($0.rawValue) }),
          ])
        )
      })
  }

  private static func estimate(
    _ value: Double?, _ interval: ClosedRange<Double>?, _ skill: Skill
  ) -> JSON? {
    value.map { value in
      .object([
        ("value", .number(value)), ("ci95", Report.json(interval)),
        ("method", interval == nil ? nil : .text(skill.method.rawValue)),
        ("clusters", .number(Double(skill.clusters))),
        (
          "replicates",
          skill.method == .bootstrap ? .number(Double(skill.replicates)) : nil
        ),
        ("seed", skill.method == .bootstrap ? .number(Double(skill.seed)) : nil),
      ])
    }
  }

  private static func json(_ interval: ClosedRange<Double>?) -> JSON? {
    interval.map { .numbers([$0.lowerBound, $0.upperBound]) }
  }

  private static func json(_ row: Row) -> JSON {
    .object([
      ("n", .number(Double(row.questions))),
      ("skill", row.climatology.value.map { .number($0) }),
      ("ci95", json(row.climatology.interval)), ("delta", .number(row.climatology.delta)),
      (
        "physics-101",
        row.physics101.map { skill in
          .object([
            ("n", .number(Double(skill.questions))), ("skill", skill.value.map { .number($0) }),
            ("ci95", json(skill.interval)), ("delta", .number(skill.delta)),
          ])
        }
      ),
      ("mean-loss", row.meanLoss.map { .number($0) }), ("unit", row.lossUnit.map { .text($0) }),
    ])
  }
}
