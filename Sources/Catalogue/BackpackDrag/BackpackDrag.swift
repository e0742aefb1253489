// The experience backpack-drag: a pack is pushed, pulled, dragged on a strap or laid on a belt.

import Experience

public enum BackpackDrag {
  public static let definition = ExperienceDefinition(
    name: "backpack-drag",
    about:
      "a pack slides, sticks, turns or tips over while it is pushed, pulled or carried by a belt",
    fields: BackpackDragFormat.fields, outcomes: BackpackDragOutcome.definitions,
    defaultAccuracy: 1e-6, defaultSamples: 64, defaultDuration: 10,
    bindings: BackpackDragFirstCourse.bindings,
    // of a scene by its pull: BackpackDragFirstCourse
    firstCourse: [:],
    compile: { scene, _, reader in BackpackDragCompiler.compile(&scene, &reader) },
    describe: BackpackDragPrompt.describe)
}
