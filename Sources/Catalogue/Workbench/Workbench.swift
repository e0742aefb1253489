// The experience workbench: any scene of rigid bodies.

import Experience

public enum Workbench {
  public static let definition = ExperienceDefinition(
    name: "workbench",
    about: "rigid bodies of any shape with contacts, joints, forces and prescribed motions",
    fields: WorkbenchFormat.fields, outcomes: WorkbenchQuantity.allCases.map(\.definition),
    defaultAccuracy: 1e-6, defaultSamples: 64, defaultDuration: 10,
    bindings: [Binding(symbol: "g", path: "environment.gravity")], firstCourse: [:],
    compile: { scene, materials, reader in
      WorkbenchCompiler.compile(&scene, materials, &reader)
    },
    describe: WorkbenchPrompt.describe)
}
