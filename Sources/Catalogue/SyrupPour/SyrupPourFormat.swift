// Keys of the syrup pour: the table that reader, schema and reference pages share.

import Experience

enum SyrupPourFormat {
  private static func length(
    _ plausible: ClosedRange<Double>, _ source: String
  ) -> FieldKind {
    .quantity(.positive(.length, "m", plausible: plausible, source: source))
  }

  private static let viscosityKind = QuantityKind.positive(
    .dynamicViscosity, "Pa.s", plausible: 0.02...5000, source: "glycerin in water to cold honey")
  private static let pure = QuantityKind(.none, unit: "1", range: 0.05...2)

  static let law = SectionTable(
    "viscosity",
    fields: [
      Field(
        "law", .word(["power", "carreau", "herschel-bulkley", "arrhenius"]), required: true,
        "how the viscosity follows from the rate of shear, or from the temperature"),
      Field(
        "consistency", .quantity(viscosityKind),
        "power, herschel-bulkley: k in k·(rate·1 s)^(index−1), the viscosity at 1/s"),
      Field("index", .quantity(pure), "power, carreau, herschel-bulkley: flow index, 1 for Newton"),
      Field(
        "yield-stress",
        .quantity(.positive(.pressure, "Pa", plausible: 0.1...1000, source: "mayonnaise to paste")),
        "herschel-bulkley: stress below which the liquid does not flow"),
      Field(
        "regularisation", .quantity(.positive(.time, "s", plausible: 1...1e5)),
        "herschel-bulkley: time m of Papanastasiou's exponential; the stiff part creeps with yield·m"
      ),
      Field("zero-viscosity", .quantity(viscosityKind), "carreau: at rest"),
      Field(
        "infinite-viscosity", .quantity(.positive(.dynamicViscosity, "Pa.s")),
        "carreau: at great rates"),
      Field("time-constant", .quantity(.positive(.time, "s")), "carreau: λ"),
      Field("least", .quantity(.positive(.dynamicViscosity, "Pa.s")), "power: lower limit"),
      Field("most", .quantity(.positive(.dynamicViscosity, "Pa.s")), "power: upper limit"),
      Field("viscosity", .quantity(viscosityKind), "arrhenius: at the temperature `at`"),
      Field(
        "at", .quantity(.positive(.temperature, "K", plausible: 200...500)),
        "arrhenius: temperature of the known viscosity"),
      Field(
        "activation", .quantity(.positive(.temperature, "K", plausible: 1000...30_000)),
        "arrhenius: E/R in μ = viscosity·exp(activation·(1/T − 1/at))"),
      Field(
        "temperature", .quantity(.positive(.temperature, "K", plausible: 200...500)),
        "arrhenius: of the scene"),
    ])

  static let syrup = SectionTable(
    "syrup",
    fields: [
      Field(
        "density",
        .quantity(.positive(.density, "kg/m^3", plausible: 600...3000, source: "oils to slurries")),
        required: true, "density of the liquid"),
      Field(
        "viscosity", .either([.quantity(viscosityKind), .section(law)]), required: true,
        "dynamic viscosity, or a law"),
      Field(
        "surface-tension",
        .quantity(QuantityKind(Dimension(mass: 1, time: -2), unit: "N/m", range: 0...10)),
        default: "0 N/m", "of axisymmetric streams and slumps, without a law of wetting"),
    ])

  static let cup = SectionTable(
    "cup",
    fields: [
      Field("diameter", length(0.01...1, "shot glasses to buckets"), required: true, "inside"),
      Field("height", length(0.005...1, "dishes to buckets"), required: true, "of the rim"),
    ])

  static let onto = SectionTable(
    "onto",
    fields: [
      Field("plate", length(0.02...2, "saucers to tables"), "diameter of a level plate"),
      Field("cup", .section(cup), "a straight cup"),
    ], groups: [KeyGroup(["plate", "cup"], required: true, fact: "what the stream falls on")])

  static let stream = SectionTable(
    "stream",
    fields: [
      Field(
        "volume", .quantity(.positive(.volume, "m^3", plausible: 1e-7...1e-2)), required: true,
        "poured in all; then the stream is cut off at the nozzle"),
      Field(
        "rate",
        .quantity(
          .positive(Dimension(length: 3, time: -1), "m^3/s", plausible: 1e-8...1e-3)),
        required: true, "volume a second"),
      Field(
        "nozzle", length(0.001...0.1, "syringes to funnels"), required: true,
        "inner diameter; the liquid leaves it with the profile of a long pipe"),
      Field(
        "height", length(0.002...1, "spoons to ladders"), required: true,
        "of the nozzle above the plate, or above the rim of the cup"),
      Field("onto", .section(onto), required: true, "a plate or a cup, centred below"),
    ])

  static let slump = SectionTable(
    "slump",
    fields: [
      Field("radius", length(0.003...0.5, "drops to buckets"), required: true, "of the cylinder"),
      Field("height", length(0.003...0.5, "drops to buckets"), required: true, "of the cylinder"),
    ])

  static let ball = SectionTable(
    "ball",
    fields: [
      Field("diameter", length(0.0005...0.1, "shot to boules"), required: true, "of the ball"),
      Field(
        "density", .quantity(.positive(.density, "kg/m^3", plausible: 500...20_000)),
        required: true, "of the ball"),
    ])

  static let vessel = SectionTable(
    "vessel",
    fields: [
      Field("diameter", length(0.005...1, "tubes to tanks"), required: true, "inside"),
      Field("height", length(0.01...2, "tubes to tanks"), required: true, "of the liquid in it"),
    ])

  static let settle = SectionTable(
    "settle",
    fields: [
      Field("ball", .section(ball), required: true, "what sinks, let go at rest on the axis"),
      Field("vessel", .section(vessel), required: true, "a round vessel full of the liquid"),
      Field(
        "start", length(0.001...1, "under the surface"), required: true,
        "depth of the ball's centre below the surface"),
    ])

  static let pour = SectionTable(
    "pour",
    fields: [
      Field("stream", .section(stream), "a stream falls from a nozzle"),
      Field("slump", .section(slump), "a cylinder of liquid is left alone on a plate"),
      Field("settle", .section(settle), "a ball sinks in a vessel"),
    ],
    groups: [
      KeyGroup(["stream", "slump", "settle"], required: true, fact: "what flows")
    ])

  static let fields: [Field] = [
    Field("syrup", .section(syrup), required: true, "the liquid"),
    Field("pour", .section(pour), required: true, "what it does: one of stream, slump, settle"),
    Field(
      "geometry", .word(["automatic", "axisymmetric", "three-dimensional"]), default: "automatic",
      "automatic: axisymmetric unless the stream would coil; the record says why"),
    Field(
      "resolution", .quantity(.positive(.length, "m", plausible: 1e-4...0.02)), required: true,
      "coarsest edge of a cell; refinement halves it"),
    Field(
      "report-at", .list(.quantity(.positive(.time, "s"))), default: "[]",
      "times of the outcomes spread-radius-at-…"),
  ]
}
