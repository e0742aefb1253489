// Tracks of which one knows what they do.

import Foundation
import Testing

@testable import Fluid

@Suite("Coil watch")
struct CoilWatchTests {
  func watch(_ place: (Double) -> SIMD2<Double>) -> CoilWatch {
    var watch = CoilWatch()
    // uneven steps
    for n in 0..<200 { watch.add(place(time(n)), at: time(n)) }
    return watch
  }

  func time(_ n: Int) -> Double { 0.01 * Double(n) + 0.002 * sin(Double(n)) }

  @Test("a foot that goes round, either way", arguments: [2.3, -1.7])
  func round(_ frequency: Double) throws {
    let watch = watch { t in
      let angle = 2 * Double.pi * frequency * t
      return SIMD2(0.3 + 0.01 * cos(angle), -0.2 + 0.01 * sin(angle))
    }
    let turning = try #require(watch.turning(from: 0))
    #expect(abs(turning.frequency / abs(frequency) - 1) < 0.02)
    #expect((turning.turns > 0) == (frequency > 0))
    #expect(abs(turning.radius / 0.01 - 1) < 0.05)
    #expect(turning.spread < 0.1 * abs(frequency))
  }

  // Fails if a coil that turns its sense round is taken for one that stands: the mean slope is next to none.
  @Test("a foot that turns back is as fast as before")
  func back() throws {
    let watch = watch { t in
      let angle = 2 * Double.pi * 2.5 * (t < 1.1 ? t : 2.2 - t)
      return SIMD2(0.01 * cos(angle), 0.01 * sin(angle))
    }
    let turning = try #require(watch.turning(from: 0))
    #expect(abs(turning.frequency / 2.5 - 1) < 0.02)
    #expect(abs(turning.turns - 2.75) < 0.1)
  }

  // Fails if turns are counted without their sign.
  @Test("a fold to and fro makes no turns")
  func fold() throws {
    let watch = watch { t in
      SIMD2(0.01 * cos(2 * Double.pi * 3 * t), 0.0005 * cos(2 * Double.pi * 3 * t + 0.1))
    }
    #expect(abs(try #require(watch.turning(from: 0)).turns) < 1)
  }

  @Test("few looks are none")
  func few() {
    var watch = CoilWatch()
    for n in 0..<9 { watch.add(.zero, at: Double(n)) }
    #expect(watch.turning(from: 0) == nil)
    watch.add(.zero, at: 9)
    #expect(watch.turning(from: 0)?.turns == 0)
    #expect(watch.turning(from: 5) == nil)
  }

  @Test("the foot is the lowest thin layer over the heap")
  func foot() {
    var watch = CoilWatch()
    let layers = (0..<20).reversed().map { c in
      VolumeLayer(
        height: Double(c) + 0.5, area: c < 4 ? 9 : 2 + 0.02 * Double(c), x: Double(c), y: 0)
    }
    watch.look(layers, at: 1)
    #expect(watch.places == [SIMD2(4, 0)])
    // still falling: nothing to see
    watch.look(Array(layers.prefix(12)), at: 2)
    #expect(watch.times == [1])
  }
}
