// What may lie over the view; each can be switched alone.

/// A set of overlays. The heads-up tables are `hud`; the rest belongs to bodies and places.
public struct Layers: OptionSet, Sendable, Hashable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Scene, time, outcomes with bands and tier, warnings.
  public static let hud = Layers(rawValue: 1 << 0)
  public static let timeline = Layers(rawValue: 1 << 1)
  /// Size of a square of the grid, and the axes.
  public static let scale = Layers(rawValue: 1 << 2)
  /// Where props touch, by state.
  public static let contacts = Layers(rawValue: 1 << 3)
  /// Contact forces with their friction cone, loads, joints, moments.
  public static let forces = Layers(rawValue: 1 << 4)
  public static let velocities = Layers(rawValue: 1 << 5)
  public static let trails = Layers(rawValue: 1 << 6)
  public static let centres = Layers(rawValue: 1 << 7)
  public static let labels = Layers(rawValue: 1 << 8)
  public static let plots = Layers(rawValue: 1 << 9)
  /// A prediction over what happens.
  public static let ghosts = Layers(rawValue: 1 << 10)
  /// Other draws of the declared tolerances.
  public static let members = Layers(rawValue: 1 << 12)
  /// Labels of a frame alone, without those of its props; set by the window.
  static let hoverLabels = Layers(rawValue: 1 << 11)

  /// Names for options, in the order of help.
  public static let names: [(name: String, layer: Layers)] = [
    ("hud", .hud), ("timeline", .timeline), ("scale", .scale), ("contacts", .contacts),
    ("forces", .forces), ("velocities", .velocities), ("trails", .trails),
    ("centres", .centres), ("labels", .labels), ("plots", .plots), ("ghosts", .ghosts),
    ("members", .members),
  ]
  public static let all = Layers(names.map(\.layer))
  public static let standard: Layers = [.hud, .timeline, .scale, .contacts, .trails, .ghosts]

  /// From words with commas: `all`, `none`, `standard`, or names.
  public init(words: String) throws(ViewerError) {
    var sum: Layers = []
    for word in words.split(separator: ",").map({ $0.filter { $0 != " " } }) {
      switch word {
      case "all": sum.formUnion(.all)
      case "standard": sum.formUnion(.standard)
      case "none": sum = []
      default:
        guard let found = Layers.names.first(where: { $0.name == word }) else {
          throw ViewerError(
            .usage, "`\(word)` is no overlay",
            remedy:
              "use all, none, standard, or \(Layers.names.map(\.name).joined(separator: ", "))"
          )
        }
        sum.insert(found.layer)
      }
    }
    self.init(rawValue: sum.rawValue)
  }
}
