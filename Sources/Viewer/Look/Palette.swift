// Colours that people with any colour vision tell apart.
//
// Source       categories: Okabe & Ito 2008, Color Universal Design; fields: viridis, Smith &
//              van der Walt 2015 (ten of its colours, interpolated).
// Deviation    black and yellow are left out of bodies: they vanish on dark and light grounds.

public enum Palette {
  public static let blue = Colour(hex: 0x0072B2)
  public static let orange = Colour(hex: 0xE69F00)
  public static let green = Colour(hex: 0x009E73)
  public static let vermilion = Colour(hex: 0xD55E00)
  public static let sky = Colour(hex: 0x56B4E9)
  public static let purple = Colour(hex: 0xCC79A7)
  public static let yellow = Colour(hex: 0xF0E442)

  /// Of bodies, in the order in which they are handed out.
  public static let bodies = [blue, orange, green, vermilion, sky, purple]

  /// Colour of a prop's number; any number is allowed.
  public static func body(_ number: Int) -> Colour {
    bodies[((number % bodies.count) + bodies.count) % bodies.count]
  }

  public static let viridis: [Colour] = [
    0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C,
    0xFDE725,
  ].map { Colour(hex: $0) }

  /// Viridis from 0 to 1; grey for what is no number.
  public static func field(_ part: Double) -> Colour {
    guard part.isFinite else { return Colour(0.5, 0.5, 0.5) }
    let place = min(1, max(0, part)) * Double(viridis.count - 1)
    let index = min(viridis.count - 2, Int(place))
    return viridis[index].mixed(with: viridis[index + 1], place - Double(index))
  }
}
