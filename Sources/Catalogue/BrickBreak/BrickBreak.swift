// The experience brick-break: a brick is bent, struck or dropped until it breaks, or does not.

import Experience

public enum BrickBreak {
  public static let definition = ExperienceDefinition(
    name: "brick-break",
    about: "a brick is bent over two supports, struck by a falling weight, or dropped on a floor",
    fields: BrickBreakFormat.fields, outcomes: BrickBreakOutcome.definitions,
    defaultAccuracy: 0.05, defaultSamples: 64, defaultDuration: 10,
    bindings: BrickBreakFirstCourse.bindings,
    // of a scene by its test: BrickBreakFirstCourse
    firstCourse: [:],
    compile: { scene, materials, reader in
      BrickBreakCompiler.compile(&scene, materials, &reader)
    },
    describe: BrickBreakPrompt.describe)
}
