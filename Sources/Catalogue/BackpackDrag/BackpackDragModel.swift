// Which input plays which part in a backpack drag: indices into the list of inputs.

/// The set-up of a backpack drag without its numbers.
struct BackpackDragModel: Sendable {
  enum Gravity: Sendable {
    case down(Int)
    /// Components in the room's axes.
    case vector([Int])
  }

  struct Friction: Sendable {
    var held: Int
    /// Nil: as the static coefficient.
    var sliding: Int?
    var stribeckSpeed: Int?
    var viscous: Int?
  }

  /// Where and in which direction a pull holds.
  struct Hold: Sendable {
    var angle: Int
    var azimuth: Int
    var height: Int
  }

  struct Force: Sendable {
    var hold: Hold
    var magnitude: Int
    var from: Int
    /// Nil: for ever.
    var until: Int?
  }

  struct Strap: Sendable {
    var hold: Hold
    var speed: Int
    var stiffness: Int
    var damping: Int
    var length: Int
    var slack: Int
  }

  enum Pull: Sendable {
    case push(velocity: [Int], spin: [Int])
    case force(Force)
    case strap(Strap)
    case belt(speed: Int)

    var name: String {
      switch self {
      case .push: "push"
      case .force: "force"
      case .strap: "strap"
      case .belt: "belt"
      }
    }
  }

  let size: [Int]
  let mass: Int
  let centre: [Int]
  let tilt: Int
  let friction: Friction
  let pull: Pull
  let gravity: Gravity
  /// Components in the room's axes.
  let frameSpin: [Int]
  /// In s.
  let duration: Double
}
