// Flat shapes in the words of SVG 1.1.

import Foundation

enum SVGText {
  static func number(_ value: Double) -> String {
    let text = String(format: "%.2f", value)
    return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
  }

  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default:
        // control characters are not allowed in XML at all
        if scalar.value >= 0x20 { out.unicodeScalars.append(scalar) }
      }
    }
    return out
  }

  private static func points(_ spots: [Spot]) -> String {
    spots.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
  }

  private static func paint(_ name: String, _ colour: Colour) -> String {
    let opacity = colour.alpha < 1 ? " \(name)-opacity=\"\(number(colour.alpha))\"" : ""
    return "\(name)=\"\(colour.hex)\"\(opacity)"
  }

  /// A seamless area has a hair line of its own colour, which hides the joint to its neighbour.
  static func area(_ spots: [Spot], _ colour: Colour, isSeamless: Bool = false) -> String {
    let seam = isSeamless ? " stroke=\"\(colour.hex)\" stroke-width=\"0.6\"" : ""
    return "<polygon points=\"\(points(spots))\" \(paint("fill", colour))\(seam)/>\n"
  }

  static func path(_ spots: [Spot], _ colour: Colour, width: Double, isClosed: Bool) -> String {
    "<\(isClosed ? "polygon" : "polyline") points=\"\(points(spots))\" fill=\"none\" "
      + "\(paint("stroke", colour)) stroke-width=\"\(number(width))\" stroke-linecap=\"round\"/>\n"
  }

  static func disc(_ spot: Spot, radius: Double, _ colour: Colour) -> String {
    "<circle cx=\"\(number(spot.x))\" cy=\"\(number(spot.y))\" r=\"\(number(radius))\" "
      + "\(paint("fill", colour))/>\n"
  }

  static func items(_ picture: Picture) -> String {
    picture.items.map(item).joined()
  }

  private static func item(_ item: Picture.Item) -> String {
    switch item {
    case .path(let spots, let colour, let width, let isClosed):
      return path(spots, colour, width: width, isClosed: isClosed)
    case .area(let spots, let colour): return area(spots, colour)
    case .ring(let spot, let radius, let colour, let width):
      return "<circle cx=\"\(number(spot.x))\" cy=\"\(number(spot.y))\" r=\"\(number(radius))\" "
        + "fill=\"none\" \(paint("stroke", colour)) stroke-width=\"\(number(width))\"/>\n"
    case .disc(let spot, let radius, let colour): return disc(spot, radius: radius, colour)
    case .panel(let spot, let size, let colour, let radius):
      return "<rect x=\"\(number(spot.x))\" y=\"\(number(spot.y))\" width=\"\(number(size.x))\" "
        + "height=\"\(number(size.y))\" rx=\"\(number(radius))\" \(paint("fill", colour))/>\n"
    case .text(let text, let spot, let face, let colour, let anchor):
      let place = anchor == .start ? "start" : anchor == .middle ? "middle" : "end"
      let weight = face.isBold ? " font-weight=\"bold\"" : ""
      // SVG wants the base line; the ascent of DejaVu is 0.928 em
      return "<text x=\"\(number(spot.x))\" y=\"\(number(spot.y + 0.928 * face.size))\" "
        + "font-size=\"\(number(face.size))\"\(weight) text-anchor=\"\(place)\" "
        + "\(paint("fill", colour))>\(escaped(text))</text>\n"
    }
  }
}
