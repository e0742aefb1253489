// Keys that every scene has. The reader, the JSON Schema and the reference pages come from here.

public enum SceneFormat {
  static let gravity = QuantityKind(
    .acceleration, unit: "m/s^2", range: 0...1e6, plausible: 0.5...30,
    plausibleSource: "the Moon 1.62, the Earth 9.78 to 9.83, Jupiter 24.8 m/s^2")
  static let gravityComponent = QuantityKind(.acceleration, unit: "m/s^2", range: -1e6...1e6)
  static let spin = QuantityKind(.angularSpeed, unit: "rad/s", range: -1e6...1e6)
  static let number = QuantityKind(.none, unit: "1")

  static let environment = SectionTable(
    "environment",
    fields: [
      Field(
        "gravity",
        .either([
          .quantity(gravity), .vector(gravityComponent),
          .section(
            SectionTable(
              "gravity",
              fields: [
                Field(
                  "parameter",
                  .quantity(
                    .positive(Dimension(length: 3, time: -2), "m^3/s^2", plausible: 1e9...1e21)),
                  required: true, "gravitational parameter GM of the central body"),
                Field(
                  "radius", .quantity(.positive(.length, "m")), required: true,
                  "distance of the floor from the centre of that body"),
              ])),
        ]), default: "9.80665 m/s^2",
        "downward acceleration, a vector, or inverse-square gravity { parameter, radius }"),
      Field(
        "air",
        .either([
          .word(["standard", "none"]),
          .section(
            SectionTable(
              "air",
              fields: [
                Field(
                  "density",
                  .quantity(
                    .positive(
                      .density, "kg/m^3", plausible: 0.01...14_000,
                      source: "thin air to mercury")),
                  required: true, "density of the surrounding gas or liquid"),
                Field(
                  "viscosity",
                  .quantity(
                    .positive(
                      .dynamicViscosity, "Pa.s", plausible: 1e-6...1e3,
                      source: "hydrogen to bitumen-like syrups")),
                  required: true, "dynamic viscosity of the surrounding gas or liquid"),
              ])),
        ]), default: "standard",
        "the surrounding fluid: dry air at 20 degC and 101325 Pa, none, or any gas or liquid"),
      Field("buoyancy", .flag, default: "true", "whether the displaced fluid carries the body"),
      Field(
        "added-mass", .flag, default: "true",
        "whether the body accelerates fluid with it (half the displaced mass for a sphere)"),
      Field(
        "history", .flag, default: "false",
        "whether the Basset history force acts (a plumb fall in creeping flow that ends at the floor)"
      ),
      Field(
        "rotation", .vector(spin), default: "\"[0, 0, 0] rad/s\"",
        "angular velocity of the frame against the stars; Coriolis forces follow"),
    ])

  static let requirement = SectionTable(
    "requirements",
    fields: [
      Field("id", .text, required: true, "short name, unique in the scene"),
      Field("text", .text, "the requirement in words"),
      Field("that", .text, required: true, "`outcome <= quantity`, with <, <=, > or >="),
      Field(
        "consequence", .integer(1...5), default: "1", "1 (negligible) to 5 (catastrophic)"),
    ])

  /// All keys of a scene of an experience.
  public static func table(of definition: ExperienceDefinition) -> SectionTable {
    let head = [
      Field("plumbline", .integer(1...1), required: true, "version of the format"),
      Field("experience", .word([definition.name]), required: true, definition.about),
      Field("name", .text, default: definition.name, "unique in its folder"),
      Field("about", .text, default: "\"\"", "what happens, in one sentence"),
      Field("source", .text, default: "\"\"", "where the numbers come from"),
      Field(
        "environment", .section(environment), default: "{}", "gravity and the surrounding fluid"),
    ]
    let tail = [
      Field(
        "accuracy",
        .quantity(
          QuantityKind(.none, unit: "1", range: 1e-12...0.5, plausible: 1e-10...0.1)),
        default: JSON.text(of: definition.defaultAccuracy),
        "relative half-width asked of the numerical band"),
      Field(
        "duration", .quantity(.positive(.time, "s", plausible: 1e-3...1e5)),
        default: "\(JSON.text(of: definition.defaultDuration)) s",
        "a cap: what happens later does not count"),
      Field(
        "samples", .integer(1...1_000_000), default: String(definition.defaultSamples),
        "ensemble members for the tolerances"),
      Field("seed", .integer(0...Int.max), default: "0", "seed of the draws"),
      Field(
        "requirements", .list(.section(requirement)), default: "[]",
        "what a verification engineer wants to hold"),
    ]
    return SectionTable("scene", fields: head + definition.fields + tail)
  }
}
