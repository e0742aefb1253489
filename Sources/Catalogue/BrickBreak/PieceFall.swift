// What pieces do after the cracks are at rest: they bounce, slide and come to rest.
//
// Equation        rigid bodies with Newton's restitution and Coulomb friction (RigidBody)
// Discretisation  that of the engine at the level of the run
// Source          see RigidBody
// Deviation       see PieceWorld
// Validity        impacts that break nothing more: the grid is not started again
// Checked by      PieceWorldTests

import Experience
import Foundation
import Fracture
import RigidBody

struct PieceFall {
  let world: PieceWorld
  let log: RunLog
  /// From the first touch to the hand-over, in s.
  let handOver: Double

  /// Steps of the engine after which a fall is given up. What falls in many pieces rattles on for a
  /// long time, and no outcome of such a fall would be resolved.
  static let stepLimit = 20_000

  /// Nil where the test is no fall, or there is no time left for one.
  init?(
    _ model: BrickBreakModel, _ values: [Double], run: BrickBreakRun, level: Int,
    frameTimes: [Double] = []
  ) throws(RunFailure) {
    guard case .fall(_, _, let restitution, let friction) = model.test else { return nil }
    let free = model.freeFall(values)
    handOver = run.test.time - 0.5 * run.test.step
    let left = model.duration - free - handOver
    guard left > 0 else { return nil }
    world = try PieceWorld(
      run.pieces, of: run.test,
      floor: ContactLaw(staticFriction: values[friction], restitution: values[restitution]),
      gravity: values[model.gravity])
    var options = RunOptions(duration: left, level: level)
    options.stepLimit = PieceFall.stepLimit
    let start = free + handOver
    options.frameTimes = frameTimes.map { $0 - start }.filter { $0 >= 0 && $0 <= left }
    do {
      var engine = try Engine(setup: world.setup, start: world.start, options: options)
      log = try engine.run()
    } catch { throw RunFailure(code: error.code, error.description) }
  }

  /// From the hand-over until the last piece stands still, in s; nil if one does not.
  var rest: Double? {
    guard log.isAtRest, !log.isUnresolved else { return nil }
    return log.end.state.time
  }

  /// Why the pieces do not come to rest; nil if they do.
  var unrest: String? {
    guard rest == nil else { return nil }
    if log.steps >= PieceFall.stepLimit {
      return "the \(PieceFall.stepLimit) steps that a fall may take were used up"
    }
    return log.notes.first ?? "some still move when the run ends"
  }

  /// Largest horizontal distance of a piece's centre from the axis that the brick fell along, in m.
  var spread: Double {
    log.end.state.poses.dropFirst().map { hypot($0.position.x, $0.position.y) }.max() ?? 0
  }
}
