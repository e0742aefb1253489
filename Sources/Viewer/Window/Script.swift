// A user made of instructions, for tests without hands.

/// Inputs with the seconds after the start at which they come.
public struct Script: Sendable {
  public struct Step: Sendable, Hashable {
    public var at: Double
    public var input: InputEvent

    public init(at: Double, _ input: InputEvent) { (self.at, self.input) = (at, input) }
  }
  /// Ascending in time.
  public private(set) var steps: [Step] = []

  public init(_ steps: [Step] = []) { self.steps = steps.sorted { $0.at < $1.at } }

  /// Everything a user can do, over about `seconds`: every key of the table twice, drags with each
  /// button, wheel, scrubbing, typing, sizes from 1×1 to 1920×1080, minimised, and closed while
  /// the run goes on.
  public static func exercise(seconds: Double) -> Script {
    var inputs: [InputEvent] = []
    for _ in 0..<2 {
      for binding in KeyTable.bindings where binding.action != .escape {
        for chord in binding.chords { inputs += press(chord) }
        // what opens over the scene is closed again, or no key would reach it
        if binding.action == .help || binding.action == .find {
          inputs += "force".unicodeScalars.map { .character($0.value) }
          inputs += press(Chord(.escape))
        }
      }
      for button in 0...2 { inputs += drag(button, from: Spot(640, 360), to: Spot(760, 300)) }
      inputs += [.wheel(3), .wheel(-5), .wheel(1)]
      inputs += drag(0, from: Spot(300, 694), to: Spot(900, 694))
      for size in [(1, 1), (320, 200), (1920, 1080), (1280, 720)] {
        inputs.append(.resize(size.0, size.1))
      }
      inputs += [.minimise, .restore]
    }
    // the last press of the space bar leaves the run going
    inputs += press(Chord(.home)) + press(Chord(.space))
    let gap = seconds / Double(inputs.count + 1)
    var steps = inputs.enumerated().map { Step(at: gap * Double($0.offset + 1), $0.element) }
    steps.append(Step(at: seconds, .close))
    return Script(steps)
  }

  private static func press(_ chord: Chord) -> [InputEvent] {
    [.key(chord, isDown: true), .key(chord, isDown: false)]
  }

  private static func drag(_ button: Int, from: Spot, to: Spot) -> [InputEvent] {
    var inputs: [InputEvent] = [.move(from), .button(button, isDown: true, shift: false)]
    for step in 1...4 { inputs.append(.move(from + (to - from) * (Double(step) / 4))) }
    return inputs + [.button(button, isDown: false, shift: false)]
  }
}
