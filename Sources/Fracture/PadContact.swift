// Contact of one rigid shape with the surface of a solid, through a pad.
//
// Equation        force p·A along the normal of the shape, at each corner of the surface; see Pad
// Discretisation  a corner of an element carries a quarter of its face, so copies of a split node share
//                 by their corners; how a spring begins and ends: PadSpring. Losses by the rule of
//                 leapfrog's work, the trapezoid: ½(p + p')A for each metre of crush, ½(τ + τ')·A of
//                 slip, p and τ of the last and of this step
// Source          see Pad
// Deviation       none
// Validity        areas are those of the reference; for a plane, of the pose at the start
// Checked by      PadContactTests, BrickTestTests

/// A shape, the corners that may touch it, and their springs.
public struct PadContact: Sendable {
  public let shape: ToolShape
  public let pad: Pad
  /// +1: below the solid, pushes up; −1: above, pushes down.
  let side: Double
  /// 8·element + corner of each surface corner.
  private let corners: [Int32]
  /// In m².
  private let areas: [Double]
  /// Springs at the last whole step, and now.
  private var last: [PadSpring] = []
  private var now: [PadSpring] = []
  /// The state now is that of a whole step.
  private var isKept = false
  /// Work of crushing at the last whole step, in J.
  private var crushedBefore = 0.0
  /// Corners that press or may press now, and the normals of the shape there.
  private var active: [(index: Int, normal: SIMD3<Double>)] = []
  /// Area of the active corners of each node, in m².
  private var loaded: [Double] = []
  /// Where each corner sticks to the shape (x, y, in m), and how far it had gone from there at the
  /// last evaluation (x, y, in m).
  private var anchors: [SIMD4<Double>]
  /// True for a corner that sticks or slides.
  private var isHeld: [Bool]
  /// Sum of p·A·normal on the shape at the last evaluation, in N.
  public private(set) var force = SIMD3<Double>.zero
  /// Energy in the springs, in J.
  public private(set) var stored = 0.0
  /// Work of crushing and slip heat so far, in J.
  public private(set) var crushed = 0.0
  public private(set) var heat = 0.0
  /// Largest penetration at the last evaluation, in m.
  public private(set) var penetration = 0.0

  init(shape: ToolShape, side: Double, pad: Pad, corners: [Int32], areas: [Double]) {
    (self.shape, self.side, self.pad) = (shape, side, pad)
    (self.corners, self.areas) = (corners, areas)
    anchors = [SIMD4<Double>](repeating: .zero, count: corners.count)
    isHeld = [Bool](repeating: false, count: corners.count)
  }

  /// Stiffness of all springs, in N/m.
  public var totalStiffness: Double { areas.reduce(0, +) * pad.stiffness }
  /// Stiffness of the stiffest spring, in N/m.
  var largestStiffness: Double { (areas.max() ?? 0) * pad.stiffness }
  public var totalArea: Double { areas.reduce(0, +) }

  /// The state now is that of a whole step, from which the next one goes on.
  mutating func keep() { isKept = true }

  /// Adds the forces on the solid for a tip at height `tip` (m). All other forces on the solid are
  /// there already; may be called again at the same places. `lead`: what is known of the coming step.
  mutating func addForces(to solid: inout Solid, tip: Double, lead: PadLead? = nil) {
    if isKept {
      swap(&last, &now)
      (isKept, crushedBefore) = (false, crushed)
    }
    if last.isEmpty {
      last = corners.map { PadSpring(gap: gap(of: solid.position[node($0, solid)], tip: tip).0) }
      now = last
    }
    findActive(solid, tip)
    (force, stored, penetration, crushed) = (.zero, 0, 0, crushedBefore)
    for (index, normal) in active {
      let node = node(corners[index], solid)
      var ahead: (Double, Double)?
      if let lead {
        let mass = solid.mass[node]
        ahead = lead.way(
          solid.velocity[node], acceleration: solid.force[node] / mass, normal,
          yield: loaded[node] / mass)
      }
      let before = last[index].pressure
      let crush = now[index].move(to: now[index].gap, from: last[index], pad: pad, lead: ahead)
      crushed += 0.5 * (before + now[index].pressure) * crush * areas[index]
    }
    for (index, normal) in active {
      let (spring, area) = (now[index], areas[index])
      let node = node(corners[index], solid)
      loaded[node] = 0
      let p = solid.position[node]
      stored += spring.energy * area
      guard spring.pressure != 0 else {
        if isHeld[index] { release(index, p, area) }
        continue
      }
      penetration = max(penetration, spring.gap)
      var push = area * spring.pressure * normal
      if pad.friction > 0 { push += shear(index, p, spring.pressure, area) }
      solid.force[node] += SIMD4(push, 0)
      force -= push
    }
  }

  @inline(__always)
  private func node(_ code: Int32, _ solid: Solid) -> Int {
    solid.node(Int(code) >> 3, Int(code) & 7)
  }

  // gaps of all corners; those that pressed or penetrate are active, glue always
  private mutating func findActive(_ solid: Solid, _ tip: Double) {
    active.removeAll(keepingCapacity: true)
    let missing = solid.nodeCount - loaded.count
    if missing > 0 { loaded += [Double](repeating: 0, count: missing) }
    for index in corners.indices {
      let node = node(corners[index], solid)
      let (gap, normal) = gap(of: solid.position[node], tip: tip)
      now[index] = last[index]
      now[index].gap = gap
      guard pad.isGlue || gap > 0 || last[index].isClosed || last[index].pressure > 0 else {
        continue
      }
      active.append((index, normal))
      loaded[node] += areas[index]
    }
  }

  // penetration, and the direction in which the shape pushes
  @inline(__always)
  private func gap(of p: SIMD4<Double>, tip: Double) -> (Double, SIMD3<Double>) {
    var arm: SIMD3<Double>
    let radius: Double
    switch shape {
    case .plane: return (side * (tip - p.z), SIMD3(0, 0, side))
    case .line(let x, let r, _):
      if r == .infinity { return (side * (tip - p.z), SIMD3(0, 0, side)) }
      arm = SIMD3(p.x - x, 0, p.z - (tip - side * r))
      radius = r
    case .ball(let x, let y, let r):
      arm = SIMD3(p.x - x, p.y - y, p.z - (tip - side * r))
      radius = r
    }
    let distance = (arm * arm).sum().squareRoot()
    return (radius - distance, arm / max(distance, 1e-300))
  }

  // stick to the anchor, or slide at the cone
  private mutating func shear(
    _ index: Int, _ p: SIMD4<Double>, _ pressure: Double, _ area: Double
  ) -> SIMD3<Double> {
    let place = SIMD2(p.x, p.y)
    if !isHeld[index] {
      isHeld[index] = true
      anchors[index] = SIMD4(lowHalf: place, highHalf: .zero)
    }
    let stiffness = pad.stiffness * area
    var way = place - anchors[index].lowHalf
    let size = (way * way).sum().squareRoot()
    let limit = pad.friction * pressure / pad.stiffness
    if size > limit {
      let slip = way * (1 - limit / size)
      way -= slip
      heat += 0.5 * stiffness * ((anchors[index].highHalf + way) * slip).sum()
      anchors[index].lowHalf += slip
    }
    anchors[index].highHalf = way
    stored += 0.5 * stiffness * (way * way).sum()
    return SIMD3(-stiffness * way, 0)
  }

  // contact lost: the last way is slip against what was left of the stick
  private mutating func release(_ index: Int, _ p: SIMD4<Double>, _ area: Double) {
    let slip = SIMD2(p.x, p.y) - anchors[index].lowHalf
    heat += 0.5 * pad.stiffness * area * (anchors[index].highHalf * slip).sum()
    isHeld[index] = false
  }
}

extension PadContact {
  /// Nodes and the stiffness (N/m) of their springs, corner by corner.
  func springs(_ solid: Solid) -> [(node: Int, stiffness: Double)] {
    corners.indices.map { index in
      let code = Int(corners[index])
      return (solid.node(code >> 3, code & 7), areas[index] * pad.stiffness)
    }
  }

  /// Height of the tip (m) at which a shape from above just touches.
  func touchingTip(_ solid: Solid) -> Double {
    var highest = -Double.infinity
    for code in corners.map(Int.init) {
      let p = solid.position[solid.node(code >> 3, code & 7)]
      var height = p.z
      switch shape {
      case .plane: break
      case .line(let x, let radius, _):
        let dx = p.x - x
        if radius < .infinity { height -= radius - max(radius * radius - dx * dx, 0).squareRoot() }
      case .ball(let x, let y, let radius):
        let square = (p.x - x) * (p.x - x) + (p.y - y) * (p.y - y)
        height -= radius - max(radius * radius - square, 0).squareRoot()
      }
      highest = max(highest, height)
    }
    return highest
  }
}
