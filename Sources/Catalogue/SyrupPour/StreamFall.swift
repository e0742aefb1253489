// Whether a falling stream coils where it lands, and how fast.
//
// Equation        the thread U U' = g + 3ν U (U'/U)' from the nozzle to the floor gives diameter D₁ and speed
//                 U₁ at the landing; a round jet buckles if H/D₁ > 7.2 and U₁D₁/ν < 1.2; the frequency
//                 is that of the steadily coiling rope (BendingThread)
// Source          Cruickshank & Munson 1981, J. Fluid Mech. 113, 221 (limits, from secondary sources);
//                 Ribe 2004, Proc. R. Soc. A 460, 3223
// Validity        slender streams without surface tension; tier T3: no experiment is in hand
// Checked by      StreamFallTests; cases F16 and F20

import Experience
import Fluid
import Foundation

struct StreamFall: Sendable {
  static let slenderness = 7.2
  static let reynolds = 1.2

  /// In m²/s, m³/s, m, m, m/s².
  let viscosity: Double
  let rate: Double
  let nozzle: Double
  let height: Double
  let gravity: Double
  /// At the landing; nil where the thread has no solution.
  let landing: (diameter: Double, reynolds: Double)?
  /// From the nozzle to the floor in the steady stream, in s; the first liquid takes a little longer.
  let time: Double?

  init(viscosity: Double, rate: Double, nozzle: Double, height: Double, gravity: Double) {
    (self.viscosity, self.rate, self.nozzle) = (viscosity, rate, nozzle)
    (self.height, self.gravity) = (height, gravity)
    let speed = rate / (0.25 * Double.pi * nozzle * nozzle)
    // the layer 3ν/U at the end needs its cells
    let cells = [400, 4000, 40_000].first { Double($0) * 3 * viscosity > 4 * height * speed }
    let thread = try? ViscousThread(
      viscosity: viscosity, inflow: rate, nozzleSpeed: speed, height: height, gravity: gravity,
      cells: cells ?? 100_000)
    landing = thread.map { ($0.impactDiameter, $0.impactReynolds) }
    time = thread?.fallTime
  }

  /// Above 0: coils. How far both limits are passed, as a share of them.
  var margin: Double {
    guard let landing else { return -1 }
    return min(
      height / landing.diameter / StreamFall.slenderness,
      StreamFall.reynolds / max(landing.reynolds, 1e-300)) - 1
  }

  var coils: Bool { margin > 0 }

  /// Turns a second; nil where the rope has no solution that the model finds.
  func frequency(level: Int) -> Double? {
    guard coils else { return nil }
    let rope = try? BendingThread(
      viscosity: viscosity, inflow: rate, nozzleDiameter: nozzle, height: height,
      gravity: gravity, cells: 100 << level)
    return rope.map { $0.frequency / (2 * Double.pi) }
  }

  var words: String {
    guard let landing else { return "the thread equation has no solution for this stream" }
    func figures(_ value: Double) -> String { JSON.text(of: Quantum.threeFigures(value)) }
    return
      "at the landing the stream is \(figures(landing.diameter * 1e3)) mm wide with a Reynolds number of \(figures(landing.reynolds)), and has fallen \(figures(height / landing.diameter)) diameters (coils: below \(figures(StreamFall.reynolds)), above \(figures(StreamFall.slenderness)))"
  }
}
