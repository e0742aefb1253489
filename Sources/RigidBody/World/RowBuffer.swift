// Collects the rows of contacts and joints at one state, for positions, velocities and accelerations.
//
// A row is  u = Σ linear·v + angular·ω  over two bodies (world axes). Of a prescribed body the part
// is known and moves into the bias. The same rows serve three problems:
//   velocities      u = J·v + prescribed velocity
//   accelerations   du/dt = J·a + J̇·v + prescribed acceleration
//   positions       c + J·δ, c the error of the constraint

/// Coefficients of one body in a row, world axes.
struct RowPart {
  var linear: Vector3
  var angular: Vector3
}

struct RowBuffer {
  /// What the groups belong to.
  enum Owner: Hashable {
    case joint(Int)
    /// Index into the list of closed contacts.
    case contact(Int)
  }

  private(set) var groups: [RowGroup] = []
  private(set) var owners: [Owner] = []
  /// 12 numbers a row: linear (world), angular (body axes), of A and of B.
  private(set) var jacobian: [Double] = []
  /// Forces per unit reaction, where they differ from the measured directions.
  private(set) var force: [Double] = []
  private(set) var hasForces = false
  /// J̇·v + the prescribed accelerations.
  private(set) var accelerationBias: [Double] = []
  /// The prescribed velocities.
  private(set) var velocityBias: [Double] = []
  /// Position error of each row; NaN for rows that only velocities have to meet.
  private(set) var error: [Double] = []
  /// Force on body A per unit reaction, world axes, whether A is prescribed or not.
  private(set) var forceOnA: [Vector3] = []
  /// Torque on A about its centre per unit reaction, world axes.
  private(set) var momentOnA: [Vector3] = []
  /// Torque on A per unit reaction beside that of the force at the arm; nil where there is none.
  private(set) var torqueExtra: [Vector3?] = []
  var reaction: [Double] = []

  let frames: Frames

  init(frames: Frames) {
    self.frames = frames
    jacobian.reserveCapacity(12 * 12)
    force.reserveCapacity(12 * 12)
  }

  mutating func begin(_ law: RowLaw, _ a: Int, _ b: Int, _ owner: Owner) {
    groups.append(RowGroup(law: law, bodyA: a, bodyB: b, first: error.count, count: 0))
    owners.append(owner)
  }

  /// Adds a row to the group that was begun last. `forceA`, `forceB`: parts of the force per unit
  /// reaction that the row does not measure.
  mutating func row(
    _ partA: RowPart, _ partB: RowPart, rateBias: Double, error: Double, extraA: RowPart? = nil,
    extraB: RowPart? = nil, torqueExtra: Vector3? = nil
  ) {
    let group = groups[groups.count - 1]
    var (acceleration, velocity) = (rateBias, 0.0)
    add(group.bodyA, partA, extraA, &acceleration, &velocity)
    add(group.bodyB, partB, extraB, &acceleration, &velocity)
    forceOnA.append(extraA.map { partA.linear + $0.linear } ?? partA.linear)
    momentOnA.append(partA.angular)
    self.torqueExtra.append(torqueExtra)
    accelerationBias.append(acceleration)
    velocityBias.append(velocity)
    self.error.append(error)
    reaction.append(0)
    groups[groups.count - 1].count += 1
  }

  /// Coefficients of one body; what a prescribed body contributes is known.
  @inline(__always)
  private mutating func add(
    _ body: Int, _ part: RowPart, _ extra: RowPart?, _ acceleration: inout Double,
    _ velocity: inout Double
  ) {
    guard body >= 0, !frames.isPrescribed[body] else {
      if body >= 0 {
        let (twist, rate) = (frames.twists[body], frames.accelerations[body])
        velocity += part.linear.dot(twist.velocity) + part.angular.dot(twist.spin)
        acceleration += part.linear.dot(rate.velocity) + part.angular.dot(rate.spin)
      }
      RowBuffer.append(.zero, .zero, to: &jacobian)
      RowBuffer.append(.zero, .zero, to: &force)
      return
    }
    let l = part.linear
    let w = frames.rotations[body].toBody(part.angular)
    RowBuffer.append(l, w, to: &jacobian)
    if let extra {
      RowBuffer.append(
        l + extra.linear, w + frames.rotations[body].toBody(extra.angular), to: &force)
      hasForces = true
    } else {
      RowBuffer.append(l, w, to: &force)
    }
  }

  /// Six numbers at the end of an array, without a temporary one.
  @inline(__always)
  private static func append(_ l: Vector3, _ w: Vector3, to list: inout [Double]) {
    list.append(l.x)
    list.append(l.y)
    list.append(l.z)
    list.append(w.x)
    list.append(w.y)
    list.append(w.z)
  }

  /// Adds a prescribed velocity to the row that was added last.
  mutating func addVelocityBias(_ value: Double) {
    velocityBias[velocityBias.count - 1] += value
  }

  /// Copies rows of a group under another law.
  mutating func copy(_ range: [Int], of other: RowBuffer, _ group: RowGroup, law: RowLaw) {
    begin(law, group.bodyA, group.bodyB, .joint(-1))
    for row in range {
      jacobian.append(contentsOf: other.jacobian[(12 * row)..<(12 * row + 12)])
      force.append(contentsOf: other.jacobian[(12 * row)..<(12 * row + 12)])
      accelerationBias.append(other.accelerationBias[row])
      velocityBias.append(other.velocityBias[row])
      error.append(other.error[row])
      forceOnA.append(other.forceOnA[row])
      momentOnA.append(other.momentOnA[row])
      torqueExtra.append(nil)
      reaction.append(0)
    }
    groups[groups.count - 1].count = range.count
  }
}
