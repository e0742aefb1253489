// Bodies that push on each other, found by union and find; each island is solved on its own.
//
// Order: islands by their smallest body, bodies and groups in the order of the scene. What happens in
// one island cannot change a bit of another.

struct Islands {
  /// Island of each body; −1 for prescribed bodies and bodies that no row touches.
  private(set) var island: [Int]
  /// Bodies of each island, ascending.
  private(set) var bodies: [[Int]] = []
  /// Groups of each island, in order.
  private(set) var groups: [[Int]] = []

  init(_ rows: RowBuffer) {
    let count = rows.frames.poses.count
    var parent = Array(0..<count)
    func root(_ start: Int) -> Int {
      var i = start
      while parent[i] != i {
        parent[i] = parent[parent[i]]
        i = parent[i]
      }
      return i
    }
    func isFree(_ body: Int) -> Bool { body >= 0 && !rows.frames.isPrescribed[body] }
    var isTouched = Array(repeating: false, count: count)
    for group in rows.groups {
      if isFree(group.bodyA) { isTouched[group.bodyA] = true }
      if isFree(group.bodyB) { isTouched[group.bodyB] = true }
      if isFree(group.bodyA), isFree(group.bodyB) {
        let (a, b) = (root(group.bodyA), root(group.bodyB))
        // the smaller index is the root, so that the order of groups does not matter
        if a != b { parent[max(a, b)] = min(a, b) }
      }
    }
    island = Array(repeating: -1, count: count)
    for body in 0..<count where isTouched[body] {
      let r = root(body)
      if r == body {
        island[body] = bodies.count
        bodies.append([body])
      } else {
        island[body] = island[r]
        bodies[island[r]].append(body)
      }
    }
    groups = Array(repeating: [], count: bodies.count)
    for (index, group) in rows.groups.enumerated() {
      let body = isFree(group.bodyA) ? group.bodyA : group.bodyB
      // a row between two prescribed bodies moves nothing
      if isFree(body) { groups[island[body]].append(index) }
    }
  }
}
