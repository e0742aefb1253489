// Liquid that comes in through a round hole in the upper end.
//
// Equation        speed 2U(1 − r²/R²), the profile of a long pipe
// Discretisation  a face that lies mostly in the hole has the mean speed over itself (16² points), all
//                 scaled so that their flux is the rate; over each face layers of four particles come in
//                 whenever half a cell has passed
// Validity        at least four faces across the hole
// Checked by      VolumeFlowTests (ledger, stream against the axisymmetric one)

struct VolumeEmitter: Sendable {
  /// Speed along z by face, i·ny + j.
  let speeds: [Double?]
  /// Largest, in m/s, downward.
  let speed: Double
  /// In s.
  let duration: Double
  private(set) var timeLeft: Double
  private let grid: VolumeGrid
  /// m that the last layer of each face has gone.
  private var gone: [Double]

  init(_ inlet: VolumeInlet, _ grid: VolumeGrid) throws(InvalidFlow) {
    try requirePositive("inlet radius", inlet.radius)
    try requirePositive("inlet rate", inlet.rate)
    try requirePositive("inlet volume", inlet.volume)
    guard grid.high[2] == .open else {
      throw InvalidFlow("inlets in a closed end", 1, expected: "0")
    }
    var parts: [(cover: Double, mean: Double)] = []
    for i in 0..<grid.cells.x {
      for j in 0..<grid.cells.y { parts.append(VolumeEmitter.part(inlet, grid.h, i, j)) }
    }
    // a slow rim beyond the lip would hold the stream back: it came out a sixth too thick
    let least = min(0.5, parts.reduce(0) { max($0, $1.cover) })
    let shares = parts.map { $0.cover >= least ? $0.mean : 0 }
    let sum = shares.reduce(0, +)
    guard sum > 0 else {
      throw InvalidFlow("inlet radius", inlet.radius, expected: "a hole inside the box")
    }
    self.grid = grid
    let scale = inlet.rate / (sum * grid.h * grid.h)
    speeds = shares.map { $0 > 0 ? -scale * $0 : nil }
    speed = scale * (shares.max() ?? 0)
    duration = inlet.volume / inlet.rate
    timeLeft = duration
    gone = [Double](repeating: 0, count: shares.count)
  }

  /// How much of a face lies in the hole, and the mean of 1 − r²/R² over it, 0 outside the hole.
  private static func part(
    _ inlet: VolumeInlet, _ h: Double, _ i: Int, _ j: Int
  ) -> (cover: Double, mean: Double) {
    let samples = 16
    var (sum, count) = (0.0, 0)
    for a in 0..<samples {
      for b in 0..<samples {
        let x = (Double(i) + (Double(a) + 0.5) / Double(samples)) * h - inlet.x
        let y = (Double(j) + (Double(b) + 0.5) / Double(samples)) * h - inlet.y
        let part = 1 - (x * x + y * y) / (inlet.radius * inlet.radius)
        guard part > 0 else { continue }
        sum += part
        count += 1
      }
    }
    let all = Double(samples * samples)
    return (Double(count) / all, sum / all)
  }

  /// m³ that have passed and wait for their layer.
  var waiting: Double { gone.reduce(0, +) * grid.h * grid.h }

  /// Adds the liquid under the hole that no particle stands for yet, as it will be after a time, to the
  /// shares of half cells. Returns its volume in half cells. (Without it the stream would hang by a neck
  /// half a cell long that is thinner than it: it fell 7 % too fast.)
  func fill(_ weights: inout VolumeWeights, after time: Double) -> Double {
    let (size, rows) = (0.5 * grid.h, 2 * grid.cells.z)
    var volume = 0.0
    for face in gone.indices {
      guard let speed = speeds[face] else { continue }
      var rest = (gone[face] - speed * min(time, timeLeft)) / size
      let (i, j) = (face / grid.cells.y, face % grid.cells.y)
      for layer in 0..<rows {
        let share = min(rest, 1)
        guard share > 0 else { break }
        for a in (2 * i)...(2 * i + 1) {
          for b in (2 * j)...(2 * j + 1) {
            weights.halves[weights.place(a, b, rows - 1 - layer)] += share
          }
        }
        volume += 4 * share
        rest -= share
      }
    }
    return volume
  }

  /// Adds the layers that come in during a time; returns their volume.
  mutating func emit(into particles: inout VolumeParticles, during time: Double) -> Double {
    timeLeft -= time
    let size = 0.5 * grid.h
    var volume = 0.0
    for face in gone.indices {
      guard let speed = speeds[face] else { continue }
      gone[face] -= speed * time
      while gone[face] >= size * (1 - 1e-9) {
        gone[face] -= size
        volume += add(face, thickness: size, to: &particles)
      }
    }
    return volume
  }

  /// Adds what waits when the stream is cut off, in thinner layers; returns its volume.
  mutating func end(into particles: inout VolumeParticles) -> Double {
    var volume = 0.0
    for face in gone.indices where gone[face] > 1e-9 * grid.h {
      let thickness = gone[face]
      gone[face] = 0
      volume += add(face, thickness: thickness, to: &particles)
    }
    return volume
  }

  /// One layer of four particles, its upper side where the face's next one begins.
  private func add(
    _ face: Int, thickness: Double, to particles: inout VolumeParticles
  ) -> Double {
    let (i, j) = (face / grid.cells.y, face % grid.cells.y)
    let size = 0.5 * grid.h
    let z = min(grid.extent.z - gone[face] - 0.5 * thickness, grid.extent.z)
    let share = size * size * thickness
    for a in 0..<2 {
      for b in 0..<2 {
        let (x, y) = (Double(2 * i + a) + 0.5, Double(2 * j + b) + 0.5)
        particles.add(
          at: SIMD3(x * size, y * size, z), velocity: SIMD3(0, 0, speeds[face] ?? 0),
          volume: share, spacing: size)
      }
    }
    return 4 * share
  }
}
