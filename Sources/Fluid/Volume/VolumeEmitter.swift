// Liquid that comes in through a round hole in the upper end.
//
// Discretisation  faces whose middle lies in the hole get one speed, so that their flux is the rate; layers of
//                 particles, four a face, come in whenever half a cell has passed
// Validity        the ledger counts particles; what has not made up a layer waits in the hole
// Checked by      VolumeFlowTests (ledger)

struct VolumeEmitter: Sendable {
  /// Speed along z by face, i·ny + j.
  private(set) var speeds: [Double?]
  /// In m/s, downward.
  let speed: Double
  /// In s.
  let duration: Double
  private(set) var timeLeft: Double
  private let grid: VolumeGrid
  /// m that the last layer has gone.
  private var gone = 0.0

  init(_ inlet: VolumeInlet, _ grid: VolumeGrid) throws(InvalidFlow) {
    try requirePositive("inlet radius", inlet.radius)
    try requirePositive("inlet rate", inlet.rate)
    try requirePositive("inlet volume", inlet.volume)
    guard grid.high[2] == .open else {
      throw InvalidFlow("inlets in a closed end", 1, expected: "0")
    }
    var marks = [Bool](repeating: false, count: grid.cells.x * grid.cells.y)
    var count = 0
    for i in 0..<grid.cells.x {
      for j in 0..<grid.cells.y {
        let x = (Double(i) + 0.5) * grid.h - inlet.x
        let y = (Double(j) + 0.5) * grid.h - inlet.y
        guard x * x + y * y < inlet.radius * inlet.radius else { continue }
        marks[i * grid.cells.y + j] = true
        count += 1
      }
    }
    guard count > 0 else {
      throw InvalidFlow("inlet radius", inlet.radius, expected: "a hole with at least one face")
    }
    self.grid = grid
    speed = inlet.rate / (Double(count) * grid.h * grid.h)
    duration = inlet.volume / inlet.rate
    timeLeft = duration
    let down = -speed
    speeds = marks.map { $0 ? down : nil }
  }

  /// Adds the layers that come in during a time; returns their volume.
  mutating func emit(into particles: inout VolumeParticles, during time: Double) -> Double {
    timeLeft -= time
    gone += speed * time
    let size = 0.5 * grid.h
    var volume = 0.0
    while gone >= size * (1 - 1e-9) {
      gone -= size
      let z = min(grid.extent.z - gone - 0.5 * size, grid.extent.z)
      for i in 0..<grid.cells.x {
        for j in 0..<grid.cells.y where speeds[i * grid.cells.y + j] != nil {
          for a in 0..<2 {
            for b in 0..<2 {
              let (x, y) = (Double(2 * i + a) + 0.5, Double(2 * j + b) + 0.5)
              particles.add(
                at: SIMD3(x * size, y * size, z), velocity: SIMD3(0, 0, -speed),
                volume: size * size * size, spacing: size)
              volume += size * size * size
            }
          }
        }
      }
    }
    return volume
  }
}
