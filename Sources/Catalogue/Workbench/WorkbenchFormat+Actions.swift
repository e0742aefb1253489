// Keys of joints, forces, motions and measures, and the keys of a scene.

import Experience

extension WorkbenchFormat {
  private typealias Kinds = WorkbenchKinds

  static let jointKinds = [
    "hinge", "ball", "slider", "weld", "rod", "spring", "strap", "rope", "motor", "gear",
  ]

  static let joint = SectionTable(
    "joints",
    fields: [
      Field("name", .text, "for measures (default: joint-1, joint-2 …)"),
      Field("kind", .word(jointKinds), required: true, "what the connection leaves free"),
      Field("between", .list(.text), required: true, "names of two bodies; one may be `world`"),
      Field(
        "at", .either([.list(.vector(Kinds.place)), .vector(Kinds.place)]),
        "one point in world axes at the start, or two: each in its own body's axes from its centre of mass"
      ),
      Field(
        "axis", .direction,
        "world axes at the start: axis of hinge, slider, motor; of the first body of a gear"),
      Field("axis-b", .direction, "of the second body of a gear (default: `axis`)"),
      Field(
        "length", .quantity(Kinds.length),
        "rod, rope: distance of the anchors (default: that at the start); spring, strap: unstretched"
      ),
      Field("stiffness", .quantity(Kinds.stiffness), "of a spring or strap"),
      Field(
        "damping", .quantity(Kinds.damping), "of a spring or strap, along its line (default: 0)"),
      Field("rate", .quantity(Kinds.spin), "motor: speed of the second body about the axis"),
      Field("torque", .quantity(Kinds.torque), "motor: moment on the second body about the axis"),
      Field(
        "radius-a", .quantity(Kinds.size),
        "gear: the first body takes part with radius × turn; without it with its shift along the axis"
      ),
      Field("radius-b", .quantity(Kinds.size), "the same of the second body"),
    ],
    groups: [KeyGroup(["rate", "torque"], required: false, fact: "what the motor does")])

  static let force = SectionTable(
    "forces",
    fields: [
      Field("on", .text, required: true, "name of the body"),
      Field("force", .vector(Kinds.force), "in world axes"),
      Field("torque", .vector(Kinds.torque), "in world axes"),
      Field(
        "at", .vector(Kinds.place), default: "\"[0, 0, 0] m\"",
        "point of the force, in body axes from the centre of mass"),
      Field("from", .quantity(Kinds.time), default: "0 s", "when it begins"),
      Field("until", .quantity(Kinds.time), "when it ends (default: never)"),
    ])

  static let motion = SectionTable(
    "motions",
    fields: [
      Field("body", .text, required: true, "name of the body that is moved"),
      Field("along", .direction, "direction of the shift, world axes"),
      Field("amplitude", .quantity(Kinds.length), "of the shift A·sin(2π·f·t + phase)"),
      Field("frequency", .quantity(Kinds.frequency), "f of that shift"),
      Field("phase", .quantity(Kinds.angle), "phase of that shift (default: 0)"),
      Field(
        "times", .list(.quantity(Kinds.time)), "of a table, ascending; between them it is linear"),
      Field(
        "displacements", .list(.quantity(Kinds.place)), "shift along the direction at each time"),
      Field("velocity", .vector(Kinds.velocity), "steady, world axes"),
      Field("spin", .vector(Kinds.spin), "steady, world axes"),
    ])

  static let eventWords = [
    "contact", "lift-off", "stick", "slip", "apex", "rest", "taut", "slack", "tip",
  ]

  static let measure = SectionTable(
    "measure",
    fields: [
      Field("name", .text, required: true, "name of the outcome: small letters, digits, - and _"),
      Field("of", .text, "name of the body that is measured"),
      Field("between", .list(.text), "names of two bodies: of the event, contact or distance"),
      Field("joint", .text, "name of the joint that is measured"),
      Field(
        "quantity", .word(WorkbenchQuantity.allCases.map(\.rawValue)), required: true,
        "what is measured; `plumbline list outcomes` has them"),
      Field(
        "component", .word(["x", "y", "z", "length"]),
        "of a vector, in world axes (default: its length)"),
      Field(
        "at",
        .either([
          .word(["start", "end", "maximum", "minimum"] + eventWords), .quantity(Kinds.time),
        ]), "a time, an event, or the largest or smallest value (default: the end)"),
      Field("event", .word(eventWords), "the event that counts, or at which is measured"),
      Field("nth", .integer(1...1_000_000), "which of the events (default: the first)"),
      Field(
        "side", .word(["before", "after"]), "of the instant of the event (default: after it)"),
      Field(
        "before", .quantity(Kinds.time), "events count up to this time (default: the duration)"),
      Field(
        "point", .vector(Kinds.place),
        "of the body whose position or velocity is meant, in body axes from the centre of mass"),
    ])

  static let fields: [Field] = [
    Field("bodies", .list(.section(body)), required: true, "what there is"),
    Field(
      "contacts", .list(.section(contact)), default: "[]",
      "which bodies touch, and how; others pass through each other"),
    Field("joints", .list(.section(joint)), default: "[]", "what holds bodies together"),
    Field("forces", .list(.section(force)), default: "[]", "forces and torques beside the weight"),
    Field("motions", .list(.section(motion)), default: "[]", "bodies that are moved"),
    Field(
      "impact-order", .word(["sequential", "simultaneous"]), default: "sequential",
      "several impacts at one instant: one after the other, the fastest first, or all at once"),
    Field("measure", .list(.section(measure)), required: true, "the outcomes of the scene"),
  ]
}
