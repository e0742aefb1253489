// What the questions that follow each other share: the laws of a scene, and what is known of neighbours.
//
//             Nothing here changes a result; it saves reading the same texts again. A loop over questions
//             passes one memory along; a question alone has an empty one.
// Checked by  ScoringRunTests (against scores without a memory).

import Experience

struct ScoringMemory {
  private var scene: JSON = .null
  private var laws: [(path: String, law: Law)] = []
  /// By slot, of which there are a few, and by instance.
  private var neighbours: [(slot: String, known: [String: NearestExperience.Neighbour])] = []

  /// The law at a path of a disclosed scene.
  mutating func law(at path: String, in scene: JSON) throws(ScoringProblem) -> Law {
    // the questions of an instance share the storage of its scene, so that this compares pointers
    if scene != self.scene {
      self.scene = scene
      laws.removeAll(keepingCapacity: true)
    }
    if let known = laws.first(where: { $0.path == path }) { return known.law }
    let law = try DisclosedLaw.law(at: path, in: scene)
    laws.append((path, law))
    return law
  }

  func neighbour(_ id: String, of slot: String) -> NearestExperience.Neighbour? {
    for place in neighbours.indices where neighbours[place].slot == slot {
      return neighbours[place].known[id]
    }
    return nil
  }

  mutating func keep(_ neighbour: NearestExperience.Neighbour, _ id: String, of slot: String) {
    let place = neighbours.firstIndex { $0.slot == slot } ?? neighbours.count
    if place == neighbours.count { neighbours.append((slot, [:])) }
    neighbours[place].known[id] = neighbour
  }
}
