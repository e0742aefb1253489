import LinearAlgebra
import Testing

@Suite("Reverse Cuthill–McKee order")
struct ReverseCuthillMcKeeTests {
  // Fails if the start is not an end of the chain, or neighbours are lost: the half-band of a chain
  // is 1, whatever the names of its members.
  @Test("a shuffled chain has half-band 1", arguments: [2, 5, 50, 101])
  func chain(count: Int) {
    let name = (0..<count).map { (37 * $0 + 11) % count }
    let edges = (1..<count).map { (name[$0], name[$0 - 1]) }
    let ordering = ReverseCuthillMcKee(count: count, edges: edges + edges)
    #expect(ordering.halfBand == 1)
    #expect(ordering.order.sorted() == Array(0..<count))
    for (place, vertex) in ordering.order.enumerated() { #expect(ordering.place[vertex] == place) }
  }

  // Fails if components are mixed or a lonely vertex is dropped.
  @Test("components follow each other")
  func components() {
    let ordering = ReverseCuthillMcKee(count: 7, edges: [(0, 6), (6, 3), (1, 5)])
    #expect(ordering.halfBand == 1)
    #expect(Set(ordering.order).count == 7)
  }

  // A grid of w·h cannot have less than min(w, h); breadth first layers reach it to one more.
  @Test("a grid of 4 by 20 has half-band 4 or 5")
  func grid() {
    var edges: [(Int, Int)] = []
    let name = (0..<80).map { (37 * $0 + 5) % 80 }
    for x in 0..<4 {
      for y in 0..<20 {
        if x < 3 { edges.append((name[20 * x + y], name[20 * x + 20 + y])) }
        if y < 19 { edges.append((name[20 * x + y], name[20 * x + y + 1])) }
      }
    }
    let halfBand = ReverseCuthillMcKee(count: 80, edges: edges).halfBand
    #expect(halfBand == 4 || halfBand == 5)
  }
}
