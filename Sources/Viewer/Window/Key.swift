// Keys by name; the codes of GLFW are known to the window only.

/// A key of the keyboard.
public enum Key: String, Sendable, Hashable, CaseIterable {
  case space = "Space"
  case right = "Right"
  case left = "Left"
  case up = "Up"
  case down = "Down"
  case home = "Home"
  case end = "End"
  case tab = "Tab"
  case escape = "Esc"
  case enter = "Enter"
  case backspace = "Backspace"
  case delete = "Delete"
  case f1 = "F1"
  case f2 = "F2"
  case f3 = "F3"
  case period = "."
  case comma = ","
  case minus = "-"
  case equal = "="
  case keypadMinus = "Keypad -"
  case keypadPlus = "Keypad +"
  case leftBracket = "["
  case rightBracket = "]"
  case digit0 = "0"
  case digit1 = "1"
  case digit2 = "2"
  case digit3 = "3"
  case digit4 = "4"
  case digit5 = "5"
  case digit6 = "6"
  case digit7 = "7"
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"
  case f = "F"
  case g = "G"
  case h = "H"
  case k = "K"
  case l = "L"
  case m = "M"
  case o = "O"
  case p = "P"
  case r = "R"
  case s = "S"
  case t = "T"
  case u = "U"
  case v = "V"
  case w = "W"
  case x = "X"
}

/// A key with its modifiers.
public struct Chord: Sendable, Hashable, CustomStringConvertible {
  public var key: Key
  public var shift: Bool
  public var control: Bool

  public init(_ key: Key, shift: Bool = false, control: Bool = false) {
    (self.key, self.shift, self.control) = (key, shift, control)
  }

  public var description: String {
    (control ? "Ctrl+" : "") + (shift ? "Shift+" : "") + key.rawValue
  }
}
