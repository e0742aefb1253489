// Shots of a ball on the floor: spin from the rolling or slipping condition, force of the floor.
//
// Equation        slip u = v + ω×(−a·n):  ω = ((u_y − v_y)/a, (v_x − u_x)/a, ω_z)
//                 force per effective mass: n·g_n − g_n·f while it slides; dv/dt − a_T + n·g_n while it
//                 rolls; what balances everything else at rest
// Checked by      BallFilmTests

import Foundation

extension FloorMotion {
  /// - Parameters: `slip` in m/s, zero for rolling; `spinAcross` about the normal, in rad/s.
  func shoot(
    _ state: BallState, slip: Vector3, spinAcross: Double, _ film: inout BallFilm
  ) {
    let v = state.velocity
    let spin = Vector3(
      x: (slip.y - v.y) / radius, y: (v.x - slip.x) / radius, z: spinAcross)
    guard slip == .zero else {
      let angle = atan2(slip.y, slip.x)
      let (c, d) = (press * cos(angle), press * sin(angle))
      let drag = friction(at: angle)
      let push = Vector3(
        x: -drag.along * c + drag.left * d, y: -drag.along * d - drag.left * c, z: press)
      return film.take(state, spin: spin, .sliding, push: push)
    }
    let a = flight.acceleration(x: state.x, y: state.y, gap: 0, velocity: v)
    let resistance = v.length > 0 ? rollingResistance / radius * press / v.length : 0
    let share = 1 / (1 + inertia)
    let push = Vector3(
      x: share * (a.x - resistance * v.x) - a.x, y: share * (a.y - resistance * v.y) - a.y,
      z: press)
    film.take(state, spin: spin, .rolling, push: push)
  }

  /// What comes after the end of the motion: rest, or rolling and sliding without end.
  func filmEnd(of stop: FloorStop, _ film: inout BallFilm?) {
    guard var shots = film else { return }
    if stop.ending == .atRest {
      let push = Vector3(x: -slope.x, y: -slope.y, z: press)
      while shots.nextTime != nil { shots.take(stop.state, spin: stop.spin, .rest, push: push) }
      film = shots
      return
    }
    let slips = if case .sliding = stop.ending { true } else { false }
    let rate = coastRate(of: stop)
    var (y, clock) = (coasting(stop), stop.state.time)
    while let time = shots.nextTime {
      let count = 4
      let h = (time - clock) / Double(count)
      if h > 0 { for _ in 0..<count { y = RungeKutta6.step(y, from: 0, by: h, rate) } }
      clock = max(clock, time)
      var state = stop.state
      state.velocity = Vector3(x: y[0], y: y[1], z: 0)
      (state.x, state.y) = (y[4], y[5])
      let slip = slips ? Vector3(x: y[2], y: y[3], z: 0) : .zero
      shoot(state, slip: slip, spinAcross: stop.spin.z, &shots)
    }
    film = shots
  }
}
