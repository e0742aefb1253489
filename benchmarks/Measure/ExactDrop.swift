// A whole drop whose outcomes have a closed form: flights, impacts, sliding and rolling.
//
// Equation    impact: u_N' = -e u_N; tangential impulse min(mu (1 + e) w, m_t (1 + e_t) |s|)
//             against the slip s; floor: sliding with mu g, rolling with (b/a) g / (1 + kappa)
// Source      Garwin 1969; Coriolis 1835; infinite series of impacts summed term by term, its end
//             2 u / (g (1 - e)) once its share is below 1e-20
// Validity    constant e; friction of the floor motion in a vacuum on a level floor only

import Foundation

/// A drop in numbers: what a random scene says.
struct ExactDrop {
  let flight: ExactFlight
  var mass: Exact
  var radius: Exact
  /// I / (m a^2) of the ball.
  var inertia: Exact
  var restitution: Exact
  var friction: Exact = 0
  var grip: Exact = 0
  var rollingResistance: Exact = 0
  var cosine: Exact = 1
  /// In s.
  var duration: Exact
  var start: ExactState

  private var negligible: Exact {
    if case .turning = flight { 1e-9 } else { 1e-20 }
  }

  /// Every outcome with a closed form by name, in SI; outcomes that are 0 by symmetry left out.
  var outcomes: [String: Exact] {
    var found: [String: Exact] = [:]
    var state = start
    if state.velocity.z > 0 { state = flight.apex(state) }
    state = flight.landing(state)
    found["fall-time"] = state.time
    found["impact-speed"] = state.velocity.squared.squareRoot()
    found["first-range"] = range(state)
    var fastest = max(start.velocity.squared, state.velocity.squared)
    let firstSpeed = -state.velocity.z
    var (impacts, high) = (0, 0)

    while true {
      let before = state
      state = impact(before)
      impacts += 1
      fastest = max(fastest, state.velocity.squared)
      if impacts == 1 {
        found["rebound-speed"] = state.velocity.squared.squareRoot()
        found["rebound-spin"] = state.spin.y
        found["energy-lost"] = energy(before) - energy(state)
      }
      if state.velocity.z <= negligible * firstSpeed { break }
      state = flight.apex(state)
      if impacts == 1 { found["rebound-height"] = state.place.z / cosine }
      if state.place.z > 1e-3 * cosine { high += 1 }
      state = flight.landing(state)
      fastest = max(fastest, state.velocity.squared)
      if impacts == 1 { found["second-impact-time"] = state.time }
    }
    found["bounces"] = Exact(high)
    // the rest of the series is geometric
    let up = state.velocity.z
    if up > 0 { state.time += 2 * up / (flight.pull * (1 - restitution)) }
    state.velocity.z = 0
    rest(state, fastest, &found)
    return found.filter { $0.value != 0 || $0.key == "bounces" }
  }

  /// Sliding, rolling and rest after the last impact.
  private func rest(_ touched: ExactState, _ fastest: Exact, _ found: inout [String: Exact]) {
    var (state, fastest) = (touched, fastest)
    defer { found["max-speed"] = fastest.squareRoot() }
    if case .vacuum(let along, _) = flight, along != 0 {
      // without friction a slope pulls all the time; with friction it is not followed here
      guard friction == 0 else {
        fastest = .nan
        return
      }
      let vx = start.velocity.x + along * duration
      fastest = max(fastest, vx * vx + start.velocity.y * start.velocity.y)
      return
    }
    let slip = slip(state)
    let slipping = slip.squared.squareRoot()
    if slipping > 1e-17 * touched.velocity.squared.squareRoot() {
      guard friction > 0 else { return }
      let brake = friction * flight.pull
      let time = slipping / (brake * (1 + 1 / inertia))
      let push = (-brake / slipping) * slip
      state.place = state.place + time * state.velocity + (0.5 * time * time) * push
      state.velocity = state.velocity + time * push
      state.time += time
      fastest = max(fastest, state.velocity.squared)
    }
    let speed = state.velocity.squared.squareRoot()
    if speed > 0 {
      let brake = rollingResistance / radius * flight.pull / (1 + inertia)
      guard brake > 0 else { return }
      let time = speed / brake
      state.place = state.place + (0.5 * time) * state.velocity
      state.time += time
    }
    guard state.time <= duration else { return }
    found["rest-time"] = state.time
    found["rest-position"] = range(state)
  }

  private func slip(_ state: ExactState) -> ExactVector {
    ExactVector(
      x: state.velocity.x - radius * state.spin.y, y: state.velocity.y + radius * state.spin.x)
  }

  private func impact(_ before: ExactState) -> ExactState {
    var after = before
    let approach = -before.velocity.z
    after.velocity.z = restitution * approach
    let slip = slip(before)
    let size = slip.squared.squareRoot()
    guard size > 0 else { return after }
    let limit = friction * (1 + restitution) * approach
    let push = min(limit, inertia / (1 + inertia) * (1 + grip) * size) / size
    after.velocity.x -= push * slip.x
    after.velocity.y -= push * slip.y
    after.spin.y += push * slip.x / (inertia * radius)
    after.spin.x -= push * slip.y / (inertia * radius)
    return after
  }

  private func range(_ state: ExactState) -> Exact {
    let (x, y) = (state.place.x - start.place.x, state.place.y - start.place.y)
    return (x * x + y * y).squareRoot()
  }

  private func energy(_ state: ExactState) -> Exact {
    0.5 * mass * (state.velocity.squared + inertia * radius * radius * state.spin.squared)
  }
}
