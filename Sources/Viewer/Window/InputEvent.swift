// What comes from keyboard, mouse and window: the same from a person and from a script.

public enum InputEvent: Sendable, Hashable {
  case key(Chord, isDown: Bool)
  /// A typed character, for text fields.
  case character(UInt32)
  /// In pixels of the framebuffer from the upper left corner.
  case move(Spot)
  /// 0 left, 1 right, 2 middle.
  case button(Int, isDown: Bool, shift: Bool)
  /// Steps, up is positive.
  case wheel(Double)
  /// Asks the system for a size in screen units.
  case resize(Int, Int)
  case minimise, restore
  /// The system wants the picture drawn again.
  case refresh
  case close
}
