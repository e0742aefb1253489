// Keys of the brick test: the table that reader, schema and reference pages share.

import Experience

enum BrickBreakFormat {
  static let surfaceEnergy = Dimension(mass: 1, time: -2)
  static let bedding = Dimension(length: -2, mass: 1, time: -2)

  static let density = QuantityKind.positive(
    .density, "kg/m^3", plausible: 500...4000, source: "light plaster to basalt")
  static let young = QuantityKind.positive(
    .pressure, "Pa", plausible: 1e8...1e11, source: "adobe to granite")
  static let poisson = QuantityKind(
    .none, unit: "1", range: -0.99...0.49, plausible: 0.05...0.35,
    plausibleSource: "bricks, concretes and stones")
  static let strength = QuantityKind.positive(
    .pressure, "Pa", plausible: 5e4...3e7, source: "adobe to high-fired clay")
  static let energy = QuantityKind.positive(
    surfaceEnergy, "N/m", plausible: 1...500, source: "adobe and plaster to coarse concrete")
  static let covariance = QuantityKind(
    .none, unit: "1", range: 0...1, plausible: 0...0.5,
    plausibleSource: "0.10 to 0.35 within a lot of clay bricks")
  static let correlation = QuantityKind.positive(.length, "m", plausible: 2e-3...1)
  static let bed = QuantityKind.positive(
    bedding, "Pa/m", plausible: 1e9...1e14, source: "rubber of 10 mm to a film of mortar")
  static let crush = QuantityKind.positive(.pressure, "Pa", plausible: 1e5...1e9)

  private static func length(_ plausible: ClosedRange<Double>, _ source: String) -> FieldKind {
    .quantity(.positive(.length, "m", plausible: plausible, source: source))
  }

  static let brick = SectionTable(
    "brick",
    fields: [
      Field(
        "size", .vector(.positive(.length, "m", plausible: 0.005...2, source: "tiles to lintels")),
        required: true, "along the span, across it, and in the direction of the load"),
      Field(
        "material", .text,
        "name in the materials table: sets every property that is not given beside it"),
      Field("density", .quantity(density), "density"),
      Field("youngs-modulus", .quantity(young), "modulus of elasticity"),
      Field("poisson-ratio", .quantity(poisson), "lateral contraction"),
      Field(
        "tensile-strength", .quantity(strength), "mean strength of the lot in direct tension"),
      Field(
        "fracture-energy", .quantity(energy),
        "mean energy that a crack takes, per area; it varies with the strength, by one factor"),
      Field(
        "strength-cov", .quantity(covariance),
        "coefficient of variation from brick to brick, lognormal of mean 1; material or 0.2"),
      Field(
        "correlation-length", .either([.word(["none"]), .quantity(correlation)]),
        default: "30 mm",
        "of the strength within a brick, correlation exp(-r^2/(2 l^2)); none: uniform bricks"),
      Field(
        "weibull-modulus", .quantity(QuantityKind(.none, unit: "1", range: 1...1000)),
        default: "8", "of the strength within a brick, mean 1"),
    ])

  static let striker = SectionTable(
    "striker",
    fields: [
      Field(
        "mass", .quantity(.positive(.mass, "kg", plausible: 0.01...1000)), required: true,
        "of the rigid striker"),
      Field(
        "nose", .word(["line", "ball"]), default: "line",
        "line: a bar across the whole brick over the middle; ball: a sphere over the centre"),
      Field("radius", length(1e-3...1, "rods to bowling balls"), "of a ball; of a line if round"),
    ])

  static let bend = SectionTable(
    "bend",
    fields: [
      Field("span", length(0.01...5, "tiles to lintels"), required: true, "between the supports"),
      Field(
        "speed",
        .quantity(.positive(.speed, "m/s", plausible: 1e-6...0.02, source: "testing machines")),
        required: true, "of the loading bar over the middle"),
    ])

  static let strike = SectionTable(
    "strike",
    fields: [
      Field("span", length(0.01...5, "tiles to lintels"), required: true, "between the supports"),
      Field("striker", .section(striker), required: true, "what falls on the middle"),
      Field(
        "height", length(1e-3...10, "taps to drop towers"), required: true,
        "that the striker falls freely from rest"),
      Field(
        "curve", .list(.quantity(.positive(.length, "m", plausible: 1e-3...10))), default: "[]",
        "further heights, for outcomes breaks-at-…: whether the same brick breaks if it is struck from there instead"
      ),
    ])

  static let floor = SectionTable(
    "floor",
    fields: [
      Field(
        "restitution", .quantity(QuantityKind(.none, unit: "1", range: 0...1)), required: true,
        "of the pieces on the floor and on each other once the cracks are at rest; the first impact is that of the pad"
      ),
      Field(
        "friction", .quantity(QuantityKind(.none, unit: "1", range: 0...3)), required: true,
        "of brick and pieces on the floor"),
    ])

  static let fall = SectionTable(
    "fall",
    fields: [
      Field(
        "height", length(0.01...10, "hands to scaffolds"), required: true,
        "of the lowest point above the floor"),
      Field(
        "attitude",
        .vector(QuantityKind(.angle, unit: "rad", range: -6.3...6.3)),
        default: "\"[0, 0, 0] deg\"", "intrinsic x-y-z angles; the brick does not turn on its way"),
      Field("floor", .section(floor), required: true, "level and rigid under its pad"),
    ])

  static let test = SectionTable(
    "test",
    fields: [
      Field("bend", .section(bend), "three-point bending at a steady speed"),
      Field("strike", .section(strike), "a weight falls on the middle of the span"),
      Field("fall", .section(fall), "the brick is let go above a floor"),
    ],
    groups: [KeyGroup(["bend", "strike", "fall"], required: true, fact: "what is done to it")])

  static let pad = SectionTable(
    "pad",
    fields: [
      Field(
        "stiffness", .quantity(bed), default: "1e12 Pa/m ± 40 %",
        "pressure per indentation of the packing or crushed layer under nose, supports and floor"),
      Field(
        "cap", .quantity(crush),
        "pressure at which the layer yields; default 12.9 tensile strengths, exact"),
      Field(
        "width", length(2e-4...0.1, "knife edges to strips"),
        "of the strips under a line nose and on the supports; default a twelfth of the depth"),
    ])

  static let fields: [Field] = [
    Field("brick", .section(brick), required: true, "the brick and the lot that it comes from"),
    Field("test", .section(test), required: true, "one of bend, strike, fall"),
    Field(
      "pad", .section(pad), default: "{}",
      "the layer of contact; it decides the peak force and which crack wins"),
    Field(
      "resolution", .quantity(.positive(.length, "m", plausible: 5e-4...0.05)), required: true,
      "coarsest edge of an element; six elements in the depth become eight and ten"),
  ]
}
