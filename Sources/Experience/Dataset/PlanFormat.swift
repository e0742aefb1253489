// Keys of a plan: the table that reader and JSON Schema share.

public enum PlanFormat {
  static let variation = SectionTable(
    "vary",
    fields: [
      Field("low", .text, "smallest value, with its unit"),
      Field("high", .text, "largest value, with its unit"),
      Field("one-of", .list(.text), "values of which each is as likely, instead of low and high"),
      Field(
        "scale", .word(["linear", "log"]), default: "linear", "linear or log between the ends"),
      Field(
        "digits", .integer(1...12), default: "4",
        "significant digits of the disclosed value, rounded before it is simulated"),
      Field(
        "tolerance", .text,
        "half-width of a uniform tolerance: told to the predictor, sampled in the truth"),
    ], groups: [KeyGroup(["low", "one-of"], required: true, fact: "the values it takes")])

  static let splits = SectionTable(
    "splits",
    fields: [
      Field(
        "calibration", .integer(0...1_000_000), default: "1000",
        "instances whose truth is public: climatology and loss scales come from them"),
      Field("public", .integer(0...1_000_000), default: "200", "instances with public truth"),
      Field(
        "sealed", .integer(0...1_000_000), default: "0",
        "instances whose truth and key stay with the keeper"),
    ])

  static let ablation = SectionTable(
    "ablations",
    fields: [
      Field("about", .text, "what is taken away, in words"),
      Field("set", .dictionary(.text), required: true, "path in the scene: the value it gets"),
    ])

  static let question = SectionTable(
    "questions",
    fields: [
      Field("outcome", .text, "outcome of the experience"),
      Field("event", .text, "`outcome > quantity`: asks for a probability"),
      Field(
        "classes", .list(.text),
        "criteria; the first that a run meets is its class: asks for their probabilities"),
      Field(
        "otherwise", .text,
        "name of the class of runs that meet no criterion (default none-of-these)"),
      Field("ordered", .text, "outcome whose intervals between `limits` are classes in an order"),
      Field("limits", .list(.text), "ascending ends of the intervals, with units"),
      Field("order", .list(.text), "outcomes of one dimension: asks which is smaller, by pairs"),
      Field(
        "series", .list(.text), "outcomes of one dimension, at most 8: asks for all of a run"),
      Field(
        "at", .list(.quantity(QuantityKind(.time, unit: "s", range: 0...1e9))),
        "instants of the outcomes of a series, where they are instants"),
      Field(
        "reverse", .text,
        "varied input that is hidden and asked for; stands in a plan of its own"),
      Field("from", .text, "outcome whose value a question backwards tells"),
      Field(
        "digits", .integer(1...12),
        "significant digits of the value that a question backwards tells (default 3)"),
      Field("name", .text, "name of a question that is about more than one outcome"),
      Field(
        "alpha", .quantity(QuantityKind(.none, unit: "1", range: 0.01...0.9)),
        "share outside the interval of a question with `rule: interval` (default 0.1)"),
      Field(
        "rule", .word(["wis", "crps", "interval", "energy"]), default: "wis",
        "rule of a scalar or a series"),
      Field(
        "levels", .list(.quantity(QuantityKind(.none, unit: "1", range: 0.001...0.999))),
        "quantile levels of a wis question, ascending (default 0.05, 0.25, 0.5, 0.75, 0.95)"),
    ],
    groups: [
      KeyGroup(
        ["outcome", "event", "classes", "ordered", "order", "series", "reverse"], required: true,
        fact: "what is asked")
    ])

  public static let table = SectionTable(
    "plan",
    fields: [
      Field("plumbline", .integer(1...1), required: true, "version of the format"),
      Field("plan", .text, required: true, "template name: letters, digits, . _ -"),
      Field("version", .text, default: "1.0.0", "MAJOR.MINOR.PATCH of the template"),
      Field(
        "scene", .text, required: true,
        "scene file that is varied, relative to the plan and inside its folder tree"),
      Field("samples", .integer(1...1_000_000), "ensemble members (default: the scene's)"),
      Field(
        "vary", .dictionary(.section(variation)), required: true,
        "path in the scene: the values it takes"),
      Field(
        "design", .word(Plan.Design.allCases.map(\.rawValue)), default: "sobol",
        "how the points are spread"),
      Field("splits", .section(splits), default: "{}", "instances of each split"),
      Field(
        "calibration-runs", .word(["full", "coarse"]), default: "full",
        "full truths, or one run at the coarsest level each: cheap, for climatology only, never asked"
      ),
      Field(
        "questions", .list(.either([.text, .section(question)])), required: true,
        "outcomes, `verification` (the requirements of the scene), or mappings: event, outcome with rule, classes, ordered, order, series, reverse"
      ),
      Field(
        "channels", .list(.text),
        "outcomes that no question asks, kept in the truth so that claim traces can be checked"),
      Field(
        "ablations", .dictionary(.section(ablation)),
        "name: { about, set }: elements taken away in turn, to tell which questions depend on them and what a wrong answer fits; varied inputs are set to the middle of their range anyway"
      ),
      Field("consequence", .integer(1...5), default: "1", "1 (negligible) to 5 (catastrophic)"),
    ])
}
