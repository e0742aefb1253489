// Draws of the declared tolerances. Number j of parameter i needs no other number.

/// Draws the inputs of ensemble members.
public struct Sampling: Sendable {
  private let random: CounterRandom
  private let inputs: [InputParameter]
  private let streams: [UInt64]

  public init(seed: UInt64, inputs: [InputParameter]) {
    random = CounterRandom(seed: seed)
    self.inputs = inputs
    // the stream belongs to the name, so that another parameter does not shift the draws
    streams = inputs.map { StableHash.fnv1a($0.path) }
  }

  /// Every tolerance at its centre.
  public var nominal: [Double] { inputs.map(\.law.nominal) }

  public var isExact: Bool { inputs.allSatisfy(\.law.isExact) }

  /// Inputs of member `index`.
  public func member(_ index: Int) -> [Double] {
    zip(inputs, streams).map { input, stream in
      if input.law.isExact { return input.law.nominal }
      var u = random.uniform(stream: stream, index: UInt64(index))
      if case .normal(let mean, let sd) = input.law, sd > 0 {
        // the part of the law that the models accept
        let low = NormalLaw.probability((input.range.lowerBound - mean) / sd)
        let high = NormalLaw.probability((input.range.upperBound - mean) / sd)
        u = low + (high - low) * u
      }
      return input.law.quantile(u)
    }
  }
}

/// Hashes that are the same in every run and on every machine.
public enum StableHash {
  /// FNV-1a, 64 bits (Fowler, Noll & Vo; public domain): for streams, never for integrity.
  public static func fnv1a(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
