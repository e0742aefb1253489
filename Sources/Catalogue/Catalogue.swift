// Every experience of this release. Adding one: its folder, and one line here.

import Experience

public enum Catalogue {
  public static let experiences: [ExperienceDefinition] = [
    BallDrop.definition, BackpackDrag.definition, BrickBreak.definition, SyrupPour.definition,
    Workbench.definition,
  ]

  public static func experience(named name: String) -> ExperienceDefinition? {
    experiences.first { $0.name == name }
  }
}
