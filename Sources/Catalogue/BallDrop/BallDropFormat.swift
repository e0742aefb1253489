// Keys and outcomes of the ball drop: the table that reader, schema and reference pages share.

import Experience

enum BallDropFormat {
  static let length = QuantityKind(.length, unit: "m", range: 0...1e7)
  static let number = QuantityKind(.none, unit: "1")

  static let ball = SectionTable(
    "ball",
    fields: [
      Field(
        "diameter",
        .quantity(
          .positive(.length, "m", plausible: 1e-5...3, source: "dust to weather balloons")),
        required: true, "diameter of the ball"),
      Field("material", .text, "a name of the materials table; gives the density"),
      Field(
        "mass",
        .quantity(.positive(.mass, "kg", plausible: 1e-12...1e5, source: "droplets to boulders")),
        "mass of the ball"),
      Field(
        "density",
        .quantity(
          .positive(.density, "kg/m^3", plausible: 5...23_000, source: "foams to osmium")),
        "mean density: mass over outer volume"),
      Field(
        "fill", .word(["solid", "shell"]), default: "solid",
        "solid (I = 2/5 m a^2) or thin shell (I = 2/3 m a^2)"),
    ],
    groups: [
      KeyGroup(["mass", "density", "material"], required: true, fact: "how heavy the ball is")
    ])

  static let drag = FieldKind.either([
    .word(["sphere", "none"]),
    .section(
      SectionTable(
        "drag",
        fields: [
          Field(
            "coefficient",
            .quantity(
              QuantityKind(
                .none, unit: "1", range: 0...1e3, plausible: 0.05...2,
                plausibleSource: "dimpled and smooth spheres, 1e3 < Re < 1e6")),
            "constant drag coefficient"),
          Field(
            "law", .word(["stokes", "schiller-naumann", "clift-gauvin", "morrison"]),
            "drag coefficient as a function of the Reynolds number"),
        ],
        groups: [KeyGroup(["coefficient", "law"], required: true, fact: "the drag law")])),
  ])

  static let start = SectionTable(
    "start",
    fields: [
      Field(
        "height", .quantity(length), required: true,
        "height of the ball's underside above the floor"),
      Field(
        "velocity",
        .vector(
          QuantityKind(
            .speed, unit: "m/s", range: -1e5...1e5, plausible: -300...300,
            plausibleSource: "subsonic")), default: "\"[0, 0, 0] m/s\"",
        "velocity of the centre: x to the right (downhill), y away, z up"),
      Field(
        "spin", .vector(QuantityKind(.angularSpeed, unit: "rad/s", range: -1e6...1e6)),
        default: "\"[0, 0, 0] rad/s\"", "angular velocity about the same axes"),
    ])

  static let restitutionValue = QuantityKind(.none, unit: "1", range: 0...1)
  static let frictionValue = QuantityKind(
    .none, unit: "1", range: 0...100, plausible: 0...1.5,
    plausibleSource: "ice on ice to rubber on concrete")

  static let restitution = FieldKind.either([
    .quantity(restitutionValue),
    .section(
      SectionTable(
        "restitution",
        fields: [
          Field(
            "law", .word(["constant", "viscoelastic", "hunt-crossley", "spring-dashpot"]),
            required: true, "how the coefficient follows from the approach speed"),
          Field("value", .quantity(restitutionValue), "coefficient of the constant law"),
          Field(
            "effective-modulus",
            .quantity(.positive(.pressure, "Pa", plausible: 1e4...1e12)),
            "viscoelastic: E* with 1/E* = (1 − ν₁²)/E₁ + (1 − ν₂²)/E₂"),
          Field(
            "dissipation", .quantity(QuantityKind(.time, unit: "s", range: 0...1)),
            "viscoelastic: time constant A of the dissipative part"),
          Field(
            "damping",
            .quantity(
              QuantityKind(Dimension(length: -1, time: 1), unit: "s/m", range: 0...1e6)),
            "hunt-crossley: c in F = k·xⁿ·(1 + c·ẋ)"),
          Field(
            "damping-ratio", .quantity(QuantityKind(.none, unit: "1", range: 0...10)),
            "spring-dashpot: damping over critical damping"),
          Field(
            "speed", .quantity(QuantityKind(.speed, unit: "m/s", range: 0...1e5)),
            "{ low, high }: approach speeds for which the law was made"),
        ])),
  ])

  static let friction = FieldKind.either([
    .quantity(frictionValue),
    .section(
      SectionTable(
        "friction",
        fields: [
          Field("along", .quantity(frictionValue), required: true, "coefficient along `direction`"),
          Field("across", .quantity(frictionValue), required: true, "coefficient across it"),
          Field(
            "direction", .direction, default: "[1, 0, 0]", "first axis of the friction ellipse"),
        ])),
  ])

  static let floor = SectionTable(
    "floor",
    fields: [
      Field("material", .text, "a name of the materials table"),
      Field(
        "tilt",
        .quantity(QuantityKind(.angle, unit: "rad", range: 0...1.5)), default: "0 rad",
        "inclination about y, so that +x points downhill"),
      Field(
        "restitution", restitution,
        "coefficient of restitution or a law; default: that of the two materials"),
      Field(
        "friction", friction, "coefficient of friction; default: that of the two materials"),
      Field(
        "grip", .quantity(QuantityKind(.none, unit: "1", range: -1...1)), default: "0",
        "tangential restitution: 0 Coulomb's stick, 1 an ideal superball"),
      Field(
        "rolling-resistance",
        .quantity(
          QuantityKind(
            .length, unit: "m", range: 0...10, plausible: 0...0.1,
            plausibleSource: "hard steel to sand")), default: "0 m",
        "length b in the rolling moment b·N"),
    ])

  static let fields: [Field] = [
    Field("ball", .section(ball), required: true, "what falls"),
    Field("drag", drag, default: "sphere", "resistance of the fluid; sphere is Morrison's law"),
    Field("start", .section(start), required: true, "where and how it is let go"),
    Field("floor", .section(floor), default: "{}", "what it falls on"),
  ]

  static let outcomes: [OutcomeDefinition] = [
    OutcomeDefinition(
      "fall-time", unit: "s", .time, "time from the start to the first contact with the floor"),
    OutcomeDefinition(
      "impact-speed", unit: "m/s", .speed, "speed of the centre just before the first contact"),
    OutcomeDefinition(
      "rebound-speed", unit: "m/s", .speed, "speed of the centre just after the first contact"),
    OutcomeDefinition(
      "rebound-spin", unit: "rad/s", .angularSpeed, minimum: nil,
      "angular velocity about +y just after the first contact; a ball that rolls along +x has a positive one"
    ),
    OutcomeDefinition(
      "rebound-height", unit: "m", .length,
      "height of the underside above the floor at the first apex after the first contact; vertical, also over a tilted floor"
    ),
    OutcomeDefinition(
      "second-impact-time", unit: "s", .time, "time from the start to the second contact"),
    OutcomeDefinition(
      "bounces", unit: "1", .none, isCount: true,
      "number of apexes after a contact that are higher than 1 mm"),
    OutcomeDefinition(
      "rest-time", unit: "s", .time,
      "time from the start until the ball neither bounces, slides nor rolls; absent if it never stops"
    ),
    OutcomeDefinition(
      "first-range", unit: "m", .length,
      "distance along the floor from the foot of the start's perpendicular to the first contact point"
    ),
    OutcomeDefinition(
      "rest-position", unit: "m", .length, "the same distance of the contact point at rest"),
    OutcomeDefinition(
      "max-speed", unit: "m/s", .speed, "largest speed of the centre up to rest or to the duration"),
    OutcomeDefinition(
      "energy-lost", unit: "J", .energy,
      "kinetic energy (motion and spin of the ball itself) that the first contact takes"),
  ]
}
