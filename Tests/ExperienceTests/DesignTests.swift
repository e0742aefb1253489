import Testing

@testable import Experience

@Suite("Sampling designs")
struct DesignTests {
  let key = Array("a key".utf8)

  // A (0, 1)-sequence in base 2 in every coordinate, which a digital shift keeps. Fails if one
  // direction number is even, or if the shift is added instead of combined bit by bit.
  @Test("Sobol puts one point into each of 2^k intervals", arguments: 0..<Sobol.dimensions)
  func stratified(dimension: Int) {
    for power in [1, 3, 6, 10] {
      let count = 1 << power
      let design = DesignPoints(.sobol, count: count, dimensions: Sobol.dimensions, key: key)
      let strata = Set((0..<count).map { Int(design.point($0)[dimension] * Double(count)) })
      #expect(strata.count == count)
    }
  }

  // Joe & Kuo's numbers give a (t, 2)-net of small t in the first two dimensions: t = 0, so each of
  // the 2^j × 2^(k−j) boxes holds one point. Fails if two dimensions are correlated.
  @Test("Sobol fills every box of the first two dimensions")
  func boxes() {
    let design = DesignPoints(.sobol, count: 256, dimensions: 2, key: key)
    for j in 0...8 {
      let (columns, rows) = (Double(1 << j), Double(1 << (8 - j)))
      let boxes = Set(
        (0..<256).map { index in
          let point = design.point(index)
          return Int(point[0] * columns) * 256 + Int(point[1] * rows)
        })
      #expect(boxes.count == 256)
    }
  }

  // First points of the unscrambled sequence, dimension 2 (van der Corput through x + 1): 0, 1/2,
  // 3/4, 1/4 up to the order inside a block. Fails if the bits are reversed.
  @Test("Sobol starts as published")
  func published() {
    let points = (0..<4).map { Double(Sobol.bits($0, Sobol.directions(1))) * 0x1p-52 }
    #expect(points == [0, 0.5, 0.75, 0.25])
    let corput = (0..<4).map { Double(Sobol.bits($0, Sobol.directions(0))) * 0x1p-52 }
    #expect(corput == [0, 0.5, 0.25, 0.75])
  }

  // Fails if the split's key does not enter: the sealed instances could then be guessed.
  @Test("splits have other points", arguments: [Plan.Design.sobol, .latinHypercube, .random])
  func splits(kind: Plan.Design) {
    let a = DesignPoints(kind, count: 16, dimensions: 3, key: key)
    let again = DesignPoints(kind, count: 16, dimensions: 3, key: key)
    let b = DesignPoints(kind, count: 16, dimensions: 3, key: Array("another key".utf8))
    for index in 0..<16 {
      #expect(a.point(index) == again.point(index))
      #expect(zip(a.point(index), b.point(index)).allSatisfy { $0 != $1 })
      #expect(a.point(index).allSatisfy { $0 > 0 && $0 < 1 })
    }
  }

  // Fails if two points of a Latin hypercube share a stratum in any dimension, or if dimensions
  // share their order.
  @Test("a Latin hypercube has one point a stratum", arguments: [1, 7, 100])
  func latin(count: Int) {
    let design = DesignPoints(.latinHypercube, count: count, dimensions: 12, key: key)
    var orders: Set<[Int]> = []
    for dimension in 0..<12 {
      let strata = (0..<count).map { Int(design.point($0)[dimension] * Double(count)) }
      #expect(Set(strata).count == count)
      orders.insert(strata)
    }
    #expect(orders.count == min(12, count == 1 ? 1 : 12))
  }

  // Fails if a grid repeats a point or leaves a cell out.
  @Test("a grid has no point twice")
  func grid() {
    let design = DesignPoints(.grid, count: 27, dimensions: 3, key: key)
    #expect(Set((0..<27).map { design.point($0) }).count == 27)
    let centre = 1 / 6.0
    #expect(design.point(0) == [centre, centre, centre])
  }
}
