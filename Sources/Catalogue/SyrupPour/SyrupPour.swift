// The experience syrup-pour: a thick liquid flows onto a plate, into a cup, out of a mound, or past a ball.

import Experience

public enum SyrupPour {
  public static let definition = ExperienceDefinition(
    name: "syrup-pour",
    about: "a viscous liquid is poured onto a plate or into a cup, slumps, or lets a ball settle",
    fields: SyrupPourFormat.fields, outcomes: SyrupPourOutcome.definitions,
    defaultAccuracy: 0.02, defaultSamples: 16, defaultDuration: 10,
    bindings: SyrupPourFirstCourse.bindings,
    // of a scene by its pour: SyrupPourFirstCourse
    firstCourse: [:],
    compile: { scene, _, reader in SyrupPourCompiler.compile(&scene, &reader) },
    describe: SyrupPourPrompt.describe)
}
