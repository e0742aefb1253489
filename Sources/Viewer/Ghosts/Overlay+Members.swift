// Members of the declared tolerances over the view: thin outlines at the time shown, and their ways.

import Experience

extension Overlay {
  /// Ways of more bodies than this could not be told apart.
  private static let pathLimit = 8
  /// Outlines in a picture, so that it stays quick to draw.
  private static let outlineLimit = 800

  private var moving: [Int] { stage.props.indices.filter { !stage.props[$0].isFixed } }

  /// Members that are drawn: fewer of a crowd.
  private var drawn: ArraySlice<Member> {
    members.prefix(max(1, Overlay.outlineLimit / max(1, moving.count)))
  }

  func addMembers(to picture: inout Picture) {
    let moving = moving
    for member in drawn {
      let poses = member.poses(at: frame.time)
      for prop in moving where member.stage.props.indices.contains(prop) {
        let colour = colour(of: prop).mixed(with: theme.text, 0.6)
        if moving.count <= Overlay.pathLimit, member.paths.indices.contains(prop) {
          addPath(member.paths[prop], colour.opacity(0.16), to: &picture)
        }
        guard poses.indices.contains(prop) else { continue }
        let outline = Silhouette.of(
          member.stage.props[prop], at: poses[prop], in: member.stage, lens)
        guard outline.count > 2 else { continue }
        picture.add(.area(outline, colour.opacity(0.05)))
        picture.add(.path(outline, colour.opacity(0.5), width: 1, isClosed: true))
      }
    }
  }

  private func addPath(_ points: [Point3], _ colour: Colour, to picture: inout Picture) {
    for (a, b) in zip(points, points.dropFirst()) {
      guard let (p, q) = lens.segment(a, b) else { continue }
      picture.line(p, q, colour, width: 1)
    }
  }

  /// What the outlines are; upper edge of what is added.
  func addMemberLegend(right: Double, bottom: Double, to picture: inout Picture) -> Double {
    guard layers.contains(.members), !members.isEmpty else { return bottom }
    let words =
      drawn.count == members.count
      ? "outlines: \(members.count) members of the tolerances"
      : "outlines: \(drawn.count) of \(members.count) members of the tolerances"
    let size = Spot(Typeface.small.width(of: words) + 20, 26)
    let corner = Spot(right - size.x, bottom - size.y)
    picture.add(.panel(corner, size: size, theme.panel, radius: 6))
    picture.text(words, corner + Spot(10, 5), .small, theme.text)
    return corner.y - 6
  }
}
