// An order of the bodies that keeps neighbours close: a narrow band for stacks and chains.
//
// Equation        breadth first from an end of the graph, neighbours by rising degree, then reversed
// Discretisation  none; deterministic: ties are broken by the lower number
// Source          Cuthill & McKee 1969, ACM '69, 157; reversed: George 1971; the end of the graph:
//                 George & Liu 1979, ACM Trans. Math. Softw. 5, 284 (pseudo-peripheral vertex)
// Deviation       none
// Validity        any undirected graph; components follow each other
// Checked by      ReverseCuthillMcKeeTests: shuffled chains and grids get their known half-band

/// Result of the ordering.
public struct ReverseCuthillMcKee: Sendable {
  /// Vertex at each place.
  public private(set) var order: [Int] = []
  /// Place of each vertex.
  public private(set) var place: [Int] = []
  /// Largest distance between the places of two neighbours.
  public private(set) var halfBand = 0

  /// Orders the vertices 0..<count; an edge may be given more than once, in either direction.
  public init(count: Int, edges: [(Int, Int)]) {
    var neighbours = [[Int]](repeating: [], count: count)
    for (a, b) in edges where a != b {
      neighbours[a].append(b)
      neighbours[b].append(a)
    }
    for vertex in 0..<count {
      neighbours[vertex].sort()
      var kept: [Int] = []
      for other in neighbours[vertex] where kept.last != other { kept.append(other) }
      neighbours[vertex] = kept
    }
    let degree = neighbours.map(\.count)
    for vertex in 0..<count {
      neighbours[vertex].sort { (degree[$0], $0) < (degree[$1], $1) }
    }

    place = [Int](repeating: -1, count: count)
    var levels = [Int](repeating: -1, count: count)
    order.reserveCapacity(count)
    for seed in 0..<count where place[seed] < 0 {
      // walk to an end: repeat while the farthest vertex of lowest degree is farther away
      var root = seed
      var depth = -1
      while true {
        let layers = Self.layers(from: root, neighbours, &levels)
        let ends = layers.filter { levels[$0] == levels[layers[layers.count - 1]] }
        let newDepth = levels[layers[layers.count - 1]]
        for vertex in layers { levels[vertex] = -1 }
        guard newDepth > depth else { break }
        depth = newDepth
        guard let end = ends.min(by: { (degree[$0], $0) < (degree[$1], $1) }), depth > 0 else {
          break
        }
        root = end
      }
      for vertex in Self.layers(from: root, neighbours, &levels) {
        place[vertex] = order.count
        order.append(vertex)
      }
    }

    order.reverse()
    for (index, vertex) in order.enumerated() { place[vertex] = index }
    for (a, b) in edges { halfBand = max(halfBand, abs(place[a] - place[b])) }
  }

  // breadth first order from a vertex; sets the level of all that it reaches
  private static func layers(
    from root: Int, _ neighbours: [[Int]], _ levels: inout [Int]
  ) -> [Int] {
    var reached = [root]
    levels[root] = 0
    var head = 0
    while head < reached.count {
      let vertex = reached[head]
      head += 1
      for other in neighbours[vertex] where levels[other] < 0 {
        levels[other] = levels[vertex] + 1
        reached.append(other)
      }
    }
    return reached
  }
}
