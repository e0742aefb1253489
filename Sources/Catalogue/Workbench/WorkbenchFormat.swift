// Keys of bodies and contacts: tables that reader, schema and reference pages share.

import Experience

enum WorkbenchFormat {
  private typealias Kinds = WorkbenchKinds

  // MARK: Bodies

  private static func round(_ name: String, _ about: String) -> Field {
    Field(
      name,
      .section(
        SectionTable(
          name,
          fields: [
            Field("radius", .quantity(Kinds.size), required: true, "radius"),
            Field("length", .quantity(Kinds.size), required: true, about),
          ])), "axis z, origin in the middle")
  }

  private static func radius(_ name: String, _ about: String) -> Field {
    Field(
      name,
      .section(
        SectionTable(
          name, fields: [Field("radius", .quantity(Kinds.size), required: true, "radius")])),
      about)
  }

  static let shape = SectionTable(
    "shape",
    fields: [
      radius("sphere", "a ball about its centre"),
      Field(
        "box",
        .section(
          SectionTable(
            "box", fields: [Field("size", .vector(Kinds.size), required: true, "whole edges")])),
        "a box about its centre"),
      round("capsule", "length of the cylindrical part, without the two half balls"),
      round("cylinder", "whole length; a short one is a disc"),
      Field(
        "convex",
        .section(
          SectionTable(
            "convex",
            fields: [
              Field(
                "points", .list(.vector(Kinds.place)), required: true,
                "at least four, not in one plane, about any origin; the centre of mass goes to `position`"
              )
            ])), "the convex hull of points"),
      radius("bowl", "a fixed hollow sphere: bodies move inside"),
      radius("pipe", "a fixed endless hollow cylinder along z: bodies move inside"),
    ],
    groups: [
      KeyGroup(
        ["sphere", "box", "capsule", "cylinder", "convex", "bowl", "pipe"], required: true,
        fact: "the form of the body")
    ])

  static let drag = FieldKind.either([
    .word(["none", "sphere"]),
    .section(
      SectionTable(
        "drag",
        fields: [
          Field("coefficient", .quantity(Kinds.coefficient), required: true, "drag coefficient"),
          Field("area", .quantity(Kinds.area), required: true, "area that it refers to"),
        ])),
  ])

  static let body = SectionTable(
    "bodies",
    fields: [
      Field("name", .text, required: true, "small letters, digits, - and _; `world` is taken"),
      Field(
        "shape", .either([.word(["plane"]), .section(shape)]), required: true,
        "plane is the half-space below `position`, whose normal is +z of the attitude; planes, bowls and pipes do not move by themselves"
      ),
      Field("mass", .quantity(Kinds.mass), "mass"),
      Field("density", .quantity(Kinds.density), "density of the homogeneous shape"),
      Field("material", .text, "a name of the materials table; gives the density"),
      Field(
        "inertia", .vector(Kinds.inertia),
        "moments about the axes of the body through its centre of mass; default: of the homogeneous shape"
      ),
      Field(
        "position", .vector(Kinds.place), default: "\"[0, 0, 0] m\"", "of the centre of mass"),
      Field(
        "attitude", .vector(Kinds.angle),
        "turns about the body's own x, then y, then z (default: none)"),
      Field(
        "quaternion", .list(.quantity(Kinds.number)),
        "[w, x, y, z] of length 1, instead of the attitude"),
      Field(
        "velocity", .vector(Kinds.velocity), default: "\"[0, 0, 0] m/s\"",
        "of the centre of mass at the start"),
      Field(
        "spin", .vector(Kinds.spin), default: "\"[0, 0, 0] rad/s\"",
        "angular velocity at the start, in world axes"),
      Field("drag", drag, default: "none", "resistance of the fluid; sphere is Morrison's law"),
      Field("fixed", .flag, default: "false", "never moves; needs no mass"),
    ],
    groups: [
      KeyGroup(["mass", "density", "material"], required: false, fact: "how heavy the body is"),
      KeyGroup(["attitude", "quaternion"], required: false, fact: "how the body is turned"),
    ])

  // MARK: Contacts

  static let friction = FieldKind.either([
    .quantity(Kinds.friction),
    .section(
      SectionTable(
        "friction",
        fields: [
          Field(
            "static", .quantity(Kinds.friction), required: true, "coefficient while nothing slides"),
          Field(
            "kinetic", .quantity(Kinds.friction), "coefficient of sliding (default: the static one)"
          ),
          Field(
            "stribeck-speed",
            .quantity(QuantityKind(.speed, unit: "m/s", range: 0...1e3, plausible: 0...1)),
            default: "0 m/s",
            "speed u_s in kinetic + (static − kinetic)·exp(−(u/u_s)²); 0: a jump"),
          Field(
            "viscous", .quantity(Kinds.viscousFriction), default: "0 s/m",
            "growth of the coefficient with the speed"),
        ])),
  ])

  static let compliance = FieldKind.either([
    .word(["none"]),
    .section(
      SectionTable(
        "hertz",
        fields: [
          Field("law", .word(["hertz"]), required: true, "F = (4/3)·E*·√R·δ^1.5"),
          Field(
            "youngs-modulus", .quantity(Kinds.modulus),
            "of both surfaces, with their Poisson ratio: E* = E/(2·(1 − ν²))"),
          Field("poisson-ratio", .quantity(Kinds.poisson), "of both surfaces (default: 0.3)"),
          Field("effective-modulus", .quantity(Kinds.modulus), "E* itself"),
        ],
        groups: [
          KeyGroup(
            ["youngs-modulus", "effective-modulus"], required: true,
            fact: "how stiff the surfaces are")
        ])),
    .section(
      SectionTable(
        "compliance",
        fields: [
          Field("stiffness", .quantity(Kinds.stiffness), required: true, "k in F = k·δ + c·dδ/dt"),
          Field(
            "damping", .quantity(Kinds.damping), default: "0 N.s/m", "c; the contact never pulls"),
        ])),
  ])

  static let contact = SectionTable(
    "contacts",
    fields: [
      Field("between", .list(.text), "names of two bodies"),
      Field("default", .flag, "true: for every pair that no other entry names"),
      Field(
        "restitution", .quantity(Kinds.restitution),
        "separation speed over approach speed; default: of the two materials"),
      Field(
        "friction", friction, "Coulomb's coefficient or law; default: of the two materials"),
      Field(
        "grip", .quantity(Kinds.grip), default: "0",
        "tangential restitution: 0 Coulomb's stick, 1 an ideal superball"),
      Field(
        "rolling-resistance", .quantity(Kinds.resistance), default: "0 m",
        "length b in the rolling moment b·N"),
      Field(
        "spinning-resistance", .quantity(Kinds.resistance), default: "0 m",
        "length b in the moment b·N about the normal of a point contact"),
      Field(
        "impact-law", .word(["newton", "poisson"]), default: "newton",
        "what the restitution relates: speeds (newton) or impulses (poisson)"),
      Field(
        "compliance", compliance, default: "none",
        "none: rigid; hertz or a spring and dashpot instead of the restitution"),
    ],
    groups: [KeyGroup(["between", "default"], required: true, fact: "which bodies touch")])
}
