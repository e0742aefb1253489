// Keys and outcomes of the backpack drag: the table that reader, schema and reference pages share.
//
// Axes     of the floor: x along it (downhill when it is tilted), y across, z up along its normal.
//          Velocities, directions of a pull and final velocities are in these axes; only gravity and
//          the rotation of the frame are in those of the room.

import Experience

enum BackpackDragFormat {
  static let length = QuantityKind(.length, unit: "m", range: 0...1e4)
  static let offset = QuantityKind(.length, unit: "m", range: -1e4...1e4)
  static let angle = QuantityKind(.angle, unit: "rad", range: -7...7)
  static let frictionValue = QuantityKind(
    .none, unit: "1", range: 0...100, plausible: 0...1.5,
    plausibleSource: "ice on ice to rubber on concrete")
  static let time = QuantityKind(.time, unit: "s", range: 0...1e9)

  // MARK: Pack and floor

  static let pack = SectionTable(
    "pack",
    fields: [
      Field(
        "size",
        .vector(
          .positive(
            .length, "m", plausible: 0.02...2,
            source: "a paperback to a wardrobe, lying or standing")
        ), required: true,
        "edges along x, y and z; the inertia is that of a uniform box of this size"),
      Field(
        "mass",
        .quantity(.positive(.mass, "kg", plausible: 0.05...200, source: "a lunch bag to a safe")),
        required: true, "mass of the pack with what is in it"),
      Field(
        "centre-of-mass", .vector(offset), default: "\"[0, 0, 0] m\"",
        "centre of mass from the middle of the box; the moments about it stay those of the box"),
    ])

  static let friction = FieldKind.either([
    .quantity(frictionValue),
    .section(
      SectionTable(
        "friction",
        fields: [
          Field(
            "static", .quantity(frictionValue), required: true, "coefficient that holds a pack"),
          Field(
            "kinetic", .quantity(frictionValue),
            "coefficient of a sliding pack; default: the static one"),
          Field(
            "stribeck-speed",
            .quantity(
              QuantityKind(
                .speed, unit: "m/s", range: 0...1e3, plausible: 0...0.5,
                plausibleSource: "dry polymers and metals: mm/s to cm/s")), default: "0 m/s",
            "speed over which friction falls from static to kinetic; 0 is a jump"),
          Field(
            "viscous",
            .quantity(
              QuantityKind(Dimension(length: -1, time: 1), unit: "s/m", range: 0...1e3)),
            default: "0 s/m", "growth of the coefficient with the sliding speed"),
        ])),
  ])

  static let floor = SectionTable(
    "floor",
    fields: [
      Field(
        "tilt", .quantity(QuantityKind(.angle, unit: "rad", range: 0...1.5)), default: "0 rad",
        "inclination about y, so that +x points downhill"),
      Field(
        "friction", friction, required: true,
        "coefficient between pack and floor, or { static, kinetic, stribeck-speed, viscous }"),
    ])

  // MARK: Pulls

  private static let velocity = QuantityKind(
    .speed, unit: "m/s", range: -1e4...1e4, plausible: -30...30,
    plausibleSource: "up to a fall from a car")
  private static let speed = QuantityKind(
    .speed, unit: "m/s", range: 0...1e3, plausible: 0...15, plausibleSource: "up to a sprint")

  private static func direction(_ what: String) -> [Field] {
    [
      Field(
        "angle", .quantity(QuantityKind(.angle, unit: "rad", range: -1.57...1.57)),
        default: "0 rad", "elevation of \(what) above the floor"),
      Field(
        "azimuth", .quantity(angle), default: "0 rad",
        "its direction along the floor, turned from +x about the upward normal"),
      Field(
        "height", .quantity(length), required: true,
        "height above the floor, at the start, of the point on the pulled side where it holds"),
    ]
  }

  static let push = SectionTable(
    "push",
    fields: [
      Field(
        "velocity", .vector(velocity), default: "\"[0, 0, 0] m/s\"",
        "velocity of the centre of mass at the start"),
      Field(
        "spin",
        .vector(
          QuantityKind(
            .angularSpeed, unit: "rad/s", range: -1e4...1e4, plausible: -100...100,
            plausibleSource: "up to sixteen turns a second")), default: "\"[0, 0, 0] rad/s\"",
        "angular velocity at the start"),
    ])

  static let force = SectionTable(
    "force",
    fields: [
      Field(
        "magnitude",
        .quantity(
          QuantityKind(
            .force, unit: "N", range: 0...1e9, plausible: 0...2000,
            plausibleSource: "up to what two people pull")), required: true, "force of the pull")
    ] + direction("the force") + [
      Field("from", .quantity(time), default: "0 s", "when the pull begins"),
      Field("until", .quantity(time), "when the pull ends; without it, never"),
    ])

  static let strap = SectionTable(
    "strap",
    fields: [
      Field(
        "speed", .quantity(speed), required: true,
        "speed of the hand, which moves along the floor in the direction of `azimuth`"),
      Field(
        "stiffness",
        .quantity(
          .positive(
            Dimension(mass: 1, time: -2), "N/m", plausible: 10...1e6,
            source: "rubber bands to webbing")), required: true, "force per stretch of the strap"),
      Field(
        "damping",
        .quantity(QuantityKind(Dimension(mass: 1, time: -1), unit: "N.s/m", range: 0...1e9)),
        default: "0 N.s/m", "force per rate of stretch; a strap never pushes"),
    ] + direction("the strap at the start") + [
      Field(
        "length",
        .quantity(.positive(.length, "m", plausible: 0.05...50, source: "a handle to a rope")),
        default: "1 m", "distance of the hand from the pack at the start"),
      Field(
        "slack", .quantity(length), default: "0 m",
        "by how much the strap is longer than that before it pulls"),
    ])

  static let belt = SectionTable(
    "belt",
    fields: [
      Field(
        "speed",
        .quantity(
          QuantityKind(
            .speed, unit: "m/s", range: -1e3...1e3, plausible: -10...10,
            plausibleSource: "conveyors and treadmills")), required: true,
        "speed of the floor along +x; the pack is laid on it at rest in the room")
    ])

  static let pull = SectionTable(
    "pull",
    fields: [
      Field("push", .section(push), "the pack starts with a velocity and is left alone"),
      Field("force", .section(force), "a force of constant direction pulls"),
      Field("strap", .section(strap), "an elastic strap is held by a hand that walks"),
      Field("belt", .section(belt), "the floor moves"),
    ],
    groups: [
      KeyGroup(
        ["push", "force", "strap", "belt"], required: true, fact: "how the pack is set in motion")
    ])

  static let fields: [Field] = [
    Field("pack", .section(pack), required: true, "what is dragged"),
    Field("floor", .section(floor), required: true, "what it stands on"),
    Field("pull", .section(pull), required: true, "what drags it: one of push, force, strap, belt"),
  ]
}
