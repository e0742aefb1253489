import RigidBody
import Testing

@Suite("Tube wall")
struct TubeWallTests {
  // Fails if a coefficient of the polynomial is wrong. Steel ball of 3 mm in a tube of 50 mm with
  // glycerin, speeds from 2/9 a^2 (7800 - 1261) 9.80665 / 1.412 by mpmath with 30 digits.
  @Test("slows a steel ball in glycerin")
  func glycerin() throws {
    let factor = try TubeWall.speedFactor(diameterRatio: 0.003 / 0.05)
    let expected = 0.01985104797651325
    #expect(abs(0.02270739530807365 * factor - expected) < 4e-16 * 0.0227 * 4)
  }

  // Fails if the wide tube is not the limit, or the slope there is not that of Faxen.
  @Test("vanishes in a wide tube")
  func wide() throws {
    #expect(try TubeWall.speedFactor(diameterRatio: 0) == 1)
    // the next term is 2.09 k^3
    let slope = (1 - (try TubeWall.speedFactor(diameterRatio: 1e-4))) / 1e-4
    #expect(abs(slope - 2.104) < 2.2e-8)
  }

  // Fails if a ratio outside the range is answered.
  @Test("refuses other ratios", arguments: [-0.01, 0.3001, 1, .infinity, .nan])
  func refuses(ratio: Double) {
    #expect(throws: TubeWall.OutOfRange.self) { try TubeWall.speedFactor(diameterRatio: ratio) }
  }
}
