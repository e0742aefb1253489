// The one table of keys: handlers, help in the window and the reference page come from it.
//
// Checked by KeyTableTests: no chord stands twice, every action has a key and does something, the
// page holds every row.

/// A row of the table.
public struct KeyBinding: Sendable, Hashable {
  public enum Group: String, Sendable, Hashable, CaseIterable {
    case time = "Time"
    case view = "View"
    case overlays = "Overlays"
    case panels = "Panels"
    case files = "Scenes and files"
  }
  public let group: Group
  public let chords: [Chord]
  public let action: Action
  /// What it does, in a few words.
  public let title: String

  /// "Right, Shift+Right".
  public var keys: String { chords.map(\.description).joined(separator: ", ") }
}

public enum KeyTable {
  public static let bindings: [KeyBinding] = [
    row(.time, .playPause, "run or pause", Chord(.space)),
    row(.time, .stepForward, "one frame forward", Chord(.right)),
    row(.time, .stepBack, "one frame back", Chord(.left)),
    row(.time, .jumpForward, "0.1 s forward", Chord(.right, shift: true)),
    row(.time, .jumpBack, "0.1 s back", Chord(.left, shift: true)),
    row(.time, .nextEvent, "next event", Chord(.period)),
    row(.time, .previousEvent, "previous event", Chord(.comma)),
    row(.time, .goToStart, "start", Chord(.home)),
    row(.time, .goToEnd, "end", Chord(.end)),
    row(.time, .slower, "half as fast", Chord(.minus), Chord(.keypadMinus)),
    row(
      .time, .faster, "twice as fast", Chord(.equal), Chord(.equal, shift: true),
      Chord(.keypadPlus)),
    row(.time, .realTime, "real time", Chord(.digit0)),
    row(.time, .mark, "mark this instant, or take its mark away", Chord(.m)),
    row(.time, .loop, "repeat between marks, or stop that", Chord(.o)),
    row(.time, .reset, "start the scene anew", Chord(.r)),
    row(.view, .showAll, "show all", Chord(.a)),
    row(.view, .viewFront, "from the front", Chord(.digit1)),
    row(.view, .viewBack, "from the back", Chord(.digit2)),
    row(.view, .viewLeft, "from the left", Chord(.digit3)),
    row(.view, .viewRight, "from the right", Chord(.digit4)),
    row(.view, .viewTop, "from above", Chord(.digit5)),
    row(.view, .viewBottom, "from below", Chord(.digit6)),
    row(.view, .viewCorner, "from the corner", Chord(.digit7)),
    row(.view, .wireframe, "edges only", Chord(.w)),
    row(.view, .theme, "dark or light", Chord(.b)),
    row(.overlays, .contacts, "contact points: sticking, sliding, rolling", Chord(.c)),
    row(.overlays, .forces, "forces with friction cones", Chord(.f)),
    row(.overlays, .velocities, "velocities", Chord(.v)),
    row(.overlays, .labels, "labels with values", Chord(.l)),
    row(.overlays, .trails, "trails", Chord(.t)),
    row(.overlays, .centres, "centres of mass", Chord(.x)),
    row(.overlays, .ghosts, "the prediction and its differences", Chord(.g)),
    row(.overlays, .members, "members of the tolerances as outlines", Chord(.u)),
    row(.panels, .help, "all keys", Chord(.f1), Chord(.h)),
    row(.panels, .panel, "side panel: outcomes, series, audits", Chord(.tab)),
    row(.panels, .info, "info line: real-time factor asked and reached", Chord(.f2)),
    row(.panels, .plots, "plots of the series", Chord(.f3)),
    row(.panels, .find, "find an action by name", Chord(.k, control: true)),
    row(.panels, .escape, "close what is open, then the window", Chord(.escape)),
    row(.files, .previousScene, "previous scene", Chord(.leftBracket)),
    row(.files, .nextScene, "next scene", Chord(.rightBracket)),
    row(.files, .runAgain, "run again and compare, bit by bit", Chord(.d)),
    row(.files, .picture, "write a PNG", Chord(.p)),
    row(.files, .video, "start or stop an MP4", Chord(.p, shift: true)),
    row(.files, .save, "save recording, marks and pulls", Chord(.s)),
  ]

  /// What the mouse does; no handler needs more than these rows.
  public static let mouse: [(gesture: String, title: String)] = [
    ("left drag", "turn; on a body of a live scene: pull it with a spring"),
    ("right drag, Shift+left drag", "move sideways"),
    ("wheel", "nearer, farther"),
    ("click or drag on the timeline", "go to an instant"),
  ]

  private static func row(
    _ group: KeyBinding.Group, _ action: Action, _ title: String, _ chords: Chord...
  ) -> KeyBinding {
    KeyBinding(group: group, chords: chords, action: action, title: title)
  }

  public static func action(of chord: Chord) -> Action? {
    bindings.first { $0.chords.contains(chord) }?.action
  }

  /// Rows whose title, keys or group hold all words.
  public static func search(_ words: String) -> [KeyBinding] {
    let parts = words.lowercased().split(separator: " ")
    return bindings.filter { binding in
      let text = "\(binding.title) \(binding.keys) \(binding.group.rawValue)".lowercased()
      return parts.allSatisfy { text.contains($0) }
    }
  }

  /// The reference page.
  public static var markdown: String {
    var text = ""
    for group in KeyBinding.Group.allCases {
      text += "### \(group.rawValue)\n\n| keys | action |\n|---|---|\n"
      for binding in bindings where binding.group == group {
        let keys = binding.chords.map { "`\($0)`" }.joined(separator: ", ")
        text += "| \(keys) | \(binding.title) |\n"
      }
      text += "\n"
    }
    text += "### Mouse\n\n| gesture | action |\n|---|---|\n"
    for row in mouse { text += "| \(row.gesture) | \(row.title) |\n" }
    return text
  }
}
