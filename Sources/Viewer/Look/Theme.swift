// Two looks, dark and light, with text that is always legible.
//
// Checked by ThemeTests: text has a contrast of at least 4.5 to everything it stands on.

/// Colours of everything that is not a body.
public struct Theme: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable { case dark, light }

  public let kind: Kind
  /// Of the sky overhead and at the horizon.
  public let skyTop: Colour
  public let skyBottom: Colour
  public let floor: Colour
  public let grid: Colour
  /// Props that never move.
  public let fixed: Colour
  public let text: Colour
  public let faint: Colour
  /// Behind text.
  public let panel: Colour
  public let warning: Colour
  public let good: Colour
  public let accent: Colour

  public static let dark = Theme(
    kind: .dark, skyTop: Colour(hex: 0x171B21), skyBottom: Colour(hex: 0x3B434E),
    floor: Colour(hex: 0x3E4651), grid: Colour(hex: 0x717D8A), fixed: Colour(hex: 0x8A929C),
    text: Colour(hex: 0xF2F4F6), faint: Colour(hex: 0xC2C9D1),
    panel: Colour(hex: 0x15191F, alpha: 0.86), warning: Colour(hex: 0xF3B53F),
    good: Colour(hex: 0x4FD3A5), accent: Colour(hex: 0x7CC6F2))

  public static let light = Theme(
    kind: .light, skyTop: Colour(hex: 0xD5DFE9), skyBottom: Colour(hex: 0xF4F6F7),
    floor: Colour(hex: 0xE9EBEC), grid: Colour(hex: 0xB9C1C8), fixed: Colour(hex: 0xB4BAC0),
    text: Colour(hex: 0x1A1E23), faint: Colour(hex: 0x4A525B),
    panel: Colour(hex: 0xFFFFFF, alpha: 0.9), warning: Colour(hex: 0x8F4700),
    good: Colour(hex: 0x00664A), accent: Colour(hex: 0x00588A))

  public static func named(_ kind: Kind) -> Theme { kind == .dark ? .dark : .light }
}
