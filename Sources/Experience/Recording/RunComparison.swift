// Whether a run that was made again is the same, frame by frame and bit by bit.
//
// Checked by RunComparisonTests.

/// How far two runs of one stage are the same.
public struct RunComparison: Sendable, Hashable {
  /// The first number that differs.
  public struct Difference: Sendable, Hashable {
    /// Name of the prop; empty where a whole frame differs.
    public var body: String
    /// In s.
    public var time: Double
    /// What differs: position, attitude, velocity, spin, time, frames.
    public var quantity: String
    /// Length of the difference in the SI unit of the quantity.
    public var size: Double
    public var unit: String
  }
  /// Frames that are the same.
  public private(set) var count = 0
  public private(set) var difference: Difference?
  private let names: [String]

  public init(of stage: Stage) { names = stage.props.map(\.name) }

  /// Takes the next frame of both runs. Nothing counts after the first difference.
  /// - Returns: whether the frames are the same.
  @discardableResult
  public mutating func add(_ one: Frame, _ other: Frame) -> Bool {
    guard difference == nil else { return false }
    difference = RunComparison.difference(one, other, names)
    if difference == nil { count += 1 }
    return difference == nil
  }

  /// The other run has no frame at a time in s.
  public mutating func end(at time: Double) {
    guard difference == nil else { return }
    difference = Difference(body: "", time: time, quantity: "frames", size: 1, unit: "1")
  }

  private static func difference(
    _ one: Frame, _ other: Frame, _ names: [String]
  ) -> Difference? {
    func mark(_ prop: Int?, _ quantity: String, _ size: Double, _ unit: String) -> Difference {
      let name = prop.map { names.indices.contains($0) ? names[$0] : "body \($0)" } ?? ""
      return Difference(body: name, time: one.time, quantity: quantity, size: size, unit: unit)
    }
    guard one.time.bitPattern == other.time.bitPattern else {
      return mark(nil, "time", abs(one.time - other.time), "s")
    }
    guard one.poses.count == other.poses.count else {
      return mark(nil, "bodies", Double(abs(one.poses.count - other.poses.count)), "1")
    }
    for (index, (a, b)) in zip(one.poses, other.poses).enumerated() {
      if !isSame(a.position, b.position) {
        return mark(index, "position", (a.position - b.position).length, "m")
      }
      if !isSame(a.turn, b.turn) {
        let gap = a.turn - b.turn
        return mark(index, "attitude", 2 * (gap * gap).sum().squareRoot(), "rad")
      }
      if !isSame(a.velocity, b.velocity) {
        return mark(index, "velocity", (a.velocity - b.velocity).length, "m/s")
      }
      if !isSame(a.spin, b.spin) {
        return mark(index, "spin", (a.spin - b.spin).length, "rad/s")
      }
    }
    return nil
  }

  /// By bits: two zeros of different sign are not the same, two NaN of one kind are.
  private static func isSame<V: SIMD>(_ a: V, _ b: V) -> Bool where V.Scalar == Double {
    a.indices.allSatisfy { a[$0].bitPattern == b[$0].bitPattern }
  }

  /// One sentence.
  public var text: String {
    func number(_ value: Double) -> String { JSON.text(of: Quantum.threeFigures(value)) }
    guard let difference else {
      return "identical in \(count) \(count == 1 ? "frame" : "frames"), bit by bit"
    }
    let time = JSON.text(of: Quantum.round(difference.time, places: 4))
    let same = "the first \(count) frames are identical"
    if difference.quantity == "frames" { return "\(same); the other run ends before \(time) s" }
    let size = "\(number(difference.size)) \(difference.unit)"
    let whose = difference.body.isEmpty ? "" : " of \(difference.body)"
    return "first difference at \(time) s: \(difference.quantity)\(whose) by \(size); \(same)"
  }
}
