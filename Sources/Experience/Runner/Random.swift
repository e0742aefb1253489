// Seeded random numbers whose bits are part of the contract.
//
// Source      SplitMix64: Steele, Lea & Flood 2014, OOPSLA, doi 10.1145/2660193.2660195, figure 17;
//             constants of Stafford's mix 13.
// Property    counter-based: the number for (seed, stream, index) needs no other number, so results
//             do not depend on order, worker count or how many numbers anything else drew.
// Checked by  RandomTests (published first outputs, independence of order).

/// The sequential generator, used by the bootstrap.
public struct SplitMix64: Sendable, RandomNumberGenerator {
  public private(set) var state: UInt64

  public init(seed: UInt64) { state = seed }

  @inlinable
  public static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return SplitMix64.mix(state)
  }
}

/// Random access to numbers by (seed, stream, index).
public struct CounterRandom: Sendable, Hashable {
  public let seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  /// 64 random bits.
  public func bits(stream: UInt64, index: UInt64) -> UInt64 {
    let golden: UInt64 = 0x9E37_79B9_7F4A_7C15
    let key = SplitMix64.mix(seed &+ golden &* (stream &+ 1))
    return SplitMix64.mix(key &+ golden &* (index &+ 1))
  }

  /// Uniform on the open interval (0, 1): never 0 or 1, so every inverse law is finite.
  public func uniform(stream: UInt64, index: UInt64) -> Double {
    (Double(bits(stream: stream, index: index) >> 12) + 0.5) * 0x1p-52
  }
}
