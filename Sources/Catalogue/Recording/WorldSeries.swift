// Numbers of a world over the frames of a recording, for plots.
//
// Energies: kinetic with added mass; total = kinetic + gravity + springs, straps, contacts that give way
// and the frame's rotation, as in the ledger; `energy-balance` is what the ledger does not account for.

import Experience
import RigidBody

struct WorldSeries {
  let setup: WorldSetup
  let axes: SceneAxes
  let film: [WorldFrame]

  /// Bodies, pairs and joints that have series of their own, at most.
  static let limit = 4

  var series: [PlotSeries] { energies + bodies + forces }

  private func plot(
    _ name: String, _ unit: String, _ value: (WorldFrame) -> Double
  ) -> PlotSeries { PlotSeries(name: name, unit: unit, values: film.map(value)) }

  private var energies: [PlotSeries] {
    var list = [
      plot("kinetic-energy", "J") { $0.kineticEnergy },
      plot("potential-energy", "J") { $0.ledger.final - $0.kineticEnergy },
      plot("total-energy", "J") { $0.ledger.final },
    ]
    func add(_ name: String, _ value: (WorldFrame) -> Double) {
      let series = plot(name, "J", value)
      if series.values.contains(where: { $0 != 0 }) { list.append(series) }
    }
    add("friction-heat") { $0.ledger.frictionHeat }
    add("impact-loss") { $0.ledger.impactLoss }
    add("damping-heat") { $0.ledger.dampingHeat }
    add("work-of-loads") { $0.ledger.workOfLoads }
    add("work-of-drives") { $0.ledger.workOfMotions }
    list.append(plot("energy-balance", "J") { $0.ledger.residual })
    return list
  }

  private var bodies: [PlotSeries] {
    let gravity = axes.point(setup.gravity)
    let size = (gravity * gravity).sum().squareRoot()
    let up = size > 0 ? -gravity / size : Point3(0, 0, 1)
    let free = setup.bodies.indices.filter { !setup.bodies[$0].isPrescribed }
    return free.prefix(WorldSeries.limit).flatMap { body in
      let name = setup.bodies[body].name
      return [
        plot("\(name)-height", "m") {
          (axes.point($0.sample.state.poses[body].position) * up).sum()
        },
        plot("\(name)-speed", "m/s") { $0.sample.state.twists[body].velocity.length },
      ]
    }
  }

  private var forces: [PlotSeries] {
    func name(_ body: Int) -> String { setup.bodies[body].name }
    let contacts = setup.pairs.indices.prefix(WorldSeries.limit).map { pair in
      plot("\(name(setup.pairs[pair].a))-on-\(name(setup.pairs[pair].b))", "N") {
        $0.sample.contactForces[pair].length
      }
    }
    let joints = setup.joints.indices.prefix(WorldSeries.limit).map { joint in
      plot("\(setup.joints[joint].name)-force", "N") { $0.sample.jointForces[joint].length }
    }
    return contacts + joints
  }
}
