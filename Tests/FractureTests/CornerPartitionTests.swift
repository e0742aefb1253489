import Testing

@testable import Fracture

@Suite("Corners that share a node")
struct CornerPartitionTests {
  let table = CornerPartition()

  // Fails if a face joins the wrong octants or a path of three faces is not followed.
  @Test("agrees with a flood fill for all 4096 masks")
  func bruteForce() {
    for mask in 0..<4096 {
      for octant in 0..<8 {
        var reached = Set([octant])
        var edge = [octant]
        while let at = edge.popLast() {
          for (face, pair) in CornerPartition.pairs.enumerated() where mask >> face & 1 == 0 {
            let next = pair.low == at ? pair.high : pair.high == at ? pair.low : at
            if reached.insert(next).inserted { edge.append(next) }
          }
        }
        #expect(table.label(mask: mask, octant: octant) == reached.min())
      }
    }
  }

  // Fails if an axis is treated differently from the others.
  @Test("is the same partition in all eight mirror images")
  func mirrors() {
    for flip in 0..<8 {
      var faceImage = [Int](repeating: 0, count: 12)
      for (face, pair) in CornerPartition.pairs.enumerated() {
        let image = [pair.low ^ flip, pair.high ^ flip].sorted()
        faceImage[face] =
          CornerPartition.pairs.firstIndex { $0.low == image[0] && $0.high == image[1] } ?? -1
      }
      for mask in stride(from: 0, to: 4096, by: 7) {
        let image = (0..<12).reduce(0) { $0 | (mask >> $1 & 1) << faceImage[$1] }
        for a in 0..<8 {
          for b in 0..<8 {
            let together = table.label(mask: mask, octant: a) == table.label(mask: mask, octant: b)
            let same =
              table.label(mask: image, octant: a ^ flip)
              == table.label(mask: image, octant: b ^ flip)
            #expect(together == same)
          }
        }
      }
    }
  }
}
