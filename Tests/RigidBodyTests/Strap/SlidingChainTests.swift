import Foundation
import RigidBody
import Testing

@Suite("Sliding chain")
struct SlidingChainTests {
  /// x = c + (x₀ − c)·cosh(λt), c = μL/(1 + μ), λ² = (1 + μ)g/L.
  func exact(_ chain: SlidingChain, _ overhang: Double) -> (time: Double, speed: Double) {
    let (c, rate) = (
      chain.leastOverhang, ((1 + chain.friction) * chain.gravity / chain.length).squareRoot()
    )
    let ratio = (chain.length - c) / (overhang - c)
    return (acosh(ratio) / rate, rate * (overhang - c) * sinh(acosh(ratio)))
  }

  // Fails if the friction acts on the hanging part, the whole chain is not accelerated, or the last
  // step does not end at x = L. 1e-10: level 3 has 64 steps a time constant.
  @Test(
    "leaves the table as the closed form says",
    arguments: [(0.0, 0.1), (0.1, 0.1), (0.3, 0.24), (0.5, 0.8)])
  func closedForm(friction: Double, overhang: Double) throws {
    let chain = SlidingChain(length: 1.5, friction: friction, gravity: 9.80665)
    let exit = try #require(chain.exit(overhang: 1.5 * overhang + 0.2, level: 3))
    let exact = exact(chain, 1.5 * overhang + 0.2)
    #expect(abs(exit.time / exact.time - 1) < 1e-10)
    #expect(abs(exit.speed / exact.speed - 1) < 1e-10)

    // energy per mass: the lost height of the hanging part, less heat
    let x0 = 1.5 * overhang + 0.2
    let fall = chain.gravity * (1.5 * 1.5 - x0 * x0) / (2 * 1.5)
    #expect(abs((0.5 * exit.speed * exit.speed + exit.heat) / fall - 1) < 1e-10)
  }

  // Fails if a stage is lost, or the last step costs an order.
  @Test("converges at order 6")
  func order() throws {
    let chain = SlidingChain(length: 1, friction: 0.1, gravity: 9.80665)
    let exact = exact(chain, 0.1).time
    let errors = try (0..<2).map { level in
      abs(try #require(chain.exit(overhang: 0.1, level: level)).time - exact)
    }
    #expect(abs(log2(errors[0] / errors[1]) - 6) < 0.25, "\(errors)")
  }

  // Fails if a held chain starts, or one that hangs wholly is let go.
  @Test("a chain below its least overhang stays")
  func held() {
    let chain = SlidingChain(length: 1, friction: 0.25, gravity: 9.8)
    #expect(abs(chain.leastOverhang - 0.2) < 1e-15)
    #expect(chain.exit(overhang: 0.2 * (1 - 1e-12), level: 0) == nil)
    #expect(chain.exit(overhang: 0.2 * (1 + 1e-9), level: 0) != nil)
    #expect(chain.exit(overhang: 1, level: 0) == nil)
  }
}
