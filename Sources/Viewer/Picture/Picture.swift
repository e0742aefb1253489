// Flat shapes and text: what lies over the three-dimensional view.
//
// One list serves the window, the PNG, the video (ImGui turns it into triangles) and the SVG, so
// that all of them say the same. Points of the picture, y down; no type of OpenGL in here.

/// Fonts of the atlas.
public enum Typeface: Int, Sendable, Hashable, CaseIterable {
  case small, body, bold, title

  /// Em height in points.
  public var size: Double {
    switch self {
    case .small: 12
    case .body: 13
    case .bold: 13
    case .title: 18
    }
  }
  var isBold: Bool { self == .bold || self == .title }
  /// From one line to the next.
  var leading: Double { (1.38 * size).rounded() }
}

/// Which end of a text stands at its place.
public enum Anchor: Sendable, Hashable { case start, middle, end }

/// A list of shapes, drawn from first to last.
public struct Picture: Sendable, Hashable {
  public enum Item: Sendable, Hashable {
    case path([Spot], Colour, width: Double, isClosed: Bool)
    /// Convex.
    case area([Spot], Colour)
    case ring(Spot, radius: Double, Colour, width: Double)
    case disc(Spot, radius: Double, Colour)
    case panel(Spot, size: Spot, Colour, radius: Double)
    /// The place is the upper edge of the line of text.
    case text(String, Spot, Typeface, Colour, Anchor)
  }
  public private(set) var items: [Item] = []
  /// Plates of text that are taken: upper left and lower right corner.
  private var plates: [(low: Spot, high: Spot)] = []

  public init() {}

  /// Shapes with places that are no numbers, or far outside any picture, are left out.
  public mutating func add(_ item: Item) {
    let spots: [Spot]
    switch item {
    case .path(let list, _, _, _), .area(let list, _): spots = list
    case .ring(let spot, _, _, _), .disc(let spot, _, _), .panel(let spot, _, _, _),
      .text(_, let spot, _, _, _):
      spots = [spot]
    }
    let limit = 1e5
    guard !spots.isEmpty, spots.allSatisfy({ abs($0.x) < limit && abs($0.y) < limit }) else {
      return
    }
    items.append(item)
  }

  mutating func line(_ a: Spot, _ b: Spot, _ colour: Colour, width: Double = 1) {
    add(.path([a, b], colour, width: width, isClosed: false))
  }

  mutating func text(
    _ text: String, _ spot: Spot, _ face: Typeface = .body, _ colour: Colour,
    anchor: Anchor = .start
  ) {
    if !text.isEmpty { add(.text(text, spot, face, colour, anchor)) }
  }

  /// Text on a plate, so that it can be read over anything.
  mutating func tag(
    _ words: String, _ spot: Spot, _ theme: Theme, face: Typeface = .small,
    colour: Colour? = nil, anchor: Anchor = .middle
  ) {
    guard !words.isEmpty else { return }
    let width = face.width(of: words)
    let left = spot.x - (anchor == .start ? 0 : anchor == .middle ? 0.5 * width : width)
    let size = Spot(width + 10, face.leading + 4)
    // the nearest free place above or below; a text that finds none would hide another
    let shifts = [0, 1, -1, 2, -2, 3, -3, 4, -4].map { Double($0) * (size.y + 1) }
    let wanted = Spot(left - 5, spot.y - 2)
    guard let corner = shifts.map({ wanted + Spot(0, $0) }).first(where: { isFree($0, size) })
    else { return }
    plates.append((corner, corner + size))
    add(.panel(corner, size: size, theme.panel, radius: 4))
    text(words, corner + Spot(5, 2), face, colour ?? theme.text)
  }

  /// No plate of text is within a box.
  func isFree(_ low: Spot, _ size: Spot) -> Bool {
    let high = low + size
    return !plates.contains {
      low.x < $0.high.x && high.x > $0.low.x && low.y < $0.high.y && high.y > $0.low.y
    }
  }

  /// Keeps text on plates away from the plates of another picture.
  mutating func reserve(platesOf other: Picture) {
    for item in other.items {
      if case .panel(let corner, let size, _, _) = item { plates.append((corner, corner + size)) }
    }
  }

  public static func == (one: Picture, other: Picture) -> Bool { one.items == other.items }
  public func hash(into hasher: inout Hasher) { hasher.combine(items) }

  public static func + (one: Picture, other: Picture) -> Picture {
    var sum = one
    sum.items += other.items
    sum.plates += other.plates
    return sum
  }
}
