// What a record says when friction jammed a slide (Painlevé's paradox; RigidBody/World/Dynamics+Jam).

import Experience

enum Jam {
  /// Among the numbers of the range of a run.
  static let mark = NamedNumber("jams", 1)
  static let basis =
    "friction jammed a slide: rigid bodies with Coulomb's law have no other motion than to stop at once, real ones chatter"
}
